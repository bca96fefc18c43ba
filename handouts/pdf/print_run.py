"""A print run: the handouts of many people in one file for the printer, written as they come.

Fonts, drawings and every block that is not personal are in the file once. The file is for paper: it has no tags and
makes no claim to be accessible; the single files are.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from hashlib import blake2b
from typing import BinaryIO

from handouts.layout.impose import Cell, Side
from handouts.layout.page import DocumentInfo, Raster
from handouts.pdf.chunks import pack_chunk
from handouts.pdf.document import SHELVES, Shelf
from handouts.pdf.drawings import Cast, find_form
from handouts.pdf.encoding import ENTRIES, pack_cmap
from handouts.pdf.file import HEADER, ROW, free_row, pack_objects, packed_row, predict_rows, used_row, write_table
from handouts.pdf.fragment import Fragment
from handouts.pdf.metadata import write_identifier, write_info
from handouts.pdf.objects import QUICK, deflate, write_numbers, write_stream
from handouts.pdf.page_tree import Chain, PageTree
from handouts.pdf.resources import Glyphs, add_font, embed, pack_image
from handouts.typeset.fonts import FontSet

MOST_OBJECTS = 200
"""Small objects that are packed into one object stream."""

MARGIN = 24.0
"""Points that a block's lines may reach beyond it."""

_MARKS = re.compile(rb"/\w+(?: ?<<[^>]*>>)? ?B[DM]C\n|EMC\n")


