"""What was painted for a sheet and holds nothing of its person, kept so that the next process need not paint it.

Shared blocks as fragments, the forms of figures, and faces that are embedded whole: all that sheets of one kind showed
lately, in one entry of the store. What is asked for is taken out of it, the rest is not looked at.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from zlib import ZLIB_RUNTIME_VERSION

from handouts.kept import Kept, stamp_package, write_json
from handouts.layout.page import Block
from handouts.pdf.chunks import Chunk
from handouts.pdf.drawings import Form
from handouts.pdf.embed import Embedding
from handouts.pdf.fragment import Fragment, list_figures, list_images
from handouts.pdf.structure import Outline
from handouts.pdf.templates import Template

MOST_ENTRIES = 400
"""Entries of a bundle: those of about three sheets without a block in common. The longest unused go first."""


class Bundle:
    """The fragments, forms and faces of one kind of sheet. What one document uses and adds is kept by `keep`."""

    def __init__(self, kept: Kept, *name: str) -> None:
        """Open what is kept under a name, which says what painting depends on beside content and program."""
        self._kept = kept
        self._name = ("bundle", *name)
        self._found = read_entries(kept.find_bytes(*self._name) or b"")
        self._used: dict[str, bytes] = {}
        self._added: dict[str, Fragment] = {}
        self.faces: set[str] = set()
        """The faces that the fragments show, by key."""

    def find_fragment(self, block: Block) -> Fragment | None:
        """Return the fragment of a shared block, or None."""
        data = self._find(name_fragment(block))
        if data is None:
            return None
        fragment = read_fragment(data, block)
        self.faces.update(key for key, _ in fragment.glyphs)
        return fragment

    def add_fragment(self, block: Block, fragment: Fragment) -> None:
        """Take the fragment of a shared block. ValueError for a personal one."""
        if block.personal:
            raise ValueError(f"{block.origin}: a personal block is never kept")
        self._added[name_fragment(block)] = fragment
        self.faces.update(key for key, _ in fragment.glyphs)

    def find_form(self, name: str, person: str, edition: str) -> Form | None:
        """Return the form of a figure with a person in it, or None."""
        data = self._find(f"form {name} {person} {edition}")
        return None if data is None else Form(*_cut(data)[1])

    def add_form(self, name: str, person: str, edition: str, form: Form) -> None:
        """Take the form of a figure with a person in it."""
        self._used[f"form {name} {person} {edition}"] = _join([], form)

    def find_face(self, key: str) -> Embedding | None:
        """Return a face that is embedded whole, or None."""
        data = self._find(f"face {key}")
        return None if data is None else read_face(data)

    def add_face(self, key: str, face: Embedding) -> None:
        """Take a face that is embedded whole."""
        self._used[f"face {key}"] = write_face(face)

    def find_data(self, name: str) -> Any:
        """Return the JSON data of a name, or None."""
        data = self._find(name)
        return None if data is None else json.loads(data)

    def add_data(self, name: str, data: Any) -> None:
        """Take JSON data under a name, for the first time or in place of what has it."""
        self._used[name] = write_json(data)

    def keep(self) -> None:
        """Keep what was used, and of the rest what there is room for, if any of it was not kept before."""
        self._used.update((name, write_fragment(fragment)) for name, fragment in self._added.items())
        if all(self._found.get(name) == data for name, data in self._used.items()):
            return
        room = max(0, MOST_ENTRIES - len(self._used))
        rest = [entry for entry in self._found.items() if entry[0] not in self._used][:room]
        self._kept.keep_bytes(write_entries([*self._used.items(), *rest]), *self._name)

    def _find(self, name: str) -> bytes | None:
        data = self._found.get(name)
        if data is not None:
            self._used[name] = data
        return data


class Bundles:
    """The bundles of a process. ``makers`` are what layouts and painting depend on beside content and program."""

    def __init__(self, kept: Kept, *makers: str) -> None:
        self._kept = kept
        self._makers = (*makers, ZLIB_RUNTIME_VERSION, stamp_package("reportlab"), stamp_package("svgelements"))
        self._opened: set[tuple[str, ...]] = set()

    def open(self, *kind: str) -> Bundle | None:
        """Return the bundle of a kind of sheet for the first of them; None for all others.

        Those find in memory what they share with the first: what is kept serves the next process, and once is enough.
        """
        if kind in self._opened:
            return None
        self._opened.add(kind)
        return Bundle(self._kept, *self._makers, *kind)


def name_fragment(block: Block) -> str:
    """Return what a fragment depends on: all that its block shows, how high it is, and what it is marked as."""
    return f"block {block.key} {block.height!r} {block.artifact}"


def write_entries(entries: Sequence[tuple[str, bytes]]) -> bytes:
    """Return named bytes as one: their names and lengths in a line, then all bytes."""
    head = write_json([[name, len(data)] for name, data in entries])
    return b"".join([head, b"\n", *[data for _, data in entries]])


def read_entries(data: bytes) -> dict[str, bytes]:
    """Return the named bytes of `write_entries`."""
    head, _, body = data.partition(b"\n")
    found = {}
    place = 0
    for name, size in json.loads(head) if head else ():
        found[name] = body[place : place + size]
        place += size
    return found


def write_fragment(fragment: Fragment) -> bytes:
    """Return a fragment as bytes: all but what its block says itself."""
    elements, total, tops, owners, links, link_owners = fragment.outline
    chunks = fragment.list_packed()
    numbers = [
        [total, tops, owners, link_owners],
        elements[1:],
        links[1:],
        [(key, sorted(glyphs)) for key, glyphs in fragment.glyphs],
        [fragment.levels, fragment.home],
        [(mark, *chunk[1:]) for mark, chunk in chunks],
    ]
    return _join(numbers, [fragment.paint, elements.text, links.text, *[chunk.data for _, chunk in chunks]])


def read_fragment(data: bytes, block: Block) -> Fragment:
    """Return the fragment of `write_fragment`; ``block`` is the one that it shows."""
    (structure, elements, links, glyphs, (levels, home), chunks), parts = _cut(data)
    total, tops, owners, link_owners = structure
    paint, elements_text, links_text, *packed = parts
    fragment = Fragment(
        paint=paint,
        outline=Outline(
            elements=_read_template(elements_text, elements),
            total=total,
            tops=tuple(tops),
            owners=tuple(owners),
            links=_read_template(links_text, links),
            link_owners=tuple(link_owners),
        ),
        glyphs=tuple([(key, frozenset(shown)) for key, shown in glyphs]),
        images=list_images(block),
        figures=list_figures(block),
        height=block.height,
        levels=tuple(levels),
        home=home,
    )
    for (mark, *sums), body in zip(chunks, packed, strict=True):
        fragment.take_packed(mark, Chunk(body, *sums))
    return fragment


def _read_template(text: bytes, numbers: Sequence[Any]) -> Template:
    early, own, measured = numbers
    return Template(text, tuple(map(tuple, early)), tuple(own), tuple(map(tuple, measured)))


def write_face(face: Embedding) -> bytes:
    """Return a face as bytes."""
    return _join([face.short], [face.name, *face.file, *face.unicode, face.descriptor, face.widths])


def read_face(data: bytes) -> Embedding:
    """Return the face of `write_face`."""
    (short,), (name, file, file_data, unicode, unicode_data, descriptor, widths) = _cut(data)
    return Embedding(name, (file, file_data), (unicode, unicode_data), descriptor, widths, short)


def _join(numbers: Any, parts: Sequence[bytes]) -> bytes:
    """Return JSON data and bytes as one."""
    return b"".join([write_json([numbers, [len(part) for part in parts]]), b"\n", *parts])


def _cut(data: bytes) -> tuple[Any, list[bytes]]:
    """Return the JSON data and the bytes of `_join`."""
    head, _, body = data.partition(b"\n")
    numbers, sizes = json.loads(head)
    parts = []
    place = 0
    for size in sizes:
        parts.append(body[place : place + size])
        place += size
    return numbers, parts
