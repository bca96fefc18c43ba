"""Two columns: a list stays in one where the page has room for it."""

from hypothesis import given
from hypothesis import strategies as st

from handouts.layout.page import Block, Group
from handouts.layout.paginate import Frame, PageBreaker, break_pages
from handouts.layout.units import CALM, Flow, find_calm_split, find_split, make_unit

FRAME = Frame(left=30, width=500, first_top=50, top=50, bottom=750, gutter=20)
LIST = Group("L", "list", "Disc")


def make_block(key, height, list_key=None, keep=False, width=240.0):
    groups = (Group("Sect", "part"),) if list_key is None else (Group("Sect", "part"), Group("L", list_key, "Disc"))
    return Block(key, key, width, height, (), before=0.0, keep_with_next=keep, groups=groups)


def make_lists():
    """A heading with a list of four entries, and a heading with one of two: of equal columns the first is broken."""
    first = [make_block("head", 20, keep=True), *(make_block(f"a{number}", 20, "a") for number in range(4))]
    return (*first, make_block("next", 20, keep=True), *(make_block(f"b{number}", 20, "b") for number in range(2)))


def list_columns(page):
    columns = {}
    for placed in page:
        columns.setdefault(placed.x, []).append(placed.block.key)
    return list(columns.values())


def test_a_list_stays_in_its_column():
    (page,) = break_pages([Flow(2, make_lists())], FRAME)
    assert list_columns(page) == [["head", "a0", "a1", "a2", "a3"], ["next", "b0", "b1"]]


def test_a_list_is_broken_where_the_page_has_no_room_for_more():
    filler = make_block("filler", 619, width=500.0)
    (page,) = break_pages([Flow(1, (filler,)), Flow(2, make_lists())], FRAME)
    assert list_columns(page)[1][-4:] == ["a3", "next", "b0", "b1"]


def test_a_list_is_broken_rather_than_what_follows_sent_to_the_next_page():
    last = make_block("last", 615, width=500.0)
    (page,) = break_pages([Flow(2, make_lists()), Flow(1, (last,))], FRAME)
    assert [placed.block.key for placed in page][-1] == "last"
    pages = break_pages([Flow(2, make_lists()), Flow(1, (make_block("last", 640, width=500.0),))], FRAME)
    assert list_columns(pages[0]) == [["head", "a0", "a1", "a2", "a3"], ["next", "b0", "b1"]]


SECTIONS = st.lists(st.tuples(st.sampled_from("abc"), st.floats(5, 100)), min_size=1, max_size=12)


@given(SECTIONS)
def test_no_lower_split_keeps_lists_whole(drawn):
    units = [make_unit((make_block(str(number), height, key),)) for number, (key, height) in enumerate(drawn)]
    split, lowest = find_split(units)
    calm, height = find_calm_split(units, split, lowest)

    def measure(at):
        return max(sum(unit.height for unit in part) for part in (units[:at], units[at:]))

    whole = [at for at in range(1, len(units) + 1) if at == len(units) or drawn[at - 1][0] != drawn[at][0]]
    best = min(measure(at) for at in whole)
    assert abs(height - (best if best <= lowest + CALM or split in whole else lowest)) < 0.05
    assert abs(measure(calm) - height) < 0.05


FLOWS = st.lists(
    st.tuples(
        st.sampled_from([1, 2]),
        st.booleans(),
        st.lists(st.tuples(st.floats(5, 200), st.booleans()), min_size=1, max_size=6),
    ),
    min_size=1,
    max_size=8,
)


@given(FLOWS, st.lists(st.sets(st.integers(0, 7)), min_size=1, max_size=5))
def test_columns_are_the_same_whatever_was_broken_before(drawn, choices):
    flows = []
    for number, (columns, keep, sizes) in enumerate(drawn):
        blocks = [
            make_block(f"{number}-{at}", size, "l" if listed else None) for at, (size, listed) in enumerate(sizes)
        ]
        if keep:
            blocks = [make_block(f"{number}-0", sizes[0][0] / 4, keep=True)]
        flows.append(Flow(columns, tuple(blocks), shared=number % 2 == 0))
    breaker = PageBreaker(FRAME)
    for choice in choices:
        chosen = [flow for number, flow in enumerate(flows) if number not in choice]
        chosen = [
            flow for at, flow in enumerate(chosen) if not at or not chosen[at - 1].units[-1].blocks[-1].keep_with_next
        ]
        fresh = PageBreaker(FRAME)
        assert fresh.break_flows(chosen) == breaker.break_flows(chosen)
        assert fresh.place_blocks() == breaker.place_blocks()


def test_what_is_kept_with_the_next_block_counts_anew_when_that_changes():
    lists, head = Flow(2, make_lists()), Flow(1, (make_block("heading", 20, keep=True, width=500.0),))
    lasts = [Flow(1, (make_block("last", height, width=500.0),)) for height in (640, 595)]
    breaker = PageBreaker(FRAME)
    for last in lasts:
        fresh = PageBreaker(FRAME)
        assert breaker.break_flows([lists, head, last]) == fresh.break_flows([lists, head, last])
        assert breaker.place_blocks() == fresh.place_blocks()
