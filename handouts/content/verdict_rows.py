"""The row of a new move in a clinic's moves table: "ask first" in every column, until somebody has decided."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from handouts.diagnostics import Collector
from handouts.source.document import Document, parse_document

Columns = Iterable[tuple[str, str]]
"""Ids and titles of columns."""

KEY = "moves"


def write_row(move: str, columns: Columns, indent: int = 2) -> str:
    """Return the lines of a move's row."""
    start = " " * indent
    cells = "".join(f"{start}  {id + ': {verdict: A}':44}# {title}\n" for id, title in columns)
    return f"{start}{move}:\n{cells}"


def write_table(move: str, columns: Columns) -> str:
    """Return a file of verdicts for one new move."""
    return (
        "# Who may do your moves. Y: as on the card. M: in a changed form, written under 'versions' of the card.\n"
        "# A: ask first, left out. N: never. A new move begins with A everywhere; loosen it with a clinician.\n"
        f"{KEY}:\n{write_row(move, columns)}"
    )


def add_row(text: str, move: str, columns: Columns) -> str | None:
    """Return the text of a moves table with a move's row at its end, and all else as it is.

    It comes back as it is when the move has a row already. None when the row cannot be put in safely: the file is
    faulty, its rows do not stand at its end, or they are written otherwise.
    """
    before = _parse(text)
    data: Any = None if before is None else before.data
    rows = data.get(KEY) if isinstance(data, dict) else None
    if before is None or not isinstance(rows, dict) or not rows:
        return None
    if move in rows:
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    indent = before.span((KEY, next(iter(rows))), key=True).column - 1
    columns = [*columns, *_list_own(data.get("columns"))]
    row = write_row(move, columns, indent).replace("\n", newline)
    result = text + ("" if text.endswith(("\n", "\r")) else newline) + row
    cells = {id: {"verdict": "A"} for id, _ in columns}
    after = _parse(result)
    safe = after is not None and after.data == {**data, KEY: {**rows, move: cells}}
    return result if safe else None


def _parse(text: str) -> Document | None:
    return parse_document(text.removeprefix("\ufeff"), "", Collector())


def _list_own(columns: object) -> Columns:
    """Yield the columns that the clinic adds."""
    for column in columns if isinstance(columns, list) else ():
        if isinstance(column, dict) and column.get("replaces") is not True and isinstance(column.get("id"), str):
            yield column["id"], str(column.get("title", ""))
