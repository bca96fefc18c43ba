"""Exercise cards: figure on the left, words on the right, never split."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import fsum
from typing import NamedTuple

from handouts.layout.blocks.pictures import (
    CARD_HEAD,
    arrange_frames,
    find_least_height,
    load_frames,
    make_size_error,
    place_frames,
)
from handouts.layout.blocks.text import set_step_entries
from handouts.layout.page import Block, Box, Group, Tag, Text
from handouts.layout.setting import Setting
from handouts.layout.stack import Stack
from handouts.tailor import plan
from handouts.typeset.breaking import Line, Span
from handouts.typeset.fonts import FontSet

DOT = " \u00b7 "

FIGURE_SHARES = (0.2, 0.25, 0.3, 0.35, 0.41, 0.47, 0.53)
"""Shares of a card's width that its figure may take; the one that makes the card lowest is taken."""

NEARLY = 0.85
"""Where words are large, the lowest card is taken of those whose figure is this part of the largest."""

SPARE = 3.0
"""Points that a card may be higher than it need be, for the sake of a larger figure."""

TALL_SHARES = (0.26, 0.3, 0.34)
"""The shares for a figure that is taller than wide, where words are large."""

LARGEST_SCALE = 1.75
TALLEST = 300.0

FIRST_CARD, LATER_CARD = 485.0, 600.0
"""Points that a card over the whole width may be high for the sake of its figure: a letter page holds it, and the first
with a heading above it.
"""

TALLEST_ALONE = 240.0


def set_card(setting: Setting, card: plan.ExerciseCard, number: int, width: float, groups: tuple[Group, ...]) -> Block:
    """Return a card. ``number`` stands in front of its name and makes the block belong to its place.

    LayoutError when no share of the card's width lets the figure's head be 6 mm high.
    """
    shares = _list_shares(setting, card)
    choose = _choose_lowest if setting.theme.columns == 2 else _choose_clearest
    best = choose(_set_card(setting, card, number, width, share) for share in shares)
    if best is None:
        frames = load_frames(setting, card.figure)
        placing = arrange_frames(frames, width * shares[-1], TALLEST, 0, LARGEST_SCALE)
        raise make_size_error(frames[0].head * placing.scale, CARD_HEAD * setting.theme.figures, card.id)
    return best.finish(card.id, width, groups=groups, before=setting.theme.gap("s") + 1)


class Trial(NamedTuple):
    """A card whose figure has a share of its width; ``scale`` is the figure's in points a unit.

    ``settled`` says that its words are higher than its figure, so that a larger share makes it only higher.
    """

    stack: Stack
    settled: bool
    scale: float


def _choose_lowest(trials: Iterable[Trial | None]) -> Stack | None:
    """Return the card with the largest figure of those hardly higher than the lowest; None if there is none."""
    best: Stack | None = None
    lowest = 1e9
    for trial in trials:
        if trial is None:
            continue
        lowest = min(lowest, trial.stack.y)
        if trial.stack.y <= lowest + SPARE:
            best = trial.stack
        elif trial.settled:
            break
    return best


def _choose_clearest(trials: Iterable[Trial | None]) -> Stack | None:
    """Return the lowest card of those whose figure is nearly as large as the largest; None if there is none."""
    made = [trial for trial in trials if trial is not None]
    largest = max((trial.scale for trial in made), default=0.0)
    clear = [trial.stack for trial in made if trial.scale >= largest * NEARLY]
    return min(clear, key=lambda stack: stack.y, default=None)


def _list_shares(setting: Setting, card: plan.ExerciseCard) -> tuple[float, ...]:
    """Return the shares of a card's width that its figure may take.

    In one column the figure stands above the words, over the whole width; a tall one may stand beside them.
    """
    if setting.theme.columns == 2:
        return FIGURE_SHARES
    frames = load_frames(setting, card.figure)
    return (*TALL_SHARES, 1.0) if frames[0].height > frames[0].width else (1.0,)


NUMERAL = 2
"""Place of the number among a card's items: after its frame and the disc."""


def number_card(
    setting: Setting, card: plan.ExerciseCard, number: int, width: float, groups: tuple[Group, ...]
) -> Block:
    """Return a card with its number, which changes nothing else: the card is set once for all numbers alike."""
    first = number == 1 and setting.theme.columns == 1
    block = setting.remember(set_card, card, 1 if first else 2, width, groups)
    return block if first or number == 2 else setting.recall(_change_number, block, number, setting.fonts)


