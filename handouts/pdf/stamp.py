"""What a finished sheet says of itself, read back from its own file: id, content version, digest, date.

Only files as they were written here are read: their trailer is a cross-reference stream whose rows are differences, the
information dictionary an object of its own. A file that another program has saved again, or added to, is not one of
them.
"""

from __future__ import annotations

import re
import zlib
from datetime import date

from handouts.dataclass import dataclass
from handouts.pdf.file import HEADER, ROW

MOST_BYTES = 50_000_000
MOST_ROWS = 1_000_000
AS_IT_IS, UP = 0, 2
"""PNG's filters (ISO/IEC 15948, 9.2): a row as it is, or as its difference from the row above."""

_BEGINNING = re.compile(re.escape(HEADER) + rb"\d{1,8} 0 obj\n<</Filter/FlateDecode/Length \d{1,8}>>stream\n")
_START = re.compile(rb"startxref\n(\d{1,10})\n%%EOF\n\Z")
_TRAILER = re.compile(
    rb"\d{1,8} 0 obj\n<</Type/XRef/Size (\d{1,8})/W\[1 4 2\]/Root \d{1,8} 0 R/Info (\d{1,8}) 0 R"
    rb"/ID\[<([0-9a-f]{32})><[0-9a-f]{32}>\]/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 7>>"
    rb"/Length (\d{1,8})>>stream\n"
)
_ENTRY = re.compile(rb"/(Title|Subject|Producer|CreationDate)\(((?:[^\\()]|\\.)*)\)", re.DOTALL)
_ESCAPE = re.compile(rb"\\(.)", re.DOTALL)
_SUBJECT = re.compile(r"Sheet ([2-9A-HJ-NP-Z]{6}), content (\d+\.\d+-[0-9a-f]{6})\Z")
_ENCRYPTION = re.compile(rb"/Encrypt(?:\s+\d{1,8} \d{1,5} R|\s*<<)")
_LANGUAGE = re.compile(rb"<dc:language><rdf:Bag><rdf:li>([A-Za-z0-9-]{1,40})</rdf:li>")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a sheet says of itself. ``digest`` is the plan's, 32 hexadecimal digits; no word of the person."""

    sheet_id: str
    content_version: str
    digest: str
    title: str
    date: date
    language: str
    producer: str


def write_subject(sheet_id: str, content_version: str) -> str:
    """Return the line that a file carries as its subject, and that `read_stamp` finds."""
    return f"Sheet {sheet_id}, content {content_version}"


def read_stamp(data: bytes) -> Stamp | None:
    """Return the stamp of a sheet, or None when the bytes are no sheet as it was written here."""
    if not data.startswith(HEADER) or len(data) > MOST_BYTES:
        return None
    start = _START.search(data, max(0, len(data) - 64))
    trailer = None if start is None else _TRAILER.match(data, int(start[1]))
    if trailer is None:
        return None
    info = _find_object(data, trailer)
    if info is None:
        return None
    entries = {match[1].decode(): _read_text(match[2]) for match in _ENTRY.finditer(info)}
    subject = _SUBJECT.match(entries.get("Subject", ""))
    day = _read_day(entries.get("CreationDate", ""))
    if subject is None or day is None:
        return None
    language = _LANGUAGE.search(data)
    return Stamp(
        sheet_id=subject[1],
        content_version=subject[2],
        digest=trailer[3].decode(),
        title=entries.get("Title", ""),
        date=day,
        language=language[1].decode() if language else "",
        producer=entries.get("Producer", ""),
    )


def is_cut_off(data: bytes) -> bool:
    """Return whether bytes begin as a sheet that was written here and do not get to its end."""
    return _BEGINNING.match(data) is not None and b"%%EOF\n" not in data


def is_locked(data: bytes) -> bool:
    """Return whether the bytes are those of a PDF that opens with a password, as far as its trailer can be found."""
    return data.startswith(b"%PDF-") and _ENCRYPTION.search(data) is not None


def _find_object(data: bytes, trailer: re.Match[bytes]) -> bytes | None:
    """Return the information dictionary that a trailer points at, or None when it points at nothing."""
    size, number, length = int(trailer[1]), int(trailer[2]), int(trailer[4])
    if not 0 < number < size <= MOST_ROWS:
        return None
    try:
        unpacked = zlib.decompressobj()
        rows = unpacked.decompress(data[trailer.end() : trailer.end() + length], size * ROW)
    except zlib.error:
        return None
    row = bytes(ROW - 1)
    for at in range(0, (number + 1) * ROW, ROW):
        if len(rows) < at + ROW or rows[at] not in (AS_IT_IS, UP):
            return None
        above = row if rows[at] == UP else bytes(ROW - 1)
        row = bytes((low + high) & 0xFF for low, high in zip(rows[at + 1 : at + ROW], above, strict=True))
    place = int.from_bytes(row[1:5], "big")
    head = b"%d 0 obj\n<<" % number
    if row[0] != 1 or data[place : place + len(head)] != head:
        return None
    end = data.find(b">>\nendobj\n", place)
    return None if end < 0 else data[place + len(head) : end]


def _read_text(data: bytes) -> str:
    """Return a text string as `objects.write_text` wrote it."""
    plain = _ESCAPE.sub(lambda found: {b"r": b"\r", b"n": b"\n"}.get(found[1], found[1]), data)
    if plain.startswith(b"\xfe\xff"):
        return plain[2:].decode("utf-16-be", errors="replace")
    return plain.decode("ascii", errors="replace")


def _read_day(text: str) -> date | None:
    digits = text.removeprefix("D:")[:8]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
