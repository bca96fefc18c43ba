"""Headings, paragraphs, lists, steps, notes and questions."""

from __future__ import annotations

from dataclasses import replace

from handouts.layout.blocks.bullets import set_bullet_columns
from handouts.layout.page import Block, Group, Tag
from handouts.layout.setting import Setting
from handouts.layout.stack import Stack
from handouts.tailor import plan

SHORT_LIST = 6
KEPT = 3
"""A list of at most six entries is not broken; of a longer one, at least three stay together at either end."""

MEASURE = 34.0
"""Longest line as a multiple of the type size: about 70 letters of a text face."""


def set_heading(
    setting: Setting, text: str, width: float, origin: str, groups: tuple[Group, ...], *, level: int = 2
) -> Block:
    """Return a section's heading (level 2) or a heading inside one (level 3), kept with what follows."""
    stack = Stack(setting)
    style = setting.theme.style("heading" if level == 2 else "subheading")
    stack.tags.append(stack.set_paragraph(text, style, 0, width, f"H{level}"))
    before = setting.theme.gap("l" if level == 2 else "m")
    return stack.finish(origin, width, groups=groups, before=before, keep_with_next=True)


def set_paragraph(
    setting: Setting,
    statement: plan.Statement,
    width: float,
    groups: tuple[Group, ...],
    style: str = "body",
    keep: bool = False,
) -> Block:
    """Return a paragraph, kept with what follows if asked; a ``strong`` statement is set in bold."""
    stack = Stack(setting)
    look = setting.theme.style(style)
    if statement.strong:
        look = replace(look, weight="bold")
    stack.tags.append(stack.set_paragraph(statement.text, look, 0, limit_measure(setting, width, look.size)))
    before = setting.theme.gap("xs") + 2
    return stack.finish(statement.id, width, groups=groups, before=before, keep_with_next=keep)


def limit_measure(setting: Setting, width: float, size: float) -> float:
    """Return the width of running text: the column's, but not more than about 70 letters."""
    return min(width, MEASURE * size) if setting.theme.columns == 2 else width


def set_list(setting: Setting, bullets: plan.BulletList, width: float, groups: tuple[Group, ...]) -> tuple[Block, ...]:
    """Return a block an entry, so that a long list may run into the next column."""
    blocks: list[Block] = []
    if bullets.lead:
        opening = plan.Statement(f"{bullets.id}-lead", bullets.lead)
        blocks.append(setting.remember(set_paragraph, opening, width, groups, "body", True))
    inner = (*groups, Group("L", bullets.id, numbering="Disc"))
    last = len(bullets.items) - 1
    for number, item in enumerate(bullets.items):
        keep = number < last and (last < SHORT_LIST or number < KEPT - 1 or number > last - KEPT)
        blocks.append(setting.remember(_set_list_entry, item, width, inner, number == 0, keep))
    return tuple(blocks)


def _set_list_entry(
    setting: Setting, item: plan.Statement, width: float, groups: tuple[Group, ...], first: bool, keep: bool
) -> Block:
    stack = Stack(setting)
    style = setting.theme.style("body")
    if item.strong:
        style = replace(style, weight="bold")
    colour = setting.theme.colour("brand")
    limit = limit_measure(setting, width, style.size)
    stack.tags.append(stack.set_entry("\u2022", item.text, style, 0, limit, label_colour=colour))
    before = setting.theme.gap("xs") / 2 + (1 if first else 0)
    return stack.finish(item.id, width, groups=groups, before=before, keep_with_next=keep)


def set_step_entries(stack: Stack, steps: tuple[plan.Statement, ...], x: float, width: float, gap: float) -> Tag:
    """Set numbered steps at ``x`` and return the tag of the list."""
    theme = stack.setting.theme
    style = theme.style("tight")
    entries = []
    for number, step in enumerate(steps, 1):
        entries.append(
            stack.set_entry(
                str(number),
                step.text,
                style,
                x,
                width,
                label_colour=theme.colour("brand"),
                indent=style.size * 1.25,
                before=gap if number > 1 else 0.0,
            )
        )
    return Tag("L", tuple(entries), numbering="Decimal")


def set_note(setting: Setting, note: plan.Note, width: float, groups: tuple[Group, ...]) -> Block:
    """Return a box that stands out: a caution with a warning icon, or a tip."""
    theme = setting.theme
    stack = Stack(setting)
    caution = note.tone == "caution"
    pad = theme.gap("m") - 1
    colour = theme.colour("warning" if caution else "brand")
    box = stack.open_box(
        0, 0, width, radius=theme.corner("small"), fill=theme.colour("caution" if caution else "tint"),
        stroke=colour, line=theme.line("frame"),
    )  # fmt: skip
    stack.y = pad - 2
    style = replace(theme.style("subheading"), colour=colour)
    left = pad
    if caution:
        icon = style.size * 1.25
        stack.place_icon("warning", pad, stack.y + (style.line - icon) / 2, icon)
        left += icon + theme.gap("xs") + 2
    title = Tag("H3", stack.set_words(note.title, style, left, width - left - pad))
    stack.y += theme.gap("xs")
    body = theme.style("tight")
    if len(note.items) == 1:
        look = replace(body, weight="bold") if note.items[0].strong else body
        rest = stack.set_paragraph(note.items[0].text, look, pad, width - 2 * pad)
    else:
        rest = set_bullet_columns(stack, note.items, body, pad, width - 2 * pad, colour)
    stack.y += pad - 2
    stack.close_box(box, stack.y)
    stack.tags.append(Tag("Sect", (title, rest)))
    return stack.finish(note.id, width, groups=groups, before=theme.gap("m"))


def set_question(setting: Setting, question: plan.Question, width: float, groups: tuple[Group, ...]) -> Block:
    """Return a question in bold with its answer under it."""
    stack = Stack(setting)
    body = setting.theme.style("body")
    limit = limit_measure(setting, width, body.size)
    stack.tags.append(stack.set_paragraph(question.question, replace(body, weight="bold"), 0, limit, "H3"))
    stack.tags.append(stack.set_paragraph(question.answer.text, body, 0, limit))
    return stack.finish(question.answer.id, width, groups=groups, before=setting.theme.gap("s"))
