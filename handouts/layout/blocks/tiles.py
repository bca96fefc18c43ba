"""Easier and harder ways side by side, sleep positions, and figures with a caption."""

from __future__ import annotations

from dataclasses import replace

from handouts.layout.blocks.pictures import (
    CARD_HEAD,
    TILE_HEAD,
    arrange_frames,
    check_head,
    draw_divider,
    load_frames,
    place_frames,
)
from handouts.layout.blocks.strips import set_move_strip
from handouts.layout.blocks.text import set_paragraph, set_step_entries
from handouts.layout.page import Block, Group, Tag
from handouts.layout.setting import Setting
from handouts.layout.stack import Stack
from handouts.tailor import plan

PAIR_HEIGHT = 88.0
SLEEP_HEIGHT = 78.0
LARGEST_PAIR_SCALE = 1.3


def set_pair_rows(setting: Setting, pairs: plan.Pairs, width: float, groups: tuple[Group, ...]) -> tuple[Block, ...]:
    """Return rows of pairs, two a row in two columns; each pair shows the easier way first."""
    columns = setting.theme.columns
    rows = [pairs.pairs[start : start + columns] for start in range(0, len(pairs.pairs), columns)]
    return tuple(_set_pair_row(setting, row, width, groups) for row in rows)


def _set_pair_row(setting: Setting, row: tuple[plan.Pair, ...], width: float, groups: tuple[Group, ...]) -> Block:
    theme = setting.theme
    stack = Stack(setting)
    column = setting.column if theme.columns == 2 else width
    boxes = [
        stack.open_box(
            number * (column + theme.gutter) + 0.5, 0.5, column - 1, radius=theme.corner("small"),
            fill=theme.colour("paper"), stroke=theme.colour("rule"), line=theme.line("hair"),
        )
        for number in range(len(row))
    ]  # fmt: skip
    bottom = 0.0
    for number, pair in enumerate(row):
        stack.y = theme.gap("s")
        stack.tags.append(_set_pair(stack, pair, number * (column + theme.gutter), column))
        bottom = max(bottom, stack.y)
    stack.y = bottom + theme.gap("s")
    for box in boxes:
        stack.close_box(box, stack.y - 0.5)
    return stack.finish(row[0].id, width, groups=groups, before=theme.gap("s"))


def _set_pair(stack: Stack, pair: plan.Pair, x: float, width: float) -> Tag:
    theme = stack.setting.theme
    pad = theme.gap("s")
    style = replace(theme.style("subheading"), size=theme.style("subheading").size - 0.5)
    topic = Tag("H3", stack.set_words(pair.topic, style, x + pad, width - 2 * pad))
    stack.y += theme.gap("xs")
    gap = pad if theme.columns == 2 else 2 * pad
    half = (width - 2 * pad - gap) / 2
    top = stack.y
    sides = (
        ("easier-way", "check", pair.easier, pair.figure_easier),
        ("harder-way", "", pair.harder, pair.figure_harder),
    )
    tags: list[Tag] = []
    bottom = top
    picture = PAIR_HEIGHT * theme.figures if pair.figure_easier or pair.figure_harder else 0.0
    for number, (key, icon, words, figure) in enumerate(sides):
        stack.y = top
        left = x + pad + number * (half + gap)
        tags.append(_set_way(stack, key, icon, words, figure, left, half, picture))
        bottom = max(bottom, stack.y)
    middle = x + pad + half + gap / 2
    draw_divider(stack, middle, top, middle, bottom)
    stack.y = bottom
    return Tag("Sect", (topic, *tags))


def _set_way(
    stack: Stack, key: str, icon: str, words: str, figure: plan.FigureUse | None, x: float, width: float, height: float
) -> Tag:
    """Set one way: figure, then its label and words. The harder way is grey as well as named."""
    setting = stack.setting
    theme = setting.theme
    children: list[Tag] = []
    top = stack.y
    if figure is not None:
        frames = load_frames(setting, figure)[:1]
        placing = arrange_frames(frames, width, height, 0, LARGEST_PAIR_SCALE * theme.figures)
        check_head(frames[0].head, placing.scale, TILE_HEAD, figure.id)
        y = top + height - placing.heights[0]
        tags, _ = place_frames(stack, figure, placing, x, y, width, 0)
        children += tags
    stack.y = top + height + (theme.gap("xs") if height else 0.0)
    colour = theme.colour("brand" if icon else "muted")
    label = replace(theme.style("label"), colour=colour)
    left = x
    if icon:
        stack.place_icon(icon, x, stack.y + 0.5, label.size + 1.5)
        left += label.size + 4
    name = Tag("P", stack.set_words(setting.word(key), label, left, width))
    way = Tag("P", stack.set_words(words, theme.style("tight"), x, width))
    return Tag("Div", (name, way, *children))


