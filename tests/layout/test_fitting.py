"""Optional parts: as many as have room, by rank; each is placed or named as left out, and the budget holds."""

from dataclasses import replace
from itertools import chain
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.diagnostics import LayoutError
from handouts.layout import fitting
from handouts.layout.fitting import Fitting
from handouts.layout.forms import make_forms
from handouts.layout.page import Block
from handouts.layout.paginate import Frame, PageBreaker, break_pages
from handouts.layout.units import Flow
from handouts.tailor.plan import Part

FRAME = Frame(left=30, width=500, first_top=30, top=50, bottom=750, gutter=20)
OPENING = (Flow(1, (Block("opening", "opening", 500, 300, ()),)),)


def make_flows(name, columns, heights):
    blocks = tuple(Block(f"{name}-{number}", name, 240, height, (), before=6) for number, height in enumerate(heights))
    return (Flow(columns, blocks),)


def make_part(name, if_room=True, rank=50, **more):
    return Part("section", name, if_room=if_room, rank=rank, **more)


def fit(parts, flows, most, forms=None):
    """Fit parts whose flows are given by id; return the chosen flows of each, the ids left out, and the pages."""
    forms = forms or [make_forms(part, 2, lambda form: flows[form.id]) for part in parts]
    breaker = PageBreaker(FRAME)
    fitting = Fitting(parts, forms, OPENING, breaker, most)
    if not fitting.choose_first():
        return None
    fitting.bring_forward()
    left_out = fitting.choose_others()
    return dict(zip((part.id for part in parts), fitting.slots.chosen, strict=True)), left_out, breaker.place_blocks()


DRAWN = st.lists(
    st.tuples(
        st.booleans(), st.integers(1, 9), st.sampled_from([1, 2]), st.lists(st.floats(10, 250), min_size=1, max_size=6)
    ),
    min_size=1,
    max_size=14,
)


def open_parts(drawn):
    parts = [make_part(f"part-{number}", must, rank) for number, (must, rank, _, _) in enumerate(drawn)]
    flows = {f"part-{number}": make_flows(f"part-{number}", *shape) for number, (_, _, *shape) in enumerate(drawn)}
    return parts, flows


@given(DRAWN, st.integers(1, 5))
def test_the_budget_holds_and_each_part_is_placed_or_left_out(drawn, most):
    parts, flows = open_parts(drawn)
    fitted = fit(parts, flows, most)
    if fitted is None:
        must = [flows[part.id] for part in parts if not part.if_room]
        assert len(break_pages([*OPENING, *chain(*must)], FRAME)) > most
        return
    chosen, left_out, pages = fitted
    assert len(pages) <= most
    assert set(left_out) == {part.id for part in parts if chosen[part.id] is None}
    assert all(part.if_room for part in parts if part.id in left_out)
    wanted = [flow for part in parts if chosen[part.id] for flow in flows[part.id]]
    blocks = [block.key for flow in (*OPENING, *wanted) for block in flow.blocks]
    assert [placed.block.key for page in pages for placed in page] == blocks


@given(DRAWN, st.integers(1, 5))
def test_the_last_pages_are_those_of_what_was_chosen(drawn, most):
    parts, flows = open_parts(drawn)
    fitted = fit(parts, flows, most)
    if fitted is not None:
        chosen, _, pages = fitted
        fresh = break_pages([*OPENING, *(flow for part in parts for flow in chosen[part.id] or ())], FRAME)
        assert pages == fresh


@given(st.lists(st.floats(20, 600), min_size=1, max_size=12), st.integers(1, 4), st.permutations(range(12)))
def test_over_the_whole_width_each_is_chosen_that_has_room_after_those_of_lower_rank(heights, most, ranks):
    parts = [make_part(f"part-{number}", rank=rank) for number, rank in zip(range(len(heights)), ranks, strict=False)]
    flows = {part.id: make_flows(part.id, 1, [height]) for part, height in zip(parts, heights, strict=True)}
    kept = {}
    for part in sorted(parts, key=lambda part: part.rank):
        tried = [flow for each in parts if each.id in kept or each is part for flow in flows[each.id]]
        if len(break_pages([*OPENING, *tried], FRAME)) <= most:
            kept[part.id] = part
    _, left_out, _ = fit(parts, flows, most)
    assert set(left_out) == {part.id for part in parts} - set(kept)


def test_a_lower_rank_takes_the_room_whatever_the_order():
    parts = [make_part("late", rank=20), make_part("soon", rank=1)]
    flows = {"late": make_flows("late", 1, [300]), "soon": make_flows("soon", 1, [300])}
    chosen, left_out, _ = fit(parts, flows, 1)
    assert left_out == ("late",)
    assert chosen["soon"] is not None


