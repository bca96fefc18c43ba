"""Today's moves as tiles with small figures: the figure, number and name, the dose in short."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from handouts.dataclass import dataclass
from handouts.figure.shapes import Drawing
from handouts.layout.blocks.pictures import TILE_HEAD, load_frames
from handouts.layout.blocks.summary import find_edge
from handouts.layout.page import Block, Group, Picture, Placed, Tag
from handouts.layout.setting import Setting
from handouts.layout.stack import FrameShape, Stack, join_parts, set_frames
from handouts.tailor import plan

LEAST_PICTURE = 44.0
LARGEST_SCALE = 1.25
TILE_GAP = 6.0
TILE_PAD = 3.0
LEAST_TILE = 7.4
"""Least width of a tile as a multiple of the type size of its words."""

WIDTH_STEP, HEIGHT_STEP = 4.0, 2.0
"""Points by which widths of tiles and heights of their pictures differ, so that there are few of them."""

WALK_ICON = "walk"
TILES = Group("L", "tiles", numbering="Decimal")


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


def cut_rows(setting: Setting, cards: tuple[plan.ExerciseCard, ...], width: float) -> tuple[int, ...]:
    """Return how many tiles stand in each row: all in one if their figures are then large enough, else two rows."""
    if setting.theme.columns == 1:
        return tuple(min(2, len(cards) - start) for start in range(0, len(cards), 2))
    needs = [setting.recall(measure_tile, card, setting)[0] for card in cards]
    if sum(needs) + TILE_GAP * (len(cards) - 1) <= width:
        return (len(cards),) if cards else ()
    first = -(-len(cards) // 2)
    return first, len(cards) - first


def measure_tile(card: plan.ExerciseCard, setting: Setting) -> tuple[float, float]:
    """Return the least width of a tile in points, for a head of 4 mm and words beneath, and its picture's height."""
    words = LEAST_TILE * setting.theme.style("label").size
    picture = choose_picture(setting, card)
    width = max(picture.shape.width * picture.least + 2 * TILE_PAD + 0.5, words)
    return width, picture.shape.height * picture.least + 0.5


def share_width(needs: Sequence[float], room: float) -> list[float]:
    """Return the widths of a row's tiles, together at most ``room`` points if their needs are.

    Those that need more than an equal share have what they need; the others have one width in steps, or what they need
    if that is more, so that a tile is the same in many rows.
    """
    shared = sorted(needs)
    left = room
    while shared and shared[-1] > left / len(shared):
        left -= shared.pop()
    level = math.floor(left / len(shared) / WIDTH_STEP) * WIDTH_STEP if shared else 0.0
    return [max(need, level) for need in needs]


def set_tiles(
    setting: Setting, cards: tuple[plan.ExerciseCard, ...], width: float, groups: tuple[Group, ...], first: int = 1
) -> Block:
    """Return a row of tiles. All rows are one list; each tile is a part of its own, the same in many rows."""
    theme = setting.theme
    sizes = [setting.recall(measure_tile, card, setting) for card in cards]
    room = width - TILE_GAP * (len(cards) - 1)
    most = width / 3 if theme.columns == 2 else width / 2
    widths = [min(each, most) for each in share_width([need for need, _ in sizes], room)]
    spare = (room - sum(widths)) / (len(cards) - 1) if len(cards) > 1 else 0.0
    gap = TILE_GAP + (spare if spare <= WIDTH_STEP else 0.0)
    tallest = max(LEAST_PICTURE * theme.figures, *(height for _, height in sizes))
    tallest = math.ceil(tallest / HEIGHT_STEP) * HEIGHT_STEP
    groups = (*groups, TILES)
    blocks = [
        setting.recall(set_tile, card, setting, number, tile, tallest, groups)
        for number, (card, tile) in enumerate(zip(cards, widths, strict=True), first)
    ]
    bottom = max(block.height for block in blocks)
    places = [(sum(widths[:at]) + gap * at, block) for at, block in enumerate(blocks)]
    boxes = tuple((round(x, 2) + 0.5, 0.5, block.width - 1, bottom - 0.5) for x, block in places)
    frames = setting.remember(set_frames, boxes, (theme.colour("tint"), find_edge(setting)))
    parts = [Placed(frames, 0, 0), *(Placed(block, x, 0) for x, block in places)]
    return join_parts("plan", parts, width, bottom + 0.5, theme.gap("xs") + 2)


def set_tile(
    card: plan.ExerciseCard,
    setting: Setting,
    number: int,
    width: float,
    height: float,
    groups: tuple[Group, ...],
) -> Block:
    """Return what stands in a tile: its picture in ``height`` points, number, name and dose."""
    theme = setting.theme
    stack = Stack(setting)
    picture = choose_picture(setting, card)
    index = _place_picture(stack, picture, 0.0, width, height)
    stack.y = TILE_PAD + height + theme.gap("xs")
    stack.tags.append(_set_caption(stack, card, number, (0.0, width), index, picture))
    stack.y += theme.gap("xs")
    return stack.finish("plan", width, groups=groups)


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
