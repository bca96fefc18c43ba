"""Move cards with their doses and versions, and sleep positions."""

from __future__ import annotations

from typing import Literal

from handouts.content.form import Form, field
from handouts.content.models.basics import Id, Mark, Reviewed, Rule, Statement, Words


class Dose(Form):
    """How much of a move. ``minutes`` belongs to walks and breathing, the rest to repeated moves."""

    hold_seconds: int | None = field(default=None, ge=1, le=120)
    repetitions: int | None = field(default=None, ge=1, le=50)
    each_side: bool = False
    sets: int = field(default=1, ge=1, le=10)
    minutes: int | None = field(default=None, ge=1, le=120)
    times_per_day: int = field(default=1, ge=1, le=12)
    days_per_week: int = field(default=7, ge=1, le=7)


DOSE_KEYS = ("hold_seconds", "repetitions", "sets", "minutes", "times_per_day", "days_per_week")
"""The numbers of a dose: each has a start and a limit, and a clinician may set it."""


class DoseRange(Form):
    """The start is printed; the limit is what a clinician may set."""

    start: Dose
    limit: Dose


class NotFor(Form):
    """A line of the "Not for you if" row, in plain words; printed on generic sheets."""

    id: Id
    text: Words
    conditions: tuple[Id, ...] = ()


class MoveVersion(Form):
    """A version of a card that is safe for the columns named; what is not given is taken from the card.

    Versions stand from the least to the most changed: the first one that is safe for all M's of a person is taken.
    A version is safe wherever the card is: it brings nothing that a Y column forbids.
    """

    id: Id
    safe_for: tuple[Id, ...] = field(
        min_length=1,
        description="Ids of rules/moves.yaml: of `columns`, and of `also` for conditions without a column.",
    )
    title: Words | None = None
    position: Words | None = None
    figure: Id | None = None
    alt: tuple[Words, ...] | None = None
    steps: tuple[Statement, ...] | None = None
    feel: Statement | None = None
    stop: tuple[Statement, ...] | None = None
    easier: Statement | None = None
    caution: Statement | None = field(
        default=None, description="What this version changes, in one or two short sentences."
    )
    dose: DoseRange | None = None
    sources: tuple[str, ...] = ()
    mark: Mark = "general-knowledge"


class Exercise(Reviewed):
    """A move card."""

    id: Id
    title: Words
    group: Literal["move", "walk", "breathing"] = "move"
    stage: Literal["early", "later"]
    position: Words
    sided: Literal["leg", "arm", "body", "none"] = field(
        description="What has a left and a right; body: rolls to both sides."
    )
    priority: int = field(ge=1, le=100, description="Lower is dropped later when the minutes cap is reached.")
    figure: Id
    alt: tuple[Words, ...] = field(min_length=1, description="One text a frame, with {one} and {other}.")
    steps: tuple[Statement, ...] = field(min_length=2, max_length=7)
    dose: DoseRange
    feel: Statement
    stop: tuple[Statement, ...] = field(min_length=1, max_length=5)
    easier: Statement
    not_for: tuple[NotFor, ...] = ()
    versions: tuple[MoveVersion, ...] = ()
    sources: tuple[str, ...] = ()
    mark: Mark = "general-knowledge"


class SleepRule(Form):
    """Who a sleep position is not for, or what changes."""

    id: Id
    when: Rule
    verdict: Literal["N", "A"]
    reason: Words
    sources: tuple[str, ...] = ()
    mark: Mark = "general-knowledge"


class SleepPosition(Reviewed):
    """A sleep position, or the log roll (``kind: move``)."""

    id: Id
    kind: Literal["position", "move"] = "position"
    title: Words
    priority: int = field(default=50, ge=1, le=100, description="Lower is printed earlier, where nothing else decides.")
    figure: Id
    alt: tuple[Words, ...] = field(min_length=1)
    lead: Statement | None = None
    steps: tuple[Statement, ...] = field(min_length=1, max_length=8)
    stop: Statement | None = None
    easier: Statement | None = None
    best_for: tuple[Id, ...] = field(default=(), description="Conditions that this position suits best.")
    rules: tuple[SleepRule, ...] = ()
    sources: tuple[str, ...] = ()
    mark: Mark = "general-knowledge"
