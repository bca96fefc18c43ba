"""Default sets, reserves, the cap on minutes, and sheets without a record."""

from dataclasses import replace
from datetime import date

import pytest

from handouts.diagnostics import ContentError, PatientError
from handouts.patient.models import ChosenExercise, DoseOverride

from .records import CLINIC, make_plan, make_record, read_library

SETS = {
    ("first-days", "none"): "belly-breathing walking pelvic-tilt single-knee-to-chest upright-march",
    ("early", "none"): "walking pelvic-tilt single-knee-to-chest lower-trunk-rotation cat-camel",
    ("later", "none"): "walking bridge bird-dog cat-camel hamstring-stretch",
    ("early", "worse-bending"): "walking prone-press-up standing-back-bend pelvic-tilt belly-breathing",
    ("later", "worse-standing"): (
        "seated-forward-bend single-knee-to-chest lower-trunk-rotation walking belly-breathing"
    ),
}


@pytest.mark.parametrize(("stage", "pattern"), SETS)
def test_default_set(stage, pattern):
    plan = make_plan(make_record(stage=stage, pattern=pattern))
    assert [card.id for card in plan.exercises] == SETS[stage, pattern].split()


def test_reserves_fill_up_in_their_order():
    plan = make_plan(make_record(stage="early", conditions=("hip-replacement",)))
    assert [card.id for card in plan.exercises] == [
        "walking",
        "pelvic-tilt",
        "cat-camel",
        "overhead-arm-reach",
        "belly-breathing",
    ]
    assert {item.id for item in plan.omissions if item.kind == "exercise"} == {
        "single-knee-to-chest",
        "lower-trunk-rotation",
        "childs-pose",
    }


def test_bird_dog_is_a_reserve_of_later_only():
    no_back_bends = {"pattern": "worse-bending", "conditions": ("spinal-stenosis",)}
    early = make_plan(make_record(stage="early", **no_back_bends))
    later = make_plan(make_record(stage="later", **no_back_bends))
    assert "bird-dog" not in {card.id for card in early.exercises}
    assert "bird-dog" in {card.id for card in later.exercises}


def test_generic_sheet():
    plan = make_plan(None, "back-spasms-waiting-room")
    assert [card.id for card in plan.exercises] == [
        "overhead-arm-reach",
        "upright-march",
        "pelvic-tilt",
        "walking",
        "belly-breathing",
    ]
    assert all(card.not_for for card in plan.exercises if card.id != "belly-breathing")
    assert plan.person is None
    assert all(not card.not_for for card in make_plan(make_record()).exercises)


def test_audience_is_held():
    with pytest.raises(PatientError, match="for everyone"):
        make_plan(make_record(), "back-spasms-waiting-room")
    with pytest.raises(PatientError, match="did you mean 'back-spasms"):
        make_plan(None, "back-spasm")


def test_cap_drops_the_lowest_priority_and_says_so(library):
    own = tuple(ChosenExercise(name) for name in ("hamstring-stretch", "piriformis-figure-4", "bridge", "bird-dog"))
    record = make_record(stage="later", exercises=own)
    whole = make_plan(record, "exercises")
    capped = make_plan(record, "exercises", clinic=replace(CLINIC, minutes_cap=whole.minutes_per_day - 1))
    (omission,) = [item for item in capped.omissions if item.kind == "exercise"]
    worst = max(own, key=lambda entry: library.exercises[entry.id].priority).id
    assert omission.id == worst
    assert f"{whole.minutes_per_day - 1} minutes" in omission.reason
    assert capped.minutes_per_day < whole.minutes_per_day


def test_cap_keeps_three_moves():
    plan = make_plan(make_record(stage="later"), clinic=replace(CLINIC, minutes_cap=0))
    assert len(plan.exercises) == 3
    assert any(item.id == "minutes-cap" for item in plan.decisions)
    assert "walking" in {card.id for card in plan.exercises}


def test_dose_of_the_clinician_within_the_limit():
    dose = DoseOverride(repetitions=5, hold_seconds=10, times_per_day=2)
    own = (ChosenExercise("single-knee-to-chest", "left", dose),)
    (card,) = make_plan(make_record(exercises=own), "exercises").exercises
    assert card.dose.words == ("Hold 10 seconds", "5 times", "2 times a day")
    assert card.seconds_per_day == 5 * 10 * 2
    assert card.figure.side == card.side == "left"
    assert "your left" in " ".join(step.text for step in card.steps)
    assert "your left" in " ".join(card.figure.alt)


