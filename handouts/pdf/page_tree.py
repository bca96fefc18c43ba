"""A balanced page tree and a chain of bookmarks that are written while pages come, with nothing kept but numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field

from handouts.dataclass import dataclass
from handouts.pdf.objects import write_references, write_text

WIDTH = 64
"""Kids of a node. A reader finds any of 250,000 pages in three steps."""

Reserve = Callable[[], int]
Add = Callable[[int, bytes], None]


@dataclass(slots=True)
class _Node:
    number: int
    kids: list[int] = field(default_factory=list)
    count: int = 0


@dataclass(slots=True)
class PageTree:
    """Three levels: the root, nodes, leaves. ``root`` is the root's object."""

    reserve: Reserve
    add: Add
    root: int
    _top: list[int] = field(default_factory=list)
    _node: _Node | None = None
    _leaf: _Node | None = None
    pages: int = 0

    def add_page(self, page: int) -> int:
        """Take the number of a page; return the number of its parent."""
        if self._node is None:
            self._node = _Node(self.reserve())
        if self._leaf is None:
            self._leaf = _Node(self.reserve())
        leaf = self._leaf
        leaf.kids.append(page)
        leaf.count += 1
        self.pages += 1
        if len(leaf.kids) == WIDTH:
            self._close_leaf()
        return leaf.number

    def finish(self) -> None:
        """Write what is still open, and the root."""
        self._close_leaf()
        self._close_node()
        self.add(self.root, b"<</Type/Pages/Kids%b/Count %d>>" % (write_references(self._top), self.pages))

    def _close_leaf(self) -> None:
        leaf, node = self._leaf, self._node
        if leaf is None or node is None:
            return
        self._write(leaf, node.number)
        node.kids.append(leaf.number)
        node.count += leaf.count
        self._leaf = None
        if len(node.kids) == WIDTH:
            self._close_node()

    def _close_node(self) -> None:
        if self._node is not None:
            self._write(self._node, self.root)
            self._top.append(self._node.number)
            self._node = None

    def _write(self, node: _Node, parent: int) -> None:
        kids = write_references(node.kids)
        self.add(node.number, b"<</Type/Pages/Parent %d 0 R/Kids%b/Count %d>>" % (parent, kids, node.count))


@dataclass(slots=True)
class Chain:
    """Bookmarks one after another, each written when the next is known."""

    reserve: Reserve
    add: Add
    root: int
    count: int = 0
    _first: int = 0
    _before: int = 0
    _held: tuple[int, str, int] | None = None

    def add_bookmark(self, title: str, page: int) -> None:
        """Take a bookmark that leads to the top of a page."""
        number = self.reserve()
        self._write(number)
        self._first = self._first or number
        self._held = (number, title, page)
        self.count += 1

    def finish(self) -> None:
        """Write the last bookmark and the root of all."""
        last = self._held[0] if self._held else 0
        self._write(0)
        self.add(self.root, b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (self._first, last, self.count))

    def _write(self, following: int) -> None:
        if self._held is None:
            return
        number, title, page = self._held
        text = b"<</Title%b/Parent %d 0 R/Dest[%d 0 R/Fit]" % (write_text(title), self.root, page)
        text += b"/Prev %d 0 R" % self._before if self._before else b""
        text += b"/Next %d 0 R" % following if following else b""
        self.add(number, text + b">>")
        self._before = number
