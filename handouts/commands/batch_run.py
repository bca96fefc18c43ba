"""A batch from table to receipt: check, make, note, tell."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, replace
from datetime import date
from pathlib import Path

from handouts.commands.batch_check import Check
from handouts.commands.batch_ground import digest_run, find_ground
from handouts.commands.batch_options import MOST_TAGGED, BatchOptions
from handouts.commands.batch_papers import write_receipt_file, write_rejected_copy
from handouts.commands.batch_places import check_places, refuse_sheet_name
from handouts.commands.batch_print import explain_gaps, write_print_run
from handouts.commands.batch_progress import show_progress
from handouts.commands.batch_report import tell_end, write_document
from handouts.commands.batch_rows import Rows, list_copies, open_rows_table
from handouts.commands.batch_work import keep_pipeline, make_order
from handouts.commands.options import open_pipeline
from handouts.commands.report import say, show_diagnostics
from handouts.dataclass import dataclass
from handouts.delivery.batch import AT_WORK, Batch, Press
from handouts.delivery.cluster import work_on_cluster
from handouts.delivery.crew import Crew
from handouts.delivery.files import list_files, make_folder, sweep_trials
from handouts.delivery.jobs import Job, Status
from handouts.delivery.presses import LEAST_FOR_POOL, work_here, work_in_pool
from handouts.delivery.state import BatchState
from handouts.delivery.state_problems import STATE_NAME
from handouts.delivery.strangers import Strangers
from handouts.diagnostics import DeliveryError, Diagnostic, HandoutError, PatientError, Severity, Span
from handouts.interrupts import INTERRUPTED
from handouts.patient.models import PatientRecord
from handouts.patient.table import make_empty_diagnostic
from handouts.pipeline import Choices, Pipeline

AGAIN = "run the same command again to go on"
GO_ON = f"broken off; {AGAIN}"


def run_batch(options: BatchOptions) -> int:
    """Make a batch and return the exit status; HandoutError for what stands in the way of the whole run.

    With ``--format json`` one document goes to stdout in any case.
    """
    try:
        return _start(options)
    except HandoutError as problem:
        if options.form == "json":
            with contextlib.suppress(DeliveryError):
                write_document(options.handout, options.folder, (), problem.diagnostics, True)
        raise
    except KeyboardInterrupt:
        say(GO_ON)
        return INTERRUPTED


def _start(options: BatchOptions) -> int:
    """Check everything, then make the batch."""
    pipeline = open_pipeline(options.clinic_file)
    folder = Path(options.folder)
    check_places(folder, options.source, options.print_run)
    with contextlib.ExitStack() as stack:
        state = None
        if (folder / STATE_NAME).exists():
            state = stack.enter_context(contextlib.closing(BatchState(folder)))
            sweep(options)
        now = date.today()
        today = (state and state.find_begin(digest_run(options))) or now
        _check_handout(pipeline, options, today)
        suspect = "" if state is None else state.find_note(AT_WORK) or ""
        crew = Crew(_count_others(options, suspect), make_order(options, pipeline, None).prepare)
        stack.callback(crew.close)
        rows, check = _check_rows(pipeline, options, today, crew)
        if state is not None and rows is not None and today != now and not _goes_on(state, check):
            today, rows = now, replace(rows, today=now)
            check = rows.check(LEAST_FOR_POOL, crew.start, check.warnings)
        show_diagnostics(check.found)
        if check.refused or (check.bad and not options.skip_bad):
            return _refuse(options, check)
        if options.print_run is not None:
            refuse_sheet_name(
                Path(options.print_run), folder, (job.file for job in list_jobs(options, rows, check, today))
            )
        if state is None:
            make_folder(folder)
            state = stack.enter_context(contextlib.closing(BatchState(folder)))
        return _Run(options, pipeline, folder, state, today, rows, check, crew, suspect).go()


def _count_others(options: BatchOptions, suspect: str) -> int:
    """Return how many processes beside this one make sheets: it works too, but not where there is a suspect."""
    if options.workers == 1 or options.dask:
        return 0
    return options.workers if suspect else options.workers - 1


def list_jobs(options: BatchOptions, rows: Rows | None, check: Check, today: date) -> Iterator[Job]:
    """Yield the jobs of a run in order; the same at every call."""
    if rows is None:
        return list_copies(options.copies or 0, options.on or today, "option" if options.on else "today")
    return rows.list_jobs(frozenset(number for number, _, _, _ in check.bad))


def sweep(options: BatchOptions) -> None:
    """Remove unfinished files, also those of a run that was killed."""
    sweep_trials(Path(options.folder))
    if options.print_run is not None:
        path = Path(options.print_run)
        sweep_trials(path.parent, path.name)


def _refuse(options: BatchOptions, check: Check) -> int:
    """Say that nothing was made because of bad or hidden rows; return the exit status."""
    reasons = []
    if check.bad:
        many = f"{len(check.bad)} row{'' if len(check.bad) == 1 else 's'}"
        reasons.append(f"{many} cannot be used; mend the table, or make the others with --skip-bad")
    if check.refused:
        reasons.append("hidden rows need a choice (--hidden-rows)")
    say(f"nothing was made: {'; '.join(reasons)}")
    if options.form == "json":
        entries = check.list_refused(options.hidden_rows)
        write_document(options.handout, options.folder, entries, check.found, False)
    return 1


def _check_handout(pipeline: Pipeline, options: BatchOptions, today: date) -> None:
    """Raise PatientError at once, not row by row, when no sheet of this handout can be made for anybody."""
    someone = None if options.source is None else PatientRecord("A")
    look = (options.language, options.edition, options.paper)
    pipeline.plan(options.handout, someone, Choices(options.on or today, "option", *look))


def _check_rows(pipeline: Pipeline, options: BatchOptions, today: date, crew: Crew) -> tuple[Rows | None, Check]:
    """Return the rows and what is wrong with them; meanwhile the crew starts, if there are so many that it pays.

    PatientError for what is no table, or one without a row.
    """
    if options.source is None:
        copies = options.copies or 0
        return None, Check(good=copies, undated=0 if options.on else copies)
    table, warnings = open_rows_table(options.source)
    say(f"{table.name}: read as {table.said}")
    look = (options.language, options.edition)
    names = (options.name_by, options.hidden_rows)
    rows = Rows(pipeline, options.handout, table, today, options.on, *look, *names, options.paper)
    check = rows.check(LEAST_FOR_POOL, crew.start, warnings)
    if not (check.good or check.bad or check.hidden):
        raise PatientError(make_empty_diagnostic(table))
    return rows, check


def _goes_on(state: BatchState, check: Check) -> bool:
    """Return whether a table has a row of the run that was broken off: only then are its sheets of that run's day."""
    begun = state.find_rows()
    return begun is None or bool(begun & check.marks)


