"""The plan in short: its heading with the minutes a day, the goal, and the moves as plain lines."""

from __future__ import annotations

from dataclasses import replace

from handouts.layout.page import Block, Box, Group, Placed, Tag
from handouts.layout.pieces import BEHIND_COMMA, set_pieces
from handouts.layout.setting import Setting
from handouts.layout.stack import Stack, join_parts
from handouts.layout.tags import tag_paragraphs
from handouts.tailor import plan
from handouts.typeset.breaking import Span


def set_summary_head(setting: Setting, minutes: str, title: str, width: float, groups: tuple[Group, ...]) -> Block:
    """Return the heading of the plan, with the minutes a day at the right edge where they fit."""
    theme = setting.theme
    stack = Stack(setting)
    style = theme.style("heading")
    label = replace(theme.style("label"), size=theme.style("label").size + 1, colour=theme.colour("ink"))
    room = width - stack.measure(minutes, label) - theme.gap("m")
    beside = stack.measure(title, style) <= room
    heading = Tag("H2", stack.set_words(title, style, 0, room if beside else width))
    stack.tags.append(heading)
    if minutes:
        bottom = stack.y
        if beside:
            stack.y = bottom - label.line - 1
        stack.tags.append(Tag("P", stack.set_words(minutes, label, 0, width, align="right" if beside else "left")))
        stack.y = max(stack.y, bottom)
    return stack.finish("plan", width, groups=groups, before=theme.gap("m"), keep_with_next=True)


def tell_minutes(setting: Setting, sheet: plan.Plan) -> str:
    """Return the minutes a day, with walking and breathing, which are not counted, named beside them."""
    if not sheet.minutes_per_day:
        return ""
    words = setting.word("minutes-a-day", n=sheet.minutes_per_day)
    groups = {card.group for card in sheet.exercises}
    for apart, key in (
        ({"walk", "breathing"}, "plus-walking-and-breathing"),
        ({"walk"}, "plus-walking"),
        ({"breathing"}, "plus-breathing"),
    ):
        if apart <= groups:
            return setting.word(key, minutes=words)
    return words


def set_goal_line(setting: Setting, goal: str, width: float, groups: tuple[Group, ...]) -> Block:
    """Return the person's own goal on a line of its own; personal. Its words are taken without mark-up."""
    theme = setting.theme
    stack = Stack(setting)
    spans = (Span(setting.word("goal") + ": ", "bold"), Span(goal, "regular"))
    tags = tag_paragraphs((stack.set_words(spans, theme.style("body"), 0, width),))
    before = theme.gap("xs")
    return stack.finish("goal", width, tags=tags, groups=groups, before=before, keep_with_next=True, personal=True)


def find_edge(setting: Setting) -> str | None:
    """Return the colour of the edge of a tinted box: none where its ground is tinted."""
    theme = setting.theme
    return theme.colour("rule") if theme.colour("tint") == theme.colour("paper") else None


def set_lines(
    setting: Setting, cards: tuple[plan.ExerciseCard, ...], width: float, groups: tuple[Group, ...], style: str
) -> Block:
    """Return the moves without pictures, in the theme's columns: for pages on which tiles find no room.

    Each line, in a text style of the theme, is a part of its own, the same for all who have that move there.
    """
    theme = setting.theme
    split = -(-len(cards) // 2) if theme.columns == 2 else len(cards)
    whole = (*groups, Group("L", "lines", numbering="Decimal"))
    parts = []
    y = bottom = 0.0
    for number, card in enumerate(cards):
        line = setting.remember(_set_line, card.title, card.dose.short, number + 1, whole, style)
        y = 0.0 if number == split else y
        parts.append(Placed(line, 0.0 if number < split else setting.column + theme.gutter, y))
        y += line.height
        bottom = max(bottom, y)
    return join_parts("plan", parts, width, bottom, theme.gap("xs"))


def _set_line(setting: Setting, title: str, dose: str, number: int, groups: tuple[Group, ...], size: str) -> Block:
    theme = setting.theme
    stack = Stack(setting)
    style = replace(theme.style(size), colour=theme.colour("ink"))
    indent = stack.measure("0 ", theme.style("label")) + 3
    label = stack.set_words((Span(str(number), "bold"),), replace(style, colour=theme.colour("brand")), 0, indent)
    stack.y = 0.0
    pieces = [(Span(f"{title}:", "bold"),), *((Span(part, "regular"),) for part in BEHIND_COMMA.split(dose))]
    words = set_pieces(stack, pieces, style, indent, setting.column - indent)
    stack.tags.append(Tag("LI", (Tag("Lbl", label), Tag("LBody", words))))
    stack.y += 2
    return stack.finish("plan", setting.column, groups=groups)


def set_frame_line(setting: Setting, text: str, width: float, groups: tuple[Group, ...]) -> Block:
    """Return a line in a tinted box: what to do when no move suits."""
    theme = setting.theme
    stack = Stack(setting)
    pad = theme.gap("s")
    box = stack.place(Box(0, 0, width, 0, theme.corner("small"), theme.colour("tint"), find_edge(setting), 0.75))
    stack.y = pad
    stack.tags.append(Tag("P", stack.set_words(text, theme.style("body"), pad, width - 2 * pad)))
    stack.y += pad
    stack.close_box(box, stack.y)
    return stack.finish("plan", width, groups=groups, before=theme.gap("xs"))