def set_sleep_rows(
    setting: Setting, cards: tuple[plan.SleepCard, ...], width: float, groups: tuple[Group, ...]
) -> tuple[Block, ...]:
    """Return sleep positions two a row, and moves such as the log roll as a strip of frames over the whole width."""
    positions = tuple(card for card in cards if card.kind == "position")
    moves = tuple(card for card in cards if card.kind == "move")
    columns = setting.theme.columns
    stops = {card.stop.text if card.stop else "" for card in positions}
    common = positions[0].stop if len(stops) == 1 and len(positions) > 1 else None
    if common is not None:
        positions = tuple(replace(card, stop=None) for card in positions)
    blocks = [
        _set_sleep_row(setting, positions[start : start + columns], width, groups)
        for start in range(0, len(positions), columns)
    ]
    if common is not None:
        blocks[-1] = replace(blocks[-1], keep_with_next=True)
        blocks.append(set_paragraph(setting, common, width, groups, "tight"))
    blocks += [set_move_strip(setting, card, width, groups) for card in moves]
    return tuple(blocks)


def _set_sleep_row(setting: Setting, row: tuple[plan.SleepCard, ...], width: float, groups: tuple[Group, ...]) -> Block:
    theme = setting.theme
    stack = Stack(setting)
    column = setting.column if theme.columns == 2 else width
    bottom = 0.0
    for number, card in enumerate(row):
        stack.y = 0.0
        stack.tags.append(_set_sleep(stack, card, number * (column + theme.gutter), column))
        bottom = max(bottom, stack.y)
    stack.y = bottom
    return stack.finish(row[0].id, width, groups=groups, before=theme.gap("m"))


def _set_sleep(stack: Stack, card: plan.SleepCard, x: float, width: float) -> Tag:
    setting = stack.setting
    theme = setting.theme
    frames = load_frames(setting, card.figure)
    alone = theme.columns == 1
    placing = arrange_frames(frames[:1], width, SLEEP_HEIGHT * (1.8 if alone else 1.0), 0, 2.2 * theme.figures)
    height = placing.heights[0] if alone else SLEEP_HEIGHT
    check_head(frames[0].head, placing.scale, CARD_HEAD, card.id)
    figure, _ = place_frames(stack, card.figure, placing, x, height - placing.heights[0], width, 0)
    stack.y = height + theme.gap("xs") + 2
    title = stack.set_words(card.title, theme.style("subheading"), x, width)
    head = [Tag("H3", title)]
    if card.best:
        label = replace(theme.style("label"), colour=theme.colour("brand"))
        stack.place_icon("check", x, stack.y + 0.5, label.size + 1.5)
        head.append(Tag("P", stack.set_words(setting.word("sleep-best"), label, x + label.size + 4, width)))
    body: list[Tag] = []
    if card.lead is not None:
        body.append(Tag("P", stack.set_words(card.lead.text, theme.style("tight"), x, width)))
    stack.y += 2
    body.append(set_step_entries(stack, card.steps, x, width, 1.5))
    if card.stop is not None:
        stack.y += 2
        body.append(Tag("P", stack.set_words(card.stop.text, theme.style("tight"), x, width)))
    return Tag("Sect", (*head, *figure, *body))


def set_figure(setting: Setting, block: plan.FigureBlock, width: float, groups: tuple[Group, ...]) -> Block:
    """Return a figure with its caption under it."""
    theme = setting.theme
    stack = Stack(setting)
    frames = load_frames(setting, block.figure)
    placing = arrange_frames(frames, width, SLEEP_HEIGHT * 1.2, theme.gap("s"), 2.0)
    figure, stack.y = place_frames(stack, block.figure, placing, 0, 0, width, theme.gap("s"))
    stack.y += theme.gap("xs")
    caption = stack.set_words(block.caption, theme.style("small"), 0, width, align="centre")
    stack.tags.append(Tag("Div", (*figure, Tag("P", caption))))
    return stack.finish(block.id, width, groups=groups, before=theme.gap("s"))