def test_a_move_for_later_chosen_early_is_said():
    plan = make_plan(make_record(exercises=(ChosenExercise("plank"),)), "exercises")
    assert any(item.id == "plank" and "for later" in item.what for item in plan.decisions)


def test_dose_above_the_limit_names_the_limit():
    own = (ChosenExercise("single-knee-to-chest", None, DoseOverride(repetitions=11)),)
    with pytest.raises(PatientError, match="1 to 10"):
        make_plan(make_record(exercises=own))


def test_side_that_hurts_comes_first():
    left, none = (make_plan(make_record(side=side)).exercises[2] for side in ("left", "none"))
    assert left.id == "single-knee-to-chest" and left.side == "both"
    assert left.figure.first == "left" and "left side first" in left.dose.words
    assert none.figure.first is None and "left side first" not in none.dose.words


def test_red_flag_box_cannot_be_left_out(library):
    handout = library.handouts["back-spasms"]
    bare = handout.model_copy(update={"parts": tuple(part for part in handout.parts if part.part != "red-flags")})
    without = replace(library, handouts={"back-spasms": bare}, digest="without")
    with pytest.raises(ContentError, match="red-flag box"):
        make_plan(make_record(), library=without)


def test_red_flag_line_with_a_rule_is_refused(library):
    first, *rest = library.red_flags.now.items
    ruled = first.model_copy(update={"unless": library.red_flags.now.extra[0].when})
    tier = library.red_flags.now.model_copy(update={"items": (ruled, *rest)})
    box = library.red_flags.model_copy(update={"now": tier})
    with pytest.raises(ContentError, match=first.id):
        make_plan(make_record(), library=replace(library, red_flags=box, digest="ruled"))


def test_red_flag_lines_are_refused_rather_than_cut(library):
    extra = library.red_flags.today.extra * 2
    box = library.red_flags.model_copy(update={"today": library.red_flags.today.model_copy(update={"extra": extra})})
    with pytest.raises(ContentError, match="may have 4 lines"):
        make_plan(make_record(), library=replace(library, red_flags=box, digest="surplus"))


def test_sleep_follows_its_rules():
    plan = make_plan(make_record(pregnant_weeks=28), "sleep")
    assert plan.sleep[0].id == "side"
    assert {"back", "front"} & {card.id for card in plan.sleep} == set()
    back = next(item for item in plan.omissions if item.id == "back")
    assert back.kind == "sleep" and back.condition == "pregnancy" and "week 28" in back.reason
    earlier = next(item for item in make_plan(make_record(pregnant_weeks=27), "sleep").omissions if item.id == "back")
    assert "(N)" in back.reason and "(A)" in earlier.reason
    assert "back" in {card.id for card in make_plan(make_record(pregnant_weeks=15), "sleep").sleep}
    assert make_plan(make_record(sleeps_on="back"), "sleep").sleep[0].id == "back"


def test_no_position_left_asks_for_one():
    plan = make_plan(make_record(pregnant_weeks=30, conditions=("hip-replacement",)), "sleep")
    assert [card.id for card in plan.sleep] == ["log-roll"]
    assert plan.ask_for_sleep
    assert make_plan(make_record(), "sleep").ask_for_sleep is None


def test_falls_risk_from_the_76th_birthday():
    before = make_plan(make_record(date_of_birth=date(1950, 11, 24)))
    after = make_plan(make_record(date_of_birth=date(1950, 11, 23)))
    assert "falls-risk" not in before.conditions
    assert "falls-risk" in after.conditions
    assert any(item.id == "falls-risk" and "76" in item.because for item in after.decisions)


@pytest.mark.parametrize("others", [(), ("spinal-stenosis",), ("falls-risk",), ("cannot-get-to-floor", "wrist-pain")])
def test_with_weak_bones_the_back_is_strengthened_on_three_days_a_week(others):
    """Guidance, section 11: 3 to 5 repeats or holds of 3 to 5 seconds on 2 or 3 days a week."""
    record = make_record(stage="later", conditions=("osteoporosis", *others))
    cards = [card for card in make_plan(record, "exercises").exercises if card.id in {"bridge", "bird-dog"}]
    assert len(cards) == 2
    for card in cards:
        assert card.version.endswith("fewer-days")
        assert card.dose.days_per_week == 3 and card.dose.repetitions <= 5 and card.dose.hold_seconds <= 5
        version = next(item for item in read_library().exercises[card.id].versions if item.id == card.version)
        limit = version.dose.limit
        assert (limit.days_per_week, limit.repetitions, limit.hold_seconds) == (3, 5, 5)
