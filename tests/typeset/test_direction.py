"""Words that are read leftwards stand so, alone and among others, and never with digits."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.typeset.bundled import load_fonts
from handouts.typeset.direction import cut_stretches, find_edge, mirror, mixes_digits, reads_leftwards

FONTS = load_fonts(Path(__file__).resolve().parents[2] / "fonts")


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("דוד כהן", [("דוד כהן", True)]),
        ("דוד (כהן).", [("דוד (כהן).", True)]),
        ("Dr דוד כהן", [("Dr ", False), ("דוד כהן", True)]),
        ("דוד כהן (Ann) לוי", [("דוד כהן", True), (" (Ann) ", False), ("לוי", True)]),
        ("Ann שָׁ, b", [("Ann ", False), ("שָׁ", True), (", b", False)]),
        ("علی\u200cرضا Ann", [("علی\u200cرضا", True), (" Ann", False)]),
        ("", []),
    ],
)
def test_stretches_stand_as_they_are_said(text, stretches) -> None:
    assert cut_stretches(text) == stretches


def test_brackets_face_the_other_way() -> None:
    assert mirror("(«") == "»)"


@pytest.mark.parametrize(
    ("text", "mixes"),
    [("דוד", False), ("דוד 2", True), ("محمد ٢", True), ("Ann 500 mg", False), ("कृष्ण 2", False), ("王 2", False)],
)
def test_digits_among_leftward_letters_are_found(text, mixes) -> None:
    assert mixes_digits(text) is mixes


def test_what_is_read_leftwards() -> None:
    assert reads_leftwards("Ann דוד") and reads_leftwards("م")
    assert not any(map(reads_leftwards, ("", "Ann", "Ἀλέξανδρος", "कृष्ण", "王")))


@pytest.mark.parametrize(
    ("text", "edge"), [("דוד, כהן.", "right"), ("اشربي الماء", "right"), ("Ann דוד", "left"), ("1 – 2", "left")]
)
def test_lines_without_a_rightward_letter_begin_at_the_right_edge(text, edge) -> None:
    assert find_edge(text) == edge
