"""Paints a document: pages to the bytes of a PDF/UA-1 and PDF/A-2a file."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol
from weakref import WeakKeyDictionary

from handouts.dataclass import dataclass
from handouts.layout.page import Block, DocumentInfo, Page, Tag
from handouts.pdf.checks import check_block, check_layout
from handouts.pdf.drawings import Cast
from handouts.pdf.fragment import Fragment, Shape, find_shape, paint_block, paint_own
from handouts.pdf.personal import write_personal
from handouts.pdf.resources import share_faces
from handouts.pdf.skeleton import Skeleton, build_skeleton
from handouts.pdf.streams import Sheet
from handouts.typeset.fonts import FontSet

if TYPE_CHECKING:
    from handouts.pdf.bundle import Bundle

MOST_FRAGMENTS = 4000
MOST_SKELETONS = 200
MOST_SHAPES = 1000
"""Structures of personal blocks that were found sound, kept for others with the very same tags: see `layout.tags`."""

Spot = tuple[int, int]
"""A block: number of its page and of the block on it."""


class Laid(Protocol):
    """What painting asks of a sheet: pages that a layout and a person's own blocks by origin give."""

    @property
    def layout(self) -> Hashable:
        """Return what stands for the place of every block and for every block that is not personal."""

    @property
    def own(self) -> Mapping[str, Block]:
        """Return the personal blocks by origin; none has the origin of another."""

    @property
    def pages(self) -> tuple[Page, ...]:
        """Return the pages."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A skeleton with the places of the personal blocks in it, by origin, and what of them it rests on."""

    skeleton: Skeleton
    spots: tuple[tuple[Spot, str], ...]
    names: tuple[Hashable, ...]


class Shelf:
    """What was painted with one set of fonts and may be used again, under a bound."""

    def __init__(self) -> None:
        self.fragments: OrderedDict[int, tuple[Block, Fragment]] = OrderedDict()
        self.frames: OrderedDict[Hashable, Frame] = OrderedDict()
        self.shapes: dict[Hashable, tuple[tuple[Tag, ...], Shape]] = {}

    def find_fragment(self, block: Block, fonts: FontSet, bundle: Bundle | None = None) -> Fragment:
        """Return the fragment of a block that is not personal, painted once for the same object.

        ``bundle`` holds what an earlier process painted.
        """
        known = self.fragments.get(id(block))
        if known is None:
            known = self.fragments[id(block)] = (block, _paint_shared(block, fonts, bundle))
            if len(self.fragments) > MOST_FRAGMENTS:
                self.fragments.popitem(last=False)
        return known[1]

    def find_own(self, block: Block, fonts: FontSet, *, marked: bool = True) -> Fragment:
        """Return the fragment of a personal block; tags that were found sound once are not checked again.

        Where it is not ``marked``, for a file without structure, it has no part in one.
        """
        key = (id(block.tags), block.groups, len(block.items), block.artifact)
        known = self.shapes.get(key)
        if known is None:
            check_block(block, fonts)
            if len(self.shapes) >= MOST_SHAPES:
                self.shapes.clear()
            known = self.shapes[key] = (block.tags, find_shape(block, fonts))
        return paint_own(block, fonts, known[1], marked)

    def paint_blocks(self, own: Mapping[str, Block], fonts: FontSet) -> dict[str, Fragment]:
        """Return the fragments of personal blocks by origin."""
        return {origin: self.find_own(block, fonts) for origin, block in own.items()}

    def find_frame(
        self, sheet: Laid, info: DocumentInfo, fonts: FontSet, bundle: Bundle | None = None
    ) -> tuple[Skeleton, dict[Spot, Fragment]]:
        """Return the skeleton of a sheet and the fragments of its personal blocks by page and place."""
        key = (sheet.layout, info.title, info.language)
        painted = self.paint_blocks(sheet.own, fonts)
        names = name_own(sheet.own, painted)
        frame = self.frames.get(key)
        if frame is not None and frame.names == names:
            self.frames.move_to_end(key)
            return frame.skeleton, {spot: painted[origin] for spot, origin in frame.spots}
        spots = list_own(sheet.pages)
        for (number, place), origin in spots:
            if sheet.pages[number].placed[place].block is not sheet.own.get(origin):
                raise ValueError(f"{origin}: a personal block on the pages is not the sheet's own of this origin")
        own = {spot: painted[origin] for spot, origin in spots}
        skeleton = self.build(sheet.pages, own, info, fonts, bundle)
        self.frames[key] = Frame(skeleton, spots, names)
        if len(self.frames) > MOST_SKELETONS:
            self.frames.popitem(last=False)
        return skeleton, own

    def build(
        self,
        pages: tuple[Page, ...],
        own: Mapping[Spot, Fragment],
        info: DocumentInfo,
        fonts: FontSet,
        bundle: Bundle | None = None,
    ) -> Skeleton:
        """Return the skeleton of pages whose personal blocks are painted."""
        sheets: tuple[Sheet, ...] = tuple(
            tuple(
                (placed, own.get((number, place)) or self.find_fragment(placed.block, fonts, bundle))
                for place, placed in enumerate(page.placed)
            )
            for number, page in enumerate(pages)
        )
        check_layout([(placed.block.origin, part.levels) for sheet in sheets for placed, part in sheet], info)
        if bundle is not None:
            share_faces(fonts, bundle)
        return build_skeleton(pages, sheets, info, fonts)


