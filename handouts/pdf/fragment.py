"""A block, painted once: its operators, its structure and what it needs from the page."""

from __future__ import annotations

from dataclasses import field
from itertools import groupby
from typing import NamedTuple

from handouts.dataclass import dataclass
from handouts.layout.page import Block, Box, FigureFrame, Item, Picture, Raster, Rule, Symbol, Text
from handouts.pdf.checks import list_levels
from handouts.pdf.chunks import Chunk, pack_chunk
from handouts.pdf.drawings import name_frame, paint_frame
from handouts.pdf.marks import find_home
from handouts.pdf.objects import BEST
from handouts.pdf.pen import Pen
from handouts.pdf.shapes import name_raster, paint_box, paint_picture, paint_raster, paint_rule
from handouts.pdf.structure import Draft, Outline, draft_structure, escape_percent, write_outline
from handouts.pdf.symbol import paint_symbol
from handouts.pdf.templates import SetTemplate
from handouts.pdf.words import find_words
from handouts.typeset.fonts import FontSet

FINEST = 0.75
"""The thinnest line in points that every printer and copier keeps."""

UNDERLINE = (0.13, 0.06)
"""Depth below the base line and thickness of a link's line, by size."""


MOST_PLACES = 64
"""Places of a fragment (numbers of marked content, pages) that are kept ready."""


@dataclass(frozen=True, slots=True, eq=False)
class Fragment:
    """A painted block. ``paint`` has one ``%d`` for each piece of marked content, in order of painting.

    ``glyphs`` are the faces shown, with the numbers of their glyphs where only those are embedded; ``images`` and
    ``figures`` the images and the frames of figures by name; ``levels`` are those of its headings. ``home`` is where
    its marked content is numbered from, if it can be; see `marks`.
    """

    paint: bytes
    outline: Outline
    glyphs: tuple[tuple[str, frozenset[int]], ...]
    images: tuple[tuple[str, Raster], ...]
    figures: tuple[tuple[str, FigureFrame], ...]
    height: float
    levels: tuple[int, ...] = ()
    home: int = 0
    _packed: dict[int, Chunk] = field(default_factory=dict)
    _set: dict[tuple[int, int], tuple[SetTemplate, SetTemplate]] = field(default_factory=dict)

    def write(self, first_mark: int) -> bytes:
        """Return the operators with marked content from ``first_mark`` on, to go behind `open_place`."""
        return self.paint % (*range(first_mark, first_mark + len(self.outline.owners)),) + b"Q\n"

    def pack(self, first_mark: int) -> Chunk:
        """Return what `write` does, compressed once."""
        known = self._packed.get(first_mark)
        if known is None:
            if len(self._packed) >= MOST_PLACES:
                self._packed.clear()
            known = self._packed[first_mark] = pack_chunk(self.write(first_mark), BEST)
        return known

    def list_packed(self) -> list[tuple[int, Chunk]]:
        """Return what was packed so far, with the first mark of each."""
        return list(self._packed.items())

    def take_packed(self, first_mark: int, chunk: Chunk) -> None:
        """Take what `pack` would return."""
        self._packed[first_mark] = chunk

    def set_on(self, page: int, first_mark: int) -> tuple[SetTemplate, SetTemplate]:
        """Return elements and links on a page (its object) with marked content from ``first_mark`` on."""
        key = (page, first_mark)
        known = self._set.get(key)
        if known is None:
            if len(self._set) >= MOST_PLACES:
                self._set.clear()
            outline = self.outline
            known = self._set[key] = (outline.elements.set_on(*key), outline.links.set_on(*key))
        return known


def open_place(x: float, y: float) -> bytes:
    """Return the operators before a fragment with its lower left corner at (x, y)."""
    return b"q 1 0 0 1 %.2f %.2f cm\n" % (x, y)


class Shape(NamedTuple):
    """What a block's tags say of its painting: runs of items with the operator that opens each, and its elements.

    The operator has a ``%d`` for the number of the marked content; an artifact has none. Blocks with the same tags have
    the same shape, whatever their words, unless a figure or a link stands in them.
    """

    runs: tuple[tuple[bytes, tuple[int, ...]], ...]
    outline: Outline
    levels: tuple[int, ...]


def find_shape(block: Block, fonts: FontSet) -> Shape:
    """Return the shape of a block. ValueError when its tags name an item twice."""
    draft = draft_structure(block)
    runs: list[tuple[bytes, tuple[int, ...]]] = []
    artifact = open_artifact(block)
    marks: dict[int, int] = {}
    count = 0
    for owner, group in groupby(order_items(block, draft), key=draft.owners.get):
        indexes = tuple(group)
        if owner is None:
            runs.append((artifact, indexes))
            continue
        marks.update(dict.fromkeys(indexes, count))
        count += 1
        runs.append((b"/%b<</MCID %%d>>BDC\n" % draft.nodes[owner].tag.role.encode("ascii"), indexes))
    return Shape(tuple(runs), write_outline(draft, marks, block, fonts), list_levels(block.tags))


