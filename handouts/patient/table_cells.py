"""Cells of a table: rows of text to the data of records, and what a cell holds, said without its value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from handouts.dataclass import dataclass
from handouts.diagnostics import Diagnostic, Severity, Span
from handouts.patient.settings import split_value
from handouts.patient.table import Row
from handouts.source.document import DataPath

_WHOLE = re.compile(r"[+-]?[0-9]+\Z", re.ASCII)
_DECIMAL = re.compile(r"[+-]?[0-9]+[.,][0-9]+\Z", re.ASCII)
_DATE = re.compile(r"[0-9]{1,4}([/.-])[0-9]{1,2}\1[0-9]{1,4}\Z", re.ASCII)
MOST_SPANS = 20
"""Groups of rows that are named one by one."""

UNDECODED = re.compile("[\ud800-\udfff]")
"""What a byte becomes that is not in the encoding of its table."""


@dataclass(frozen=True, slots=True)
class RowPlaces:
    """Where the cells of a row are: the row's line, and the number of the column as its column."""

    name: str
    line: int
    columns: tuple[str | None, ...]

    def span(self, path: DataPath = (), key: bool = False) -> Span:
        """Return the place of a cell."""
        at = self.columns.index(str(path[0])) + 1 if path and path[0] in self.columns else 0
        return Span(self.name, self.line, at)


def make_row(
    number: int, line: int, cells: Sequence[str], columns: tuple[str | None, ...], raw: str, name: str
) -> Row | None:
    """Return a row of text cells, or None when all of them are empty."""
    data = {}
    for key, cell in zip(columns, cells, strict=False):
        if cell and key:
            value = split_value(key, cell)
            if value is not None:
                data[key] = value
    if not data and not any(cell.strip() for cell in cells):
        return None
    faults = []
    if len(cells) != len(columns) or not all(columns) or not raw.isascii() or "=" in raw:
        faults = _find_faults(cells, columns, number, Span(name, line))
    return Row(number, data, raw, RowPlaces(name, line, columns), tuple(faults))


def _find_faults(cells: Sequence[str], columns: tuple[str | None, ...], number: int, span: Span) -> list[Diagnostic]:
    """Return what is wrong with a row as such: its length, its encoding, formulas."""
    faults = []
    here = f"row {number}"
    if len(cells) < len(columns):
        message = f"{here} has {len(cells)} cells, and there are {len(columns)} columns"
        faults.append(Diagnostic("ragged-row", message, span, hint="a cell may have slipped; keep empty cells"))
    extra = [at for at in range(len(columns), len(cells)) if cells[at].strip()]
    if extra:
        message = f"{here} has {len(cells)} cells, and there are {len(columns)} columns"
        hint = "put quotes round a cell that holds the separator"
        faults.append(Diagnostic("ragged-row", message, Span(span.file, span.line, extra[0] + 1), hint=hint))
    for at, cell in enumerate(cells[: len(columns)], 1):
        place = Span(span.file, span.line, at)
        if not cell.isascii() and UNDECODED.search(cell):
            message = f"{here}, column {at}: these letters are not in the encoding of the rest of the table"
            faults.append(Diagnostic("mixed-encodings", message, place, hint="type the cell anew and save as UTF-8"))
        if columns[at - 1] == "" and cell.strip():
            message = f"{here}, column {at}: the column has no name, and the cell holds {describe_kind(cell)}"
            hint = "write the name of a key into the first row, or take the column out"
            faults.append(Diagnostic("unnamed-column", message, place, hint=hint))
        elif cell.startswith("=") and columns[at - 1] is not None:
            message = f"{here}, column '{columns[at - 1]}': the cell looks like a formula; it is printed as it stands"
            faults.append(Diagnostic("formula", message, place, Severity.WARNING))
    return faults


def make_truth_diagnostic(number: int, key: str, span: Span, hint: str) -> Diagnostic:
    """Return what is said where a row has yes or no (JSON's ``true``, a spreadsheet's TRUE) in place of words."""
    message = f"row {number}, column '{key}': words stand here, or nothing; {tell_value(True)}"
    return Diagnostic("wrong-type", message, span, hint=hint)


_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "yes or no"), (int, "a number"), (float, "a number"), (type(None), "nothing"),
    (dict, "a mapping"),
)  # fmt: skip


def describe_kind(value: object) -> str:
    """Return what sort of value a cell holds, never the value itself."""
    if not isinstance(value, str):
        if isinstance(value, list | tuple):
            return f"a list of {len(value)}"
        return next((words for kind, words in _KINDS if isinstance(value, kind)), "no text")
    text = value.strip()
    special = _find_special(text)
    if special:
        return special
    lines = text.count("\n") + 1
    if lines > 1:
        return f"text of {lines} lines and {len(text)} characters"
    return f"text of {len(text)} character{'' if len(text) == 1 else 's'}" if text else "nothing"


def describe_value(value: object) -> str:
    """Return what sort of value stands in a list, where text that looks like a number is text all the same."""
    if not isinstance(value, str):
        return describe_kind(value)
    text = value.strip()
    special = _find_special(text)
    if special:
        return f"text ({special})"
    return describe_kind(text) if text else "a text that is empty"


def tell_value(value: object) -> str:
    """Return what sort of value stands in a list, as a clause."""
    return "nothing stands there" if value is None else f"the value there is {describe_value(value)}"


def _find_special(text: str) -> str:
    """Return what a text looks like; empty when it looks like any text."""
    for pattern, words in ((_WHOLE, "a whole number"), (_DECIMAL, "a decimal number"), (_DATE, "digits like a date")):
        if len(text) < 40 and pattern.match(text):
            return words
    return "a formula" if text.startswith("=") else ""


def tell_numbers(numbers: Iterable[int]) -> str:
    """Return rows in words, neighbours together, with the verb: ``rows 3, 5 to 9 (6 rows) are``."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    told = [str(first) if first == last else f"{first} to {last}" for first, last in spans[:MOST_SPANS]]
    if len(spans) > MOST_SPANS:
        told.append("others")
    many = sum(last - first + 1 for first, last in spans)
    return f"row {told[0]} is" if many == 1 else f"rows {', '.join(told)} ({many} rows) are"
