"""What is said of words that cannot be printed: line by line, and never which letters where they are a person's."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.diagnostics import Span
from handouts.typeset.bundled import load_fonts
from handouts.typeset.letters import MOVED, RULE, find_letter_faults, spell_letters, tell_letters

FONTS = load_fonts(Path(__file__).resolve().parents[2] / "fonts")


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("Ann\nBob", []),
        ("José\n१२ शर्मा", []),
        ("دوا\n500 mg", []),
        ("دوا 500", [MOVED]),
        ("é\x0b", [RULE]),
        ("é\u2028", [RULE]),
        ("བོད 😀", [RULE, RULE]),
    ],
)
def test_faults_are_found_line_by_line(words, rules) -> None:
    found = find_letter_faults(FONTS, words, Span("name"), tell_letters)
    assert [item.rule for item in found] == rules


def test_a_person_s_letters_are_counted_and_others_are_named() -> None:
    assert tell_letters("བོ") == "2 letters of it (TIBETAN)"
    assert tell_letters("😀ོ") == "U+1F600 (grinning face), 1 letter of it (TIBETAN)"
    assert spell_letters("འ").startswith("U+0F60 (tibetan letter")
