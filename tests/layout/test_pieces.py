"""Paragraphs of pieces: as few lines as ever, and no piece broken without need."""

from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.layout.pieces import set_pieces
from handouts.layout.stack import Stack
from handouts.typeset.breaking import Span, break_lines
from tests.test_examples import find_pipeline, make_example

WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=4).map(" ".join)


def make_stack():
    return Stack(find_pipeline().find_setting(make_example("early-desk").plan, "a4"))


def set_texts(texts, width):
    stack = make_stack()
    style = stack.setting.theme.style("small")
    set_pieces(stack, [(Span(text, "regular"),) for text in texts], style, 0, width)
    return ["".join(run.text for run in item.runs) for item in stack.items], stack


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=6), st.floats(90, 300))
def test_pieces_take_no_more_lines_than_their_words(texts, width):
    lines, stack = set_texts(texts, width)
    style = stack.setting.theme.style("small")
    plain = break_lines(stack.setting.fonts, (Span(" ".join(texts), "regular"),), style.size, width)
    assert len(lines) == len(plain)
    assert " ".join(lines).split() == " ".join(texts).split()
    assert all(item.width <= width + 0.02 for item in stack.items)


def measure(text):
    stack = make_stack()
    return stack.measure(text, stack.setting.theme.style("small")) + 0.1


def test_a_piece_is_broken_where_whole_it_would_make_a_line_more():
    texts = ["one two three", "four five six", "seven eight"]
    lines, _ = set_texts(texts, measure("five six seven eight"))
    assert lines == ["one two three four", "five six seven eight"]


def test_a_piece_stays_whole_where_there_is_room():
    texts = ["a sheet", "23 November 2026", "two"]
    lines, stack = set_texts(texts, measure("23 November 2026 two"))
    assert lines == ["a sheet", "23 November 2026 two"]
    assert [item.joins for item in stack.items] == [True, False]
