"""A batch from table to receipt: check, make, note, tell."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import click

from handouts import __version__
from handouts.commands.batch_print import MOST_TAGGED, write_print_run
from handouts.commands.batch_progress import show_progress
from handouts.commands.batch_rows import Check, Rows, list_copies, open_rows_table
from handouts.commands.batch_work import Order, keep_pipeline
from handouts.commands.options import open_pipeline
from handouts.commands.report import say, show_diagnostics
from handouts.dataclass import dataclass
from handouts.delivery.batch import Batch, Press
from handouts.delivery.cluster import work_on_cluster
from handouts.delivery.files import make_folder, sweep_trials, write_whole
from handouts.delivery.jobs import Ground, Job, Status
from handouts.delivery.presses import LEAST_FOR_POOL, work_here, work_in_pool
from handouts.delivery.receipt import RECEIPT_NAME, REJECTED_NAME, Entry, list_receipt, write_receipt, write_rejected
from handouts.delivery.state import STATE_NAME, BatchState
from handouts.diagnostics import DeliveryError
from handouts.patient.models import Clinic, PatientRecord
from handouts.patient.table import Table
from handouts.pipeline import Choices, Pipeline

MOST_REMARKS = 20
"""Rows made again that are named one by one; the receipt names all."""

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """The command's options."""

    handout: str
    source: str | None
    copies: int | None
    folder: str
    clinic_file: str | None
    language: str | None
    edition: str | None
    paper: str | None
    on: date | None
    print_run: str | None
    separators: bool
    two_up: bool
    tagged: bool
    workers: int
    dask: str | None
    skip_bad: bool
    name_by: Literal["reference", "name"]
    form: Literal["text", "json"]


def run_batch(options: BatchOptions) -> int:
    """Make a batch and return the exit status; HandoutError for what stands in the way of the whole run."""
    pipeline = open_pipeline(options.clinic_file)
    folder = Path(options.folder)
    with contextlib.ExitStack() as stack:
        state = None
        if (folder / STATE_NAME).exists():
            state = stack.enter_context(contextlib.closing(BatchState(folder)))
        today = _find_today(state)
        _check_handout(pipeline, options, today)
        rows, check = _check_rows(pipeline, options, today)
        show_diagnostics(check.found)
        if check.bad and not options.skip_bad:
            many = f"{len(check.bad)} row{'' if len(check.bad) == 1 else 's'}"
            say(f"nothing was made: {many} cannot be used; mend the table, or make the others with --skip-bad")
            return 1
        if state is None:
            make_folder(folder)
            state = stack.enter_context(contextlib.closing(BatchState(folder)))
        return _Run(options, pipeline, folder, state, today, rows, check).go()


def _find_today(state: BatchState | None) -> date:
    """Return today, or the day on which a run that was broken off began: a night between must not change the sheets."""
    begun = state.find_note("begun") if state is not None else None
    return date.fromisoformat(begun) if begun else date.today()


def _check_handout(pipeline: Pipeline, options: BatchOptions, today: date) -> None:
    """Raise PatientError at once, not row by row, when no sheet of this handout can be made for anybody."""
    someone = None if options.source is None else PatientRecord("A")
    look = (options.language, options.edition, options.paper)
    pipeline.plan(options.handout, someone, Choices(options.on or today, "option", *look))


def _check_rows(pipeline: Pipeline, options: BatchOptions, today: date) -> tuple[Rows | None, Check]:
    if options.source is None:
        return None, Check(good=options.copies or 0)
    table = open_rows_table(options.source)
    say(f"{table.name}: read as {table.said}")
    rows = Rows(pipeline, options.handout, table, today, options.on, options.language, options.edition, options.name_by)
    return rows, rows.check()


