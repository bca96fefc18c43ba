"""The cross-reference rows of a file that may have millions of objects: compressed as soon as a stretch is full."""

from __future__ import annotations

from functools import lru_cache

from handouts.pdf.chunks import Chunk, join_chunks, pack_chunk
from handouts.pdf.file import FREE, NOTHING, ROW, packed_row, predict_rows, used_row
from handouts.pdf.objects import QUICK

STRETCH = 4000
"""Rows that are compressed together. Their bytes divide no reader's buffer: one that is full just where the packed
bytes end makes some readers (qpdf 11) suspect that more should come."""

_EMPTY = FREE * STRETCH

TOGETHER = 1024
"""Packed objects whose rows are written together, for all streams."""


class RowTable:
    """Gives out object numbers and takes where the objects are. A full stretch of rows takes some hundred bytes."""

    def __init__(self) -> None:
        self._stretches: list[bytearray | Chunk] = []
        self._left: list[int] = []
        self.total = 0
        self._fill(self.reserve(), FREE)

    def reserve(self, count: int = 1) -> int:
        """Return the first of ``count`` new object numbers; each must be given a place before the end."""
        first = self.total
        self.total += count
        while self.total > len(self._stretches) * STRETCH:
            self._stretches.append(bytearray(_EMPTY))
            self._left.append(STRETCH)
        return first

    def skip(self, count: int) -> None:
        """Leave ``count`` numbers without an object."""
        self._fill(self.reserve(count), FREE * count)

    def set_place(self, number: int, place: int) -> None:
        """Note that an object begins at a byte of the file."""
        self._fill(number, used_row(place))

    def set_packed(self, number: int, holder: int, index: int, count: int = 1) -> None:
        """Note that ``count`` objects stand in an object stream, the first at ``index``."""
        rows = bytearray(list_packed(index, count))
        for place, byte in enumerate(holder.to_bytes(4, "big"), 2):
            if byte:
                rows[place::ROW] = bytes([byte]) * count
        self._fill(number, bytes(rows))

    def _fill(self, number: int, rows: bytes) -> None:
        while rows:
            which, at = divmod(number, STRETCH)
            part = rows[: (STRETCH - at) * ROW]
            stretch = self._stretches[which]
            if not isinstance(stretch, bytearray):
                raise ValueError(f"object {number} has its place already")
            stretch[at * ROW : at * ROW + len(part)] = part
            self._left[which] -= len(part) // ROW
            if not self._left[which]:
                self._stretches[which] = pack_rows(bytes(stretch))
            number += len(part) // ROW
            rows = rows[len(part) :]

    def finish(self, number: int, place: int) -> tuple[int, bytes]:
        """Return how many rows there are and the stream of them all, the last for the stream itself."""
        self._fill(number, used_row(place))
        while True:
            end = ROW * (self.total - STRETCH * (len(self._stretches) - 1))
            last = len(self._stretches) - 1
            chunks = [
                each if isinstance(each, Chunk) else pack_rows(bytes(each[:end] if at == last else each))
                for at, each in enumerate(self._stretches)
            ]
            data = join_chunks([(NOTHING, chunk) for chunk in chunks], padded=False)
            if not data.endswith(b"\r"):
                return self.total, data
            self.reserve()


def pack_rows(rows: bytes) -> Chunk:
    """Return rows compressed, each but the first as its difference from the row above."""
    return pack_chunk(b"\0" + predict_rows(rows)[1:], QUICK)


def list_packed(first: int, count: int) -> bytes:
    """Return the rows of packed objects, with nothing yet for the stream that holds them."""
    end = first + count
    return _list_rows(-(-end // TOGETHER) * TOGETHER)[first * ROW : end * ROW]


@lru_cache(maxsize=8)
def _list_rows(count: int) -> bytes:
    """Return the rows of the first objects of a stream."""
    return b"".join([packed_row(0, index) for index in range(count)])