def _paint_shared(block: Block, fonts: FontSet, bundle: Bundle | None) -> Fragment:
    """Return the fragment of a block that is not personal, from the bundle if it is there."""
    fragment = None if bundle is None else bundle.find_fragment(block)
    if fragment is None:
        check_block(block, fonts)
        fragment = paint_block(block, fonts)
        if bundle is not None:
            bundle.add_fragment(block, fragment)
    return fragment


SHELVES: WeakKeyDictionary[FontSet, Shelf] = WeakKeyDictionary()


def list_own(pages: Sequence[Page]) -> tuple[tuple[Spot, str], ...]:
    """Return the personal blocks of pages by page and place, with their origins."""
    return tuple(
        ((number, place), placed.block.origin)
        for number, page in enumerate(pages)
        for place, placed in enumerate(page.placed)
        if placed.block.personal
    )


def name_own(own: Mapping[str, Block], painted: Mapping[str, Fragment]) -> tuple[Hashable, ...]:
    """Return what the fixed part of a file depends on of personal blocks whose layout is known: how they hang in it."""
    names: list[Hashable] = []
    for origin, fragment in painted.items():
        block = own[origin]
        outline = fragment.outline
        hangs = (block.groups, block.artifact, bool(outline.total), len(outline.tops), fragment.levels)
        names.append((origin, fragment.height, *hangs))
    return tuple(names)


def paint_document(pages: Sequence[Page], info: DocumentInfo, fonts: FontSet, cast: Cast | None = None) -> bytes:
    """Return the file as bytes; the same pages and information give the same bytes, whatever was painted before.

    ``cast`` is who is drawn in the figures.

    LayoutError when a layout is not accessible and may not say that it is. ValueError for a date that is not ISO 8601
    or tags that name an item twice, KeyError for a character that its face lacks.
    """
    shelf = SHELVES.setdefault(fonts, Shelf())
    painted: dict[int, Fragment] = {}
    own = {}
    for spot, _ in list_own(pages):
        block = pages[spot[0]].placed[spot[1]].block
        own[spot] = painted[id(block)] = painted.get(id(block)) or shelf.find_own(block, fonts)
    return write_personal(shelf.build(tuple(pages), own, info, fonts), own, cast, info, fonts)


def paint_sheet(
    sheet: Laid, info: DocumentInfo, fonts: FontSet, cast: Cast | None = None, bundle: Bundle | None = None
) -> bytes:
    """Return what `paint_document` does of the sheet's pages, with all that sheets of the same layout share made once.

    ``bundle`` holds what an earlier process painted, and takes what it lacks.
    """
    shelf = SHELVES.setdefault(fonts, Shelf())
    skeleton, own = shelf.find_frame(sheet, info, fonts, bundle)
    if bundle is None:
        return write_personal(skeleton, own, cast, info, fonts)
    data = write_personal(skeleton, own, cast and replace(cast, forms=bundle), info, fonts)
    bundle.keep()
    return data
