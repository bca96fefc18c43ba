"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import re
from collections.abc import Sequence
from pathlib import Path

from handouts.diagnostics import DeliveryError, Diagnostic, Span

OWNER_ONLY = 0o600
PDF_START = b"%PDF-"
FOLDER_OWNER_ONLY = 0o700
_TRIAL = re.compile(r"\..+\.[0-9a-f]{8}\.part\Z")


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
        raise DeliveryError(Diagnostic("not-written", message, Span(str(path)), hint="choose another name with -o"))


def name_trial(path: Path) -> Path:
    """Return the name under which a file is written until it is complete."""
    return path.with_name(f".{path.name}.{os.urandom(4).hex()}.part")


def open_new(path: Path) -> int:
    """Return the descriptor of a new file that only its owner can read. OSError when it cannot be made."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), OWNER_ONLY)


def write_group(folder: Path, files: Sequence[tuple[str, bytes]]) -> list[DeliveryError | None]:
    """Write several files into a folder, each whole or not at all; return what went wrong with each.

    All are written before the first is waited for, so that the disk takes them in one go.
    """
    problems: list[DeliveryError | None] = [None] * len(files)
    opened: list[tuple[int, Path, int]] = []
    for at, (name, data) in enumerate(files):
        trial = name_trial(folder / name)
        try:
            handle = open_new(trial)
            opened.append((at, trial, handle))
            left = memoryview(data)
            while left:
                left = left[os.write(handle, left) :]
        except OSError as problem:
            problems[at] = DeliveryError(explain_file(folder / name, problem))
    for at, trial, handle in opened:
        path = folder / files[at][0]
        try:
            if problems[at] is None:
                os.fsync(handle)
            os.close(handle)
            if problems[at] is None:
                trial.replace(path)
                continue
        except OSError as problem:
            problems[at] = DeliveryError(explain_file(path, problem))
        with contextlib.suppress(OSError):
            trial.unlink()
    sync_folder(folder)
    return problems


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


def sweep_trials(folder: Path) -> int:
    """Remove unfinished files that a broken run left behind; return their number."""
    swept = 0
    for path in folder.glob(".*.part"):
        if _TRIAL.match(path.name):
            with contextlib.suppress(OSError):
                path.unlink()
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
