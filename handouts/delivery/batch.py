"""A batch run: what is there already stays, the rest is made in groups, and the state is kept after each group."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field, replace
from pathlib import Path

from handouts.dataclass import dataclass
from handouts.delivery.file_group import write_group
from handouts.delivery.jobs import Ground, Job, Outcome, Sheet, Status
from handouts.delivery.receipt import Entry
from handouts.delivery.state import BatchState, Known
from handouts.delivery.strangers import Strangers
from handouts.diagnostics import DeliveryError, Diagnostic, Span

GROUP = 50
"""Sheets that are made, written and noted together: a break loses the work on no more than these."""

AT_WORK = "at_work"
"""Note of the first file of the group that was begun last; it stays when the process ends without a word."""

MOST_UNWRITTEN = 20
"""Sheets in a row that the disk refuses before the run gives up."""

LEFT = "of an earlier table; the file is still in the folder"
UNREACHED = "the run was broken off before this row; a file that is there is of an earlier run"
GONE = "the file was taken away before the run ended; run the same command again"

Work = Callable[[Sequence[Job]], list[Outcome]]
"""Makes the sheets of some jobs, in this process or another; never raises for what is wrong with one of them."""

Press = Callable[[Iterable[Sequence[Job]]], Iterator[list[Outcome]]]
"""Takes groups of jobs and yields the outcomes of each as they come, in any order."""


@dataclass(slots=True)
class Batch:
    """One run in a folder. ``notes`` say of files why they were made anew; ``strangers`` None overwrites all.

    ``files`` are those that the run has come to, ``kept`` those that were there, ``sheets`` those that were made,
    ``failures`` those that could not be made.
    """

    folder: Path
    state: BatchState
    ground: Ground
    strangers: Strangers | None = None
    kept: set[str] = field(default_factory=set)
    notes: dict[str, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    sheets: set[str] = field(default_factory=set)
    failures: set[str] = field(default_factory=set)
    _unwritten: int = 0
    _ended: bool = False

    def run(self, jobs: Iterable[Job], press: Press, report: Callable[[int], None]) -> None:
        """Make every sheet that is not there yet; ``report`` hears how many more rows are done.

        DeliveryError when the state cannot be kept or the disk refuses one sheet after another.
        """
        for outcomes in press(self._find_work(jobs, report)):
            self._deliver(outcomes)
            report(len(outcomes))
        self.state.keep_note(AT_WORK, "")
        self._ended = True

    def _find_work(self, jobs: Iterable[Job], report: Callable[[int], None]) -> Iterator[list[Job]]:
        """Yield groups of jobs whose sheets are not there, and note why those that once were are made anew.

        A sheet whose name a file of other origin has, or that somebody changed, is none of them.
        """
        group: list[Job] = []
        settled: list[Outcome] = []
        for job in jobs:
            self.files.add(job.file)
            known = self.state.find_sheet(job.file)
            reason = self._find_reason(job, known)
            if reason is None and known is not None:
                self.kept.add(job.file)
                if known.row != job.row:
                    settled.append(Outcome(job, known.sheet))
                report(1)
                continue
            if strange := self._find_stranger(job, known):
                self.failures.add(job.file)
                settled.append(Outcome(job, None, strange))
                report(1)
                continue
            if reason:
                self.notes[job.file] = reason
            group.append(job)
            if len(group) == GROUP:
                self.state.keep_note(AT_WORK, group[0].file)
                yield group
                group = []
        if settled:
            self.state.keep_outcomes(settled, self.ground)
        if group:
            self.state.keep_note(AT_WORK, group[0].file)
            yield group

    def _find_reason(self, job: Job, known: Known | None) -> str | None:
        """Return None when the sheet is there as it must be, else why it is made (empty when it never was)."""
        if known is None or known.sheet is None:
            return ""
        changed = self.ground.name_changes(known.ground)
        if changed:
            return f"made again: {changed} changed"
        if known.digest != job.digest:
            return "made again: the row or its date changed"
        return None if matches_file(self.folder / job.file, known.sheet) else "made again: the file was gone or altered"

    def _find_stranger(self, job: Job, known: Known | None) -> str:
        """Return why the sheet of a job must not be written; empty when it may be.

        A file that is as it was left may be replaced even where its form is that of an earlier version.
        """
        if self.strangers is None:
            return ""
        if known is not None and known.sheet is not None and matches_file(self.folder / job.file, known.sheet):
            return ""
        return self.strangers.explain(job.file)

    def _deliver(self, outcomes: list[Outcome]) -> None:
        """Write what is still to be written and keep the state; DeliveryError when the state is not where it was."""
        waiting = [at for at, item in enumerate(outcomes) if item.data is not None]
        if waiting:
            files = [(outcomes[at].job.file, outcomes[at].data or b"") for at in waiting]
            for at, problem in zip(waiting, write_group(self.folder, files), strict=True):
                outcomes[at] = settle_outcome(outcomes[at], problem)
        self.state.keep_outcomes(outcomes, self.ground)
        for item in outcomes:
            (self.failures if item.sheet is None else self.sheets).add(item.job.file)
            self._unwritten = self._unwritten + 1 if item.unwritten else 0
            if self._unwritten >= MOST_UNWRITTEN:
                message = f"the disk refused {MOST_UNWRITTEN} sheets one after another; the last: {item.problem}"
                hint = "mend that and run the same command again: it goes on where it stopped"
                raise DeliveryError(Diagnostic("not-written", message, Span(str(self.folder)), hint=hint))
        self.state.check_place()

    def list_entries(self, refused: Iterable[Entry], there: frozenset[str] | None = None) -> Iterator[Entry]:
        """Yield the receipt by row; ``refused`` are rows that no sheet was to be made of.

        ``there`` are the names of the files in the folder: a sheet that is not among them has failed.
        """
        without = sorted(refused, key=lambda entry: entry.row, reverse=True)
        leftovers = []
        for file, known in self.state.list_sheets():
            if file not in self.files and self._ended:
                if known.sheet is not None and self._is_there(file, there):
                    leftovers.append(Entry(known.row, known.reference, file, Status.LEFT_OVER, known.sheet, LEFT))
                continue
            while without and without[-1].row < known.row:
                yield without.pop()
            yield self._make_entry(file, known, self._is_there(file, there))
        yield from reversed(without)
        yield from leftovers

    def _is_there(self, file: str, there: frozenset[str] | None) -> bool:
        """Return whether a file is there; some file systems list a name otherwise than it was given."""
        return there is None or file in there or (self.folder / file).exists()

    def _make_entry(self, file: str, known: Known, there: bool) -> Entry:
        sheet = known.sheet if there else None
        if file in self.failures:
            status, note = Status.FAILED, known.problem
        elif file not in self.sheets and file not in self.kept:
            status, note = Status.WAITING, UNREACHED
        elif not there:
            status, note = Status.FAILED, GONE
        else:
            status, note = (Status.KEPT if file in self.kept else Status.MADE), self.notes.get(file, "")
        return Entry(known.row, known.reference, file, status, sheet, note)


def settle_outcome(outcome: Outcome, problem: DeliveryError | None) -> Outcome:
    """Return an outcome after its bytes were written, or were refused."""
    if problem is None:
        return replace(outcome, data=None)
    words = problem.diagnostics[0]
    reason = words.message + (f"; {words.hint}" if words.hint else "")
    return replace(outcome, sheet=None, data=None, problem=reason, unwritten=True)


def matches_file(path: Path, sheet: Sheet) -> bool:
    """Return whether a file is there with exactly the bytes of a sheet."""
    try:
        if path.stat().st_size != sheet.size:
            return False
        return hashlib.sha256(path.read_bytes()).hexdigest() == sheet.sha256
    except OSError:
        return False