def _change_number(block: Block, number: int, fonts: FontSet) -> Block:
    old = block.items[NUMERAL]
    assert isinstance(old, Text)
    run = replace(old.runs[0], text=str(number))
    width = fonts.face(run.face).advance(run.text, run.size)
    numeral = replace(old, x=old.x + (old.width - width) / 2, width=width, runs=(run,))
    items = (*block.items[:NUMERAL], numeral, *block.items[NUMERAL + 1 :])
    return replace(block, key=f"{block.key}-{number}", items=items)


def _set_card(setting: Setting, card: plan.ExerciseCard, number: int, width: float, share: float) -> Trial | None:
    """Return a card whose figure takes a share of the width.

    The figure is as large as the words' height allows, and at least so large that its head is 6 mm high; None when the
    width is too small for that. More width for a figure never lowers the words.
    """
    theme = setting.theme
    frames = load_frames(setting, card.figure)
    labels = _name_frames(setting, len(frames))
    label = theme.style("small").line + 1 if labels else 0.0
    gap = theme.gap("xs") + 1
    stack = Stack(setting)
    pad = theme.gap("s")
    inner = width - 2 * pad - 4 - (theme.gutter - 4 if share < 1 else 0.0)
    least = find_least_height(frames, inner * share, gap, CARD_HEAD * theme.figures, label)
    if least is None:
        return None
    frame = stack.open_box(
        0.5, 0.5, width - 1, radius=theme.corner("box"), fill=theme.colour("paper"),
        stroke=theme.colour("rule"), line=theme.line("frame"),
    )  # fmt: skip
    stack.y = pad
    head = _set_head(stack, card, number, pad, width - 2 * pad)
    top = stack.y + theme.gap("xs") - 1
    left = pad + 2
    if share == 1:
        trial = Stack(setting)
        _set_words(trial, card, left, inner)
        spare = (FIRST_CARD if number == 1 else LATER_CARD) - top - trial.y - theme.gap("s") - pad
        height = max(least, min(TALLEST_ALONE, spare))
        placing = arrange_frames(frames, inner, height, gap, LARGEST_SCALE * 1.6, label)
        figures, stack.y = place_frames(stack, card.figure, placing, left, top, inner, gap, labels)
        stack.y += theme.gap("s")
        words = _set_words(stack, card, left, inner)
        stack.y += pad
    else:
        stack.y = top + 1
        words = _set_words(stack, card, left + inner * share + theme.gutter - 4, inner * (1 - share))
        height = max(least, stack.y - top - 2)
        words_decide = stack.y >= top + least
        placing = arrange_frames(frames, inner * share, height, gap, LARGEST_SCALE * theme.figures, label)
        used = fsum(placing.heights) + (len(placing.rows) - 1) * gap + label * len(placing.rows)
        start = top + max(0.0, min((height - used) / 2, 24.0))
        bottom = stack.y
        figures, stack.y = place_frames(stack, card.figure, placing, left, start, inner * share, gap, labels)
        stack.y = max(stack.y, bottom) + pad
    stack.close_box(frame, stack.y - 0.5)
    stack.tags.append(Tag("Sect", (*head, *figures, *words)))
    return Trial(stack, share == 1 or words_decide, placing.scale)


