"""How PDF writes numbers, strings and streams."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

BEST = 9
"""Compression of fonts and images, which are packed once and used in every file."""

QUICK = 4
"""Compression of pages and structure: 2 % more bytes of a whole file than level 6, in half the time."""

LEAST = 1
"""Compression of the few bytes that are one person's alone."""

LEAST_PACKED = 240
"""Bytes of operators from which compressing them is worth its time."""

SMALL = 4096
SMALL_WINDOW = (12, 5)
"""Bits of the window (4,096 bytes) and level of memory for at most ``SMALL`` bytes."""


def write_number(value: float) -> bytes:
    """Return a number with at most two decimals, without an exponent or needless zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return b"0" if text in {"-0", ""} else text.encode("ascii")


def write_numbers(values: Iterable[float]) -> bytes:
    """Return an array of numbers."""
    return b"[" + b" ".join(write_number(value) for value in values) + b"]"


def write_text(text: str) -> bytes:
    """Return a text string: ASCII as it is, anything else as UTF-16 with its mark (ISO 32000-1, 7.9.2.2)."""
    data = text.encode("ascii") if text.isascii() else b"\xfe\xff" + text.encode("utf-16-be")
    return b"(" + escape_string(data) + b")"


def escape_string(data: bytes) -> bytes:
    """Return the bytes as they stand between the parentheses of a literal string."""
    for plain, escaped in ((b"\\", b"\\\\"), (b"(", b"\\("), (b")", b"\\)"), (b"\r", b"\\r"), (b"\n", b"\\n")):
        data = data.replace(plain, escaped)
    return data


def write_address(address: str) -> bytes:
    """Return an address as a string of ASCII characters; others are percent-encoded (RFC 3986)."""
    return b"(" + escape_string(quote(address, safe="%/:=&?~#+!$,;'@()*[]").encode("ascii")) + b")"


@lru_cache(maxsize=8192)
def write_reference(number: int) -> bytes:
    """Return a reference to an object."""
    return b"%d 0 R" % number


def write_references(numbers: Iterable[int]) -> bytes:
    """Return an array of references."""
    return b"[" + b" ".join(map(write_reference, numbers)) + b"]"


def deflate(raw: bytes, level: int) -> bytes:
    """Return the bytes compressed, never ending in a carriage return.

    Readers that guess where a stream ends take a last CR for a part of the line end before ``endstream``. The last
    byte is that of a sum of all bytes, so a line end more changes it; it matters to no reader of a stream (a zero would
    change nothing).
    """
    data = compress(raw, level)
    while data.endswith(b"\r"):
        raw += b"\n"
        data = compress(raw, level)
    return data


def compress(raw: bytes, level: int) -> bytes:
    """Return the bytes as a zlib stream.

    Few bytes need no large window, and setting one up takes ten times as long as compressing them.
    """
    if len(raw) > SMALL:
        return zlib.compress(raw, level)
    maker = zlib.compressobj(level, zlib.DEFLATED, *SMALL_WINDOW)
    return maker.compress(raw) + maker.flush()


def write_stream(number: int, entries: bytes, data: bytes) -> bytes:
    """Return an indirect stream object; ``entries`` are those of its dictionary, without ``Length``."""
    return b"%d 0 obj\n<<%b/Length %d>>stream\n%b\nendstream\nendobj\n" % (number, entries, len(data), data)


def write_content(number: int, operators: bytes, level: int) -> bytes:
    """Return operators as a stream object, compressed if that is worth it."""
    if len(operators) < LEAST_PACKED and not operators.endswith(b"\r"):
        return write_stream(number, b"", operators)
    return write_stream(number, b"/Filter/FlateDecode", deflate(operators, level))


def frame_stream(number: int, entries: bytes, data: bytes) -> tuple[bytes, bytes, bytes]:
    """Return a stream object in three parts, the data as they are: what many files share is in memory once."""
    return b"%d 0 obj\n<<%b/Length %d>>stream\n" % (number, entries, len(data)), data, b"\nendstream\nendobj\n"


def write_object(number: int, body: bytes) -> bytes:
    """Return an indirect object."""
    return b"%d 0 obj\n%b\nendobj\n" % (number, body)
