"""The edges of what is chosen: what a clinician insisted on, the least and the most, and the limits of age."""

from dataclasses import replace
from datetime import date

import pytest

from handouts.content.models import DefaultSet, DefaultSets, Rule
from handouts.diagnostics import PatientError, Span
from handouts.patient.models import ChosenExercise, Override
from handouts.tailor.outline import MOST_MESSAGES
from handouts.tailor.people import OLDER_FROM, choose_figure_person
from handouts.tailor.rulebook import open_rulebook
from handouts.tailor.rules import Facts
from handouts.tailor.selection import FALLBACK_MOVES
from handouts.tailor.sleep import choose_sleep
from handouts.tailor.trail import Trail
from handouts.tailor.verdicts import Verdicts

from .records import CLINIC, DAY, make_plan, make_record


def insist(*names):
    return tuple(Override(name, "J. Patel", "seen and agreed") for name in names)


def set_moves(library, *names):
    """Return a library whose only default set has these moves."""
    sets = DefaultSets(sets=(DefaultSet(id="only", when=Rule(), moves=names),))
    return replace(library, default_sets=sets, digest=" ".join(names))


def judge(library, condition):
    """Return which moves of the library a person with a condition may do."""
    verdicts = Verdicts(library.moves, library.conditions, library.exercises)
    held = frozenset({condition})
    facts = Facts("personal", conditions=held, uncleared=held)
    return {name: verdicts.judge_move(name, facts).allowed for name in library.exercises}


def test_a_move_insisted_on_stays_where_few_are_left(library):
    allowed = judge(library, "fracture-not-ruled-out")
    early = next(item for item in library.default_sets.sets if item.id == "early")
    wanted = next(name for name in early.moves if not allowed[name] and name not in FALLBACK_MOVES)
    plan = make_plan(make_record(conditions=("fracture-not-ruled-out",), overrides=insist(wanted)))
    assert plan.ask_for_moves
    assert [card.id for card in plan.exercises] == [*(name for name in FALLBACK_MOVES if allowed[name]), wanted]
    assert plan.exercises[-1].overridden_by


@pytest.mark.parametrize("count", [2, 3, 4])
def test_fewer_than_the_least_ask_for_more(library, count):
    names = ("pelvic-tilt", "cat-camel", "overhead-arm-reach", "upright-march")[:count]
    plan = make_plan(make_record(), library=set_moves(library, *names))
    few = count < library.default_sets.least
    assert bool(plan.ask_for_moves) == few
    assert {card.id for card in plan.exercises} == set(FALLBACK_MOVES if few else names)


def test_the_cap_drops_no_move_that_was_insisted_on(library):
    allowed = judge(library, "recent-surgery")
    refused = [name for name, card in library.exercises.items() if card.group == "move" and not allowed[name]][:4]
    assert len(refused) > library.default_sets.least
    own = tuple(ChosenExercise(name) for name in refused)
    keys = {"stage": "later", "conditions": ("recent-surgery",), "exercises": own, "overrides": insist(*refused)}
    plan = make_plan(make_record(**keys), clinic=replace(CLINIC, minutes_cap=0))
    assert [card.id for card in plan.exercises] == refused and all(card.overridden_by for card in plan.exercises)
    (said,) = [item for item in plan.decisions if item.id == "minutes-cap"]
    assert "insisted on" in said.because


@pytest.mark.parametrize("count", [5, 6])
def test_a_long_list_is_remarked_on(library, count):
    later = [name for name in library.exercises if name not in ("prone-press-up", "standing-back-bend")][:count]
    plan = make_plan(make_record(stage="later", exercises=tuple(ChosenExercise(name) for name in later)), "exercises")
    said = [item for item in plan.decisions if "more than 5 moves" in item.what]
    assert len(said) == (count > library.default_sets.most == 5)


@pytest.mark.parametrize("column", [True, False])
def test_a_condition_to_be_cleared_that_the_table_does_not_know_refuses_every_move(library, column):
    (name, condition) = next((name, item) for name, item in library.conditions.items() if item.clearable)
    other = next(item.column for item in library.conditions.values() if item.column)
    changed = condition.model_copy(update={"column": other if column else None})
    also = tuple(item for item in library.moves.also if item.id != name)
    table = library.moves.model_copy(update={"also": also})
    verdicts = Verdicts(table, {**library.conditions, name: changed}, library.exercises)
    held = frozenset({name})
    rulings = [
        verdicts.judge_move(move, Facts("personal", conditions=held, uncleared=held)) for move in library.exercises
    ]
    assert all(ruling.verdict in "AN" and ruling.uncleared for ruling in rulings)


@pytest.mark.parametrize("keys", [{"pregnant_weeks": 20}, {"conditions": ("pregnancy",)}])
@pytest.mark.parametrize(
    ("born", "refused"), [(date(1966, 11, 23), False), (date(1965, 11, 24), False), (date(1965, 11, 23), True)]
)
def test_pregnant_at_60_and_at_61(keys, born, refused):
    record = make_record(date_of_birth=born, **keys)
    if refused:
        with pytest.raises(PatientError, match="pregnant and over 60"):
            make_plan(record)
    else:
        assert make_plan(record, day=DAY).exercises


def test_who_is_drawn_from_the_65th_birthday():
    people = ("adult", "older-adult")
    seeds = [f"HL-{number}" for number in range(40)]
    drawn = {
        age: {choose_figure_person(people, Facts("personal", age=age), 16, seed) for seed in seeds}
        for age in (OLDER_FROM - 1, OLDER_FROM, None)
    }
    assert OLDER_FROM == 65
    assert drawn == {64: {"adult"}, 65: {"older-adult"}, None: set(people)}


@pytest.mark.parametrize("most", [1, 2, None])
def test_no_more_sleep_positions_than_the_handout_has_room_for(library, most):
    trail = Trail()
    wording = open_rulebook(library, CLINIC, "en", Span("-")).wording
    every = choose_sleep(library.sleep, Facts("personal"), wording, Trail())
    cards = choose_sleep(library.sleep, Facts("personal"), wording, trail, most)
    positions = [card for card in every if card.kind == "position"]
    assert len(positions) > 2
    kept = positions if most is None else positions[:most]
    assert cards == (*kept, *(card for card in every if card.kind == "move"))
    dropped = [item.id for item in trail.decisions if item.what == "sleep position not printed"]
    assert dropped == sorted(card.id for card in positions[len(kept) :])


@pytest.mark.parametrize("count", [1, 3, 5])
def test_no_more_messages_than_a_person_remembers(library, count):
    handout = library.handouts["back-spasms"]
    line = handout.message[0].model_copy(update={"when": None, "unless": None, "first": None})
    lines = tuple(line.model_copy(update={"id": f"line-{number}"}) for number in range(count))
    changed = {**library.handouts, "back-spasms": handout.model_copy(update={"message": lines})}
    plan = make_plan(make_record(), library=replace(library, handouts=changed, digest=f"messages {count}"))
    assert MOST_MESSAGES == 3
    assert [item.id for item in plan.message] == [item.id for item in lines[:3]]
