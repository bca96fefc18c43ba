"""The small objects of a handout in a print run with places for numbers: filled once for each person."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import field
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from handouts.dataclass import dataclass
from handouts.layout.page import FigureFrame, Raster

FIRST = 731_659_204_817_000_000
"""Stands for the number of a handout's first object; what follows is counted from it. No text has such a number."""

_NUMBER = re.compile(rb"731659204817(\d{6})")
_OFFSETS = tuple(range(2000))


class Extras(NamedTuple):
    """Numbers from outside a handout: what its pages and its element hang in, its resources, its first key."""

    pages: int
    element: int
    resources: int
    key: int


class OwnBlock(NamedTuple):
    """A personal block in a stream: side, cell and place of its first use, its first marked content, the move to it."""

    side: int
    cell: int
    place: int
    mark: int
    move: bytes


OwnStream = tuple[OwnBlock, ...]
"""Personal blocks that are painted one after another; the move to the first stands before the stream."""


@dataclass(frozen=True, slots=True)
class Stencil:
    """Objects as bytes between numbers. ``count`` of them are small; behind them come those of ``own`` streams.

    ``keys`` are the entries in the parent tree, ``last_key`` the last that is used; without keys the handout has no
    elements. ``casts`` are the resources by who is drawn.
    """

    pieces: tuple[bytes, ...]
    pick: Callable[[Sequence[bytes]], tuple[bytes, ...]]
    count: int
    own: tuple[OwnStream, ...]
    keys: int
    last_key: int
    images: Mapping[str, Raster]
    frames: Mapping[str, FigureFrame]
    casts: dict[Hashable, int] = field(default_factory=dict)
    _starts: dict[int, list[bytes]] = field(default_factory=dict)

    def fill(self, first: int, extras: Extras, *, even: bool = False) -> tuple[bytes, bytes]:
        """Return the head of a stream of small objects, numbered from ``first`` on, and the objects, a line each.

        Numbers from outside have spaces behind them, so that each object starts at the same place wherever the numbers
        of the handout's own have as many digits. ``even`` starts them at round places, which compress better and must
        be found anew each time.
        """
        last = first + self.count + len(self.own)
        own = (b"%d " * (last - first) % (*range(first, last),)).split()
        outer = (*extras[:3], *range(extras.key, extras.key + self.keys))
        parts = [*self.pieces]
        parts[1::2] = self.pick([*own, *[b"%-7d" % number for number in outer]])
        body = b"".join(parts)
        if even:
            body = even_lines(body)
        width = len(own[0])
        if even or width != len(own[-1]):
            starts = list_starts(body)
        elif width in self._starts:
            starts = self._starts[width]
        else:
            self._starts.clear()
            starts = self._starts[width] = list_starts(body)
        pairs = [b""] * (2 * self.count)
        pairs[::2] = own[: self.count]
        pairs[1::2] = starts
        return b" ".join(pairs) + b"\n", body


def even_lines(body: bytes) -> bytes:
    """Return lines with spaces behind them, so that each starts at a multiple of ten."""
    return b"\n".join([line + b" " * (9 - len(line) % 10) for line in body.split(b"\n")])


def list_starts(body: bytes) -> list[bytes]:
    """Return where each line starts, as written."""
    starts = accumulate([len(line) + 1 for line in body.split(b"\n")[:-1]], initial=0)
    return [b"%d" % start for start in starts]


def cut_numbers(text: bytes) -> tuple[tuple[bytes, ...], Callable[[Sequence[bytes]], tuple[bytes, ...]]]:
    """Return a text cut at its numbers, each of them an empty piece, and what picks them by how far from `FIRST`."""
    pieces = _NUMBER.split(text)
    offsets = [int(offset) for offset in pieces[1::2]]
    pieces[1::2] = [b""] * len(offsets)
    known: dict[bytes, bytes] = {}
    shared = [_OFFSETS[offset] if offset < len(_OFFSETS) else offset for offset in offsets]
    return tuple([known.setdefault(piece, piece) for piece in pieces]), itemgetter(*shared)