def paint_block(block: Block, fonts: FontSet) -> Fragment:
    """Return a block as a fragment. ValueError when its tags name an item twice, KeyError for a missing glyph."""
    shape = find_shape(block, fonts)
    pen = Pen(fonts)
    chunks: list[bytes] = []
    for opening, indexes in shape.runs:
        for index in indexes:
            paint_item(pen, block.items[index], block.height, fonts)
        operators = pen.take()
        if operators or b"%d" in opening:
            chunks += (opening, escape_percent(operators), b"EMC\n")
    paint = b"".join(chunks)
    return Fragment(
        paint=paint,
        outline=shape.outline,
        glyphs=pen.list_glyphs(),
        images=list_images(block),
        figures=list_figures(block),
        height=block.height,
        levels=shape.levels,
        home=find_home(paint),
    )


def paint_own(block: Block, fonts: FontSet, shape: Shape, marked: bool) -> Fragment:
    """Return a personal block of a known shape as a fragment; one that is not ``marked`` has no part in a structure.

    ValueError for a picture or a link, which no person's words are. KeyError for a missing glyph.
    """
    pen = Pen(fonts)
    items, floor = block.items, block.height
    chunks: list[bytes] = []
    for opening, indexes in shape.runs:
        for index in indexes:
            item = items[index]
            if isinstance(item, Text):
                if item.link:
                    raise ValueError(f"{block.origin}: a personal block has a link")
                paint_text(pen, item, floor, fonts)
            elif isinstance(item, FigureFrame | Raster):
                raise ValueError(f"{block.origin}: a personal block has a picture")
            else:
                paint_item(pen, item, floor, fonts)
        operators = escape_percent(pen.take())
        if not marked:
            chunks.append(operators)
        elif operators or b"%d" in opening:
            chunks += (opening, operators, b"EMC\n")
    outline, levels = (shape.outline, shape.levels) if marked else (Outline(), ())
    return Fragment(b"".join(chunks), outline, pen.list_glyphs(), (), (), floor, levels)


def list_images(block: Block) -> tuple[tuple[str, Raster], ...]:
    """Return the images of a block by name."""
    return tuple(sorted({name_raster(item): item for item in block.items if isinstance(item, Raster)}.items()))


def list_figures(block: Block) -> tuple[tuple[str, FigureFrame], ...]:
    """Return the frames of figures in a block by name."""
    return tuple(sorted({name_frame(item): item for item in block.items if isinstance(item, FigureFrame)}.items()))


def order_items(block: Block, draft: Draft) -> list[int]:
    """Return the items in order of painting: as they stand, but those with tags among themselves in reading order."""
    reading = iter(
        [
            index
            for number in range(len(draft.nodes))
            if draft.nodes[number].above < 0
            for index in draft.items_under(number)
        ]
    )
    return [next(reading) if index in draft.owners else index for index in range(len(block.items))]


def open_artifact(block: Block) -> bytes:
    """Return the operator that opens content without a meaning of its own."""
    if block.artifact is None:
        return b"/Artifact BMC\n"
    return b"/Artifact<</Type/%b>>BDC\n" % block.artifact.encode("ascii")


def paint_item(pen: Pen, item: Item, floor: float, fonts: FontSet) -> None:
    """Paint one item; ``floor`` is the height of its block."""
    if isinstance(item, Text):
        paint_text(pen, item, floor, fonts)
    elif isinstance(item, Box):
        paint_box(pen, item, floor)
    elif isinstance(item, Rule):
        paint_rule(pen, item, floor)
    elif isinstance(item, Picture):
        paint_picture(pen, item, floor)
    elif isinstance(item, FigureFrame):
        paint_frame(pen, item, floor)
    elif isinstance(item, Raster):
        paint_raster(pen, item, floor)
    elif isinstance(item, Symbol):
        paint_symbol(pen, item, floor)
    else:
        raise TypeError(f"not an item: {item!r}")


def paint_text(pen: Pen, text: Text, floor: float, fonts: FontSet) -> None:
    """Paint one line."""
    words = find_words(fonts, text.runs, text.joins)
    if not words:
        return
    pen.show_words(text.x, floor - text.y, words)
    if text.link:
        last = words[-1]
        depth, thickness = (part * last.font[1] for part in UNDERLINE)
        pen.set_stroke(last.colour)
        pen.set_line(max(thickness, FINEST))
        y = floor - text.y - depth
        pen.draw_path([f"{text.x:.2f} {y:.2f} m {text.x + text.width:.2f} {y:.2f} l"], fill=False, stroke=True)
