"""Where a batch may write: said before anything is made."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from pathlib import Path

from handouts.delivery.files import explain_file, refuse_other_kind, refuse_place
from handouts.delivery.receipt import RECEIPT_NAME, REJECTED_NAME
from handouts.delivery.state_problems import STATE_NAME
from handouts.diagnostics import DeliveryError, Diagnostic, Span


def check_places(folder: Path, source: str | None, print_run: str | None) -> None:
    """Raise DeliveryError for a folder or a print run that cannot be written, and where a run would replace its table.

    The folder itself need not be there yet.
    """
    try:
        (folder / STATE_NAME).exists()
        if source is not None and source != "-" and _is_same(Path(source), folder / REJECTED_NAME):
            message = "the table is the copy of bad rows, which this run would replace"
            raise DeliveryError(Diagnostic("own-copy", message, Span(source), hint="save it under another name"))
        if print_run is not None:
            _check_print_run(Path(print_run), folder)
    except OSError as problem:
        raise DeliveryError(explain_file(folder, problem)) from problem
    except ValueError as problem:
        nameless = OSError(errno.EINVAL, "no file can have this name")
        raise DeliveryError(explain_file(folder, nameless)) from problem


def refuse_sheet_name(print_run: Path, folder: Path, names: Iterable[str]) -> None:
    """Raise DeliveryError when a print run would take the place of a sheet or of the receipt."""
    if not _is_same(print_run.parent, folder):
        return
    own = print_run.name.casefold()
    if own in {RECEIPT_NAME, REJECTED_NAME, STATE_NAME} or any(own == name.casefold() for name in names):
        message = "a file of the batch has this name"
        hint = "choose another name or another folder for --print-run"
        raise DeliveryError(Diagnostic("not-written", message, Span(str(print_run)), hint=hint))


def _check_print_run(path: Path, folder: Path) -> None:
    refuse_place(path)
    refuse_other_kind(path)
    if path.parent.is_dir():
        if not os.access(path.parent, os.W_OK):
            raise DeliveryError(explain_file(path, PermissionError(13, "permission denied")))
    elif path.parent.absolute() != folder.absolute():
        hint = "make the folder first, or choose another for --print-run"
        message = "the folder of the print run does not exist"
        raise DeliveryError(Diagnostic("not-written", message, Span(str(path)), hint=hint))


def _is_same(first: Path, second: Path) -> bool:
    """Return whether two paths name one place, also where it does not exist yet."""
    try:
        return first.samefile(second)
    except FileNotFoundError:
        return first.absolute() == second.absolute()
