"""Differences of two plans or two files, in words."""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from handouts.commands.sheets import explain_sheet
from handouts.delivery.pictures import read_lines
from handouts.diagnostics import DeliveryError, Diagnostic, Span
from handouts.pdf.stamp import read_stamp
from handouts.tailor.compare import Change

WIDTH = 100
_HEADINGS = {
    "plan": "The person and the sheet",
    "exercise": "Moves",
    "sleep": "Sleep positions",
    "red-flag": "Red-flag box",
    "part": "Parts",
    "words": "Sentences",
    "omission": "Left out",
}
_SIGNS = {"added": "new", "removed": "no longer", "changed": "changed"}


def describe_differences(changes: Iterable[Change]) -> str:
    """Return what changed between two plans, by what it is about, ending in a newline."""
    found = tuple(changes)
    if not found:
        return "Nothing changed.\n"
    lines: list[str] = []
    for kind, heading in _HEADINGS.items():
        of_kind = [change for change in found if change.kind == kind]
        if of_kind:
            lines += ["", f"{heading}:"]
        for change in of_kind:
            lines += _describe_change(change)
    return "\n".join(lines[1:]) + "\n"


def _describe_change(change: Change) -> Iterator[str]:
    before, after = change.before or "", change.after or ""
    if change.change != "changed":
        yield from _wrap(f"{_SIGNS[change.change]}: {_strip(after or before)}")
    elif change.kind == "plan":
        yield from _wrap(f"{change.id.replace('_', ' ')}: {before}, now {after}")
    elif _strip(before) == _strip(after):
        yield from _wrap(f"{'now in bold' if after.startswith('**') else 'no longer in bold'}: {_strip(after)}")
    else:
        yield from _wrap(f"changed: {_strip(after)}")
        yield from _wrap(f"was: {_strip(before)}", "      ")


def _strip(text: str) -> str:
    return text.replace("**", "")


def _wrap(text: str, indent: str = "  ") -> list[str]:
    return textwrap.wrap(
        f"{indent}- {text}", WIDTH, subsequent_indent=f"{indent}  ", break_long_words=False, break_on_hyphens=False
    )


def write_differences(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Return the differences as plain data for JSON."""
    return [
        {"kind": item.kind, "id": item.id, "change": item.change, "before": item.before, "after": item.after}
        for item in changes
    ]


def compare_sheets(old: Path, new: Path) -> list[tuple[str, str]]:
    """Return the lines that only one of two files holds, in reading order: ("removed" or "added", line).

    Raises DeliveryError when a file cannot be read or the package that reads PDFs is missing.
    """
    before, after = _read_lines(old), _read_lines(new)
    found: list[tuple[str, str]] = []
    for name, start, end, new_start, new_end in difflib.SequenceMatcher(None, before, after, False).get_opcodes():
        if name != "equal":
            found += [("removed", line) for line in before[start:end]]
            found += [("added", line) for line in after[new_start:new_end]]
    return found


def describe_sheets(lines: Sequence[tuple[str, str]]) -> str:
    """Return the lines that only one of two files holds, ending in a newline."""
    if not lines:
        return "Nothing changed.\n"
    return "".join(f"{'+' if kind == 'added' else '-'} {line}\n" for kind, line in lines)


def _read_lines(path: Path) -> list[str]:
    try:
        data = path.read_bytes()
        lines = read_lines(data)
    except OSError as problem:
        reason = (problem.strerror or type(problem).__name__).lower()
        raise DeliveryError(
            Diagnostic("file-unreadable", f"this file cannot be read: {reason}", Span(str(path)))
        ) from problem
    except ValueError as problem:
        raise explain_sheet(path, data, "this PDF cannot be read") from problem
    if lines is None:
        hint = "python -m pip install 'handouts[preview]', or compare the plans or the records"
        message = "the package that reads PDFs is not installed"
        raise DeliveryError(Diagnostic("extra-missing", message, Span("handouts[preview]"), hint=hint))
    stamp = read_stamp(data)
    return [line for line in lines if stamp is None or stamp.sheet_id not in line]
