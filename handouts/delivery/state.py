"""What a batch has done so far, in an SQLite file in its folder: read after a break, locked while a run is at work."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from pathlib import Path

from handouts.dataclass import dataclass
from handouts.delivery.files import open_new
from handouts.delivery.jobs import Ground, Job, Outcome, Sheet
from handouts.delivery.state_problems import STATE_NAME, explain_broken, explain_loss, explain_state
from handouts.diagnostics import DeliveryError, Diagnostic, Span

SCHEMA = 1
BEGUN = "run_begun"
"""Note of the run that is at work or was broken off, and of the day on which it began."""

ROWS = "run_rows"
"""Note of the marks of that run's rows; absent where an earlier version of the program began it."""

WAIT = 2.0
"""Seconds to wait for another run in the same folder before giving up."""

_TABLES = """
CREATE TABLE IF NOT EXISTS notes (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sheets (
  file TEXT PRIMARY KEY, row INTEGER NOT NULL, reference TEXT NOT NULL, digest TEXT NOT NULL, ground TEXT NOT NULL,
  sheet_id TEXT, pages INTEGER, sha256 TEXT, size INTEGER, content_version TEXT, plan_digest TEXT, problem TEXT NOT NULL
) WITHOUT ROWID;
"""
_COLUMNS = "file, row, reference, digest, ground, sheet_id, pages, sha256, size, content_version, plan_digest, problem"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a file: its row's digest, the ground it was made on, and the sheet, None if it failed."""

    row: int
    reference: str
    digest: str
    ground: Ground
    sheet: Sheet | None
    problem: str