def _set_head(stack: Stack, card: plan.ExerciseCard, number: int, x: float, width: float) -> tuple[Tag, ...]:
    """Set the number in a disc, the name, and the dose as a badge: beside the name, or under it."""
    theme = stack.setting.theme
    style = replace(theme.style("subheading"), colour=theme.colour("ink"))
    disc = style.size * 1.65
    top = stack.y
    brand = theme.colour("brand")
    stack.place(Box(x, top, disc, disc, radius=disc / 2, fill=brand, stroke=brand, line=0.75))
    digit = replace(style, colour=theme.colour("paper"))
    stack.y = top + (disc - style.line) / 2
    numeral = stack.set_words((Span(str(number), "bold"),), digit, x, disc, align="centre", joins=True)
    left = x + disc + theme.gap("s")
    badge = theme.style("badge")
    edge = theme.gap("s") + 1
    lines = _break_dose(stack, card.dose.words, width - (left - x) - 2 * edge)
    badge_width = max(stack.measure(line, badge) for line in lines) + 2 * edge
    room = width - (left - x) - badge_width - theme.gap("m")
    beside = stack.measure(card.title, style) <= room
    stack.y = top + (disc - style.line) / 2
    name = stack.set_words(card.title, style, left, room if beside else width - (left - x))
    bottom = max(top + disc, stack.y)
    badge_height = badge.line * len(lines) + 4
    if beside:
        badge_x, badge_y = x + width - badge_width, top + (disc - badge_height) / 2
    else:
        badge_x, badge_y = left, bottom + 1
        bottom = badge_y + badge_height
    corner = (badge.line + 4) / 2
    stack.place(Box(badge_x, badge_y, badge_width, badge_height, corner, theme.colour("tint"), _edge(stack), 0.75))
    stack.y = badge_y + 2
    amount: list[int] = []
    for line in lines:
        spans = (Span(line, badge.weight),)
        amount += stack.set_words(spans, badge, badge_x + edge, badge_width, joins=line is not lines[-1])
    stack.y = max(bottom, stack.y)
    return Tag("H3", (*numeral, *name)), Tag("P", tuple(amount))


def _break_dose(stack: Stack, words: tuple[str, ...], width: float) -> list[str]:
    """Return the dose in as few lines as can be, broken only between its parts."""
    badge = stack.setting.theme.style("badge")
    lines: list[str] = []
    for part in words:
        longer = f"{lines[-1]}{DOT}{part}" if lines else part
        if lines and stack.measure(longer + DOT, badge) <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return [line + DOT.rstrip() for line in lines[:-1]] + lines[-1:]


def _edge(stack: Stack) -> str | None:
    """Return the colour of a badge's edge: none where its ground is tinted."""
    theme = stack.setting.theme
    return theme.colour("rule") if theme.colour("tint") == theme.colour("paper") else None


def _name_frames(setting: Setting, count: int) -> tuple[str, ...]:
    if count == 1:
        return ()
    if count == 2:
        return setting.word("start"), setting.word("move")
    return tuple(str(number) for number in range(1, count + 1))


def _set_words(stack: Stack, card: plan.ExerciseCard, x: float, width: float) -> tuple[Tag, ...]:
    setting = stack.setting
    theme = setting.theme
    tags = [set_step_entries(stack, card.steps, x, width, 1.0)]
    stack.y += theme.gap("xs")
    if card.caution is not None:
        tags.append(_set_labelled(stack, "take-care", card.caution.text, x, width, "warning"))
    tags.append(_set_labelled(stack, "you-should-feel", card.feel.text, x, width, "brand"))
    tags.append(_set_labelled(stack, "stop-if", _join_sentences(card.stop), x, width, "warning"))
    tags.append(_set_labelled(stack, "easier", card.easier.text, x, width, "brand"))
    if card.not_for:
        label = theme.style("label")
        stack.y += 2
        tags.append(Tag("P", stack.set_words(setting.word("not-for-you"), label, x, width)))
        texts = tuple(line.text for line in card.not_for)
        tags.append(stack.set_bullets(texts, theme.style("tight"), x, width, 0, theme.colour("warning")))
    if card.overridden_by:
        words = setting.word("overridden", title=card.title, name=card.overridden_by)
        tags.append(Tag("P", stack.set_words(words, theme.style("small"), x, width)))
    return tuple(tags)


def _set_labelled(stack: Stack, key: str, text: str, x: float, width: float, colour: str) -> Tag:
    """Set a paragraph that opens with a bold label in a colour; further lines start at the label's left edge."""
    setting = stack.setting
    style = setting.theme.style("tight")
    label = Span(setting.word(key) + ": ", "bold")
    stack.y += 1
    first = setting.fonts.width(label.text, "bold", style.size)
    line_top = stack.y
    painted = replace(style, colour=setting.theme.colour(colour))
    mark = stack.place(setting.set_line(Line((label,), first), painted, x, line_top))
    body = stack.set_words(text, style, x, width, first=first)
    return Tag("P", (mark, *body))


def _join_sentences(statements: tuple[plan.Statement, ...]) -> str:
    return " ".join(statement.text for statement in statements)
