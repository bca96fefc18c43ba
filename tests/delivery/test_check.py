"""The check of a row says what making its plan would say."""

from random import Random

from handouts.diagnostics import Collector, PatientError, Severity
from handouts.tailor.assembly import check_plan, tailor_plan
from tests.tailor.records import CLINIC, DAY, draw_record, read_library


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
