"""Tables as text: CSV and TSV, their encoding and separator recognised."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from handouts.diagnostics import Collector, Diagnostic, Span
from handouts.patient.table import Row, Table
from handouts.patient.table_cells import RowPlaces, make_row
from handouts.patient.table_header import TABLE_KEYS, check_header, name_column

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}

MOST_CELL = 16_000_000
"""Characters of a cell. One that is longer is an open quote that swallowed the rest of the table."""

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class _Lines:
    """Lines of the table with those of the present row remembered; what cannot be decoded is lone surrogates."""

    def __init__(self, content: bytes, encoding: str) -> None:
        wide = encoding.startswith("utf-16")
        if wide and len(content) % 2:
            content = content[:-1] + (content[-1:] + b"\xdc" if _is_little(content) else b"\xdc" + content[-1:])
        errors = "surrogatepass" if wide else "surrogateescape"
        self._lines = io.TextIOWrapper(io.BytesIO(content), encoding, errors=errors, newline="")
        self.number = 0
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.number += 1
            self.taken.append(line)
            yield line

    def take(self) -> tuple[int, str]:
        """Return the number of the first line of the row just read, and its text without the line end."""
        start = self.number - len(self.taken) + 1
        raw = self.taken[0] if len(self.taken) == 1 else "".join(self.taken)
        self.taken.clear()
        return start, raw.rstrip("\r\n")


def read_text_table(name: str, content: bytes, collector: Collector) -> Table | None:
    """Return the table of CSV or TSV bytes, or None after reporting what is wrong with its first row."""
    encoding, words = recognise_encoding(content)
    if content.count(b"\0", 0, 4096) > 16 and not encoding.startswith("utf-16"):
        hint = "save it as CSV (UTF-8) or as XLSX"
        collector.add(Diagnostic("no-table", "this file is not a table of text", Span(name), hint=hint))
        return None
    separator, skipped = _recognise_separator(content, encoding)
    lines = _Lines(content, encoding)
    for _ in range(skipped):
        next(iter(lines))
        lines.take()
    header = _find_header(lines, separator)
    if header is None:
        collector.add(Diagnostic("empty-table", "the table is empty", Span(name)))
        return None
    line, raw, cells = header
    columns = check_header(cells, name, line, collector)
    if columns is None:
        return None

    def walk() -> Iterator[Row]:
        return _walk_rows(name, content, encoding, separator, columns, line)

    return Table(name, f"{words}, separated by {SEPARATORS[separator]}", raw, walk, separator, encoding)


def recognise_encoding(content: bytes) -> tuple[str, str]:
    """Return the codec of a table's bytes and how to call it.

    UTF-16 by its mark, or by the zero in the first letter; UTF-8 if all of it is, or if some lines with letters
    beyond ASCII are (the others are then faults of their rows); else Windows-1252.
    """
    if content.startswith(_UTF16_MARKS):
        return "utf-16", "UTF-16"
    if len(content) > 1 and bool(content[0]) != bool(content[1]):
        return ("utf-16-le" if _is_little(content) else "utf-16-be"), "UTF-16 without a byte order mark"
    if content.startswith(_UTF8_MARK):
        return "utf-8-sig", "UTF-8 with a byte order mark"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        for line in content.replace(b"\r", b"\n").split(b"\n"):
            if not line.isascii() and _is_utf8(line):
                return "utf-8", "UTF-8 with faults"
        return "cp1252", "Windows-1252"
    return "utf-8", "UTF-8"


def _is_little(content: bytes) -> bool:
    """Return whether UTF-16 bytes have the lower half of a letter first."""
    return content.startswith(_UTF16_MARKS[0]) or (not content.startswith(_UTF16_MARKS[1]) and bool(content[0]))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _recognise_separator(content: bytes, encoding: str) -> tuple[str, int]:
    """Return the separator that makes most known names of the first row, and how many lines stand above that row."""
    first = next(iter(_Lines(content, encoding)), "")
    if first.lower().startswith("sep=") and first[4:5] in SEPARATORS:
        return first[4:5], 1
    best = ","
    most = (0, 0)
    for separator in SEPARATORS:
        header = _find_header(_Lines(content, encoding), separator)
        cells = header[2] if header else []
        known = (sum(name_column(cell) in TABLE_KEYS for cell in cells), len(cells))
        if known > most:
            best, most = separator, known
    return best, 0


def _find_header(lines: _Lines, separator: str) -> tuple[int, str, list[str]] | None:
    """Return line, text and cells of the first row that is not empty."""
    csv.field_size_limit(MOST_CELL)
    try:
        for cells in csv.reader(lines, delimiter=separator):
            line, raw = lines.take()
            if any(cell.strip() for cell in cells):
                return line, raw, cells
    except csv.Error:
        return None
    return None


def _walk_rows(
    name: str, content: bytes, encoding: str, separator: str, columns: tuple[str | None, ...], header_line: int
) -> Iterator[Row]:
    csv.field_size_limit(MOST_CELL)
    lines = _Lines(content, encoding)
    reader = csv.reader(lines, delimiter=separator)
    number = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            number += 1
            line, raw = lines.take()
            message = f"row {number}: a cell is longer than any can be; a quote was perhaps never closed"
            fault = Diagnostic("open-quote", message, Span(name, line), hint="close the quote")
            yield Row(number, {}, raw, RowPlaces(name, line, columns), (fault,))
            continue
        several = len(lines.taken) > 1
        line, raw = lines.take()
        if line < header_line:
            continue
        number += 1
        if line == header_line:
            continue
        row = make_row(number, line, cells, columns, raw, name)
        if row is None:
            continue
        if (several or raw.startswith('"')) and (raw.count('"') % 2 or (several and not _is_strict(raw, separator))):
            hint = "a quote inside a quoted cell is written twice"
            fault = Diagnostic("open-quote", f"row {number}: a quote is never closed", Span(name, line), hint=hint)
            row = Row(row.number, row.data, row.raw, row.places, (*row.faults, fault))
        yield row


def _is_strict(raw: str, separator: str) -> bool:
    """Return whether each closing quote ends its cell: else the quote of a later row has closed that of this one."""
    try:
        for _ in csv.reader(io.StringIO(raw, newline=""), delimiter=separator, strict=True):
            pass
    except csv.Error:
        return False
    return True
