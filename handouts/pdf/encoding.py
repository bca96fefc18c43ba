"""How glyphs are written in strings: one byte for the first 160 of a face, two for the rest.

The faces of a bundled family begin with the letters of ASCII in their order, so that most words stand in a page as they
are read, in half the bytes of codes of a fixed length. The CMap is embedded (ISO 19005-2, 6.2.11.3.3).
"""

from __future__ import annotations

from functools import lru_cache

from handouts.pdf.objects import BEST, deflate, escape_string
from handouts.typeset.face import Face

SHORT = range(1, 161)
"""Glyphs whose code is one byte: the number and `OFFSET`."""

OFFSET = 0x1F
LONG = 0xC000
"""What is added to the number of any other glyph, up to 16,383."""

IDENTITY = b"/Identity-H"
NAME = b"Handouts-Short"

ENTRIES = (
    b"/Type/CMap/CMapName/%b/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/WMode 0"
    b"/Filter/FlateDecode" % NAME
)
"""The dictionary of the CMap's stream."""

CODESPACE = b"2 begincodespacerange\n<20> <BF>\n<C000> <FFFF>\nendcodespacerange\n"


def is_short(face: Face) -> bool:
    """Return whether a face has codes of one and two bytes; one that was not cut may have too many glyphs for them."""
    return not face.partial


@lru_cache(maxsize=4096)
def write_code(number: int, short: bool) -> str:
    """Return the bytes of a glyph's code as they stand in a literal string."""
    return escape_string(find_code(number, short)).decode("latin-1")


def find_code(number: int, short: bool) -> bytes:
    """Return the bytes of a glyph's code."""
    if short and number in SHORT:
        return bytes([number + OFFSET])
    return (number + LONG if short else number).to_bytes(2, "big")


@lru_cache(maxsize=1)
def pack_cmap() -> bytes:
    """Return the CMap that leads from codes to glyphs, compressed."""
    text = (
        b"/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"/CIDSystemInfo 3 dict dup begin/Registry(Adobe)def/Ordering(Identity)def/Supplement 0 def end def\n"
        b"/CMapName/%b def\n/CMapType 1 def\n/WMode 0 def\n%b"
        b"2 begincidrange\n<20> <BF> 1\n<C000> <FFFF> 0\nendcidrange\n"
        b"endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n" % (NAME, CODESPACE)
    )
    return deflate(text, BEST)
