"""A print run: the handouts of many people in one file for the printer, written as they come.

Fonts, drawings and every block that is not personal are in the file once. The file is tagged and conforms as the single
files do, or it is for paper alone: then it has no tags and makes no claim to be accessible.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterator, Sequence
from hashlib import blake2b
from typing import BinaryIO

from handouts.layout.impose import Cell, Side
from handouts.layout.page import DocumentInfo, Placed
from handouts.pdf.checks import check_layout
from handouts.pdf.document import SHELVES, Shelf
from handouts.pdf.drawings import Cast
from handouts.pdf.fragment import Fragment
from handouts.pdf.metadata import read_profile, write_info, write_xmp
from handouts.pdf.object_file import ObjectFile
from handouts.pdf.objects import LEAST, write_text
from handouts.pdf.page_tree import Chain, ElementTree, KeyTree, PageTree
from handouts.pdf.stencil import Blocks, Extras, Stencil, StencilBuilder
from handouts.pdf.stock import Stock
from handouts.typeset.fonts import FontSet

MOST_STENCILS = 100
"""Stencils kept; one of a tagged handout takes about 60 kB."""

Spot = tuple[int, int, int]
"""A block: number of the side, of the cell on it and of the block in it."""


class PrintRun:
    """Writes a print run to an open file. Memory holds numbers and digests only, whatever the number of pages."""

    def __init__(
        self, file: BinaryIO, fonts: FontSet, info: DocumentInfo, *, turned: bool = False, tagged: bool = False
    ) -> None:
        """Begin the file; ``turned`` paper is printed on both sides about its short edge, and has no tags."""
        self._edge = b"Short" if turned else b"Long"
        self._fonts = fonts
        self._info = info
        self._tagged = tagged and not turned
        self._shelf = SHELVES.setdefault(fonts, Shelf())
        self._file = ObjectFile(file)
        self._stock = Stock(self._file, fonts, tagged=self._tagged)
        self._stencils: OrderedDict[bytes, Stencil] = OrderedDict()
        self._near: OrderedDict[int, tuple[object, bytes, tuple[Spot, ...], tuple[Hashable, ...]]] = OrderedDict()
        reserve, add = self._file.reserve, self._file.add
        self._pages = PageTree(reserve, add, reserve())
        self._chain = Chain(reserve, add, 0)
        self._root = self._structure = 0
        self._key = 0
        if self._tagged:
            self._structure = reserve()
            self._elements = ElementTree(reserve, add, reserve(), self._structure)
            self._parents = KeyTree(reserve, add, reserve())

    def add_handout(
        self,
        sides: Sequence[Side],
        bookmark: str,
        cast: Cast | None = None,
        layout: object = None,
        language: str | None = None,
    ) -> None:
        """Write the sides of one handout; the bookmark leads to its first. Without words there is none.

        ``cast`` is who is drawn in it. ``layout`` stands for the place of every block and for every block that is not
        personal, as for `document.paint_document`; ``language`` is that of the words where it is not the first one's.
        """
        own: dict[int, Fragment] = {}
        stencil = self._find_stencil(sides, layout, language or self._info.language, own)
        person = ("", "") if cast is None else (cast.person, cast.edition)
        if person not in stencil.casts:
            stencil.casts[person] = self._stock.find_resources(stencil.images, stencil.frames, cast)
        first = self._file.reserve(stencil.count + len(stencil.own))
        above = self._hang(stencil, first, len(sides))
        bodies = stencil.fill(first, Extras(*above, stencil.casts[person], self._key))
        self._file.add_run(first, bodies)
        self._key += stencil.keys
        for number, (side, cell, place, mark) in enumerate(stencil.own, first + stencil.count):
            fragment = own[id(sides[side].cells[cell].page.placed[place].block)]
            self._stock.note_glyphs(fragment)
            self._file.write_content(number, self._stock.write_block(fragment, mark), LEAST)
        if bookmark:
            self._chain.root = self._chain.root or self._file.reserve()
            self._chain.add_bookmark(bookmark, first)

    def finish(self) -> int:
        """Write fonts, page tree and cross-references; return the number of pages."""
        add, reserve = self._file.add, self._file.reserve
        self._stock.finish()
        self._pages.finish()
        entries = b"/Pages %d 0 R" % self._pages.root
        if self._chain.count:
            self._chain.finish()
            entries += b"/Outlines %d 0 R/PageMode/UseOutlines" % self._chain.root
        entries += b"/ViewerPreferences<</DisplayDocTitle true/Duplex/DuplexFlip%bEdge>>" % self._edge
        if self._tagged:
            entries += self._finish_structure()
        root, information = reserve(), reserve()
        add(root, b"<</Type/Catalog" + entries + b">>")
        add(information, write_info(self._info))
        self._file.finish(root, information)
        return self._pages.count

    def _finish_structure(self) -> bytes:
        """Write what makes the file a tagged one; return the entries of the catalogue that lead there."""
        self._elements.finish()
        self._parents.finish()
        self._file.add(
            self._structure,
            b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>"
            % (self._elements.root, self._parents.root, self._key),
        )
        metadata = self._file.add_stream(b"/Type/Metadata/Subtype/XML", write_xmp(self._info))
        profile = self._file.add_stream(b"/N 3/Filter/FlateDecode", read_profile())
        return (
            b"/Metadata %d 0 R/StructTreeRoot %d 0 R/MarkInfo<</Marked true>>/Lang%b/OutputIntents[<</Type/OutputIntent"
            b"/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)/DestOutputProfile %d 0 R>>]"
            % (metadata, self._structure, write_text(self._info.language), profile)
        )

    def _hang(self, stencil: Stencil, first: int, sides: int) -> tuple[int, int]:
        """Hang a handout into the trees of the file; return what its pages and its element hang in."""
        pages = self._pages.add_kid(first + sides, sides)
        if not stencil.keys:
            return pages, 0
        self._parents.add_kid(first + sides + 2, 1, (self._key, self._key + stencil.last_key))
        return pages, self._elements.add_kid(first + sides + 1)

    def _find_stencil(self, sides: Sequence[Side], layout: object, language: str, own: dict[int, Fragment]) -> Stencil:
        """Return the stencil of a handout, and in ``own`` the fragments of its personal blocks by identity."""
        known = self._near.get(id(layout)) if layout is not None else None
        if known is not None:
            names = self._name_own(sides, known[2], own)
            stencil = self._stencils.get(known[1]) if names == known[3] else None
            if stencil is not None:
                self._stencils.move_to_end(known[1])
                return stencil
        spots = tuple(spot for spot, _, placed in list_blocks(sides) if placed.block.personal)
        names = self._name_own(sides, spots, own)
        blocks = self._find_blocks(sides, own)
        key = self._name_sides(sides, blocks, names, language)
        stencil = self._stencils.get(key)
        if stencil is None:
            stencil = self._build(sides, blocks, language)
            if len(self._stencils) >= MOST_STENCILS:
                self._stencils.popitem(last=False)
            self._stencils[key] = stencil
        self._stencils.move_to_end(key)
        if layout is not None:
            self._near[id(layout)] = (layout, key, spots, names)
            if len(self._near) > MOST_STENCILS:
                self._near.popitem(last=False)
        return stencil

    def _name_own(self, sides: Sequence[Side], spots: Sequence[Spot], own: dict[int, Fragment]) -> tuple[Hashable, ...]:
        """Return what a stencil depends on of the personal blocks; their fragments go to ``own``."""
        names: list[Hashable] = []
        for side, cell, place in spots:
            placed = sides[side].cells[cell].page.placed[place]
            block = placed.block
            if id(block) not in own:
                own[id(block)] = self._shelf.find_fragment(block, self._fonts)
            fragment = own[id(block)]
            names.append(
                (list(own).index(id(block)), placed.x, placed.y, fragment.height, block.groups, block.artifact)
            )
            names.append((fragment.outline, fragment.levels) if self._tagged else None)
        return tuple(names)

    def _find_blocks(self, sides: Sequence[Side], own: dict[int, Fragment]) -> Blocks:
        def find(placed: Placed) -> Fragment:
            if placed.block.personal:
                return own[id(placed.block)]
            return self._shelf.find_fragment(placed.block, self._fonts)

        return [[[(placed, find(placed)) for placed in cell.page.placed] for cell in side.cells] for side in sides]

    def _name_sides(self, sides: Sequence[Side], blocks: Blocks, names: tuple[Hashable, ...], language: str) -> bytes:
        """Return a digest of all that a stencil depends on."""
        maker = blake2b(repr((names, language)).encode("utf-8"), digest_size=16)
        for side, cells in zip(sides, blocks, strict=True):
            maker.update(b"%.2f %.2f" % (side.width, side.height))
            for cell, shown in zip(side.cells, cells, strict=True):
                maker.update(b"%.5f %.2f %.2f " % (cell.scale, cell.x, cell.y))
                for placed, fragment in shown:
                    groups = repr((placed.x, placed.y, placed.block.groups, placed.block.artifact))
                    maker.update(groups.encode("utf-8"))
                    if not placed.block.personal:
                        maker.update(self._stock.name_block(fragment))
        return maker.digest()

    def _build(self, sides: Sequence[Side], blocks: Blocks, language: str) -> Stencil:
        if self._tagged:
            levels = [(placed.block.origin, part.levels) for cells in blocks for cell in cells for placed, part in cell]
            check_layout(levels, self._info)
        other = language if language != self._info.language else ""
        return StencilBuilder(sides, blocks, self._stock, other, tagged=self._tagged).build()


def list_blocks(sides: Sequence[Side]) -> Iterator[tuple[Spot, Cell, Placed]]:
    """Yield all blocks in order with where they stand."""
    for number, side in enumerate(sides):
        for at, cell in enumerate(side.cells):
            for place, placed in enumerate(cell.page.placed):
                yield (number, at, place), cell, placed
