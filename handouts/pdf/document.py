"""Paints a document: pages to the bytes of a PDF/UA-1 and PDF/A-2a file."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from handouts.layout.page import Block, DocumentInfo, Page
from handouts.pdf.checks import check_block, check_layout
from handouts.pdf.file import finish_file
from handouts.pdf.fragment import Fragment, paint_block
from handouts.pdf.metadata import write_identifier, write_info, write_xmp
from handouts.pdf.objects import QUICK, deflate, write_object, write_stream
from handouts.pdf.skeleton import Sheet, Skeleton, build_skeleton
from handouts.typeset.fonts import FontSet

MOST_FRAGMENTS = 4000
MOST_SKELETONS = 64
MOST_FRAMES = 300
MOST_ALIKE = 8
"""Skeletons kept of one layout: they differ in the faces that names need and in the lines that a head has."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A skeleton with the places of the personal blocks in it, and what of them it rests on."""

    skeleton: Skeleton
    spots: tuple[tuple[int, int], ...]
    names: list[Hashable]


class Shelf:
    """What was painted with one set of fonts and may be used again, the longest unused thrown away first."""

    def __init__(self) -> None:
        self.fragments: OrderedDict[Hashable, tuple[Block, Fragment]] = OrderedDict()
        self.skeletons: OrderedDict[Hashable, Skeleton] = OrderedDict()
        self.frames: OrderedDict[Hashable, list[Frame]] = OrderedDict()

    def find_fragment(self, block: Block, fonts: FontSet) -> Fragment:
        """Return the fragment of a block; one that is not personal is kept and used again.

        The key alone is not trusted: a fragment is used again only for a block that is equal in every item.
        """
        if block.personal:
            return paint_block(block, fonts)
        key = (block.key, block.width, block.height)
        known = self.fragments.get(key)
        if known is not None and (known[0] is block or known[0] == block):
            self.fragments.move_to_end(key)
            return known[1]
        check_block(block, fonts)
        fragment = paint_block(block, fonts)
        self.fragments[key] = (block, fragment)
        if len(self.fragments) > MOST_FRAGMENTS:
            self.fragments.popitem(last=False)
        return fragment

    def find_frame(
        self, pages: tuple[Page, ...], key: Hashable | None, info: DocumentInfo, fonts: FontSet
    ) -> tuple[Skeleton, Mapping[tuple[int, int], Fragment]]:
        """Return the skeleton of pages and the fragments of their personal blocks by page and place."""
        frames = self.frames.get(key, []) if key is not None else []
        if frames:
            own = paint_own(pages, frames[0].spots, fonts)
            names = name_own(pages, own)
            for frame in frames:
                if frame.names == names:
                    self.frames.move_to_end(key)
                    return frame.skeleton, own
        sheets: tuple[Sheet, ...] = tuple(
            tuple((placed, self.find_fragment(placed.block, fonts)) for placed in page.placed) for page in pages
        )
        skeleton = self.find_skeleton(pages, sheets, info, fonts)
        own = {
            (number, place): fragment
            for number, sheet in enumerate(sheets)
            for place, (placed, fragment) in enumerate(sheet)
            if placed.block.personal
        }
        if key is not None:
            frame = Frame(skeleton, tuple(own), name_own(pages, own))
            self.frames[key] = [frame, *frames[: MOST_ALIKE - 1]]
            if len(self.frames) > MOST_FRAMES:
                self.frames.popitem(last=False)
        return skeleton, own

    def find_skeleton(
        self, pages: tuple[Page, ...], sheets: tuple[Sheet, ...], info: DocumentInfo, fonts: FontSet
    ) -> Skeleton:
        """Return the skeleton of a document, built at the first call for its layout."""
        layout = tuple(
            (page.width, page.height, *name_placed(sheet)) for page, sheet in zip(pages, sheets, strict=True)
        )
        key = (info.title, info.language, info.bookmarks, layout)
        skeleton = self.skeletons.get(key)
        if skeleton is None:
            placed = [part for sheet in sheets for part in sheet]
            for part, _ in placed:
                if part.block.personal:
                    check_block(part.block, fonts)
            check_layout([(part.block.origin, fragment.levels) for part, fragment in placed], info)
            skeleton = self.skeletons[key] = build_skeleton(pages, sheets, info, fonts)
            if len(self.skeletons) > MOST_SKELETONS:
                self.skeletons.popitem(last=False)
        else:
            self.skeletons.move_to_end(key)
        return skeleton


SHELVES: WeakKeyDictionary[FontSet, Shelf] = WeakKeyDictionary()


def paint_own(
    pages: tuple[Page, ...], spots: Iterable[tuple[int, int]], fonts: FontSet
) -> dict[tuple[int, int], Fragment]:
    """Return the fragments of personal blocks by page and place; one that stands on several pages is painted once."""
    painted: dict[int, Fragment] = {}
    own = {}
    for spot in spots:
        block = pages[spot[0]].placed[spot[1]].block
        if id(block) not in painted:
            painted[id(block)] = paint_block(block, fonts)
        own[spot] = painted[id(block)]
    return own


def name_own(pages: tuple[Page, ...], own: Mapping[tuple[int, int], Fragment]) -> list[Hashable]:
    """Return what the fixed part of a file depends on of the personal blocks; see `name_placed`."""
    names: list[Hashable] = []
    for (number, place), fragment in own.items():
        placed = pages[number].placed[place]
        names.append((placed.x, placed.y, placed.block.groups, placed.block.artifact, *name_fragment(fragment)))
    return names


def name_fragment(fragment: Fragment) -> tuple[Hashable, ...]:
    """Return of a personal fragment what is not its text."""
    return (fragment.outline, fragment.height, fragment.glyphs, fragment.images)


def name_placed(sheet: Sheet) -> list[Hashable]:
    """Return what the fixed part of a file depends on: fragments, for personal ones what is not text, and places."""
    names: list[Hashable] = []
    for placed, fragment in sheet:
        block = placed.block
        shown: Hashable = fragment
        if block.personal:
            shown = name_fragment(fragment)
        names.append((placed.x, placed.y, block.groups, block.artifact, shown))
    return names


def paint_document(pages: Sequence[Page], info: DocumentInfo, fonts: FontSet, layout: Hashable | None = None) -> bytes:
    """Return the file as bytes; the same pages and information give the same bytes, whatever was painted before.

    ``layout`` is an object that stands for the place of every block and for every block that is not personal: pages
    with the same one are told apart by their personal blocks alone.

    LayoutError when a layout is not accessible and may not say that it is. ValueError for a date that is not ISO 8601
    or tags that name an item twice, KeyError for a character that its face lacks.
    """
    shelf = SHELVES.setdefault(fonts, Shelf())
    key = None if layout is None else (layout, info.title, info.language)
    skeleton, own = shelf.find_frame(tuple(pages), key, info, fonts)
    later: list[tuple[int, bytes]] = []
    packed: dict[bytes, bytes] = {}
    for number, spots in skeleton.personal:
        raw = b"".join(own[spot.page, spot.place].place(spot.first_mark, spot.x, spot.y) for spot in spots)
        if raw not in packed:
            packed[raw] = deflate(raw, QUICK)
        later.append((number, write_stream(number, b"/Filter/FlateDecode", packed[raw])))
    xmp = write_xmp(info)
    later.append((skeleton.metadata, write_stream(skeleton.metadata, b"/Type/Metadata/Subtype/XML", xmp)))
    later.append((skeleton.info, write_object(skeleton.info, write_info(info))))
    return finish_file(skeleton.base, later, skeleton.info, write_identifier(info.digest))
