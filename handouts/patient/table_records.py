"""Rows to records: what is wrong with a row is said with its row, its column and the kind of value it holds."""

from __future__ import annotations

from datetime import date

from handouts.content.library import Library
from handouts.dataclass import dataclass
from handouts.diagnostics import Collector, Diagnostic, Severity
from handouts.patient.models import PatientRecord
from handouts.patient.record import Inspect, record_from_mapping
from handouts.patient.table import Row
from handouts.patient.table_notes import note_places, tell_row


@dataclass(frozen=True, slots=True)
class RowReading:
    """A row with its record, or with None and the errors that stand in the way. ``found`` holds warnings as well."""

    row: Row
    record: PatientRecord | None
    found: tuple[Diagnostic, ...] = ()


def read_row(row: Row, library: Library, today: date, on: date | None, inspect: Inspect | None = None) -> RowReading:
    """Return the record of a row, or all that is wrong with it; no value of the row stands in a diagnostic.

    ``inspect`` is what is asked of the record as a whole; without it: whether the library has what the record names.
    """
    if row.faults and not row.data:
        return RowReading(row, None, row.faults)
    collector = Collector()
    places = note_places(row)
    record = record_from_mapping(row.data, places, library, collector, today, on, inspect)
    if not row.faults and record is not None and not collector.found:
        return RowReading(row, record)
    told = sorted((tell_row(row, item, places) for item in collector), key=lambda item: item.span)
    found = (*row.faults, *told)
    bad = any(item.severity is Severity.ERROR for item in found)
    return RowReading(row, None if bad else record, found)
