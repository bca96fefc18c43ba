"""The numbers of marked content: a fragment has the same ones wherever it stands, as far as a page allows.

So its operators are compressed once for all pages. A page's numbers are unique but not dense; its entry in the parent
tree holds nulls for the rest (ISO 32000-1, 14.7.4.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

SLOT = 8
"""Numbers in a slot; a fragment takes as many slots as it needs."""

SLOTS = 128
"""Slots among which a fragment has its home: a page holds about thirty."""


def find_home(paint: bytes) -> int:
    """Return the slot in which a fragment's numbers begin where no other fragment of the page is in the way."""
    return crc32(paint) % SLOTS


def ask_slots(count: int) -> int:
    """Return a bit for each slot that ``count`` numbers need."""
    return (1 << -(-count // SLOT)) - 1


def find_slot(taken: int, home: int, wanted: int) -> int:
    """Return the first slot from ``home`` on behind which the ``wanted`` ones are not ``taken``."""
    while taken >> home & wanted:
        home += 1
    return home


class Marks:
    """The slots of a page that are taken."""

    __slots__ = ("_taken",)

    def __init__(self) -> None:
        self._taken = 0

    def take(self, home: int, count: int) -> int:
        """Return the first of ``count`` numbers for a fragment, in the first free slots from its home on."""
        if not count:
            return 0
        wanted = ask_slots(count)
        slot = find_slot(self._taken, home, wanted)
        self._taken |= wanted << slot
        return slot * SLOT


@lru_cache(maxsize=4096)
def write_nulls(count: int) -> bytes:
    """Return the entries of numbers that nothing has."""
    return b"null " * count


def write_parents(spans: Sequence[tuple[int, int, tuple[int, ...]]], end: int) -> bytes:
    """Return the open array of a page's entry, up to a number.

    ``spans`` are the first number of each fragment, its first element, and which of its elements own what.
    """
    parts = [b"["]
    values: list[int] = []
    place = 0
    for mark, first, owners in sorted(spans):
        if owners:
            parts += (write_nulls(mark - place), b"%d 0 R " * len(owners))
            values += [first + owner for owner in owners]
            place = mark + len(owners)
    parts.append(write_nulls(end - place))
    return b"".join(parts) % tuple(values)
