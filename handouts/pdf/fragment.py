"""A block, painted once: its operators, its structure and what it needs from the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from handouts.layout.page import Block, Box, Item, Picture, Raster, Rule, Run, Symbol, Text
from handouts.pdf.checks import list_levels
from handouts.pdf.pen import Pen
from handouts.pdf.shapes import name_raster, paint_box, paint_picture, paint_raster, paint_rule
from handouts.pdf.structure import Draft, Outline, draft_structure, escape_percent, write_outline
from handouts.pdf.symbol import paint_symbol
from handouts.typeset.fonts import FontSet

FINEST = 0.75
"""The thinnest line in points that every printer and copier keeps."""

UNDERLINE = (0.13, 0.06)
"""Depth below the base line and thickness of a link's line, by size."""


@dataclass(frozen=True, slots=True, eq=False)
class Fragment:
    """A painted block. ``paint`` has one ``%d`` for each piece of marked content, in order of painting.

    ``glyphs`` are the faces shown, with the numbers of their glyphs where only those are embedded; ``images`` the
    images by name; ``levels`` are those of its headings.
    """

    paint: bytes
    outline: Outline
    glyphs: tuple[tuple[str, frozenset[int]], ...]
    images: tuple[tuple[str, Raster], ...]
    height: float
    levels: tuple[int, ...] = ()

    def place(self, first_mark: int, x: float, y: float) -> bytes:
        """Return the operators with the block's lower left corner at (x, y), its marked content from ``first_mark``."""
        marks = tuple(range(first_mark, first_mark + len(self.outline.owners)))
        return b"q 1 0 0 1 %.2f %.2f cm\n%bQ\n" % (x, y, self.paint % marks)


def paint_block(block: Block, fonts: FontSet) -> Fragment:
    """Return a block as a fragment. ValueError when its tags name an item twice, KeyError for a missing glyph."""
    draft = draft_structure(block)
    pen = Pen(fonts)
    chunks: list[bytes] = []
    marks: dict[int, int] = {}
    count = 0
    for owner, group in groupby(order_items(block, draft), key=draft.owners.get):
        indexes = list(group)
        for index in indexes:
            paint_item(pen, block.items[index], block.height, fonts)
        operators = escape_percent(pen.take())
        if not operators and owner is None:
            continue
        if owner is None:
            chunks.append(open_artifact(block) + operators + b"EMC\n")
            continue
        marks.update(dict.fromkeys(indexes, count))
        count += 1
        role = draft.nodes[owner].tag.role.encode("ascii")
        chunks.append(b"/%b<</MCID %%d>>BDC\n%bEMC\n" % (role, operators))
    images = {name_raster(item): item for item in block.items if isinstance(item, Raster)}
    return Fragment(
        paint=b"".join(chunks),
        outline=write_outline(draft, marks, block, fonts),
        glyphs=tuple((key, frozenset(numbers)) for key, numbers in sorted(pen.glyphs.items())),
        images=tuple(sorted(images.items())),
        height=block.height,
        levels=list_levels(block.tags),
    )


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
    elif isinstance(item, Raster):
        paint_raster(pen, item, floor)
    elif isinstance(item, Symbol):
        paint_symbol(pen, item, floor)
    else:
        raise TypeError(f"not an item: {item!r}")


def paint_text(pen: Pen, text: Text, floor: float, fonts: FontSet) -> None:
    """Paint one line. Where its sentence goes on in the next item, a space ends it, so that no words run together."""
    runs = [run for run in text.runs if run.text]
    if not runs:
        return
    if text.joins:
        runs = end_with_space(runs, fonts)
    pen.show_runs(text.x, floor - text.y, runs)
    if text.link:
        last = runs[-1]
        depth, thickness = (part * last.size for part in UNDERLINE)
        pen.set_stroke(last.colour)
        pen.set_line(max(thickness, FINEST))
        y = floor - text.y - depth
        pen.draw_path([f"{text.x:.2f} {y:.2f} m {text.x + text.width:.2f} {y:.2f} l"], fill=False, stroke=True)


def end_with_space(runs: list[Run], fonts: FontSet) -> list[Run]:
    """Return the runs with a space after the last, in a face that has one."""
    last = runs[-1]
    face = fonts.face(last.face)
    if " " in face.number:
        return [*runs[:-1], replace(last, text=last.text + " ")]
    key, space = fonts.split(" ", "bold" if face.style == "bold" else "regular")[0]
    return [*runs, replace(last, text=space, face=key)]
