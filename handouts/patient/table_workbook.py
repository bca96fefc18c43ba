"""Tables in workbooks: XLSX and ODS, the first sheet in sight that is not empty."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from handouts.diagnostics import Collector, Diagnostic, PatientError, Span
from handouts.patient.models import PERSONAL_FIELDS
from handouts.patient.table import Row, Table
from handouts.patient.table_cells import RowPlaces, make_row, make_truth_diagnostic
from handouts.patient.table_header import check_header
from handouts.patient.table_sheets import find_traps
from handouts.patient.table_traps import TrapError, Traps


def read_workbook(name: str, content: bytes, collector: Collector) -> Table | None:
    """Return the table of a workbook, or None after reporting why it is none.

    Raises PatientError when python-calamine, the reader of workbooks, is not installed.
    """
    if not content.startswith(b"PK"):
        hint = "save it as XLSX without a password, or as CSV"
        message = "this is no workbook, or one with a password or of the old form (XLS)"
        collector.add(Diagnostic("no-table", message, Span(name), hint=hint))
        return None
    sheet = _read_sheet(name, content, collector)
    if sheet is None:
        return None
    title, more, start, grid, traps = sheet
    place = f"{name} [{title}]"
    columns = check_header([write_cell(cell) for cell in grid[0]], place, start, collector)
    if columns is None:
        return None
    collector.extend(traps.warn(columns, start, place))

    def walk() -> Iterator[Row]:
        for number, values in enumerate(grid[1:], start + 1):
            cells = [write_cell(value) for value in values]
            row = make_row(number, number, cells, columns, _join(cells), place)
            faults = traps.explain(number, columns, place) if number in traps.cells else []
            if bool in map(type, values):
                faults += _find_truths(values, columns, number, place)
            if row is None and faults:
                row = Row(number, {}, _join(cells), RowPlaces(place, number, columns))
            if row is not None and (faults or number in traps.hidden):
                row = replace(row, faults=(*row.faults, *faults), hidden=number in traps.hidden)
            if row is not None:
                yield row

    unread = f" ({more} more in sight not read)" if more else ""
    return Table(name, f"a workbook, sheet '{title}'{unread}", _join([write_cell(cell) for cell in grid[0]]), walk)


def _read_sheet(name: str, content: bytes, collector: Collector) -> tuple[str, int, int, list[list[Any]], Traps] | None:
    """Return title, number of sheets after it, first row, cells and traps of the first sheet in sight with a value."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum  # noqa: PLC0415  (an extra)
    except ImportError:
        message = "workbooks (XLSX, ODS) need python-calamine"
        hint = "pip install 'handouts[tables]', or save the table as CSV"
        raise PatientError(Diagnostic("extra-missing", message, Span(name), hint=hint)) from None
    try:
        find = find_traps(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        in_sight = [sheet for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        if len({sheet.name for sheet in book.sheets_metadata}) < len(book.sheets_metadata):
            raise TrapError("two sheets have the same name")
        for at, sheet in enumerate(in_sight, 1):
            traps = find(sheet.name)
            grid = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            first = next((at for at, row in enumerate(grid) if any(write_cell(cell) for cell in row)), None)
            if first is not None:
                return sheet.name, len(in_sight) - at, first + 1, grid[first:], traps
    except TrapError as error:
        collector.add(Diagnostic("no-table", str(error), Span(name), hint="mend that, or save the table as CSV"))
        return None
    except (CalamineError, OSError, ValueError, LookupError, SyntaxError, BadZipFile, ExpatError) as error:
        message = f"this workbook cannot be read ({type(error).__name__})"
        hint = "save it anew without a password, or as CSV"
        collector.add(Diagnostic("no-table", message, Span(name), hint=hint))
        return None
    message = "the workbook is empty" if in_sight else "the workbook has no sheet in sight"
    collector.add(Diagnostic("empty-table", message, Span(name)))
    return None


def _find_truths(values: Sequence[object], columns: Sequence[str | None], number: int, name: str) -> list[Diagnostic]:
    """Return what is wrong with a row that has TRUE or FALSE where a person is to read words."""
    hint = "format the cell as text and write the words, or empty the cell"
    return [
        make_truth_diagnostic(number, key, Span(name, number, at), hint)
        for at, (key, value) in enumerate(zip(columns, values, strict=False), 1)
        if key in PERSONAL_FIELDS and isinstance(value, bool)
    ]


def write_cell(value: object) -> str:
    """Return a cell as text: days as YYYY-MM-DD, whole numbers without a point."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)


def _join(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()
