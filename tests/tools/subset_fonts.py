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

HEIGHT = 496 / 536
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


def pick(*blocks: tuple[int, int], also: str = "", without: str = "") -> set[int]:
    """Return the letters, marks and digits of ranges of code points, with the characters of ``also``."""
    every = {code for first, last in blocks for code in range(first, last + 1)}
    found = {code for code in every if unicodedata.category(chr(code)) in {"Lu", "Ll", "Lm", "Lo", "Mn", "Mc", "Nd"}}
    return (found | set(map(ord, also))) - set(map(ord, without))


def read_rows(codec: str, first: int, last: int) -> set[int]:
    """Return the characters of rows of a national character set with 94 cells to the row."""
    cells = (bytes((0xA0 + row, cell)) for row in range(first, last + 1) for cell in range(0xA1, 0xFF))
    return {ord(char) for char in (cell.decode(codec, "ignore") for cell in cells) if char}


def read_common_big5() -> set[int]:
    """Return the characters of level 1 of Big5."""
    codes = (code for code in range(0xA440, 0xC67F) if 0x40 <= code & 0xFF <= 0x7E or 0xA1 <= code & 0xFF <= 0xFE)
    return {ord(code.to_bytes(2, "big").decode("big5")) for code in codes}


IN_SHAPED = NAME_PUNCTUATION | {0x200C, 0x200D}
DANDAS = "।॥"
HEBREW = pick((0x5B0, 0x5C2), (0x5C7, 0x5F2), also="־׳״") | IN_SHAPED
ARABIC = pick((0x620, 0x6D5), (0x6EE, 0x6FF), (0x750, 0x77F), also="،؛؟۔۽۾") | IN_SHAPED
DEVANAGARI = pick((0x901, 0x952), (0x955, 0x97F), also=DANDAS + "॰") | IN_SHAPED
BENGALI = pick((0x980, 0x9F1), also=DANDAS) | IN_SHAPED
GUJARATI = pick((0xA81, 0xAEF), also=DANDAS + "૰") | IN_SHAPED
GURMUKHI = pick((0xA01, 0xA75), also=DANDAS) | IN_SHAPED
ORIYA = pick((0xB01, 0xB71), also=DANDAS) | IN_SHAPED
TAMIL = pick((0xB82, 0xBEF), also=DANDAS) | IN_SHAPED
TELUGU = pick((0xC00, 0xC6F), also=DANDAS) | IN_SHAPED
KANNADA = pick((0xC80, 0xCF2), also=DANDAS) | IN_SHAPED
MALAYALAM = pick((0xD00, 0xD6F), (0xD7A, 0xD7F), also=DANDAS) | IN_SHAPED
SINHALA = pick((0xD81, 0xDDF), (0xDF2, 0xDF3), also="෴") | IN_SHAPED
THAI = pick((0xE01, 0xE59)) | IN_SHAPED
LAO = pick((0xE81, 0xEDF)) | IN_SHAPED
KHMER = pick((0x1780, 0x17B3), (0x17B6, 0x17E9), also="។", without="\u17a3\u17a4\u17d3") | IN_SHAPED
MYANMAR = pick((0x1000, 0x109D), (0xA9E0, 0xA9FE), (0xAA60, 0xAA7F), also="၊။၌၍၎၏") | IN_SHAPED
GEORGIAN = pick((0x10A0, 0x10FF), (0x1C90, 0x1CBF), also="჻") | NAME_PUNCTUATION
ARMENIAN = set(range(0x531, 0x58B)) | NAME_PUNCTUATION
ETHIOPIC = set(range(0x1200, 0x1380)) | NAME_PUNCTUATION
WIDE = set(map(ord, "\u3000・·、。，．：；！？（）「」『』【】〜"))
KANA = set(range(0x3041, 0x3097)) | set(range(0x30A1, 0x30FB)) | set(map(ord, "ーゝゞヽヾ々"))

