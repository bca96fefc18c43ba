"""Rows whose sheet needs more pages than the handout may have: found before anything is made."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from handouts.diagnostics import Diagnostic, LayoutError
from handouts.patient.models import PatientRecord
from handouts.pipeline import Choices, Pipeline
from handouts.source.document import Places

FULL = "too-many-pages"

MANY = 2
"""Conditions, with those that follow from pregnancy and age, from which on a sheet is laid out to be checked."""

LONG = 150
"""Letters of a person's own words from which on it is."""

MOST_LAID_OUT = 1000
"""Kinds of sheets that are laid out to be checked: with more, a hundred thousand rows take too long. A sheet beyond
them that needs too many pages is found when it is made, and is a failed row."""

STEP = 10
"""Letters in which the lengths of words are told apart."""

FEW_MOVES = 5
"""Moves that every handout has room for."""


def find_overflow(
    pipeline: Pipeline, handout: str, record: PatientRecord, choices: Choices, places: Places, fitting: set[Hashable]
) -> list[Diagnostic]:
    """Return what keeps the pages of a sound record from being laid out; too many are told at its conditions.

    Only a sheet that has much to say is laid out; of all others none was found that needs too many pages. Nor is one
    whose like, with about as many letters of the person's own, is among the ``fitting``, which grow with each.
    """
    long = _is_long(record)
    if len(fitting) >= MOST_LAID_OUT:
        return []
    if not long and _count_most(record) < MANY:
        return []
    plan = pipeline.plan(handout, record, choices, places.span)
    if len(plan.conditions) < MANY and not long:
        return []
    like = (plan.layout_digest, choices.paper, *map(_measure, _list_words(record)))
    if like in fitting:
        return []
    try:
        pipeline.lay_out_for(plan, record, choices, places.span)
    except LayoutError as problem:
        return [_place(item, places) for item in problem.diagnostics]
    fitting.add(like)
    return []


def _count_most(record: PatientRecord) -> int:
    """Return how many conditions a plan names at most: those of the record, pregnancy and an age add one each."""
    return len(record.conditions) + (record.pregnant_weeks is not None) + (record.date_of_birth is not None)


def _list_words(record: PatientRecord) -> tuple[str, ...]:
    return tuple(words or "" for words in (record.name, record.seen_by, record.goal, record.notes))


def _is_long(record: PatientRecord) -> bool:
    return sum(map(len, _list_words(record))) > LONG or len(record.exercises or ()) > FEW_MOVES


def _measure(words: str) -> tuple[int, int]:
    """Return about how much room a person's words take: so many times `STEP` letters, and lines."""
    return -(-len(words) // STEP), words.count("\n")


def _place(item: Diagnostic, places: Places) -> Diagnostic:
    if item.rule != FULL:
        return item
    message = f"there is too much to be said for one sheet: {item.message} ('{item.span.file}')"
    hint = "make another handout for this person, such as one with more pages"
    return replace(item, message=message, span=places.span(("conditions",)), hint=hint)
