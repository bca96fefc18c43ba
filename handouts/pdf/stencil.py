"""The small objects of a handout in a print run with places for numbers: filled once for each person."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import field
from operator import itemgetter
from typing import NamedTuple

from handouts.dataclass import dataclass
from handouts.layout.page import FigureFrame, Raster
from handouts.pdf.plate import Structure

_NUMBER = re.compile(rb"731659204817(\d{6})")


class Extras(NamedTuple):
    """Numbers from outside a handout: what its pages and its element hang in, and its resources."""

    pages: int
    element: int
    resources: int


class OwnBlock(NamedTuple):
    """A personal block in a stream: its key, its first marked content, the move to it."""

    key: Hashable
    mark: int
    move: bytes


OwnStream = tuple[OwnBlock, ...]
"""Personal blocks that are painted one after another; the move to the first stands before the stream."""


@dataclass(frozen=True, slots=True)
class Stencil:
    """The objects of a handout between numbers, and its ``structure`` if it has one.

    ``pages`` of the objects are written here: pages, their node, and the handout's element. Those of the structure
    follow, ``count`` small ones in all, and behind them the ``own`` streams. ``last_key`` is the last object with an
    entry in the parent tree. ``casts`` are the resources by who is drawn. ``offsets`` are the numbers between
    ``pieces``, each once, counted from the first object, with those from outside behind the own; ``pick`` puts them in
    their places.
    """

    pieces: tuple[bytes, ...]
    offsets: tuple[int, ...]
    pick: Callable[[Sequence[bytes]], tuple[bytes, ...]]
    pages: int
    count: int
    own: tuple[OwnStream, ...]
    structure: Structure | None
    last_key: int
    images: Mapping[str, Raster]
    frames: Mapping[str, FigureFrame]
    casts: dict[Hashable, int] = field(default_factory=dict)

    def fill(self, first: int, extras: Extras) -> list[bytes]:
        """Return the pages, their node and the element of a handout whose objects are numbered from ``first`` on."""
        outside = self.count + len(self.own)
        values = [first + offset if offset < outside else extras[offset - outside] for offset in self.offsets]
        parts = [*self.pieces]
        parts[1::2] = self.pick([b"%d" % value for value in values])
        return b"".join(parts).split(b"\n")


def cut_numbers(
    text: bytes,
) -> tuple[tuple[bytes, ...], tuple[int, ...], Callable[[Sequence[bytes]], tuple[bytes, ...]]]:
    """Return a text cut at its numbers, each an empty piece; how far each is from `FIRST`; what puts them in order."""
    pieces = _NUMBER.split(text)
    offsets = [int(offset) for offset in pieces[1::2]]
    pieces[1::2] = [b""] * len(offsets)
    places = {offset: place for place, offset in enumerate(dict.fromkeys(offsets))}
    return tuple(pieces), tuple(places), itemgetter(*[places[offset] for offset in offsets])
