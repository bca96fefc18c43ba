"""Reads and cuts TrueType files (OpenType 1.9), for families that were not prepared beforehand."""

from __future__ import annotations

import struct
from collections.abc import Iterable

NEEDED = (b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp")
"""The tables that a composite font without hinting needs in a PDF (ISO 32000-1, 9.9, table 126)."""

TRUETYPE = (b"\x00\x01\x00\x00", b"true")
MORE_PARTS, WORDS, SCALE, TWO_SCALES, MATRIX = 0x20, 0x01, 0x08, 0x40, 0x80


def read_tables(data: bytes) -> dict[bytes, bytes]:
    """Return the tables of a TrueType file. ValueError when it is none, or holds other outlines than TrueType's."""
    if data[:4] not in TRUETYPE:
        raise ValueError("not a TrueType font (.ttf)")
    tables = {}
    try:
        for place in range(12, 12 + 16 * struct.unpack(">H", data[4:6])[0], 16):
            tag, _, start, length = struct.unpack(">4sLLL", data[place : place + 16])
            tables[tag] = data[start : start + length]
            if len(tables[tag]) != length:
                raise ValueError("the font file is cut off")
    except struct.error:
        raise ValueError("the font file is cut off") from None
    lacking = [tag.decode("ascii") for tag in NEEDED if tag not in tables]
    if lacking:
        raise ValueError(f"the font has no table {', '.join(lacking)}")
    return tables


def join_tables(tables: dict[bytes, bytes]) -> bytes:
    """Return a TrueType file made of tables, with its checksums."""
    tables = dict(sorted(tables.items()))
    head = tables[b"head"]
    tables[b"head"] = head[:8] + bytes(4) + head[12:]
    count = len(tables)
    power = count.bit_length() - 1
    start = 12 + 16 * count
    directory = struct.pack(">LHHHH", 0x00010000, count, 16 << power, power, 16 * count - (16 << power))
    body = b""
    adjusted = 0
    for tag, table in tables.items():
        if tag == b"head":
            adjusted = start + len(body) + 8
        directory += struct.pack(">4sLLL", tag, sum_words(table), start + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    whole = directory + body
    adjustment = (0xB1B0AFBA - sum_words(whole)) & 0xFFFFFFFF
    return whole[:adjusted] + struct.pack(">L", adjustment) + whole[adjusted + 4 :]


def sum_words(data: bytes) -> int:
    """Return the checksum of a table: the sum of its 32-bit words."""
    padded = data + bytes(-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}L", padded)
    return sum(words) & 0xFFFFFFFF


def strip_tables(data: bytes) -> bytes:
    """Return a TrueType file with the tables alone that a reader of a PDF needs. ValueError as in ``read_tables``."""
    tables = read_tables(data)
    return join_tables({tag: tables[tag] for tag in NEEDED})


def keep_glyphs(data: bytes, glyphs: Iterable[int]) -> bytes:
    """Return a TrueType file in which ``glyphs``, .notdef and their parts alone have outlines; numbers stay."""
    tables = read_tables(data)
    places = read_places(tables)
    outlines = tables[b"glyf"]
    kept = {0}
    waiting = list(glyphs)
    while waiting:
        number = waiting.pop()
        if number not in kept or number == 0:
            kept.add(number)
            parts = list_parts(outlines[places[number] : places[number + 1]])
            waiting += [part for part in parts if part not in kept and part < len(places) - 1]
    body = b""
    starts = []
    for number in range(len(places) - 1):
        starts.append(len(body))
        if number in kept:
            outline = outlines[places[number] : places[number + 1]]
            body += outline + bytes(-len(outline) % 4)
    starts.append(len(body))
    head = tables[b"head"]
    cut = {tag: tables[tag] for tag in NEEDED}
    cut[b"head"] = head[:50] + struct.pack(">h", 1) + head[52:]
    cut[b"loca"] = struct.pack(f">{len(starts)}L", *starts)
    cut[b"glyf"] = body or bytes(4)
    return join_tables(cut)


def read_places(tables: dict[bytes, bytes]) -> tuple[int, ...]:
    """Return where each outline begins, and where the last one ends."""
    count = struct.unpack(">H", tables[b"maxp"][4:6])[0] + 1
    if struct.unpack(">h", tables[b"head"][50:52])[0]:
        return tuple(struct.unpack(f">{count}L", tables[b"loca"][: 4 * count]))
    return tuple(2 * place for place in struct.unpack(f">{count}H", tables[b"loca"][: 2 * count]))


def list_parts(outline: bytes) -> list[int]:
    """Return the glyphs that a composite outline is made of; none for a simple one."""
    if len(outline) < 10 or struct.unpack(">h", outline[:2])[0] >= 0:
        return []
    parts = []
    place = 10
    while True:
        flags, number = struct.unpack(">HH", outline[place : place + 4])
        parts.append(number)
        place += 8 if flags & WORDS else 6
        place += 2 if flags & SCALE else 4 if flags & TWO_SCALES else 8 if flags & MATRIX else 0
        if not flags & MORE_PARTS:
            return parts


def read_widths(tables: dict[bytes, bytes]) -> tuple[int, ...]:
    """Return the advances of all glyphs, in the font's units."""
    count = struct.unpack(">H", tables[b"maxp"][4:6])[0]
    measured = struct.unpack(">H", tables[b"hhea"][34:36])[0]
    pairs = struct.unpack(f">{2 * measured}H", tables[b"hmtx"][: 4 * measured])
    widths = pairs[::2]
    return tuple(widths + widths[-1:] * (count - measured))


def read_characters(table: bytes) -> dict[str, int]:
    """Return the glyph of each character that a cmap table lists. ValueError when it has no Unicode list."""
    lists: dict[int, int] = {}
    for place in range(4, 4 + 8 * struct.unpack(">H", table[2:4])[0], 8):
        platform, encoding, start = struct.unpack(">HHL", table[place : place + 8])
        if platform == 0 or (platform == 3 and encoding in {1, 10}):
            lists[struct.unpack(">H", table[start : start + 2])[0]] = start
    if 12 in lists:
        return read_groups(table[lists[12] :])
    if 4 in lists:
        return read_segments(table[lists[4] :])
    raise ValueError("the font does not say which Unicode characters it draws")


def read_groups(table: bytes) -> dict[str, int]:
    """Return the characters of a list of format 12."""
    characters = {}
    for place in range(16, 16 + 12 * struct.unpack(">L", table[12:16])[0], 12):
        first, last, glyph = struct.unpack(">LLL", table[place : place + 12])
        characters.update({chr(code): glyph + code - first for code in range(first, last + 1)})
    return characters


def read_segments(table: bytes) -> dict[str, int]:
    """Return the characters of a list of format 4."""
    count = struct.unpack(">H", table[6:8])[0] // 2
    ends, starts, shifts, offsets = (
        struct.unpack(f">{count}H", table[place : place + 2 * count])
        for place in (14, 16 + 2 * count, 16 + 4 * count, 16 + 6 * count)
    )
    characters = {}
    for index in range(count):
        for code in range(starts[index], min(ends[index], 0xFFFE) + 1):
            glyph = code + shifts[index]
            if offsets[index]:
                place = 16 + 6 * count + 2 * index + offsets[index] + 2 * (code - starts[index])
                found = struct.unpack(">H", table[place : place + 2])[0]
                glyph = found + shifts[index] if found else 0
            if glyph & 0xFFFF:
                characters[chr(code)] = glyph & 0xFFFF
    return characters
