"""The structure tree of a document: groups over blocks, the elements of each block, the parent tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from handouts.layout.page import Group
from handouts.pdf.file import Draft
from handouts.pdf.fragment import Fragment
from handouts.pdf.marks import SLOT, Marks, write_parents
from handouts.pdf.objects import write_reference, write_references
from handouts.pdf.structure import write_numbering


@dataclass(slots=True)
class Branch:
    """An element that spans blocks, with its kids so far; the tops of a personal block are kids below 0."""

    group: Group | None
    number: int
    above: int
    kids: list[int] = field(default_factory=list)


class Leaf(NamedTuple):
    """A fragment at its place: page (object, index), position of its lower left corner."""

    fragment: Fragment
    groups: tuple[Group, ...]
    page: int
    page_index: int
    x: float
    y: float


@dataclass(slots=True)
class Tree:
    """Grows from the blocks in reading order. ``notes`` are the annotations of each page by index.

    What personal blocks add is written later, for each person: their elements, and the entries of their pages in the
    parent tree, which begin with ``spans``.
    """

    draft: Draft
    pages: int
    root: int = 0
    parent_tree: int = 0
    path: list[Branch] = field(default_factory=list)
    closed: list[Branch] = field(default_factory=list)
    marks: list[Marks] = field(default_factory=list)
    spans: list[list[tuple[int, int, bytes]]] = field(default_factory=list)
    note_parents: list[int] = field(default_factory=list)
    notes: dict[int, list[int]] = field(default_factory=dict)
    tops: int = 0

    def __post_init__(self) -> None:
        self.root, self.parent_tree = self.draft.reserve(), self.draft.reserve()
        self.path = [Branch(None, self.draft.reserve(), self.root)]
        self.marks = [Marks() for _ in range(self.pages)]
        self.spans = [[] for _ in range(self.pages)]

    def add_block(self, leaf: Leaf) -> int:
        """Add the elements of a block below the groups that it shares with the block before.

        Returns the first number of its marked content.
        """
        outline = leaf.fragment.outline
        count = len(outline.owners)
        mark = self.marks[leaf.page_index].take(leaf.fragment.home, count)
        branch = self._enter(leaf.groups)
        draft = self.draft
        first = draft.reserve(outline.total)
        elements, links = leaf.fragment.set_on(leaf.page, mark)
        note = draft.reserve(len(outline.link_owners))
        key = self.pages + len(self.note_parents)
        numbers = (branch.number, *range(first, first + outline.total))
        bases = (note, key, leaf.x, leaf.y)
        draft.objects.update(enumerate(elements.fill(numbers, bases), first))
        if outline.link_owners:
            draft.objects.update(enumerate(links.fill(numbers, bases), note))
            self.notes.setdefault(leaf.page_index, []).extend(range(note, note + len(outline.link_owners)))
            self.note_parents += [first + owner for owner in outline.link_owners]
        branch.kids += [first + top for top in outline.tops]
        references = b" ".join([write_reference(first + owner) for owner in outline.owners])
        self.spans[leaf.page_index].append((mark, count, references))
        return mark

    def add_own(self, leaf: Leaf) -> tuple[int, int]:
        """Keep places for the elements of a personal block; return the element above them and how many are topmost.

        ValueError when it has links, which stand in the page's own object.
        """
        outline = leaf.fragment.outline
        if outline.link_owners:
            raise ValueError("a personal block has a link")
        branch = self._enter(leaf.groups)
        branch.kids += [-1 - number for number in range(self.tops, self.tops + len(outline.tops))]
        self.tops += len(outline.tops)
        return branch.number, len(outline.tops)

    def open_parents(self, page: int) -> tuple[bytes, int]:
        """Return what the entry of a page in the parent tree begins with, and the number that comes next."""
        spans = self.spans[page]
        place = max((-(-(first + count) // SLOT) * SLOT for first, count, _ in spans), default=0)
        return write_parents(spans, place), place

    def finish(self, tops: Sequence[int], arrays: Mapping[int, int]) -> int:
        """Write the groups, the root and the parent tree; return the number of the root.

        ``tops`` are the numbers of the personal blocks' topmost elements, ``arrays`` those of the entries in the parent
        tree that are written for each person, by index of the page.
        """
        self.closed += reversed(self.path)
        for branch in self.closed:
            role = branch.group.role if branch.group else "Document"
            numbering = write_numbering(branch.group.numbering) if branch.group and role == "L" else b""
            kids = [tops[-1 - kid] if kid < 0 else kid for kid in branch.kids]
            self.draft.objects[branch.number] = b"<</S/%b/P %d 0 R%b/K%b>>" % (
                role.encode("ascii"),
                branch.above,
                numbering,
                write_references(kids),
            )
        entries = [
            b"%d %d 0 R" % (index, arrays[index])
            if index in arrays
            else b"%d%b]" % (index, self.open_parents(index)[0])
            for index in range(self.pages)
        ]
        entries += [b"%d %d 0 R" % (self.pages + index, owner) for index, owner in enumerate(self.note_parents)]
        self.draft.objects[self.parent_tree] = b"<</Nums[" + b" ".join(entries) + b"]>>"
        self.draft.objects[self.root] = b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>" % (
            self.closed[-1].number,
            self.parent_tree,
            len(entries),
        )
        return self.root

    def _enter(self, groups: tuple[Group, ...]) -> Branch:
        """Close the groups that end before a block and open those that begin with it; return the innermost."""
        shared = 0
        for branch, group in zip(self.path[1:], groups, strict=False):
            if branch.group != group:
                break
            shared += 1
        while len(self.path) > shared + 1:
            self.closed.append(self.path.pop())
        for group in groups[shared:]:
            above = self.path[-1]
            branch = Branch(group, self.draft.reserve(), above.number)
            above.kids.append(branch.number)
            self.path.append(branch)
        return self.path[-1]
