"""JSON as strictly as records need it, and where in a list of records it is not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from handouts.dataclass import dataclass
from handouts.diagnostics import Diagnostic, Span
from handouts.patient.table_header import TABLE_KEYS

_TWICE = "a key stands in an object twice"
_TOO_LONG = "a number has too many digits"
_LIST_START = re.compile(r"\s*\[")
_BETWEEN = " \t\r\n,"


class RefusedError(ValueError):
    """JSON that Python reads and a record cannot hold: the message says what it is, ``key`` at which key."""

    def __init__(self, message: str, key: str = "") -> None:
        super().__init__(message)
        self.key = key


@dataclass(frozen=True, slots=True)
class _Refusal:
    """What stands in place of a value that cannot be held, until it is known at which key."""

    words: str


def read_json(text: str) -> Any:
    """Return the data of a text. ValueError and RecursionError when it is not JSON, or not what a record can hold."""
    return json.loads(text, object_pairs_hook=_build_object, parse_constant=_refuse_constant)


def explain_json(text: str, error: Exception, name: str, line: int = 1, row: int | None = None) -> Diagnostic:
    """Return what is wrong with a text that `read_json` refused, with the row, its line and a known key.

    The text begins at ``line``, and is one ``row``; without, a list of rows.
    """
    if isinstance(error, json.JSONDecodeError):
        return Diagnostic("json", f"row {row}: {_tell(error)}", Span(name, line))
    start = None if row is not None else _LIST_START.match(text)
    at, row = (start.end() if start else 0), row or 1
    while True:
        while start and text[at : at + 1] in _BETWEEN and at < len(text):
            at += 1
        found, end = _read_entry(text, at)
        if found is not None or start is None or end >= len(text):
            break
        at, row = end, row + 1
    found = found or error
    key = getattr(found, "key", "")
    where = f"row {row}, column '{key}'" if key in TABLE_KEYS else f"row {row}"
    return Diagnostic("json", f"{where}: {_tell(found)}", Span(name, line + text.count("\n", 0, at)))


def _read_entry(text: str, at: int) -> tuple[Exception | None, int]:
    """Return what is wrong with the entry at a place, and where it ends."""
    decoder = json.JSONDecoder(
        object_pairs_hook=_build_told, parse_constant=lambda word: _Refusal(_tell_constant(word)), parse_int=_read_int
    )
    try:
        value, end = decoder.raw_decode(text, at)
    except (ValueError, RecursionError) as error:
        return error, at
    refusal = _find_refusal((value,))
    return (RefusedError(refusal.words) if refusal else None), end


def _build_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    built = dict(pairs)
    if len(built) != len(pairs):
        raise RefusedError(_TWICE)
    return built


def _build_told(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; RefusedError names the key at which it cannot be held."""
    built: dict[str, Any] = {}
    for key, value in pairs:
        refusal = _find_refusal((value,))
        if refusal is not None or key in built:
            raise RefusedError(_TWICE if refusal is None else refusal.words, key)
        built[key] = value
    return built


def _find_refusal(values: Iterable[Any]) -> _Refusal | None:
    for value in values:
        found = value if isinstance(value, _Refusal) else _find_refusal(value) if isinstance(value, list) else None
        if found is not None:
            return found
    return None


def _read_int(digits: str) -> int | _Refusal:
    try:
        return int(digits)
    except ValueError:
        return _Refusal(_TOO_LONG)


def _refuse_constant(word: str) -> object:
    raise RefusedError(_tell_constant(word))


def _tell_constant(word: str) -> str:
    return f"'{word}' is no value"


def _tell(error: Exception) -> str:
    if isinstance(error, RefusedError):
        return str(error)
    if isinstance(error, json.JSONDecodeError):
        return f"this is not JSON: {error.msg}, at character {error.colno}"
    return "lists stand too deep in one another" if isinstance(error, RecursionError) else _TOO_LONG