# Outside level 1 of JIS X 0208: the kanji that the law allows in names (kJinmeiyoKanji of Unihan 15.0, those that NFC
# leaves alone), the common kanji (kJoyoKanji) and variants met in family names.
MORE_JAPANESE = (
    "丼乘亞佛來侑俐俠俱傲傳僞價儉兒凉凛凜凰刹剝剩劍勁勳卷卽吞哺喩單嗅嘲嚴圈國圓團圡堯塡增壘壞壯壽奎奧奬孃寢實寬寳將專"
    "峽崚嶌巖巢巫已帶廣廳彅彈彌彗彙從徠徵德恆恣惠惡惧惺愼慄憬應懷戰戲拂拉拔拜揭搖搜摑摯擊攝收敍昊昴晄晏晚晝晟晨暉曆曉"
    "曖栁栞桒梛條椰楷榮槇槗樂樣橙橫檜檢櫂櫻步歷毀每毬氣洵洸涉淚淨渴渾溫滉滯漱澁澤澪濕濱濵瀨焰煌熙燎燒燿爭爲狀狹獸珀珈"
    "琥瑶璧疊瘍瘦皓盜盡眞眸碎祕祿禪禮禱稟稻穗穰穹笙箋簞籠粹絆綠綸綺緖緣緻縣縱繡繫纖羚羞翔聽脩臟與苺茉莉莊菫萊萠萬蔣蕾"
    "薰藏藝藥虛蟬蠟衞裝覽訃詢諄諧謠讓貪賣賴赳踪轉辣迪逞遙邉邊郞醉醬釀釉錄錮鍊鎭鑄陷險雜靜頌頰顚顯颯飜騷驍驗髙髮鬱鷄鷗"
    "麒黃黎黑默齊齋﨑𠮟𠮷"
)
# Outside level 1 of GB 2312: family names (the Hundred Family Names and those among today's commonest) and characters
# liked in given names.
MORE_SIMPLIFIED = (
    "乜亓仉仝仵佘佟佴佶佼侃侑俟俨俪倩偲冼勖勰厍叡喆囡圳垚堃夔夙奂奕奚奭妍妘妡妤妫姒姗姝姞姣姮娅娆娉娣娴婕婧婳婵婷媛媞"
    "嫄嫒嫣嫦嬛嬴宓宥宬宸岐岑岚岱峥崧嵇嵘嵩庹庾弢弭彧怡恺憬懿戢扈攸斐斓於旸旻昀昇昉昊昕昝昱昶晁晏晔晖晗晟暄暨暻曜曦栾"
    "梓梵楠榕榛殳沅沐泓洑洵淇淼滕滢漪潇澹濮瀚瀛灏炜炫烨焱煊煜煦熠燊犇玘玙玟玠玢玥玭玮珂珅珈珏珑珞珣珥珩珮珲珺琎琏琚琛"
    "琤琦琨琪琬琮琰瑀瑄瑗瑛瑜瑢瑭瑷瑾璀璁璇璋璎璐璘璞璟璠璨璩瓒甯畇皎皓眭睿瞿磬祎祐祯祺禚禛禤禧稷窦竺笙笪筠筱箐箫纾绫"
    "绮绯缇缑缪羿翀翊翎胤胥臧芃芈芊芙芩芮芷芸苌苒苓苻茆茉茌茗茜荀荃荞荟荻莓莘莺菁菡萱蒯蓁蓓蔺蕙薇蘅裘褚覃訾谌谯贠贲赟"
    "蹇轶逄逯邝邬邰邴邸郄郇郏郗郜郤郦郯郾鄞鄢鄯酆鋆鑫钊钭钰铎铠铮锴锺镕闫闵闾阙阚隗隽雒雯霁霏靓韬颀颉颛颢飏飒馥馨驷骁"
    "骅骉骐骞鹭麒麟麴黛"
)
# The same, outside level 1 of Big5.
MORE_TRADITIONAL = (
    "乜亓仉仝仵佘佟佴佶佼俁偲冼凃叡喆囡垚堃妘妡姝姞姮婕婧婭媞媯嫄嫺嫿嬛嬡宓宬峯庹弢彧恒斌旻昉昝昶晗晟暻欒殳洑涂淼温瀅"
    "灝焱煊煒熠燁燊犇玘玠玢玭珂珅珈珏珣珥珩珺琚琤琬琮琰瑀瑄瑋瑗瑢璁璇璉璐璠璡璵甯畇眭禕禚禛禤笪筱箐粘紓緋緱羣翀翊芃芊"
    "芩芮苡苻茌茜菡蒯蓁薈蘅衞贇蹇逄逯邰邴郄郇郗郜郟郤郯鄔鄢鄯鄺酆鈺鋆鍇鎧鑫閆闞隗靚頎騏驊驫黄龎"
)
JAPANESE = read_rows("euc_jp", 16, 47) | set(map(ord, MORE_JAPANESE)) | KANA | WIDE
SIMPLIFIED = read_rows("gb2312", 16, 55) | set(map(ord, MORE_SIMPLIFIED)) | WIDE
TRADITIONAL = read_common_big5() | set(map(ord, MORE_TRADITIONAL)) | WIDE
KOREAN = read_rows("euc_kr", 16, 40) | WIDE


@dataclass(frozen=True)
class Family:
    """One bundled family: where it comes from and the tiers that are cut from it.

    A ``shaped`` family keeps its layout tables. ``partial`` says that a PDF should embed no more than the glyphs used.
    """

    folder: str
    package: str
    files: str
    name: str
    tiers: tuple[tuple[str, set[int]], ...]
    height: float = 1.0
    styles: tuple[str, ...] = ("regular", "bold")
    shaped: bool = False
    partial: bool = False
    kerned: bool = True


