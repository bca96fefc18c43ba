"""The structure tree of a document: groups over blocks, the elements of each block, the parent tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from handouts.dataclass import dataclass
from handouts.layout.page import Group
from handouts.pdf.fragment import Fragment
from handouts.pdf.marks import SLOT, Marks, write_parents
from handouts.pdf.objects import write_references
from handouts.pdf.structure import Outline, write_numbering
from handouts.pdf.templates import fill_templates


@dataclass(slots=True)
class Branch:
    """An element that spans blocks, with its kids so far; the tops of a personal block are kids below 0."""

    group: Group | None
    number: int
    above: int
    kids: list[int] = field(default_factory=list)


class Tree:
    """Grows from the blocks in reading order. ``notes`` are the annotations of each page by index.

    Its objects are, from number ``first`` on: the root, the document's element, the parent tree, the elements of all
    blocks, the annotations of all links, the groups; ``next`` is the number behind them. What personal blocks add is
    written later, for each person: their elements, and the entries of their pages in the parent tree.
    """

    def __init__(self, pages: int, first: int, shared: Sequence[Fragment]) -> None:
        """Begin a tree; ``shared`` are the fragments that will be added, whatever their order."""
        self.root, document, self.parent_tree = range(first, first + 3)
        self.notes: dict[int, list[int]] = {}
        self._pages = pages
        self._element = first + 3
        self._note = self._element + sum([fragment.outline.total for fragment in shared])
        self.next = self._note + sum([len(fragment.outline.link_owners) for fragment in shared])
        self._path = [Branch(None, document, self.root)]
        self._branches = [*self._path]
        self._marks = [Marks() for _ in range(pages)]
        self._spans: list[list[tuple[int, int, tuple[int, ...]]]] = [[] for _ in range(pages)]
        self._note_parents: list[int] = []
        self._texts: list[bytes] = []
        self._values: list[float] = []
        self._note_texts: list[bytes] = []
        self._note_values: list[float] = []
        self._tops = 0

    def add_block(
        self, fragment: Fragment, groups: tuple[Group, ...], page: int, index: int, x: float, y: float
    ) -> int:
        """Add the elements of a block below the groups that it shares with the block before.

        ``page`` is the page's object, ``index`` its number from 0, (x, y) the block's lower left corner. Returns the
        first number of its marked content.
        """
        outline = fragment.outline
        owners = outline.owners
        mark = self._marks[index].take(fragment.home, len(owners))
        branch = self._enter(groups)
        first = self._element
        self._element = after = first + outline.total
        elements, links = fragment.set_on(page, mark)
        numbers = (branch.number, *range(first, after))
        bases = (self._note, self._pages + len(self._note_parents), x, y)
        self._texts.append(elements.text)
        elements.add_values(self._values, numbers, bases)
        if outline.link_owners:
            links.add_values(self._note_values, numbers, bases)
            self._note_texts.append(links.text)
            note = self._note
            self._note = note + len(outline.link_owners)
            self.notes.setdefault(index, []).extend(range(note, self._note))
            self._note_parents += [first + owner for owner in outline.link_owners]
        branch.kids += [first + top for top in outline.tops]
        self._spans[index].append((mark, first, owners))
        return mark

    def add_own(self, outline: Outline, groups: tuple[Group, ...]) -> tuple[int, int]:
        """Keep places for the elements of a personal block; return the element above them and how many are topmost."""
        branch = self._enter(groups)
        branch.kids += [-1 - number for number in range(self._tops, self._tops + len(outline.tops))]
        self._tops += len(outline.tops)
        return branch.number, len(outline.tops)

    def open_parents(self, page: int) -> tuple[bytes, int]:
        """Return what the entry of a page in the parent tree begins with, and the number that comes next."""
        spans = self._spans[page]
        place = max((-(-(first + len(owners)) // SLOT) * SLOT for first, _, owners in spans), default=0)
        return write_parents(spans, place), place

    def finish(self, tops: Sequence[int], arrays: Mapping[int, int]) -> list[bytes]:
        """Return all objects in order of their numbers.

        ``tops`` are the numbers of the personal blocks' topmost elements, ``arrays`` those of the entries in the parent
        tree that are written for each person, by index of the page.
        """
        document, *groups = [self._write_branch(branch, tops) for branch in self._branches]
        entries = [
            b"%d %d 0 R" % (index, arrays[index])
            if index in arrays
            else b"%d%b]" % (index, self.open_parents(index)[0])
            for index in range(self._pages)
        ]
        entries += [b"%d %d 0 R" % (self._pages + index, owner) for index, owner in enumerate(self._note_parents)]
        root = b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>" % (
            self._branches[0].number,
            self.parent_tree,
            len(entries),
        )
        elements = fill_templates(self._texts, self._values)
        notes = fill_templates(self._note_texts, self._note_values)
        return [root, document, b"<</Nums[" + b" ".join(entries) + b"]>>", *elements, *notes, *groups]

    def _write_branch(self, branch: Branch, tops: Sequence[int]) -> bytes:
        role = branch.group.role if branch.group else "Document"
        numbering = write_numbering(branch.group.numbering) if branch.group and role == "L" else b""
        kids = [tops[-1 - kid] if kid < 0 else kid for kid in branch.kids]
        return b"<</S/%b/P %d 0 R%b/K%b>>" % (role.encode("ascii"), branch.above, numbering, write_references(kids))

    def _enter(self, groups: tuple[Group, ...]) -> Branch:
        """Close the groups that end before a block and open those that begin with it; return the innermost."""
        path = self._path
        depth = 1
        for group in groups:
            if depth == len(path):
                break
            known = path[depth].group
            if known is not group and known != group:
                break
            depth += 1
        del path[depth:]
        for group in groups[depth - 1 :]:
            above = path[-1]
            branch = Branch(group, self.next, above.number)
            self.next += 1
            above.kids.append(branch.number)
            path.append(branch)
            self._branches.append(branch)
        return path[-1]
