"""Puts objects into a file: compressed objects in one stream, the rest as they are, and a cross-reference stream.

Both kinds of stream are PDF 1.5 and read by every reader of PDF/A-2.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

from handouts.pdf.chunks import Chunk, join_chunks, pack_chunk, store_chunk, store_once
from handouts.pdf.objects import LEAST, QUICK, deflate, frame_stream, write_content, write_object, write_stream

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
ROW = 8
"""Bytes of a row of the cross-reference stream: the predictor's, and three fields of 1, 4 and 2 bytes."""


MOST_STORED = 8000 * ROW
"""Bytes of rows that are stored in one piece; a piece holds 65,535."""

write_row = struct.Struct(">BBLH").pack
"""A row: PNG's filter (0: as it is), kind of object, two fields (ISO 32000-1, 7.5.8.3)."""

FREE = write_row(0, 0, 0, 0xFFFF)
"""The row of an object that is not there."""

NOTHING = store_chunk(b"")
EMPTY = pack_chunk(b"", LEAST)


class Base(NamedTuple):
    """The part of a file that does not change from one person to the next.

    ``parts`` hold fonts and pages that other files have as well, so they are not joined here. ``rows`` are the
    cross-reference rows of its objects, ``total`` of them, compressed.
    """

    parts: tuple[bytes, ...]
    size: int
    rows: Chunk
    total: int
    root: int


class Core(NamedTuple):
    """What all bases of a layout share, whoever is drawn: ``packed`` small objects, then ``rows`` of streams.

    The numbers of ``drawn`` forms follow, and last that of the object stream, which begins at byte ``holder``.
    """

    parts: tuple[bytes, ...]
    size: int
    packed: int
    rows: bytes
    drawn: int
    holder: int
    root: int


def write_core(objects: Sequence[bytes], streams: Sequence[tuple[bytes, bytes]], drawn: int, root: int) -> Core:
    """Return the shared part of a layout.

    ``objects`` are numbered from 1, then come the streams as entries of their dictionaries and data, then ``drawn``
    forms that are still to be written, then the stream that the objects are packed in. ``root`` is the catalogue.
    """
    parts = [HEADER]
    start = len(HEADER)
    rows = []
    for number, (entries, data) in enumerate(streams, len(objects) + 1):
        rows.append(used_row(start))
        pieces = frame_stream(number, entries, data)
        parts += pieces
        start += sum(map(len, pieces))
    holder = len(objects) + len(streams) + drawn + 1
    entries, body = pack_objects(range(1, len(objects) + 1), objects)
    pieces = frame_stream(holder, entries, deflate(body, LEAST))
    return Core(
        parts=(*parts, *pieces),
        size=start + sum(map(len, pieces)),
        packed=len(objects),
        rows=b"".join(rows),
        drawn=drawn,
        holder=start,
        root=root,
    )


def write_base(core: Core, forms: Sequence[tuple[bytes, bytes]]) -> Base:
    """Return the fixed part of a file: a core with its forms, as entries of their dictionaries and data."""
    parts = [*core.parts]
    start = core.size
    first = core.packed + len(core.rows) // ROW + 1
    rows = [core.rows]
    for number, (entries, data) in enumerate(forms, first):
        rows.append(used_row(start))
        pieces = frame_stream(number, entries, data)
        parts += pieces
        start += sum(map(len, pieces))
    holder = first + core.drawn
    rows.append(used_row(core.holder))
    opening = FREE + packed_row(holder, 0)
    others = packed_row(holder, core.packed - 1) + b"".join(rows)
    predicted = predict_rows(opening) + count_up(core.packed) + predict_rows(others)[ROW:]
    return Base(tuple(parts), start, pack_chunk(predicted, QUICK), holder + 1, core.root)


@lru_cache(maxsize=256)
def count_up(count: int) -> bytes:
    """Return the rows of packed objects but the first, as `predict_rows` does: only the index changes, by one."""
    rows = b"".join([packed_row(1, index) for index in range(count)])
    return predict_rows(rows)[ROW:]


class Opened(NamedTuple):
    """An object that is one person's alone from some byte on: its number, its beginning, compressed, and the rest."""

    number: int
    start: Chunk
    rest: bytes


class Packed(NamedTuple):
    """An object stream: its number, what stands before its data (see `frame_stream`), and rows of what is in it."""

    number: int
    stream: bytes
    rows: Mapping[int, bytes]


