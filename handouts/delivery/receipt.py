"""The receipt of a batch: what became of every row, for people with a spreadsheet and for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from handouts.dataclass import dataclass
from handouts.delivery.jobs import Sheet, Status

RECEIPT_NAME = "receipt.csv"
REJECTED_NAME = "rejected.csv"
COLUMNS = (
    "row", "reference", "file", "sheet_id", "pages", "sha256", "content_version", "plan_digest", "status", "note",
)  # fmt: skip
_FORMULA_STARTS = frozenset("=+-@\t\r\n|%\uff1d\uff0b\uff0d\uff20")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the receipt; a row without a sheet says why in ``note``."""

    row: int
    reference: str
    file: str
    status: Status
    sheet: Sheet | None = None
    note: str = ""

    def as_cells(self) -> tuple[str | int, ...]:
        """Return the cells in the order of ``COLUMNS``."""
        sheet = self.sheet
        parts: tuple[str | int, ...] = ("", "", "", "", "")
        if sheet is not None:
            parts = (sheet.sheet_id, sheet.pages, sheet.sha256, sheet.content_version, sheet.plan_digest)
        return (self.row, self.reference, self.file if sheet is not None else "", *parts, self.status.value, self.note)


def defuse_cell(cell: str | int) -> str | int:
    """Return a cell that no spreadsheet runs as a formula: an apostrophe before it makes it text."""
    if isinstance(cell, str) and cell.lstrip(" \u00a0")[:1] in _FORMULA_STARTS and cell:
        return f"'{cell}"
    return cell


def write_receipt(entries: Iterable[Entry]) -> bytes:
    """Return the receipt as CSV in UTF-8, one line an entry."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow([defuse_cell(cell) for cell in entry.as_cells()])
    return text.getvalue().encode("utf-8", "replace")


def list_receipt(entries: Iterable[Entry]) -> list[dict[str, str | int]]:
    """Return the receipt as one mapping an entry, for JSON."""
    return [dict(zip(COLUMNS, entry.as_cells(), strict=True)) for entry in entries]


def write_rejected(header: str, separator: str, encoding: str, rows: Iterable[tuple[int, str, str]]) -> bytes:
    """Return the copy of bad rows, each exactly as it was written, behind its number and the reason.

    ``rows`` are (number, reason, the row as written). The copy has the encoding of the table.
    """
    lines = [f"row{separator}reason{separator}{header}"]
    for number, reason, raw in rows:
        text = io.StringIO()
        csv.writer(text, delimiter=separator, lineterminator="").writerow([number, reason])
        lines.append(f"{text.getvalue()}{separator}{raw}")
    lines.append("")
    mark = b"\xef\xbb\xbf" if encoding == "utf-8-sig" else b""
    codec = "utf-8" if encoding.startswith("utf-8") else encoding
    wide = codec.startswith("utf-16")
    return _encode_all(lines) if wide else mark + b"\r\n".join(_encode(line, codec) for line in lines)


def _encode(line: str, codec: str) -> bytes:
    try:
        return line.encode(codec, "surrogateescape")
    except UnicodeEncodeError:
        return line.encode(codec, "replace")


def _encode_all(lines: list[str]) -> bytes:
    return "\r\n".join(lines).encode("utf-16", "surrogatepass")
