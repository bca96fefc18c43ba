"""What counts for a person on the date of the sheet: age, weeks of pregnancy, conditions named, implied and cleared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from handouts.content.models import Condition
from handouts.diagnostics import Collector, Diagnostic, Span
from handouts.patient.models import Override, PatientRecord
from handouts.tailor.plan import Decision
from handouts.tailor.problems import PlaceSpan
from handouts.tailor.rules import UNKNOWN_WEEKS, Facts, check_rule, describe_rule, name_condition

PREGNANCY = "pregnancy"
"""The condition that weeks of pregnancy give."""

LEAST_AGE = 16
"""Years: the guidance that the content rests on (NICE NG59) starts at 16; a child's back pain needs a doctor."""

MOST_AGE_PREGNANT = 60
"""Years: above it a record that says pregnant has a wrong date of birth or a wrong pregnancy; neither is guessed."""


@dataclass(frozen=True, slots=True)
class Situation:
    """Facts with what led to them: the conditions in the library's order, and the decisions taken."""

    facts: Facts
    conditions: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()


def count_years(born: date, day: date) -> int:
    """Return the birthdays reached on ``day``; someone born on 29 February has theirs on 1 March of other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def assess_person(
    library_conditions: Mapping[str, Condition],
    exercise_ids: Iterable[str],
    record: PatientRecord,
    day: date,
    problems: Collector,
    place: PlaceSpan,
) -> Situation:
    """Return what counts for the person on ``day``.

    Adds to ``problems``: an unknown condition, under 16, a birth after the date, a pregnancy that contradicts the age,
    an override that names neither an exercise nor a condition that can be cleared.
    """
    age = None if record.date_of_birth is None else count_years(record.date_of_birth, day)
    for at, name in enumerate(record.conditions):
        if name not in library_conditions:
            problems.add(_report_unknown("condition", name, library_conditions, place(("conditions", at))))
    stated = set(record.conditions)
    if record.pregnant_weeks is not None:
        stated.add(PREGNANCY)
    stated.update(PREGNANCY for name in record.conditions if _stands_for_pregnancy(name, library_conditions))
    weeks = record.pregnant_weeks
    if weeks is None and PREGNANCY in stated:
        weeks = UNKNOWN_WEEKS
    _check_age(age, weeks, problems, place)
    given = Facts("personal", conditions=frozenset(stated), uncleared=frozenset(stated), weeks=weeks, age=age)
    decisions: list[Decision] = []
    if age is None:
        decisions.append(Decision("age", "nothing is decided by age", "the record has no date of birth"))
    for name, condition in library_conditions.items():
        if condition.implied_by and name not in record.conditions and check_rule(condition.implied_by, given):
            stated.add(name)
            because = describe_rule(condition.implied_by, given)
            decisions.append(Decision(name, f"{name_condition(name)} counts", because))
    if weeks == UNKNOWN_WEEKS and record.pregnant_weeks is None:
        decisions.append(Decision(PREGNANCY, "every limit of pregnancy holds", "the weeks are not in the record"))
    cleared = _find_cleared(library_conditions, set(exercise_ids), record, stated, problems, place)
    for name, override in cleared.items():
        what = f"{name_condition(name)} is cleared, its limits are lifted"
        decisions.append(Decision(name, what, f"{override.by}: {override.reason}"))
    ordered = tuple(name for name in library_conditions if name in stated)
    facts = Facts(
        audience="personal",
        conditions=frozenset(ordered),
        uncleared=frozenset(name for name in ordered if name not in cleared),
        stage=record.stage,
        pattern=record.pattern,
        side=record.side,
        work=record.work,
        sleeps_on=record.sleeps_on,
        weeks=weeks,
        age=age,
    )
    return Situation(facts, ordered, tuple(decisions))


def _check_age(age: int | None, weeks: int | None, problems: Collector, place: PlaceSpan) -> None:
    if age is None:
        return
    span = place(("date_of_birth",))
    if age < 0:
        problems.add(Diagnostic("born-later", "the date of birth is after the date of the sheet", span))
    elif age < LEAST_AGE:
        message = f"no handout under {LEAST_AGE}: these sheets are for people of {LEAST_AGE} and over"
        hint = "back pain in a child needs a clinician's look; an override does not change this"
        problems.add(Diagnostic("under-age", message, span, hint=hint))
    elif weeks is not None and age > MOST_AGE_PREGNANT:
        message = f"the record contradicts itself: pregnant and over {MOST_AGE_PREGNANT} years old"
        hint = "mend the date of birth, or take the pregnancy out"
        problems.add(Diagnostic("contradiction", message, span, hint=hint))


def _stands_for_pregnancy(name: str, conditions: Mapping[str, Condition]) -> bool:
    """Return whether a condition (such as pelvic girdle pain) shares the column of pregnancy: it is one."""
    condition, pregnancy = conditions.get(name), conditions.get(PREGNANCY)
    return condition is not None and pregnancy is not None and condition.column == pregnancy.column is not None


def _find_cleared(
    conditions: Mapping[str, Condition],
    exercise_ids: set[str],
    record: PatientRecord,
    stated: set[str],
    problems: Collector,
    place: PlaceSpan,
) -> dict[str, Override]:
    cleared: dict[str, Override] = {}
    for at, override in enumerate(record.overrides):
        span = place(("overrides", at, "id"))
        condition = conditions.get(override.id)
        if condition is not None and condition.clearable:
            if override.id in stated:
                cleared[override.id] = override
        elif condition is not None:
            message = f"the condition '{override.id}' cannot be cleared"
            hint = "take it out of the record when it no longer holds, or override single moves"
            problems.add(Diagnostic("not-clearable", message, span, hint=hint))
        elif override.id not in exercise_ids:
            names = [*exercise_ids, *(name for name, item in conditions.items() if item.clearable)]
            problems.add(_report_unknown("exercise or condition", override.id, names, span))
    return cleared


def _report_unknown(kind: str, given: str, candidates: Iterable[str], span: Span) -> Diagnostic:
    return Diagnostic(
        f"unknown-{kind.split(maxsplit=1)[0]}",
        f"there is no {kind} '{given}'",
        span,
        given=given,
        candidates=tuple(sorted(candidates)),
    )
