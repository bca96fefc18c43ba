"""What a layout must fulfil before its file may say that it is PDF/UA-1 and PDF/A-2a.

The painter keeps most rules by its make: fonts are embedded, content without a tag is an artifact, links lie in Link
elements. What depends on the pages given is checked here: a shared block when it is painted, the rest once for each
distinct layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from handouts.diagnostics import Diagnostic, LayoutError, Span
from handouts.layout.page import Block, DocumentInfo, Symbol, Tag, Text
from handouts.typeset.fonts import FontSet

ROLES = frozenset(
    {"Sect", "Div", "P", "H1", "H2", "H3", "L", "LI", "Lbl", "LBody", "Span", "Quote", "Link", "Figure", "Formula"}
    | {"Table", "Caption", "THead", "TBody", "TFoot", "TR", "TH", "TD"}
)
"""Structure types of ISO 32000-1, 14.8.4, that are used as they are."""

PARENTS = {
    "LI": {"L"},
    "Lbl": {"LI"},
    "LBody": {"LI"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
}
"""What an element may stand in (ISO 14289-1, 7.2)."""

CHILDREN = {"L": {"LI", "L", "Caption"}, "TR": {"TH", "TD"}, "LI": {"Lbl", "LBody"}}
HEADING = re.compile(r"H([1-6])\Z")
LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*\Z")


def check_block(block: Block, fonts: FontSet) -> None:
    """Raise LayoutError with everything in a block that keeps a file from being accessible."""
    faults = list(_check_items(block, fonts))
    above = block.groups[-1].role if block.groups else "Document"
    wrong: list[str] = []
    for tag in block.tags:
        _check_tag(tag, above, wrong)
    faults += [_fault("structure", message, block.origin) for message in wrong]
    if faults:
        raise LayoutError(faults)


def check_layout(headings: Sequence[tuple[str, tuple[int, ...]]], info: DocumentInfo) -> None:
    """Raise LayoutError for a title or language that is none, or when a level of headings is skipped.

    ``headings`` are the origin of each block in reading order and the levels of the headings in it; the first is of
    level 1 (ISO 14289-1, 7.4.2).
    """
    faults: list[Diagnostic] = []
    if not info.title.strip():
        faults.append(_fault("no-title", "the document has no title", "document"))
    if not LANGUAGE.match(info.language):
        faults.append(_fault("language-tag", f"'{info.language}' is not a language tag", "document"))
    before = 0
    for origin, levels in headings:
        for level in levels:
            if level > before + 1:
                message = f"a level {level} heading follows one of level {before}"
                faults.append(_fault("heading-skipped", message, origin))
            before = level
    if faults:
        raise LayoutError(faults)


def list_levels(tags: Sequence[Tag | int]) -> tuple[int, ...]:
    """Return the levels of the headings in some elements, in order."""
    levels: list[int] = []
    for tag in tags:
        if isinstance(tag, Tag):
            match = HEADING.match(tag.role) if tag.role.startswith("H") else None
            levels += [int(match[1])] if match else []
            levels += list_levels(tag.children)
    return tuple(levels)


def _fault(rule: str, message: str, origin: str) -> Diagnostic:
    return Diagnostic(rule, message, Span(origin))


def _check_items(block: Block, fonts: FontSet) -> Iterator[Diagnostic]:
    """Give what is wrong with the items: words or symbols that nobody hears, letters that no face has."""
    named: set[int] = set()
    _add_items(block.tags, named)
    for index, item in enumerate(block.items):
        if isinstance(item, Text):
            for run in item.runs:
                find = fonts.face(run.face).number.get
                if all(set(map(find, run.text))):
                    continue
                for char in sorted({char for char in run.text if not find(char)}):
                    yield _fault("letter-without-glyph", f"no face draws U+{ord(char):04X}", block.origin)
        if block.artifact is None and index not in named and isinstance(item, Text | Symbol):
            yield _fault("untagged", "words or a symbol stand outside the structure", block.origin)


def _add_items(tags: Sequence[Tag | int], named: set[int]) -> None:
    """Add the items that stand in elements."""
    for tag in tags:
        if isinstance(tag, int):
            named.add(tag)
        else:
            _add_items(tag.children, named)


def _check_tag(tag: Tag, above: str, wrong: list[str]) -> None:
    """Add what is wrong with an element that stands in one of the role ``above``, and with all that is in it."""
    wrong += list_faults(tag, above)
    for child in tag.children:
        if isinstance(child, Tag):
            _check_tag(child, tag.role, wrong)


def list_faults(tag: Tag, above: str) -> list[str]:
    """Return what is wrong with an element that stands in one of the role ``above``."""
    role = tag.role
    faults = []
    if role not in ROLES:
        faults.append(f"'{role}' is not a standard type")
    if role in PARENTS and above not in PARENTS[role]:
        faults.append(f"{role} stands in {above}")
    if role in CHILDREN and not CHILDREN[role].issuperset(_list_roles(tag)):
        faults.append(f"{role} holds what it may not")
    if not tag.children and role != "TD":
        faults.append(f"{role} is empty")
    if role in {"Figure", "Formula"} and not (tag.alt or "").strip():
        faults.append(f"{role} has no description")
    if role == "Link" and not (tag.alt and tag.link):
        faults.append("a link has no description or no address")
    if role == "TH" and tag.scope is None:
        faults.append("a heading cell does not say what it heads")
    if role == "LI" and "LBody" not in _list_roles(tag):
        faults.append("a list entry has no body")
    if role == "Table":
        rows = _list_rows(tag)
        if not any(row.count("TH") for row in rows):
            faults.append("a table has no heading cell")
        if len({len(row) for row in rows}) > 1:
            faults.append("the rows of a table differ in length")
    return faults


def _list_roles(tag: Tag) -> list[str]:
    return [child.role for child in tag.children if isinstance(child, Tag)]


def _list_rows(table: Tag) -> list[list[str]]:
    """Return the roles of the cells of each row, a cell over several columns that often."""
    rows: list[list[str]] = []
    for child in table.children:
        if isinstance(child, Tag) and child.role == "TR":
            cells = [cell for cell in child.children if isinstance(cell, Tag)]
            rows.append([cell.role for cell in cells for _ in range(cell.columns)])
        elif isinstance(child, Tag) and child.role != "Caption":
            rows += _list_rows(child)
    return rows
