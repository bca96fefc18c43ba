"""Make the bundled fonts: pre-subset, unhinted TrueType tiers, each with its measures as JSON.

Run once, by hand, when a family or a repertoire changes (needs fontTools)::

    npm pack @expo-google-fonts/atkinson-hyperlegible-next@0.4.1 @expo-google-fonts/noto-sans@0.4.2 \
             @expo-google-fonts/noto-sans-symbols-2@0.4.1 @expo-google-fonts/noto-sans-math@0.4.1
    python tests/tools/subset_fonts.py FOLDER_WITH_THE_PACKAGES fonts

``fonts/README.md`` says what comes out and how to read it.
"""

from __future__ import annotations

import json
import sys
import tarfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.reorderGlyphs import reorderGlyphs
from fontTools.ttLib.scaleUpem import scale_upem

STYLES = {"regular": "400Regular", "bold": "700Bold"}
SMALLEST_KERN = 3

ASCII = set(range(0x20, 0x7F))
MARKS = set(range(0x300, 0x330)) | {0x331, 0x332, 0x335, 0x338}
DIGITS = set(range(0x30, 0x3A))
NAME_PUNCTUATION = set(map(ord, " -'.,()’‘ʼʻ\u00a0"))
BASIC = ASCII | set(map(ord, "\u2010\u00a0–—‘’“”…•·°×½¼¾≤≥±−€£©\u2009\u2011\u202f"))
LETTERS = set(range(0x41, 0x5B)) | set(range(0x61, 0x7B))
VIETNAMESE = set(range(0x1EA0, 0x1EFA)) | set(map(ord, "ƠơƯưĂăĐđĨĩŨũÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý"))
VIETNAMESE |= LETTERS | NAME_PUNCTUATION
LATIN = ASCII | set(range(0xA0, 0x180)) | VIETNAMESE | MARKS
LATIN |= set(range(0x1E00, 0x1EA0)) - set(range(0x1E9A, 0x1E9E)) | {0x1E9E}
LATIN |= set(map(ord, "ȘșȚțƏəƉƊɖɗƁɓƘƙƳƴƐɛƆɔƝɲŊŋǍǎǏǐǑǒǓǔǗǘǙǚǛǜǕǖǦǧǨǩǪǫȲȳǸǹ‘’ʼʻ–—…")) | set(range(0x2000, 0x2012))
RARE = set(range(0x180, 0x250)) | set(range(0x250, 0x2B0)) | set(range(0x2C60, 0x2C80)) | MARKS | NAME_PUNCTUATION
CYRILLIC = set(range(0x400, 0x460)) | {0x490, 0x491, 0x301} | DIGITS | NAME_PUNCTUATION | set(map(ord, "№«»–—…“”„"))
MORE_CYRILLIC = set(range(0x400, 0x530)) | MARKS | NAME_PUNCTUATION
GREEK = set(range(0x370, 0x3D0)) | DIGITS | NAME_PUNCTUATION | set(map(ord, "«»–—…“”„·"))
MORE_GREEK = set(range(0x370, 0x400)) | set(range(0x1F00, 0x2000)) | NAME_PUNCTUATION
MORE_GREEK |= {0x300, 0x301, 0x308, 0x313, 0x314, 0x342, 0x345}
MORE_ATKINSON = set(range(0xA0, 0x250)) | set(range(0x1E80, 0x1E86)) | {0x1E9E, 0x1EF2, 0x1EF3}
MORE_ATKINSON |= set(range(0x2000, 0x2200))
ARROWS = set(map(ord, "→←↑↓↔↺↻≠≈"))
SIGNS = set(map(ord, "✓✔✗✕☐☑☒☎⚠☆★○●■□▪◆▲▼►"))


@dataclass(frozen=True)
class Family:
    """One bundled family: where it comes from and the tiers that are cut from it."""

    folder: str
    package: str
    files: str
    name: str
    tiers: tuple[tuple[str, set[int]], ...]
    height: float = 1.0
    styles: tuple[str, ...] = ("regular", "bold")


FAMILIES = (
    Family(
        "atkinson-next",
        "atkinson-hyperlegible-next",
        "AtkinsonHyperlegibleNext",
        "Atkinson Hyperlegible Next",
        (("basic", BASIC), ("latin", MORE_ATKINSON)),
    ),
    Family(
        "noto-sans",
        "noto-sans",
        "NotoSans",
        "Noto Sans",
        (
            ("vietnamese", VIETNAMESE),
            ("latin", LATIN),
            ("rare", RARE),
            ("cyrillic", CYRILLIC),
            ("greek", GREEK),
            ("cyrillic-rare", MORE_CYRILLIC),
            ("greek-rare", MORE_GREEK),
        ),
        height=496 / 536,
    ),
    Family(
        "noto-sans-math",
        "noto-sans-math",
        "NotoSansMath",
        "Noto Sans Math",
        (("arrows", ARROWS),),
        height=496 / 536,
        styles=("regular",),
    ),
    Family(
        "noto-sans-symbols-2",
        "noto-sans-symbols-2",
        "NotoSansSymbols2",
        "Noto Sans Symbols 2",
        (("signs", SIGNS),),
        styles=("regular",),
    ),
)


