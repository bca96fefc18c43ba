"""A file that is written object by object, with nothing kept of what is written but where it is."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import BinaryIO

from handouts.pdf.file import HEADER, pack_objects, write_end
from handouts.pdf.metadata import write_identifier
from handouts.pdf.objects import deflate, write_content, write_stream
from handouts.pdf.row_table import RowTable

ALIKE = 6
"""Compression of the small objects of many handouts, which are much alike."""

MOST_OBJECTS = 600
"""Small objects after which those taken so far are packed into one object stream."""


class ObjectFile:
    """Writes objects to an open file: streams at once, small objects some hundreds together."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._rows = RowTable()
        self._place = file.write(HEADER)
        self._digest = blake2b(digest_size=16)
        self._runs: list[tuple[int, Sequence[bytes]]] = []
        self._waiting = 0
        self.reserve = self._rows.reserve

    def reserve_from(self, grid: int, count: int) -> int:
        """Return the first of ``count`` new numbers, a multiple of ``grid``."""
        self._rows.skip(-self._rows.total % grid)
        return self.reserve(count)

    def add(self, number: int, body: bytes) -> None:
        """Take a small object."""
        self.add_run(number, (body,))

    def add_new(self, body: bytes) -> int:
        """Take a small object and return its number."""
        number = self.reserve()
        self.add_run(number, (body,))
        return number

    def add_run(self, first: int, bodies: Sequence[bytes]) -> None:
        """Take small objects with numbers one after another."""
        self._runs.append((first, bodies))
        self._waiting += len(bodies)
        if self._waiting >= MOST_OBJECTS:
            self.flush()

    def add_stream(self, entries: bytes, data: bytes) -> int:
        """Write a stream with the entries of its dictionary; return its number."""
        number = self.reserve()
        self._write(number, write_stream(number, entries, data))
        return number

    def write_content(self, number: int, operators: bytes, level: int) -> None:
        """Write operators as a stream, compressed if that is worth it."""
        self._write(number, write_content(number, operators, level))

    def write_plain(self, number: int, operators: bytes) -> None:
        """Write operators that end with a line end as a stream as they are: for few, packing takes longer than all."""
        self._write(number, write_stream(number, b"", operators))

    def write_packed(self, first: int, count: int, head: int, data: bytes) -> None:
        """Write ``count`` small objects from number ``first`` on as an object stream of their own.

        ``data`` are their compressed bytes, of which the first ``head`` say where each starts.
        """
        holder = self.reserve()
        self._rows.set_packed(first, holder, 0, count)
        self._write(
            holder, write_stream(holder, b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (count, head), data)
        )

    def flush(self) -> None:
        """Write the small objects taken so far as one object stream."""
        if not self._waiting:
            return
        holder = self.reserve()
        numbers: list[int] = []
        bodies: list[bytes] = []
        for first, run in self._runs:
            self._rows.set_packed(first, holder, len(numbers), len(run))
            numbers += range(first, first + len(run))
            bodies += run
        self._runs.clear()
        self._waiting = 0
        entries, body = pack_objects(numbers, bodies)
        self._write(holder, write_stream(holder, entries, deflate(body, ALIKE)))

    def finish(self, root: int, info: int) -> None:
        """Write what is still open, and the cross-references; ``root`` is the catalogue."""
        self.flush()
        number = self.reserve()
        size, data = self._rows.finish(number, self._place)
        identifier = write_identifier(self._digest.hexdigest())
        self._file.write(write_end(number, size, data, self._place, root, info, identifier))

    def _write(self, number: int, data: bytes) -> None:
        self._rows.set_place(number, self._place)
        self._file.write(data)
        self._digest.update(data)
        self._place += len(data)
