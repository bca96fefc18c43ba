"""A row is put at the end of a moves table only where it lands among the moves."""

import pytest

from handouts.content.verdict_rows import add_row

COLUMNS = [("falls-risk", "Over 75"), ("hernia", "Hernia")]
ROW = (
    "  new-move:\n"
    "    falls-risk: {verdict: A}                    # Over 75\n"
    "    hernia: {verdict: A}                        # Hernia\n"
)
GOOD = ["moves:\n  old: {hernia: {verdict: Y}}\n", "moves:\n  old: {hernia: {verdict: Y}}", "\ufeffmoves:\n  old: {}\n",
    "moves:\n  old: {}\n\n# a last word\n", "also: []\nmoves:\n  old: {}\n"]  # fmt: skip
BAD = ["", "moves:\n", "moves: {}\n", "moves: {old: {}}\n", "moves:\n  old: {}\nalso: []\n", "moves: [", "- moves\n",
    "moves:\n  old: {}\n...\n"]  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_a_row_is_put_at_the_end(text):
    assert add_row(text, "new-move", COLUMNS) == text.removesuffix("\n") + "\n" + ROW


def test_as_the_others_stand():
    found = add_row("moves:\r\n    old: {}\r\n", "new-move", COLUMNS)
    indented = "".join(f"  {line}\r\n" for line in ROW.splitlines())
    assert found == f"moves:\r\n    old: {{}}\r\n{indented}"


def test_the_clinics_own_columns_have_a_verdict_too():
    text = (
        "columns:\n  - {id: vertigo, title: Vertigo}\n  - {id: hernia, title: X, replaces: true}\nmoves:\n  old: {}\n"
    )
    found = add_row(text, "new-move", COLUMNS)
    assert found.endswith("# Hernia\n    vertigo: {verdict: A}                       # Vertigo\n")


@pytest.mark.parametrize("text", BAD)
def test_else_nothing_is_put_anywhere(text):
    assert add_row(text, "new-move", COLUMNS) is None


def test_a_row_that_is_there_stays():
    text = "moves:\n  new-move: {hernia: {verdict: N}}\n"
    assert add_row(text, "new-move", COLUMNS) == text
