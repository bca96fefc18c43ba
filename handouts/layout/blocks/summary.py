"""The plan in short: today's moves as tiles with small figures, or as plain lines, and the minutes a day."""

from __future__ import annotations

from dataclasses import dataclass, replace

from handouts.figure.shapes import Drawing
from handouts.layout.blocks.pictures import TILE_HEAD, FrameShape, load_frames
from handouts.layout.page import Block, Box, Group, Picture, Tag
from handouts.layout.setting import Setting
from handouts.layout.stack import Stack
from handouts.tailor import plan
from handouts.typeset.breaking import Span

LEAST_PICTURE = 44.0
LARGEST_SCALE = 1.25
TILE_GAP = 6.0
TILE_PAD = 3.0
LEAST_TILE = 7.4
"""Least width of a tile as a multiple of the type size of its words."""

WALK_ICON = "walk"


@dataclass(frozen=True, slots=True)
class TilePicture:
    """What a tile shows, with its alternative text; ``least`` is the smallest scale in points a unit."""

    shape: FrameShape | Drawing
    alt: str
    least: float


def choose_picture(setting: Setting, card: plan.ExerciseCard) -> TilePicture:
    """Return the frame that shows the move best: the one after the start. A walk is shown by its icon."""
    alt = card.figure.alt[min(1, len(card.figure.alt) - 1)]
    if card.group == "walk":
        icon = setting.figures.icon(WALK_ICON)
        return TilePicture(icon, alt, LEAST_PICTURE * setting.theme.figures * 0.8 / icon.height)
    frames = load_frames(setting, card.figure)
    frame = frames[min(1, len(frames) - 1)]
    return TilePicture(frame, alt, TILE_HEAD * setting.theme.figures / frame.head if frame.head else 0.5)


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
    stack.tags.append(Tag("P", stack.set_words(spans, theme.style("body"), 0, width)))
    before = theme.gap("xs")
    return stack.finish("goal", width, groups=groups, before=before, keep_with_next=True, personal=True)


