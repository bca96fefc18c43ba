"""The papers of a batch beside its sheets: the receipt and the copy of bad rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from handouts.delivery.files import remove_file, write_whole
from handouts.delivery.receipt import RECEIPT_NAME, REJECTED_NAME, Entry, write_receipt, write_rejected
from handouts.delivery.strangers import RECEIPT_START, REJECTED_START, refuse_other_table
from handouts.patient.table import Table


def write_receipt_file(folder: Path, entries: Iterable[Entry], guard: bool) -> None:
    """Write the receipt. DeliveryError when that fails; with ``guard`` also for a table that is no receipt."""
    path = folder / RECEIPT_NAME
    if guard:
        refuse_other_table(path, RECEIPT_START)
    write_whole(path, write_receipt(entries))


def write_rejected_copy(
    folder: Path, table: Table | None, bad: Sequence[tuple[int, str, str, str]], guard: bool
) -> None:
    """Write the copy of bad rows, or remove that of an earlier run.

    DeliveryError when that fails; with ``guard`` also for a table that is no such copy.
    """
    path = folder / REJECTED_NAME
    if guard:
        refuse_other_table(path, REJECTED_START)
    if not bad or table is None:
        remove_file(path)
        return
    rows = ((number, reason, raw) for number, _, reason, raw in bad)
    write_whole(path, write_rejected(table.header, table.separator, table.encoding, rows))