def test_a_small_part_has_room_after_a_large_one_was_refused():
    parts = [make_part("large", rank=1), make_part("small", rank=2)]
    flows = {"large": make_flows("large", 1, [600]), "small": make_flows("small", 1, [100])}
    chosen, left_out, _ = fit(parts, flows, 1)
    assert left_out == ("large",)
    assert chosen["small"] is not None


def test_white_at_the_foot_of_an_early_page_is_filled():
    parts = [make_part("early", rank=1), make_part("tall", if_room=False)]
    flows = {"early": make_flows("early", 1, [390]), "tall": make_flows("tall", 1, [690])}
    _, left_out, pages = fit(parts, flows, 2)
    assert left_out == ()
    assert len(pages) == 2


def test_a_part_gives_way_to_what_it_stands_in_for():
    parts = [make_part("whole", rank=1), make_part("words", if_room=False, stands_in_for="whole")]
    flows = {"whole": make_flows("whole", 1, [400]), "words": make_flows("words", 1, [100])}
    _, _, pages = fit(parts, flows, 1)
    assert [placed.block.origin for placed in pages[0]] == ["opening", "whole"]
    flows["whole"] = make_flows("whole", 1, [500])
    _, left_out, pages = fit(parts, flows, 1)
    assert left_out == ("whole",)
    assert [placed.block.origin for placed in pages[0]] == ["opening", "words"]


def test_a_part_comes_in_a_shorter_form_where_the_best_has_no_room():
    part = make_part("pairs", rank=1)
    forms = make_forms(part, 2, lambda form: make_flows("pairs", 1, [500]))
    short = make_flows("pairs", 1, [300])
    forms = forms._replace(wanted=(*forms.wanted, short), rooms=(*forms.rooms, 306.0))
    chosen, left_out, _ = fit([part], {}, 1, [forms])
    assert left_out == ()
    assert chosen["pairs"] is short


def list_origins(pages):
    return [[placed.block.origin for placed in page] for page in pages]


def test_a_part_behind_comes_ahead_where_a_page_would_stay_white():
    flows = {
        "moves": make_flows("moves", 1, [150, 300]),
        "words": make_flows("words", 1, [300]),
        "cause": make_flows("cause", 2, [120, 120]),
    }
    for target, origins, lost in (
        (None, [["opening", "moves"], ["moves", "words"]], ("cause",)),
        ("moves", [["opening", "cause", "cause", "moves"], ["moves", "words"]], ()),
    ):
        parts = [make_part("moves", False), make_part("words", False), make_part("cause", ahead_of=target)]
        _, left_out, pages = fit(parts, flows, 2)
        assert (list_origins(pages), left_out) == (origins, lost)


def test_what_pushes_a_block_off_its_page_stays_behind():
    parts = [make_part("moves", False), make_part("cause", ahead_of="moves")]
    for shape, ahead in (((1, [250]), True), ((1, [280]), False), ((2, [240, 20]), True), ((2, [400, 20]), False)):
        flows = {"moves": make_flows("moves", 1, [150, 300, 350]), "cause": make_flows("cause", *shape)}
        _, _, pages = fit(parts, flows, 3)
        origins = [origin for page in list_origins(pages) for origin in page]
        assert (origins.index("cause") < origins.index("moves")) == ahead
        assert list_origins(pages)[1][0] == "moves"


def test_nothing_comes_ahead_of_what_is_on_the_last_page():
    parts = [make_part("moves", False), make_part("cause", ahead_of="moves")]
    flows = {"moves": make_flows("moves", 1, [150]), "cause": make_flows("cause", 1, [100])}
    _, _, pages = fit(parts, flows, 3)
    assert list_origins(pages) == [["opening", "moves", "cause"]]


@given(DRAWN, st.integers(1, 5), st.integers(0, 5), st.sets(st.integers(0, 13)))
def test_what_may_come_ahead_does_so_in_its_order_and_nothing_is_lost(drawn, most, target, ahead):
    parts, flows = open_parts(drawn)
    names = [part.id for part in parts]
    may = [number in ahead and number > target for number in range(len(parts))]
    parts = [replace(part, ahead_of=f"part-{target}") if free else part for part, free in zip(parts, may, strict=True)]
    fitted = fit(parts, flows, most)
    if fitted is None:
        return
    chosen, left_out, pages = fitted
    assert len(pages) <= most
    assert set(left_out) == {name for name in names if chosen[name] is None}
    wanted = [block.key for flow in OPENING for block in flow.blocks]
    wanted += [block.key for name in names for flow in chosen[name] or () for block in flow.blocks]
    found = [placed.block for page in pages for placed in page]
    assert sorted(block.key for block in found) == sorted(wanted)
    order = list(dict.fromkeys(block.origin for block in found))[1:]
    free = [name for name, each in zip(names, may, strict=True) if each]
    assert [name for name in order if name not in free] == [name for name in names if chosen[name] and name not in free]
    assert [name for name in order if name in free] == [name for name in names if chosen[name] and name in free]


