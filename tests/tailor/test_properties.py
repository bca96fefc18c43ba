"""What must hold for every record, sensible or not."""

import math
import re
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handouts.diagnostics import PatientError, Span
from handouts.tailor.conditions import count_years
from handouts.tailor.rulebook import open_rulebook
from handouts.tailor.rules import Facts
from handouts.tailor.verdicts import STRICTNESS

from .records import CLINIC, DAY, draw_record, make_plan, make_record, read_library
from .table import settle_verdict

RECORDS = 20_000
HANDOUTS = ("back-spasms", "back-spasms", "back-spasms-short", "exercises", "sleep")
MARKS = ("guideline", "web-page", "source-article", "general-knowledge", "clinic profile")


def test_twenty_thousand_records():
    library, random = read_library(), Random(20261123)
    seen = {"plan": 0, "refused": 0}
    for _ in range(RECORDS):
        record = draw_record(random, library)
        seen[check_record(library, record, random.choice(HANDOUTS))] += 1
    assert seen["plan"] > RECORDS / 3
    assert seen["refused"] > RECORDS / 10


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False))
def test_any_record(random):
    check_record(read_library(), draw_record(random, read_library()), "back-spasms")


def check_record(library, record, handout):
    age = None if record.date_of_birth is None else count_years(record.date_of_birth, DAY)
    try:
        plan = make_plan(record, handout)
    except PatientError as error:
        check_refusal(library, record, age, error)
        return "refused"
    assert age is None or age >= 16
    check_moves(library, record, age, plan)
    check_sides(record, plan)
    check_minutes(plan)
    check_box(library, plan)
    for item in plan.omissions:
        assert item.reason.endswith((".", "!", "?")), item
        assert item.source and any(mark in item.source for mark in MARKS), item
    return "plan"


def check_refusal(library, record, age, error):
    """A refusal has a cause that can be seen in the record."""
    rules = {problem.rule for problem in error.diagnostics}
    if age is not None and age < 16:
        assert "under-age" in rules
    for problem in error.diagnostics:
        if problem.rule == "move-refused":
            assert any(
                settle_verdict(library, entry.id, record, age) in "AN" and f"'{entry.id}'" in problem.message
                for entry in record.exercises
            )
        else:
            assert problem.rule in {"under-age", "contradiction", "wrong-dose", "wrong-side"}


def check_moves(library, record, age, plan):
    overridden = {item.id for item in record.overrides}
    blocked = uncleared(library, record)
    printed = [card.id for card in plan.exercises]
    assert len(printed) == len(set(printed))
    for card in plan.exercises:
        verdict = settle_verdict(library, card.id, record, age)
        if card.overridden_by:
            assert card.id in overridden and verdict in "AN" and not blocked
            continue
        assert verdict in "YM", (card.id, verdict, record)
        assert (card.version is None) == (verdict == "Y")
    if record.exercises is not None:
        dropped = {item.id for item in plan.omissions if item.kind == "exercise"}
        assert plan.handout == "sleep" or {entry.id for entry in record.exercises} == set(printed) | dropped
        return
    if plan.handout == "sleep":
        assert not printed
        return
    assert len(printed) <= library.default_sets.most
    if plan.ask_for_moves:
        last = {"walking", "belly-breathing"}
        allowed = {name for name in last if settle_verdict(library, name, record, age) in "YM"}
        assert {card.id for card in plan.exercises if not card.overridden_by} == allowed
    else:
        assert len(printed) >= library.default_sets.least


def uncleared(library, record):
    cleared = {item.id for item in record.overrides}
    return [name for name in record.conditions if library.conditions[name].clearable and name not in cleared]


def check_sides(record, plan):
    chosen = {entry.id: entry.side for entry in record.exercises or ()}
    for card in plan.exercises:
        wanted = chosen.get(card.id)
        if wanted in {"left", "right"}:
            assert card.side == wanted
        else:
            assert card.side in {"both", "none"}
        assert card.figure.side == ("both" if card.side == "none" else card.side)
        words = " ".join([*card.figure.alt, *(step.text for step in card.steps), *card.dose.words])
        assert "{" not in words
        other = {"left": "right", "right": "left"}.get(card.side)
        if other is not None:
            named = re.findall(r"\byour (left|right)\b", words)
            assert not named or card.side in named
            assert not card.dose.each_side or "each" not in " ".join(card.dose.words)
        else:
            assert not re.search(r"\byour (left|right)\b", words)


def check_minutes(plan):
    total = 0
    for card in plan.exercises:
        dose = card.dose
        sides = 2 if dose.each_side else 1
        seconds = dose.sets * (dose.repetitions or 0) * (dose.hold_seconds or 3) * sides * dose.times_per_day
        seconds += (dose.minutes or 0) * 60 * dose.times_per_day
        assert card.seconds_per_day == seconds
        if card.group == "move":
            total += seconds
    assert plan.minutes_per_day == math.ceil(total / 60)


def check_box(library, plan):
    for tier, source in ((plan.red_flags.now, library.red_flags.now), (plan.red_flags.today, library.red_flags.today)):
        fixed = [line.id for line in source.items]
        assert [line.id for line in tier.items][: len(fixed)] == fixed
        assert [line.text for line in tier.items][: len(fixed)] == [line.text for line in source.items]
        assert len(tier.items) <= len(fixed) + 4
    assert plan.red_flags.last.id == library.red_flags.last.id
    assert any(part.kind == "red-flags" for part in plan.parts)


def test_one_condition_more_never_loosens():
    """Adding a condition never adds a move to the allowed ones and never loosens a verdict."""
    library, random = read_library(), Random(7)
    verdicts = open_rulebook(library, CLINIC, "en", Span("-")).verdicts
    names = list(library.conditions)
    for _ in range(3_000):
        few = frozenset(random.sample(names, random.randint(0, 5)))
        more = few | {random.choice(names)}
        weeks = random.choice((None, 8, 15, 16, 30))
        for move in library.exercises:
            before = verdicts.judge_move(move, Facts("personal", few, few, weeks=weeks))
            after = verdicts.judge_move(move, Facts("personal", more, more, weeks=weeks))
            assert STRICTNESS[after.verdict] >= STRICTNESS[before.verdict], (move, few, more, weeks)


def test_one_condition_more_never_takes_a_warning_away():
    library, random = read_library(), Random(11)
    names = list(library.conditions)
    for _ in range(300):
        few = tuple(random.sample(names, random.randint(0, 3)))
        lines = list_warnings(make_plan(make_record(conditions=few)))
        assert lines <= list_warnings(make_plan(make_record(conditions=(*few, random.choice(names)))))


def list_warnings(plan):
    return {line.id for tier in (plan.red_flags.now, plan.red_flags.today) for line in tier.items}
