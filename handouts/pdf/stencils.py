"""The stencils of a print run, found by what they depend on: who has the same pages but for the personal lines."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

from handouts.layout.impose import Side
from handouts.layout.page import Block, DocumentInfo, Placed
from handouts.pdf.checks import check_layout
from handouts.pdf.document import Shelf
from handouts.pdf.fragment import Fragment
from handouts.pdf.places import Places
from handouts.pdf.stencil import Stencil
from handouts.pdf.stencil_builder import Blocks, StencilBuilder
from handouts.pdf.stock import Stock
from handouts.typeset.fonts import FontSet

MOST_STENCILS = 120
"""Stencils kept; one of a tagged handout takes about 80 kB."""

MOST_SHAPES = 8
"""Stencils of a layout that are found at once: its personal blocks may have one line more or less."""

Names = tuple[Hashable, ...]


class Near(NamedTuple):
    """A layout in memory, and the stencils it has had by what the personal blocks in it are like."""

    layout: object
    known: list[tuple[Names, bytes]]


class Printed(NamedTuple):
    """A handout to be printed: its ``sides`` when they are asked for, and its personal blocks by key.

    ``layout`` stands for the place of every block and for every block that is not personal; None for a handout that
    is like no other.
    """

    sides: Callable[[], Sequence[Side]]
    own: Mapping[Hashable, Block]
    layout: object = None


class Stencils:
    """Finds the stencil of a handout: by its layout in memory, or by a digest of all that its pages show and say.

    What is forgotten depends on what was asked for alone, not on what is in memory, so that a file has the same bytes
    whatever was kept of others.
    """

    def __init__(self, shelf: Shelf, fonts: FontSet, stock: Stock, info: DocumentInfo, *, tagged: bool) -> None:
        self._shelf = shelf
        self._fonts = fonts
        self._stock = stock
        self._info = info
        self._tagged = tagged
        self._places = Places()
        self._kept: OrderedDict[bytes, Stencil] = OrderedDict()
        self._near: OrderedDict[int, Near] = OrderedDict()

    def find(self, handout: Printed, language: str, painted: dict[Hashable, Fragment]) -> tuple[Stencil, bool]:
        """Return the stencil of a handout and whether another had it; ``painted`` takes its personal fragments.

        LayoutError when a handout is not accessible and may not say that it is.
        """
        layout = handout.layout
        near = self._near.get(id(layout)) if layout is not None else None
        names = self._name_own(handout.own, painted)
        key = next((key for known, key in near.known if known == names), None) if near else None
        stencil = None if key is None else self._kept.get(key)
        if stencil is None:
            sides = handout.sides()
            keys = {id(block): key for key, block in handout.own.items()}
            blocks = self._find_blocks(sides, {at: painted[key] for at, key in keys.items()})
            key = self._name_sides(sides, blocks, names, language)
            stencil = self._kept.get(key)
            if layout is not None:
                self._note(layout, names, key)
            if stencil is None:
                stencil = self._kept[key] = self._build(sides, blocks, keys, language)
                if len(self._kept) > MOST_STENCILS:
                    self._kept.popitem(last=False)
                return stencil, False
        assert key is not None
        self._kept.move_to_end(key)
        return stencil, True

    def _note(self, layout: object, names: Names, key: bytes) -> None:
        near = self._near.setdefault(id(layout), Near(layout, []))
        near.known[:] = [(known, other) for known, other in near.known if known != names][1 - MOST_SHAPES :]
        near.known.append((names, key))
        if len(self._near) > MOST_STENCILS:
            self._near.popitem(last=False)

    def _name_own(self, own: Mapping[Hashable, Block], painted: dict[Hashable, Fragment]) -> Names:
        """Return what a stencil depends on of the personal blocks; their fragments go to ``painted``."""
        names: list[Hashable] = []
        for key, block in own.items():
            fragment = painted[key] = self._shelf.find_own(block, self._fonts, marked=self._tagged)
            says = (fragment.outline, fragment.levels) if self._tagged else None
            names.append((key, fragment.height, block.groups, block.artifact, says))
        return tuple(names)

    def _find_blocks(self, sides: Sequence[Side], own: Mapping[int, Fragment]) -> Blocks:
        def find(placed: Placed) -> Fragment:
            return own.get(id(placed.block)) or self._shelf.find_fragment(placed.block, self._fonts)

        return [[[(placed, find(placed)) for placed in cell.page.placed] for cell in side.cells] for side in sides]

    def _name_sides(self, sides: Sequence[Side], blocks: Blocks, names: Names, language: str) -> bytes:
        """Return a digest of all that a stencil depends on."""
        said: list[object] = [names, language]
        name_block = self._places.name_block
        for side, cells in zip(sides, blocks, strict=True):
            said += (side.width, side.height)
            for cell, shown in zip(side.cells, cells, strict=True):
                said += (cell.scale, cell.x, cell.y, cell.page.height, len(shown))
                for placed, fragment in shown:
                    block = placed.block
                    said += (placed.x, placed.y, block.groups, block.artifact)
                    said.append(None if block.personal else name_block(fragment))
        return blake2b(repr(said).encode("utf-8"), digest_size=16).digest()

    def _build(self, sides: Sequence[Side], blocks: Blocks, own: Mapping[int, Hashable], language: str) -> Stencil:
        if self._tagged:
            levels = [(placed.block.origin, part.levels) for cells in blocks for cell in cells for placed, part in cell]
            check_layout(levels, self._info)
            blocks = [[self._home(cell) for cell in cells] for cells in blocks]
        other = language if language != self._info.language else ""
        return StencilBuilder(sides, blocks, own, self._stock, other, tagged=self._tagged).build()

    def _home(self, cell: Sequence[tuple[Placed, Fragment]]) -> list[tuple[Placed, Fragment]]:
        """Return the blocks of a page with the shared ones numbered as they are on other pages, where that can be."""
        shared = iter(self._places.place_blocks([part for placed, part in cell if not placed.block.personal]))
        return [(placed, part if placed.block.personal else next(shared)) for placed, part in cell]


def print_sides(sides: Sequence[Side], layout: object = None) -> Printed:
    """Return sides as a handout whose personal blocks go by the order in which they first stand there."""
    own = {
        id(placed.block): placed.block
        for side in sides
        for cell in side.cells
        for placed in cell.page.placed
        if placed.block.personal
    }
    return Printed(lambda: sides, dict(enumerate(own.values())), layout)
