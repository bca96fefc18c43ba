"""The tags of one block as templates of structure elements, without the numbers that its place gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from handouts.layout.page import Block, Item, Tag, Text
from handouts.pdf.extents import Edges, join_lines, measure_item, unite
from handouts.pdf.objects import write_address, write_text
from handouts.typeset.fonts import FontSet

# What a placeholder counts from: the block's first element, the element above the block, the page, the block's first
# marked content, its first annotation and that one's key in the parent tree, and the block's lower left corner.
ELEMENT, PARENT, PAGE, MARK, NOTE, KEY, LEFT, BOTTOM = range(8)

Bases = tuple[int, int, int, int, int, int, float, float]


class Template(NamedTuple):
    """An object's bytes with ``%`` placeholders, and for each of them what it counts from and how far."""

    text: bytes
    places: tuple[tuple[int, float], ...]

    def fill(self, bases: Bases) -> bytes:
        """Return the object's bytes at a place."""
        return self.text % tuple([bases[base] + offset for base, offset in self.places])


class Outline(NamedTuple):
    """The structure of a block: its elements, parents first, which of them stand at the top, who owns each piece of
    marked content, and the annotations of links with the element that each belongs to. ``joined`` is all elements, a
    line each, so that they are filled at once.
    """

    elements: tuple[Template, ...] = ()
    tops: tuple[int, ...] = ()
    owners: tuple[int, ...] = ()
    links: tuple[Template, ...] = ()
    link_owners: tuple[int, ...] = ()
    joined: Template = Template(b"", ())


@dataclass(slots=True)
class Node:
    """An element while it is built: kids are elements ``("element", n)``, marks or links, in order."""

    tag: Tag
    above: int
    kids: list[tuple[str, int]] = field(default_factory=list)
    items: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """The elements of a block before their marked content is known, and the items that they own, in reading order."""

    nodes: list[Node] = field(default_factory=list)
    owners: dict[int, int] = field(default_factory=dict)

    def add(self, tag: Tag, above: int, items: tuple[Item, ...]) -> int:
        """Add a tag and all that is in it; return its number."""
        number = len(self.nodes)
        node = Node(tag, above)
        self.nodes.append(node)
        for child in wrap_links(tag, items):
            if isinstance(child, Tag):
                node.kids.append(("element", self.add(child, number, items)))
                continue
            if child in self.owners:
                raise ValueError(f"item {child} stands in two tags")
            self.owners[child] = number
            node.kids.append(("item", child))
            node.items.append(child)
        return number

    def items_under(self, number: int) -> Iterator[int]:
        """Yield the items of an element and of all elements in it, in order."""
        for kind, index in self.nodes[number].kids:
            if kind == "element":
                yield from self.items_under(index)
            else:
                yield index


def wrap_links(tag: Tag, items: tuple[Item, ...]) -> list[Tag | int]:
    """Return the children of a tag; lines that lead to an address outside a Link tag get one of their own."""
    if tag.role == "Link":
        return list(tag.children)
    children: list[Tag | int] = []
    for child in tag.children:
        address = None
        if isinstance(child, int):
            item = items[child]
            address = item.link if isinstance(item, Text) else None
        if address is None or not isinstance(child, int):
            children.append(child)
            continue
        last = children[-1] if children else None
        if isinstance(last, Tag) and last.role == "Link" and last.link == address:
            children[-1] = replace(last, children=(*last.children, child))
        else:
            children.append(Tag("Link", (child,), alt=address, link=address))
    return children


def draft_structure(block: Block) -> Draft:
    """Return the elements of a block. ValueError when two tags name the same item."""
    draft = Draft()
    if block.artifact is None:
        for tag in block.tags:
            draft.add(tag, -1, block.items)
    return draft


