"""Where the faults of a row stand: a cell of a table, or the way to a value in an entry of a list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from handouts.diagnostics import Diagnostic, Span
from handouts.patient.table import Row
from handouts.patient.table_cells import RowPlaces, describe_kind, tell_value
from handouts.patient.table_header import TABLE_KEYS
from handouts.source.document import DataPath, Places

_MISSING = object()


class PathNotes:
    """Places of an entry of a list that keep the way to each value they are asked for.

    In a list a line does not tell which value is meant: all of an entry may stand on one.
    """

    __slots__ = ("_asked", "_row")

    def __init__(self, row: Row) -> None:
        """Take the row whose values are asked for."""
        self._row = row
        self._asked: list[tuple[DataPath, bool]] = []

    def span(self, path: DataPath = (), key: bool = False) -> Span:
        """Return a mark of a value, which `tell` turns into its place."""
        asked = (tuple(path), key)
        if asked not in self._asked:
            self._asked.append(asked)
        return Span("", self._asked.index(asked) + 1)

    def tell(self, item: Diagnostic) -> Diagnostic:
        """Return a diagnostic at its place, with the row's number, the key and the kind of value there."""
        if item.span.file or not item.span.line:
            return replace(item, message=f"row {self._row.number}: {item.message}", span=self._row.places.span())
        path, on_key = self._asked[item.span.line - 1]
        known = bool(path) and path[0] in TABLE_KEYS
        where = f"row {self._row.number}" + (f", column '{path[0]}'" if known else "")
        value = None if item.rule == "missing-key" else _find_value(self._row.data, path)
        held = "" if value is _MISSING else f"; {tell_value(value)}"
        return replace(item, message=f"{where}: {item.message}{held}", span=self._row.places.span(path, on_key))


def note_places(row: Row) -> Places:
    """Return the places by which a row is checked; what is found at them goes to `tell_row`."""
    return row.places if isinstance(row.places, RowPlaces) else PathNotes(row)


def tell_row(row: Row, item: Diagnostic, places: Places) -> Diagnostic:
    """Return a diagnostic of a row with the row's number, the column and the kind of value there."""
    if isinstance(places, PathNotes):
        return places.tell(item)
    if item.message.startswith(f"row {row.number}"):
        return item
    key = _find_column(row, item.span)
    where = f"row {row.number}" + (f", column '{key}'" if key else "")
    held = f"; the cell holds {describe_kind(_find_cell(row, key))}" if key and key in row.data else ""
    span = item.span if item.span.file == row.places.span().file else row.places.span((key,) if key else ())
    return replace(item, message=f"{where}: {item.message}{held}", span=span)


def _find_column(row: Row, span: Span) -> str | None:
    """Return the key whose cell stands at a place; None for the whole row."""
    if isinstance(row.places, RowPlaces) and span.column:
        return row.places.columns[span.column - 1]
    return span.file.removeprefix("record:").split(".")[0].split("[")[0] if span.file.startswith("record:") else None


def _find_cell(row: Row, key: str) -> Any:
    value = row.data[key]
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _find_value(data: Any, path: DataPath) -> Any:
    """Return the value at the end of a way, ``_MISSING`` for an entry as a whole and for what is not there.

    An exercise may be an id alone: the way to its id ends there.
    """
    if not path:
        return _MISSING
    for at, step in enumerate(path):
        if isinstance(data, str) and path[at:] == ("id",):
            return data
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return _MISSING
    return data
