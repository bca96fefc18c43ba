"""What is wrong with the state of a batch, and how to mend it."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

from handouts.diagnostics import Diagnostic, Span

STATE_NAME = ".handouts-batch.sqlite"
BESIDE = ("", "-wal", "-journal", "-shm")
"""Endings of the state file and of those that SQLite keeps beside it."""

AGAIN = "run the same command again: it goes on where it stopped"
ANEW = "run the same command again: sheets that the state does not know are made anew"

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


def explain_state(folder: Path, problem: Exception) -> Diagnostic:
    """Return why the state cannot be opened or written.

    SQLite has one word for many causes ("disk I/O error" also for a read-only file), so the folder is looked at.
    """
    name = str(getattr(problem, "sqlite_errorname", ""))
    number = getattr(problem, "errno", None)
    span = Span(str(folder))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        hint = "wait until it has ended, or take another folder with -o"
        return Diagnostic("folder-in-use", "another run is at work in this folder", span, hint=hint)
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return explain_broken(folder)
    if name == "SQLITE_FULL" or number in _FULL:
        message = "the state of the batch cannot be written: the disk is full"
        return Diagnostic("disk-full", message, span, hint=f"make room on the disk and {AGAIN}")
    found = _look_at_places(folder)
    if found is not None:
        return found
    if name.startswith("SQLITE_READONLY") or number in _FORBIDDEN:
        message = "the state of the batch cannot be written: a file of it is read-only"
        hint = f"let your account write {STATE_NAME} there and the files beside it, or choose another folder with -o"
        return Diagnostic("read-only", message, span, hint=hint)
    if name == "SQLITE_IOERR_LOCK":
        message = "the state cannot be locked: this disk or share does not lock files"
        return Diagnostic("not-written", message, span, hint="choose a folder on this machine with -o")
    reason = getattr(problem, "strerror", None) or str(problem)
    told = f" ({name})" if isinstance(problem, sqlite3.Error) and name else ""
    message = f"the state of the batch cannot be used: {reason.lower()}{told}"
    return Diagnostic("not-written", message, span, hint=f"see that the disk is sound and has room, then {AGAIN}")


def explain_broken(folder: Path) -> Diagnostic:
    """Return what to do about a state that makes no sense."""
    hint = f"remove {STATE_NAME} there: all sheets are then made anew"
    return Diagnostic("state-broken", "the state in this folder is broken", Span(str(folder)), hint=hint)


def explain_loss(folder: Path, problem: Exception | None) -> Diagnostic:
    """Return what happened to a state that went while the run was at work; ``problem`` says why it is not there anew.

    Without a problem it was written anew and holds everything.
    """
    span = Span(str(folder / STATE_NAME))
    if problem is None:
        message = "the state file was removed while the run was at work; it was written anew, and nothing is lost"
        hint = f"leave it there; {AGAIN}"
    elif isinstance(problem, FileExistsError):
        message = "another state file has taken the place of this run's"
        hint = f"see that no other run is at work in the folder and {ANEW}"
    elif isinstance(problem, FileNotFoundError):
        message = "the folder was removed or renamed while the run was at work"
        hint = "give it its name again, or leave it and all sheets are made anew; then run the same command again"
    else:
        reason = getattr(problem, "strerror", None) or str(problem)
        message = f"the state file was removed while the run was at work and cannot be written anew: {reason.lower()}"
        hint = f"mend that and {ANEW}"
    return Diagnostic("state-gone", message, span, hint=hint)


def _look_at_places(folder: Path) -> Diagnostic | None:
    """Return what stands in the way in the folder, as far as it can be seen."""
    if not os.access(folder, os.X_OK):
        return _explain_folder(folder)
    for ending in BESIDE:
        path = folder / f"{STATE_NAME}{ending}"
        span = Span(str(path))
        if path.is_symlink() and not path.exists():
            message = "the state file is a link that leads nowhere"
            return Diagnostic("not-written", message, span, hint="remove the link")
        if not path.exists():
            continue
        if not path.is_file():
            message = "the state of the batch needs this name: it belongs to a folder or device"
            return Diagnostic(
                "not-written", message, span, hint="give that another name, or choose another folder with -o"
            )
        if not os.access(path, os.R_OK | os.W_OK):
            message = "the state of the batch cannot be written: this file is read-only for this account"
            hint = "let your account read and write it, or choose another folder with -o"
            return Diagnostic("read-only", message, span, hint=hint)
    return None if os.access(folder, os.R_OK | os.W_OK) else _explain_folder(folder)


def _explain_folder(folder: Path) -> Diagnostic:
    hint = "let your account write there, or choose another folder with -o"
    return Diagnostic("not-written", "this account may not write in the folder", Span(str(folder)), hint=hint)
