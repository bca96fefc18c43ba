"""Embeds faces: the font file, widths and the way back from glyphs to characters."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

from handouts.pdf.encoding import CODESPACE, IDENTITY, find_code, is_short
from handouts.pdf.objects import BEST, deflate
from handouts.typeset.face import Face
from handouts.typeset.sfnt import keep_glyphs, strip_tables

SYMBOLIC = 4
MOST_IN_BLOCK = 100


class Embedding(NamedTuple):
    """A face ready for a file: two streams (dictionary entries, data) and three dictionaries.

    ``describe`` and the others need the numbers of the objects that they refer to.
    """

    name: bytes
    file: tuple[bytes, bytes]
    unicode: tuple[bytes, bytes]
    descriptor: bytes
    widths: bytes
    short: bool

    def write_descriptor(self, file: int) -> bytes:
        """Return the font descriptor; ``file`` is the object of the font file."""
        return self.descriptor + b"/FontFile2 %d 0 R>>" % file

    def write_descendant(self, descriptor: int) -> bytes:
        """Return the CIDFont whose codes are glyph numbers."""
        return (
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%b"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity"
            b"/DW 0/W%b/FontDescriptor %d 0 R>>" % (self.name, self.widths, descriptor)
        )

    def write_font(self, descendant: int, unicode: int, cmap: int) -> bytes:
        """Return the composite font; ``cmap`` is the object of the CMap of short codes."""
        encoding = b" %d 0 R" % cmap if self.short else IDENTITY
        return b"<</Type/Font/Subtype/Type0/BaseFont/%b/Encoding%b/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>" % (
            self.name,
            encoding,
            descendant,
            unicode,
        )


def embed_face(face: Face, glyphs: frozenset[int]) -> Embedding:
    """Return a face ready for a file: whole when it was cut to a tier before, else with ``glyphs`` alone."""
    data = face.source.read_bytes()
    if face.partial:
        data = keep_glyphs(data, glyphs)
        widths = {number: face.widths[number] for number in sorted({0, *glyphs})}
    else:
        widths = dict(enumerate(face.widths))
    texts = {number: text for number, text in list_texts(face).items() if number in glyphs or not face.partial}
    data = strip_tables(data)
    packed = deflate(data, BEST)
    name = tag_name(data) + b"+" + face.name.encode("ascii")
    descriptor = b"<</Type/FontDescriptor/FontName/%b/Flags %d/FontBBox[%d %d %d %d]/ItalicAngle 0" % (
        name,
        SYMBOLIC,
        *face.box,
    )
    descriptor += b"/Ascent %d/Descent %d/CapHeight %d/XHeight %d/StemV %d" % (
        face.ascender,
        face.descender,
        face.cap_height,
        face.x_height,
        face.stem,
    )
    return Embedding(
        name=name,
        file=(b"/Filter/FlateDecode/Length1 %d" % len(data), packed),
        unicode=(b"/Filter/FlateDecode", deflate(write_unicode_map(texts, is_short(face)), BEST)),
        descriptor=descriptor,
        widths=write_widths(widths),
        short=is_short(face),
    )


def tag_name(data: bytes) -> bytes:
    """Return six capital letters that follow from a font file (ISO 32000-1, 9.6.4)."""
    number = int.from_bytes(sha256(data).digest()[:8], "big")
    letters = []
    for _ in range(6):
        number, letter = divmod(number, 26)
        letters.append(65 + letter)
    return bytes(letters)


def write_widths(widths: dict[int, int]) -> bytes:
    """Return the W array: runs of glyph numbers with their widths."""
    parts: list[bytes] = []
    previous = -2
    for number, width in sorted(widths.items()):
        parts.append(b" %d" % width if number == previous + 1 else b"%b%d[%d" % (b"]" if parts else b"", number, width))
        previous = number
    return b"[" + b"".join(parts) + b"]]"


def list_texts(face: Face) -> dict[int, str]:
    """Return the characters that each glyph stands for. Of several that share a glyph the first counts."""
    if face.texts:
        return dict(enumerate(face.texts))
    texts: dict[int, str] = {}
    for char, number in sorted(face.number.items()):
        texts.setdefault(number, char)
    return texts


def write_unicode_map(texts: dict[int, str], short: bool) -> bytes:
    """Return the ToUnicode program: codes to characters."""
    entries = [
        b"<%b> <%b>" % (write_hex(find_code(number, short)), write_hex(text.encode("utf-16-be")))
        for number, text in sorted(texts.items())
    ]
    blocks = [
        b"%d beginbfchar\n%b\nendbfchar\n" % (len(part), b"\n".join(part)) for part in cut_list(entries, MOST_IN_BLOCK)
    ]
    return (
        b"/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n"
        b"/CMapType 2 def\n"
        + (CODESPACE if short else b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
        + b"".join(blocks)
        + b"endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n"
    )


def write_hex(data: bytes) -> bytes:
    """Return bytes as they stand in a hexadecimal string."""
    return data.hex().upper().encode("ascii")


def cut_list(entries: list[bytes], most: int) -> Iterable[list[bytes]]:
    """Yield the entries in lists of at most ``most``."""
    for start in range(0, len(entries), most):
        yield entries[start : start + most]
