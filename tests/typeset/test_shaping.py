"""Names in scripts whose letters join, stack or change places are shaped; the glyphs say the letters they stand for."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.typeset.breaking import Span, break_lines
from handouts.typeset.bundled import load_fonts
from handouts.typeset.scripts import JOINERS, clean, drop_joiners
from handouts.typeset.shaping import shape_text

FONTS = load_fonts(Path(__file__).resolve().parents[2] / "fonts")
NAMES = {
    "Hebrew": "שָׁלוֹם כהן",
    "Arabic": "خدیجہ بنت خویلد",
    "Sindhi": "ڄام ڏاهري",
    "Devanagari": "कृष्ण श्रेष्ठ",
    "Bengali": "সুকান্ত ভট্টাচার্য",
    "Gujarati": "ક્ષિતિજ",
    "Gurmukhi": "ਗੁਰਪ੍ਰੀਤ",
    "Odia": "ପ୍ରଶାନ୍ତ",
    "Tamil": "கௌசல்யா",
    "Telugu": "శ్రీనివాస్",
    "Kannada": "ಕೃಷ್ಣಮೂರ್ತಿ",
    "Malayalam": "ശ്രീകുമാർ",
    "Sinhala": "ක්‍රිෂාන්ත",
    "Thai": "น้ำทิพย์",
    "Lao": "ສົມສັກ",
    "Khmer": "ស្រីមុំ",
    "Burmese": "ဇော်မင်းထွန်း",
}


def shape_name(name, style):
    return [
        (part, shape_text(FONTS.face(key), part)) for key, part in FONTS.split(name, style) if FONTS.face(key).texts
    ]


@pytest.mark.parametrize("style", ["regular", "bold"])
@pytest.mark.parametrize("script", NAMES)
def test_a_name_is_shaped_and_says_its_letters(script, style) -> None:
    name = NAMES[script]
    assert FONTS.missing(name) == ()
    assert "".join(part for _, part in FONTS.split(name, style)) == clean(name)
    for part, shaped in shape_name(name, style):
        assert "".join(cluster.text for cluster in shaped.clusters) == part
        assert shaped.list_missing() == []
        assert shaped.width > 0


@pytest.mark.parametrize("script", ["Hebrew", "Arabic"])
def test_letters_read_from_right_to_left_stand_so(script) -> None:
    ((_, shaped),) = shape_name(NAMES[script], "bold")
    places = [cluster.spots[0].x for cluster in shaped.clusters if cluster.text.isalpha()]
    assert places == sorted(places, reverse=True)
    assert shaped.leftwards


def test_letters_join() -> None:
    face = FONTS.face("vazirmatn-regular-names")
    (alone,) = shape_text(face, "ب").clusters
    first, middle, last = (cluster.spots[0].number for cluster in shape_text(face, "ببب").clusters)
    assert len({alone.spots[0].number, first, middle, last}) == 4


def test_a_joiner_keeps_letters_apart() -> None:
    face = FONTS.face("vazirmatn-regular-names")
    joined, apart = (
        [c.spots[0].number for c in shape_text(face, word).clusters] for word in ("علیرضا", "علی\u200cرضا")
    )
    assert joined != apart
    assert clean("علی\u200cرضا") == "علی\u200cرضا"
    assert clean("An\u200cna \u200dB") == "Anna B"


def test_a_sign_that_is_said_after_its_letter_stands_before_it() -> None:
    face = FONTS.face("noto-sans-devanagari-regular-names")
    ((text, spots),) = shape_text(face, "कि").clusters
    assert text == "कि"
    assert face.texts[spots[0].number] == "ि" and spots[0].x < spots[1].x


@pytest.mark.parametrize("script", NAMES)
def test_a_line_is_as_wide_as_its_words_and_spaces(script) -> None:
    words = [*NAMES[script].split(), "Ann"]
    space = FONTS.width(" ", "bold", 10)
    whole = FONTS.width(" ".join(words), "bold", 10)
    assert whole == pytest.approx(sum(FONTS.width(word, "bold", 10) for word in words) + space * (len(words) - 1))


LETTERS = st.sampled_from([*"".join(NAMES.values()).replace(" ", ""), *"Ann-B(.)'é王"])


@given(st.lists(st.text(LETTERS, min_size=1, max_size=12), min_size=1, max_size=4))
def test_no_letter_is_lost_whatever_stands_beside_it(words) -> None:
    text = " ".join(words)
    if FONTS.missing(text):
        return
    drawn = sorted(drop_joiners("".join(part for _, part in FONTS.split(text, "bold"))))
    brackets = {ord("("): ")", ord(")"): ")"}
    assert sorted("".join(drawn).translate(brackets)) == sorted(drop_joiners(clean(text)).translate(brackets))
    for _, shaped in shape_name(text, "bold"):
        assert shaped.list_missing() == []


@pytest.mark.parametrize("script", NAMES)
@pytest.mark.parametrize("width", [15, 40, 90])
def test_a_word_too_wide_is_cut_between_letters_with_their_marks(script, width) -> None:
    word = NAMES[script].replace(" ", "") * 3
    lines = break_lines(FONTS, (Span(word, "bold"),), 12, width)
    parts = ["".join(span.text for span in line.spans) for line in lines]
    assert "".join(parts) == word
    assert not any(part[0] in JOINERS or unicodedata.category(part[0])[0] == "M" for part in parts)
