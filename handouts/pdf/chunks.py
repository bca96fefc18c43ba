"""Compressed pieces that can be joined to one stream, so that what many pages show is compressed once.

A piece is a run of deflate blocks (RFC 1951) that looks back on nothing before it and ends on a whole byte, less the
length of the empty stored block that ends it: the next bytes as they are, which stand between two pieces, take that
block for their own. The checksum of a stream follows from those of its pieces.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from functools import lru_cache
from struct import Struct
from typing import NamedTuple

from handouts.pdf.objects import SMALL, SMALL_WINDOW

BASE = 65521
"""The modulus of Adler-32 (RFC 1950)."""

HEAD = b"\x78\xda\x00"
"""The head of a stream, and of the stored block that opens it."""

TAIL = b"\x00\x00\xff\xff\x03\x00"
"""The length of an empty stored block, and the empty last block."""

MOST_BETWEEN = 65535
MOST_KEPT = 8192
_LENGTHS = Struct("<HH")


class Chunk(NamedTuple):
    """Bytes as they stand in a stream, how many they stand for, and the two sums of their checksum, begun at 0."""

    data: bytes
    size: int
    low: int
    high: int


def pack_chunk(raw: bytes, level: int) -> Chunk:
    """Return bytes compressed as a piece of a stream."""
    bits, memory = SMALL_WINDOW if len(raw) <= SMALL else (15, 8)
    maker = zlib.compressobj(level, zlib.DEFLATED, -bits, memory)
    data = maker.compress(raw) + maker.flush(zlib.Z_FULL_FLUSH)
    check = zlib.adler32(raw, 0)
    return Chunk(data[:-4], len(raw), check & 0xFFFF, check >> 16)


@lru_cache(maxsize=MOST_KEPT)
def store_chunk(raw: bytes) -> Chunk:
    """Return what `store_once` does, kept for the next time."""
    return store_once(raw)


def store_once(raw: bytes) -> Chunk:
    """Return at most 65,535 bytes as they are, to stand between two pieces, before the first or after the last."""
    check = zlib.adler32(raw, 0)
    count = len(raw)
    return Chunk(_LENGTHS.pack(count, MOST_BETWEEN - count) + raw, count, check & 0xFFFF, check >> 16)


def join_chunks(pairs: Iterable[tuple[Chunk, Chunk]], *, padded: bool = True) -> bytes:
    """Return the zlib stream of pieces in order, each behind the stored bytes that it is paired with.

    If it is ``padded`` it never ends in a carriage return, for the sake of a line end more; see `objects.deflate`.
    """
    parts = [HEAD]
    low, high = 1, 0
    for stored, packed in pairs:
        high += stored.high + stored.size * low
        low += stored.low
        high += packed.high + packed.size * low
        low += packed.low
        parts += (stored.data, packed.data)
    data = TAIL
    if padded and low % BASE & 0xFF == 0x0D:
        stored = store_chunk(b"\n")
        high += stored.high + low
        low += stored.low
        data = stored.data + b"\x00" + TAIL
    check = high % BASE << 16 | low % BASE
    return b"".join(parts) + data + check.to_bytes(4, "big")
