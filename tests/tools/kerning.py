"""Kerning and the places of marks, read from a font's GPOS table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fontTools.ttLib import TTFont

SMALLEST_KERN = 3


def read_kerning(font: TTFont, names: set[str]) -> dict[tuple[str, str], int]:
    """Return the pair kerning among glyphs as the lookups of ``kern`` give it, in units; the first subtable wins."""
    table = font["GPOS"].table
    lookups = {i for r in table.FeatureList.FeatureRecord if r.FeatureTag == "kern" for i in r.Feature.LookupListIndex}
    pairs: dict[tuple[str, str], int] = {}
    for index in sorted(lookups):
        found: dict[tuple[str, str], int] = {}
        for subtable in table.LookupList.Lookup[index].SubTable:
            part = subtable.ExtSubTable if subtable.LookupType == 9 else subtable
            if part.LookupType == 2:
                for pair, value in read_pair_subtable(part, names):
                    found.setdefault(pair, value)
        for pair, value in found.items():
            pairs[pair] = pairs.get(pair, 0) + value
    return {p: v for p, v in pairs.items() if abs(v) >= SMALLEST_KERN}


def read_pair_subtable(part: Any, names: set[str]) -> Iterable[tuple[tuple[str, str], int]]:
    """Yield every pair that a PairPos subtable covers, zero values too, for they end the search."""
    covered = list(part.Coverage.glyphs)
    if part.Format == 1:
        for first, pairs in zip(covered, part.PairSet, strict=True):
            for record in pairs.PairValueRecord:
                if first in names and record.SecondGlyph in names:
                    yield (first, record.SecondGlyph), getattr(record.Value1, "XAdvance", 0) or 0
        return
    for first in (g for g in covered if g in names):
        records = part.Class1Record[part.ClassDef1.classDefs.get(first, 0)].Class2Record
        for second in names:
            value = records[part.ClassDef2.classDefs.get(second, 0)].Value1
            yield (first, second), getattr(value, "XAdvance", 0) or 0


def read_marks(font: TTFont, chars: dict[int, str]) -> dict[str, Any]:
    """Return where combining marks go: by class, the anchors of marks, of base glyphs and of marks under marks."""
    inverse = {g: c for c, g in sorted(chars.items(), reverse=True)}
    classes: dict[tuple[int, int, int], int] = {}
    marks: dict[str, list[list[int]]] = {}
    bases: dict[str, dict[str, list[int]]] = {}
    for index, lookup in enumerate(font["GPOS"].table.LookupList.Lookup):
        for number, subtable in enumerate(lookup.SubTable):
            part = subtable.ExtSubTable if subtable.LookupType == 9 else subtable
            if part.LookupType not in {4, 6}:
                continue
            kind = "Base" if part.LookupType == 4 else "Mark2"
            mark = "Mark" if part.LookupType == 4 else "Mark1"
            for glyph, record in zip(
                getattr(part, f"{mark}Coverage").glyphs, getattr(part, f"{mark}Array").MarkRecord, strict=True
            ):
                if glyph in inverse:
                    own = classes.setdefault((index, number, record.Class), len(classes))
                    anchor = record.MarkAnchor
                    marks.setdefault(chr(inverse[glyph]), []).append([own, anchor.XCoordinate, anchor.YCoordinate])
            records = getattr(getattr(part, f"{kind}Array"), f"{kind}Record")
            for glyph, record in zip(getattr(part, f"{kind}Coverage").glyphs, records, strict=True):
                for place, anchor in enumerate(getattr(record, f"{kind}Anchor")):
                    if glyph in inverse and anchor is not None:
                        own = classes.setdefault((index, number, place), len(classes))
                        bases.setdefault(str(own), {})[chr(inverse[glyph])] = [anchor.XCoordinate, anchor.YCoordinate]
    used = {str(entry[0]) for entries in marks.values() for entry in entries}
    return {"marks": marks, "bases": {k: v for k, v in bases.items() if k in used}}


def pack_kerning(pairs: dict[tuple[str, str], int], chars: dict[int, str]) -> dict[str, Any]:
    """Fold pairs into classes: letters with equal rows share a left class, with equal columns a right class.

    No pair holds a space, so that the width of a line is the sum of its words and spaces.
    """
    letters = {g: [chr(c) for c in sorted(chars) if chars[c] == g] for g in set(chars.values())}
    flat = {
        (a, b): v
        for (first, second), v in pairs.items()
        for a in letters[first]
        for b in letters[second]
        if not (a.isspace() or b.isspace())
    }
    rows: dict[str, dict[str, int]] = {}
    columns: dict[str, dict[str, int]] = {}
    for (a, b), value in sorted(flat.items()):
        rows.setdefault(a, {})[b] = value
        columns.setdefault(b, {})[a] = value
    left = group_equal(rows)
    right = group_equal(columns)
    values = [[[r, rows[a[0]][b[0]]] for r, b in enumerate(right) if b[0] in rows[a[0]]] for a in left]
    return {"left": left, "right": right, "values": [[n for pair in row for n in pair] for row in values]}


def group_equal(table: dict[str, dict[str, int]]) -> list[str]:
    """Return strings of the characters whose entries are equal, in a fixed order."""
    groups: dict[tuple[tuple[str, int], ...], str] = {}
    for char in sorted(table):
        key = tuple(sorted(table[char].items()))
        groups[key] = groups.get(key, "") + char
    return sorted(groups.values())
