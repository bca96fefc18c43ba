"""Tables as lists of records: YAML, JSON, and JSON a line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from handouts.dataclass import dataclass
from handouts.diagnostics import Collector, Diagnostic, Span
from handouts.patient.models import PERSONAL_FIELDS
from handouts.patient.settings import FILE_ONLY_KEYS
from handouts.patient.table import Row, Table
from handouts.patient.table_cells import UNDECODED, describe_value, make_truth_diagnostic, tell_value
from handouts.patient.table_json import explain_json, read_json
from handouts.source.document import DataPath, Document, Places, parse_document
from handouts.source.text import decode_text

_WHOLE_FILE_PLACES = 1_000_000
"""Characters of a list in which every value is found by its line; in a longer one its entry is named only."""


@dataclass(frozen=True, slots=True)
class _EntryPlaces:
    """Places of one entry of a list that is one document."""

    document: Places
    index: int

    def span(self, path: DataPath = (), key: bool = False) -> Span:
        return self.document.span((self.index, *path), key)


@dataclass(frozen=True, slots=True)
class _LinePlaces:
    """All places of an entry are its line."""

    name: str
    line: int

    def span(self, path: DataPath = (), key: bool = False) -> Span:
        return Span(self.name, self.line)


def read_yaml_list(name: str, content: bytes, collector: Collector) -> Table | None:
    """Return the table of a YAML list of records, or None after reporting why it is none."""
    text = decode_text(content, name, collector)
    document = None if text is None else parse_document(text, name, collector)
    if document is None:
        return None
    return _make_table(name, "YAML", document.data, document, collector)


def read_json_list(name: str, content: bytes, collector: Collector) -> Table | None:
    """Return the table of a JSON list of records, or None after reporting why it is none."""
    text = decode_text(content, name, collector)
    if text is None:
        return None
    try:
        data = read_json(text)
    except json.JSONDecodeError as error:
        lines = error.msg == "Extra data" and text.lstrip().startswith("{")
        hint = "a file with an object a line has the ending .ndjson" if lines else ""
        place = Span(name, error.lineno, error.colno)
        collector.add(Diagnostic("json", f"this is not JSON: {error.msg}", place, hint=hint))
        return None
    except (ValueError, RecursionError) as error:
        collector.add(explain_json(text, error, name))
        return None
    places = Document(name, text, data) if len(text) <= _WHOLE_FILE_PLACES else _LinePlaces(name, 0)
    return _make_table(name, "JSON", data, places, collector)


def read_json_lines(name: str, content: bytes, collector: Collector) -> Table | None:
    """Return the table of one JSON object a line; what is wrong with a line is a fault of its row.

    What begins as a list is read as one, whatever its name says.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        decode_text(content, name, collector)
        return None
    content = content.removeprefix(b"\xef\xbb\xbf")
    if content[:100].lstrip().startswith(b"["):
        return read_json_list(name, content, collector)

    def walk() -> Iterator[Row]:
        number = 0
        for line, raw in enumerate(io.BytesIO(content), 1):
            if raw.strip():
                number += 1
                yield _read_line(name, number, line, raw.strip().decode("utf-8", "surrogateescape"))

    return Table(name, "JSON, an object a line", "record", walk)


def _read_line(name: str, number: int, line: int, raw: str) -> Row:
    places = _LinePlaces(name, line)
    if not raw.isascii() and UNDECODED.search(raw):
        message = f"row {number}: there are letters here that are not UTF-8"
        fault = Diagnostic("encoding", message, Span(name, line), hint="type them anew and save as UTF-8")
        return Row(number, {}, _quote(raw), places, (fault,))
    try:
        entry = read_json(raw)
    except (ValueError, RecursionError) as error:
        return Row(number, {}, _quote(raw), places, (explain_json(raw, error, name, line, number),))
    return _make_row(number, entry, raw, places, exact=True)


def _make_table(name: str, kind: str, data: object, places: Places, collector: Collector) -> Table | None:
    if not isinstance(data, list):
        hint = "write a list of records: '- name: …' for each"
        collector.add(
            Diagnostic(
                "wrong-type", f"a table is a list of records, and this is {describe_value(data)}", Span(name), hint=hint
            )
        )
        return None
    entries: list[Any] = data

    def walk() -> Iterator[Row]:
        for index, entry in enumerate(entries):
            raw = json.dumps(entry, ensure_ascii=False, default=str)
            yield _make_row(index + 1, entry, raw, _EntryPlaces(places, index), exact=kind == "JSON")

    return Table(name, f"{kind}, a list", "record", walk)


def _make_row(number: int, entry: object, raw: str, places: Places, *, exact: bool) -> Row:
    """Return an entry as a row. What is ``exact`` tells words from yes and no: no person is called true."""
    faults = []
    data: Mapping[str, Any] = {}
    if not isinstance(entry, dict):
        hint = "write 'key: value' pairs, such as 'name: …'"
        faults.append(
            Diagnostic(
                "wrong-type",
                f"row {number}: a record is a mapping, and this is {describe_value(entry)}",
                places.span(),
                hint=hint,
            )
        )
    else:
        data = {key: value for key, value in entry.items() if key not in FILE_ONLY_KEYS}
        for key in FILE_ONLY_KEYS:
            if entry.get(key):
                held = tell_value(entry[key])
                message = f"row {number}, column '{key}': this stands in a record's file only; {held}"
                hint = "make this person's handout from a file of its own"
                faults.append(Diagnostic("not-in-tables", message, places.span((key,)), hint=hint))
        for key in PERSONAL_FIELDS if exact else ():
            if isinstance(data.get(key), bool):
                hint = "put the words between quotation marks, or leave the key out"
                faults.append(make_truth_diagnostic(number, key, places.span((key,)), hint))
    return Row(number, data, _quote(raw), places, tuple(faults))


def _quote(raw: str) -> str:
    """Return a record's text as one cell of a copy."""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow([raw])
    return text.getvalue()
