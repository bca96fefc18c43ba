"""Paints a document: pages to the bytes of a PDF/UA-1 and PDF/A-2a file."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from handouts.dataclass import dataclass
from handouts.layout.page import Block, DocumentInfo, Page, Tag
from handouts.pdf.checks import check_block, check_layout
from handouts.pdf.drawings import Cast
from handouts.pdf.fragment import Fragment, Shape, find_shape, paint_block, paint_own
from handouts.pdf.personal import write_personal
from handouts.pdf.resources import share_faces
from handouts.pdf.skeleton import Sheet, Skeleton, build_skeleton
from handouts.typeset.fonts import FontSet

if TYPE_CHECKING:
    from handouts.pdf.bundle import Bundle

MOST_FRAGMENTS = 4000
MOST_SKELETONS = 200
MOST_SHAPES = 1000
"""Structures of personal blocks that were found sound, kept for others with the same tags."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A skeleton with the places of the personal blocks in it, and what of them it rests on."""

    skeleton: Skeleton
    spots: tuple[tuple[int, int], ...]
    names: tuple[Hashable, ...]


class Shelf:
    """What was painted with one set of fonts and may be used again, under a bound."""

    def __init__(self) -> None:
        self.fragments: OrderedDict[int, tuple[Block, Fragment]] = OrderedDict()
        self.frames: OrderedDict[Hashable, Frame] = OrderedDict()
        self.shapes: dict[Hashable, Shape] = {}
        self.near: dict[Hashable, tuple[tuple[Tag, ...], Shape]] = {}

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
        known = self.near.get(key)
        if known is None:
            if len(self.near) >= MOST_SHAPES:
                self.near.clear()
            known = self.near[key] = (block.tags, self._find_shape(block, fonts))
        return paint_own(block, fonts, known[1], marked)

    def _find_shape(self, block: Block, fonts: FontSet) -> Shape:
        key = (block.tags, block.groups, len(block.items), block.artifact)
        shape = self.shapes.get(key)
        if shape is None:
            check_block(block, fonts)
            if len(self.shapes) >= MOST_SHAPES:
                self.shapes.clear()
            shape = self.shapes[key] = find_shape(block, fonts)
        return shape

    def paint_own(
        self, pages: Sequence[Page], spots: Iterable[tuple[int, int]], fonts: FontSet
    ) -> dict[tuple[int, int], Fragment]:
        """Return the fragments of personal blocks by page and place; each painted once."""
        painted: dict[int, Fragment] = {}
        own = {}
        for spot in spots:
            block = pages[spot[0]].placed[spot[1]].block
            fragment = painted.get(id(block))
            if fragment is None:
                fragment = painted[id(block)] = self.find_own(block, fonts)
            own[spot] = fragment
        return own

    def find_frame(
        self,
        pages: tuple[Page, ...],
        key: Hashable | None,
        info: DocumentInfo,
        fonts: FontSet,
        bundle: Bundle | None = None,
    ) -> tuple[Skeleton, dict[tuple[int, int], Fragment]]:
        """Return the skeleton of pages and the fragments of their personal blocks by page and place."""
        frame = self.frames.get(key) if key is not None else None
        if frame is not None:
            own = self.paint_own(pages, frame.spots, fonts)
            if frame.names == name_own(pages, own):
                self.frames.move_to_end(key)
                return frame.skeleton, own
        spots = tuple(
            (number, place)
            for number, page in enumerate(pages)
            for place, placed in enumerate(page.placed)
            if placed.block.personal
        )
        own = self.paint_own(pages, spots, fonts)
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
        skeleton = build_skeleton(pages, sheets, info, fonts)
        if key is not None:
            self.frames[key] = Frame(skeleton, spots, name_own(pages, own))
            if len(self.frames) > MOST_SKELETONS:
                self.frames.popitem(last=False)
        return skeleton, own


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


def name_own(pages: Sequence[Page], own: dict[tuple[int, int], Fragment]) -> tuple[Hashable, ...]:
    """Return what the fixed part of a file depends on of the personal blocks: their places, and how they hang in it."""
    names: list[Hashable] = []
    for (number, place), fragment in own.items():
        placed = pages[number].placed[place]
        block = placed.block
        outline = fragment.outline
        hangs = (block.groups, block.artifact, bool(outline.total), len(outline.tops), fragment.levels)
        names.append((placed.x, placed.y, fragment.height, *hangs))
    return tuple(names)


def paint_document(
    pages: Sequence[Page],
    info: DocumentInfo,
    fonts: FontSet,
    cast: Cast | None = None,
    layout: Hashable | None = None,
    bundle: Bundle | None = None,
) -> bytes:
    """Return the file as bytes; the same pages and information give the same bytes, whatever was painted before.

    ``cast`` is who is drawn in the figures. ``layout`` is an object that stands for the place of every block and for
    every block that is not personal: pages with the same one are told apart by their personal blocks alone. ``bundle``
    holds what an earlier process painted, and takes what it lacks.

    LayoutError when a layout is not accessible and may not say that it is. ValueError for a date that is not ISO 8601
    or tags that name an item twice, KeyError for a character that its face lacks.
    """
    shelf = SHELVES.setdefault(fonts, Shelf())
    key = None if layout is None else (layout, info.title, info.language)
    skeleton, own = shelf.find_frame(tuple(pages), key, info, fonts, bundle)
    if bundle is None:
        return write_personal(skeleton, own, cast, info, fonts)
    data = write_personal(skeleton, own, cast and replace(cast, forms=bundle), info, fonts)
    bundle.keep()
    return data
