"""The structure tree of a document: groups over blocks, the elements of each block, the parent tree."""

from __future__ import annotations

from dataclasses import dataclass, field

from handouts.layout.page import Group
from handouts.pdf.file import Draft
from handouts.pdf.objects import write_references
from handouts.pdf.structure import Bases, Outline, write_numbering


@dataclass(slots=True)
class Branch:
    """An element that spans blocks, with its kids so far."""

    group: Group | None
    number: int
    above: int
    kids: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Leaf:
    """The outline of a block at its place: page (object, index), first marked content, position from below."""

    outline: Outline
    groups: tuple[Group, ...]
    page: int
    page_index: int
    first_mark: int
    x: float
    y: float


@dataclass(slots=True)
class Tree:
    """Grows from the blocks in reading order. ``notes`` are the annotations of each page by index."""

    draft: Draft
    pages: int
    root: int = 0
    path: list[Branch] = field(default_factory=list)
    parents: list[list[int]] = field(default_factory=list)
    note_parents: list[int] = field(default_factory=list)
    notes: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.root = self.draft.reserve()
        self.path = [Branch(None, self.draft.reserve(), self.root)]
        self.parents = [[] for _ in range(self.pages)]

    def add_block(self, leaf: Leaf) -> None:
        """Add the elements of a block below the groups that it shares with the block before."""
        branch = self._enter(leaf.groups)
        outline = leaf.outline
        first = self.draft.reserve(len(outline.elements))
        note = self.draft.reserve(len(outline.links))
        key = self.pages + len(self.note_parents)
        bases: Bases = (first, branch.number, leaf.page, leaf.first_mark, note, key, leaf.x, leaf.y)
        self.draft.objects.update(enumerate(outline.joined.fill(bases).split(b"\n"), first))
        for index, template in enumerate(outline.links):
            self.draft.objects[note + index] = template.fill(bases)
            self.notes.setdefault(leaf.page_index, []).append(note + index)
        self.note_parents += [first + owner for owner in outline.link_owners]
        branch.kids += [first + top for top in outline.tops]
        self.parents[leaf.page_index] += [first + owner for owner in outline.owners]

    def finish(self) -> int:
        """Write the groups, the root and the parent tree; return the number of the root."""
        while len(self.path) > 1:
            self._leave()
        document = self.path[0]
        self.draft.objects[document.number] = b"<</S/Document/P %d 0 R/K%b>>" % (
            self.root,
            write_references(document.kids),
        )
        entries = [b"%d%b" % (index, write_references(owners)) for index, owners in enumerate(self.parents)]
        entries += [b"%d %d 0 R" % (self.pages + index, owner) for index, owner in enumerate(self.note_parents)]
        parent_tree = self.draft.add(b"<</Nums[" + b" ".join(entries) + b"]>>")
        self.draft.objects[self.root] = b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>" % (
            document.number,
            parent_tree,
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
            self._leave()
        for group in groups[shared:]:
            above = self.path[-1]
            branch = Branch(group, self.draft.reserve(), above.number)
            above.kids.append(branch.number)
            self.path.append(branch)
        return self.path[-1]

    def _leave(self) -> None:
        """Close the innermost group and write its element."""
        branch = self.path.pop()
        role = branch.group.role if branch.group else "Document"
        numbering = write_numbering(branch.group.numbering) if branch.group and role == "L" else b""
        self.draft.objects[branch.number] = b"<</S/%b/P %d 0 R%b/K%b>>" % (
            role.encode("ascii"),
            branch.above,
            numbering,
            write_references(branch.kids),
        )
