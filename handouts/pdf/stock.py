"""What the pages of a print run share: each is written at its first use and has a number from then on.

A page is a row of streams: a move, a block, a move, a block. Streams without marked content of a single page can stand
in any number of pages, and a block's marked content has the same numbers wherever it stands, as far as the others on
its page allow; so that a tagged page costs its list of numbers (ISO 14289-1, 7.20 forbids forms for this).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b

from handouts.layout.page import FigureFrame, Raster
from handouts.pdf.drawings import Cast, find_form
from handouts.pdf.encoding import ENTRIES, pack_cmap
from handouts.pdf.fragment import Fragment
from handouts.pdf.object_file import ObjectFile
from handouts.pdf.objects import BEST
from handouts.pdf.resources import Glyphs, add_font, embed, pack_image, write_font_list
from handouts.typeset.fonts import FontSet

MOST_STREAMS = 40_000
MOST_NEAR = 4000
"""Streams, and blocks in memory, that are recognised again."""

_MARKS = re.compile(rb"/\w+(?: ?<<[^>]*>>)? ?B[DM]C\n|EMC\n")


class Stock:
    """Streams, images, drawings and fonts of a run by what they hold."""

    def __init__(self, file: ObjectFile, fonts: FontSet, *, tagged: bool) -> None:
        self._file = file
        self._fonts = fonts
        self._tagged = tagged
        self._streams: dict[bytes, int] = {}
        self._near: dict[tuple[int, int], tuple[Fragment, int]] = {}
        self._images: dict[str, int] = {}
        self._drawn: dict[tuple[str, str], tuple[int, dict[str, int]]] = {}
        self._glyphs: Glyphs = {}
        self._font_list = file.reserve()

    def find_stream(self, operators: bytes) -> int:
        """Return the stream of some operators."""
        key = operators if len(operators) < 64 else blake2b(operators, digest_size=16).digest()
        number = self._streams.get(key)
        if number is None:
            if len(self._streams) >= MOST_STREAMS:
                self._streams.clear()
                self._near.clear()
            number = self._streams[key] = self._file.reserve()
            self._file.write_content(number, operators, BEST)
        return number

    def find_block(self, fragment: Fragment, mark: int) -> int:
        """Return the stream of a block with marked content from ``mark`` on, to stand behind a move."""
        known = self._near.get((id(fragment), mark))
        if known is None:
            self.note_glyphs(fragment)
            operators = fragment.write(mark)
            number = self.find_stream(operators if self._tagged else _MARKS.sub(b"", operators))
            if len(self._near) >= MOST_NEAR:
                self._near.clear()
            known = self._near[id(fragment), mark] = (fragment, number)
        return known[1]

    def note_glyphs(self, fragment: Fragment) -> None:
        """Take note of the letters that must be embedded."""
        for key, glyphs in fragment.glyphs:
            known = self._glyphs.get(key)
            if known is None or not glyphs <= known:
                self._glyphs[key] = glyphs if known is None else known | glyphs

    def find_resources(self, images: Mapping[str, Raster], frames: Mapping[str, FigureFrame], cast: Cast | None) -> int:
        """Return the resources of pages with these images and figures: those of all pages with the same cast.

        ValueError for figures without a cast.
        """
        if cast is None and frames:
            raise ValueError("these pages have figures, and nobody was named to be drawn in them")
        key = ("", "") if cast is None or not frames else (cast.person, cast.edition)
        if key not in self._drawn:
            self._drawn[key] = (self._file.reserve(), {})
        number, drawn = self._drawn[key]
        for name, raster in images.items():
            if name not in self._images:
                self._images[name] = self._file.add_stream(*pack_image(raster))
            drawn[name] = self._images[name]
        for name, frame in frames.items():
            if name not in drawn and cast is not None:
                drawn[name] = self._file.add_stream(*find_form(name, frame, cast))
        return number

    def finish(self) -> None:
        """Write the resources and the fonts."""
        for number, drawn in self._drawn.values():
            names = b"".join(b"/%b %d 0 R" % (name.encode("ascii"), drawn[name]) for name in sorted(drawn))
            shown = b"/XObject<<" + names + b">>" if names else b""
            self._file.add(number, b"<</Font %d 0 R%b>>" % (self._font_list, shown))
        cmap = self._file.add_stream(ENTRIES, pack_cmap())
        faces = {
            key: add_font(embed(self._fonts, key, self._glyphs[key]), cmap, self._file.add_new, self._file.add_stream)
            for key in self._fonts.order(self._glyphs)
        }
        self._file.add(self._font_list, write_font_list(self._fonts, faces))


def write_move(right: int, up: int) -> bytes:
    """Return the operators that go to a place, in hundredths of a point from where the last ones went."""
    return b"1 0 0 1 %b %b cm q\n" % (write_hundredths(right), write_hundredths(up))


def write_hundredths(value: int) -> bytes:
    """Return a number of hundredths, without needless zeros."""
    whole, part = divmod(abs(value), 100)
    digits = b"%d.%02d" % (whole, part) if part % 10 else b"%d.%d" % (whole, part // 10) if part else b"%d" % whole
    return b"-" + digits if value < 0 else digits
