"""Digests of plans, the same in every process, and the short id that is read aloud from the foot of a sheet."""

from __future__ import annotations

import hashlib
from datetime import date
from json.encoder import encode_basestring
from typing import Any

from handouts.tailor.shared import NOT_PRINTED, Shared, list_fields

SHEET_ID_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and capitals that are not mistaken for one another: without 0, O, 1, I, L."""

SHEET_ID_LENGTH = 6

_CONSTANTS: dict[object, str] = {None: "null", True: "true", False: "false"}


def write_text(value: Any) -> str:
    """Return plan data as JSON without spaces; an object is a list of its kind and of what is printed of it.

    The text of shared things is kept with them.
    """
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, Shared):
        text: str | None = getattr(value, "_text", None)
        if text is None:
            text = _write_fields(value)
            object.__setattr__(value, "_text", text)
        return text
    if value is None or isinstance(value, bool):
        return _CONSTANTS[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    return f"[{write_list(value)}]" if isinstance(value, (tuple, list)) else _write_fields(value)


def write_list(values: Any) -> str:
    """Return the texts of several values, with commas between them."""
    return ",".join(map(write_text, values))


def _write_fields(value: Any) -> str:
    shown = [getattr(value, name) for name in list_fields(value) if name not in NOT_PRINTED]
    return f'["{type(value).__name__}",{write_list(shown)}]'


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
