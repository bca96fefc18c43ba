"""A file without what belongs to one person: everything that sheets of the same layout share, ready as bytes."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from handouts.layout.page import DocumentInfo, Page, Placed, Raster
from handouts.pdf.embed import Embedding, embed_face
from handouts.pdf.file import Base, Draft, write_base
from handouts.pdf.fragment import Fragment
from handouts.pdf.metadata import read_profile, write_bookmarks
from handouts.pdf.objects import BEST, QUICK, deflate, write_numbers, write_references, write_text
from handouts.pdf.tree import Leaf, Tree
from handouts.typeset.fonts import FontSet


class Spot(NamedTuple):
    """A fragment on a page: number of the page and of the block on it, first marked content, lower left corner."""

    page: int
    place: int
    first_mark: int
    x: float
    y: float


class Skeleton(NamedTuple):
    """The fixed part of a file, the numbers kept for the rest, and what each personal stream shows."""

    base: Base
    metadata: int
    info: int
    personal: tuple[tuple[int, tuple[Spot, ...]], ...]


Sheet = tuple[tuple[Placed, Fragment], ...]


def build_skeleton(pages: tuple[Page, ...], sheets: tuple[Sheet, ...], info: DocumentInfo, fonts: FontSet) -> Skeleton:
    """Return the skeleton of a document; ``sheets`` are the placed blocks of each page with their fragments."""
    draft = Draft()
    root, metadata, information, kids = (draft.reserve() for _ in range(4))
    numbers = [draft.reserve() for _ in pages]
    tree = Tree(draft, len(pages))
    personal: list[tuple[int, tuple[Spot, ...]]] = []
    contents: list[list[int]] = []
    for index, (page, sheet) in enumerate(zip(pages, sheets, strict=True)):
        spots = place_fragments(index, page, sheet)
        for spot, (placed, fragment) in zip(spots, sheet, strict=True):
            if fragment.outline.elements:
                groups = placed.block.groups
                leaf = Leaf(fragment.outline, groups, numbers[index], index, spot.first_mark, spot.x, spot.y)
                tree.add_block(leaf)
        streams: list[int] = []
        for own, part in order_streams(sheet):
            if own:
                streams.append(draft.reserve())
                personal.append((streams[-1], tuple(spots[place] for place in part)))
            else:
                raw = b"".join(sheet[p][1].place(spots[p].first_mark, spots[p].x, spots[p].y) for p in part)
                streams.append(draft.add_stream(b"/Filter/FlateDecode", compress_page(raw)))
        contents.append(streams)
    resources = add_resources(draft, sheets, fonts)
    for index, (page, number) in enumerate(zip(pages, numbers, strict=True)):
        notes = tree.notes.get(index)
        draft.objects[number] = (
            b"<</Type/Page/Parent %d 0 R/MediaBox%b/Resources %d 0 R/Contents%b/StructParents %d/Tabs/S%b>>"
            % (
                kids,
                write_numbers((0, 0, page.width, page.height)),
                resources,
                write_references(contents[index]),
                index,
                b"/Annots" + write_references(notes) if notes else b"",
            )
        )
    draft.objects[kids] = b"<</Type/Pages/Kids%b/Count %d>>" % (write_references(numbers), len(numbers))
    outlines = add_bookmarks(draft, info, [(n, page.height) for n, page in zip(numbers, pages, strict=True)])
    profile = draft.add_stream(b"/N 3/Filter/FlateDecode", read_profile())
    draft.objects[root] = (
        b"<</Type/Catalog/Pages %d 0 R/Metadata %d 0 R/StructTreeRoot %d 0 R/MarkInfo<</Marked true>>/Lang%b"
        b"/ViewerPreferences<</DisplayDocTitle true>>%b/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1"
        b"/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)/DestOutputProfile %d 0 R>>]>>"
        % (kids, metadata, tree.finish(), write_text(info.language), outlines, profile)
    )
    return Skeleton(write_base(draft, root), metadata, information, tuple(personal))


def place_fragments(index: int, page: Page, sheet: Sheet) -> list[Spot]:
    """Return where the fragments of a page go; marked content is numbered from 0 in reading order."""
    spots = []
    mark = 0
    for place, (placed, fragment) in enumerate(sheet):
        spots.append(Spot(index, place, mark, placed.x, page.height - placed.y - fragment.height))
        mark += len(fragment.outline.owners)
    return spots


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


MOST_PAGES = 1500
"""Compressed pages kept; one takes about 6 kB."""

_pages: dict[bytes, bytes] = {}


def compress_page(raw: bytes) -> bytes:
    """Return the shared content of a page, compressed; the last ones are kept."""
    key = blake2b(raw, digest_size=16).digest()
    packed = _pages.pop(key, None) or deflate(raw, QUICK)
    _pages[key] = packed
    if len(_pages) > MOST_PAGES:
        del _pages[next(iter(_pages))]
    return packed


def add_resources(draft: Draft, sheets: tuple[Sheet, ...], fonts: FontSet) -> int:
    """Add the fonts and images of a document; return the number of the dictionary that all pages share."""
    used: dict[str, frozenset[int]] = {}
    images: dict[str, Raster] = {}
    for sheet in sheets:
        for _, fragment in sheet:
            for key, glyphs in fragment.glyphs:
                used[key] = used.get(key, frozenset()) | glyphs
            images.update(fragment.images)
    names = [
        b"/F%d %d 0 R" % (place, add_font(draft, embed(fonts, key, used[key])))
        for place, key in enumerate(fonts.keys)
        if key in used
    ]
    pictures = [b"/%b %d 0 R" % (name.encode("ascii"), add_image(draft, images[name])) for name in sorted(images)]
    text = b"<</Font<<" + b"".join(names) + b">>"
    if pictures:
        text += b"/XObject<<" + b"".join(pictures) + b">>"
    return draft.add(text + b">>")


def embed(fonts: FontSet, key: str, glyphs: frozenset[int]) -> Embedding:
    """Return a face ready for a file. Faces cut to a tier are embedded whole, so the glyphs do not matter."""
    face = fonts.face(key)
    return embed_once(fonts, key, glyphs if face.partial else frozenset())


@lru_cache(maxsize=64)
def embed_once(fonts: FontSet, key: str, glyphs: frozenset[int]) -> Embedding:
    """Return a face ready for a file, kept for the next one."""
    return embed_face(fonts.face(key), glyphs)


def add_font(draft: Draft, embedding: Embedding) -> int:
    """Add the objects of a face; return the number of the font."""
    file = draft.add_stream(*embedding.file)
    unicode = draft.add_stream(*embedding.unicode)
    descriptor = draft.add(embedding.write_descriptor(file))
    descendant = draft.add(embedding.write_descendant(descriptor))
    return draft.add(embedding.write_font(descendant, unicode))


def add_image(draft: Draft, raster: Raster) -> int:
    """Add an image; return its number."""
    space = b"DeviceRGB" if raster.components == 3 else b"DeviceGray"
    entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/%b/BitsPerComponent 8/Filter/FlateDecode" % (
        raster.columns,
        raster.rows,
        space,
    )
    return draft.add_stream(entries, deflate(raster.samples, BEST, b"\0"))


def add_bookmarks(draft: Draft, info: DocumentInfo, pages: list[tuple[int, float]]) -> bytes:
    """Add the bookmarks; return the catalogue's entry for them, empty when there are none."""
    if not info.bookmarks:
        return b""
    root = draft.reserve()
    first = draft.reserve(len(info.bookmarks))
    draft.objects[root], items = write_bookmarks(info, pages, root, first)
    draft.objects.update(zip(range(first, first + len(items)), items, strict=True))
    return b"/Outlines %d 0 R" % root
