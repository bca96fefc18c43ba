"""The red-flag box: two tiers with a word and an icon each, never split, never cut down."""

from __future__ import annotations

from dataclasses import replace

from handouts.layout.blocks.bullets import set_bullet_columns
from handouts.layout.page import Block, Group, Rule, Tag
from handouts.layout.setting import Setting
from handouts.layout.stack import Stack
from handouts.tailor import plan

ORIGIN = "red-flags"


def set_red_flags(setting: Setting, box: plan.RedFlagBox, width: float) -> tuple[Block, ...]:
    """Return the box as one block, or, where the edition says so, tier 1 with the call line, and tier 2.

    Both blocks have the origin ``red-flags``, so that the finished pages can be searched for them.
    """
    groups = (Group("Sect", ORIGIN),)
    if setting.theme.first_page_red_flags == "whole":
        stack, frame = _open_frame(setting, width)
        _set_tier(stack, box.now, "warning", width, "H2")
        _set_divider(stack, width)
        _set_tier(stack, box.today, "phone", width, "H2")
        _set_last(stack, box.last, width)
        return (_close_frame(stack, frame, width, groups),)
    first, frame = _open_frame(setting, width)
    _set_tier(first, box.now, "warning", width, "H2")
    _set_divider(first, width)
    pad = setting.theme.gap("m")
    look = replace(setting.theme.style("body"), weight="bold")
    first.tags.append(Tag("P", first.set_words(box.today_short, look, pad, width - 2 * pad)))
    opening = _close_frame(first, frame, width, groups)
    second, frame = _open_frame(setting, width)
    _set_tier(second, box.today, "phone", width, "H2")
    _set_last(second, box.last, width)
    return (opening, _close_frame(second, frame, width, groups))


def _open_frame(setting: Setting, width: float) -> tuple[Stack, int]:
    theme = setting.theme
    stack = Stack(setting)
    line = theme.line("box")
    frame = stack.open_box(
        line / 2,
        line / 2,
        width - line,
        radius=theme.corner("box"),
        fill=theme.colour("paper"),
        stroke=theme.colour("warning"),
        line=line,
    )
    stack.y = theme.gap("s") + line
    return stack, frame


def _close_frame(stack: Stack, frame: int, width: float, groups: tuple[Group, ...]) -> Block:
    theme = stack.setting.theme
    stack.y += theme.gap("s")
    stack.close_box(frame, stack.y)
    stack.y += theme.line("box") / 2
    return stack.finish(ORIGIN, width, groups=groups, before=theme.gap("m"))


def _set_divider(stack: Stack, width: float) -> None:
    theme = stack.setting.theme
    stack.y += theme.gap("xs") + 2
    pad = theme.gap("m")
    stack.place(Rule(pad, stack.y, width - pad, stack.y, theme.colour("warning"), theme.line("frame")))
    stack.y += theme.gap("xs") + 2


def _set_tier(stack: Stack, tier: plan.WarningTier, icon: str, width: float, role: str) -> None:
    theme = stack.setting.theme
    pad = theme.gap("m")
    style = theme.style("warning")
    size = style.size * 1.35
    stack.place_icon(icon, pad, stack.y + (style.line - size) / 2, size)
    left = pad + size + theme.gap("s")
    title = stack.set_words(tier.title, style, left, width - left - pad)
    stack.tags.append(Tag(role, title))
    body = theme.style("tight")
    if tier.lead:
        stack.y += 1
        lead = replace(body, weight="bold") if icon == "phone" else body
        stack.tags.append(Tag("P", stack.set_words(tier.lead, lead, pad, width - 2 * pad)))
    stack.y += 2
    colour = theme.colour("warning")
    stack.tags.append(set_bullet_columns(stack, tier.items, body, pad, width - 2 * pad, colour))


def _set_last(stack: Stack, last: plan.Statement, width: float) -> None:
    theme = stack.setting.theme
    pad = theme.gap("m")
    _set_divider(stack, width)
    look = replace(theme.style("tight"), weight="bold")
    stack.tags.append(Tag("P", stack.set_words(last.text, look, pad, width - 2 * pad)))