@dataclass(slots=True)
class _Run:
    """One run after the check. ``suspect`` is the first file of the group at which the last ended without a word."""

    options: BatchOptions
    pipeline: Pipeline
    folder: Path
    state: BatchState
    today: date
    rows: Rows | None
    check: Check
    crew: Crew
    suspect: str
    found: list[Diagnostic] = field(default_factory=list)

    def go(self) -> int:
        """Make the sheets and write the receipt; return the exit status."""
        self.state.keep_begin(digest_run(self.options), self.today, self.check.marks)
        self._tell_date()
        strangers = None if self.options.overwrite else Strangers(self.folder)
        batch = Batch(self.folder, self.state, find_ground(self.options, self.pipeline), strangers)
        broken: BaseException | None = None
        guard = not self.options.overwrite
        table = self.rows.table if self.rows is not None else None
        whole = self._attempt(lambda: write_rejected_copy(self.folder, table, self.check.bad, guard))
        try:
            with show_progress(self.check.good) as report:
                batch.run(self._list_jobs(), self._choose_press(), report)
            whole = self._print_run(batch) and whole
            self.state.forget_begin()
            self.state.check_place()
        except (KeyboardInterrupt, HandoutError) as problem:
            broken = problem
            with contextlib.suppress(DeliveryError):
                self.state.keep_note(AT_WORK, "")
        sweep(self.options)
        refused = self.check.list_refused(self.options.hidden_rows)
        entries = list(batch.list_entries(refused, list_files(self.folder)))
        if isinstance(broken, HandoutError):
            self._show(broken.diagnostics)
        whole = self._attempt(lambda: write_receipt_file(self.folder, entries, guard)) and whole
        tell_end(self.folder, entries)
        if self.options.form == "json":
            found = (*self.check.found, *self.found)
            ended = (entries, found, broken is not None)
            whole = self._attempt(lambda: write_document(self.options.handout, self.options.folder, *ended)) and whole
        if broken is not None:
            left = self.check.good - len(batch.kept) - len(batch.sheets) - len(batch.failures)
            say(f"broken off: {left} to do; {AGAIN}")
            return INTERRUPTED if isinstance(broken, KeyboardInterrupt) else 1
        bad = self.check.bad or any(entry.status is Status.FAILED for entry in entries)
        return 1 if bad or not whole else 0

    def _show(self, found: Sequence[Diagnostic]) -> None:
        show_diagnostics(found)
        self.found.extend(found)

    def _attempt(self, work: Callable[[], object]) -> bool:
        """Do what the rest of the run does not depend on; return whether it could be done, and show why not."""
        try:
            work()
        except DeliveryError as problem:
            self._show(problem.diagnostics)
            return False
        return True

    def _tell_date(self) -> None:
        """Say which date the sheets bear for which neither the row nor an option gives one; warn of an earlier day."""
        if not self.check.undated:
            return
        dated = f"{self.check.undated} sheet{'' if self.check.undated == 1 else 's'} dated {self.today.isoformat()}"
        reason = "no '--date', no 'seen_on'"
        if self.today == date.today():
            say(f"{dated}: {reason}")
            return
        message = f"{dated}, the day on which the run began that now goes on: {reason}"
        hint = "for another day give --date"
        self._show([Diagnostic("earlier-day", message, Span(str(self.folder)), Severity.WARNING, hint)])

    def _list_jobs(self) -> Iterator[Job]:
        return list_jobs(self.options, self.rows, self.check, self.today)

    def _print_run(self, batch: Batch) -> bool:
        """Write the file for the printer, if one was asked for; return whether every sheet is in it."""
        if self.options.print_run is None:
            return True
        path = Path(self.options.print_run)
        wanted = self.options.tagged is not False and not self.options.two_up
        tagged = wanted and self.check.good <= MOST_TAGGED
        many = f" (more than {MOST_TAGGED:,} handouts)" if wanted else ""
        pages, problems = write_print_run(
            self.pipeline,
            make_order(self.options, self.pipeline, None),
            (job for job in self._list_jobs() if job.file not in batch.failures),
            path,
            separators=self.options.separators,
            two_up=self.options.two_up,
            tagged=tagged,
        )
        if pages:
            paper = f"for paper only, without tags{many}: the single files are accessible"
            say(f"{path}: {pages} pages for the printer; {'tagged as the single files are' if tagged else paper}")
        if batch.failures and pages:
            failed = f"{len(batch.failures)} row{'' if len(batch.failures) == 1 else 's'}"
            say(f"{path}: without the {failed} that failed")
        found = explain_gaps(path, pages, problems)
        self._show(found)
        return not found

    def _choose_press(self) -> Press:
        options = self.options
        order = make_order(options, self.pipeline, None if options.dask else self.folder.resolve())
        if options.dask:
            return work_on_cluster(order, options.dask)
        keep_pipeline(self.pipeline)
        if options.workers > 1 and self.check.good >= LEAST_FOR_POOL:
            return work_in_pool(order, self.crew, here=not self.suspect)
        if options.workers > 1:
            say(f"one process: fewer than {LEAST_FOR_POOL} sheets are made sooner without workers")
        return work_here(order, self.suspect)
