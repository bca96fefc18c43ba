"""The part of a file that is one person's alone, written behind what sheets of the same layout share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count

from handouts.layout.page import DocumentInfo
from handouts.pdf.drawings import Cast
from handouts.pdf.file import Ending, Opened, pack_opened
from handouts.pdf.fragment import Fragment, open_place
from handouts.pdf.metadata import write_identifier, write_info, write_xmp
from handouts.pdf.objects import write_reference
from handouts.pdf.resources import add_font, collect_glyphs, embed, write_font_list
from handouts.pdf.skeleton import Hung, OwnElements, Skeleton
from handouts.pdf.structure import Outline
from handouts.pdf.templates import fill_templates
from handouts.typeset.fonts import FontSet

Own = Mapping[tuple[int, int], Fragment]
"""The fragments of personal blocks by page and place on it."""

Lacking = list[tuple[str, frozenset[int]]]
"""Faces to add, with the glyphs that are shown of them."""

MOST_HUNG = 64
"""Ways in which personal blocks hang in one layout (their lines differ) that are kept."""


def write_personal(skeleton: Skeleton, own: Own, cast: Cast | None, info: DocumentInfo, fonts: FontSet) -> bytes:
    """Return the whole file of a person, whose fragments are ``own``."""
    hung = find_hung(skeleton, own, fonts)
    marks = hung.marks
    ending = Ending(skeleton.find_base(cast), hung.next)
    for number, spots in skeleton.streams:
        parts = [open_place(x, y) + own[page, place].write(marks.get((page, place), 0)) for page, place, x, y in spots]
        ending.add_content(number, b"".join(parts))
    for number, entries, data in hung.streams:
        ending.add_stream(number, entries, data)
    ending.add_packed(hung.packed)
    ending.add_stream(skeleton.metadata, b"/Type/Metadata/Subtype/XML", write_xmp(info))
    ending.add_object(skeleton.info, write_info(info))
    return ending.finish(skeleton.info, write_identifier(info.digest))


def find_hung(skeleton: Skeleton, own: Own, fonts: FontSet) -> Hung:
    """Return the elements of a person's blocks, made once for all whose blocks have the same structure and faces."""
    outlines = tuple([own[elements.spot[:2]].outline for elements in skeleton.own])
    lacking = _find_lacking(skeleton, own, fonts)
    if any(fonts.face(key).partial for key, _ in lacking):
        return _hang_elements(skeleton, outlines, lacking, fonts)
    key = (*map(id, outlines), *[key for key, _ in lacking])
    hung = skeleton.hung.get(key)
    if hung is None:
        if len(skeleton.hung) >= MOST_HUNG:
            skeleton.hung.clear()
        hung = skeleton.hung[key] = _hang_elements(skeleton, outlines, lacking, fonts)
    return hung


def _find_lacking(skeleton: Skeleton, own: Own, fonts: FontSet) -> Lacking:
    """Return the faces that the fixed part lacks, with the glyphs that are shown of them."""
    shown = {key for fragment in own.values() for key, _ in fragment.glyphs}
    if shown <= skeleton.faces.keys() and skeleton.glyphs.keys() <= skeleton.faces.keys():
        return []
    lacking = (shown | skeleton.glyphs.keys()) - skeleton.faces.keys()
    glyphs = collect_glyphs(own.values())
    nothing: frozenset[int] = frozenset()
    return [(key, glyphs.get(key, nothing) | skeleton.glyphs.get(key, nothing)) for key in fonts.order(lacking)]


def _hang_elements(skeleton: Skeleton, outlines: tuple[Outline, ...], lacking: Lacking, fonts: FontSet) -> Hung:
    numbers = count(skeleton.next)
    marks: dict[tuple[int, int], int] = {}
    objects: list[tuple[int, bytes]] = []
    streams: list[tuple[int, bytes, bytes]] = []
    rests: dict[int, list[bytes]] = {page: [] for page in skeleton.parents}
    next_mark = {page: entry.first_mark for page, entry in skeleton.parents.items()}
    for elements, outline in zip(skeleton.own, outlines, strict=True):
        page = elements.spot.page
        mark = marks[elements.spot[:2]] = next_mark[page]
        own_numbers = _number_elements(outline, elements, numbers)
        template = outline.elements.set_on(elements.page, mark)
        values: list[float] = []
        template.add_values(values, (elements.parent, *own_numbers), (0, 0, elements.spot.x, elements.spot.y))
        objects += zip(own_numbers, fill_templates([template.text], values), strict=True)
        rests[page] += [write_reference(own_numbers[owner]) + b" " for owner in outline.owners]
        next_mark[page] += len(outline.owners)
    opened = [
        Opened(entry.number, entry.start, b"".join(rests[page]) + b"]") for page, entry in skeleton.parents.items()
    ]

    def add(body: bytes) -> int:
        objects.append((next(numbers), body))
        return objects[-1][0]

    def add_stream(entries: bytes, data: bytes) -> int:
        streams.append((next(numbers), entries, data))
        return streams[-1][0]

    faces = dict(skeleton.faces)
    for key, glyphs in lacking:
        faces[key] = add_font(embed(fonts, key, glyphs), skeleton.cmap, add, add_stream)
    objects.append((skeleton.font_list, write_font_list(fonts, faces)))
    packed = pack_opened(next(numbers), objects, opened)
    return Hung(outlines, marks, tuple(streams), packed, next(numbers))


def _number_elements(outline: Outline, elements: OwnElements, numbers: Iterator[int]) -> list[int]:
    """Return the objects of a block's elements: the topmost have theirs, the others get the next ones."""
    tops = dict(zip(outline.tops, elements.tops, strict=True))
    return [tops[number] if number in tops else next(numbers) for number in range(outline.total)]
