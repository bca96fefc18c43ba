"""Builds the stencil of a handout in a print run: pages as rows of streams and, if it is tagged, its elements."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence

from handouts.layout.impose import Cell, Side
from handouts.layout.page import Placed
from handouts.pdf.fragment import Fragment
from handouts.pdf.objects import write_numbers, write_references, write_text
from handouts.pdf.plate import FIRST, Structure
from handouts.pdf.stencil import Extras, OwnBlock, OwnStream, Stencil, cut_numbers
from handouts.pdf.stock import Stock, write_move
from handouts.pdf.streams import order_streams
from handouts.pdf.tree import Tree

_NOTE_KEY = re.compile(rb"/StructParent (\d+)")

Blocks = Sequence[Sequence[Sequence[tuple[Placed, Fragment]]]]
"""The blocks of each cell of each side, with their fragments."""


class StencilBuilder:
    """Writes the objects of a handout: its pages, their node, and if it is tagged its elements and their parents."""

    def __init__(
        self,
        sides: Sequence[Side],
        blocks: Blocks,
        own: Mapping[int, Hashable],
        stock: Stock,
        language: str,
        *,
        tagged: bool,
    ) -> None:
        """Begin a stencil; ``own`` are the keys of personal blocks by their identity.

        ``language`` is named where it is not that of the whole file. Scaled cells have no tags.
        """
        self._keys = own
        self._sides = sides
        self._blocks = blocks
        self._stock = stock
        self._language = language
        fragments = [fragment for cells in blocks for cell in cells for _, fragment in cell]
        self._fragments = fragments
        self._tree = Tree(len(sides), FIRST + len(sides), fragments if tagged else ())
        self._tagged = tagged and any(fragment.outline.total for fragment in fragments)
        self._own: dict[Hashable, OwnStream] = {}
        self._slots: dict[Hashable, int] = {}

    def build(self) -> Stencil:
        """Return the stencil."""
        marks = [[self._add_elements(at, cell) for cell in cells] for at, cells in enumerate(self._blocks)]
        count = self._tree.next - FIRST if self._tagged else len(self._sides) + 1
        contents = [self._list_streams(at, side, marks[at], FIRST + count) for at, side in enumerate(self._sides)]
        extras = Extras(*range(FIRST + count + len(self._own), FIRST + count + len(self._own) + 3))
        kids = write_references(range(FIRST, FIRST + len(self._sides)))
        size = write_size(self._sides[0])
        node = b"<</Type/Pages/Parent %d 0 R/MediaBox%b/Kids%b" % (extras.pages, size, kids)
        objects = [*self._write_pages(contents, extras), node + b"/Count %d>>" % len(self._sides)]
        structure = None
        if self._tagged:
            element, *elements = self._write_structure(extras)
            objects.append(element)
            structure = Structure(tuple(elements), len(objects))
        pieces, offsets, pick = cut_numbers(b"\n".join(objects))
        return Stencil(
            pieces=pieces,
            offsets=offsets,
            pick=pick,
            pages=len(objects),
            count=count,
            own=tuple(self._own.values()),
            structure=structure,
            last_key=self._find_last_key() if self._tagged else 0,
            images={name: raster for fragment in self._fragments for name, raster in fragment.images},
            frames={name: frame for fragment in self._fragments for name, frame in fragment.figures},
        )

    def _add_elements(self, at: int, cell: Sequence[tuple[Placed, Fragment]]) -> list[int]:
        """Add the elements of a page; return the first marked content of each block."""
        if not self._tagged:
            return [0] * len(cell)
        page = self._sides[at].cells[0].page
        marks = []
        for placed, fragment in cell:
            y = page.height - placed.y - fragment.height
            groups = placed.block.groups
            has_elements = bool(fragment.outline.total)
            marks.append(self._tree.add_block(fragment, groups, FIRST + at, at, placed.x, y) if has_elements else 0)
        return marks

    def _list_streams(self, at: int, side: Side, marks: list[list[int]], first: int) -> list[int]:
        """Return the streams of a side in order of painting; those of personal blocks are counted from ``first``."""
        streams: list[int] = []
        for number, cell in enumerate(side.cells):
            shown = self._blocks[at][number]
            opening = open_cell(cell, side)
            if opening:
                streams.append(self._stock.find_stream(opening))
            x = y = 0
            for personal, places in self._order_blocks(shown):
                own: list[OwnBlock] = []
                tagged = False
                for place in places:
                    placed, fragment = shown[place]
                    right = round(placed.x * 100)
                    up = round((cell.page.height - placed.y - fragment.height) * 100)
                    move = write_move(right - x, up - y)
                    x, y = right, up
                    if not own:
                        streams.append(self._stock.find_stream(move))
                    if personal:
                        own.append(OwnBlock(self._keys[id(placed.block)], marks[number][place], move if own else b""))
                        tagged = tagged or bool(self._tagged and fragment.outline.total)
                    else:
                        streams.append(self._stock.find_block(fragment, marks[number][place]))
                if personal:
                    streams.append(first + self._find_own(tuple(own), at if tagged else None))
            if opening:
                streams.append(self._stock.find_stream(b"Q\n"))
        return streams

    def _order_blocks(self, shown: Sequence[tuple[Placed, Fragment]]) -> list[tuple[bool, list[int]]]:
        """Return the blocks of a cell in order of painting as (personal, places).

        Where nothing is read but paper the personal ones come last, so that they are one stream.
        """
        runs = order_streams(tuple(shown))
        if self._tagged:
            return runs
        ordered = [(wanted, [at for own, run in runs if own == wanted for at in run]) for wanted in (False, True)]
        return [run for run in ordered if run[1]]

    def _find_own(self, wanted: OwnStream, page: int | None) -> int:
        """Return which of the own streams shows blocks: one for all pages, but with tags each ``page`` has its own."""
        key = (wanted, page)
        if key not in self._slots:
            self._slots[key] = len(self._slots)
            self._own[key] = wanted
        return self._slots[key]

    def _write_pages(self, contents: list[list[int]], extras: Extras) -> list[bytes]:
        pages = []
        for at, side in enumerate(self._sides):
            text = b"<</Type/Page/Parent %d 0 R" % (FIRST + len(self._sides))
            if write_size(side) != write_size(self._sides[0]):
                text += b"/MediaBox" + write_size(side)
            if not contents[at]:
                pages.append(text + b"/Resources<<>>>>")
                continue
            text += b"/Resources %d 0 R/Contents%b" % (extras.resources, write_references(contents[at]))
            if self._tagged:
                text += b"/StructParents %d" % (FIRST + at)
                notes = self._tree.notes.get(at)
                text += b"/Tabs/S/Annots" + write_references(notes) if notes else b""
            pages.append(text + b">>")
        return pages

    def _write_structure(self, extras: Extras) -> list[bytes]:
        """Return the handout's element, its leaf of the parent tree, and all elements and links in it.

        The key of a page or a link in the parent tree is its own number, which nothing else in the file has.
        """
        tree = self._tree
        _, document, _, *others = tree.finish((), dict.fromkeys(range(len(self._sides)), 0))
        root = b"<</S/Document/P %d 0 R" % tree.root
        language = b"/Lang" + write_text(self._language) if self._language else b""
        element = b"<</S/Art/P %d 0 R%b%b" % (extras.element, language, document.removeprefix(root))
        entries = [
            b"%d %b]" % (FIRST + at, tree.open_parents(at)[0]) for at, side in enumerate(self._sides) if side.cells
        ]
        first = tree.parent_tree + 1
        owners = []
        for fragment in self._fragments:
            owners += [first + owner for owner in fragment.outline.link_owners]
            first += fragment.outline.total
        entries += [b"%d %d 0 R" % (first + at, owner) for at, owner in enumerate(owners)]
        for at in range(len(owners)):
            note = first + at - tree.parent_tree - 1
            others[note] = _NOTE_KEY.sub(b"/StructParent %d" % (first + at), others[note], 1)
        limits = (FIRST, FIRST + self._find_last_key())
        return [element, b"<</Limits[%d %d]/Nums[%b]>>" % (*limits, b" ".join(entries)), *others]

    def _find_last_key(self) -> int:
        """Return the last object with an entry in the parent tree, counted from the first: a link, or else a page."""
        notes = [note - FIRST for notes in self._tree.notes.values() for note in notes]
        return max([*notes, *[at for at, side in enumerate(self._sides) if side.cells]])


def write_size(side: Side) -> bytes:
    """Return the size of a side as a rectangle."""
    return write_numbers((0, 0, side.width, side.height))


def open_cell(cell: Cell, side: Side) -> bytes:
    """Return the operators before a page that is not as large as its side; none when it is."""
    if cell.scale == 1 and not cell.x and not cell.y:
        return b""
    bottom = side.height - cell.y - cell.page.height * cell.scale
    return b"q %.5f 0 0 %.5f %.2f %.2f cm\n" % (cell.scale, cell.scale, cell.x, bottom)
