"""Digests of plans, the same in every process, and the short id that is read aloud from the foot of a sheet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Hashable
from dataclasses import fields
from datetime import date
from functools import cache

SHEET_ID_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and capitals that are not mistaken for one another: without 0, O, 1, I, L."""

SHEET_ID_LENGTH = 6

_NOT_PRINTED = frozenset({"because"})


@cache
def _list_printed_fields(kind: Hashable) -> tuple[str, ...]:
    return tuple(item.name for item in fields(kind) if item.name not in _NOT_PRINTED)  # type: ignore[arg-type]


def _reduce_value(value: Hashable) -> object:
    if isinstance(value, date):
        return value.isoformat()
    kind: Hashable = type(value)
    return [type(value).__name__, *[getattr(value, name) for name in _list_printed_fields(kind)]]


def digest_printed(value: object) -> str:
    """Return the digest (32 hexadecimal digits) of plan data, without the reasons that are not printed."""
    text = json.dumps(value, default=_reduce_value, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def make_sheet_id(digest: str, reference: str | None) -> str:
    """Return the six characters of a sheet, from the plan's digest and the person's reference."""
    text = json.dumps([digest, reference], ensure_ascii=False)
    number = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
    letters: list[str] = []
    for _ in range(SHEET_ID_LENGTH):
        number, at = divmod(number, len(SHEET_ID_LETTERS))
        letters.append(SHEET_ID_LETTERS[at])
    return "".join(letters)