def write_outline(draft: Draft, marks: dict[int, int], block: Block, fonts: FontSet) -> Outline:
    """Return the structure of a block; ``marks`` gives the marked content that each named item stands in."""
    owners: dict[int, int] = {}
    links: list[Template] = []
    link_owners: list[int] = []
    elements = []
    for number, node in enumerate(draft.nodes):
        for item in node.items:
            owners[marks[item]] = number
        notes: list[int] = []
        if node.tag.role == "Link" and node.tag.link:
            for edges in join_lines([measure_item(block.items[i], fonts) for i in draft.items_under(number)]):
                notes.append(len(links))
                links.append(write_link(node.tag.link, node.tag.alt or node.tag.link, edges, block.height, len(links)))
                link_owners.append(number)
        elements.append(write_element(draft, number, marks, notes, block, fonts))
    tops = tuple(number for number, node in enumerate(draft.nodes) if node.above < 0)
    marked = tuple(owners[mark] for mark in range(len(owners)))
    # No object holds a line end of its own: strings have theirs escaped.
    joined = Template(b"\n".join(item.text for item in elements), tuple(p for item in elements for p in item.places))
    return Outline(tuple(elements), tops, marked, tuple(links), tuple(link_owners), joined)


def write_element(
    draft: Draft, number: int, marks: dict[int, int], notes: list[int], block: Block, fonts: FontSet
) -> Template:
    """Return one structure element as a template."""
    node = draft.nodes[number]
    tag = node.tag
    places: list[tuple[int, float]] = [(ELEMENT, node.above) if node.above >= 0 else (PARENT, 0)]
    text = b"<</S/%b/P %%d 0 R" % tag.role.encode("ascii")
    if node.items:
        text += b"/Pg %d 0 R"
        places.append((PAGE, 0))
    for entry, value in ((b"Alt", tag.alt if tag.role != "Link" else None), (b"ActualText", tag.actual_text)):
        if value:
            text += b"/" + entry + escape_percent(write_text(value))
    if tag.language:
        text += b"/Lang" + escape_percent(write_text(tag.language))
    attributes, more = write_attributes(tag, [block.items[i] for i in draft.items_under(number)], block.height, fonts)
    text += attributes
    places += more
    kids: list[bytes] = []
    seen: set[int] = set()
    for kind, index in node.kids:
        if kind == "element":
            kids.append(b"%d 0 R")
            places.append((ELEMENT, index))
        elif marks[index] not in seen:
            seen.add(marks[index])
            kids.append(b"%d")
            places.append((MARK, marks[index]))
    for note in notes:
        kids.append(b"<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>")
        places += [(NOTE, note), (PAGE, 0)]
    if kids:
        single = len(kids) == 1
        text += b"/K " + kids[0] if single else b"/K[" + b" ".join(kids) + b"]"
    return Template(text + b">>", tuple(places))


def write_attributes(
    tag: Tag, items: list[Item], height: float, fonts: FontSet
) -> tuple[bytes, list[tuple[int, float]]]:
    """Return the attribute dictionaries of an element, with its placeholders."""
    if tag.role in {"Figure", "Formula"} and items:
        edges = unite([measure_item(item, fonts) for item in items])
        return b"/A<</O/Layout/Placement/Block/BBox[%.2f %.2f %.2f %.2f]>>", turn_over(edges, height)
    if tag.role in {"TH", "TD"}:
        entries = b"/Scope/" + tag.scope.encode("ascii") if tag.scope and tag.role == "TH" else b""
        entries += b"/ColSpan %d" % tag.columns if tag.columns > 1 else b""
        entries += b"/RowSpan %d" % tag.rows if tag.rows > 1 else b""
        return (b"/A<</O/Table" + entries + b">>", []) if entries else (b"", [])
    if tag.role == "L":
        return write_numbering(tag.numbering), []
    return b"", []


def write_numbering(numbering: str | None) -> bytes:
    """Return the attribute that says how a list is numbered."""
    return b"/A<</O/List/ListNumbering/%b>>" % (numbering or "None").encode("ascii")


def write_link(address: str, description: str, edges: Edges, height: float, number: int) -> Template:
    """Return the annotation of a link over one line."""
    text = b"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[%.2f %.2f %.2f %.2f]/P %d 0 R/StructParent %d/Contents"
    text += escape_percent(write_text(description) + b"/A<</S/URI/URI" + write_address(address) + b">>>>")
    return Template(text, (*turn_over(edges, height), (PAGE, 0), (KEY, number)))


def turn_over(edges: Edges, height: float) -> list[tuple[int, float]]:
    """Return a rectangle that is measured downwards from a block's top as places upwards from its lower edge."""
    left, top, right, bottom = edges
    return [(LEFT, left), (BOTTOM, height - bottom), (LEFT, right), (BOTTOM, height - top)]


def escape_percent(data: bytes) -> bytes:
    """Return the bytes as they stand in a template."""
    return data.replace(b"%", b"%%")
