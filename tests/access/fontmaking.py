"""A tiny TrueType font, made on the spot: each letter is a box."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen


def make_font(path: Path, family: str, letters: str, allowed: int = 0) -> Path:
    """Write a font with the letters given, 1000 units to an em; ``allowed`` are its embedding bits (OS/2 fsType)."""
    names = {letter: f"uni{ord(letter):04X}" for letter in letters}
    order = [".notdef", *names.values()]
    pen = TTGlyphPen(None)
    pen.moveTo((60, 0))
    pen.lineTo((60, 700))
    pen.lineTo((940, 700))
    pen.lineTo((940, 0))
    pen.closePath()
    box = pen.glyph()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(order)
    font.setupCharacterMap({ord(letter): name for letter, name in names.items()})
    font.setupGlyf(dict.fromkeys(order, box))
    font.setupHorizontalMetrics(dict.fromkeys(order, (1000, 60)))
    font.setupHorizontalHeader(ascent=880, descent=-120)
    font.setupNameTable({"familyName": family, "styleName": "Regular", "psName": f"{family}-Regular"})
    font.setupOS2(sTypoAscender=880, fsType=allowed, sxHeight=500, sCapHeight=700)
    font.setupPost()
    font.save(path)
    return path