def read_package(folder: Path, package: str) -> dict[str, bytes]:
    """Return the TTF files and the licence of a packed npm package, by file name."""
    archive = next(folder.glob(f"expo-google-fonts-{package}-[0-9]*.tgz"))
    with tarfile.open(archive) as tar:
        members = [m for m in tar.getmembers() if m.name.endswith((".ttf", "LICENSE_FONT"))]
        return {Path(m.name).name: tar.extractfile(m).read() for m in members}  # type: ignore[union-attr]


def open_face(data: bytes, height: float) -> TTFont:
    """Return the font with its outlines scaled so that its x-height suits the text family's."""
    font = TTFont(BytesIO(data))
    if height != 1.0:
        scale_upem(font, round(font["head"].unitsPerEm * height))
        font["head"].unitsPerEm = 1000
    if font["head"].unitsPerEm != 1000:
        raise SystemExit("a face must have 1000 units to the em")
    return font


def draw_plain_zero(font: TTFont) -> None:
    """Replace the slashed zero by an oval with the same outer outline and stems.

    In a dose ("10 seconds") and a phone number the slash reads as an 8 on a photocopy, and the oval is narrower
    than the letter O by itself. The counter is the outer outline, mapped into the old counters' box.
    """
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()["zero"].draw(pen)
    contours: list[list[tuple[str, tuple[tuple[float, float], ...]]]] = []
    for operator, points in pen.value:
        if operator == "moveTo":
            contours.append([])
        contours[-1].append((operator, points))

    def box(parts: Iterable[list[tuple[str, tuple[tuple[float, float], ...]]]]) -> tuple[float, float, float, float]:
        every = [p for part in parts for _, points in part for p in points if p]
        xs, ys = [p[0] for p in every], [p[1] for p in every]
        return min(xs), min(ys), max(xs), max(ys)

    outer, inner = contours[0], contours[1:]
    ox1, oy1, ox2, oy2 = box([outer])
    ix1, iy1, ix2, iy2 = box(inner)

    def squeeze(point: tuple[float, float]) -> tuple[int, int]:
        x = ix1 + (point[0] - ox1) * (ix2 - ix1) / (ox2 - ox1)
        y = iy1 + (point[1] - oy1) * (iy2 - iy1) / (oy2 - oy1)
        return round(x), round(y)

    glyph = TTGlyphPen(None)
    for operator, points in outer:
        getattr(glyph, operator)(*points)
    ring = TTGlyphPen(None)
    for operator, points in outer:
        getattr(ring, operator)(*[squeeze(p) for p in points])
    counter = ring.glyph()
    shape = glyph.glyph()
    xs = list(shape.coordinates) + list(counter.coordinates)[::-1]
    shape.endPtsOfContours = [*shape.endPtsOfContours, len(xs) - 1]
    shape.flags = shape.flags + counter.flags[::-1]
    shape.coordinates = type(shape.coordinates)(xs)
    shape.numberOfContours = 2
    shape.recalcBounds(font["glyf"])
    font["glyf"]["zero"] = shape


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


def cut_tier(data: bytes, family: Family, style: str, tier: str, wanted: set[int]) -> tuple[TTFont, dict[str, Any]]:
    """Return the subset font of a tier and its measures."""
    font = open_face(data, family.height)
    if family.folder == "atkinson-next":
        draw_plain_zero(font)
    cmap = dict(font.getBestCmap())
    for code, like in ((0x2010, 0x2D), (0x2011, 0x2D), (0x202F, 0x2009)):
        cmap.setdefault(code, cmap.get(like, ""))
    chars = {c: g for c, g in cmap.items() if c in wanted and g and c != 0xAD}
    glyphs = set(chars.values())
    kerning = pack_kerning(read_kerning(font, glyphs), chars) if "GPOS" in font and has_feature(font, "kern") else None
    placed = read_marks(font, chars) if set(chars) & MARKS else None
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True, glyph_names=False)
    options.drop_tables += ["GPOS", "GSUB", "GDEF", "kern", "STAT", "DSIG", "gasp", "MATH", "meta"]
    options.name_IDs = [0, 1, 2, 4, 5, 6, 13, 14]
    maker = subset.Subsetter(options)
    maker.populate(unicodes=set(chars) & set(font.getBestCmap()), glyphs=sorted(set(chars.values())))
    maker.subset(font)
    reorder(font, chars)
    measures = measure(font, family, style, tier, chars)
    if kerning and kerning["left"]:
        measures["kerning"] = kerning
    if placed and placed["marks"]:
        measures |= placed
    return font, measures


