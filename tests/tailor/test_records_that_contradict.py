"""Records that contradict themselves, and lists that the rules refuse: nothing is made, and all reasons are given."""

from datetime import date

import pytest

from handouts.diagnostics import PatientError, Span
from handouts.patient.models import ChosenExercise, DoseOverride, Override

from .records import make_plan, make_record


def refuse(**keys):
    with pytest.raises(PatientError) as caught:
        make_plan(make_record(**keys), place=lambda path: Span("p.yaml", len(path), 7))
    return {problem.rule: problem for problem in caught.value.diagnostics}


def test_pregnant_and_aged_80():
    problem = refuse(pregnant_weeks=20, date_of_birth=date(1946, 1, 1))["contradiction"]
    assert str(problem.span) == "p.yaml:1:7"
    assert "pregnant" in problem.message


def test_pelvic_girdle_pain_counts_as_pregnant_at_80():
    assert "contradiction" in refuse(conditions=("pelvic-girdle-pain",), date_of_birth=date(1946, 1, 1))


def test_hip_replacement_with_childs_pose_and_plank():
    with pytest.raises(PatientError) as caught:
        make_plan(
            make_record(
                conditions=("hip-replacement",),
                exercises=(ChosenExercise("childs-pose"), ChosenExercise("walking"), ChosenExercise("plank")),
            )
        )
    first, second = caught.value.diagnostics
    assert "childs-pose" in first.message and "(N)" in first.message and "HIP-LHSC" in first.message
    assert "plank" in second.message and "(A)" in second.message
    assert "overrides" in first.hint


def test_override_prints_the_card_and_says_so():
    plan = make_plan(
        make_record(
            conditions=("hip-replacement",),
            exercises=(ChosenExercise("childs-pose"), ChosenExercise("walking")),
            overrides=(Override("childs-pose", "J. Patel", "small range agreed"),),
        )
    )
    card = plan.exercises[0]
    assert (card.id, card.version, card.overridden_by) == ("childs-pose", None, "J. Patel: small range agreed")
    (decision,) = [item for item in plan.decisions if item.id == "childs-pose"]
    assert "against the rules" in decision.what and "HIP" not in decision.what
    assert "J. Patel: small range agreed" in decision.because and "90 degrees" in decision.because


@pytest.mark.parametrize("born", [date(2010, 11, 24), date(2020, 1, 1)])
def test_under_16_whatever_is_overridden(born):
    everything = tuple(Override(name, "J. Patel", "seen") for name in ("walking", "plank", "cancer-history"))
    problem = refuse(date_of_birth=born, overrides=everything)["under-age"]
    assert "override does not change this" in problem.hint


def test_sixteenth_birthday_is_enough():
    assert make_plan(make_record(date_of_birth=date(2010, 11, 23))).exercises


def test_born_after_the_sheet():
    assert "wrong-date" in refuse(date_of_birth=date(2026, 11, 24))


def test_all_problems_at_once():
    rules = refuse(
        date_of_birth=date(2015, 1, 1),
        conditions=("osteoporosis", "osteoporsis"),
        exercises=(
            ChosenExercise("childs-pose"),
            ChosenExercise("childs-pos"),
            ChosenExercise("walking", dose=DoseOverride(minutes=200, hold_seconds=3)),
            ChosenExercise("pelvic-tilt", side="left"),
            ChosenExercise("walking"),
        ),
        overrides=(Override("osteoporosis", "J. Patel", "seen"), Override("plang", "J. Patel", "seen")),
    )
    assert set(rules) == {
        "under-age",
        "unknown-id",
        "move-refused",
        "wrong-dose",
        "wrong-side",
        "duplicate-exercise",
        "wrong-override",
    }


@pytest.mark.parametrize(
    ("name", "dose", "said", "hint"),
    [
        ("pelvic-tilt", DoseOverride(minutes=5), "no 'minutes'", "it has hold_seconds"),
        ("walking", DoseOverride(hold_seconds=5), "no 'hold_seconds'", "it has sets, minutes"),
        (
            "pelvic-tilt",
            DoseOverride(repetitions=11),
            "outside what the card allows (1 to 10)",
            "at most 10",
        ),
        (
            "pelvic-tilt",
            DoseOverride(repetitions=0),
            "outside what the card allows (1 to 10)",
            "at most 10",
        ),
    ],
)
def test_a_dose_that_the_card_does_not_have(name, dose, said, hint):
    problem = refuse(exercises=(ChosenExercise(name, dose=dose),))["wrong-dose"]
    assert said in problem.message and hint in problem.hint


@pytest.mark.parametrize("sided", ["none", "body"])
def test_a_side_on_a_move_that_has_none(library, sided):
    name = next(card.id for card in library.exercises.values() if card.sided == sided)
    assert "wrong-side" in refuse(exercises=(ChosenExercise(name, "left"),))


def test_an_override_of_a_move_does_not_clear_a_condition():
    own = (ChosenExercise("walking"),)
    by_move = (Override("walking", "J. Patel", "seen"),)
    problem = refuse(conditions=("cancer-history",), exercises=own, overrides=by_move)["move-refused"]
    assert "cancer-history" in problem.hint
    cleared = (Override("cancer-history", "J. Patel", "checked in clinic"),)
    plan = make_plan(make_record(conditions=("cancer-history",), exercises=own, overrides=cleared))
    assert [card.overridden_by for card in plan.exercises] == [None]


@pytest.mark.parametrize("name", ["cancer-history", "weak-immune-system", "long-term-steroids"])
def test_nothing_before_it_is_cleared(library, name):
    plan = make_plan(make_record(conditions=(name,)))
    assert plan.exercises == () and plan.minutes_per_day == 0
    assert plan.ask_for_moves
    assert "heat-and-cold" not in {part.id for part in plan.parts}
    omitted = {item.id: item for item in plan.omissions}
    assert omitted["heat-and-cold"].condition == name
    assert omitted["walking"].condition == omitted["belly-breathing"].condition == name
    cleared = make_plan(make_record(conditions=(name,), overrides=(Override(name, "J. Patel", "checked"),)))
    assert len(cleared.exercises) == 5
    assert "heat-and-cold" in {part.id for part in cleared.parts}
    assert any(item.id == name and "J. Patel: checked" in item.because for item in cleared.decisions)


def test_cleared_steroids_still_keep_ibuprofen_back():
    clear = (Override("long-term-steroids", "J. Patel", "checked"),)
    plan = make_plan(make_record(conditions=("long-term-steroids",), overrides=clear))
    assert "medicine-ibuprofen" in {item.id for item in plan.omissions}
    assert "medicine-ibuprofen" not in {item.id for item in make_plan(make_record()).omissions}


def test_fracture_not_ruled_out_leaves_breathing():
    plan = make_plan(make_record(conditions=("fracture-not-ruled-out", "osteoporosis")))
    assert [card.id for card in plan.exercises] == ["belly-breathing"]
    assert plan.ask_for_moves


def test_recent_surgery_leaves_breathing_and_walking():
    plan = make_plan(make_record(conditions=("recent-surgery",), stage="later"))
    assert {card.id for card in plan.exercises} == {"walking", "belly-breathing"}
    assert plan.ask_for_moves


def test_empty_own_list_asks_for_moves():
    plan = make_plan(make_record(exercises=()))
    assert plan.exercises == () and plan.ask_for_moves
