"""Puts objects into a file: compressed objects in one stream, the rest as they are, and a cross-reference stream.

Both kinds of stream are PDF 1.5 and read by every reader of PDF/A-2.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from handouts.pdf.objects import QUICK, deflate, frame_stream, write_stream

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
ROW = 8
"""Bytes of a row of the cross-reference stream: the predictor's, and three fields of 1, 4 and 2 bytes."""


@dataclass(slots=True)
class Draft:
    """Objects of a file that is being put together. Numbers count from 1 in the order in which they are reserved."""

    objects: dict[int, bytes] = field(default_factory=dict)
    streams: list[tuple[int, tuple[bytes, bytes, bytes]]] = field(default_factory=list)
    last: int = 0

    def reserve(self, count: int = 1) -> int:
        """Return the first of ``count`` new object numbers."""
        self.last += count
        return self.last - count + 1

    def add(self, body: bytes) -> int:
        """Add a dictionary or array; return its number."""
        number = self.reserve()
        self.objects[number] = body
        return number

    def add_stream(self, entries: bytes, data: bytes) -> int:
        """Add a stream with the entries of its dictionary; return its number."""
        number = self.reserve()
        self.streams.append((number, frame_stream(number, entries, data)))
        return number


class Base(NamedTuple):
    """The part of a file that does not change from one person to the next.

    ``parts`` hold fonts and pages that other files have as well, so they are not joined here. ``rows`` are the
    cross-reference rows of all objects; those of objects that are still to be written are free.
    """

    parts: tuple[bytes, ...]
    size: int
    rows: bytes
    root: int


def write_base(draft: Draft, root: int) -> Base:
    """Return the fixed part of a file; ``root`` is the number of the catalogue."""
    holder = draft.reserve()
    table = [free_row()] * (draft.last + 1)
    packed = sorted(draft.objects.items())
    for index, (number, _) in enumerate(packed):
        table[number] = packed_row(holder, index)
    entries, body = pack_objects(packed)
    parts = [HEADER]
    start = len(HEADER)
    for number, pieces in [*draft.streams, (holder, frame_stream(holder, entries, deflate(body, QUICK)))]:
        table[number] = used_row(start)
        parts += pieces
        start += sum(map(len, pieces))
    return Base(tuple(parts), start, b"".join(table), root)


def finish_file(base: Base, later: list[tuple[int, bytes]], info: int, identifier: bytes) -> bytes:
    """Return the whole file: the fixed part, the later objects as (number, bytes), the cross-reference stream.

    ``info`` is the number of the information dictionary, ``identifier`` the value of ID.
    """
    rows = bytearray(base.rows)
    parts = [*base.parts]
    start = base.size
    for number, data in later:
        rows[number * ROW : (number + 1) * ROW] = used_row(start)
        parts.append(data)
        start += len(data)
    parts.append(write_table(rows, start, base.root, info, identifier))
    return b"".join(parts)


def pack_objects(objects: Sequence[tuple[int, bytes]]) -> tuple[bytes, bytes]:
    """Return the dictionary entries and the raw data of an object stream."""
    head: list[bytes] = []
    place = 0
    for number, body in objects:
        head.append(b"%d %d" % (number, place))
        place += len(body) + 1
    first = b" ".join(head) + b"\n"
    entries = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(objects), len(first))
    return entries, first + b"\n".join([body for _, body in objects])


def write_table(rows: bytearray, start: int, root: int, info: int, identifier: bytes) -> bytes:
    """Return the end of a file: the cross-reference stream, which begins at byte ``start``, and where to find it."""
    number = len(rows) // ROW
    rows += used_row(start)
    packed = zlib.compress(predict_rows(bytes(rows)), QUICK)
    while packed.endswith(b"\r"):  # see deflate: here a free object more changes the checksum
        rows += free_row()
        packed = zlib.compress(predict_rows(bytes(rows)), QUICK)
    size = len(rows) // ROW
    entries = (
        b"/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID%b/Filter/FlateDecode"
        b"/DecodeParms<</Predictor 12/Columns 7>>" % (size, root, info, identifier)
    )
    return write_stream(number, entries, packed) + b"startxref\n%d\n%%%%EOF\n" % start


def free_row() -> bytes:
    """Return the row of an object that is not there."""
    return struct.pack(">BBLH", 0, 0, 0, 0xFFFF)


def used_row(start: int) -> bytes:
    """Return the row of an object that begins at a byte of the file."""
    return struct.pack(">BBLH", 0, 1, start, 0)


def packed_row(holder: int, index: int) -> bytes:
    """Return the row of an object that stands in an object stream."""
    return struct.pack(">BBLH", 0, 2, holder, index)


def predict_rows(rows: bytes) -> bytes:
    """Return rows as differences from the row above, byte by byte (PNG's filter 2), which compress to a tenth.

    All bytes are subtracted at once: the highest bit of each is kept out of the way of its neighbour's borrow.
    """
    high = mask_bytes(0x80, len(rows))
    low = mask_bytes(0x7F, len(rows))
    here = int.from_bytes(rows, "big")
    above = int.from_bytes(bytes(ROW) + rows[:-ROW], "big")
    difference = ((here | high) - (above & low)) ^ (high ^ ((here ^ above) & high))
    result = bytearray(difference.to_bytes(len(rows), "big"))
    result[::ROW] = b"\x02" * (len(rows) // ROW)
    return bytes(result)


@lru_cache(maxsize=16)
def mask_bytes(value: int, count: int) -> int:
    """Return a number of ``count`` equal bytes."""
    return int.from_bytes(bytes([value]) * count, "big")
