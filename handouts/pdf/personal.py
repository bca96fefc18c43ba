"""The part of a file that is one person's alone, written behind what sheets of the same layout share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handouts.layout.page import DocumentInfo
from handouts.pdf.drawings import Cast
from handouts.pdf.file import Ending, Opened
from handouts.pdf.fragment import Fragment, open_place
from handouts.pdf.metadata import write_identifier, write_info, write_xmp
from handouts.pdf.objects import LEAST, deflate, write_reference
from handouts.pdf.resources import Glyphs, add_font, collect_glyphs, embed, write_font_list
from handouts.pdf.skeleton import OwnElements, Skeleton
from handouts.pdf.templates import fill_templates
from handouts.typeset.fonts import FontSet

Own = Mapping[tuple[int, int], Fragment]
"""The fragments of personal blocks by page and place on it."""

LEAST_PACKED = 240
"""Bytes from which compressing a stream is worth its time."""

Objects = list[tuple[int, bytes]]


def write_personal(skeleton: Skeleton, own: Own, cast: Cast | None, info: DocumentInfo, fonts: FontSet) -> bytes:
    """Return the whole file of a person, whose fragments are ``own``."""
    ending = Ending(skeleton.find_base(cast), skeleton.next)
    marks, objects, opened = _write_elements(skeleton, own, ending)
    for number, spots in skeleton.streams:
        raw = b"".join([open_place(spot.x, spot.y) + own[spot[:2]].write(marks.get(spot[:2], 0)) for spot in spots])
        if len(raw) < LEAST_PACKED and not raw.endswith(b"\r"):
            ending.add_stream(number, b"", raw)
        else:
            ending.add_stream(number, b"/Filter/FlateDecode", deflate(raw, LEAST))
    faces = _add_faces(skeleton, own, ending, objects, fonts)
    objects.append((skeleton.font_list, write_font_list(fonts, faces)))
    ending.add_stream(skeleton.metadata, b"/Type/Metadata/Subtype/XML", write_xmp(info))
    ending.add_object(skeleton.info, write_info(info))
    ending.add_packed(objects, opened)
    return ending.finish(skeleton.info, write_identifier(info.digest))


def _write_elements(
    skeleton: Skeleton, own: Own, ending: Ending
) -> tuple[dict[tuple[int, int], int], Objects, list[Opened]]:
    """Return the first number of each block's marked content, the elements, and the entries of their pages' parents."""
    marks: dict[tuple[int, int], int] = {}
    objects: Objects = []
    rests: dict[int, list[bytes]] = {page: [] for page in skeleton.parents}
    next_mark = {page: entry.first_mark for page, entry in skeleton.parents.items()}
    for elements in skeleton.own:
        page = elements.spot.page
        fragment = own[elements.spot[:2]]
        mark = marks[elements.spot[:2]] = next_mark[page]
        numbers = _number_elements(fragment, elements, ending)
        template = fragment.outline.elements.set_on(elements.page, mark)
        values: list[float] = []
        template.add_values(values, (elements.parent, *numbers), (0, 0, elements.spot.x, elements.spot.y))
        objects += zip(numbers, fill_templates([template.text], values), strict=True)
        owners = fragment.outline.owners
        rests[page] += [write_reference(numbers[owner]) + b" " for owner in owners]
        next_mark[page] += len(owners)
    opened = [
        Opened(entry.number, entry.start, b"".join(rests[page]) + b"]") for page, entry in skeleton.parents.items()
    ]
    return marks, objects, opened


def _number_elements(fragment: Fragment, elements: OwnElements, ending: Ending) -> Sequence[int]:
    """Return the objects of a block's elements: the topmost have theirs, the others get the next ones."""
    outline = fragment.outline
    first = ending.reserve(outline.total - len(outline.tops))
    rest = iter(range(first, ending.next))
    tops = dict(zip(outline.tops, elements.tops, strict=True))
    return [tops[number] if number in tops else next(rest) for number in range(outline.total)]


def _add_faces(skeleton: Skeleton, own: Own, ending: Ending, objects: Objects, fonts: FontSet) -> dict[str, int]:
    """Return all faces by key, those added that the fixed part lacks, and those of which only some glyphs go in."""
    faces = dict(skeleton.faces)
    glyphs: Glyphs = collect_glyphs(own.values())
    lacking = {key for key in glyphs if key not in faces} | {key for key in skeleton.glyphs if key not in faces}

    def add(body: bytes) -> int:
        objects.append((ending.reserve(), body))
        return objects[-1][0]

    def add_stream(entries: bytes, data: bytes) -> int:
        number = ending.reserve()
        ending.add_stream(number, entries, data)
        return number

    for key in fonts.keys:
        if key in lacking:
            shown = glyphs.get(key, frozenset()) | skeleton.glyphs.get(key, frozenset())
            faces[key] = add_font(embed(fonts, key, shown), skeleton.cmap, add, add_stream)
    return faces
