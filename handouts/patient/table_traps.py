"""What the reader of workbooks does not tell: formulas without a value, merged cells, a cell far from all others.

To that reader each of them is an empty cell, and an empty cell for conditions would let a move through that may harm.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import field
from posixpath import join, normpath
from xml.etree import ElementTree
from xml.parsers import expat

from handouts.dataclass import dataclass
from handouts.diagnostics import Diagnostic, Span

MOST_UNPACKED = 500_000_000
"""Bytes of a workbook when it is unpacked: about a million rows."""

MOST_CELLS = 30_000_000
"""Cells from the first to the last, also the empty ones: the reader holds each of them."""

MOST_MARKED = 1_000_000
"""Cells that are merged with others."""

ERROR = "the formula here gives an error"
NO_RESULT = "the formula here has no result"
MERGED = "this cell is merged with another, which holds the value"
_HINTS = {
    ERROR: "mend the formula, or write the value",
    NO_RESULT: "open the workbook in a spreadsheet program and save it",
    MERGED: "take the cells apart and write the value in each",
}
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CORNER = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")


class TrapError(ValueError):
    """A workbook that must not be opened; the message says why."""


@dataclass(slots=True)
class Traps:
    """What looks empty to a program and not to a person, by row and column from 1; and how far the sheet reaches."""

    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0
    marked: int = 0

    def mark(self, top: int, left: int, bottom: int, right: int, words: str) -> None:
        """Note cells from a first to a last. TrapError when they are far too many."""
        self.marked += max(bottom - top + 1, 0) * max(right - left + 1, 0)
        if self.marked > MOST_MARKED:
            raise TrapError("too many cells are merged")
        for row in range(top, bottom + 1):
            self.cells.setdefault(row, {}).update(dict.fromkeys(range(left, right + 1), words))

    def reach(self, row: int, column: int) -> None:
        """Note that a cell is there. TrapError when a table up to it would be too large to hold."""
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)
        if self.rows * self.columns > MOST_CELLS:
            message = (
                f"a cell stands far from the others: the table would reach to row {self.rows}, column {self.columns}"
            )
            raise TrapError(message)

    def explain(self, row: int, columns: tuple[str | None, ...], name: str) -> list[Diagnostic]:
        """Return what is wrong with the cells of a row that a record takes something from."""
        found = []
        for column, words in sorted(self.cells.get(row, {}).items()):
            if column <= len(columns) and columns[column - 1] is not None:
                message = f"row {row}, column '{columns[column - 1]}': {words}"
                found.append(Diagnostic("no-value", message, Span(name, row, column), hint=_HINTS[words]))
        return found


def find_traps(content: bytes) -> Callable[[str], Traps]:
    """Return what finds the traps of a sheet by its title.

    TrapError for a workbook that must not be opened, by this function and by what it returns; zipfile.BadZipFile,
    expat.ExpatError and other kinds of ValueError, KeyError and OSError for one that is broken.
    """
    file = zipfile.ZipFile(io.BytesIO(content))
    if sum(item.file_size for item in file.infolist()) > MOST_UNPACKED:
        raise TrapError(f"the workbook is larger than {MOST_UNPACKED // 1_000_000} MB when unpacked")
    if "content.xml" in file.namelist():
        sheets = _OdsSheets()
        _parse(file, "content.xml", sheets.start, sheets.end)
        return lambda title: sheets.found.get(title, Traps())

    def find(title: str) -> Traps:
        sheet = _XlsxSheet()
        _parse(file, _find_part(file, title), sheet.start, sheet.end, sheet.read)
        return sheet.traps

    return find


def _parse(
    file: zipfile.ZipFile,
    part: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    read: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, read
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with file.open(part) as stream:
        parser.ParseFile(stream)


def _refuse_doctype(*_: object) -> None:
    raise TrapError("the workbook defines words of its own (a document type)")


def _find_part(file: zipfile.ZipFile, title: str) -> str:
    """Return the name of the part that holds a sheet of an XLSX file. KeyError when there is none."""
    sheets = ElementTree.fromstring(file.read("xl/workbook.xml")).findall("{*}sheets/{*}sheet")
    wanted = {sheet.get("name"): sheet.get(_RELATION) for sheet in sheets}[title]
    links = ElementTree.fromstring(file.read("xl/_rels/workbook.xml.rels")).findall("{*}Relationship")
    target = {link.get("Id"): link.get("Target", "") for link in links}[wanted]
    return normpath(join("xl", target)).lstrip("/")


def _read_place(place: str) -> tuple[int, int]:
    """Return row and column of ``B7``. ValueError when it is none."""
    match = _CORNER.match(place)
    if match is None:
        raise ValueError(place)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


class _XlsxSheet:
    """Hears the elements of a sheet of an XLSX file."""

    def __init__(self) -> None:
        self.traps = Traps()
        self._at = (0, 0)
        self._kind = ""
        self._formula = self._value = self._reading = False

    def start(self, name: str, found: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            row, column = self._at
            self._at = _read_place(found["r"]) if "r" in found else (row, column + 1)
            self._kind = found.get("t", "")
            self._formula = self._value = False
        elif local == "row":
            self._at = (int(found.get("r", self._at[0] + 1)), 0)
        elif local == "f":
            self._formula = True
        elif local == "mergeCell":
            first, _, last = found["ref"].partition(":")
            top, left = _read_place(first)
            bottom, right = _read_place(last or first)
            self.traps.mark(top, left, min(bottom, self.traps.rows), min(right, self.traps.columns), MERGED)
            self.traps.cells.get(top, {}).pop(left, None)
        self._reading = local in {"v", "t"}

    def read(self, text: str) -> None:
        self._value = self._value or (self._reading and bool(text))

    def end(self, name: str) -> None:
        self._reading = False
        if name.rpartition(":")[2] != "c":
            return
        if self._value or self._formula:
            self.traps.reach(*self._at)
        if self._kind == "e":
            self.traps.mark(*self._at, *self._at, ERROR)
        elif self._formula and not self._value and self._kind != "str":
            self.traps.mark(*self._at, *self._at, NO_RESULT)


class _OdsSheets:
    """Hears the elements of all sheets of an ODS file."""

    def __init__(self) -> None:
        self.found: dict[str, Traps] = {}
        self._traps = Traps()
        self._row = self._rows = self._column = 0

    def start(self, name: str, found: dict[str, str]) -> None:
        if name == "table:table":
            self._traps = self.found[found.get("table:name", "")] = Traps()
            self._row = self._rows = 0
        elif name == "table:table-row":
            self._row += self._rows
            self._rows = int(found.get("table:number-rows-repeated", 1))
            self._column = 0
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._hear_cell(name, found, int(found.get("table:number-columns-repeated", 1)))

    def end(self, name: str) -> None:
        """Nothing ends that matters here."""

    def _hear_cell(self, name: str, found: dict[str, str], count: int) -> None:
        first = (self._row + 1, self._column + 1)
        self._column += count
        last = (self._row + self._rows, self._column)
        if "office:value-type" in found or "table:formula" in found:
            self._traps.reach(*last)
        if name == "table:covered-table-cell":
            self._traps.mark(*first, *last, MERGED)
        elif found.get("calcext:value-type") == "error":
            self._traps.mark(*first, *last, ERROR)
        elif "table:formula" in found and "office:value-type" not in found:
            self._traps.mark(*first, *last, NO_RESULT)
