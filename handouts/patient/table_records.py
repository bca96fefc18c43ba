"""Rows to records: what is wrong with a row is said with its row, its column and the kind of value it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from handouts.content.library import Library
from handouts.dataclass import dataclass
from handouts.diagnostics import Collector, Diagnostic, Severity, Span
from handouts.patient.models import PatientRecord
from handouts.patient.record import record_from_mapping
from handouts.patient.table import Row
from handouts.patient.table_cells import RowPlaces, describe_kind


@dataclass(frozen=True, slots=True)
class RowReading:
    """A row with its record, or with None and the errors that stand in the way. ``found`` holds warnings as well."""

    row: Row
    record: PatientRecord | None
    found: tuple[Diagnostic, ...] = ()


def read_row(row: Row, library: Library, today: date, on: date | None) -> RowReading:
    """Return the record of a row, or all that is wrong with it; no value of the row stands in a diagnostic."""
    if row.faults and not row.data:
        return RowReading(row, None, row.faults)
    collector = Collector()
    record = record_from_mapping(row.data, row.places, library, collector, today, on)
    if not row.faults and record is not None and not collector.found:
        return RowReading(row, record)
    told = [tell_row(row, item) for item in collector]
    found = (*row.faults, *told)
    bad = any(item.severity is Severity.ERROR for item in found)
    return RowReading(row, None if bad else record, found)


def tell_row(row: Row, item: Diagnostic) -> Diagnostic:
    """Return a diagnostic of a row with the row's number, the column and the kind of value there."""
    if item.message.startswith(f"row {row.number}"):
        return item
    key = find_column(row, item.span)
    where = f"row {row.number}" + (f", column '{key}'" if key else "")
    held = f"; the cell holds {describe_kind(_find_value(row.data, key))}" if key and key in row.data else ""
    span = item.span if item.span.file == row.places.span().file else row.places.span((key,) if key else ())
    return replace(item, message=f"{where}: {item.message}{held}", span=span)


def find_column(row: Row, span: Span) -> str | None:
    """Return the key whose cell stands at a place; None for the whole row."""
    if isinstance(row.places, RowPlaces) and span.column:
        return row.places.columns[span.column - 1]
    if span.file.startswith("record:"):
        return span.file.removeprefix("record:").split(".")[0].split("[")[0]
    return next((key for key in row.data if row.places.span((key,)) == span), None) if span.column else None


def _find_value(data: Mapping[str, Any], key: str) -> Any:
    value = data[key]
    return value[0] if isinstance(value, list) and len(value) == 1 else value
