"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import re
from pathlib import Path

from handouts.diagnostics import DeliveryError, Diagnostic, Span

OWNER_ONLY = 0o600
PDF_START = b"%PDF-"
FOLDER_OWNER_ONLY = 0o700
_TRIAL = re.compile(r"\.(.+)\.[0-9a-f]{8}\.part\Z", re.DOTALL)


def write_whole(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write ``data`` to ``path``: complete, readable by its owner only, or not at all.

    A file that stands there already is replaced only once the new one is complete. ``durable`` waits until the disk has
    it. Raises DeliveryError when the folder is missing, the disk is full or another program holds the file open, and
    for a folder, a device or a pipe. A PDF replaces nothing but a PDF.
    """
    refuse_place(path)
    if data.startswith(PDF_START):
        refuse_other_kind(path)
    trial = name_trial(path)
    try:
        with os.fdopen(open_new(trial), "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        trial.replace(path)
    except OSError as problem:
        with contextlib.suppress(OSError):
            trial.unlink()
        raise DeliveryError(explain_file(path, problem)) from problem


def refuse_place(path: Path) -> None:
    """DeliveryError for a folder, and for a device or pipe: a file would be put in its place."""
    if not path.name or path.is_dir():
        raise DeliveryError(explain_file(path, IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))))
    if path.exists() and not path.is_file():
        message = "the file was not written: this is a device or pipe, not a file"
        raise DeliveryError(Diagnostic("not-written", message, Span(str(path)), hint="name a file"))


def refuse_other_kind(path: Path) -> None:
    """DeliveryError when a PDF would replace a file that is none: a record or table named by mistake would be lost."""
    try:
        with path.open("rb") as file:
            start = file.read(len(PDF_START))
    except FileNotFoundError:
        return
    except OSError as problem:
        raise DeliveryError(explain_file(path, problem)) from problem
    if start not in {b"", PDF_START}:
        message = "the file was not written: a file that is no PDF has this name"
        raise DeliveryError(Diagnostic("not-written", message, Span(str(path)), hint="choose another name"))


def name_trial(path: Path) -> Path:
    """Return the name under which a file is written until it is complete."""
    return path.with_name(f".{path.name}.{os.urandom(4).hex()}.part")


def open_new(path: Path) -> int:
    """Return the descriptor of a new file that only its owner can read. OSError when it cannot be made."""
    return open_new_name(str(path))


def open_new_name(path: str) -> int:
    """Do what `open_new` does, for a path as text."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), OWNER_ONLY)


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names of a folder, where the system can do that."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner can enter, unless it is there. DeliveryError when that fails."""
    try:
        folder.mkdir(mode=FOLDER_OWNER_ONLY, parents=True, exist_ok=True)
    except OSError as problem:
        raise DeliveryError(explain_file(folder, problem)) from problem


def remove_file(path: Path) -> None:
    """Remove a file, if it is there. DeliveryError when that fails."""
    try:
        path.unlink(missing_ok=True)
    except OSError as problem:
        folder = IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        raise DeliveryError(explain_file(path, folder if path.is_dir() else problem)) from problem


def list_files(folder: Path) -> frozenset[str]:
    """Return the names of what is in a folder; none when it is not there."""
    try:
        return frozenset(os.listdir(folder))  # noqa: PTH208  (names are wanted, of as many as a hundred thousand files)
    except OSError:
        return frozenset()


def sweep_trials(folder: Path, name: str | None = None) -> int:
    """Remove unfinished files (only those of one name, if it is given) that a broken run left; return their number."""
    swept = 0
    for found in list_files(folder):
        match = _TRIAL.match(found)
        if match and name in (None, match[1]):
            with contextlib.suppress(OSError):
                (folder / found).unlink()
                swept += 1
    return swept


def explain_file(path: Path, problem: OSError) -> Diagnostic:
    """Return what went wrong with a file and how to mend it."""
    hints = {
        FileNotFoundError: "make the folder first, or choose another with -o",
        PermissionError: "close the file in other programs, or choose another folder",
        IsADirectoryError: "name a file, not a folder",
        NotADirectoryError: "the folder's name belongs to a file",
        FileExistsError: "the folder's name belongs to a file",
    }
    reason = (problem.strerror or type(problem).__name__).lower()
    return Diagnostic(
        "not-written", f"the file was not written: {reason}", Span(str(path)), hint=hints.get(type(problem), "")
    )