def has_feature(font: TTFont, tag: str) -> bool:
    """Return whether the font's GPOS table has a feature."""
    return any(r.FeatureTag == tag for r in font["GPOS"].table.FeatureList.FeatureRecord)


def reorder(font: TTFont, chars: dict[int, str]) -> None:
    """Put .notdef first, then the glyphs by code point, then parts of composites."""
    order = [".notdef"]
    for code in sorted(chars):
        if chars[code] not in order:
            order.append(chars[code])
    order += [g for g in font.getGlyphOrder() if g not in order]
    font["post"].formatType = 2.0
    font["post"].extraNames, font["post"].mapping = [], {}
    for name in font.getGlyphOrder():
        font["glyf"][name].expand(font["glyf"])
    reorderGlyphs(font, order)
    font["post"].formatType = 3.0


def measure(font: TTFont, family: Family, style: str, tier: str, chars: dict[int, str]) -> dict[str, Any]:
    """Return the measures that setting type and embedding need, in thousandths of the size."""
    os2, head, hhea = font["OS/2"], font["head"], font["hhea"]
    order = font.getGlyphOrder()
    number = {g: i for i, g in enumerate(order)}
    scale = family.height
    characters = sorted(chars)
    return {
        "name": f"{family.files}-{style.capitalize()}-{tier.title().replace('-', '')}",
        "style": style,
        "ascender": hhea.ascent,
        "descender": hhea.descent,
        "cap_height": round(os2.sCapHeight) or round(714 * scale),
        "x_height": round(os2.sxHeight) or round(536 * scale),
        "box": [head.xMin, head.yMin, head.xMax, head.yMax],
        "stem": 140 if style == "bold" else 90,
        "characters": "".join(map(chr, characters)),
        "glyphs": [number[chars[c]] for c in characters],
        "widths": [font["hmtx"][g][0] for g in order],
    }


def write_tier(folder: Path, family: Family, style: str, tier: str, font: TTFont, measures: dict[str, Any]) -> str:
    """Write the font and its measures; return the key of the face."""
    key = f"{family.folder}-{style}-{tier}"
    for record in list(font["name"].names):
        if record.nameID in {1, 4}:
            record.string = f"{family.name} {style.capitalize()} {tier.capitalize()}"
        elif record.nameID == 6:
            record.string = measures["name"]
        elif record.nameID not in {0, 2, 5, 13, 14}:
            font["name"].names.remove(record)
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = 3_800_000_000
    buffer = BytesIO()
    font.save(buffer, reorderTables=None)
    (folder / f"{key}.ttf").write_bytes(buffer.getvalue())
    text = json.dumps(measures, ensure_ascii=False, separators=(",", ":"))
    (folder / f"{key}.json").write_text(text + "\n", encoding="utf-8", newline="\n")
    print(
        f"{key:40} {len(measures['characters']):5} characters {len(buffer.getvalue()):7} bytes "
        f"{len(zlib.compress(buffer.getvalue(), 9)):6} deflated, measures {len(text)}"
    )
    return key


def main(source: Path, target: Path) -> None:
    """Write every tier of every family, and the index of them all."""
    index = []
    for family in FAMILIES:
        folder = target / family.folder
        folder.mkdir(parents=True, exist_ok=True)
        files = read_package(source, family.package)
        (folder / "OFL.txt").write_bytes(files["LICENSE_FONT"].replace(b"\r\n", b"\n"))
        entry: dict[str, Any] = {"family": family.folder, "styles": {}}
        for style in family.styles:
            taken: set[int] = set()
            tiers = []
            for tier, repertoire in family.tiers:
                wanted = repertoire - taken if family.folder == "atkinson-next" else repertoire
                data = files[f"{family.files}_{STYLES[style]}.ttf"]
                font, measures = cut_tier(data, family, style, tier, wanted)
                taken |= {ord(c) for c in measures["characters"]}
                key = write_tier(folder, family, style, tier, font, measures)
                tiers.append({"face": key, "characters": measures["characters"]})
            entry["styles"][style] = tiers
        index.append(entry)
    text = json.dumps(index, ensure_ascii=False, indent=1)
    (target / "index.json").write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
