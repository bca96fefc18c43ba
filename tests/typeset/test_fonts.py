"""Faces draw what they say, as wide as they say, and whatever they cannot draw is named."""

from __future__ import annotations

import json
import os
import re
import shutil
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from handouts.typeset.bundled import load_fonts, stamp_fonts
from handouts.typeset.scripts import clean, drop_joiners
from handouts.typeset.sfnt import read_characters, read_places, read_tables, read_widths

FOLDER = Path(__file__).resolve().parents[2] / "fonts"
FONTS = load_fonts(FOLDER)
FACES = sorted(path.stem for path in FOLDER.glob("*/*.json"))

NAMES = (
    "Nguyễn Thị Phượng",
    "Łukasz Żółć",
    "Ñoño Muñoz",
    "Şahin Çağdaş İğdır",
    "Ọláṣubọ̀mí Adé",
    "Ṣẹ̀gun",
    "Ẹ̀bùn",
    "Ụ́zọ̀",
    "Þórdís Ægisdóttir",
    "Škoda Ðorđe",
    "Ģirts Šķēle",
    "Jiří Dvořák",
    "Ștefan Țurcanu",
    "Əliyev Elçin",
    "Ɓala Ɗan Ƙano Ƴar",
    "Наталья Щербакова",
    "Їжакевич Ґалаґан",
    "Ђорђе Њушић",
    "Қазақ Әсет",
    "Άννα Γιώργος Παπαδόπουλος",
    "Ŵyn Ŷ",
    "O’Brien-Smith",
    "Kauaʻi",
    "Siân ffordd",
    "Ǩeâǥǥast",
    "Mačková",
    "ẞtraße",
    "Ēriks Ņikita",
    "Üä õ",
    "Ŋaŋa Ɛsi Ɔkɔ",
    "Tʼsou",
)
SYMBOLS = "→ ✓ ☐ ≤ ½ ° • · – — ‘ ’ “ ” … × − ≥ ± ¼ ¾ ☎ ⚠ ← ↑ ↓ ☑ ✗ € £"


@pytest.mark.parametrize("name", [*NAMES, SYMBOLS])
@pytest.mark.parametrize("style", ["regular", "bold"])
def test_names_and_symbols_are_drawn_whole(name, style) -> None:
    assert FONTS.missing(name) == ()
    pieces = FONTS.split(name, style)
    assert "".join(part for _, part in pieces) == unicodedata.normalize("NFC", name)
    for key, part in pieces:
        assert all(FONTS.face(key).number[char] for char in part)


@pytest.mark.parametrize("name", NAMES)
def test_no_word_is_set_in_two_families(name) -> None:
    for word in name.split():
        assert len({key.rsplit("-", 2)[0] for key, _ in FONTS.split(word, "regular")}) == 1


def test_few_names_need_the_rare_families() -> None:
    fonts = load_fonts(FOLDER)
    known = len(fonts.families)
    for name in NAMES:
        fonts.split(name, "bold")
    assert len(fonts.families) == known
    assert fonts.missing("कृष्ण") == ()
    assert len(fonts.families) > known


FRESH = load_fonts(FOLDER)
COMMON = sorted({char for family in FRESH.families for tier in family.regular for char in tier.characters})


@given(st.text(st.sampled_from(COMMON), max_size=12))
def test_a_text_is_split_alike_whatever_was_opened_before(text) -> None:
    assume(set(clean(text)) <= set(COMMON))  # letters and marks may join to one that only rare families have
    assert FONTS.missing("कृष्ण") == ()
    assert FRESH.missing(text) == FONTS.missing(text)
    if not FONTS.missing(text):
        assert FRESH.split(text, "bold") == FONTS.split(text, "bold")
    assert len(FRESH.families) < len(FONTS.families)


def test_faces_have_the_same_numbers_whatever_was_opened_before() -> None:
    fonts = load_fonts(FOLDER)
    common = fonts.order(["noto-sans-bold-greek"])
    assert fonts.order(["noto-sans-bold-greek", "vazirmatn-bold-names"]).items() > common.items()
    assert fonts.order(["vazirmatn-bold-names"]) == FONTS.order(["vazirmatn-bold-names"])


def test_plain_text_takes_one_small_face() -> None:
    text = "Hold for 10 seconds (“steady”) – 5–10 times, 1½ hours · 0555 013 4400."
    assert FONTS.split(text, "regular") == (("atkinson-next-regular-basic", text),)


def test_marks_are_composed_and_stay_with_their_letter() -> None:
    assert FONTS.split("Jose\u0301", "regular")[-1][1].endswith("é")
    assert ("noto-sans-regular-latin", "ẹ̀gun") in FONTS.split("ẹ\u0300gun", "regular")


def test_a_mark_is_moved_over_its_letter() -> None:
    face = FONTS.face("noto-sans-regular-latin")
    low, high = face.glyphs("ọ̀"), face.glyphs("Ọ̀")
    assert low[0].dx == 0
    assert low[1].dx != high[1].dx
    assert high[1].dy > low[1].dy
    assert face.units("ọ̀") == face.units("ọ")


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Ali ߒߞߏ", ("ߒ", "ߞ", "ߏ")),
        ("བོད", ("བ", "ོ", "ད")),
        ("ܐܒܐ", ("ܐ", "ܒ")),
        ("ᠮᠣ", ("ᠮ", "ᠣ")),
        ("龘", ("龘",)),
        ("a\tb", ("\t",)),
        ("😀", ("😀",)),
        ("محمد 😀", ("😀",)),
    ],
)
def test_what_cannot_be_drawn_right_is_named(text, lacking) -> None:
    assert FONTS.missing(text) == lacking


