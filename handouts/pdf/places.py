"""Which numbers a block's marked content has on the pages of a print run: the same ones wherever they are free.

So that its stream is in the file once, or a few times where other blocks of a page were in the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

from handouts.pdf.fragment import Fragment
from handouts.pdf.marks import ask_slots, find_slot

SLOTS = 32
"""Slots among which a block has its homes: few, for each number that a page passes over is written as a null."""

MOST_NEAR = 3000
MOST_KNOWN = 40_000
"""Blocks that are recognised again: those in memory, and those on paper."""


class Known(NamedTuple):
    """A block in memory, digests of what it shows and says and of what it shows, and the block at its homes."""

    fragment: Fragment
    name: bytes
    paint: bytes
    homed: dict[int, Fragment]


class Places:
    """The homes that blocks have had so far, and blocks by what they show and say."""

    def __init__(self) -> None:
        self._homes: dict[bytes, list[int]] = {}
        self._near: dict[int, Known] = {}

    def name_block(self, fragment: Fragment) -> bytes:
        """Return a digest of all that a block shows and says."""
        return self._find(fragment).name

    def place_blocks(self, page: Sequence[Fragment]) -> list[Fragment]:
        """Return the blocks of a page, which are not personal, each with its home there.

        Blocks that have had a home before are placed first, those with the fewest before the others.
        """
        known = [self._find(fragment) for fragment in page]
        homes = [len(self._homes.get(each.paint, ())) for each in known]
        order = sorted(range(len(page)), key=lambda at: homes[at] or MOST_KNOWN)
        placed = [*page]
        taken = 0
        for at in order:
            count = len(page[at].outline.owners)
            if not count:
                continue
            wanted = ask_slots(count)
            home = self._find_home(known[at].paint, taken, wanted)
            taken |= wanted << home
            homed = known[at].homed.get(home)
            if homed is None:
                homed = known[at].homed[home] = replace(page[at], home=home)
            placed[at] = homed
        return placed

    def _find_home(self, paint: bytes, taken: int, wanted: int) -> int:
        homes = self._homes.get(paint)
        if homes is None:
            if len(self._homes) >= MOST_KNOWN:
                self._homes.clear()
            homes = self._homes[paint] = []
        for home in homes:
            if not taken >> home & wanted:
                return home
        home = find_slot(taken, crc32(paint + bytes(len(homes))) % SLOTS, wanted)
        homes.append(home)
        return home

    def _find(self, fragment: Fragment) -> Known:
        known = self._near.get(id(fragment))
        if known is None:
            if len(self._near) >= MOST_NEAR:
                self._near.clear()
            paint = blake2b(fragment.paint, digest_size=12).digest()
            said = paint + repr(fragment.outline).encode("utf-8")
            known = Known(fragment, blake2b(said, digest_size=12).digest(), paint, {})
            self._near[id(fragment)] = known
        return known
