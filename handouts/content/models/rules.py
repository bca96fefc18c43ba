"""Who can do what: conditions, the table of moves, the default sets."""

from __future__ import annotations

from handouts.content.form import Form, field
from handouts.content.models.basics import Id, Mark, Rule, Verdict, Words


class Condition(Form):
    """A condition a record may name."""

    id: Id
    title: Words = field(description="In plain words, as printed.")
    meaning: Words = field(description="For staff: when to tick it.")
    column: Id | None = field(default=None, description="Column of the moves table, when it has one.")
    clearable: bool = field(
        default=False, description="No moves, heat or cold until a clinician has cleared it in overrides."
    )
    implied_by: Rule | None = field(default=None, description="Age or weeks that give the condition by themselves.")


class Conditions(Form):
    """The file of conditions."""

    conditions: tuple[Condition, ...]


class Cell(Form):
    """A verdict with the mark and the sources it rests on, and the reason in words when it is not Y."""

    verdict: Verdict
    mark: Mark = "general-knowledge"
    sources: tuple[str, ...] = ()
    reason: Words | None = field(
        default=None, description="Why, said to a clinician; without it the column's reason holds."
    )


class Column(Form):
    """A column of the moves table: what it means, and the reason printed when a move is left out for it."""

    id: Id
    title: Words
    reason: Words = field(description="Why moves are left out, said to a clinician.")


class ConditionMoves(Form):
    """What a condition without a column changes. Moves not named follow ``otherwise``, else stay as they are."""

    id: Id = field(description="Id of the condition; versions name it under `safe_for`, like a column.")
    title: Words
    reason: Words = field(description="Why moves are left out or changed, said to a clinician.")
    otherwise: Cell | None = None
    moves: dict[Id, Cell] = field(default_factory=dict)


class MovesTable(Form):
    """Who can do what: 19 moves by 12 columns, and the conditions that change moves without a column of their own."""

    columns: tuple[Column, ...]
    moves: dict[Id, dict[Id, Cell]]
    also: tuple[ConditionMoves, ...] = ()
    any_week_of_pregnancy: tuple[Id, ...] = field(description="Moves whose pregnancy column holds from the first week.")
    pregnancy_from_week: int = 16


class DefaultSet(Form):
    """The moves of a stage or a pattern, in order, with reserves."""

    id: Id
    when: Rule
    moves: tuple[Id, ...]
    reserves: tuple[Id, ...] = ()
    reserve_rules: dict[Id, Rule] = field(default_factory=dict, description="Reserves that need more than their place.")
    leaves_out: tuple[Id, ...] = field(
        default=(), description="Moves that speak against the set's pattern: a clinician who lists one is warned."
    )


class DefaultSets(Form):
    """All default sets; the first whose rule holds is taken."""

    sets: tuple[DefaultSet, ...]
    most: int = 5
    least: int = 3