def pack_opened(holder: int, objects: Sequence[tuple[int, bytes]], opened: Sequence[Opened]) -> Packed:
    """Return dictionaries and arrays as one object stream, last those whose beginning is compressed already."""
    numbers = [*[number for number, _ in objects], *[each.number for each in opened]]
    sizes = [*[len(body) for _, body in objects], *[each.start.size + len(each.rest) for each in opened]]
    entries, head = write_head(numbers, sizes)
    body = head + b"".join([body + b"\n" for _, body in objects])
    chunks = [(NOTHING, pack_chunk(body, LEAST))]
    between = NOTHING
    for each in opened:
        chunks.append((between, each.start))
        between = store_once(each.rest + b"\n")
    stream = write_stream(holder, entries, join_chunks([*chunks, (between, EMPTY)]))
    return Packed(holder, stream, {number: packed_row(holder, index) for index, number in enumerate(numbers)})


class Ending:
    """Writes the rest of a file behind its base: objects as they come, then the cross-reference stream.

    ``next`` is the number behind the last object, that of the cross-reference stream.
    """

    __slots__ = ("_base", "_next", "_parts", "_place", "_rows")

    def __init__(self, base: Base, next: int) -> None:
        self._base = base
        self._parts: list[bytes] = []
        self._place = base.size
        self._next = next
        self._rows: dict[int, bytes] = {}

    def add_stream(self, number: int, entries: bytes, data: bytes) -> None:
        """Write a stream with the entries of its dictionary."""
        self._add(number, write_stream(number, entries, data))

    def add_content(self, number: int, operators: bytes) -> None:
        """Write operators as a stream, compressed if that is worth it."""
        self._add(number, write_content(number, operators, LEAST))

    def add_object(self, number: int, body: bytes) -> None:
        """Write a dictionary or array that must be read without its stream being unpacked."""
        self._add(number, write_object(number, body))

    def add_packed(self, packed: Packed) -> None:
        """Write an object stream."""
        self._rows.update(packed.rows)
        self._add(packed.number, packed.stream)

    def finish(self, info: int, identifier: bytes) -> bytes:
        """Return the whole file; ``info`` is the number of the information dictionary, ``identifier`` the ID."""
        base = self._base
        find = self._rows.get
        rows = b"".join([find(number, FREE) for number in range(base.total, self._next)])
        table = write_table(base.rows, rows, self._place, base.root, info, identifier)
        return b"".join([*base.parts, *self._parts, table])

    def _add(self, number: int, data: bytes) -> None:
        self._rows[number] = used_row(self._place)
        self._parts.append(data)
        self._place += len(data)


def pack_objects(numbers: Sequence[int], objects: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Return the dictionary entries and the raw data of an object stream."""
    entries, head = write_head(numbers, list(map(len, objects)))
    return entries, head + b"\n".join(objects)


def write_head(numbers: Sequence[int], sizes: Sequence[int]) -> tuple[bytes, bytes]:
    """Return the dictionary entries and the head of an object stream of objects with a byte between them."""
    places = accumulate([size + 1 for size in sizes], initial=0)
    head = b"%d %d " * len(numbers) % tuple(chain.from_iterable(zip(numbers, places, strict=False))) + b"\n"
    return b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(numbers), len(head)), head


def write_table(packed: Chunk, rows: bytes, start: int, root: int, info: int, identifier: bytes) -> bytes:
    """Return the end of a file: the cross-reference stream, which begins at byte ``start``, and where to find it.

    ``packed`` are the first rows, compressed, ``rows`` those that follow, which are few and stored as they are.
    """
    number = packed.size // ROW + len(rows) // ROW
    rows += used_row(start)
    data = b"\r"
    while data.endswith(b"\r"):  # see deflate: here a free object more changes the checksum
        pieces = [(store_once(rows[at : at + MOST_STORED]), EMPTY) for at in range(0, len(rows), MOST_STORED)]
        data = join_chunks([(NOTHING, packed), *pieces], padded=False)
        size = packed.size // ROW + len(rows) // ROW
        rows += FREE
    return write_end(number, size, data, start, root, info, identifier)


def write_end(number: int, size: int, data: bytes, start: int, root: int, info: int, identifier: bytes) -> bytes:
    """Return the cross-reference stream of ``size`` rows, object ``number`` at byte ``start``, and where to find it."""
    entries = (
        b"/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID%b/Filter/FlateDecode"
        b"/DecodeParms<</Predictor 12/Columns 7>>" % (size, root, info, identifier)
    )
    return write_stream(number, entries, data) + b"startxref\n%d\n%%%%EOF\n" % start


def used_row(start: int) -> bytes:
    """Return the row of an object that begins at a byte of the file."""
    return write_row(0, 1, start, 0)


def packed_row(holder: int, index: int) -> bytes:
    """Return the row of an object that stands in an object stream."""
    return write_row(0, 2, holder, index)


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
