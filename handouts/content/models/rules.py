"""Who can do what: conditions, the table of moves, the default sets."""

from __future__ import annotations

from pydantic import Field

from handouts.content.models.basics import Id, Mark, Rule, Strict, Verdict, Words


class Condition(Strict):
    """A condition a record may name."""

    id: Id
    title: Words = Field(description="In plain words, as printed.")
    meaning: Words = Field(description="For staff: when to tick it.")
    column: Id | None = Field(None, description="Column of the moves table, when it has one.")
    clearable: bool = Field(False, description="No moves, heat or cold until a clinician has cleared it in overrides.")
    implied_by: Rule | None = Field(None, description="Age or weeks that give the condition by themselves.")


class Conditions(Strict):
    """The file of conditions."""

    conditions: tuple[Condition, ...]


class Cell(Strict):
    """A verdict with the mark and the sources it rests on, and the reason in words when it is not Y."""

    verdict: Verdict
    mark: Mark = "general-knowledge"
    sources: tuple[str, ...] = ()
    reason: Words | None = Field(None, description="Why, said to a clinician; without it the column's reason holds.")


class Column(Strict):
    """A column of the moves table: what it means, and the reason printed when a move is left out for it."""

    id: Id
    title: Words
    reason: Words = Field(description="Why moves are left out, said to a clinician.")


class ConditionMoves(Strict):
    """What a condition without a column changes. Moves not named follow ``otherwise``, else stay as they are."""

    id: Id = Field(description="Id of the condition; versions name it under `safe_for`, like a column.")
    title: Words
    reason: Words = Field(description="Why moves are left out or changed, said to a clinician.")
    otherwise: Cell | None = None
    moves: dict[Id, Cell] = Field(default_factory=dict)


class MovesTable(Strict):
    """Who can do what: 19 moves by 12 columns, and the conditions that change moves without a column of their own."""

    columns: tuple[Column, ...]
    moves: dict[Id, dict[Id, Cell]]
    also: tuple[ConditionMoves, ...] = ()
    any_week_of_pregnancy: tuple[Id, ...] = Field(description="Moves whose pregnancy column holds from the first week.")
    pregnancy_from_week: int = 16


class DefaultSet(Strict):
    """The moves of a stage or a pattern, in order, with reserves."""

    id: Id
    when: Rule
    moves: tuple[Id, ...]
    reserves: tuple[Id, ...] = ()
    reserve_rules: dict[Id, Rule] = Field(default_factory=dict, description="Reserves that need more than their place.")


class DefaultSets(Strict):
    """All default sets; the first whose rule holds is taken."""

    sets: tuple[DefaultSet, ...]
    most: int = 5
    least: int = 3
