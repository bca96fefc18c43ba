"""Sections as flows: short ones stay together, long ones may run into the next column."""

import datetime
from dataclasses import replace

import pytest

from handouts.layout.compose import SHORT_RUN, compose_part, compose_plan
from handouts.layout.page import Group, Placed
from handouts.patient.models import PatientRecord
from handouts.pipeline import Choices
from tests.test_examples import find_pipeline, make_example

LINES = Group("L", "lines", "Decimal")
EXAMPLES = ("early-desk", "older-osteoporosis", "pregnant", "disc-own-list")


def list_flows(name):
    """The flows of an example's sections that have one only, and the height of a line."""
    plan = make_example(name).plan
    setting = find_pipeline().find_setting(plan, "a4")
    parts = [part for part in plan.parts if part.kind == "section"]
    sections = [compose_part(setting, plan, part, {}) for part in parts]
    return [section[0] for section in sections if len(section) == 1], setting.theme.style("body").line


def test_a_short_section_is_not_broken_and_a_long_one_may_be():
    short, long = 0, 0
    for name in EXAMPLES:
        flows, line = list_flows(name)
        for flow in flows:
            height = sum(block.before + block.height for block in flow.blocks)
            if height <= SHORT_RUN * line:
                assert len(flow.units) == 1
                short += len(flow.blocks) > 2
            else:
                long += len(flow.units) > 1
    assert short
    assert long


def test_a_section_is_not_kept_with_the_next_one():
    for name in EXAMPLES:
        flows, _ = list_flows(name)
        last = [flow.blocks[-1] for flow in flows]
        assert not any(block.keep_with_next for block in last)


def test_a_line_that_leads_up_to_a_table_stays_with_it():
    pipeline = find_pipeline()
    choices = Choices(datetime.date(2026, 11, 23), "option")
    for edition in ("standard", "large-print"):
        plan = pipeline.plan("back-spasms-more", PatientRecord(name="Al"), replace(choices, edition=edition))
        setting = pipeline.find_setting(plan, "a4")
        part = next(part for part in plan.parts if part.id == "heat-and-cold")
        blocks = [block for flow in compose_part(setting, plan, part, {}) for block in flow.blocks]
        lead = next(block for block in blocks if block.origin == "heat-choose")
        assert lead.keep_with_next
        assert blocks[blocks.index(lead) + 1].origin == "heat-table"
        assert not next(block for block in blocks if block.origin == "heat-table").keep_with_next


@pytest.mark.parametrize("edition", ["standard", "low-ink"])
@pytest.mark.parametrize("name", ["lifter-later", "pregnant", "disc-own-list"])
def test_the_moves_of_a_plan_in_lines_are_as_large_as_the_rest_where_they_have_room(name, edition):
    made = make_example(name, edition=edition)
    theme = made.sheet.setting.theme
    assert {run.size for run in list_runs(made.sheet.layout.broken[0])} == {theme.style("body").size}


def test_the_moves_of_a_plan_in_lines_are_small_only_where_nothing_larger_has_room():
    made = make_example("lifter-later")
    setting, part = made.sheet.setting, next(part for part in made.plan.parts if part.kind == "plan")
    rooms = [compose_plan(setting, made.plan, part, {}, 120.0, (style,))[0].room for style in ("tight", "small")]
    assert rooms[0] > rooms[1]
    for room, style in ((rooms[0], "tight"), (rooms[0] - 1, "small"), (rooms[1], "small")):
        (flow,) = compose_plan(setting, made.plan, part, {}, room)
        runs = list_runs([Placed(block, 0, 0) for block in flow.blocks])
        assert {run.size for run in runs} == {setting.theme.style(style).size}


@pytest.mark.parametrize("edition", ["standard", "low-ink", "large-print"])
def test_a_dose_in_a_line_of_the_plan_is_broken_behind_its_comma(edition):
    made = make_example("lifter-later", edition=edition)
    blocks = [placed.block for page in made.sheet.layout.broken for placed in page if LINES in placed.block.groups]
    lines = [["".join(run.text for run in item.runs) for item in block.items[1:]] for block in blocks]
    assert [" ".join(each) for each in lines] == [f"{card.title}: {card.dose.short}" for card in made.plan.exercises]
    ends = [line for each in lines for line in each[:-1]]
    assert (ends or edition == "large-print") and all(line.endswith((",", ":")) for line in ends)


def list_runs(placed):
    """The runs of the moves of a plan that are set as lines, which stand in one list."""
    blocks = [part.block for each in placed for part in (each.block.parts or (each,))]
    runs = [run for block in blocks for item in block.items if LINES in block.groups for run in item.runs]
    assert runs
    return runs


def test_the_link_stands_beside_the_shorter_column_and_not_on_a_page_of_its_own():
    broken = make_example("disc-own-list", handout="exercises").sheet.layout.broken
    places = [
        {name for spot in page for name in (spot.block.origin, *(group.key for group in spot.block.groups))}
        for page in broken
    ]
    (page,) = [number for number, names in enumerate(places) if "link" in names]
    assert "exercises" in places[page] and "moving" in places[page]
