"""What all files share: kinds of values, rules, statements, and the review."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from handouts.content.form import Before, Form, Text, field

Id = Annotated[str, Text(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Words = Annotated[str, Text(strip=True, min_length=1, max_length=600)]
Mark = Literal["guideline", "web-page", "source-article", "general-knowledge"]
Stage = Literal["first-days", "early", "later"]
Pattern = Literal["worse-bending", "worse-standing", "none"]
Side = Literal["left", "right", "both", "none"]
Work = Literal["desk", "standing", "lifting", "driving", "none"]
SleepSide = Literal["side", "back", "front"]
Verdict = Literal["Y", "M", "A", "N"]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", re.ASCII)


def read_day(value: object) -> date:
    """Return a date written as YYYY-MM-DD; numbers and times of day are no dates. Raises ValueError."""
    if isinstance(value, date) and type(value) is date:
        return value
    if isinstance(value, str) and _DAY.match(value):
        return date.fromisoformat(value)
    raise ValueError("a date is written as YYYY-MM-DD")


Day = Annotated[date, Before(read_day)]


class Rule(Form):
    """When something is printed. Every key that is given must hold; a list holds when one of its entries does."""

    conditions: tuple[Id, ...] = field(
        default=(), description="The person has one of these conditions, cleared or not."
    )
    uncleared: tuple[Id, ...] = field(
        default=(), description="The person has one of these conditions, and no clinician has cleared it."
    )
    stage: tuple[Stage, ...] = ()
    pattern: tuple[Pattern, ...] = ()
    side: tuple[Side, ...] = ()
    work: tuple[Work, ...] = ()
    sleeps_on: tuple[SleepSide, ...] = ()
    exercises: tuple[Id, ...] = field(default=(), description="One of these moves is on the sheet.")
    pregnant_weeks_at_least: int | None = field(default=None, ge=1, le=45)
    age_at_least: int | None = field(default=None, ge=0, le=130)
    age_under: int | None = field(default=None, ge=0, le=130)
    audience: Literal["personal", "generic"] | None = field(
        default=None, description="A named person's sheet, or one for all."
    )
    dosing: Literal["each-side", "one-side"] | None = field(
        default=None, description="In exercises: both sides, or one named side."
    )


class Statement(Form):
    """Words that may be printed, what they rest on, and when they are printed."""

    id: Id
    text: Words
    sources: tuple[str, ...] = field(default=(), description="Keys of sources.yaml.")
    mark: Mark = "general-knowledge"
    when: Rule | None = None
    unless: Rule | None = None
    first: Rule | None = field(default=None, description="Moves to the head of its list when this holds.")
    strong: Rule | None = field(default=None, description="Set in bold when this holds.")


class Reviewed(Form):
    """Version and review of a file. Nobody has reviewed the bundled content: a sign-off is written by the clinic."""

    version: Annotated[str, Text(pattern=r"^\d+\.\d+$")]
    last_reviewed: Day
    next_review: Day
