"""Records nobody thought of: every plan that can be printed fits its pages, with its box whole."""

from datetime import date
from random import Random

from handouts.diagnostics import PatientError
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
