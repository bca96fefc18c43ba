"""Pages: each block once, in order, inside the frame; what belongs together stays together."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.diagnostics import LayoutError
from handouts.layout.page import Block
from handouts.layout.paginate import Frame, PageBreaker, break_pages
from handouts.layout.units import Flow, find_split, make_unit

FRAME = Frame(left=30, width=500, first_top=30, top=50, bottom=750, gutter=20)


def make_block(number, height, before=6.0, keep=False, width=500.0):
    return Block(f"key-{number}", f"block-{number}", width, height, (), before=before, keep_with_next=keep)


def list_keys(pages):
    return [placed.block.key for page in pages for placed in page]


HEIGHTS = st.lists(st.tuples(st.floats(5, 300), st.booleans()), min_size=1, max_size=40)


def break_runs(sizes):
    """Blocks whose kept runs are at most two long, so that each fits a page."""
    blocks = []
    for number, (height, keep) in enumerate(sizes):
        kept = keep and number + 1 < len(sizes) and not (blocks and blocks[-1].keep_with_next)
        blocks.append(make_block(number, height, keep=kept))
    return tuple(blocks)


@given(HEIGHTS, st.sampled_from([1, 2]))
def test_every_block_once_in_order_and_inside_the_frame(sizes, columns):
    blocks = break_runs(sizes)
    pages = break_pages([Flow(columns, blocks)], FRAME)
    assert list_keys(pages) == [block.key for block in blocks]
    for number, page in enumerate(pages):
        for placed in page:
            assert placed.y >= (FRAME.first_top if number == 0 else FRAME.top) - 0.01
            assert placed.y + placed.block.height <= FRAME.bottom + 0.6


@given(HEIGHTS, st.sampled_from([1, 2]))
def test_nothing_overlaps_in_its_column(sizes, columns):
    pages = break_pages([Flow(columns, break_runs(sizes))], FRAME)
    for page in pages:
        for x in {placed.x for placed in page}:
            column = [placed for placed in page if placed.x == x]
            for above, below in pairwise(column):
                assert above.y + above.block.height <= below.y + 0.01


@given(HEIGHTS, st.sampled_from([1, 2]))
def test_a_heading_never_stands_apart_from_what_follows(sizes, columns):
    pages = break_pages([Flow(columns, break_runs(sizes))], FRAME)
    for page in pages:
        for above, below in pairwise(page):
            if above.block.keep_with_next:
                assert above.x == below.x
        assert not page[-1].block.keep_with_next or page[-1].block.key == list_keys(pages)[-1]


@given(HEIGHTS, HEIGHTS)
def test_columns_are_balanced_under_what_stands_before(first, second):
    wide = break_runs(first)
    narrow = tuple(Block(f"n{number}", "n", 240, height, (), before=4) for number, (height, _) in enumerate(second))
    pages = break_pages([Flow(1, wide), Flow(2, narrow)], FRAME)
    assert list_keys(pages) == [block.key for block in wide + narrow]


def test_a_heading_before_columns_waits_for_room_for_their_first_block():
    filler, heading = make_block(0, 640), make_block(1, 20, keep=True)
    narrow = Block("n", "n", 240, 100, (), before=4)
    pages = break_pages([Flow(1, (filler, heading)), Flow(2, (narrow,))], FRAME)
    assert [placed.block.key for placed in pages[1]] == ["key-1", "n"]


def test_a_block_that_fits_no_page_is_named():
    with pytest.raises(LayoutError) as caught:
        break_pages([Flow(1, (make_block(7, 900),))], FRAME)
    assert caught.value.diagnostics[0].span.file == "block-7"


def test_a_column_block_that_fits_no_page_is_named():
    with pytest.raises(LayoutError) as caught:
        break_pages([Flow(2, (make_block(7, 900),))], FRAME)
    assert caught.value.diagnostics[0].rule == "does-not-fit"


def test_a_new_page_is_begun_once():
    pages = break_pages([Flow(1, (make_block(0, 50),)), Flow(1, (make_block(1, 50),), new_page=True)], FRAME)
    assert [len(page) for page in pages] == [1, 1]
    pages = break_pages([Flow(1, (make_block(1, 50),), new_page=True)], FRAME)
    assert [len(page) for page in pages] == [1]


FLOWS = st.lists(
    st.tuples(
        st.sampled_from([1, 2]),
        st.booleans(),
        st.booleans(),
        st.lists(st.tuples(st.floats(5, 160), st.booleans()), min_size=1, max_size=5),
    ),
    min_size=1,
    max_size=10,
)
MOST_KEPT = 4
"""Blocks of 160 points, with the space above, that one page holds."""


def make_flows(drawn):
    """Return flows whose blocks are kept with what follows, in the next flow too, never more of them than fit a page.

    Whatever flows are left out between them, at most two flows of one block hold others together.
    """
    flows, single = [], 0
    for number, (columns, new_page, shared, sizes) in enumerate(drawn):
        blocks = []
        for at, (height, keep) in enumerate(sizes):
            alone = len(sizes) == 1
            kept = keep and (single < MOST_KEPT - 2 if alone else at > 0 and not blocks[-1].keep_with_next)
            single += kept and alone
            blocks.append(make_block(f"{number}-{at}", height, keep=kept))
        flows.append(Flow(columns, tuple(blocks), new_page, shared))
    return flows


@given(FLOWS, st.lists(st.sets(st.integers(0, 9)), min_size=1, max_size=5), st.integers(1, 4))
def test_pages_are_the_same_whatever_was_broken_before(drawn, choices, most):
    flows = make_flows(drawn)
    breaker = PageBreaker(FRAME)
    for choice in choices:
        chosen = [flow for number, flow in enumerate(flows) if number not in choice]
        fresh = PageBreaker(FRAME)
        needed = fresh.break_flows(chosen)
        pages = breaker.break_flows(chosen, most)
        assert pages == (needed if needed <= most else None)
        if pages is not None:
            assert breaker.place_blocks() == fresh.place_blocks()
            assert breaker.measure_rooms(most) == fresh.measure_rooms(most)


def test_what_follows_a_kept_flow_is_looked_at_again():
    before = Flow(1, (make_block("filler", 600), make_block("heading", 20, keep=True)))
    lead = Flow(2, (make_block("lead", 60, keep=True, width=240.0),))
    high, low = (Flow(2, (make_block(f"{height}", height, width=240.0),)) for height in (100, 20))
    breaker = PageBreaker(FRAME)
    for last, opening in ((high, "key-heading"), (low, None), (high, "key-heading")):
        pages = breaker.break_flows([before, lead, last])
        assert pages == (1 if opening is None else 2)
        assert opening in (None, breaker.place_blocks()[-1][0].block.key)


def test_what_is_kept_together_and_higher_than_a_page_is_cut_before_its_last_block():
    sizes = ((300, True), (200, True), (600, False), (30, False))
    blocks = tuple(make_block(number, height, keep=keep) for number, (height, keep) in enumerate(sizes))
    first, second = break_pages([Flow(1, blocks)], FRAME)
    assert [placed.block.key for placed in first] == ["key-0", "key-1"]
    assert [placed.block.key for placed in second] == ["key-2", "key-3"]
    with pytest.raises(LayoutError) as caught:
        break_pages([Flow(1, (make_block(0, 30, keep=True), make_block(1, 701)))], FRAME)
    assert caught.value.diagnostics[0].span.file == "block-1"


def test_what_a_page_holds_is_not_cut_beside_what_none_holds():
    sizes = ((300, False), (200, True), (494, False), (300, True), (600, False))
    blocks = tuple(make_block(number, height, keep=keep) for number, (height, keep) in enumerate(sizes))
    assert [len(page) for page in break_pages([Flow(1, blocks)], FRAME)] == [1, 2, 1, 1]


@pytest.mark.parametrize(("height", "pages"), [(494, [1, 2]), (494.1, [2, 1])])
def test_what_is_kept_together_and_no_higher_than_a_page_is_not_cut(height, pages):
    blocks = (make_block(0, 300), make_block(1, 200, keep=True), make_block(2, height))
    assert [len(page) for page in break_pages([Flow(1, blocks)], FRAME)] == pages


@given(FLOWS)
def test_what_is_left_after_a_run_is_the_white_below_it(drawn):
    flows = make_flows(drawn)
    breaker = PageBreaker(FRAME)
    pages = breaker.break_flows(flows)
    rooms = breaker.measure_rooms(pages + 1)
    empty = FRAME.bottom - FRAME.top
    assert [end for end, _ in rooms] == sorted((end for end, _ in rooms), reverse=True)
    assert rooms[0] == (len(flows), FRAME.bottom - breaker.y + empty)
    assert all(later <= earlier + 0.01 for (_, later), (_, earlier) in pairwise(rooms))


@given(st.lists(st.floats(5, 100), min_size=1, max_size=12))
def test_no_other_split_makes_two_columns_lower(heights):
    units = [make_unit((make_block(number, height),)) for number, height in enumerate(heights)]
    split, lowest = find_split(units)

    def measure(part):
        return sum(unit.height for unit in part) - part[0].before if part else 0.0

    levels = [max(measure(units[:at]), measure(units[at:])) for at in range(1, len(units) + 1)]
    assert abs(lowest - min(levels)) < 0.05
    assert abs(levels[split - 1] - lowest) < 0.05