def fit_plan(parts, flows, most, monkeypatch, columns=2, budget=None):
    """Fit the parts of a plan that may have ``most`` pages; return the ids left out and the pages.

    Optional parts may fill ``budget`` pages, or ``most``.
    """
    monkeypatch.setattr(
        fitting, "compose_forms", lambda _, __, part, *___: make_forms(part, 2, lambda _: flows[part.id])
    )
    monkeypatch.setattr(fitting, "find_budget", lambda *_: budget or most)
    setting = SimpleNamespace(remember=lambda make: make(None), theme=SimpleNamespace(columns=columns))
    plan = SimpleNamespace(handout="ours", parts=parts, pages_most=most)
    breaker, left_out = fitting.fit_parts(plan, setting, OPENING, FRAME, {})
    return left_out, list_origins(breaker.place_blocks())


def test_optional_parts_do_not_open_a_page_for_two_lines(monkeypatch):
    parts = [make_part("must", False), make_part("lines")]
    for height, pages, lost in ((60, 1, ("lines",)), (100, 2, ())):
        flows = {"must": make_flows("must", 1, [400]), "lines": make_flows("lines", 1, [height])}
        left_out, origins = fit_plan(parts, flows, 3, monkeypatch)
        assert (len(origins), left_out) == (pages, lost)


def test_what_must_be_printed_opens_a_page_for_two_lines(monkeypatch):
    parts = [make_part("early"), make_part("must", False)]
    flows = {"early": make_flows("early", 1, [300]), "must": make_flows("must", 1, [400, 60])}
    assert fit_plan(parts, flows, 3, monkeypatch) == ((), [["opening", "early"], ["must", "must"]])
    flows["early"] = make_flows("early", 1, [8])
    assert fit_plan(parts, flows, 3, monkeypatch) == ((), [["opening", "early", "must"], ["must"]])


MUST = [make_part("first", False), make_part("second", False), make_part("lines")]
LONG = {
    "first": make_flows("first", 1, [600]),
    "second": make_flows("second", 1, [600]),
    "lines": make_flows("lines", 1, [90]),
}
"""Three pages with the opening; the optional lines have room on the last."""


def test_what_must_be_printed_has_no_page_more_than_the_handout_may(monkeypatch):
    with pytest.raises(LayoutError) as caught:
        fit_plan(MUST, LONG, 2, monkeypatch)
    (problem,) = caught.value.diagnostics
    assert (problem.rule, problem.span.file) == ("too-many-pages", "second")
    assert "needs 3 pages and may have 2" in problem.message


def test_what_must_be_printed_has_all_pages_that_the_handout_may(monkeypatch):
    expected = ((), [["opening"], ["first"], ["second", "lines"]])
    assert fit_plan(MUST, LONG, 3, monkeypatch) == expected
    assert fit_plan(MUST, LONG, 3, monkeypatch, budget=1) == expected


def test_one_column_has_the_pages_that_it_needs(monkeypatch):
    assert fit_plan(MUST, LONG, 1, monkeypatch, columns=1) == ((), [["opening"], ["first"], ["second", "lines"]])


@pytest.mark.parametrize(
    ("high", "small"), [({"tight": 390, "small": 370}, True), ({"tight": 370, "small": 350}, False)]
)
def test_lines_of_the_plan_are_small_before_a_sheet_is_refused(high, small, monkeypatch):
    parts = [make_part("plan", False), make_part("after", False)]
    tried = []

    def compose(_, __, part, ___, room):
        tried.append((part.id, room.styles[0]))
        height = high[room.styles[0]] if part.id == "plan" else 30
        return make_forms(part, 2, lambda _: make_flows(part.id, 1, [height]))

    monkeypatch.setattr(fitting, "compose_forms", compose)
    monkeypatch.setattr(fitting, "find_budget", lambda *_: 1)
    setting = SimpleNamespace(remember=lambda make: make(None), theme=SimpleNamespace(columns=2))
    plan = SimpleNamespace(handout="ours", parts=parts, pages_most=1)
    breaker, _ = fitting.fit_parts(plan, setting, OPENING, FRAME, {})
    assert list_origins(breaker.place_blocks()) == [["opening", "plan", "after"]]
    assert (("plan", "small") in tried) == small