class PrintRun:
    """Writes a print run to an open file. Memory holds numbers and digests only, whatever the number of pages."""

    def __init__(self, file: BinaryIO, fonts: FontSet, info: DocumentInfo, *, turned: bool = False) -> None:
        """Begin the file; ``turned`` paper is printed on both sides about its short edge."""
        self._edge = b"Short" if turned else b"Long"
        self._file = file
        self._fonts = fonts
        self._info = info
        self._shelf = SHELVES.setdefault(fonts, Shelf())
        self._place = file.write(HEADER)
        self._rows = bytearray(free_row())
        self._packed: list[tuple[int, bytes]] = []
        self._digest = blake2b(digest_size=16)
        self._forms: dict[bytes, int] = {}
        self._near: dict[tuple[int, Hashable], tuple[Fragment, int]] = {}
        self._images: dict[str, int] = {}
        self._drawings: dict[tuple[str, str, str], int] = {}
        self._cast: Cast | None = None
        self._glyphs: Glyphs = {}
        self._font_list = self._reserve()
        self._tree = PageTree(self._reserve, self._add, self._reserve())
        self._chain = Chain(self._reserve, self._add, self._reserve())

    def add_handout(self, sides: Sequence[Side], bookmark: str, cast: Cast | None = None) -> None:
        """Write the sides of one handout; the bookmark leads to its first. Without words there is none.

        ``cast`` is who is drawn in it.
        """
        first = 0
        self._cast = cast
        own: dict[int, tuple[Fragment, bytes]] = {}
        for side in sides:
            number = self._add_side(side, own)
            first = first or number
        if first and bookmark:
            self._chain.add_bookmark(bookmark, first)

    def finish(self) -> int:
        """Write fonts, page tree and cross-references; return the number of pages."""
        cmap = self._add_stream(ENTRIES, pack_cmap())
        names = b"".join(
            b"/F%d %d 0 R" % (place, self._add_font(key, cmap))
            for place, key in enumerate(self._fonts.keys)
            if key in self._glyphs
        )
        self._add(self._font_list, b"<<" + names + b">>")
        self._tree.finish()
        outlines = b""
        if self._chain.count:
            self._chain.finish()
            outlines = b"/Outlines %d 0 R/PageMode/UseOutlines" % self._chain.root
        preferences = b"/ViewerPreferences<</DisplayDocTitle true/Duplex/DuplexFlip%bEdge>>" % self._edge
        root, information = self._reserve(), self._reserve()
        pages = self._tree.root
        self._add(root, b"<</Type/Catalog/Pages %d 0 R%b%b>>" % (pages, outlines, preferences))
        self._add(information, write_info(self._info))
        self._flush()
        identifier = write_identifier(self._digest.hexdigest())
        rows = bytes(self._rows)
        packed = pack_chunk(predict_rows(rows), QUICK)
        self._file.write(write_table(rows[-ROW:], packed, b"", self._place, root, information, identifier))
        return self._tree.pages

    def _reserve(self) -> int:
        self._rows += free_row()
        return len(self._rows) // ROW - 1

    def _add(self, number: int, body: bytes) -> None:
        """Take a small object; some hundreds of them are written together."""
        self._packed.append((number, body))
        if len(self._packed) >= MOST_OBJECTS:
            self._flush()

    def _add_stream(self, entries: bytes, data: bytes) -> int:
        number = self._reserve()
        self._write(number, write_stream(number, entries, data))
        return number

    def _write(self, number: int, data: bytes) -> None:
        self._rows[number * ROW : (number + 1) * ROW] = used_row(self._place)
        self._file.write(data)
        self._digest.update(data)
        self._place += len(data)

    def _flush(self) -> None:
        if not self._packed:
            return
        holder = self._reserve()
        entries, body = pack_objects([number for number, _ in self._packed], [body for _, body in self._packed])
        for index, (number, _) in enumerate(self._packed):
            self._rows[number * ROW : (number + 1) * ROW] = packed_row(holder, index)
        self._packed.clear()
        self._write(holder, write_stream(holder, entries, deflate(body, QUICK)))

    def _add_side(self, side: Side, own: dict[int, tuple[Fragment, bytes]]) -> int:
        page = self._reserve()
        used: dict[str, int] = {}
        content = b"".join(self._draw_cell(cell, side, used, own) for cell in side.cells)
        shown = b""
        if content:
            shown = b"/Contents %d 0 R" % self._add_stream(b"/Filter/FlateDecode", deflate(content, QUICK))
        size = write_numbers((0, 0, side.width, side.height))
        resources = self._name_resources(used)
        parent = self._tree.add_page(page)
        self._add(page, b"<</Type/Page/Parent %d 0 R/MediaBox%b/Resources%b%b>>" % (parent, size, resources, shown))
        return page

    def _draw_cell(self, cell: Cell, side: Side, used: dict[str, int], own: dict[int, tuple[Fragment, bytes]]) -> bytes:
        """Return the operators of a page; the forms and images they name go to ``used``.

        ``own`` keeps what was painted for this handout alone: its head and foot stand on every page.
        """
        page = cell.page
        parts: list[bytes] = []
        plain = cell.scale == 1 and not cell.x and not cell.y
        if not plain:
            bottom = side.height - cell.y - page.height * cell.scale
            parts.append(b"q %.5f 0 0 %.5f %.2f %.2f cm\n" % (cell.scale, cell.scale, cell.x, bottom))
        for placed in page.placed:
            where = (placed.x, page.height - placed.y - placed.block.height)
            if placed.block.personal:
                if id(placed.block) not in own:
                    fragment = self._shelf.find_fragment(placed.block, self._fonts)
                    self._note_needs(fragment)
                    own[id(placed.block)] = (fragment, strip_marks(fragment))
                fragment, operators = own[id(placed.block)]
                used.update(self._find_objects(fragment))
                parts.append(b"q 1 0 0 1 %.2f %.2f cm\n%bQ\n" % (*where, operators))
            else:
                fragment = self._shelf.find_fragment(placed.block, self._fonts)
                form = self._find_form(fragment, placed.block.width)
                used[f"X{form}"] = form
                parts.append(b"q 1 0 0 1 %.2f %.2f cm/X%d Do Q\n" % (*where, form))
        if not plain:
            parts.append(b"Q\n")
        return b"".join(parts)

    def _find_form(self, fragment: Fragment, width: float) -> int:
        """Return the form that shows a fragment, written at its first use; equal fragments have one form."""
        drawn = None if self._cast is None or not fragment.figures else (self._cast.person, self._cast.edition)
        near = self._near.get((id(fragment), drawn))
        if near is not None:
            return near[1]
        operators = strip_marks(fragment)
        key = blake2b(operators + repr(drawn).encode("utf-8"), digest_size=16).digest()
        number = self._forms.get(key)
        if number is None:
            self._note_needs(fragment)
            box = write_numbers((-MARGIN, -MARGIN, width + MARGIN, fragment.height + MARGIN))
            entries = b"/Type/XObject/Subtype/Form/BBox%b/Resources%b/Filter/FlateDecode" % (
                box,
                self._name_resources(self._find_objects(fragment)),
            )
            number = self._forms[key] = self._add_stream(entries, deflate(operators, QUICK))
        if len(self._near) >= 4000:
            self._near.clear()
        self._near[id(fragment), drawn] = (fragment, number)
        return number

    def _find_objects(self, fragment: Fragment) -> dict[str, int]:
        """Return the images and drawings that a fragment shows by name, each written at its first use."""
        objects = {name: self._find_image(name, raster) for name, raster in fragment.images}
        for name, frame in fragment.figures:
            if self._cast is None:
                raise ValueError("these pages have figures, and nobody was named to be drawn in them")
            key = (name, self._cast.person, self._cast.edition)
            if key not in self._drawings:
                self._drawings[key] = self._add_stream(*find_form(name, frame, self._cast))
            objects[name] = self._drawings[key]
        return objects

    def _find_image(self, name: str, raster: Raster) -> int:
        if name not in self._images:
            self._images[name] = self._add_stream(*pack_image(raster))
        return self._images[name]

    def _note_needs(self, fragment: Fragment) -> None:
        for key, glyphs in fragment.glyphs:
            self._glyphs[key] = self._glyphs.get(key, frozenset()) | glyphs

    def _name_resources(self, used: dict[str, int]) -> bytes:
        text = b"<</Font %d 0 R" % self._font_list
        if used:
            names = b"".join(b"/%b %d 0 R" % (name.encode("ascii"), number) for name, number in sorted(used.items()))
            text += b"/XObject<<" + names + b">>"
        return text + b">>"

    def _add_font(self, key: str, cmap: int) -> int:
        def add(body: bytes) -> int:
            number = self._reserve()
            self._add(number, body)
            return number

        return add_font(embed(self._fonts, key, self._glyphs[key]), cmap, add, self._add_stream)


def strip_marks(fragment: Fragment) -> bytes:
    """Return the operators of a fragment without marked content."""
    return _MARKS.sub(b"", fragment.paint % tuple(range(len(fragment.outline.owners))))
