"""What counts for a person on the date of the sheet: age, weeks of pregnancy, conditions named, implied and cleared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from handouts.content.models import Condition
from handouts.dataclass import dataclass
from handouts.diagnostics import Collector, Diagnostic
from handouts.patient.models import Override, PatientRecord
from handouts.source.document import PlaceSpan
from handouts.tailor.plan import Decision
from handouts.tailor.rules import UNKNOWN_WEEKS, Facts, check_rule, describe_rule, name_condition

PREGNANCY = "pregnancy"
"""The condition that weeks of pregnancy give."""

LEAST_AGE = 16
"""Years: the guidance that the content rests on (NICE NG59) starts at 16; a child's back pain needs a doctor."""

MOST_AGE_PREGNANT = 60
"""Years: above it a record that says pregnant has a wrong date of birth or a wrong pregnancy; neither is guessed."""

_NO_AGE = Decision("age", "nothing is decided by age", "the record has no date of birth")
_NO_WEEKS = Decision(PREGNANCY, "every limit of pregnancy holds", "the weeks are not in the record")


@dataclass(frozen=True, slots=True)
class Situation:
    """Facts with what led to them: the conditions in the library's order, and the decisions taken."""

    facts: Facts
    conditions: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()


def count_years(born: date, day: date) -> int:
    """Return the birthdays reached on ``day``; someone born on 29 February has theirs on 1 March of other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class KnownConditions:
    """The conditions of a library, with what is asked about them for every person."""

    def __init__(self, conditions: Mapping[str, Condition]) -> None:
        self.conditions = conditions
        self._implied = tuple((name, item.implied_by) for name, item in conditions.items() if item.implied_by)
        self._ranks = {name: rank for rank, name in enumerate(conditions)}
        self._pregnant = frozenset(name for name in conditions if _stands_for_pregnancy(name, conditions))

    def find_stated(self, record: PatientRecord) -> set[str]:
        """Return the conditions that a record states; weeks of pregnancy and pelvic girdle pain state pregnancy."""
        stated = set(record.conditions)
        if record.pregnant_weeks is not None or not self._pregnant.isdisjoint(stated):
            stated.add(PREGNANCY)
        return stated

    def add_implied(self, stated: set[str], named: Iterable[str], given: Facts) -> list[Decision]:
        """Add the conditions that follow from the given facts and are not named; return what was decided."""
        decisions = []
        for name, rule in self._implied:
            if name not in named and check_rule(rule, given):
                stated.add(name)
                decisions.append(Decision(name, f"{name_condition(name)} counts", describe_rule(rule, given)))
        return decisions

    def sort_names(self, stated: set[str]) -> tuple[str, ...]:
        """Return the known ones of some conditions in the library's order."""
        ranks = self._ranks
        return tuple(sorted((name for name in stated if name in ranks), key=ranks.__getitem__))


def assess_person(
    known: KnownConditions, record: PatientRecord, day: date, problems: Collector, place: PlaceSpan
) -> Situation:
    """Return what counts for the person on ``day``.

    Adds to ``problems``: under 16, and a pregnancy that contradicts the age. What the record names must be known to the
    library; `check_names` tells what is not.
    """
    age = None if record.date_of_birth is None else count_years(record.date_of_birth, day)
    stated = known.find_stated(record)
    weeks = record.pregnant_weeks
    if weeks is None and PREGNANCY in stated:
        weeks = UNKNOWN_WEEKS
    _check_age(age, weeks, problems, place)
    held = frozenset(stated)
    given = Facts("personal", conditions=held, uncleared=held, weeks=weeks, age=age)
    decisions = [] if age is not None else [_NO_AGE]
    decisions += known.add_implied(stated, record.conditions, given)
    if weeks == UNKNOWN_WEEKS and record.pregnant_weeks is None:
        decisions.append(_NO_WEEKS)
    cleared = _find_cleared(known.conditions, record, stated)
    for name, override in cleared.items():
        what = f"{name_condition(name)} is cleared, its limits are lifted"
        decisions.append(Decision(name, what, f"{override.by}: {override.reason}"))
    ordered = known.sort_names(stated)
    held = frozenset(ordered)
    facts = Facts(
        audience="personal",
        conditions=held,
        uncleared=held.difference(cleared) if cleared else held,
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
    if age is None or age < 0:
        return
    if age >= LEAST_AGE and (weeks is None or age <= MOST_AGE_PREGNANT):
        return
    span = place(("date_of_birth",))
    if age < LEAST_AGE:
        message = f"no handout under {LEAST_AGE}: these sheets are for people of {LEAST_AGE} and over"
        hint = "back pain in a child needs a clinician's look; an override does not change this"
        problems.add(Diagnostic("under-age", message, span, hint=hint))
    else:
        message = f"the record contradicts itself: pregnant and over {MOST_AGE_PREGNANT} years old"
        hint = "mend the date of birth, or take the pregnancy out"
        problems.add(Diagnostic("contradiction", message, span, hint=hint))


def _stands_for_pregnancy(name: str, conditions: Mapping[str, Condition]) -> bool:
    """Return whether a condition (such as pelvic girdle pain) shares the column of pregnancy: it is one."""
    condition, pregnancy = conditions.get(name), conditions.get(PREGNANCY)
    return condition is not None and pregnancy is not None and condition.column == pregnancy.column is not None


def _find_cleared(conditions: Mapping[str, Condition], record: PatientRecord, stated: set[str]) -> dict[str, Override]:
    cleared: dict[str, Override] = {}
    for override in record.overrides:
        condition = conditions.get(override.id)
        if condition is not None and condition.clearable and override.id in stated:
            cleared[override.id] = override
    return cleared
