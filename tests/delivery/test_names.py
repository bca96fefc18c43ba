"""File names: safe everywhere, never two alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.delivery.names import MOST_BYTES, FileNames, clean_name, fold_name


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        ("HL-2041", "HL-2041.pdf"), ("../../etc/passwd", "etc-passwd.pdf"), ("a/b\\c:d", "a-b-c-d.pdf"),
        ("CON", "_CON.pdf"), ("nul.txt", "_nul.txt.pdf"), ("com1", "_com1.pdf"), (".hidden", "hidden.pdf"),
        ("Ärztin 7", "Ärztin-7.pdf"), ("***", "00007.pdf"), (None, "00007.pdf"), ("=1+1", "1-1.pdf"),
    ],
)  # fmt: skip
def test_wishes(wish, name):
    assert FileNames().take(wish, 7) == name


def test_names_differ_where_capitals_do_not_count():
    names = FileNames()
    taken = [names.take(wish, 1) for wish in ("HL-1", "hl-1", "HL-1-2", "HL/1", "HL-1")]
    assert len({name.casefold() for name in taken}) == len(taken)
    assert taken[0] == "HL-1.pdf"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Straße", "STRASSE"), ("ΟΔΟΣ", "οδοσ"), ("İzmir", "I\u0307zmir"), ("Zo\u00eb", "ZOE\u0308"), ("ﬁn", "FIN")],
)
def test_names_that_some_systems_take_for_the_same_are_told_apart(one, other):
    assert fold_name(one) == fold_name(other)
    names = FileNames()
    names.take(one, 1)
    assert names.take(other, 2).endswith("-2.pdf")


@given(st.lists(st.text(max_size=200), max_size=20))
def test_any_text_gives_a_name_of_its_own(wishes):
    names = FileNames()
    taken = [names.take(wish, number) for number, wish in enumerate(wishes)]
    assert len({name.casefold() for name in taken}) == len(taken)
    for name in taken:
        assert not set(name) & set('/\\:*?"<>|\0\n')
        assert not name.startswith((".", "-", " "))
        assert len(name.encode()) <= MOST_BYTES + 12


def test_long_names_are_cut():
    assert len(clean_name("x" * 500)) == MOST_BYTES


def test_a_hundred_thousand_alike_take_no_longer_than_others():
    names = FileNames()
    taken = [names.take("same", number) for number in range(100_000)]
    assert taken[:3] == ["same.pdf", "same-2.pdf", "same-3.pdf"] and taken[-1] == "same-100000.pdf"
