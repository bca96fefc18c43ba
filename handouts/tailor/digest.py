"""Digests of plans, the same in every process, and the short id that is read aloud from the foot of a sheet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import date
from json.encoder import encode_basestring
from typing import Any

from handouts.tailor.shared import NOT_PRINTED, Shared, list_fields

SHEET_ID_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and capitals that are not mistaken for one another: without 0, O, 1, I, L."""

SHEET_ID_LENGTH = 6


def write_text(value: object) -> str:
    """Return plan data as JSON without spaces; an object is a list of its kind and of what is printed of it.

    The text of shared things is kept with them.
    """
    return _WRITERS.get(type(value), _write_object)(value)


def write_list(values: Iterable[object]) -> str:
    """Return the texts of several values, with commas between them."""
    return ",".join([_WRITERS.get(type(value), _write_object)(value) for value in values])


def _write_object(value: Any) -> str:
    text: str | None = getattr(value, "_text", None)
    if text is None:
        text = _write_fields(value)
        if isinstance(value, Shared):
            object.__setattr__(value, "_text", text)
    return text


def _write_fields(value: Any) -> str:
    shown = [getattr(value, name) for name in list_fields(value) if name not in NOT_PRINTED]
    return f'["{type(value).__name__}",{write_list(shown)}]'


def _write_sequence(values: Iterable[object]) -> str:
    return f"[{write_list(values)}]"


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: encode_basestring,
    tuple: _write_sequence,
    list: _write_sequence,
    type(None): lambda _: "null",
    bool: lambda value: "true" if value else "false",
    int: str,
    date: lambda value: f'"{value.isoformat()}"',
}


def digest_printed(value: object) -> str:
    """Return the digest (32 hexadecimal digits) of plan data, without the reasons that are not printed."""
    return digest_text(_write_fields(value) if isinstance(value, Shared) else write_text(value))


def digest_text(text: str) -> str:
    """Return the digest (32 hexadecimal digits) of a text."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def make_sheet_id(digest: str, reference: str | None) -> str:
    """Return the six characters of a sheet, from the plan's digest and the person's reference."""
    text = f"[{write_text(digest)}, {write_text(reference)}]"
    number = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
    letters: list[str] = []
    for _ in range(SHEET_ID_LENGTH):
        number, at = divmod(number, len(SHEET_ID_LETTERS))
        letters.append(SHEET_ID_LETTERS[at])
    return "".join(letters)
