"""What must hold between the parts of a library: a red-flag box in every handout, a verdict for every move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from handouts.content.files import Piece, find_kind
from handouts.content.models import DOSE_KEYS, find_lifting_keys
from handouts.content.references import Index
from handouts.diagnostics import Collector, Diagnostic, Severity
from handouts.source.document import DataPath


def check_consistency(pieces: Iterable[Piece], index: Index, collector: Collector) -> None:
    """Report what the parts of a library lack of each other."""
    by_kind: dict[str, list[Piece]] = {}
    for piece in pieces:
        by_kind.setdefault(piece.kind, []).append(piece)
    for handout in by_kind.get("handout", ()):
        _check_red_flags(handout, collector)
    for section in by_kind.get("section", ()):
        _check_tables(section, collector)
    _check_unused_sections(by_kind, collector)
    for exercise in by_kind.get("exercise", ()):
        _check_doses(exercise, collector)
    for table in by_kind.get("moves", ()):
        _check_moves(table, by_kind.get("exercise", ()), index, collector)


def check_reviews(pieces: Iterable[Piece], on: date, collector: Collector) -> None:
    """Warn of every file whose next review lies before ``on``."""
    for piece in pieces:
        due = piece.data.get("next_review")
        if isinstance(due, str) and len(due) == 10 and due < on.isoformat():
            message = f"the review of this file was due on {due}"
            span = piece.span(("next_review",))
            hint = "have it reviewed, then set last_reviewed and next_review"
            collector.add(Diagnostic("review-overdue", message, span, severity=Severity.WARNING, hint=hint))


def _check_red_flags(handout: Piece, collector: Collector) -> None:
    parts = handout.data.get("parts")
    if not isinstance(parts, list):
        return
    if not any(isinstance(part, dict) and part.get("part") == "red-flags" for part in parts):
        message = "this handout has no red-flag box"
        hint = "add '- part: red-flags' to its parts"
        collector.add(Diagnostic("no-red-flags", message, handout.span(("parts",), key=True), hint=hint))
    for number, part in enumerate(parts):
        if isinstance(part, dict) and part.get("part") == "red-flags":
            for key in find_lifting_keys(part.get):
                message = f"the red-flag box is always printed: '{key}' cannot stand here"
                span = handout.span(("parts", number, key), key=True)
                collector.add(Diagnostic("red-flags-fixed", message, span, hint="leave the key out"))
        if isinstance(part, dict) and part.get("part") == "section" and part.get("section") is None:
            message = "this part names no section"
            hint = "add 'section: <id>'"
            collector.add(Diagnostic("missing-key", message, handout.span(("parts", number)), hint=hint))


def _check_tables(section: Piece, collector: Collector) -> None:
    """Report table rows with more or fewer cells than the table has columns."""
    blocks = section.data.get("blocks")
    for number, block in enumerate(blocks if isinstance(blocks, list) else ()):
        if not isinstance(block, dict) or block.get("kind") != "table":
            continue
        columns, rows = block.get("columns"), block.get("rows")
        if not isinstance(columns, list) or not isinstance(rows, list):
            continue
        for row_number, row in enumerate(rows):
            cells = row.get("cells") if isinstance(row, dict) else None
            if isinstance(cells, list) and len(cells) != len(columns):
                message = f"this row has {len(cells)} cells, the table has {len(columns)} columns"
                path = ("blocks", number, "rows", row_number, "cells")
                collector.add(Diagnostic("cell-count", message, section.span(path, key=True)))


def _check_unused_sections(by_kind: Mapping[str, list[Piece]], collector: Collector) -> None:
    used = set()
    for handout in by_kind.get("handout", ()):
        parts = handout.data.get("parts")
        used |= {part.get("section") for part in parts if isinstance(part, dict)} if isinstance(parts, list) else set()
    for section in by_kind.get("section", ()):
        if section.id not in used:
            message = f"no handout prints the section '{section.id}'"
            span = section.span(("id",))
            hint = "name it in a file of handouts/"
            collector.add(Diagnostic("unused-section", message, span, severity=Severity.WARNING, hint=hint))


def _check_doses(exercise: Piece, collector: Collector) -> None:
    """Report a start dose that is above its limit, on the card and on its versions."""
    _check_dose(exercise, exercise.data.get("dose"), ("dose",), collector)
    versions = exercise.data.get("versions")
    for number, version in enumerate(versions if isinstance(versions, list) else ()):
        if isinstance(version, dict):
            _check_dose(exercise, version.get("dose"), ("versions", number, "dose"), collector)


def _check_dose(exercise: Piece, dose: Any, path: DataPath, collector: Collector) -> None:
    start = dose.get("start") if isinstance(dose, dict) else None
    limit = dose.get("limit") if isinstance(dose, dict) else None
    if not isinstance(start, dict) or not isinstance(limit, dict):
        return
    for key in DOSE_KEYS:
        first, most = start.get(key), limit.get(key)
        if isinstance(first, int) and isinstance(most, int) and first > most:
            message = f"the start of '{key}' is above its limit ({most})"
            collector.add(Diagnostic("dose-limit", message, exercise.span((*path, "start", key))))


def _check_moves(table: Piece, exercises: Iterable[Piece], index: Index, collector: Collector) -> None:
    """Report verdicts of the moves table that are missing or too many, and changed forms that nobody wrote."""
    rows = table.data.get("moves")
    if not isinstance(rows, dict):
        return
    columns = index.get_ids("column")
    for card in exercises:
        row = rows.get(card.id)
        if row is None:
            message = f"the exercise '{card.id}' has no row in the moves table"
            hint = f"add it to {_name_table(card)}, with a verdict for each column"
            collector.add(Diagnostic("no-verdict", message, card.span(("id",)), hint=hint))
        elif isinstance(row, dict):
            _check_row(table, card, row, columns, collector)
        also = table.data.get("also")
        for number, entry in enumerate(also if isinstance(also, list) else ()):
            moves = entry.get("moves") if isinstance(entry, dict) else None
            if isinstance(moves, dict) and card.id in moves:
                path = ("also", number, "moves", card.id)
                _check_version(table, card, str(entry.get("id")), moves[card.id], path, collector)


def _name_table(card: Piece) -> str:
    """Return the name of the moves table that a card belongs to: the one beside the card's folder."""
    folder = Path(card.span().file).parent
    table = Path("rules", "moves.yaml")
    return (
        str(folder.parent / table) if find_kind(folder / "x.yaml") == card.kind else f"{table} of your content folder"
    )


