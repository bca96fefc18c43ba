"""Moves as rows of a list: for sheets with little room."""

from __future__ import annotations

from handouts.layout.blocks.tile_rows import LARGEST_SCALE, choose_picture, place_shape
from handouts.layout.page import Block, Group, Tag
from handouts.layout.setting import Setting
from handouts.layout.stack import Stack
from handouts.tailor import plan

PICTURE_HEIGHT = 62.0


def set_listing(
    setting: Setting, card: plan.ExerciseCard, number: int, width: float, groups: tuple[Group, ...]
) -> Block:
    """Return one move as a row of a list: small figure, name, dose, and its steps as one paragraph."""
    theme = setting.theme
    stack = Stack(setting)
    picture_width = 104.0
    shown = choose_picture(setting, card)
    shape = shown.shape
    scale = max(min(picture_width / shape.width, PICTURE_HEIGHT / shape.height, LARGEST_SCALE), shown.least)
    left = max(picture_width, shape.width * scale) + theme.gap("m")
    style = theme.style("subheading")
    head = Tag("H3", stack.set_words(f"{number}  {card.title}", style, left, width - left))
    dose = "  \u00b7  ".join(card.dose.words)
    amount = Tag("P", stack.set_words(dose, theme.style("badge"), left, width - left))
    text = " ".join(step.text for step in card.steps)
    steps = Tag("P", stack.set_words(text, theme.style("tight"), left, width - left))
    stop = f"**{setting.word('stop-if')}:** " + " ".join(line.text for line in card.stop)
    warning = Tag("P", stack.set_words(stop, theme.style("tight"), left, width - left))
    height = shape.height * scale
    y = max(0.0, (stack.y - height) / 2)
    picture = place_shape(stack, shape, (left - theme.gap("m") - shape.width * scale) / 2, y, scale)
    stack.y = max(stack.y, height)
    figure = Tag("Figure", (picture,), alt=shown.alt)
    stack.tags.append(Tag("Sect", (head, figure, amount, steps, warning)))
    return stack.finish(card.id, width, groups=groups, before=theme.gap("s"))
