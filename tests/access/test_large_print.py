"""Large print is laid out anew: one column, page 1 as designed, doses and tables that stay readable."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from handouts.layout.blocks.tables import set_table
from handouts.layout.page import Tag, Text
from handouts.patient.models import PatientRecord
from handouts.pipeline import Choices
from handouts.tailor.plan import Table, TableRow

from .variants import DAY, PAPERS, Variant, list_people, make_variant, open_shared

LONG = PatientRecord(
    name="Maria Fernanda Gonçalves da Conceição Albuquerque",
    reference="HL-2041-2026",
    seen_by="Dr Jayantha Patel-Wijeratne, specialist physiotherapist",
    seen_on=DAY,
    next_visit=DAY.replace(month=12),
    date_of_birth=DAY.replace(year=1940),
    conditions=("osteoporosis", "falls-risk"),
)


def read_lines(page, origin=None) -> list[str]:
    return [
        "".join(run.text for run in item.runs)
        for placed in page.placed
        if origin in {None, placed.block.origin}
        for item in placed.block.items
        if isinstance(item, Text)
    ]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("who", list_people())
def test_page_1_holds_tier_1_and_page_2_opens_with_tier_2(who, paper) -> None:
    made = make_variant(Variant("back-spasms", "large-print", paper, who))
    check_opening(made)
    assert len(made.sheet.pages) <= 3 * made.plan.pages_most


def test_few_moves_have_thrice_the_pages_of_few_moves() -> None:
    pipeline = open_shared()
    record = PatientRecord("Maria Lopez", seen_on=DAY, conditions=("knee-replacement", "blood-thinner"))
    counts = {}
    for edition in ("standard", "large-print"):
        plan = pipeline.plan("back-spasms", record, Choices(DAY, "option", edition=edition))
        counts[edition] = len(
            pipeline.lay_out(replace(plan, exercises=plan.exercises[:3], layout_digest=edition)).pages
        )
    assert counts["standard"] == plan.pages_small == 4
    assert 2 * 4 <= counts["large-print"] <= 3 * 4


@pytest.mark.parametrize("paper", PAPERS)
def test_long_names_do_not_push_the_box_off_page_1(paper) -> None:
    pipeline = open_shared()
    clinic = replace(
        pipeline.clinic,
        name="Harbour Lane Physiotherapy and Sports Medicine Centre",
        address=("Unit 14, Harbour Lane Business Park", "Millbrook, Countyshire MB2 4QX"),
    )
    choices = Choices(DAY, "option", edition="large-print")
    plan = replace(pipeline, clinic=clinic).plan("back-spasms-more", LONG, choices)
    made = pipeline.lay_out(plan, paper)
    words = " ".join([*read_lines(made.pages[0], "strip-clinic"), *read_lines(made.pages[0], "strip")])
    for value in (LONG.name, LONG.reference, LONG.seen_by, "23 December 2026", clinic.name):
        assert value.replace(" ", "") in words.replace(" ", "")
    assert plan.red_flags.today_short in " ".join(read_lines(made.pages[0], "red-flags"))


def check_opening(made) -> None:
    first, second = made.sheet.pages[:2]
    box = made.plan.red_flags
    words = " ".join(read_lines(first, "red-flags"))
    assert [words.count(line.text) for line in box.now.items] == [1] * len(box.now.items)
    assert words.endswith(box.today_short)
    assert second.placed[0].block.origin == "red-flags"
    assert " ".join(read_lines(second, "red-flags")).endswith(box.last.text)


def test_all_running_text_stands_in_one_column() -> None:
    made = make_variant(Variant("back-spasms", "large-print", "a4", "pregnant"))
    for page in made.sheet.pages:
        blocks = sorted((place.y, place.y + place.block.height) for place in page.placed if not place.block.artifact)
        assert all(upper[1] <= lower[0] + 0.01 for upper, lower in pairwise(blocks))


def test_a_dose_is_broken_between_its_parts_inside_its_badge() -> None:
    made = make_variant(Variant("back-spasms", "large-print", "a4", "early-desk"))
    lines = [line for page in made.sheet.pages for line in read_lines(page) if line.endswith(" ·")]
    lines = [line for line in lines if made.plan.sheet_id not in line]
    doses = [" · ".join(card.dose.words) for card in made.plan.exercises]
    assert lines
    assert all(any(dose.startswith(line) for dose in doses) for line in lines)


def make_wide_table(columns: int) -> Table:
    heads = ("Pack", *(f"Column {number}" for number in range(1, columns)))
    cells = ("Heat", *(f"Words of the cell {number} that want room" for number in range(1, columns)))
    return Table("wide", "Many columns", heads, (TableRow("heat", "pack-hot", cells), TableRow("cold", None, cells)))


@pytest.mark.parametrize(("columns", "role"), [(3, "Table"), (7, "Sect")])
def test_a_table_whose_cells_would_be_narrow_becomes_a_list(columns, role) -> None:
    pipeline = open_shared()
    plan = pipeline.plan("red-flags", None, Choices(DAY, "option", edition="large-print"))
    setting = pipeline.find_setting(plan, "a4")
    block = set_table(setting, make_wide_table(columns), setting.width, ())
    assert block.tags[0].role == role
    words = " ".join("".join(run.text for run in item.runs) for item in block.items if isinstance(item, Text))
    assert words.count("that want room") == 2 * (columns - 1)
    if role == "Sect":
        assert words.count("Column 6: ") == 2
        entries = block.tags[0].children[1]
        assert isinstance(entries, Tag) and [entry.role for entry in entries.children] == ["LI", "LI"]