def name_family(
    script: str, repertoire: set[int], *, shaped: bool = False, partial: bool = False, wide: bool = False
) -> Family:
    """Return the Noto family of a script, with one tier for names; ``wide`` scripts have one weight and no kerning."""
    return Family(
        f"noto-sans-{script.lower()}",
        f"noto-sans-{script.lower()}",
        f"NotoSans{script}",
        f"Noto Sans {script}",
        (("names", repertoire),),
        height=1.0 if wide else HEIGHT,
        styles=("regular",) if wide else ("regular", "bold"),
        shaped=shaped,
        partial=partial or shaped or wide,
        kerned=not (shaped or partial or wide),
    )


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
        height=HEIGHT,
    ),
    Family(
        "noto-sans-math",
        "noto-sans-math",
        "NotoSansMath",
        "Noto Sans Math",
        (("arrows", ARROWS),),
        height=HEIGHT,
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
    name_family("Hebrew", HEBREW, shaped=True),
    Family(
        "vazirmatn",
        "vazirmatn",
        "Vazirmatn",
        "Vazirmatn",
        (("names", ARABIC),),
        height=HEIGHT,
        shaped=True,
        partial=True,
        kerned=False,
    ),
    name_family("Arabic", ARABIC, shaped=True),
    name_family("Devanagari", DEVANAGARI, shaped=True),
    name_family("Bengali", BENGALI, shaped=True),
    name_family("Gujarati", GUJARATI, shaped=True),
    name_family("Gurmukhi", GURMUKHI, shaped=True),
    name_family("Oriya", ORIYA, shaped=True),
    name_family("Tamil", TAMIL, shaped=True),
    name_family("Telugu", TELUGU, shaped=True),
    name_family("Kannada", KANNADA, shaped=True),
    name_family("Malayalam", MALAYALAM, shaped=True),
    name_family("Sinhala", SINHALA, shaped=True),
    name_family("Thai", THAI, shaped=True),
    name_family("Lao", LAO, shaped=True),
    name_family("Khmer", KHMER, shaped=True),
    name_family("Myanmar", MYANMAR, shaped=True),
    name_family("Georgian", GEORGIAN),
    name_family("Armenian", ARMENIAN),
    name_family("Ethiopic", ETHIOPIC, partial=True),
    name_family("JP", JAPANESE, wide=True),
    name_family("SC", SIMPLIFIED, wide=True),
    name_family("TC", TRADITIONAL, wide=True),
    name_family("KR", KOREAN, wide=True),
)

COMMON = 4
"""Families of running text and of most names; the index of the others is opened when a name needs one."""


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


def find_texts(font: TTFont) -> list[str]:
    """Return, for each glyph, the characters that it stands for in their logical order, "" when nothing is found.

    Those of the character map come first. No repertoire holds presentation forms, so that the rules of GSUB tell
    theirs: those that a feature names before those that only contexts call, which may pass through glyphs of other
    meaning; those without joiners and those of ligatures before the rest. Of the parts that a glyph is split into, the
    first has its text, without what the others stand for by themselves.
    """
    table = font["GSUB"].table
    named = {index for record in table.FeatureList.FeatureRecord for index in record.Feature.LookupListIndex}
    cmap = font.getBestCmap()
    joiners = {cmap.get(0x200C), cmap.get(0x200D)}
    found = [
        (index not in named, not joiners.isdisjoint(taken), len(taken) == 1, taken, put)
        for index, lookup in enumerate(table.LookupList.Lookup)
        for taken, put in read_substitutions(lookup)
        if put
    ]
    rules = [(taken, put) for *_, taken, put in sorted(found, key=lambda rule: rule[:3])]
    texts: dict[str, str] = {}
    for code, glyph in sorted(cmap.items()):
        texts.setdefault(glyph, chr(code))
    spread_texts(texts, rules)
    texts |= {part: "" for _, put in rules for part in put[1:] if part not in texts}
    spread_texts(texts, rules)
    return [texts.get(glyph, "") for glyph in font.getGlyphOrder()]


def spread_texts(texts: dict[str, str], rules: list[tuple[list[str], list[str]]]) -> None:
    """Give the first glyph that a rule puts in the text of those that it takes out. Earlier rules come first."""

    def is_ready(rule: tuple[list[str], list[str]]) -> bool:
        return rule[1][0] not in texts and texts.keys() >= set(rule[0])

    while ready := next(filter(is_ready, rules), None):
        taken, (first, *others) = ready
        text = "".join(texts[glyph] for glyph in taken)
        rest = "".join(texts.get(glyph, "") for glyph in others)
        parts = unicodedata.normalize("NFD", text)
        texts[first] = parts.removesuffix(rest) if rest and parts.endswith(rest) else text


def read_substitutions(lookup: Any) -> Iterable[tuple[list[str], list[str]]]:
    """Yield the glyphs that each rule of a GSUB lookup takes out and puts in; contexts only call other lookups."""
    for subtable in lookup.SubTable:
        part = subtable.ExtSubTable if subtable.LookupType == 7 else subtable
        if part.LookupType == 1:
            yield from (([first], [to]) for first, to in sorted(part.mapping.items()))
        elif part.LookupType == 2:
            yield from (([first], list(to)) for first, to in sorted(part.mapping.items()))
        elif part.LookupType == 3:
            yield from (([first], [to]) for first, every in sorted(part.alternates.items()) for to in every)
        elif part.LookupType == 4:
            for first, ligatures in sorted(part.ligatures.items()):
                yield from (([first, *ligature.Component], [ligature.LigGlyph]) for ligature in ligatures)
        elif part.LookupType == 8:
            yield from (([first], [to]) for first, to in zip(part.Coverage.glyphs, part.Substitute, strict=True))


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
