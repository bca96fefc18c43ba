"""Lines: none too wide, no word lost, as few as can be."""

from hypothesis import given
from hypothesis import strategies as st

from handouts.typeset.breaking import Span, break_lines, parse_bold


class Letters:
    """Every letter half as wide as the size."""

    def width(self, text, style, size):
        return len(text) * size / 2


FONTS = Letters()
WORDS = st.lists(st.text("abcdefgh,.", min_size=1, max_size=30), min_size=1, max_size=40)


def read(lines):
    return [" ".join(span.text for span in line.spans) for line in lines]


@given(WORDS, st.floats(20, 400))
def test_no_line_is_too_wide_and_no_letter_is_lost(words, width):
    lines = break_lines(FONTS, parse_bold(" ".join(words)), 12, width)
    assert all(line.width <= width + 0.01 for line in lines)
    assert "".join(read(lines)).replace(" ", "") == "".join(words)


@given(st.lists(st.text("abc", min_size=1, max_size=8), min_size=1, max_size=40), st.floats(60, 400))
def test_takes_as_few_lines_as_filling_each_line_would(words, width):
    lines = break_lines(FONTS, parse_bold(" ".join(words)), 12, width)
    count, used = 1, 0.0
    for word in words:
        space = 6 if used else 0
        if used + space + len(word) * 6 > width + 0.01:
            count, used = count + 1, len(word) * 6.0
        else:
            used += space + len(word) * 6
    assert len(lines) == count


def test_bold_words_keep_their_spaces():
    line = break_lines(FONTS, parse_bold("Bring **one knee** up."), 12, 500)[0]
    assert [(span.text, span.style) for span in line.spans] == [
        ("Bring ", "regular"),
        ("one knee ", "bold"),
        ("up.", "regular"),
    ]


def test_the_last_line_is_not_one_short_word_when_the_lines_can_share():
    lines = break_lines(FONTS, parse_bold("aaaa bbbb cccc dddd eeee ff"), 12, 150)
    assert len(lines) == 2
    assert len(read(lines)[-1]) > 2


def test_no_words_no_lines():
    assert break_lines(FONTS, (Span("  ", "regular"),), 12, 100) == ()


def test_a_run_in_label_narrows_the_first_line_only():
    lines = break_lines(FONTS, parse_bold("aaaa bbbb cccc dddd"), 12, 60, first=30)
    assert lines[0].width <= 30
    assert any(line.width > 30 for line in lines[1:])


def test_a_web_address_is_cut_behind_a_mark():
    address = "harbour-lane-physiotherapy-and-rehabilitation.example/back"
    lines = read(break_lines(FONTS, parse_bold(address), 12, 30 * 6))
    assert lines == ["harbour-lane-physiotherapy-", "and-rehabilitation.example/", "back"]


def test_a_mark_at_the_start_of_a_line_does_not_empty_it():
    lines = read(break_lines(FONTS, parse_bold("ab/" + "c" * 40), 12, 30 * 6))
    assert [len(line) for line in lines] == [30, 13]
