"""Talk: diagnostics and remarks on stderr, products on stdout."""

from __future__ import annotations

from collections.abc import Iterable

import click

from handouts.diagnostics import Diagnostic, Severity


def show_diagnostics(diagnostics: Iterable[Diagnostic]) -> None:
    """Write one line a problem to stderr, and their number. ``--quiet`` hides no error."""
    found = tuple(diagnostics)
    for item in found:
        colour = "red" if item.severity is Severity.ERROR else "yellow"
        head, _, rest = item.format_line().partition(f"{item.severity.value}: ")
        click.echo(head + click.style(f"{item.severity.value}: ", fg=colour, bold=True) + rest, err=True)
    errors = sum(item.severity is Severity.ERROR for item in found)
    if errors > 1:
        click.echo(f"{errors} errors", err=True)


def say(words: str) -> None:
    """Write a remark to stderr, unless ``-q`` was given."""
    context = click.get_current_context(silent=True)
    if context is None or not (context.find_root().obj or {}).get("quiet"):
        click.echo(words, err=True)
