r"""Make the bundled fonts: pre-subset, unhinted TrueType tiers, each with its measures as JSON.

Run once, by hand, when a family or a repertoire changes (needs fontTools)::

    npm pack @expo-google-fonts/atkinson-hyperlegible-next@0.4.1 @expo-google-fonts/noto-sans@0.4.2 \
             @expo-google-fonts/noto-sans-symbols-2@0.4.1 @expo-google-fonts/noto-sans-math@0.4.2 \
             @expo-google-fonts/noto-sans-hebrew@0.4.1 @expo-google-fonts/noto-sans-arabic@0.4.3 \
             @expo-google-fonts/noto-sans-devanagari@0.4.1 @expo-google-fonts/noto-sans-bengali@0.4.4 \
             @expo-google-fonts/noto-sans-gujarati@0.4.2 @expo-google-fonts/noto-sans-gurmukhi@0.4.1 \
             @expo-google-fonts/noto-sans-oriya@0.4.2 @expo-google-fonts/noto-sans-tamil@0.4.3 \
             @expo-google-fonts/noto-sans-telugu@0.4.2 @expo-google-fonts/noto-sans-kannada@0.4.3 \
             @expo-google-fonts/noto-sans-malayalam@0.4.2 @expo-google-fonts/noto-sans-sinhala@0.4.2 \
             @expo-google-fonts/noto-sans-thai@0.4.2 @expo-google-fonts/noto-sans-lao@0.4.2 \
             @expo-google-fonts/noto-sans-khmer@0.4.3 @expo-google-fonts/noto-sans-myanmar@0.4.2 \
             @expo-google-fonts/noto-sans-georgian@0.4.3 @expo-google-fonts/noto-sans-armenian@0.4.2 \
             @expo-google-fonts/noto-sans-ethiopic@0.4.2 @expo-google-fonts/noto-sans-jp@0.4.3 \
             @expo-google-fonts/noto-sans-sc@0.4.3 @expo-google-fonts/noto-sans-tc@0.4.3 \
             @expo-google-fonts/noto-sans-kr@0.4.3 @expo-google-fonts/vazirmatn@0.4.1
    python tests/tools/subset_fonts.py FOLDER_WITH_THE_PACKAGES fonts [FAMILY ...]

With families named, only those are made; the others keep their files and their places in the index.
``fonts/README.md`` says what comes out and how to read it.
"""

from __future__ import annotations

import json
import sys
import tarfile
import unicodedata
import zlib
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from families import COMMON, FAMILIES, Family
from fontTools import subset
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.reorderGlyphs import reorderGlyphs
from fontTools.ttLib.scaleUpem import scale_upem
from glyph_texts import find_texts
from kerning import pack_kerning, read_kerning, read_marks

STYLES = {"regular": "400Regular", "bold": "700Bold"}


def read_package(folder: Path, package: str) -> dict[str, bytes]:
    """Return the TTF files and the licence of a packed npm package, by file name."""
    archive = next(folder.glob(f"expo-google-fonts-{package}-[0-9]*.tgz"))
    with tarfile.open(archive) as tar:
        members = [m for m in tar.getmembers() if m.name.endswith((".ttf", "LICENSE_FONT"))]
        return {Path(m.name).name: tar.extractfile(m).read() for m in members}  # type: ignore[union-attr]


def open_face(data: bytes, height: float) -> TTFont:
    """Return the font with its outlines scaled so that its x-height suits the text family's."""
    font = TTFont(BytesIO(data))
    if "glyf" not in font or "fvar" in font:
        raise SystemExit("a face must have static TrueType outlines")
    if font["head"].unitsPerEm != round(1000 * height):
        scale_upem(font, round(1000 * height))
        font["head"].unitsPerEm = 1000
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


def cut_tier(data: bytes, family: Family, style: str, tier: str, wanted: set[int]) -> tuple[TTFont, dict[str, Any]]:
    """Return the subset font of a tier and its measures."""
    font = open_face(data, family.height)
    if family.folder == "atkinson-next":
        draw_plain_zero(font)
    cmap = dict(font.getBestCmap())
    for code, like in ((0x2010, 0x2D), (0x2011, 0x2D), (0x202F, 0x2009)):
        cmap.setdefault(code, cmap.get(like, ""))
    chars = {c: g for c, g in cmap.items() if c in wanted and g and c != 0xAD}
    kerned = family.kerned and "GPOS" in font and has_feature(font, "kern")
    kerning = pack_kerning(read_kerning(font, set(chars.values())), chars) if kerned else None
    placed = read_marks(font, chars) if not family.shaped and any(map(unicodedata.combining, map(chr, chars))) else None
    drop_rest(font, chars, family)
    if not family.shaped:
        reorder(font, chars)
    measures = measure(font, family, style, tier, chars)
    if kerning and kerning["left"]:
        measures["kerning"] = kerning
    if placed and placed["marks"]:
        measures |= placed
    if family.shaped:
        measures["shaped"] = True
    if family.partial:
        measures["partial"] = True
    if family.shaped:
        measures["texts"] = find_texts(font)
    return font, measures


def drop_rest(font: TTFont, chars: dict[int, str], family: Family) -> None:
    """Drop the glyphs that the characters do not need, and the tables that a PDF does not."""
    options = subset.Options(hinting=False, notdef_outline=True, glyph_names=False)
    options.drop_tables += ["kern", "STAT", "DSIG", "gasp", "MATH", "meta"]
    if not family.shaped:
        options.layout_features = []
        options.drop_tables += ["GPOS", "GSUB", "GDEF"]
    if family.partial:
        options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]
    options.name_IDs = [0, 1, 2, 4, 5, 6, 13, 14]
    maker = subset.Subsetter(options)
    maker.populate(unicodes=set(chars) & set(font.getBestCmap()), glyphs=sorted(set(chars.values())))
    maker.subset(font)


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


def make_family(source: Path, target: Path, family: Family) -> dict[str, Any]:
    """Write every tier of a family; return its entry of the index."""
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
    return entry


def main(source: Path, target: Path, names: list[str]) -> None:
    """Write the families named, or all, and the indexes; those keep their entries of the others."""
    unknown = set(names) - {family.folder for family in FAMILIES}
    if unknown:
        raise SystemExit(f"no such family: {', '.join(sorted(unknown))}")
    for file, families in (("index.json", FAMILIES[:COMMON]), ("rare.json", FAMILIES[COMMON:])):
        place = target / file
        known = json.loads(place.read_text(encoding="utf-8")) if names else []
        entries = {entry["family"]: entry for entry in known}
        for family in families:
            if not names or family.folder in names:
                entries[family.folder] = make_family(source, target, family)
        index = [entries[family.folder] for family in families if family.folder in entries]
        text = json.dumps(index, ensure_ascii=False, indent=1)
        place.write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