def test_split_refuses_what_is_missing() -> None:
    with pytest.raises(LookupError):
        FONTS.split("龘", "regular")


def test_characters_without_a_shape_are_dropped() -> None:
    assert FONTS.missing("Anna\u200b\u2066\ufe0f") == ()
    assert FONTS.split("An\u00adna\u2069", "regular") == (("atkinson-next-regular-basic", "Anna"),)


def test_headings_are_kerned() -> None:
    for pair in ("To", "Yo", "AV", "We"):
        alone = sum(FONTS.width(char, "bold", 1000) for char in pair)
        assert FONTS.width(pair, "bold", 1000) < alone


@given(st.lists(st.text(st.sampled_from("AVTYoaeö.,1é→ọ̀Щ王नि"), min_size=1, max_size=8), min_size=1, max_size=6))
def test_a_line_is_as_wide_as_its_words_and_spaces(words) -> None:
    assume(not FONTS.missing(" ".join(words)))
    space = FONTS.width(" ", "bold", 10)
    whole = FONTS.width(" ".join(words), "bold", 10)
    assert whole == pytest.approx(sum(FONTS.width(word, "bold", 10) for word in words) + space * max(len(words) - 1, 0))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
def test_text_is_either_named_missing_or_drawn_whole(text) -> None:
    if FONTS.missing(text):
        return
    for style in ("regular", "bold"):
        pieces = FONTS.split(text, style)
        assert all(set(drop_joiners(part)) <= set(FONTS.face(key).number) for key, part in pieces)
        assert FONTS.width(text, style, 10) >= 0


@pytest.mark.parametrize("key", FACES)
def test_measures_are_those_of_the_file(key) -> None:
    face = FONTS.face(key)
    tables = read_tables(face.source.read_bytes())
    assert read_widths(tables) == face.widths
    listed = read_characters(tables[b"cmap"])
    assert {char: number for char, number in face.number.items() if char in listed}.items() <= listed.items()
    assert face.partial or listed.keys() <= face.number.keys()
    assert {ord(char) for char in set(face.number) - set(listed)} <= {0x2010, 0x2011, 0x202F}


@pytest.mark.parametrize("style", ["regular", "bold"])
def test_the_zero_is_plain_and_narrower_than_the_letter(style) -> None:
    face = FONTS.face(f"atkinson-next-{style}-basic")
    tables = read_tables(face.source.read_bytes())
    start = read_places(tables)[face.number["0"]]
    outlines = int.from_bytes(tables[b"glyf"][start : start + 2], "big")
    assert outlines == 2
    assert face.width["0"] < face.width["O"]


@pytest.mark.parametrize("folder", sorted(p.name for p in FOLDER.iterdir() if p.is_dir()))
def test_each_family_has_its_licence(folder) -> None:
    licence = (FOLDER / folder / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    reserved = re.findall(r"Reserved Font Name [\"'“‘]?(\w+)", licence.split("-----")[0])
    names = [json.loads(path.read_text(encoding="utf-8"))["name"] for path in (FOLDER / folder).glob("*.json")]
    assert names and not any(word in name for word in reserved for name in names)


def test_added_family_draws_what_the_bundled_ones_lack(tmp_path) -> None:
    source = FOLDER / "noto-sans" / "noto-sans-regular-greek.ttf"
    (tmp_path / "index.json").write_text("[]", encoding="utf-8")
    (tmp_path / "added.ttf").write_bytes(source.read_bytes())
    fonts = load_fonts(FOLDER, [tmp_path / "added.ttf"])
    key = fonts.families[-1].regular[0].face
    face = fonts.face(key)
    assert key.startswith("added-noto-sans")
    assert face.partial
    assert face.units("Άννα") == FONTS.face("noto-sans-regular-greek").units("Άννα") - sum(
        FONTS.face("noto-sans-regular-greek").kerning[pair] for pair in zip("Άνν", "ννα", strict=True)
    )


@pytest.mark.parametrize("data", [b"", b"OTTO" + bytes(100), b"\x00\x01\x00\x00\x00\x20" + bytes(40), b"hello"])
def test_added_file_that_is_no_truetype_font_is_refused_by_name(tmp_path, data) -> None:
    path = tmp_path / "bad.ttf"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=r"bad\.ttf"):
        load_fonts(FOLDER, [path])


def test_a_changed_font_has_another_stamp(tmp_path):
    folder = tmp_path / "fonts"
    shutil.copytree(FOLDER, folder)
    first = stamp_fonts(folder)
    assert stamp_fonts(folder) == first != stamp_fonts(FOLDER.parent / "sections")
    os.utime(folder / "noto-sans" / "noto-sans-bold-latin.json", ns=(1, 1))
    second = stamp_fonts(folder)
    (folder / "index.json").write_text("[]", encoding="utf-8")
    assert len({first, second, stamp_fonts(folder)}) == 3


def test_one_changed_byte_of_an_added_font_is_another_stamp(tmp_path):
    font = tmp_path / "added" / "own.ttf"
    font.parent.mkdir()
    font.write_bytes(b"font")
    status = font.stat()
    first = stamp_fonts(FOLDER, font.parent)
    font.write_bytes(b"fond")
    os.utime(font, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert len({first, stamp_fonts(FOLDER), stamp_fonts(FOLDER, font.parent), stamp_fonts(FOLDER, font)}) == 3
