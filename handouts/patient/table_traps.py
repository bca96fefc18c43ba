"""What the reader of workbooks does not tell: formulas without a value, merged cells, hidden rows, a cell far away.

A formula without a value is an empty cell to that reader, and an empty cell for conditions would let a move through
that may harm; a hidden row is a row like any other, and its sheet would go to a person whom nobody meant.
"""

from __future__ import annotations

from dataclasses import field

from handouts.dataclass import dataclass
from handouts.diagnostics import Diagnostic, Severity, Span
from handouts.patient.table_cells import tell_numbers

MOST_CELLS = 30_000_000
"""Cells from the first to the last, also the empty ones: the reader holds each of them."""

MOST_COLUMNS = 1000
"""Columns of a sheet. A record has some twenty keys."""

MOST_MARKED = 1_000_000
"""Cells that are merged with others."""

MOST_REPEATED = 1000
"""Times that one row with a value may stand under itself; more is a cell that was filled down to the sheet's end."""

MOST_COPIES = 1_000_000
"""Cells with a value that are written once for several: a small file may hold any number of them."""

HIDDEN_ROWS = "hidden-rows"
"""The rule of what is said about hidden rows."""

ERROR = "the formula here gives an error"
NO_RESULT = "the formula here has no result"
NO_KIND = "the text here is not marked as a value, and no program reads it as one"
MERGED = "this cell is merged with another, which holds the value"
_HINTS = {
    ERROR: "mend the formula, or write the value",
    NO_RESULT: "open the workbook in a spreadsheet program and save it",
    NO_KIND: "open the workbook in a spreadsheet program and save it",
    MERGED: "take the cells apart and write the value in each",
}


class TrapError(ValueError):
    """A workbook that must not be opened; the message says why."""


@dataclass(slots=True)
class Traps:
    """What looks empty to a program and not to a person, by row and column from 1; and how far the sheet reaches.

    ``hidden`` are rows with a value that are out of sight, by a filter or by hand; ``folded`` columns, first and last.
    """

    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    folded: list[tuple[int, int]] = field(default_factory=list)
    rows: int = 0
    columns: int = 0
    marked: int = 0
    copies: int = 0

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
        if self.rows * self.columns > MOST_CELLS or self.columns > MOST_COLUMNS:
            message = (
                f"a cell stands far from the others: the table would reach to row {self.rows}, column {self.columns}"
            )
            raise TrapError(message)

    def repeat(self, first: int, rows: int, columns: int) -> None:
        """Note that a cell with a value is written once for several. TrapError when they are far too many."""
        self.copies += rows * columns - 1
        if rows > MOST_REPEATED:
            message = f"row {first:,} stands there {rows:,} times: it was perhaps filled down to the end of the sheet"
            raise TrapError(message)
        if columns > MOST_COLUMNS:
            raise TrapError(f"row {first:,} has the same value in {columns:,} columns")
        if self.copies > MOST_COPIES:
            raise TrapError("too many cells are copies of their neighbours")

    def explain(self, row: int, columns: tuple[str | None, ...], name: str) -> list[Diagnostic]:
        """Return what is wrong with the cells of a row that a record takes something from."""
        found = []
        for column, words in sorted(self.cells.get(row, {}).items()):
            if column <= len(columns) and columns[column - 1]:
                message = f"row {row}, column '{columns[column - 1]}': {words}"
                found.append(Diagnostic("no-value", message, Span(name, row, column), hint=_HINTS[words]))
        return found

    def warn(self, columns: tuple[str | None, ...], header: int, name: str) -> list[Diagnostic]:
        """Return what a person should know who does not see all that is read."""
        found = []
        for column, key in enumerate(columns, 1):
            if key and any(first <= column <= last for first, last in self.folded):
                message = f"the column '{key}' is hidden in the spreadsheet; what stands in it is used all the same"
                found.append(Diagnostic("hidden-column", message, Span(name, header, column), Severity.WARNING))
        rows = [row for row in self.hidden if row > header]
        if rows:
            message = f"{tell_numbers(rows)} hidden in the spreadsheet, by a filter or by hand"
            hint = "'handouts batch' asks what becomes of them"
            found.append(Diagnostic(HIDDEN_ROWS, message, Span(name), Severity.WARNING, hint))
        return found
