"""What ends a sheet: goal and notes, the link with its QR symbol, and the sources."""

from __future__ import annotations

from dataclasses import replace

from handouts.layout.page import Block, Group, Rule, Symbol, Tag, Text
from handouts.layout.setting import Setting
from handouts.layout.stack import Stack
from handouts.layout.tags import tag_paragraphs
from handouts.qr import QUIET_ZONE, make_symbol
from handouts.tailor import plan
from handouts.typeset.breaking import Span
from handouts.typeset.direction import find_edge

EMPTY_LINES = 3
LINE_HEIGHT = 24.0


def set_notes(setting: Setting, title: str, notes: tuple[str, ...], width: float, groups: tuple[Group, ...]) -> Block:
    """Return the notes for the person, or ruled lines to write on; personal if there are any."""
    theme = setting.theme
    stack = Stack(setting)
    if notes:
        tags = _set_own_words(stack, title, notes, 0, width)
        return stack.finish("notes", width, tags=tags, groups=groups, before=theme.gap("m"), personal=True)
    stack.tags.append(stack.set_paragraph(title, theme.style("subheading"), 0, width, "H2"))
    for _ in range(EMPTY_LINES):
        stack.y += LINE_HEIGHT
        stack.place(Rule(0, stack.y, width, stack.y, theme.colour("rule"), theme.line("hair")))
    return stack.finish("notes", width, groups=groups, before=theme.gap("m"))


def _set_own_words(stack: Stack, title: str, lines: tuple[str, ...], x: float, width: float) -> tuple[Tag, ...]:
    theme = stack.setting.theme
    head = stack.set_words(title, theme.style("subheading"), x, width)
    body = theme.style("body")
    paragraphs = [
        stack.set_words((Span(line, body.weight),), body, x, width, align=find_edge(line))
        for line in lines
        if line.strip()
    ]
    return tag_paragraphs(tuple(paragraphs), head)


def set_link(setting: Setting, clinic: plan.ClinicView, lead: str, width: float, groups: tuple[Group, ...]) -> Block:
    """Return the QR symbol of the clinic's address, with the address in words as a link beside it.

    The symbol's quiet zone reaches into the white on its left, so that its dark modules stand on the text's edge.
    """
    theme = setting.theme
    stack = Stack(setting)
    size = theme.symbol
    rows = make_symbol(clinic.website)
    ink = theme.colour("ink")
    quiet = QUIET_ZONE * size / len(rows)
    symbol = stack.place(Symbol(-quiet, 0, size, rows, ink))
    left = size - quiet + theme.gap("s")
    stack.y = theme.gap("s")
    body = theme.style("tight")
    title = Tag("P", stack.set_words(lead, replace(body, weight="bold"), left, width - left))
    stack.y += 2
    address = clinic.short_address
    before, _, after = setting.word("scan-words", address="\x00").partition("\x00")
    children: list[Tag | int] = []
    for words, link in ((before.strip(), None), (address, clinic.website), (after.strip(), None)):
        if not words:
            continue
        indexes = stack.set_words(words, body, left, width - left, joins=link is None)
        if link is None:
            children += indexes
            continue
        for index in indexes:
            item = stack.items[index]
            assert isinstance(item, Text)
            stack.items[index] = replace(item, link=link)
        children.append(Tag("Link", indexes, link=link, alt=f"{lead}: {address}"))
    alt = f"{setting.word('scan')}: {address}"
    stack.tags.append(Tag("Figure", (symbol,), alt=alt))
    stack.tags.append(title)
    stack.tags.append(Tag("P", tuple(children)))
    stack.y = max(stack.y, size)
    return stack.finish("link", width, groups=groups, before=theme.gap("m"))


def set_sources(
    setting: Setting, title: str, lines: tuple[plan.SourceLine, ...], width: float, groups: tuple[Group, ...]
) -> Block:
    """Return the bodies that the words come from, each once, as one paragraph in small type under its heading."""
    bodies = "; ".join(dict.fromkeys(line.body for line in lines if line.main))
    form = "where-from-form" if all(line.main for line in lines) else "where-from-others"
    return setting.remember(_set_bodies, title, setting.word(form, bodies=bodies), width, groups)


def _set_bodies(setting: Setting, title: str, words: str, width: float, groups: tuple[Group, ...]) -> Block:
    theme = setting.theme
    stack = Stack(setting)
    stack.tags.append(stack.set_paragraph(title, theme.style("subheading"), 0, width, "H2"))
    stack.y += 2
    stack.tags.append(stack.set_paragraph(words, theme.style("small"), 0, width))
    return stack.finish("sources", width, groups=groups, before=theme.gap("m"))
