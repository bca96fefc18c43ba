"""Every cell of the table of moves, through the bundled library, as a clinician's own list meets it."""

import pytest

from handouts.diagnostics import PatientError
from handouts.patient.models import ChosenExercise

from .records import make_plan, make_record
from .table import COLUMNS, TABLE


def test_table_is_whole(library):
    assert len(TABLE) == 228
    assert set(library.moves.moves) == {move for move, _ in TABLE} == set(library.exercises)
    assert {column.id for column in library.moves.columns} == set(COLUMNS)


@pytest.mark.parametrize(("move", "column"), TABLE)
def test_cell(library, move, column):
    verdict = TABLE[move, column]
    cell = library.moves.moves[move][column]
    assert cell.verdict == verdict
    assert cell.mark in {"guideline", "web-page", "source-article", "general-knowledge"}
    record = make_record(conditions=(column,), exercises=(ChosenExercise(move),))
    if verdict in "AN":
        with pytest.raises(PatientError) as caught:
            make_plan(record, "exercises")
        (problem,) = caught.value.diagnostics
        assert f"({verdict})" in problem.message
        assert cell.mark in problem.message
        return
    (card,) = make_plan(record, "exercises").exercises
    if verdict == "Y":
        assert card.version is None
    else:
        version = next(item for item in library.exercises[move].versions if item.id == card.version)
        assert column in version.safe_for


def test_pregnancy_column_holds_from_week_16_and_for_some_moves_from_the_first(library):
    early = [move for move in library.exercises if _is_refused(move, pregnant_weeks=15)]
    late = [move for move in library.exercises if _is_refused(move, pregnant_weeks=16)]
    unknown = [move for move in library.exercises if _is_refused(move, conditions=("pregnancy",))]
    assert set(early) == {"double-knee-to-chest", "seated-cross-legged-lean", "plank", "prone-press-up"}
    assert set(late) == {move for move, column in TABLE if column == "pregnancy" and TABLE[move, column] == "N"}
    assert unknown == late


def _is_refused(move, **keys):
    try:
        make_plan(make_record(exercises=(ChosenExercise(move),), **keys), "exercises")
    except PatientError:
        return True
    return False
