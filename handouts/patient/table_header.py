"""The row of column names: which key of a record each column holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handouts.content.explanations import make_choice_diagnostic
from handouts.diagnostics import Collector, Diagnostic, Span, find_near_names
from handouts.patient.forms import PatientForm
from handouts.patient.settings import FILE_ONLY_KEYS

TABLE_KEYS = tuple(key for key in PatientForm.keys if key not in FILE_ONLY_KEYS)
"""Keys that a table may hold."""

MOST_COLUMNS = 1000
"""Columns of a table. More are a row that was never ended."""

COPY_COLUMNS = ("row", "reason")
"""Columns that a copy of bad rows begins with. They are passed over, so that the mended copy can be read."""

_BETWEEN_WORDS = re.compile(r"[\s_-]+")


def name_column(written: str) -> str:
    """Return a column's name as keys are written: ``Date of birth`` is ``date_of_birth``."""
    return _BETWEEN_WORDS.sub("_", written.strip().casefold()).strip("_")


def check_header(written: Sequence[str], name: str, line: int, collector: Collector) -> tuple[str | None, ...] | None:
    """Return the key of each column, or None after reporting every problem.

    None is passed over; a column without a name has an empty key, and nothing may stand in it.

    A name that is not near any key is not shown: in a table without column names it would be a person's.
    """
    if any(cell.strip() for cell in written[MOST_COLUMNS:]):
        message = f"the first row has {len(written):,} cells; at most {MOST_COLUMNS:,} columns are read"
        collector.add(Diagnostic("no-header", message, Span(name, line), hint="it must hold the names of columns only"))
        return None
    columns = [name_column(cell) for cell in written]
    before = len(collector.errors)
    if not any(column in TABLE_KEYS for column in columns):
        message = "the first row does not hold the names of the columns"
        hint = "it must name them, such as name,date_of_birth,reference; 'handouts new table' writes a sample"
        collector.add(Diagnostic("no-header", message, Span(name, line), hint=hint))
        return None
    keys: list[str | None] = []
    for number, column in enumerate(columns, 1):
        span = Span(name, line, number)
        keys.append(column if column in TABLE_KEYS or not column else None)
        if column in FILE_ONLY_KEYS:
            hint = "it needs a name and a reason; write a record's file for this person"
            collector.add(Diagnostic("malformed-header", f"'{column}' stands in a record's file only", span, hint=hint))
        elif column and column in columns[: number - 1]:
            message = f"'{column}' names two columns" if column in TABLE_KEYS else "two columns have this name"
            collector.add(Diagnostic("duplicate-column", message, span, hint="keep one of the two"))
        elif column and keys[-1] is None and column not in COPY_COLUMNS:
            shown = f" '{column}'" if find_near_names(column, TABLE_KEYS) else ""
            message = f"column {number} has an unknown name{shown}"
            hint = "take the column out, or give it the name of a key"
            collector.add(make_choice_diagnostic("unknown-column", message, span, column, TABLE_KEYS, True, hint))
    if "name" not in keys:
        message = "the column 'name' is missing"
        collector.add(Diagnostic("missing-key", message, Span(name, line), hint="the person's name"))
    return tuple(keys) if len(collector.errors) == before else None
