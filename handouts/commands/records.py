"""A patient's record from ``-p`` and ``--set``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from handouts.content.library import Library
from handouts.dataclass import dataclass
from handouts.diagnostics import Collector, Diagnostic, PatientError, Span
from handouts.patient.models import PatientRecord
from handouts.patient.record import Inspect, record_from_mapping
from handouts.patient.settings import apply_settings, parse_settings
from handouts.source.document import DataPath, Places, PlaceSpan, parse_document, read_document
from handouts.source.text import decode_text


@dataclass(frozen=True, slots=True)
class _NoFile:
    """Places of a record that only settings make."""

    def span(self, path: DataPath = (), key: bool = False) -> Span:
        return Span("--set")


def open_record(
    library: Library,
    patient: str | None,
    settings: tuple[str, ...],
    today: date,
    on: date | None,
    inspect: Inspect | None = None,
) -> tuple[PatientRecord, PlaceSpan, tuple[Diagnostic, ...]]:
    """Return the record of a file (``-`` reads standard input) with settings laid over it.

    The second value says where the record's values stand, the third holds warnings.
    ``inspect`` is what is asked of the record as a whole; without it: whether the library has what the record names.
    Raises PatientError with every problem of the file and the settings at once.
    """
    collector = Collector()
    parsed = parse_settings(settings, collector)
    data, places = _read_data(patient, collector)
    record = None
    if data is not None:
        laid, layered = apply_settings(data, places, parsed)
        record = record_from_mapping(laid, layered, library, collector, today, on, inspect)
    collector.raise_errors(PatientError)
    assert record is not None
    return record, layered.span, tuple(collector)


def _read_data(patient: str | None, collector: Collector) -> tuple[Mapping[str, Any] | None, Places]:
    if patient is None:
        return {}, _NoFile()
    if patient == "-":
        data = b"" if sys.stdin is None else sys.stdin.buffer.read()
        text = decode_text(data, "standard input", collector)
        document = None if text is None else parse_document(text, "standard input", collector)
    else:
        document = read_document(Path(patient), collector)
    if document is None:
        return None, _NoFile()
    if not isinstance(document.data, dict):
        hint = "write 'key: value' lines, such as 'name: …'"
        collector.add(Diagnostic("wrong-type", "a record is a mapping", document.span(), hint=hint))
        return None, _NoFile()
    return document.data, document
