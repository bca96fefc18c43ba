"""Small tables and the time line."""

from __future__ import annotations

from dataclasses import replace
from math import fsum

from handouts.layout.blocks.pictures import measure_icon, place_icon_in_line
from handouts.layout.blocks.row_list import set_row_list
from handouts.layout.page import Block, Box, Group, Rule, Tag
from handouts.layout.setting import Setting
from handouts.layout.stack import Stack
from handouts.tailor import plan

ICON = 21.0
PAD = 5.0
"""Points left free at both sides of a cell."""

LEAST_CELL = 6.6
"""Least width of a cell with its padding as a multiple of the type size: about 12 letters."""


def set_table(setting: Setting, table: plan.Table, width: float, groups: tuple[Group, ...]) -> Block:
    """Return a table with a head row; the first cell of a row is its heading, with an icon if one is named.

    Where a cell would hold less than about 12 letters a line, the rows are set as a list.
    """
    theme = setting.theme
    if min(_share_width(setting, table, width)[1:], default=width) < LEAST_CELL * theme.style("tight").size:
        return set_row_list(setting, table, width, groups)
    stack = Stack(setting)
    caption = Tag("Caption", (stack.set_paragraph(table.caption, theme.style("subheading"), 0, width),))
    stack.y += theme.gap("xs") + 2
    widths = _share_width(setting, table, width)
    ground = stack.open_box(0, stack.y, width, fill=theme.colour("tint"))
    top = stack.y
    head = _set_row(stack, table.columns, None, widths, head=True)
    stack.close_box(ground, stack.y)
    rows = []
    for row in table.rows:
        stack.place(Rule(0, stack.y, width, stack.y, theme.colour("rule"), theme.line("hair")))
        rows.append(_set_row(stack, row.cells, row.icon, widths, head=False))
    for y in (top, stack.y):
        stack.place(Rule(0, y, width, y, theme.colour("brand"), theme.line("frame")))
    stack.tags.append(Tag("Table", (caption, Tag("THead", (head,)), Tag("TBody", tuple(rows)))))
    return stack.finish(table.id, width, groups=groups, before=theme.gap("m"))


def _share_width(setting: Setting, table: plan.Table, width: float) -> tuple[float, ...]:
    """Return column widths: the narrow heading column as wide as it needs, the rest shared by length of text."""
    stack = Stack(setting)
    style = replace(setting.theme.style("tight"), weight="bold")
    icon = ICON * setting.theme.figures + 5 if any(row.icon for row in table.rows) else 0.0
    longest = max(
        stack.measure(word, style) for row in table.rows for word in row.cells[0].split()
    )  # the longest word must not be cut
    whole = max(stack.measure(row.cells[0], style) for row in table.rows)
    head = min(max(longest, min(whole, width * 0.22)) + icon + 12, width * 0.4)
    weights = []
    for column in range(1, len(table.columns)):
        texts = [row.cells[column] for row in table.rows if column < len(row.cells)]
        weights.append(max(1.0, sum(len(text) for text in texts)) ** 0.5)
    total = fsum(weights) or 1.0
    return (head, *(max(width * 0.12, (width - head) * weight / total) for weight in weights))


def _set_row(stack: Stack, cells: tuple[str, ...], icon: str | None, widths: tuple[float, ...], *, head: bool) -> Tag:
    """Set a row with as much space above it as below; its icon has its middle in that of the first line."""
    theme = stack.setting.theme
    style = theme.style("label") if head else theme.style("tight")
    size = ICON * theme.figures if icon else 0.0
    over = max(0.0, (measure_icon(stack.setting, icon, size)[1] - style.line) / 2) if icon else 0.0
    top = stack.y + theme.gap("xs") + over
    if icon:
        place_icon_in_line(stack, icon, PAD - 2, top, size, style.line)
    bottom, x = top + style.line + over, 0.0
    tags = []
    for column, cell in enumerate(cells):
        stack.y = top
        first = column == 0 and not head
        left = x + PAD + (size + 2 if first and icon else 0.0)
        weight = "bold" if first else style.weight
        words = stack.set_words(cell, replace(style, weight=weight), left, widths[column] - (left - x) - PAD)
        scope = "Column" if head else "Row" if first else None
        tags.append(Tag("TH" if scope else "TD", (Tag("P", words),), scope=scope))  # type: ignore[arg-type]
        bottom = max(bottom, stack.y)
        x += widths[column]
    stack.y = bottom + theme.gap("xs")
    return Tag("TR", tuple(tags))


def set_timeline(setting: Setting, line: plan.Timeline, width: float, groups: tuple[Group, ...]) -> Block:
    """Return what to expect from left to right: a dot, when, and what; a list to a screen reader."""
    theme = setting.theme
    stack = Stack(setting)
    if theme.columns == 1 or width < 300:
        return _set_upright_timeline(setting, line, width, groups)
    gap = theme.gap("m")
    count = len(line.points)
    column = (width - gap * (count - 1)) / count
    dot = 11.0
    middle = dot / 2
    brand = theme.colour("brand")
    stack.place(Rule(middle, middle, width - column + middle, middle, brand, 2.0))
    bottom = 0.0
    entries = []
    for number, point in enumerate(line.points):
        x = number * (column + gap)
        last = number == count - 1
        fill = brand if last else theme.colour("paper")
        stack.place(Box(x, 0, dot, dot, dot / 2, fill, brand, 2.0))
        stack.y = dot + theme.gap("xs") + 1
        label = stack.set_words(point.label, replace(theme.style("label"), colour=brand), x, column)
        body = stack.set_words(point.statement.text, theme.style("tight"), x, column)
        entries.append(Tag("LI", (Tag("Lbl", label), Tag("LBody", body))))
        bottom = max(bottom, stack.y)
    stack.y = bottom
    stack.tags.append(Tag("L", tuple(entries), numbering="Disc"))
    return stack.finish(line.id, width, groups=groups, before=theme.gap("s"))


def _set_upright_timeline(setting: Setting, line: plan.Timeline, width: float, groups: tuple[Group, ...]) -> Block:
    theme = setting.theme
    stack = Stack(setting)
    brand = theme.colour("brand")
    dot = 10.0
    left = dot + theme.gap("s")
    centres = []
    entries = []
    label_style = replace(theme.style("label"), colour=brand, size=max(theme.style("label").size, 11))
    for number, point in enumerate(line.points):
        stack.y += theme.gap("xs") if number else 0.0
        centres.append(stack.y + label_style.line / 2)
        label = stack.set_words(point.label, label_style, left, width - left)
        body = stack.set_words(point.statement.text, theme.style("tight"), left, width - left)
        entries.append(Tag("LI", (Tag("Lbl", label), Tag("LBody", body))))
    stack.place(Rule(dot / 2, centres[0], dot / 2, centres[-1], brand, 2.0))
    for number, centre in enumerate(centres):
        fill = brand if number == len(centres) - 1 else theme.colour("paper")
        stack.place(Box(0, centre - dot / 2, dot, dot, dot / 2, fill, brand, 2.0))
    stack.tags.append(Tag("L", tuple(entries), numbering="Disc"))
    return stack.finish(line.id, width, groups=groups, before=theme.gap("s"))
