"""The bundled families and a clinic's own, as they stand on the disk."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from handouts.typeset.face import Face, read_face
from handouts.typeset.families import Family, Tier
from handouts.typeset.fonts import Families, FontSet, Readers


def load_fonts(folder: Path, extra: Sequence[Path] = ()) -> FontSet:
    """Return the bundled families of ``folder``, those of the TrueType files and folders in ``extra``, then rare ones.

    OSError or ValueError, with the file named, when one of ``extra`` is not a TrueType font that may be embedded.
    """
    families, readers = read_index(folder, "index.json")
    if extra:
        from handouts.typeset.added import read_added_families  # noqa: PLC0415  (few clinics add fonts)

        for family, faces in read_added_families(extra):
            families.append(family)
            readers |= faces
    return FontSet(families, readers, lambda: read_index(folder, "rare.json"))


def read_index(folder: Path, name: str) -> Families:
    """Return the families that an index of bundled ones lists."""
    families: list[Family] = []
    readers: Readers = {}
    for entry in json.loads((folder / name).read_text(encoding="utf-8")):
        styles: dict[str, tuple[Tier, ...]] = {}
        for style, tiers in entry["styles"].items():
            styles[style] = tuple(Tier(tier["face"], frozenset(tier["characters"])) for tier in tiers)
            for tier in tiers:
                readers[tier["face"]] = bind_reader(folder / entry["family"] / f"{tier['face']}.json")
        families.append(Family(entry["family"], styles.get("regular", ()), styles.get("bold", ())))
    return families, readers


def stamp_fonts(folder: Path, added: Path | None = None) -> str:
    """Return what changes when a bundled font or its measures do, by size and time, or a byte of an added one."""
    maker = hashlib.blake2b(digest_size=16)
    for place in sorted(os.scandir(folder), key=lambda entry: entry.name):
        for entry in sorted(os.scandir(place), key=lambda entry: entry.name) if place.is_dir() else (place,):
            status = entry.stat()
            maker.update(f"{place.name}/{entry.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    if added is not None:
        from handouts.typeset.added import list_added_files  # noqa: PLC0415  (few clinics add fonts)

        for file in list_added_files(added):
            maker.update(file.read_bytes())
    return maker.hexdigest()


def bind_reader(measures: Path) -> Callable[[], Face]:
    """Return a function that reads a face when it is first needed."""
    return lambda: read_face(measures)
