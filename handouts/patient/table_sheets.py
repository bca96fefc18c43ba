"""Hears the parts of a workbook that its reader does not tell of: XLSX and ODS, element by element."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from posixpath import join, normpath
from xml.etree import ElementTree
from xml.parsers import expat

from handouts.patient.table_traps import ERROR, MERGED, NO_KIND, NO_RESULT, TrapError, Traps

MOST_UNPACKED = 500_000_000
"""Bytes of a workbook when it is unpacked: about a million rows."""

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CORNER = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_ODS_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
_TRUE = frozenset({"1", "true", "on"})
_NO_SIZE = frozenset({"0", "0.0"})


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
        _parse(file, "content.xml", sheets.start, sheets.end, sheets.read)
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
    read: Callable[[str], None],
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
        self._formula = self._value = self._reading = self._hidden = False

    def start(self, name: str, found: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            row, column = self._at
            self._at = _read_place(found["r"]) if "r" in found else (row, column + 1)
            self._kind = found.get("t", "")
            self._formula = self._value = False
        elif local == "row":
            number = int(found.get("r", self._at[0] + 1))
            if number <= self._at[0]:
                raise TrapError(f"row {number:,} stands there twice, or after a later one")
            self._at = (number, 0)
            self._hidden = found.get("hidden") in _TRUE or found.get("ht") in _NO_SIZE
        elif local == "col" and (found.get("hidden") in _TRUE or found.get("width") in _NO_SIZE):
            self.traps.folded.append((int(found["min"]), int(found["max"])))
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
            if self._hidden:
                self.traps.hidden.add(self._at[0])
        if self._kind == "e":
            self.traps.mark(*self._at, *self._at, ERROR)
        elif self._formula and not self._value and self._kind != "str":
            self.traps.mark(*self._at, *self._at, NO_RESULT)


class _OdsSheets:
    """Hears the elements of all sheets of an ODS file."""

    def __init__(self) -> None:
        self.found: dict[str, Traps] = {}
        self._traps = Traps()
        self._row = self._rows = self._column = self._columns = 0
        self._hidden = False
        self._groups: list[bool] = []
        self._inside: list[str] = []
        self._bare: tuple[int, int, int, int] | None = None

    def start(self, name: str, found: dict[str, str]) -> None:
        if self._inside or name in _ODS_CELLS:
            self._inside.append(name)
        if name == "table:table":
            self._traps = self.found[found.get("table:name", "")] = Traps()
            self._row = self._rows = self._columns = 0
        elif name == "table:table-column":
            first = self._columns + 1
            self._columns += _read_count(found, "table:number-columns-repeated")
            if found.get("table:visibility", "visible") != "visible":
                self._traps.folded.append((first, self._columns))
        elif name == "table:table-row":
            self._row += self._rows
            self._rows = _read_count(found, "table:number-rows-repeated")
            self._column = 0
            self._hidden = found.get("table:visibility", "visible") != "visible" or any(self._groups)
        elif name == "table:table-row-group":
            self._groups.append(found.get("table:display", "true") not in _TRUE)
        elif name in _ODS_CELLS:
            self._hear_cell(name, found, _read_count(found, "table:number-columns-repeated"))

    def read(self, text: str) -> None:
        # Remarks and drawings hold text as well, deeper inside; it is none of the cell's.
        if self._bare is not None and self._inside[1:2] == ["text:p"] and text.strip():
            self._traps.mark(*self._bare, NO_KIND)
            self._bare = None

    def end(self, name: str) -> None:
        if self._inside:
            self._inside.pop()
        if name == "table:table-row-group":
            self._groups.pop()

    def _hear_cell(self, name: str, found: dict[str, str], count: int) -> None:
        first = (self._row + 1, self._column + 1)
        self._column += count
        last = (self._row + self._rows, self._column)
        valued = "office:value-type" in found
        if valued or "table:formula" in found:
            self._traps.repeat(first[0], self._rows, count)
            self._traps.reach(*last)
            if self._hidden:
                self._traps.hidden.update(range(first[0], last[0] + 1))
        self._bare = None if valued or name == "table:covered-table-cell" else (*first, *last)
        if name == "table:covered-table-cell":
            self._traps.mark(*first, *last, MERGED)
        elif found.get("calcext:value-type") == "error":
            self._traps.mark(*first, *last, ERROR)
        elif "table:formula" in found and not valued:
            self._traps.mark(*first, *last, NO_RESULT)


def _read_count(found: dict[str, str], key: str) -> int:
    """Return how often something stands there. ValueError for what is no such number: a reader would pass it over."""
    count = int(found.get(key, 1))
    if count < 1:
        raise ValueError(key)
    return count
