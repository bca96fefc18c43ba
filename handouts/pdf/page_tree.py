"""Balanced trees and a chain of bookmarks that are written while pages come, with nothing kept but numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field

from handouts.dataclass import dataclass
from handouts.pdf.objects import write_references, write_text

WIDTH = 64
"""Kids of a node. A reader finds any of 250,000 in three steps."""

Reserve = Callable[[], int]
Add = Callable[[int, bytes], None]


@dataclass(slots=True)
class Node:
    """A node while it grows: ``count`` is what its kids stand for, ``keys`` the least and greatest of theirs."""

    number: int
    kids: list[int] = field(default_factory=list)
    count: int = 0
    keys: tuple[int, int] = (0, 0)

    def add(self, kid: int, count: int, keys: tuple[int, int]) -> None:
        """Take a kid."""
        self.keys = (self.keys[0], keys[1]) if self.kids else keys
        self.kids.append(kid)
        self.count += count


class BalancedTree:
    """Three levels over what is added: the root, nodes, leaves. ``root`` is the root's object."""

    def __init__(self, reserve: Reserve, add: Add, root: int) -> None:
        self.root = root
        self._reserve = reserve
        self._add = add
        self._top = Node(root)
        self._node: Node | None = None
        self._leaf: Node | None = None

    @property
    def count(self) -> int:
        """How much all that is written stands for; the whole when the tree is finished."""
        return self._top.count

    def find_parent(self) -> int:
        """Return the number of the node that takes the next kid."""
        if self._node is None:
            self._node = Node(self._reserve())
        if self._leaf is None:
            self._leaf = Node(self._reserve())
        return self._leaf.number

    def add_kid(self, kid: int, count: int = 1, keys: tuple[int, int] = (0, 0)) -> int:
        """Take the number of a kid that stands for ``count``; return the number of its parent."""
        parent = self.find_parent()
        assert self._leaf is not None
        self._leaf.add(kid, count, keys)
        if len(self._leaf.kids) == WIDTH:
            self._close_leaf()
        return parent

    def finish(self) -> None:
        """Write what is still open, and the root."""
        self._close_leaf()
        self._close_node()
        self._add(self.root, self.write(self._top, None))

    def write(self, node: Node, parent: int | None) -> bytes:
        """Return a node; the root has no parent."""
        raise NotImplementedError

    def _close_leaf(self) -> None:
        leaf, node = self._leaf, self._node
        if leaf is None or node is None or not leaf.kids:
            return
        self._add(leaf.number, self.write(leaf, node.number))
        node.add(leaf.number, leaf.count, leaf.keys)
        self._leaf = None
        if len(node.kids) == WIDTH:
            self._close_node()

    def _close_node(self) -> None:
        node = self._node
        if node is not None:
            self._add(node.number, self.write(node, self.root))
            self._top.add(node.number, node.count, node.keys)
            self._node = None


class PageTree(BalancedTree):
    """The pages of a file, one by one or in nodes that stand for several."""

    def write(self, node: Node, parent: int | None) -> bytes:
        """Return a node of pages."""
        above = b"" if parent is None else b"/Parent %d 0 R" % parent
        return b"<</Type/Pages%b/Kids%b/Count %d>>" % (above, write_references(node.kids), node.count)


class ElementTree(BalancedTree):
    """The structure of a file: the document's element over parts over what each handout says."""

    def __init__(self, reserve: Reserve, add: Add, root: int, above: int) -> None:
        """Begin with the document's element; ``above`` is the root of all structure."""
        super().__init__(reserve, add, root)
        self._above = above

    def write(self, node: Node, parent: int | None) -> bytes:
        """Return an element that has others in it."""
        role, above = (b"Document", self._above) if parent is None else (b"Part", parent)
        return b"<</S/%b/P %d 0 R/K%b>>" % (role, above, write_references(node.kids))


class KeyTree(BalancedTree):
    """A number tree over nodes with keys of their own."""

    def write(self, node: Node, parent: int | None) -> bytes:
        """Return a node; all but the root say between which keys they stand."""
        limits = b"" if parent is None else b"/Limits[%d %d]" % node.keys
        return b"<<%b/Kids%b>>" % (limits, write_references(node.kids))


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
