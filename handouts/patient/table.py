"""Tables of records: what every kind of table is to the rest of the program, and which reader reads a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from handouts.dataclass import dataclass
from handouts.diagnostics import Collector, Diagnostic, Span
from handouts.source.document import Places

MOST_BYTES = 500_000_000
"""Largest table that is read: more than a million rows. It is held in memory as it stands in the file."""

PIECE = 16_000_000
"""Bytes that are read at once: room for them is taken before it is known how many there are."""

STANDARD_INPUT = "standard input"


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``number`` counts as a spreadsheet does: the row of column names is 1; entries of a list start at 1.

    ``data`` holds what has a value, as a record's file would; ``raw`` is the row as it was written, ``faults`` what is
    wrong with the row itself. ``hidden``: its spreadsheet does not show it, because of a filter or by hand.
    """

    number: int
    data: Mapping[str, Any]
    raw: str
    places: Places
    faults: tuple[Diagnostic, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``rows`` begins a new walk over all rows at each call, and none is kept.

    ``said`` tells how the file was read, ``header`` is its first line as written, ``separator`` and ``encoding`` are
    those of the copy that is made of bad rows.
    """

    name: str
    said: str
    header: str
    rows: Callable[[], Iterator[Row]]
    separator: str = ","
    encoding: str = "utf-8"


def make_empty_diagnostic(table: Table) -> Diagnostic:
    """Return what is said of a table that has names of columns at the most: whoever gave it expects sheets of it."""
    return Diagnostic("empty-table", "the table has no row", Span(table.name), hint="write a row for each person")


def open_table(source: str, standard_input: Callable[[], bytes], collector: Collector) -> Table | None:
    """Return the table of a file (``-`` is standard input), or None after reporting why it is none.

    The ending names the kind of file; standard input is recognised by how it begins.
    """
    from handouts.patient import table_lists, table_text, table_workbook  # noqa: PLC0415  (they build upon this module)

    if source == "-":
        name, content = STANDARD_INPUT, standard_input()
        if _refuse_size(content, name, collector):
            return None
        ending = _recognise(content)
    else:
        name, ending = source, Path(source).suffix.lower()
        read = _read_bytes(Path(source), collector)
        if read is None:
            return None
        content = read
        if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            ending = ".xlsx"
    if not content.strip():
        hint = "'handouts new table patients.csv' writes a sample"
        collector.add(Diagnostic("empty-table", "the table is empty", Span(name), hint=hint))
        return None
    readers: dict[str, Callable[[str, bytes, Collector], Table | None]] = {
        ".xlsx": table_workbook.read_workbook,
        ".xlsm": table_workbook.read_workbook,
        ".xls": table_workbook.read_workbook,
        ".ods": table_workbook.read_workbook,
        ".yaml": table_lists.read_yaml_list,
        ".yml": table_lists.read_yaml_list,
        ".json": table_lists.read_json_list,
        ".ndjson": table_lists.read_json_lines,
        ".jsonl": table_lists.read_json_lines,
    }
    return readers.get(ending, table_text.read_text_table)(name, content, collector)


def _recognise(content: bytes) -> str:
    """Return the ending that a file with this beginning would have."""
    start = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return ".xlsx"
    if start.startswith(b"["):
        return ".json"
    if start.startswith(b"{"):
        return ".ndjson"
    return ".yaml" if start.startswith((b"- ", b"---", b"#")) else ".csv"


def read_piecewise(file: BinaryIO) -> bytes:
    """Return what a file holds, and of one that is too large no more than shows that it is."""
    pieces = []
    left = MOST_BYTES + 1
    while left > 0 and (piece := file.read(min(left, PIECE))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _refuse_size(content: bytes, name: str, collector: Collector) -> bool:
    """Return whether a table is too large, after reporting it. A device or a pipe does not tell its size before."""
    if len(content) <= MOST_BYTES:
        return False
    message = f"the table is larger than {MOST_BYTES // 1_000_000} MB"
    collector.add(Diagnostic("file-too-large", message, Span(name), hint="cut it into several tables"))
    return True


def _read_bytes(path: Path, collector: Collector) -> bytes | None:
    name = str(path)
    try:
        with path.open("rb") as file:
            content = read_piecewise(file)
        return None if _refuse_size(content, name, collector) else content
    except FileNotFoundError:
        collector.add(Diagnostic("file-missing", "this file does not exist", Span(name)))
    except IsADirectoryError:
        collector.add(Diagnostic("file-unreadable", "this is a folder; a table is needed", Span(name)))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name cannot be used"
        collector.add(Diagnostic("file-unreadable", f"this file cannot be read: {reason}", Span(name)))
    return None
