"""Talk: diagnostics and remarks on stderr, products on stdout."""

from __future__ import annotations

import contextlib
import errno
import sys
from collections.abc import Iterable

import click

from handouts.diagnostics import Diagnostic, Severity


def show_diagnostics(diagnostics: Iterable[Diagnostic]) -> None:
    """Write one line a problem to stderr, and their number. ``--quiet`` hides no error."""
    found = tuple(diagnostics)
    for item in found:
        colour = "red" if item.severity is Severity.ERROR else "yellow"
        head, _, rest = item.format_line().partition(f"{item.severity.value}: ")
        _tell(head + click.style(f"{item.severity.value}: ", fg=colour, bold=True) + rest)
    errors = sum(item.severity is Severity.ERROR for item in found)
    if errors > 1:
        _tell(f"{errors} errors")


def say(words: str) -> None:
    """Write a remark to stderr, unless ``-q`` was given."""
    context = click.get_current_context(silent=True)
    if context is None or not (context.find_root().obj or {}).get("quiet"):
        _tell(words)


def write_out(data: bytes) -> None:
    """Write bytes to standard output, all of them now. OSError where it takes none, or is closed."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, "it is closed")
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _tell(words: str) -> None:
    """Write a line to stderr; where that takes nothing more, such as on a full disk, the work goes on all the same."""
    with contextlib.suppress(OSError):
        click.echo(words, err=True)
