"""Rows whose sheet needs more pages than the handout may have: found before anything is made."""

from __future__ import annotations

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

FEW_MOVES = 5
"""Moves that every handout has room for."""


def find_overflow(
    pipeline: Pipeline, handout: str, record: PatientRecord, choices: Choices, places: Places
) -> list[Diagnostic]:
    """Return what keeps the pages of a sound record from being laid out; too many are told at its conditions.

    Only a sheet that has much to say is laid out; of all others none was found that needs too many pages.
    """
    if not _may_have_many(record) and not _is_long(record):
        return []
    plan = pipeline.plan(handout, record, choices, places.span)
    if len(plan.conditions) < MANY and not _is_long(record):
        return []
    try:
        pipeline.lay_out_for(plan, record, choices, places.span)
    except LayoutError as problem:
        return [_place(item, places) for item in problem.diagnostics]
    return []


def _may_have_many(record: PatientRecord) -> bool:
    """Return whether a plan could name several conditions: each of the record, its weeks and its age may add some."""
    return bool(record.conditions) or record.pregnant_weeks is not None or record.date_of_birth is not None


def _is_long(record: PatientRecord) -> bool:
    own = (record.name, record.seen_by, record.goal, record.notes)
    return sum([len(words) for words in own if words]) > LONG or len(record.exercises or ()) > FEW_MOVES


def _place(item: Diagnostic, places: Places) -> Diagnostic:
    if item.rule != FULL:
        return item
    message = f"there is too much to be said for one sheet: {item.message} ('{item.span.file}')"
    hint = "make another handout for this person, such as one with more pages"
    return replace(item, message=message, span=places.span(("conditions",)), hint=hint)
