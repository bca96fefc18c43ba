"""The check of a row says what making its plan would say."""

from random import Random

import pytest

from handouts.commands.batch_room import find_overflow
from handouts.diagnostics import Collector, LayoutError, PatientError, Severity, Span
from handouts.patient.models import PatientRecord
from handouts.pipeline import Choices
from handouts.tailor.assembly import check_plan, tailor_plan
from tests.tailor.records import CLINIC, DAY, draw_record, read_library
from tests.test_examples import find_pipeline


def find_problems(given):
    try:
        tailor_plan(*given, date=DAY, date_from="option")
    except PatientError as problem:
        return problem.diagnostics
    return ()


def test_checks_find_what_plans_find():
    library = read_library()
    random = Random(23)
    refused = 0
    for _ in range(400):
        record = draw_record(random, library)
        given = (library, "back-spasms", record, CLINIC)
        checked = Collector()
        check_plan(*given, checked, date=DAY)
        planned = find_problems(given)
        assert tuple(item for item in checked if item.severity is Severity.ERROR) == planned
        refused += bool(planned)
    assert 20 < refused < 380


MUCH = {"name": "Zebedee", "conditions": "disc-or-sciatica;nsaid-allergy", "pregnant_weeks": "20", "stage": "later"}


def test_a_sheet_that_needs_too_many_pages_is_a_bad_row_before_any_is_made(desk):
    desk.handout = "back-spasms-short"
    desk.write_table([MUCH.values(), ("Ann", "", "", "early"), MUCH.values()], tuple(MUCH))
    said = desk.run("--paper", "letter", "--date", "2026-11-23", status=1).output
    assert [line.split()[0] for line in said.splitlines() if "[too-many-pages]" in line] == [
        f"{desk.table}:{row}:2:" for row in (2, 4)
    ]
    assert "row 2, column 'conditions': there is too much to be said for one sheet" in said and "Zebedee" not in said
    assert not desk.out.exists()
    desk.run("--paper", "a4", "--date", "2026-11-23")
    assert len(desk.read_files()) == 3


@pytest.mark.parametrize("handout", ["back-spasms-short", "exercises", "sleep", "red-flags"])
def test_no_row_that_is_good_needs_too_many_pages(handout):
    pipeline, random, refused = find_pipeline(), Random(99), 0
    for _ in range(250):
        record = draw_record(random, pipeline.library)
        choices = Choices(DAY, "option", paper=random.choice(("a4", "letter")))
        try:
            plan = pipeline.plan(handout, record, choices)
        except PatientError:
            continue
        found = find_overflow(pipeline, handout, record, choices, NoPlaces(), set())
        try:
            pipeline.lay_out(plan, choices.paper)
        except LayoutError as problem:
            refused += 1
            assert [item.rule for item in found] == [item.rule for item in problem.diagnostics]
        else:
            assert found == []
    assert handout != "back-spasms-short" or refused


def test_only_so_many_kinds_of_sheets_are_laid_out_to_be_checked(monkeypatch):
    pipeline, laid = find_pipeline(), []
    monkeypatch.setattr(type(pipeline), "lay_out_for", lambda self, plan, *given: laid.append(plan))
    records = [
        PatientRecord(name="Ann", conditions=("osteoporosis", "falls-risk"), goal="a" * 10 * number, stage="later")
        for number in (1, 2, 2, 3, 4)
    ]
    monkeypatch.setattr("handouts.commands.batch_room.MOST_LAID_OUT", 3)
    fitting = set()
    for record in records:
        assert find_overflow(pipeline, "sleep", record, Choices(DAY, "option"), NoPlaces(), fitting) == []
    assert (len(laid), len(fitting)) == (3, 3)


class NoPlaces:
    def span(self, path=(), key=False):
        return Span("record")
