"""A file without what belongs to one person: everything that sheets of the same layout share, ready as bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from handouts.layout.page import DocumentInfo, FigureFrame, Page, Placed
from handouts.pdf.chunks import join_chunks, store_chunk
from handouts.pdf.drawings import Cast, find_form
from handouts.pdf.encoding import ENTRIES, pack_cmap
from handouts.pdf.file import Base, Core, Draft, write_base, write_core
from handouts.pdf.fragment import Fragment, open_place
from handouts.pdf.metadata import read_profile
from handouts.pdf.objects import write_numbers, write_reference, write_references, write_text
from handouts.pdf.resources import Glyphs, add_bookmarks, add_faces, add_image, collect_glyphs
from handouts.pdf.tree import Leaf, Tree
from handouts.typeset.fonts import FontSet


class Spot(NamedTuple):
    """A block on a page: number of the page and of the block on it, and its lower left corner."""

    page: int
    place: int
    x: float
    y: float


class OwnElements(NamedTuple):
    """Where the elements of a personal block belong: the element above them, their page, numbers for the topmost."""

    spot: Spot
    parent: int
    page: int
    tops: tuple[int, ...]


class OpenParents(NamedTuple):
    """The entry of a page in the parent tree, open behind its shared blocks: object, start, number that comes next."""

    number: int
    start: bytes
    first_mark: int


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The fixed part of a file, and the numbers kept for the rest, which come after those of the fixed part.

    ``frames`` are the figures by name, in the order of the core's forms; ``streams`` the personal streams (object,
    spots in order of painting), ``own`` the personal blocks that have elements, ``parents`` the entries of their pages
    in the parent tree. ``faces`` are the fonts of the fixed part, ``glyphs`` all that it shows; ``next`` is the first
    number that is free.
    """

    core: Core
    frames: tuple[tuple[str, FigureFrame], ...]
    metadata: int
    info: int
    font_list: int
    cmap: int
    faces: Mapping[str, int]
    glyphs: Glyphs
    streams: tuple[tuple[int, tuple[Spot, ...]], ...]
    own: tuple[OwnElements, ...]
    parents: Mapping[int, OpenParents]
    next: int
    bases: dict[tuple[str, str], Base] = field(default_factory=dict)

    def find_base(self, cast: Cast | None) -> Base:
        """Return the fixed part with the person of a cast drawn in it. ValueError for figures without a cast."""
        key = ("", "") if cast is None else (cast.person, cast.edition)
        base = self.bases.get(key)
        if base is None:
            if cast is None and self.frames:
                raise ValueError("these pages have figures, and nobody was named to be drawn in them")
            forms = [find_form(name, frame, cast) for name, frame in self.frames] if cast else []
            base = self.bases[key] = write_base(self.core, forms)
        return base


Sheet = tuple[tuple[Placed, Fragment], ...]


def build_skeleton(pages: tuple[Page, ...], sheets: tuple[Sheet, ...], info: DocumentInfo, fonts: FontSet) -> Skeleton:
    """Return the skeleton of a document; ``sheets`` are the placed blocks of each page with their fragments."""
    builder = _Builder(pages, sheets)
    for index in range(len(pages)):
        builder.add_page(index)
    return builder.finish(info, fonts)


