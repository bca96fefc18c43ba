"""The rows of a table as a list, for pages on which its cells would be too narrow to read."""

from __future__ import annotations

from dataclasses import replace

from handouts.layout.blocks.pictures import place_icon_in_line
from handouts.layout.page import Block, Group, Tag
from handouts.layout.setting import Setting
from handouts.layout.stack import Stack
from handouts.tailor import plan
from handouts.typeset.breaking import Span, parse_bold

ICON = 21.0


def set_row_list(setting: Setting, table: plan.Table, width: float, groups: tuple[Group, ...]) -> Block:
    """Return the caption and an entry a row: its heading, then each cell behind the name of its column."""
    theme = setting.theme
    stack = Stack(setting)
    caption = stack.set_paragraph(table.caption, theme.style("subheading"), 0, width, "H3")
    entries = tuple(_set_row(stack, row, table.columns, width) for row in table.rows)
    stack.tags.append(Tag("Sect", (caption, Tag("L", entries))))
    return stack.finish(table.id, width, groups=groups, before=theme.gap("m"))


def _set_row(stack: Stack, row: plan.TableRow, columns: tuple[str, ...], width: float) -> Tag:
    theme = stack.setting.theme
    body = theme.style("tight")
    stack.y += theme.gap("xs")
    left = 0.0
    if row.icon:
        size = ICON * theme.figures
        place_icon_in_line(stack, row.icon, 0, stack.y, size, body.line)
        left = size + theme.gap("xs")
    label = stack.set_words(row.cells[0], replace(body, weight="bold"), left, width - left)
    indent = body.size
    cells = tuple(
        Tag("P", stack.set_words((Span(f"{name}: ", "bold"), *parse_bold(cell)), body, indent, width - indent))
        for name, cell in zip(columns[1:], row.cells[1:], strict=False)
    )
    return Tag("LI", (Tag("Lbl", label), Tag("LBody", cells)))
