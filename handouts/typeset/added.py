"""Families that a clinic adds: TrueType files as they come from their makers."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from handouts.dataclass import dataclass
from handouts.typeset.face import Face, Kerning, Marks
from handouts.typeset.families import Family, Style, Tier
from handouts.typeset.scripts import needs_shaping
from handouts.typeset.sfnt import read_characters, read_places, read_tables, read_widths

RESTRICTED = 0x0202
"""Bits of OS/2 fsType that forbid embedding, or allow it for bitmaps alone."""

BOLD_FROM = 600
Reader = Callable[[], Face]


@dataclass(frozen=True, slots=True)
class Found:
    """A file with the family, style and weight that it says it has."""

    path: Path
    family: str
    style: Style
    weight: int
    tables: dict[bytes, bytes]


def read_added_families(paths: Sequence[Path]) -> list[tuple[Family, dict[str, Reader]]]:
    """Return the families in files and folders, in the order given, each with the readers of its faces.

    Of several weights the one nearest to 400 is the regular, nearest to 700 the bold; italics are passed over.
    OSError or ValueError, with the file named, when one cannot be read or must not be embedded.
    """
    files = [file for path in paths for file in find_added_files(path)]
    groups: dict[str, list[Found]] = {}
    for file in files:
        try:
            found = inspect_file(file)
            if found is not None:
                make_face("trial", found)
        except ValueError as error:
            raise ValueError(f"{file}: {error}") from None
        except (IndexError, OverflowError, struct.error, ZeroDivisionError):
            raise ValueError(f"{file}: the font file is broken") from None
        if found is not None:
            groups.setdefault(found.family, []).append(found)
    return [make_family(name, found) for name, found in groups.items()]


def list_added_files(path: Path) -> list[Path]:
    """Return the TrueType files in a folder and below, sorted, or the one file named.

    Files whose names begin with a dot are left out: systems leave such beside each font that is copied.
    """
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*.*") if file.suffix.lower() == ".ttf" and file.name[0] != ".")


def find_added_files(path: Path) -> list[Path]:
    """Return what `list_added_files` does. ValueError when the folder has none."""
    files = list_added_files(path)
    if not files:
        others = any(file.suffix.lower() in {".otf", ".ttc", ".woff", ".woff2"} for file in path.rglob("*"))
        more = " (only .ttf files are read, not .otf, .ttc or .woff)" if others else ""
        raise ValueError(f"{path}: the folder holds no TrueType font{more}")
    return files


def inspect_file(path: Path) -> Found | None:
    """Return what a file holds; None for an italic. ValueError when it must not be embedded or is no TrueType font."""
    tables = read_tables(path.read_bytes())
    if b"cmap" not in tables:
        raise ValueError("the font does not say which Unicode characters it draws")
    places = read_places(tables)
    if any(start > end for start, end in pairwise(places)) or places[-1] > len(tables[b"glyf"]):
        raise ValueError("the font's outlines are not where it says")
    os2 = tables.get(b"OS/2", bytes(96))
    weight, _, allowed = struct.unpack(">HHH", os2[4:10])
    if allowed & RESTRICTED:
        raise ValueError("the font's licence bits forbid embedding")
    if struct.unpack(">H", tables[b"head"][44:46])[0] & 2:
        return None
    family = read_name(tables.get(b"name", b""), (16, 1)) or path.stem
    return Found(path, family, "bold" if weight >= BOLD_FROM else "regular", weight or 400, tables)


def make_family(name: str, found: list[Found]) -> tuple[Family, dict[str, Reader]]:
    """Return a family and the readers of its faces."""
    tiers: dict[Style, tuple[Tier, ...]] = {}
    readers: dict[str, Reader] = {}
    slug = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-") or "family"
    wanted: tuple[tuple[Style, int], ...] = (("regular", 400), ("bold", 700))
    for style, weight in wanted:
        own = sorted((f for f in found if f.style == style), key=lambda f: (abs(f.weight - weight), str(f.path)))
        if own:
            face = make_face(f"added-{slug}-{style}", own[0])
            tiers[style] = (Tier(face.key, frozenset(face.number)),)
            readers[face.key] = bind_face(face)
    return Family(name, tiers.get("regular", ()), tiers.get("bold", ())), readers


def make_face(key: str, found: Found) -> Face:
    """Return the face of a file. Marks that would have to be moved, and scripts that need a shaper, are left out."""
    tables = found.tables
    units = struct.unpack(">H", tables[b"head"][18:20])[0]
    ascent, descent = struct.unpack(">hh", tables[b"hhea"][4:8])
    os2 = tables.get(b"OS/2", b"")
    x_height, cap_height = struct.unpack(">hh", os2[86:90]) if len(os2) >= 90 else (units // 2, units * 7 // 10)
    widths = tuple(round(width * 1000 / units) for width in read_widths(tables))
    number = {
        char: glyph
        for char, glyph in sorted(read_characters(tables[b"cmap"]).items())
        if glyph < len(widths) and unicodedata.category(char)[0] not in "MC" and not needs_shaping(char)
    }
    left, bottom, right, top = (round(edge * 1000 / units) for edge in struct.unpack(">hhhh", tables[b"head"][36:44]))
    name = re.sub("[^A-Za-z0-9-]", "", read_name(tables.get(b"name", b""), (6,))) or "Added"
    return Face(
        key=key,
        name=name,
        style=found.style,
        source=found.path,
        ascender=round(ascent * 1000 / units),
        descender=round(descent * 1000 / units),
        cap_height=round(cap_height * 1000 / units),
        x_height=round(x_height * 1000 / units),
        box=(left, bottom, right, top),
        stem=140 if found.style == "bold" else 90,
        number=number,
        widths=widths,
        kerning=Kerning(None),
        marks=Marks({}),
        partial=True,
    )


def bind_face(face: Face) -> Reader:
    """Return a function that returns the face."""
    return lambda: face


def read_name(table: bytes, wanted: tuple[int, ...]) -> str:
    """Return the first of the wanted names that a name table has in Windows' encoding, else an empty string."""
    if len(table) < 6:
        return ""
    count, strings = struct.unpack(">HH", table[2:6])
    names: dict[int, str] = {}
    for place in range(6, 6 + 12 * count, 12):
        platform, _, _, kind, length, start = struct.unpack(">6H", table[place : place + 12])
        if platform == 3:
            raw = table[strings + start : strings + start + length]
            names.setdefault(kind, raw.decode("utf-16-be", "replace"))
    return next((names[kind] for kind in wanted if kind in names), "")