def cut_rows(setting: Setting, cards: tuple[plan.ExerciseCard, ...], width: float) -> tuple[int, ...]:
    """Return how many tiles stand in each row: all in one if their figures are then large enough, else two rows."""
    if setting.theme.columns == 1:
        return tuple(min(2, len(cards) - start) for start in range(0, len(cards), 2))
    if sum(_list_needs(setting, cards)) + TILE_GAP * (len(cards) - 1) <= width:
        return (len(cards),) if cards else ()
    first = -(-len(cards) // 2)
    return first, len(cards) - first


def _list_needs(setting: Setting, cards: tuple[plan.ExerciseCard, ...]) -> list[float]:
    """Return the least width of each tile in points: its figure with a head of 4 mm, and words beneath."""
    words = LEAST_TILE * setting.theme.style("label").size
    pictures = [choose_picture(setting, card) for card in cards]
    return [max(picture.shape.width * picture.least + 2 * TILE_PAD + 0.5, words) for picture in pictures]


def set_tiles(
    setting: Setting, cards: tuple[plan.ExerciseCard, ...], width: float, groups: tuple[Group, ...], first: int = 1
) -> Block:
    """Return a row of tiles: the figure, number and name, the dose in short. All rows are one list."""
    theme = setting.theme
    stack = Stack(setting)
    needs = _list_needs(setting, cards)
    spare = max(0.0, width - sum(needs) - TILE_GAP * (len(cards) - 1)) / len(cards)
    widths = [min(need + spare, width / 3 if theme.columns == 2 else width / 2) for need in needs]
    lefts = [sum(widths[:number]) + TILE_GAP * number for number in range(len(cards))]
    pictures = [choose_picture(setting, card) for card in cards]
    height = max(LEAST_PICTURE * theme.figures, *(picture.shape.height * picture.least + 0.5 for picture in pictures))
    boxes = [
        stack.open_box(
            left + 0.5,
            0.5,
            tile - 1,
            radius=theme.corner("small"),
            fill=theme.colour("tint"),
            stroke=find_edge(setting),
            line=theme.line("hair"),
        )
        for left, tile in zip(lefts, widths, strict=True)
    ]
    entries = []
    bottom = 0.0
    for number, card in enumerate(cards):
        index = _place_picture(stack, pictures[number], lefts[number], widths[number], height)
        stack.y = TILE_PAD + height + theme.gap("xs")
        entries.append(
            _set_caption(stack, card, number + first, (lefts[number], widths[number]), index, pictures[number])
        )
        bottom = max(bottom, stack.y)
    for box in boxes:
        stack.close_box(box, bottom + theme.gap("xs"))
    stack.y = bottom + theme.gap("xs") + 0.5
    stack.tags += entries
    whole = (*groups, Group("L", "tiles", numbering="Decimal"))
    return stack.finish("plan", width, groups=whole, before=theme.gap("xs") + 2)


def find_edge(setting: Setting) -> str | None:
    """Return the colour of the edge of a tinted box: none where its ground is tinted."""
    theme = setting.theme
    return theme.colour("rule") if theme.colour("tint") == theme.colour("paper") else None


def _place_picture(stack: Stack, picture: TilePicture, x: float, width: float, height: float) -> int:
    """Place a tile's picture on the floor line of its row, in the middle; return its index."""
    shape = picture.shape
    largest = LARGEST_SCALE * stack.setting.theme.figures
    scale = min((width - 2 * TILE_PAD) / shape.width, height / shape.height, largest)
    scale = max(scale, picture.least) if shape.head == 0 else scale
    left = x + (width - shape.width * scale) / 2
    top = TILE_PAD + height - shape.height * scale
    return place_shape(stack, shape, left, top, scale)


def place_shape(stack: Stack, shape: FrameShape | Drawing, x: float, y: float, scale: float) -> int:
    """Place a frame of a figure, or an icon, with its top left corner at (x, y); return its index."""
    if isinstance(shape, Drawing):
        return stack.place(Picture(x, y, scale, shape, stack.setting.icon_palette))
    return stack.place_frame(shape, x, y, scale)


def _set_caption(
    stack: Stack, card: plan.ExerciseCard, number: int, span: tuple[float, float], index: int, picture: TilePicture
) -> Tag:
    theme = stack.setting.theme
    pad = TILE_PAD + 3
    name = theme.style("label")
    x, width = span[0] + pad, span[1] - 2 * pad
    indent = stack.measure(f"{number} ", name) + 2
    top = stack.y
    label = stack.set_words(str(number), replace(name, colour=theme.colour("brand")), x, indent)
    stack.y = top
    title = stack.set_words(card.title, name, x + indent, width - indent)
    small = replace(theme.style("small"), colour=theme.colour("ink"))
    dose = stack.set_words(card.dose.short, small, x + indent, width - indent)
    body = Tag("LBody", (Tag("P", title), Tag("P", dose), Tag("Figure", (index,), alt=picture.alt)))
    return Tag("LI", (Tag("Lbl", label), body))


def set_lines(setting: Setting, cards: tuple[plan.ExerciseCard, ...], width: float, groups: tuple[Group, ...]) -> Block:
    """Return the moves without pictures, in the theme's columns: for pages on which tiles find no room."""
    theme = setting.theme
    stack = Stack(setting)
    split = -(-len(cards) // 2) if theme.columns == 2 else len(cards)
    style = replace(theme.style("small" if theme.columns == 2 else "tight"), colour=theme.colour("ink"))
    indent = stack.measure("0 ", theme.style("label")) + 3
    entries = []
    bottom = 0.0
    for number, card in enumerate(cards):
        if number in {0, split}:
            stack.y = 0.0
        x = 0.0 if number < split else setting.column + theme.gutter
        top = stack.y
        colour = replace(style, colour=theme.colour("brand"))
        label = stack.set_words((Span(str(number + 1), "bold"),), colour, x, indent)
        stack.y = top
        spans = (Span(f"{card.title}: ", "bold"), Span(card.dose.short, "regular"))
        words = stack.set_words(spans, style, x + indent, setting.column - indent)
        entries.append(Tag("LI", (Tag("Lbl", label), Tag("LBody", words))))
        stack.y += 2
        bottom = max(bottom, stack.y)
    stack.y = bottom
    stack.tags.append(Tag("L", tuple(entries), numbering="Decimal"))
    return stack.finish("plan", width, groups=groups, before=theme.gap("xs"))


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
