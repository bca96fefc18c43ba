"""Records nobody thought of: every plan that can be printed fits its pages, with its box whole."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from handouts.diagnostics import LayoutError, PatientError
from handouts.patient.models import PatientRecord
from handouts.pipeline import Choices
from tests.tailor.records import draw_record
from tests.test_examples import find_pipeline

RECORDS = 40


def test_any_record_that_is_safe_to_print_fits():
    pipeline = find_pipeline()
    random = Random(20261123)
    laid_out = 0
    for _ in range(RECORDS):
        record = draw_record(random, pipeline.library)
        try:
            plan = pipeline.plan("back-spasms", record, Choices(date(2026, 11, 23), "option"))
        except PatientError:
            continue
        for paper in ("a4", "letter"):
            sheet = pipeline.lay_out(plan, paper)
            assert len(sheet.pages) <= (4 if len(plan.exercises) <= 3 else 6)
            laid_out += 1
    assert laid_out > RECORDS


def plan_much_care(pipeline):
    """Return the plan of few moves for somebody of whom much must be said."""
    record = PatientRecord(
        "Siobhán Müller",
        date_of_birth=date(2004, 12, 14),
        seen_by="J. Patel, physiotherapist",
        goal="Sit through a film",
        notes="Use the chair with arms for now.\nCall us on Friday to say how you are.",
        stage="later",
        work="lifting",
        sleeps_on="side",
        conditions=("pelvic-girdle-pain", "disc-or-sciatica", "spondylolisthesis", "owns-tens"),
    )
    return pipeline.plan("back-spasms", record, Choices(date(2026, 11, 23), "option"))


def test_what_must_be_printed_has_a_page_more_rather_than_no_sheet():
    pipeline = find_pipeline()
    plan = plan_much_care(pipeline)
    assert len(plan.exercises) <= 3 and plan.pages_small == 4
    sheet = pipeline.lay_out(plan, "a4")
    assert 4 < sheet.count <= plan.pages_most
    must = {part.id for part in plan.parts if not part.if_room and not part.extra}
    shown = {group.key for page in sheet.pages for placed in page.placed for group in placed.block.groups}
    assert {"exercises", "conditions-care"} <= must
    assert must - {"red-flags"} <= shown and not must & set(sheet.left_out)


def test_more_pages_than_a_handout_may_have_are_an_error_that_names_the_section():
    pipeline = find_pipeline()
    plan = replace(plan_much_care(pipeline), pages_most=3, pages_small=2)
    with pytest.raises(LayoutError, match="and may have 3; it overflows here") as caught:
        pipeline.lay_out(plan, "letter")
    (fault,) = caught.value.diagnostics
    assert fault.rule == "too-many-pages" and fault.span.file in {part.id for part in plan.parts}
