"""What a check found, as text with the faulty line, as one line each, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from handouts.diagnostics import Diagnostic, Severity, find_near_names

FINDINGS_FORMAT = 1
"""Changes only when a key of the JSON goes away or changes its meaning."""

MOST_COLUMNS = 110
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def write_findings(found: Iterable[Diagnostic], checked: Iterable[str]) -> str:
    """Return the findings as JSON."""
    items = tuple(found)
    data = {
        "format": FINDINGS_FORMAT,
        "checked": list(checked),
        "errors": sum(item.severity is Severity.ERROR for item in items),
        "warnings": sum(item.severity is Severity.WARNING for item in items),
        "findings": [write_finding(item) for item in items],
    }
    return json.dumps(data, indent=2, ensure_ascii=False)


def write_finding(item: Diagnostic) -> dict[str, Any]:
    """Return one finding as the JSON of a command holds it."""
    return {
        "file": item.span.file,
        "line": item.span.line or None,
        "column": item.span.column or None,
        "severity": item.severity.value,
        "rule": item.rule,
        "message": item.message,
        "hint": item.hint or None,
        "near": list(find_near_names(item.given, item.candidates)) if item.given else [],
    }


def show_findings(found: Iterable[Diagnostic], private: frozenset[str], short: bool) -> None:
    """Write the findings to standard output; the lines of ``private`` files are not shown, for they name people."""
    texts: dict[str, list[str]] = {}
    for item in found:
        head, _, rest = item.format_line().partition(f"{item.severity.value}: ")
        coloured = head + click.style(f"{item.severity.value}: ", fg=_COLOURS[item.severity], bold=True) + rest
        if short:
            click.echo(coloured)
            continue
        click.echo(_drop_advice(coloured, item))
        if item.span.file not in private:
            for line in _quote_line(item, texts):
                click.echo(line)
        for advice in _list_advice(item):
            click.echo(f"       = {advice}")
        click.echo()


def _drop_advice(line: str, item: Diagnostic) -> str:
    """Return the first line of the full form: what is wrong and where; the advice follows below."""
    start, _, _ = line.partition(item.message)
    return f"{start}{item.message} [{item.rule}]"


def _list_advice(item: Diagnostic) -> Iterator[str]:
    near = find_near_names(item.given, item.candidates) if item.given else ()
    if near:
        yield f"did you mean {' or '.join(repr(name) for name in near)}?"
    if item.hint:
        yield item.hint


def _quote_line(item: Diagnostic, texts: dict[str, list[str]]) -> Iterator[str]:
    """Yield the source line of a finding with a marker under its column; nothing when it cannot be read."""
    span = item.span
    if not span.line:
        return
    if span.file not in texts:
        texts[span.file] = _read_lines(Path(span.file))
    lines = texts[span.file]
    if span.line > len(lines):
        return
    line, column = lines[span.line - 1], max(span.column, 1)
    start = max(0, column - MOST_COLUMNS) if column > MOST_COLUMNS else 0
    shown = line[start : start + MOST_COLUMNS]
    margin = "".join("\t" if character == "\t" else " " for character in line[start : column - 1])
    yield f"{span.line:>6} | {shown}{'…' if len(line) > start + MOST_COLUMNS else ''}"
    yield f"       | {margin}{click.style('^', fg=_COLOURS[item.severity], bold=True)}"


def _read_lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError:
        return []
