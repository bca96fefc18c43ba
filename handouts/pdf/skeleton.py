"""A file without what belongs to one person: everything that sheets of the same layout share, ready as bytes."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import count, islice
from typing import NamedTuple

from handouts.dataclass import dataclass
from handouts.layout.page import DocumentInfo, FigureFrame, Page
from handouts.pdf.chunks import Chunk, join_chunks, pack_chunk
from handouts.pdf.drawings import Cast, find_form
from handouts.pdf.encoding import ENTRIES, pack_cmap
from handouts.pdf.file import Base, Core, Packed, write_base, write_core
from handouts.pdf.metadata import read_profile, write_bookmarks, write_claims
from handouts.pdf.objects import QUICK, write_numbers, write_reference, write_references
from handouts.pdf.resources import AddStream, Glyphs, add_font, collect_glyphs, embed, list_whole_faces, pack_image
from handouts.pdf.streams import Sheet, order_streams, place_chunk
from handouts.pdf.structure import Outline
from handouts.pdf.tree import Tree
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
    """The entry of a page in the parent tree, open behind its shared blocks: object, packed start, next number."""

    number: int
    start: Chunk
    first_mark: int


class Hung(NamedTuple):
    """What personal blocks hang in: the same for all persons whose blocks have the same structure and faces.

    ``outlines`` are those of the blocks; ``marks`` says where each block's marked content is numbered from, by page and
    place; ``streams`` (object, entries, data) belong to faces that the fixed part lacks; ``packed`` holds the blocks'
    elements, the entries of their pages in the parent tree and the list of fonts; ``next`` is the first free number.
    """

    outlines: tuple[Outline, ...]
    marks: Mapping[tuple[int, int], int]
    streams: tuple[tuple[int, bytes, bytes], ...]
    packed: Packed
    next: int


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
    hung: dict[Hashable, Hung] = field(default_factory=dict)
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


ROOT, PAGES, FIRST_PAGE = 1, 2, 3
"""Objects of the catalogue, the page tree and the first page."""

FACE_OBJECTS = 3
"""Small objects of a face."""


def build_skeleton(pages: tuple[Page, ...], sheets: tuple[Sheet, ...], info: DocumentInfo, fonts: FontSet) -> Skeleton:
    """Return the skeleton of a document; ``sheets`` are the placed blocks of each page with their fragments."""
    builder = _Builder(pages, sheets)
    for index in range(len(pages)):
        builder.add_page(index)
    return builder.finish(info, fonts)


class _Builder:
    """Puts a skeleton together. Root and pages have the same numbers in every file, so that elements can be shared.

    Small objects are numbered first, then the streams, then the forms of figures and the stream that packs the small
    objects, then what each person's file has of its own.
    """

    def __init__(self, pages: tuple[Page, ...], sheets: tuple[Sheet, ...]) -> None:
        self.pages = pages
        self.sheets = sheets
        self.shared = [part for sheet in sheets for placed, part in sheet if not placed.block.personal]
        self.numbers = range(FIRST_PAGE, FIRST_PAGE + len(pages))
        self.tree = Tree(len(pages), FIRST_PAGE + len(pages), self.shared)
        self.own: list[tuple[Spot, int, int]] = []
        self.streams: list[tuple[bytes, bytes]] = []
        self.own_streams: dict[tuple[object, ...], tuple[Spot, ...]] = {}
        self.contents: list[list[int]] = []

    def add_page(self, index: int) -> None:
        """Add a page's elements and its streams: the shared ones are counted from 0, personal ones below 0."""
        sheet, height, number = self.sheets[index], self.pages[index].height, self.numbers[index]
        add_block = self.tree.add_block
        own: dict[int, Spot] = {}
        chunks: dict[int, tuple[Chunk, Chunk]] = {}
        for place, (placed, fragment) in enumerate(sheet):
            block, x = placed.block, placed.x
            y = height - placed.y - fragment.height
            if block.personal:
                own[place] = spot = Spot(index, place, x, y)
                if fragment.outline.total:
                    self.own.append((spot, *self.tree.add_own(fragment.outline, block.groups)))
                continue
            mark = add_block(fragment, block.groups, number, index, x, y) if fragment.outline.total else 0
            chunks[place] = (place_chunk(x, y), fragment.pack(mark))
        contents: list[int] = []
        for personal, places in order_streams(sheet):
            if personal:
                contents.append(self._find_own_stream([own[place] for place in places]))
            else:
                data = join_chunks([chunks[place] for place in places])
                contents.append(self._add_stream(b"/Filter/FlateDecode", data))
        self.contents.append(contents)

    def _add_stream(self, entries: bytes, data: bytes) -> int:
        self.streams.append((entries, data))
        return len(self.streams) - 1

    def _find_own_stream(self, spots: list[Spot]) -> int:
        """Return the stand-in of a personal stream; pages on which the same stands at the same places share one."""
        parts = [self.sheets[spot.page][spot.place] for spot in spots]
        key: tuple[object, ...] = tuple(
            (id(placed.block), spot.x, spot.y) if not fragment.outline.total else spot
            for spot, (placed, fragment) in zip(spots, parts, strict=True)
        )
        self.own_streams.setdefault(key, tuple(spots))
        return -1 - list(self.own_streams).index(key)

    def finish(self, info: DocumentInfo, fonts: FontSet) -> Skeleton:
        """Return the skeleton."""
        glyphs = collect_glyphs(self.shared)
        keys = list_whole_faces(glyphs, fonts)
        images = {name: raster for part in self.shared for name, raster in part.images}
        frames = sorted({name: frame for part in self.shared for name, frame in part.figures}.items())
        resources = self.tree.next
        first_face = resources + 1
        outlines = first_face + FACE_OBJECTS * len(keys)
        first_stream = outlines + (len(info.bookmarks) + 1 if info.bookmarks else 0)

        def add_stream(entries: bytes, data: bytes) -> int:
            return first_stream + self._add_stream(entries, data)

        objects = {name: add_stream(*pack_image(images[name])) for name in sorted(images)}
        cmap = add_stream(ENTRIES, pack_cmap())
        profile = add_stream(b"/N 3/Filter/FlateDecode", read_profile())
        faces, face_objects = _write_faces(keys, cmap, first_face, add_stream, fonts)
        next_number = first_stream + len(self.streams)
        objects.update(zip((name for name, _ in frames), count(next_number)))
        numbers = count(next_number + len(frames) + 1)

        metadata, information, font_list = next(numbers), next(numbers), next(numbers)
        own_streams = tuple((next(numbers), spots) for spots in self.own_streams.values())
        parents = {
            index: _open_parents(next(numbers), *self.tree.open_parents(index))
            for index in dict.fromkeys(spot.page for spot, _, _ in self.own)
        }
        own = tuple(
            OwnElements(spot, parent, self.numbers[spot.page], tuple(islice(numbers, tops)))
            for spot, parent, tops in self.own
        )
        tops = [number for elements in own for number in elements.tops]
        marks = [(number, page.height) for number, page in zip(self.numbers, self.pages, strict=True)]
        core_objects = [
            _write_root(info, metadata, self.tree.root, outlines if info.bookmarks else 0, profile),
            b"<</Type/Pages/Kids%b/Count %d>>" % (write_references(self.numbers), len(self.numbers)),
            *self._write_pages(resources, first_stream, [number for number, _ in own_streams]),
            *self.tree.finish(tops, {index: entry.number for index, entry in parents.items()}),
            write_resources(font_list, objects),
            *face_objects,
            *(write_bookmarks(info, marks, outlines) if info.bookmarks else ()),
        ]
        core = write_core(core_objects, self.streams, len(frames), ROOT)
        return Skeleton(
            core, tuple(frames), metadata, information, font_list, cmap, faces, glyphs, own_streams, own, parents,
            next(numbers),
        )  # fmt: skip

    def _write_pages(self, resources: int, first_stream: int, own_streams: Sequence[int]) -> Iterator[bytes]:
        for index, page in enumerate(self.pages):
            notes = self.tree.notes.get(index)
            contents = [own_streams[-1 - each] if each < 0 else first_stream + each for each in self.contents[index]]
            yield (
                b"<</Type/Page/Parent %d 0 R/MediaBox%b/Resources %d 0 R/Contents%b/StructParents %d/Tabs/S%b>>"
                % (
                    PAGES,
                    write_numbers((0, 0, page.width, page.height)),
                    resources,
                    write_references(contents),
                    index,
                    b"/Annots" + write_references(notes) if notes else b"",
                )
            )


