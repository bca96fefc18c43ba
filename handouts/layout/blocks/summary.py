"""The plan in short: today's moves as tiles with small figures, and the minutes a day."""

from __future__ import annotations

from dataclasses import replace

from handouts.layout.blocks.pictures import TILE_HEAD, check_head, load_frames
from handouts.layout.page import Block, Box, Group, Picture, Tag
from handouts.layout.setting import Setting
from handouts.layout.stack import Stack
from handouts.tailor import plan

LARGEST_TILE_SCALE = 1.25
PICTURE_HEIGHT = 62.0


def set_summary_head(setting: Setting, sheet: plan.Plan, title: str, width: float, groups: tuple[Group, ...]) -> Block:
    """Return the heading of the plan, with the minutes a day at the right edge where they fit."""
    theme = setting.theme
    stack = Stack(setting)
    style = theme.style("heading")
    label = replace(theme.style("label"), size=theme.style("label").size + 1, colour=theme.colour("ink"))
    minutes = setting.word("minutes-a-day", n=sheet.minutes_per_day) if sheet.minutes_per_day else ""
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


def set_tiles(
    setting: Setting, cards: tuple[plan.ExerciseCard, ...], width: float, groups: tuple[Group, ...], first: int = 1
) -> Block:
    """Return a row of tiles: number and name, the last frame of the figure, the dose in short."""
    theme = setting.theme
    stack = Stack(setting)
    gap = theme.gap("s")
    tile = (width - gap * (len(cards) - 1)) / max(len(cards), 1)
    tile = min(tile, width / 3)
    boxes = [
        stack.open_box(
            number * (tile + gap) + 0.5,
            0.5,
            tile - 1,
            radius=theme.corner("small"),
            fill=theme.colour("tint"),
            stroke=_edge(setting),
            line=theme.line("hair"),
        )
        for number in range(len(cards))
    ]
    entries = []
    bottom = 0.0
    for number, card in enumerate(cards):
        stack.y = 0.0
        entries.append(_set_tile(stack, card, number + first, number * (tile + gap), tile))
        bottom = max(bottom, stack.y)
    for box in boxes:
        stack.close_box(box, bottom + theme.gap("xs"))
    stack.y = bottom + theme.gap("xs") + 0.5
    stack.tags.append(Tag("L", tuple(entries), numbering="Decimal"))
    return stack.finish("plan", width, groups=groups, before=theme.gap("xs") + 2)


def _edge(setting: Setting) -> str | None:
    theme = setting.theme
    return theme.colour("rule") if theme.colour("tint") == theme.colour("paper") else None


def _set_tile(stack: Stack, card: plan.ExerciseCard, number: int, x: float, width: float) -> Tag:
    setting = stack.setting
    theme = setting.theme
    pad = 5.0
    frames = load_frames(setting, card.figure)
    last = frames[-1] if len(frames) < 3 else frames[1]
    scale = min((width - 2 * pad) / last.width, PICTURE_HEIGHT / last.height, LARGEST_TILE_SCALE)
    check_head(frames, scale, TILE_HEAD, card.id)
    y = pad + PICTURE_HEIGHT - last.height * scale
    picture = stack.place(Picture(x + (width - last.width * scale) / 2, y, scale, last, setting.palette))
    stack.y = pad + PICTURE_HEIGHT + theme.gap("xs")
    name = replace(theme.style("label"), colour=theme.colour("ink"))
    indent = stack.measure(f"{number} ", name) + 2
    top = stack.y
    colour = replace(name, colour=theme.colour("brand"))
    label = stack.set_words(str(number), colour, x + pad, indent)
    stack.y = top
    title = stack.set_words(card.title, name, x + pad + indent, width - 2 * pad - indent)
    small = replace(theme.style("small"), colour=theme.colour("ink"))
    dose = stack.set_words(card.dose.short, small, x + pad + indent, width - 2 * pad - indent)
    alt = card.figure.alt[min(len(card.figure.alt) - 1, 1)]
    body = Tag("LBody", (Tag("Figure", (picture,), alt=alt), Tag("P", title), Tag("P", dose)))
    return Tag("LI", (Tag("Lbl", label), body))


def set_listing(
    setting: Setting, card: plan.ExerciseCard, number: int, width: float, groups: tuple[Group, ...]
) -> Block:
    """Return one move as a row of a list: small figure, name, dose, and its steps as one paragraph."""
    theme = setting.theme
    stack = Stack(setting)
    picture_width = 104.0
    frames = load_frames(setting, card.figure)
    last = frames[-1] if len(frames) < 3 else frames[1]
    scale = min(picture_width / last.width, PICTURE_HEIGHT / last.height, LARGEST_TILE_SCALE)
    check_head(frames, scale, TILE_HEAD, card.id)
    left = picture_width + theme.gap("m")
    style = theme.style("subheading")
    head = Tag("H3", stack.set_words(f"{number}  {card.title}", style, left, width - left))
    dose = "  \u00b7  ".join(card.dose.words)
    amount = Tag("P", stack.set_words(dose, theme.style("badge"), left, width - left))
    text = " ".join(step.text for step in card.steps)
    steps = Tag("P", stack.set_words(text, theme.style("tight"), left, width - left))
    stop = f"**{setting.word('stop-if')}:** " + " ".join(line.text for line in card.stop)
    warning = Tag("P", stack.set_words(stop, theme.style("tight"), left, width - left))
    height = last.height * scale
    y = max(0.0, (stack.y - height) / 2)
    picture = stack.place(Picture((picture_width - last.width * scale) / 2, y, scale, last, setting.palette))
    stack.y = max(stack.y, height)
    alt = card.figure.alt[min(len(card.figure.alt) - 1, 1)]
    stack.tags.append(Tag("Sect", (head, Tag("Figure", (picture,), alt=alt), amount, steps, warning)))
    return stack.finish(card.id, width, groups=groups, before=theme.gap("s"))


def set_frame_line(setting: Setting, text: str, width: float, groups: tuple[Group, ...]) -> Block:
    """Return a line in a tinted box: what to do when no move suits."""
    theme = setting.theme
    stack = Stack(setting)
    pad = theme.gap("s")
    box = stack.place(Box(0, 0, width, 0, theme.corner("small"), theme.colour("tint"), _edge(setting), 0.75))
    stack.y = pad
    stack.tags.append(Tag("P", stack.set_words(text, theme.style("body"), pad, width - 2 * pad)))
    stack.y += pad
    stack.close_box(box, stack.y)
    return stack.finish("plan", width, groups=groups, before=theme.gap("xs"))
