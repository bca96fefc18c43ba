"""A print run: the handouts of many people in one file for the printer, written as they come.

Fonts, drawings and every block that is not personal are in the file once. The file is tagged and conforms as the single
files do, or it is for paper alone: then it has no tags and makes no claim to be accessible.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import BinaryIO

from handouts.dataclass import dataclass
from handouts.layout.page import DocumentInfo
from handouts.pdf.document import SHELVES, Shelf
from handouts.pdf.drawings import Cast
from handouts.pdf.fragment import Fragment
from handouts.pdf.metadata import read_profile, write_claims, write_info, write_xmp
from handouts.pdf.object_file import ObjectFile
from handouts.pdf.objects import LEAST
from handouts.pdf.page_tree import Chain, ElementTree, KeyTree, PageTree
from handouts.pdf.stencil import Extras, OwnStream, Stencil
from handouts.pdf.stencils import Printed, Stencils
from handouts.pdf.stock import Stock
from handouts.typeset.fonts import FontSet

CLOSE = 7
"""Compression of what only a handout has that is the first of its kind: laying it out took twenty times as long."""


@dataclass(frozen=True, slots=True)
class Painted:
    """A handout that can be written: its stencil, whether another had it, its cast's resources, its own streams."""

    stencil: Stencil
    known: bool
    cast: int
    contents: list[bytes]


class PrintRun:
    """Writes a print run to an open file. Memory holds numbers and digests only, whatever the number of pages."""

    def __init__(
        self, file: BinaryIO, fonts: FontSet, info: DocumentInfo, *, turned: bool = False, tagged: bool = False
    ) -> None:
        """Begin the file; ``turned`` paper is printed on both sides about its short edge, and has no tags.

        The skeletons of single files are thrown away: a run has no use for them and needs their memory.
        """
        self._edge = b"Short" if turned else b"Long"
        self._fonts = fonts
        self._info = info
        self._tagged = tagged and not turned
        self._shelf = SHELVES.setdefault(fonts, Shelf())
        self._shelf.frames.clear()
        self._file = ObjectFile(file)
        self._stock = Stock(self._file, fonts, tagged=self._tagged)
        self._stencils = Stencils(self._shelf, fonts, self._stock, info, tagged=self._tagged)
        reserve, add = self._file.reserve, self._file.add
        self._pages = PageTree(reserve, add, reserve())
        self._chain = Chain(reserve, add, 0)
        self._root = self._structure = 0
        self._last_key = 0
        self._known = self._unknown = 0
        if self._tagged:
            self._structure = reserve()
            self._elements = ElementTree(reserve, add, reserve(), self._structure)
            self._parents = KeyTree(reserve, add, reserve())

    def add_handout(
        self,
        handout: Printed,
        bookmark: str,
        cast: Cast | None = None,
        language: str | None = None,
        separator: Printed | None = None,
    ) -> None:
        """Write one handout behind its ``separator``, if it has one; the bookmark leads to the first side of both.

        What cannot be painted raises before anything refers to it: the next handout can be written all the same, and
        no separator stands without its handout. ``cast`` is who is drawn in it; ``language`` is that of the words
        where it is not the first one's.
        """
        parts = [self._paint(handout, cast, language)]
        if separator is not None:
            parts.insert(0, self._paint(separator, None, None))
        firsts = [self._write(part) for part in parts]
        if bookmark:
            self._chain.root = self._chain.root or self._file.reserve()
            self._chain.add_bookmark(bookmark, firsts[0])

    def _paint(self, handout: Printed, cast: Cast | None, language: str | None) -> Painted:
        """Return a handout with the operators of its person's streams; nothing refers to it yet."""
        own: dict[Hashable, Fragment] = {}
        stencil, known = self._stencils.find(handout, language or self._info.language, own)
        person = ("", "") if cast is None else (cast.person, cast.edition)
        if person not in stencil.casts:
            stencil.casts[person] = self._stock.find_resources(stencil.images, stencil.frames, cast)
        return Painted(stencil, known, stencil.casts[person], [self._write_own(blocks, own) for blocks in stencil.own])

    def _write(self, painted: Painted) -> int:
        """Write what was painted into the file; return the number of its first object."""
        stencil, known = painted.stencil, painted.known
        self._known += known
        self._unknown += not known
        structure = stencil.structure
        first = self._file.reserve_from(1 if structure is None else structure.grid, stencil.count + len(stencil.own))
        self._file.add_run(first, stencil.fill(first, Extras(*self._hang(stencil, first), painted.cast)))
        if structure is not None:
            head, data = structure.press(first, LEAST if known else CLOSE, often=self._known > self._unknown)
            self._file.write_packed(first + stencil.pages, stencil.count - stencil.pages, head, data)
            self._last_key = first + stencil.last_key
        for number, operators in enumerate(painted.contents, first + stencil.count):
            if known:
                self._file.write_plain(number, operators)
            else:
                self._file.write_content(number, operators, CLOSE)
        return first

    def _write_own(self, blocks: OwnStream, own: Mapping[Hashable, Fragment]) -> bytes:
        """Return the operators of one of a person's streams."""
        parts: list[bytes] = []
        for key, mark, move in blocks:
            fragment = own[key]
            self._stock.note_glyphs(fragment)
            parts += (move, fragment.write(mark))
        return b"".join(parts)

    def finish(self) -> int:
        """Write fonts, page tree and cross-references; return the number of pages."""
        add, reserve = self._file.add, self._file.reserve
        self._stock.finish()
        self._pages.finish()
        entries = b"/Pages %d 0 R" % self._pages.root
        if self._chain.count:
            self._chain.finish()
            entries += b"/Outlines %d 0 R/PageMode/UseOutlines" % self._chain.root
        entries += b"/ViewerPreferences<</DisplayDocTitle true/Duplex/DuplexFlip%bEdge>>" % self._edge
        if self._tagged:
            entries += self._finish_structure()
        root, information = reserve(), reserve()
        add(root, b"<</Type/Catalog" + entries + b">>")
        add(information, write_info(self._info))
        self._file.finish(root, information)
        return self._pages.count

    def _finish_structure(self) -> bytes:
        """Write what makes the file a tagged one; return the entries of the catalogue that lead there."""
        self._elements.finish()
        self._parents.finish()
        self._file.add(
            self._structure,
            b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>"
            % (self._elements.root, self._parents.root, self._last_key + 1),
        )
        metadata = self._file.add_stream(b"/Type/Metadata/Subtype/XML", write_xmp(self._info))
        profile = self._file.add_stream(b"/N 3/Filter/FlateDecode", read_profile())
        return write_claims(metadata, self._structure, self._info.language, profile)

    def _hang(self, stencil: Stencil, first: int) -> tuple[int, int]:
        """Hang a handout into the trees of the file; return what its pages and its element hang in."""
        sides = stencil.pages - (1 if stencil.structure is None else 2)
        pages = self._pages.add_kid(first + sides, sides)
        if stencil.structure is None:
            return pages, 0
        self._parents.add_kid(first + stencil.pages, 1, (first, first + stencil.last_key))
        return pages, self._elements.add_kid(first + sides + 1)