class BatchState:
    """The state of a batch folder. Only one run at a time can have it open."""

    def __init__(self, folder: Path) -> None:
        """Open the state of a folder; DeliveryError when another run is at work there, or the file cannot be used."""
        self.path = folder / STATE_NAME
        try:
            with contextlib.suppress(FileExistsError):
                os.close(open_new(self.path))
            self._base = _connect(self.path)
        except (sqlite3.Error, OSError) as problem:
            raise DeliveryError(explain_state(folder, problem)) from problem
        try:
            self._prepare()
        except BaseException:
            self._base.close()
            raise

    def _prepare(self) -> None:
        """Make what a new file lacks. DeliveryError when another run is at work there, or it is of another version."""
        try:
            self._base.execute("BEGIN IMMEDIATE")
            for statement in _TABLES.split(";"):
                self._base.execute(statement)
            self._base.execute("INSERT OR IGNORE INTO notes VALUES ('schema', ?)", (str(SCHEMA),))
            self._base.execute("COMMIT")
            self._mark = _mark_file(self.path)
        except (sqlite3.Error, OSError) as problem:
            raise DeliveryError(explain_state(self.path.parent, problem)) from problem
        if self.find_note("schema") != str(SCHEMA):
            hint = "take another folder, or remove the file"
            message = "the state in this folder is of another version of the program"
            raise DeliveryError(Diagnostic("state-version", message, Span(str(self.path)), hint=hint))

    def close(self) -> None:
        """Let go of the folder."""
        self._base.close()

    def find_note(self, key: str) -> str | None:
        """Return a remark on the run, or None. DeliveryError when the file is broken."""
        with self._reading():
            found = self._base.execute("SELECT value FROM notes WHERE key=?", (key,)).fetchone()
        return None if found is None else str(found[0])

    def find_begin(self, run: str) -> date | None:
        """Return the day on which a run began that was broken off here, or None where that was none or another.

        DeliveryError when what is noted makes no sense.
        """
        begun = self.find_note(BEGUN)
        if not begun:
            return None
        with self._reading():
            broken, day = begun.split(" ")
            return date.fromisoformat(day) if broken == run else None

    def find_rows(self) -> frozenset[str] | None:
        """Return the marks of the rows of the run that was broken off, None where they are not noted."""
        noted = self.find_note(ROWS)
        return None if noted is None else frozenset(noted.split())

    def keep_begin(self, run: str, day: date, rows: frozenset[str] = frozenset()) -> None:
        """Keep the day on which a run began, in place of any other's, until `forget_begin`.

        ``run`` is its digest, ``rows`` the marks of its rows. DeliveryError when the disk does not take it.
        """
        notes: list[tuple[object, ...]] = [(BEGUN, f"{run} {day.isoformat()}"), (ROWS, " ".join(sorted(rows)))]
        self._write("INSERT OR REPLACE INTO notes VALUES (?, ?)", notes)

    def forget_begin(self) -> None:
        """Note that no run is broken off here. DeliveryError when the disk does not take it."""
        self.keep_note(BEGUN, "")

    def keep_note(self, key: str, value: str) -> None:
        """Keep a remark on the run. DeliveryError when the disk does not take it."""
        self._write("INSERT OR REPLACE INTO notes VALUES (?, ?)", [(key, value)])

    def find_sheet(self, file: str) -> Known | None:
        """Return what is known of a file, or None. DeliveryError when the state is broken."""
        with self._reading():
            found = self._base.execute(f"SELECT {_COLUMNS} FROM sheets WHERE file=?", (file,)).fetchone()
            return None if found is None else _read_known(found)[1]

    def list_sheets(self) -> Iterator[tuple[str, Known]]:
        """Yield every file with what is known of it, by row. DeliveryError when the state is broken."""
        with self._reading():
            for found in self._base.execute(f"SELECT {_COLUMNS} FROM sheets ORDER BY row, file"):
                yield _read_known(found)

    def keep_outcomes(self, outcomes: Iterable[Outcome], ground: Ground) -> None:
        """Keep what became of some jobs, all or none of them. DeliveryError when the disk does not take it."""
        shown = json.dumps(asdict(ground))
        rows = [_write_outcome(item.job, item, shown) for item in outcomes]
        self._write(f"INSERT OR REPLACE INTO sheets ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", rows)

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        """Turn what a broken file gives into a DeliveryError that says how to go on."""
        try:
            yield
        except (sqlite3.Error, ValueError, TypeError, OverflowError) as problem:
            raise DeliveryError(explain_broken(self.path.parent)) from problem

    def _write(self, statement: str, rows: list[tuple[object, ...]]) -> None:
        try:
            self._base.execute("BEGIN IMMEDIATE")
            try:
                self._base.executemany(statement, rows)
                self._base.execute("COMMIT")
            except sqlite3.Error:
                if self._base.in_transaction:
                    self._base.execute("ROLLBACK")
                raise
        except sqlite3.Error as problem:
            raise DeliveryError(explain_state(self.path.parent, problem)) from problem

    def check_place(self) -> None:
        """DeliveryError when the file went while it was open; it is then written anew, unless another took its place.

        SQLite goes on in a file without a name, and all that it notes there would be gone when it is closed.
        """
        try:
            if _mark_file(self.path) == self._mark:
                return
            problem: Exception | None = FileExistsError()
        except FileNotFoundError:
            problem = self._write_anew()
        except OSError:
            return
        raise DeliveryError(explain_loss(self.path.parent, problem)) from problem

    def _write_anew(self) -> Exception | None:
        """Write all that is known into a new file and go on there; return what stood in the way, None if nothing."""
        base = None
        try:
            os.close(open_new(self.path))
            base = _connect(self.path)
            self._base.backup(base)
            self._mark = _mark_file(self.path)
        except (sqlite3.Error, OSError) as problem:
            if base is not None:
                base.close()
            return problem
        self._base.close()
        self._base = base
        return None


def _connect(path: Path) -> sqlite3.Connection:
    """Return the open base of a file; nobody else can open it until it is closed."""
    base = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
    try:
        base.execute("PRAGMA locking_mode=EXCLUSIVE")
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=NORMAL")
    except sqlite3.Error:
        base.close()
        raise
    return base


def _mark_file(path: Path) -> tuple[int, int]:
    """Return what tells a file from any other that may get its name. OSError when it is not there."""
    found = os.stat(path)  # noqa: PTH116  (asked for once a group)
    return found.st_dev, found.st_ino


def _write_outcome(job: Job, outcome: Outcome, ground: str) -> tuple[object, ...]:
    head = (job.file, job.row, job.reference, job.digest, ground)
    sheet = outcome.sheet
    if sheet is None:
        return (*head, None, None, None, None, None, None, outcome.problem)
    parts = (sheet.sheet_id, sheet.pages, sheet.sha256, sheet.size, sheet.content_version, sheet.plan_digest)
    return (*head, *parts, "")


def _read_known(found: tuple[object, ...]) -> tuple[str, Known]:
    file, row, reference, digest, ground, *parts, problem = found
    sheet = None if parts[0] is None else Sheet(*parts)  # type: ignore[arg-type]
    known = Known(int(str(row)), str(reference), str(digest), _read_ground(str(ground)), sheet, str(problem))
    return str(file), known


@lru_cache(16)
def _read_ground(text: str) -> Ground:
    return Ground(**json.loads(text))