class _Builder:
    """Puts a skeleton together. Root and pages have the same numbers in every file, so that elements can be shared."""

    def __init__(self, pages: tuple[Page, ...], sheets: tuple[Sheet, ...]) -> None:
        self.pages = pages
        self.sheets = sheets
        self.draft = Draft()
        self.root, self.kids = self.draft.reserve(), self.draft.reserve()
        self.numbers = self._reserve_range(len(pages))
        self.tree = Tree(self.draft, len(pages))
        self.own: list[tuple[Spot, int, int]] = []
        self.streams: dict[tuple[object, ...], tuple[Spot, ...]] = {}
        self.contents: list[list[int]] = []

    def _reserve_range(self, count: int) -> range:
        first = self.draft.reserve(count)
        return range(first, first + count)

    def add_page(self, index: int) -> None:
        """Add a page's elements and its shared streams; personal ones are counted below 0 until they have numbers."""
        page, sheet = self.pages[index], self.sheets[index]
        spots = []
        marks = []
        for place, (placed, fragment) in enumerate(sheet):
            spot = Spot(index, place, placed.x, page.height - placed.y - fragment.height)
            spots.append(spot)
            marks.append(self._add_elements(spot, placed, fragment))
        contents: list[int] = []
        for personal, places in order_streams(sheet):
            if personal:
                contents.append(self._find_own_stream([spots[place] for place in places]))
                continue
            parts = [
                (store_chunk(open_place(spots[place].x, spots[place].y)), sheet[place][1].pack(marks[place]))
                for place in places
            ]
            contents.append(self.draft.add_stream(b"/Filter/FlateDecode", join_chunks(parts)))
        self.contents.append(contents)

    def _add_elements(self, spot: Spot, placed: Placed, fragment: Fragment) -> int:
        if not fragment.outline.total:
            return 0
        leaf = Leaf(fragment, placed.block.groups, self.numbers[spot.page], spot.page, spot.x, spot.y)
        if placed.block.personal:
            self.own.append((spot, *self.tree.add_own(leaf)))
            return 0
        return self.tree.add_block(leaf)

    def _find_own_stream(self, spots: list[Spot]) -> int:
        """Return the stand-in of a personal stream; pages on which the same stands at the same places share one."""
        parts = [self.sheets[spot.page][spot.place] for spot in spots]
        key: tuple[object, ...] = tuple(
            (id(placed.block), spot.x, spot.y) if not fragment.outline.total else spot
            for spot, (placed, fragment) in zip(spots, parts, strict=True)
        )
        self.streams.setdefault(key, tuple(spots))
        return -1 - list(self.streams).index(key)

    def finish(self, info: DocumentInfo, fonts: FontSet) -> Skeleton:
        """Return the skeleton."""
        draft, tree = self.draft, self.tree
        shared = [part for sheet in self.sheets for placed, part in sheet if not placed.block.personal]
        glyphs = collect_glyphs(shared)
        cmap = draft.add_stream(ENTRIES, pack_cmap())
        faces = add_faces(draft, glyphs, cmap, fonts)
        images = {name: raster for part in shared for name, raster in part.images}
        objects = {name: add_image(draft, images[name]) for name in sorted(images)}
        places = [(number, page.height) for number, page in zip(self.numbers, self.pages, strict=True)]
        outlines = add_bookmarks(draft, info, places)
        profile = draft.add_stream(b"/N 3/Filter/FlateDecode", read_profile())
        resources = draft.reserve()
        frames = sorted({name: frame for part in shared for name, frame in part.figures}.items())
        drawn = self._reserve_range(len(frames))
        objects.update(zip((name for name, _ in frames), drawn, strict=True))
        holder = draft.reserve()

        metadata, information, font_list = self._reserve_range(3)
        streams = tuple(zip(self._reserve_range(len(self.streams)), self.streams.values(), strict=True))
        parents = {
            index: OpenParents(draft.reserve(), *tree.open_parents(index))
            for index in dict.fromkeys(spot.page for spot, _, _ in self.own)
        }
        tops = self._reserve_range(sum(count for _, _, count in self.own))
        structure = tree.finish(tops, {index: entry.number for index, entry in parents.items()})
        draft.objects[resources] = write_resources(font_list, objects)
        self._write_pages(resources, [number for number, _ in streams])
        draft.objects[self.root] = (
            b"<</Type/Catalog/Pages %d 0 R/Metadata %d 0 R/StructTreeRoot %d 0 R/MarkInfo<</Marked true>>/Lang%b"
            b"/ViewerPreferences<</DisplayDocTitle true>>%b/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1"
            b"/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)/DestOutputProfile %d 0 R>>]>>"
            % (self.kids, metadata, structure, write_text(info.language), outlines, profile)
        )
        core = write_core(draft, holder, self.root, drawn)
        own = []
        for spot, parent, count in self.own:
            own.append(OwnElements(spot, parent, self.numbers[spot.page], tuple(tops[:count])))
            tops = tops[count:]
        return Skeleton(
            core, tuple(frames), metadata, information, font_list, cmap, faces, glyphs, streams, tuple(own), parents,
            draft.last + 1,
        )  # fmt: skip

    def _write_pages(self, resources: int, streams: Sequence[int]) -> None:
        objects = self.draft.objects
        for index, (page, number) in enumerate(zip(self.pages, self.numbers, strict=True)):
            notes = self.tree.notes.get(index)
            contents = [streams[-1 - each] if each < 0 else each for each in self.contents[index]]
            objects[number] = (
                b"<</Type/Page/Parent %d 0 R/MediaBox%b/Resources %d 0 R/Contents%b/StructParents %d/Tabs/S%b>>"
                % (
                    self.kids,
                    write_numbers((0, 0, page.width, page.height)),
                    resources,
                    write_references(contents),
                    index,
                    b"/Annots" + write_references(notes) if notes else b"",
                )
            )
        objects[self.kids] = b"<</Type/Pages/Kids%b/Count %d>>" % (write_references(self.numbers), len(self.numbers))


def write_resources(font_list: int, objects: Mapping[str, int]) -> bytes:
    """Return the dictionary of resources that all pages share; ``objects`` are images and forms by name."""
    shown = b"".join(b"/%b %b" % (name.encode("ascii"), write_reference(number)) for name, number in objects.items())
    return b"<</Font %d 0 R%b>>" % (font_list, b"/XObject<<" + shown + b">>" if shown else b"")


def order_streams(sheet: Sheet) -> list[tuple[bool, list[int]]]:
    """Return the content streams of a page as (personal, blocks): as few as keep the order of reading.

    Head and foot of the page have no place in that order and are painted last, so that what is copied or searched
    begins with the page's own words.
    """
    runs: list[tuple[bool, list[int]]] = []
    furniture = [place for place, (placed, _) in enumerate(sheet) if placed.block.artifact == "Pagination"]
    last = set(furniture)
    for place in [*(place for place in range(len(sheet)) if place not in last), *furniture]:
        own = sheet[place][0].block.personal
        if runs and runs[-1][0] == own:
            runs[-1][1].append(place)
        else:
            runs.append((own, [place]))
    return runs
