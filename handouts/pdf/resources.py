"""What pages draw from: faces and images."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Protocol
from weakref import WeakKeyDictionary

from handouts.layout.page import Raster
from handouts.pdf.embed import Embedding, embed_face
from handouts.pdf.fragment import Fragment
from handouts.pdf.objects import BEST, deflate
from handouts.typeset.fonts import FontSet

Glyphs = dict[str, frozenset[int]]
"""Faces by key, with the numbers of the glyphs that are shown."""


def collect_glyphs(fragments: Iterable[Fragment]) -> Glyphs:
    """Return the faces that fragments show."""
    used: Glyphs = {}
    for fragment in fragments:
        for key, glyphs in fragment.glyphs:
            if key not in used:
                used[key] = glyphs
            elif not glyphs <= used[key]:
                used[key] = used[key] | glyphs
    return used


def write_font_list(fonts: FontSet, faces: Mapping[str, int]) -> bytes:
    """Return the dictionary of fonts that all pages share; ``faces`` are their objects by key."""
    names = [b"/F%d %d 0 R" % (place, faces[key]) for key, place in fonts.order(faces).items()]
    return b"<<" + b"".join(names) + b">>"


def embed(fonts: FontSet, key: str, glyphs: frozenset[int]) -> Embedding:
    """Return a face ready for a file. Faces cut to a tier are embedded whole, so the glyphs do not matter."""
    if fonts.face(key).partial:
        return embed_once(fonts, key, glyphs)
    whole = WHOLE_FACES.setdefault(fonts, {})
    if key not in whole:
        whole[key] = embed_face(fonts.face(key), frozenset())
    return whole[key]


@lru_cache(maxsize=64)
def embed_once(fonts: FontSet, key: str, glyphs: frozenset[int]) -> Embedding:
    """Return some glyphs of a face ready for a file, kept for the next one."""
    return embed_face(fonts.face(key), glyphs)


WHOLE_FACES: WeakKeyDictionary[FontSet, dict[str, Embedding]] = WeakKeyDictionary()
"""Faces that are embedded whole, by key."""


class Faces(Protocol):
    """Faces that were embedded in an earlier process."""

    @property
    def faces(self) -> Iterable[str]:
        """Return the faces that shared blocks show, by key."""

    def find_face(self, key: str) -> Embedding | None:
        """Return a face that is embedded whole, or None."""

    def add_face(self, key: str, face: Embedding) -> None:
        """Take a face that is embedded whole."""


def share_faces(fonts: FontSet, faces: Faces) -> None:
    """Take the whole faces of shared blocks from where they are kept, and keep those that are not."""
    whole = WHOLE_FACES.setdefault(fonts, {})
    for key in sorted(faces.faces):
        if not fonts.face(key).partial:
            known = faces.find_face(key)
            if known is None:
                faces.add_face(key, embed(fonts, key, frozenset()))
            else:
                whole.setdefault(key, known)


Add = Callable[[bytes], int]
AddStream = Callable[[bytes, bytes], int]


def add_font(embedding: Embedding, cmap: int, add: Add, add_stream: AddStream) -> int:
    """Add the objects of a face; return the number of the font. ``cmap`` is the object of `encoding.pack_cmap`."""
    file = add_stream(*embedding.file)
    unicode = add_stream(*embedding.unicode)
    descriptor = add(embedding.write_descriptor(file))
    descendant = add(embedding.write_descendant(descriptor))
    return add(embedding.write_font(descendant, unicode, cmap))


def list_whole_faces(glyphs: Glyphs, fonts: FontSet) -> list[str]:
    """Return the faces that are embedded whole, in order. Others depend on what each person's words need."""
    return [key for key in fonts.order(glyphs) if not fonts.face(key).partial]


def pack_image(raster: Raster) -> tuple[bytes, bytes]:
    """Return an image as the entries of its dictionary and its data."""
    space = b"DeviceRGB" if raster.components == 3 else b"DeviceGray"
    entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/%b/BitsPerComponent 8/Filter/FlateDecode" % (
        raster.columns,
        raster.rows,
        space,
    )
    return entries, pack_samples(raster.samples)


@lru_cache(maxsize=16)
def pack_samples(samples: bytes) -> bytes:
    """Return the samples of an image, compressed once."""
    return deflate(samples, BEST)
