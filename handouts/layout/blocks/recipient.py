"""For whom a sheet is, when and by whom: labels and values at the head of page 1."""

from __future__ import annotations

from handouts.layout.blocks.strip import CLINIC_SHARE, DOT, GROUPS
from handouts.layout.page import Block, Rule, Tag
from handouts.layout.pieces import set_pieces
from handouts.layout.setting import Setting
from handouts.layout.stack import Stack
from handouts.layout.tags import tag_division, tag_paragraphs
from handouts.tailor.plan import Plan
from handouts.typeset.breaking import Span

RULED_LINE = 150.0
WRITING_LINE = 18.0
"""Least height in points of a line to write on: a pen needs 6 mm, however close print is set."""


def set_person(setting: Setting, plan: Plan, width: float) -> Block:
    """Return for whom a sheet is, when, and by whom it was given; personal."""
    theme = setting.theme
    narrow = theme.columns == 1
    width = width if narrow else width * (1 - CLINIC_SHARE) - theme.gutter
    stack = Stack(setting)
    rows = _list_person_rows(setting, plan)
    set_rows = _set_run_in if narrow and theme.dense and plan.person else _set_rows
    tags = set_rows(stack, rows, 0.0, width)
    return stack.finish("strip", width, tags=tags, groups=GROUPS, personal=True)


Cell = tuple[str, str]


def _list_person_rows(setting: Setting, plan: Plan) -> tuple[tuple[Cell, ...], ...]:
    """Return rows of one or two (label, value) cells; an empty value asks for a ruled line to write on."""
    person = plan.person
    if person is None:
        return ((setting.word("for"), ""),), ((setting.word("date"), ""),)
    rows: tuple[tuple[tuple[str, str | None], ...], ...] = (
        (("for", person.name), ("date-of-birth", person.date_of_birth)),
        (("date", plan.date_words), ("reference", person.reference)),
        (("seen-by", person.seen_by),),
        (("next-visit", person.next_visit),),
    )
    if setting.theme.columns == 1:
        rows = (*rows[:-2], rows[-2] + rows[-1])
    filled = (tuple((setting.word(key), value) for key, value in row if value) for row in rows)
    return tuple(row for row in filled if row)


def _set_rows(stack: Stack, rows: tuple[tuple[Cell, ...], ...], x: float, width: float) -> tuple[Tag, ...]:
    """Set rows of label and value; a second cell stands beside the first where it fits, else under it."""
    theme = stack.setting.theme
    small = theme.style("small")
    start = _measure_labels(stack, rows, width)
    entries = []
    for row in rows:
        top = stack.y
        entries.append(_set_cell(stack, row[0], x, start, width))
        for cell in row[1:]:
            left = _find_left(stack, row[0], cell, start, width)
            if left is None:
                entries.append(_set_cell(stack, cell, x, start, width))
                continue
            bottom, stack.y = stack.y, top
            own_label = stack.measure(cell[0], small) + theme.gap("xs") + 2
            entries.append(_set_cell(stack, cell, x + left, own_label, width - left))
            stack.y = max(bottom, stack.y)
    return tag_division(tuple(entries))


def _measure_labels(stack: Stack, rows: tuple[tuple[Cell, ...], ...], width: float) -> float:
    """Return where values begin: behind the widest label that opens a line, its gap included."""
    theme = stack.setting.theme
    start, needed = 0.0, max(stack.measure(row[0][0], theme.style("small")) for row in rows) + theme.gap("s")
    while needed > start:  # values that begin further right push a second cell under the first
        start = needed
        under = [cell for row in rows for cell in row[1:] if _find_left(stack, row[0], cell, start, width) is None]
        labels = [stack.measure(label, theme.style("small")) + theme.gap("s") for label, _ in under]
        needed = max([start, *labels])
    return start


def _find_left(stack: Stack, first: Cell, second: Cell, start: float, width: float) -> float | None:
    """Return where a second cell begins beside the first, whose value begins at ``start``; None without room there."""
    theme = stack.setting.theme
    value = theme.style("label")
    left = start + stack.measure(first[1], value) + theme.gap("l")
    own_label = stack.measure(second[0], theme.style("small")) + theme.gap("xs") + 2
    return left if left + own_label + stack.measure(second[1], value) <= width else None


def _set_run_in(stack: Stack, rows: tuple[tuple[Cell, ...], ...], x: float, width: float) -> tuple[Tag, ...]:
    """Set all labels and values as one paragraph, for a page that has no line to spare."""
    cells = [cell for row in rows for cell in row]
    dots = [*(DOT.rstrip() for _ in cells[1:]), ""]
    pieces = [
        (Span(f"{label} ", "regular"), Span(value, "bold"), Span(dot, "regular"))
        for (label, value), dot in zip(cells, dots, strict=True)
    ]
    return tag_paragraphs((set_pieces(stack, pieces, stack.setting.theme.style("label"), x, width),))


def _set_cell(stack: Stack, cell: Cell, x: float, label_width: float, width: float) -> tuple[int, ...]:
    """Set a label and its value, or a ruled line where the value is to be written; return their indexes."""
    theme = stack.setting.theme
    label, value = cell
    top = stack.y
    mark = stack.set_words(label, theme.style("small"), x, label_width, joins=bool(value))
    stack.y = top
    if value:
        spans = (Span(value, "bold"),)
        words = stack.set_words(spans, theme.style("label"), x + label_width, width - label_width)
        return (*mark, *words)
    stack.y = top + max(theme.gap("xl") - 4, WRITING_LINE)
    line = min(RULED_LINE, width - label_width)
    base = stack.y - 4
    stack.place(Rule(x + label_width, base, x + label_width + line, base, theme.colour("rule"), theme.line("hair")))
    return mark
