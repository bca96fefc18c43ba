"""Numbers of marked content are unique on a page and the same wherever a fragment stands, if they can be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handouts.pdf.marks import SLOT, SLOTS, Marks, write_parents


@given(st.lists(st.tuples(st.integers(0, SLOTS - 1), st.integers(0, 60)), max_size=40))
def test_no_number_is_given_twice(wanted) -> None:
    marks = Marks()
    taken: set[int] = set()
    for home, count in wanted:
        first = marks.take(home, count)
        numbers = set(range(first, first + count))
        assert not numbers & taken
        assert not count or first >= home * SLOT
        taken |= numbers


def test_a_fragment_keeps_its_home_while_nobody_is_there() -> None:
    marks = Marks()
    assert marks.take(5, 9) == 5 * SLOT
    assert marks.take(6, 1) == 7 * SLOT
    assert marks.take(4, 1) == 4 * SLOT
    assert marks.take(4, 2) == 8 * SLOT


def test_the_entry_of_a_page_holds_nulls_between() -> None:
    text = write_parents([(3, 8, (1, 1)), (0, 5, (2,)), (0, 4, ())], 6)
    assert text == b"[7 0 R null null 9 0 R 9 0 R null "
