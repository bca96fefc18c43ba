"""Small objects that are compressed once for many handouts: only their numbers are changed, in the compressed bytes.

A handout's objects are numbered from a round number on, so that all that changes is what stands before the last digits.
These leading digits are symbols in the text that is compressed, bytes that no text here has. Fixed Huffman codes
(RFC 1951, 3.2.6) give bytes below 144 eight bits each, digits among them: a symbol that was compressed as a literal is
changed to a digit where it stands, and copies of earlier text (most numbers are such) follow of themselves.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from handouts.dataclass import dataclass
from handouts.pdf.objects import deflate

FIRST = 731_659_204_817_000_000
"""Stands for the number of a handout's first object; what follows is counted from it. No text has such a number."""

GRID = 100
"""Handouts of up to ten times as many objects begin at a multiple of it; larger ones at one ten times as large."""

DIGITS = 6
"""Least digits of a number, with zeros before it where it has fewer: readers of PDF take these as they take the others.

More digits take longer to change; a run of a thousand handouts needs no more.
"""

LEVELS = (4, 6)
"""Levels of compression that are tried: where exchanging symbols changes what the first finds, it seldom does so with
the second, which looks further and takes twice as long."""

MEMORY = 9
"""The largest table of places that the compressor can keep: so fewer of them are taken for others."""

ENGRAVED = 2
"""The use of a plate before which it is engraved, which takes as long as compressing it well."""

EIGHT_BITS = 144
"""Bytes from which on a fixed code has nine bits."""

LEAST_CODE = 0x30
"""The fixed code of the byte 0."""

HEAD = b"\x78\x9c"
"""The head of a zlib stream."""

CODES = tuple(int(f"{LEAST_CODE + byte:08b}"[::-1], 2) for byte in range(EIGHT_BITS))
"""The fixed code of each byte as it stands in a stream, which is filled from the lowest bit on."""

KEPT = b"0123456789 \n"
"""Bytes that are no symbols, though a text may lack them."""

_BYTES = {code: byte for byte, code in enumerate(CODES)}


class Spot(NamedTuple):
    """Where a symbol stands as a literal: byte of the stream, bits into it, and the symbol."""

    at: int
    shift: int
    symbol: int


