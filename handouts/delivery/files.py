"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from handouts.diagnostics import DeliveryError, Diagnostic, Span

OWNER_ONLY = 0o600


def write_whole(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write ``data`` to ``path``: complete, readable by its owner only, or not at all.

    A file that stands there already is replaced only once the new one is complete. ``durable`` waits until the disk has
    it. Raises DeliveryError when the folder is missing, the disk is full or another program holds the file open.
    """
    trial = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        handle = os.open(trial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), OWNER_ONLY)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        trial.replace(path)
    except OSError as problem:
        with contextlib.suppress(OSError):
            trial.unlink()
        raise DeliveryError(_explain(path, problem)) from problem


def _explain(path: Path, problem: OSError) -> Diagnostic:
    """Return what went wrong with a file and how to mend it."""
    hints = {
        FileNotFoundError: "make the folder first, or choose another with -o",
        PermissionError: "close the file in other programs, or choose another folder",
        IsADirectoryError: "name a file, not a folder",
        NotADirectoryError: "the folder's name belongs to a file",
    }
    reason = (problem.strerror or type(problem).__name__).lower()
    return Diagnostic(
        "not-written", f"the file was not written: {reason}", Span(str(path)), hint=hints.get(type(problem), "")
    )
