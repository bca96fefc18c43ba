"""The tags of one block as templates of structure elements, without the numbers that its place gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from typing import NamedTuple

from handouts.dataclass import dataclass
from handouts.layout.page import Block, Item, Tag, Text
from handouts.pdf.extents import Edges, join_lines, measure_item, unite
from handouts.pdf.objects import write_address, write_text
from handouts.pdf.templates import BOTTOM, ELEMENT, KEY, LEFT, MARK, PAGE, Template, Writer
from handouts.typeset.fonts import FontSet


class Outline(NamedTuple):
    """The structure of a block: its elements (``total``), parents first, which of them stand at the top, who owns each
    piece of marked content, and the annotations of links with the element that each belongs to.
    """

    elements: Template = Template()
    total: int = 0
    tops: tuple[int, ...] = ()
    owners: tuple[int, ...] = ()
    links: Template = Template()
    link_owners: tuple[int, ...] = ()


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
    """Return the structure of a block; ``marks`` gives the marked content that each named item stands in.

    No object holds a line end of its own: strings have theirs escaped.
    """
    owners: dict[int, int] = {}
    elements, links = Writer(), Writer()
    link_owners: list[int] = []
    for number, node in enumerate(draft.nodes):
        for item in node.items:
            owners[marks[item]] = number
        notes: list[int] = []
        if node.tag.role == "Link" and node.tag.link:
            for edges in join_lines([measure_item(block.items[i], fonts) for i in draft.items_under(number)]):
                notes.append(len(link_owners))
                write_link(links, node.tag.link, node.tag.alt or node.tag.link, edges, block.height, notes[-1])
                link_owners.append(number)
        if number:
            elements.write(b"\n")
        write_element(elements, draft, number, marks, notes, block, fonts)
    return Outline(
        elements=elements.finish(),
        total=len(draft.nodes),
        tops=tuple(number for number, node in enumerate(draft.nodes) if node.above < 0),
        owners=tuple(owners[mark] for mark in range(len(owners))),
        links=links.finish(),
        link_owners=tuple(link_owners),
    )


def write_element(
    writer: Writer,
    draft: Draft,
    number: int,
    marks: dict[int, int],
    notes: list[int],
    block: Block,
    fonts: FontSet,
) -> None:
    """Write one structure element."""
    node = draft.nodes[number]
    tag = node.tag
    writer.open_element(tag.role, node.above, bool(node.items))
    for entry, value in ((b"Alt", tag.alt if tag.role != "Link" else None), (b"ActualText", tag.actual_text)):
        if value:
            writer.write_plain(b"/" + entry + write_text(value))
    if tag.language:
        writer.write_plain(b"/Lang" + write_text(tag.language))
    if tag.role in ATTRIBUTED:
        write_attributes(writer, tag, [block.items[i] for i in draft.items_under(number)], block.height, fonts)
    writer.close_element(list_kids(node, marks), notes)


def list_kids(node: Node, marks: dict[int, int]) -> list[tuple[int, int]]:
    """Return the kids of an element but for annotations: elements, and marked content, each once."""
    kids: list[tuple[int, int]] = []
    seen: set[int] = set()
    for kind, index in node.kids:
        if kind == "element":
            kids.append((ELEMENT, index))
        elif marks[index] not in seen:
            seen.add(marks[index])
            kids.append((MARK, marks[index]))
    return kids


ATTRIBUTED = frozenset({"Figure", "Formula", "TH", "TD", "L"})
"""Roles whose elements may have attributes."""


def write_attributes(writer: Writer, tag: Tag, items: list[Item], height: float, fonts: FontSet) -> None:
    """Write the attribute dictionaries of an element."""
    if tag.role in {"Figure", "Formula"} and items:
        edges = unite([measure_item(item, fonts) for item in items])
        writer.write(b"/A<</O/Layout/Placement/Block/BBox[@ @ @ @]>>", *turn_over(edges, height))
    elif tag.role in {"TH", "TD"}:
        entries = b"/Scope/" + tag.scope.encode("ascii") if tag.scope and tag.role == "TH" else b""
        entries += b"/ColSpan %d" % tag.columns if tag.columns > 1 else b""
        entries += b"/RowSpan %d" % tag.rows if tag.rows > 1 else b""
        if entries:
            writer.write(b"/A<</O/Table" + entries + b">>")
    elif tag.role == "L":
        writer.write(write_numbering(tag.numbering))


def write_numbering(numbering: str | None) -> bytes:
    """Return the attribute that says how a list is numbered."""
    return b"/A<</O/List/ListNumbering/%b>>" % (numbering or "None").encode("ascii")


def write_link(writer: Writer, address: str, description: str, edges: Edges, height: float, number: int) -> None:
    """Write the annotation of a link over one line."""
    if number:
        writer.write(b"\n")
    writer.write(b"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[@ @ @ @]", *turn_over(edges, height))
    writer.write(b"/P @ 0 R/StructParent @", (PAGE, 0), (KEY, number))
    writer.write_plain(b"/Contents" + write_text(description) + b"/A<</S/URI/URI" + write_address(address) + b">>>>")


def turn_over(edges: Edges, height: float) -> list[tuple[int, float]]:
    """Return a rectangle that is measured downwards from a block's top as places upwards from its lower edge."""
    left, top, right, bottom = edges
    return [(LEFT, left), (BOTTOM, height - bottom), (LEFT, right), (BOTTOM, height - top)]


def escape_percent(data: bytes) -> bytes:
    """Return the bytes as they stand in a form for ``%``."""
    return data.replace(b"%", b"%%")
