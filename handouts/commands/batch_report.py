"""What a batch says when it has ended: remarks and failures on stderr, one JSON document on stdout."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from handouts.commands.findings import write_finding
from handouts.commands.report import say
from handouts.delivery.jobs import Status
from handouts.delivery.receipt import RECEIPT_NAME, Entry, list_receipt
from handouts.diagnostics import Diagnostic

MOST_REMARKS = 20
"""Rows made again that are named one by one; the receipt names all."""


def tell_end(folder: Path, entries: Sequence[Entry]) -> None:
    """Say what became of the rows of a batch."""
    remarks = [entry for entry in entries if entry.note and entry.status in (Status.MADE, Status.LEFT_OVER)]
    for entry in remarks[:MOST_REMARKS]:
        say(f"row {entry.row} ({entry.file}): {entry.note}")
    if len(remarks) > MOST_REMARKS:
        say(f"and {len(remarks) - MOST_REMARKS} more; {RECEIPT_NAME} names all")
    said = ", ".join(f"{count} {status.value}" for status, count in count_statuses(entries).items() if count)
    say(f"{folder}: {said or 'no sheets'}")
    for entry in entries:
        if entry.status is Status.FAILED:
            click.echo(f"row {entry.row}: {click.style('error: ', fg='red', bold=True)}{entry.note}", err=True)


def count_statuses(entries: Iterable[Entry]) -> dict[Status, int]:
    """Return how many rows have each status."""
    counts = dict.fromkeys(Status, 0)
    for entry in entries:
        counts[entry.status] += 1
    return counts


def write_document(
    handout: str, folder: str, entries: Sequence[Entry], found: Iterable[Diagnostic], broken_off: bool
) -> None:
    """Write the one JSON document of a batch to stdout: what became of every row, and what was found wrong.

    DeliveryError when standard output does not take it.
    """
    counts = {status.value.replace(" ", "_"): count for status, count in count_statuses(entries).items()}
    document = {
        "handout": handout,
        "folder": folder,
        "broken_off": broken_off,
        "counts": counts,
        "rows": list_receipt(entries),
        "findings": [write_finding(item) for item in found],
    }
    click.echo(json.dumps(document, indent=2, ensure_ascii=False))