@dataclass(slots=True)
class Plate:
    """Objects with symbols for the leading digits of their numbers.

    ``head`` is the length of what stands before the objects: their numbers and where each starts. ``symbols`` are those
    of each run of ``grid`` numbers. ``packed`` and ``spots`` are empty until it is used often, and for good where the
    numbers cannot be changed in place. ``digits`` are those of a number.
    """

    text: bytes
    head: int
    grid: int
    digits: int
    symbols: tuple[bytes, ...]
    uses: int = 0
    engraved: bool = False
    packed: bytes = b""
    spots: tuple[Spot, ...] = ()

    def press(self, first: int, level: int, often: bool) -> bytes:
        """Return the compressed objects, numbered from ``first`` on.

        ``level`` is that before it is engraved; it is at once where it is thought to be used ``often``.
        """
        self.uses += 1
        table = bytearray(range(256))
        for number, symbols in enumerate(self.symbols, first // self.grid):
            for symbol, digit in zip(symbols, b"%0*d" % (len(symbols), number), strict=True):
                table[symbol] = digit
        text = self.text.translate(table)
        if not self.engraved and (often or self.uses >= ENGRAVED):
            self._engrave(table, text)
        data = self._change(table, text) if self.packed else b"\r"
        return deflate(text, level) if data.endswith(b"\r") else data

    def _engrave(self, table: bytearray, text: bytes) -> None:
        """Compress the objects for many uses, if that gives the text of this one."""
        self.engraved = True
        self.packed, self.spots = engrave_text(self.text, frozenset(b"".join(self.symbols)))
        try:
            if self.packed and zlib.decompress(self._change(table, text)) == text:
                return
        except zlib.error:
            pass
        self.packed, self.spots = b"", ()

    def _change(self, table: bytearray, text: bytes) -> bytes:
        """Return the packed objects with the digits of a table in them, with which they are ``text``."""
        data = bytearray(self.packed)
        for at, shift, symbol in self.spots:
            change = (CODES[symbol] ^ CODES[table[symbol]]) << shift
            data[at] ^= change & 0xFF
            data[at + 1] ^= change >> 8
        return bytes(data) + zlib.adler32(text).to_bytes(4, "big")


def engrave_text(text: bytes, symbols: frozenset[int]) -> tuple[bytes, tuple[Spot, ...]]:
    """Return a text compressed with fixed codes, without its checksum, and where its symbols stand as literals.

    They are found as what differs when each symbol is exchanged for its twin, whose code differs in the last bit alone.
    Nothing is returned where that cannot be: too few bytes are free, or the compressor has done otherwise than asked.
    """
    if any(symbol >= EIGHT_BITS or (symbol ^ 1 not in symbols and symbol ^ 1 in text) for symbol in symbols):
        return b"", ()
    twins = text.translate(bytes(byte ^ 1 if {byte, byte ^ 1} & symbols else byte for byte in range(256)))
    for level in LEVELS:
        packed, other = (HEAD + _pack_fixed(each, level) for each in (text, twins))
        spots = _find_spots(packed, other, symbols) if len(packed) == len(other) else None
        if spots is not None:
            return packed, spots
    return b"", ()


def _find_spots(packed: bytes, other: bytes, symbols: frozenset[int]) -> tuple[Spot, ...] | None:
    """Return where two streams of one length differ in one symbol each; None where they differ in something else."""
    changed = (int.from_bytes(packed, "little") ^ int.from_bytes(other, "little")).to_bytes(len(packed), "little")
    spots = []
    for found in re.finditer(rb"[^\0]", changed):
        for bit in range(8):
            if changed[found.start()] >> bit & 1:
                at, shift = divmod(found.start() * 8 + bit - 7, 8)
                symbol = _BYTES.get(int.from_bytes(packed[at : at + 2], "little") >> shift & 0xFF, -1)
                if symbol not in symbols:  # stored as it is, or with codes of its own
                    return None
                spots.append(Spot(at, shift, symbol))
    return tuple(spots)


def _pack_fixed(text: bytes, level: int) -> bytes:
    maker = zlib.compressobj(level, zlib.DEFLATED, -15, MEMORY, zlib.Z_FIXED)
    return maker.compress(text) + maker.flush()


@dataclass(slots=True)
class Structure:
    """The structure of handouts of one kind: objects that are written as counted from `FIRST`, from ``skipped`` on."""

    objects: tuple[bytes, ...]
    skipped: int
    _plate: Plate | None = None

    @property
    def grid(self) -> int:
        """Return the number of which the first object's is a multiple: a tenth of what all objects are, or more."""
        grid = GRID
        while self.skipped + len(self.objects) > 10 * grid:
            grid *= 10
        return grid

    def press(self, first: int, level: int, often: bool = False) -> tuple[int, bytes]:
        """Return the length of an object stream's head, and its data; ``first`` is the handout's first object.

        ``level`` is the compression until numbers are changed in place, ``often`` says that many handouts of the kind
        are to be thought of.
        """
        plate = self._plate
        digits = max(DIGITS, len(str(first + self.skipped + len(self.objects))))
        if plate is None or plate.digits != digits:
            plate = self._plate = make_plate(self.objects, self.skipped, self.grid, digits)
        return plate.head, plate.press(first, level, often)


def make_plate(objects: Sequence[bytes], skipped: int, grid: int, digits: int) -> Plate:
    """Return the plate of objects whose numbers have so many ``digits``. ValueError when no bytes are free for it."""
    last = skipped + len(objects) - 1
    runs = last // grid + 1
    body = b"\n".join(objects)
    mark, *rest = _list_free(body, runs * (digits - len(str(grid)) + 1) + 1)
    symbols = tuple(bytes(rest[at::runs]) for at in range(runs))
    sign = bytes([mark])
    body = body.replace(b"%d" % (FIRST // (10 * grid)), sign)
    for number, leading in enumerate(symbols):
        body = body.replace(sign + b"%d" % number, leading)
    starts = accumulate([len(line) + 1 for line in body.split(b"\n")], initial=0)
    numbers = [leading + trailing for leading in symbols for trailing in _list_trailing(grid)][skipped : last + 1]
    head = b" ".join([b"%b %d" % pair for pair in zip(numbers, starts, strict=False)]) + b"\n"
    return Plate(head + body, len(head), grid, digits, symbols)


@lru_cache(maxsize=2)
def _list_trailing(grid: int) -> list[bytes]:
    """Return the last digits of the numbers of a run."""
    digits = len(str(grid)) - 1
    return [b"%0*d" % (digits, number) for number in range(grid)]


def _list_free(body: bytes, wanted: int) -> list[int]:
    """Return bytes that the text does not have, those first whose code has eight bits and whose twin is free too."""
    lacking = [byte for byte in range(EIGHT_BITS) if byte not in body and byte not in KEPT]
    free = sorted(lacking, key=lambda byte: (byte ^ 1 not in lacking, byte))
    if len(free) <= wanted:
        free += [byte for byte in range(EIGHT_BITS, 256) if byte not in body]
    if len(free) < wanted:
        raise ValueError(f"a text has {len(free)} bytes to spare, and {wanted} are needed")
    return [*free[wanted - 1 :][:1], *free[: wanted - 1]]