def _open_parents(number: int, start: bytes, first_mark: int) -> OpenParents:
    return OpenParents(number, pack_chunk(start, QUICK), first_mark)


def _write_root(info: DocumentInfo, metadata: int, structure: int, outlines: int, profile: int) -> bytes:
    return b"<</Type/Catalog/Pages %d 0 R/ViewerPreferences<</DisplayDocTitle true>>%b%b>>" % (
        PAGES,
        b"/Outlines %d 0 R" % outlines if outlines else b"",
        write_claims(metadata, structure, info.language, profile),
    )


def _write_faces(
    keys: Sequence[str], cmap: int, first: int, add_stream: AddStream, fonts: FontSet
) -> tuple[dict[str, int], list[bytes]]:
    """Return the objects of faces by key, and those objects with all that they refer to, numbered from ``first`` on."""
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return first + len(objects) - 1

    return {key: add_font(embed(fonts, key, frozenset()), cmap, add, add_stream) for key in keys}, objects


def write_resources(font_list: int, objects: Mapping[str, int]) -> bytes:
    """Return the dictionary of resources that all pages share; ``objects`` are images and forms by name."""
    shown = b"".join(b"/%b %b" % (name.encode("ascii"), write_reference(number)) for name, number in objects.items())
    return b"<</Font %d 0 R%b>>" % (font_list, b"/XObject<<" + shown + b">>" if shown else b"")
