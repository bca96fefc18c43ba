"""Sections as flows: short ones stay together, long ones may run into the next column."""

import datetime
from dataclasses import replace

from handouts.layout.compose import SHORT_RUN, compose_part
from handouts.patient.models import PatientRecord
from handouts.pipeline import Choices
from tests.test_examples import find_pipeline, make_example

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
