"""What the check of a table found, before the first sheet is made."""

from __future__ import annotations

import hashlib
import heapq
from dataclasses import field
from typing import Literal

from handouts.dataclass import dataclass
from handouts.delivery.jobs import Status
from handouts.delivery.receipt import Entry
from handouts.diagnostics import Diagnostic, Severity, Span
from handouts.patient.forms import MOST_NAME
from handouts.patient.models import PatientRecord
from handouts.patient.table import Row
from handouts.patient.table_cells import tell_numbers
from handouts.patient.table_records import RowReading
from handouts.patient.table_traps import HIDDEN_ROWS

MOST_MARKS = 64
"""Marks of rows that tell a table from another: tables of as many rows are told apart by each of them."""

HIDDEN = "hidden in the spreadsheet; no sheet was made"


@dataclass(slots=True)
class Check:
    """What the check of a table found; ``bad`` holds number, reference, reason and text of every refused row.

    ``hidden`` are (number, reference) of the rows that the spreadsheet does not show; ``refused`` says that nothing may
    be made because of them. ``undated`` counts the sheets that bear the day of the run. ``warnings`` are of the table.
    """

    found: list[Diagnostic] = field(default_factory=list)
    bad: list[tuple[int, str, str, str]] = field(default_factory=list)
    hidden: list[tuple[int, str]] = field(default_factory=list)
    refused: bool = False
    good: int = 0
    undated: int = 0
    warnings: tuple[Diagnostic, ...] = ()
    _first: dict[str | int, int] = field(default_factory=dict)
    _marks: list[int] = field(default_factory=list)

    def add_bad(self, reading: RowReading) -> None:
        """Note a row that no sheet is made of."""
        row = reading.row
        errors = [item for item in reading.found if item.severity is Severity.ERROR]
        reason = "; ".join(item.message + (f" ({item.hint})" if item.hint else "") for item in errors)
        self.bad.append((row.number, _show_reference(row), reason, row.raw))

    def add_hidden(self, row: Row) -> None:
        """Note a row that the spreadsheet does not show."""
        self.hidden.append((row.number, _show_reference(row)))

    def settle_hidden(self, choice: Literal["print", "skip"] | None, name: str) -> None:
        """Say what becomes of hidden rows; without a choice nothing is made, for either would be a guess."""
        if not self.hidden:
            return
        numbers = tell_numbers([number for number, _ in self.hidden])
        if choice is None:
            self.refused = True
            message = f"{numbers} not shown in the spreadsheet: a filter or a hand has hidden them"
            hint = "show all rows, or choose: --hidden-rows skip (no sheet for them) or --hidden-rows print"
            self.found.append(Diagnostic(HIDDEN_ROWS, message, Span(name), hint=hint))
        else:
            made = "sheets are made for them all the same" if choice == "print" else "no sheet is made for them"
            message = f"{numbers} hidden in the spreadsheet; {made}"
            self.found.append(Diagnostic(HIDDEN_ROWS, message, Span(name), Severity.WARNING))

    def list_refused(self, choice: Literal["print", "skip"] | None) -> list[Entry]:
        """Return the lines of the receipt for rows that no sheet is made of."""
        entries = [Entry(row, reference, "", Status.REJECTED, None, why) for row, reference, why, _ in self.bad]
        if choice != "print":
            bad = {entry.row for entry in entries}
            kept_out = (item for item in self.hidden if item[0] not in bad)
            entries += [Entry(row, reference, "", Status.HIDDEN, None, HIDDEN) for row, reference in kept_out]
        return sorted(entries, key=lambda entry: entry.row)

    def add_undated(self, record: PatientRecord) -> None:
        """Count a sheet that bears the day of the run, and keep the mark of its row if it is one of the least."""
        self.undated += 1
        text = repr(record).encode("utf-8", "surrogatepass")
        mark = -int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big")
        if mark in self._marks:
            return
        heapq.heappush(self._marks, mark)
        if len(self._marks) > MOST_MARKS:
            heapq.heappop(self._marks)

    @property
    def marks(self) -> frozenset[str]:
        """The least marks of the rows that bear the day of the run: tables with many rows in common share some."""
        return frozenset(f"{-mark:016x}" for mark in self._marks)

    def add_good(self, row: Row, record: PatientRecord) -> None:
        """Note a row that a sheet is made of; say when its reference was there before, or without one all it says."""
        self.good += 1
        key: str | int
        if record.reference:
            key, rule, same = record.reference.casefold(), "duplicate-reference", "has the same reference"
        else:
            key, rule, same = hash(record), "duplicate-row", "says the same"
        first = self._first.setdefault(key, row.number)
        if first != row.number:
            message = f"row {row.number} {same} as row {first}; both are made, the file names differ"
            span = row.places.span(("reference",) if record.reference else ())
            self.found.append(Diagnostic(rule, message, span, Severity.WARNING))


def _show_reference(row: Row) -> str:
    """Return the reference of a row as the receipt shows it; of what is too long only the beginning."""
    reference = row.data.get("reference", "")
    shown = reference if isinstance(reference, str) else ""
    return shown[:MOST_NAME] + "…" if len(shown) > MOST_NAME else shown