@dataclass(slots=True)
class _Run:
    """One run after the check."""

    options: BatchOptions
    pipeline: Pipeline
    folder: Path
    state: BatchState
    today: date
    rows: Rows | None
    check: Check

    def go(self) -> int:
        """Make the sheets and write the receipt; return the exit status."""
        sweep_trials(self.folder)
        self.state.keep_note("begun", self.today.isoformat())
        self._write_rejected()
        batch = Batch(self.folder, self.state, self._find_ground())
        broken: BaseException | None = None
        printed = True
        try:
            with show_progress(self.check.good) as report:
                batch.run(self.list_jobs(), self._choose_press(), report)
            self.state.keep_note("begun", "")
            printed = self._print_run()
        except (KeyboardInterrupt, DeliveryError) as problem:
            broken = problem
        if isinstance(broken, DeliveryError):
            show_diagnostics(broken.diagnostics)
        entries = list(batch.list_entries(row[:3] for row in self.check.bad))
        written = self._write_receipt(entries)
        self._tell(batch, entries)
        if broken is not None:
            left = self.check.good - len(batch.kept) - batch.made - batch.failed
            say(f"broken off: {left} to do; run the same command again to go on")
            return INTERRUPTED if isinstance(broken, KeyboardInterrupt) else 1
        return 1 if batch.failed or self.check.bad or not written or not printed else 0

    def list_jobs(self) -> Iterator[Job]:
        """Yield the jobs of the run in order; the same at every call."""
        if self.rows is None:
            day = self.options.on or self.today
            return list_copies(self.options.copies or 0, day, "option" if self.options.on else "today")
        return self.rows.list_jobs(frozenset(number for number, _, _, _ in self.check.bad))

    def _print_run(self) -> bool:
        """Write the file for the printer, if one was asked for; return whether every sheet is in it."""
        if self.options.print_run is None:
            return True
        path = Path(self.options.print_run)
        tagged = self.options.tagged and self.check.good <= MOST_TAGGED
        many = f" (more than {MOST_TAGGED:,} handouts)" if self.options.tagged else ""
        pages, problems = write_print_run(
            self.pipeline,
            self._make_order(None),
            self.list_jobs(),
            path,
            separators=self.options.separators,
            two_up=self.options.two_up,
            tagged=tagged,
        )
        paper = f"for paper only, without tags{many}: the single files are accessible"
        say(f"{path}: {pages} pages for the printer; {'tagged as the single files are' if tagged else paper}")
        for row, problem in problems:
            say(f"{path}: row {row} is not in it: {problem}")
        return not problems

    def _choose_press(self) -> Press:
        order = self._make_order(None if self.options.dask else self.folder.resolve())
        if self.options.dask:
            return work_on_cluster(order, self.options.dask)
        if self.options.workers > 1 and self.check.good >= LEAST_FOR_POOL:
            return work_in_pool(order, self.options.workers)
        if self.options.workers > 1:
            say(f"one process: fewer than {LEAST_FOR_POOL} sheets are made sooner without workers")
        keep_pipeline(self.pipeline)
        return work_here(order)

    def _make_order(self, folder: Path | None) -> Order:
        options, pipeline = self.options, self.pipeline
        look = (options.language, options.edition, options.paper)
        return Order(options.handout, pipeline.clinic, pipeline.library.digest, *look, folder)

    def _find_ground(self) -> Ground:
        options = self.options
        look = repr((options.language, options.edition, options.paper))
        clinic = digest_clinic(self.pipeline.clinic)
        return Ground(options.handout, clinic, self.pipeline.library.digest, look, __version__)

    def _write_rejected(self) -> None:
        path = self.folder / REJECTED_NAME
        if self.check.bad and self.rows is not None:
            table: Table = self.rows.table
            rows = ((number, reason, raw) for number, _, reason, raw in self.check.bad)
            write_whole(path, write_rejected(table.header, table.separator, table.encoding, rows))
        else:
            path.unlink(missing_ok=True)

    def _write_receipt(self, entries: list[Entry]) -> bool:
        try:
            write_whole(self.folder / RECEIPT_NAME, write_receipt(entries))
        except DeliveryError as problem:
            show_diagnostics(problem.diagnostics)
            return False
        return True

    def _tell(self, batch: Batch, entries: list[Entry]) -> None:
        """Say what became of the rows, and give the receipt as JSON when it was asked for."""
        _tell_remarks(entries)
        counts = {status: sum(entry.status is status for entry in entries) for status in Status}
        said = ", ".join(f"{count} {status.value}" for status, count in counts.items() if count)
        say(f"{self.folder}: {said or 'no sheets'}")
        if counts[Status.FAILED]:
            show_failures(entries)
        if self.options.form == "json":
            shown = {status.value.replace(" ", "_"): count for status, count in counts.items()}
            receipt = {"handout": self.options.handout, "folder": str(self.folder), "counts": shown}
            click.echo(json.dumps({**receipt, "rows": list_receipt(entries)}, indent=2, ensure_ascii=False))


def _tell_remarks(entries: Iterable[Entry]) -> None:
    remarks = [entry for entry in entries if entry.note and entry.status in (Status.MADE, Status.LEFT_OVER)]
    for entry in remarks[:MOST_REMARKS]:
        say(f"row {entry.row} ({entry.file}): {entry.note}")
    if len(remarks) > MOST_REMARKS:
        say(f"and {len(remarks) - MOST_REMARKS} more; {RECEIPT_NAME} names all")


def show_failures(entries: Iterable[Entry]) -> None:
    """Write a line to stderr for each row that failed. ``--quiet`` hides none."""
    for entry in entries:
        if entry.status is Status.FAILED:
            click.echo(f"row {entry.row}: {click.style('error: ', fg='red', bold=True)}{entry.note}", err=True)


def digest_clinic(clinic: Clinic) -> str:
    """Return the digest (hex, 32 letters) of a clinic's profile with its logo and its fonts."""
    maker = hashlib.blake2b(repr(clinic).encode("utf-8", "surrogatepass"), digest_size=16)
    paths = [] if clinic.logo is None else [clinic.logo]
    if clinic.fonts is not None:
        paths += sorted(path for path in clinic.fonts.rglob("*") if path.is_file())
    for path in paths:
        maker.update(os.fsencode(path.name))
        with contextlib.suppress(OSError):
            maker.update(path.read_bytes())
    return maker.hexdigest()
