"""Rows of a table to jobs: all of them are checked before the first sheet is made."""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import field, replace
from datetime import date
from typing import Literal

from handouts.commands.batch_check import Check
from handouts.commands.batch_room import find_overflow
from handouts.commands.batch_work import tell_bug
from handouts.dataclass import dataclass
from handouts.delivery.jobs import Job
from handouts.delivery.names import FileNames
from handouts.diagnostics import Collector, Diagnostic, PatientError, Span
from handouts.interrupts import defer_interrupts
from handouts.patient.models import PatientRecord
from handouts.patient.table import Row, Table, open_table, read_piecewise
from handouts.patient.table_records import RowReading, read_row
from handouts.patient.table_traps import HIDDEN_ROWS
from handouts.pipeline import Choices, Pipeline
from handouts.source.document import Places


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a batch, read anew at each walk. ``name_by`` says what files are named after.

    ``hidden`` says what becomes of rows that the spreadsheet does not show; None makes nothing of any row. ``fitting``
    are kinds of sheets that were found to have room.
    """

    pipeline: Pipeline
    handout: str
    table: Table
    today: date
    on: date | None
    language: str | None
    edition: str | None
    name_by: Literal["reference", "name"]
    hidden: Literal["print", "skip"] | None = None
    paper: str | None = None
    fitting: set[Hashable] = field(default_factory=set)

    def check(self, many: int, begin: Callable[[], object], warnings: Sequence[Diagnostic] = ()) -> Check:
        """Return what is wrong with the table, row by row, behind the ``warnings`` of the table itself.

        ``begin`` is called as soon as ``many`` rows are good.
        """
        check = Check(list(warnings), warnings=tuple(warnings))
        for row in self.table.rows():
            if row.hidden:
                check.add_hidden(row)
                if self.hidden == "skip":
                    continue
            reading = self._read(row)
            for item in reading.found:
                check.found.append(item)
            if reading.record is None:
                check.add_bad(reading)
            else:
                check.add_good(row, reading.record)
                if check.good == many:
                    begin()
                if self.on is None and reading.record.seen_on is None:
                    check.add_undated(reading.record)
        check.settle_hidden(self.hidden, self.table.name)
        return check

    def list_jobs(self, bad: frozenset[int]) -> Iterator[Job]:
        """Yield the jobs of all rows that are not bad, in order."""
        names = FileNames()
        for row in self.table.rows():
            if row.number in bad or (row.hidden and self.hidden == "skip"):
                continue
            with defer_interrupts():
                record = read_row(row, self.pipeline.library, self.today, self.on).record
            assert record is not None
            wish = record.name if self.name_by == "name" else record.reference
            chosen = self._choose(record)
            yield Job(
                row.number, names.take(wish, row.number), record.reference or "", record, chosen.date, chosen.date_from
            )

    def _choose(self, record: PatientRecord) -> Choices:
        look = (self.language, self.edition)
        if self.on is not None:
            return Choices(self.on, "option", *look)
        if record.seen_on is not None:
            return Choices(record.seen_on, "record", *look)
        return Choices(self.today, "today", *look)

    def _read(self, row: Row) -> RowReading:
        """Return a row with its record, checked against all that may keep a sheet from being made.

        A row on which the program itself fails is a bad row, and no more than that.
        """
        try:
            with defer_interrupts():
                return self._check_row(row)
        except KeyboardInterrupt:
            raise
        except BaseException as problem:
            message = f"row {row.number}: {tell_bug(problem)}"
            return RowReading(row, None, (Diagnostic("program-failed", message, row.places.span()),))

    def _check_row(self, row: Row) -> RowReading:
        """Return a row with its record, checked against the rules and the fonts as well."""
        return read_row(row, self.pipeline.library, self.today, self.on, self._inspect)

    def _inspect(self, record: PatientRecord, places: Places, problems: Collector, day: date, whole: bool) -> None:
        """Ask of a record all that making its sheet would, its pages where they may be too many."""
        self.pipeline.check(self.handout, self.language, record, places, problems, day, whole)
        if whole and not problems.errors:
            choices = replace(self._choose(record), paper=self.paper)
            problems.extend(find_overflow(self.pipeline, self.handout, record, choices, places, self.fitting))


def open_rows_table(source: str) -> tuple[Table, list[Diagnostic]]:
    """Return the table of ``TABLE|-``, and warnings; PatientError says why it is none."""
    collector = Collector()
    table = open_table(source, lambda: b"" if sys.stdin is None else read_piecewise(sys.stdin.buffer), collector)
    collector.raise_errors(PatientError)
    if table is None:
        raise PatientError(Diagnostic("no-table", "this is not a table", Span(source)))
    return table, [item for item in collector if item.rule != HIDDEN_ROWS]


def list_copies(count: int, day: date, date_from: Literal["option", "today"]) -> Iterator[Job]:
    """Yield the jobs of a number of generic sheets."""
    names = FileNames()
    for number in range(1, count + 1):
        yield Job(number, names.take(None, number), "", None, day, date_from)
