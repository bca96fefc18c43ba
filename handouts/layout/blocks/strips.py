"""Frames from left to right, each with its step under it: getting out of bed, getting up from the floor."""

from __future__ import annotations

from dataclasses import replace

from handouts.layout.blocks.pictures import TILE_HEAD, Arrangement, check_head, load_frames, place_frames
from handouts.layout.blocks.text import limit_measure, set_step_entries
from handouts.layout.page import Block, Group, Tag
from handouts.layout.setting import Setting
from handouts.layout.stack import Stack
from handouts.tailor import plan

STRIP_HEIGHT = 84.0
LARGEST_SCALE = 1.5
BESIDE = 4
"""Frames side by side on a page of two columns, two on a page of one."""


def set_move_strip(setting: Setting, card: plan.SleepCard, width: float, groups: tuple[Group, ...]) -> Block:
    """Return a move in frames, with when to stop and what is easier below."""
    stack = Stack(setting)
    tight = setting.theme.style("tight")
    head = [Tag("H3", stack.set_words(card.title, setting.theme.style("subheading"), 0, width))]
    if card.lead is not None:
        head.append(Tag("P", stack.set_words(card.lead.text, tight, 0, width)))
    body = [_set_frames(stack, card.figure, card.steps, width)]
    easier = f"**{setting.word('easier')}:** {card.easier.text}" if card.easier else ""
    closing = " ".join(text for text in (card.stop.text if card.stop else "", easier) if text)
    if closing:
        stack.y += 2
        body.append(Tag("P", stack.set_words(closing, tight, 0, width)))
    stack.tags.append(Tag("Sect", (*head, *body)))
    return stack.finish(card.id, width, groups=groups, before=setting.theme.gap("m"))


def set_steps(setting: Setting, steps: plan.StepList, width: float, groups: tuple[Group, ...]) -> Block:
    """Return numbered steps under their title, as one block; with a figure, each step stands under its frame."""
    stack = Stack(setting)
    if steps.title:
        stack.tags.append(stack.set_paragraph(steps.title, setting.theme.style("subheading"), 0, width, "H3"))
        stack.y += setting.theme.gap("xs")
    if steps.figure is not None:
        stack.tags.append(_set_frames(stack, steps.figure, steps.items, width))
    else:
        stack.tags.append(
            set_step_entries(stack, steps.items, 0, limit_measure(setting, width, setting.theme.style("tight").size), 2)
        )
    return stack.finish(steps.id, width, groups=groups, before=setting.theme.gap("s"))


def _set_frames(stack: Stack, use: plan.FigureUse, steps: tuple[plan.Statement, ...], width: float) -> Tag:
    """Place the frames in rows, each step under its own, further steps below; return the tag of the list."""
    theme = stack.setting.theme
    frames = load_frames(stack.setting, use)
    columns = min(len(frames), BESIDE if theme.columns == 2 else 2)
    gap = theme.gap("m")
    column = (width - gap * (columns - 1)) / columns
    tallest = STRIP_HEIGHT * theme.figures
    least = TILE_HEAD / frames[0].head if frames[0].head else 0.0
    scale = min(column / frames[0].width, max(tallest / frames[0].height, least), LARGEST_SCALE * theme.figures)
    check_head(frames[0].head, scale, TILE_HEAD, use.id)
    entries: list[Tag] = []
    top = bottom = stack.y + theme.gap("xs")
    for number, frame in enumerate(frames):
        if number % columns == 0 and number:
            top = bottom + theme.gap("s")
        x = (number % columns) * (column + gap)
        own = replace(use, alt=(use.alt[min(number, len(use.alt) - 1)],))
        figure, below = place_frames(stack, own, Arrangement(scale, ((frame,),)), x, top, column, 0)
        stack.y = below + theme.gap("xs")
        if number < len(steps):
            entries.append(_set_step(stack, number + 1, steps[number], x, column, figure))
        bottom = max(bottom, stack.y)
    stack.y = bottom
    for number, step in enumerate(steps[len(frames) :], len(frames) + 1):
        stack.y += 2
        entries.append(_set_step(stack, number, step, 0, width, ()))
    return Tag("L", tuple(entries), numbering="Decimal")


def _set_step(stack: Stack, number: int, step: plan.Statement, x: float, width: float, figure: tuple[Tag, ...]) -> Tag:
    theme = stack.setting.theme
    style = theme.style("tight")
    entry = stack.set_entry(str(number), step.text, style, x, width, label_colour=theme.colour("brand"))
    label, body = entry.children
    assert isinstance(label, Tag) and isinstance(body, Tag)
    return Tag("LI", (label, Tag("LBody", (Tag("P", body.children), *figure))))
