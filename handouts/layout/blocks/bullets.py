"""Bullets in one column or, balanced, in two: for boxes that are never split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import fsum

from handouts.layout.page import Tag
from handouts.layout.setting import Setting
from handouts.layout.stack import BULLET, Stack
from handouts.layout.theme import TextStyle
from handouts.tailor.plan import Statement

WIDE = 380.0
"""Width in points from which bullets are set in two columns."""


def set_bullet_columns(
    stack: Stack, items: Sequence[Statement], style: TextStyle, x: float, width: float, colour: str
) -> Tag:
    """Set bullets from ``x`` on, in two columns where there is room, the first not shorter than the second.

    Returns the tag of the list.
    """
    theme = stack.setting.theme
    columns = 2 if theme.columns == 2 and width > WIDE and len(items) > 2 else 1
    gutter = theme.gap("l")
    column = (width - gutter * (columns - 1)) / columns
    heights = [stack.setting.remember(_measure_entry, item, style, column) for item in items]
    split = _split_evenly(heights) if columns == 2 else len(items)
    top = bottom = stack.y
    entries: list[Tag] = []
    for number, part in enumerate((items[:split], items[split:])):
        stack.y = top
        for item in part:
            entries.append(_set_entry(stack, item, style, x + number * (column + gutter), column, colour))
        bottom = max(bottom, stack.y)
    stack.y = bottom
    return Tag("L", tuple(entries), numbering="Disc")


def _set_entry(stack: Stack, item: Statement, style: TextStyle, x: float, width: float, colour: str) -> Tag:
    look = replace(style, weight="bold") if item.strong else style
    return stack.set_entry(BULLET, item.text, look, x, width, label_colour=colour, before=1.5)


def _measure_entry(setting: Setting, item: Statement, style: TextStyle, width: float) -> float:
    trial = Stack(setting)
    _set_entry(trial, item, style, 0, width, style.colour)
    return trial.y


def _split_evenly(heights: Sequence[float]) -> int:
    """Return how many entries belong to the first column so that the taller column is lowest."""
    return min(range(1, len(heights) + 1), key=lambda count: (max(fsum(heights[:count]), fsum(heights[count:])), count))