def _check_row(
    table: Piece, card: Piece, row: Mapping[str, Any], columns: tuple[str, ...], collector: Collector
) -> None:
    missing = [column for column in columns if column not in row]
    if missing:
        message = f"the move '{card.id}' has no verdict for {', '.join(missing)}"
        span = table.span(("moves", card.id), key=True)
        collector.add(Diagnostic("no-verdict", message, span, hint="write Y, M, A or N for each column"))
    for column, cell in row.items():
        path = ("moves", card.id, column)
        if column not in columns:
            message = f"there is no column '{column}'"
            span = table.span(path, key=True)
            collector.add(Diagnostic("unknown-id", message, span, given=column, candidates=columns))
        else:
            _check_version(table, card, column, cell, path, collector)


def _check_version(table: Piece, card: Piece, column: str, cell: object, path: DataPath, collector: Collector) -> None:
    """Warn of a verdict M for which the card has no version: the move counts as A there."""
    if not isinstance(cell, dict) or cell.get("verdict") != "M":
        return
    versions = card.data.get("versions")
    for version in versions if isinstance(versions, list) else ():
        safe = version.get("safe_for") if isinstance(version, dict) else None
        if isinstance(safe, list) and column in safe:
            return
    message = f"no version of '{card.id}' is safe for '{column}': the move is left out there"
    hint = f"add a version with 'safe_for: [{column}]' to the card, or write A"
    span = table.span(path, key=True)
    collector.add(Diagnostic("no-version", message, span, severity=Severity.WARNING, hint=hint))
