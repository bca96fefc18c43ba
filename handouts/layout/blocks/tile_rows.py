"""Today's moves as tiles with small figures: the figure, number and name, the dose in short."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from math import fsum
from typing import NamedTuple

from handouts.dataclass import dataclass
from handouts.figure.shapes import Drawing
from handouts.layout.blocks.pictures import TILE_HEAD, load_frames
from handouts.layout.blocks.summary import find_edge
from handouts.layout.page import Block, Group, Picture, Placed, Tag
from handouts.layout.pieces import BEHIND_COMMA, set_pieces
from handouts.layout.setting import Setting
from handouts.layout.stack import FrameShape, Stack, join_parts, set_frames
from handouts.tailor import plan
from handouts.typeset.breaking import Span

LEAST_PICTURE = 44.0
LARGEST_SCALE = 1.25
MOST_WIDE = 2
"""Tiles that have their words beside their figures where they are all there is."""

TILE_GAP = 6.0
TILE_PAD = 3.0
LEAST_TILE = 7.4
"""Least width of a tile as a multiple of the type size of its words."""

WIDTH_STEP, HEIGHT_STEP = 4.0, 2.0
"""Points by which widths of tiles and heights of rows differ, so that there are few of them."""

PICTURE_STEP = 10.0
"""Points by which tall pictures differ in height, so that a tile is the same in rows of many heights."""

WALK_ICON = "walk"
TILES = Group("L", "tiles", numbering="Decimal")


@dataclass(frozen=True, slots=True)
class TilePicture:
    """What a tile shows, with its alternative text; ``least`` is the smallest scale in points a unit."""

    shape: FrameShape | Drawing
    alt: str
    least: float


class TileSize(NamedTuple):
    """What a tile needs in points: its least width and its picture's least height; ``units`` are the picture's size.

    ``least`` is the smallest scale of a picture that has no head to measure it by, in points a unit.
    """

    width: float
    height: float
    units: tuple[float, float]
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
    needs = [setting.recall(measure_tile, card, setting).width for card in cards]
    if fsum(needs) + TILE_GAP * (len(cards) - 1) <= width:
        return (len(cards),) if cards else ()
    first = -(-len(cards) // 2)
    return first, len(cards) - first


def measure_tile(card: plan.ExerciseCard, setting: Setting) -> TileSize:
    """Return what a tile needs for a head of 4 mm and words beneath."""
    words = LEAST_TILE * setting.theme.style("label").size
    picture = choose_picture(setting, card)
    shape = picture.shape
    width = max(shape.width * picture.least + 2 * TILE_PAD + 0.5, words)
    least = 0.0 if shape.head else picture.least
    return TileSize(width, shape.height * picture.least + 0.5, (shape.width, shape.height), least)


def measure_rows(setting: Setting, cards: tuple[plan.ExerciseCard, ...], width: float) -> float:
    """Return the least height of the rows of tiles in points, with the space above each: if every name has one line."""
    theme = setting.theme
    words = theme.style("label").line + theme.style("small").line
    height = words + TILE_PAD + 2 * theme.gap("xs") + 0.5 + _find_space(setting)
    used, start = 0.0, 0
    if _is_wide(setting, len(cards), 1):
        return height - words - theme.gap("xs") + _find_tallest(setting, cards)
    for count in cut_rows(setting, cards, width):
        used += height + _find_tallest(setting, cards[start : start + count])
        start += count
    return used


def _find_space(setting: Setting) -> float:
    """Return the space above a row in points."""
    return setting.theme.gap("xs") + 2


def _find_tallest(setting: Setting, cards: Sequence[plan.ExerciseCard]) -> float:
    """Return how many points high a row's pictures may be: as the tallest needs, in steps."""
    needs = [setting.recall(measure_tile, card, setting).height for card in cards]
    return math.ceil(max(LEAST_PICTURE * setting.theme.figures, *needs) / HEIGHT_STEP) * HEIGHT_STEP


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


def share_row(setting: Setting, needs: Sequence[float], width: float, first: int) -> tuple[list[float], float]:
    """Return the widths of a row's tiles and the gap between two, in points; ``first`` is the number of its first tile.

    The last tile ends at the right edge. A row that is shorter than the one above has tiles as wide as there.
    """
    count = max(len(needs), 2 if setting.theme.columns == 1 else first - 1)
    room = width - TILE_GAP * (count - 1)
    widths = share_width([*needs, *[0.0] * (count - len(needs))], room)
    return widths[: len(needs)], TILE_GAP + (room - fsum(widths)) / (count - 1)


def set_tiles(
    setting: Setting, cards: tuple[plan.ExerciseCard, ...], width: float, groups: tuple[Group, ...], first: int = 1
) -> Block:
    """Return a row of tiles. All rows are one list; each tile is a part of its own, the same in many rows."""
    theme = setting.theme
    groups = (*groups, TILES)
    if _is_wide(setting, len(cards), first):
        return _set_wide_tiles(setting, cards, width, groups)
    sizes = [setting.recall(measure_tile, card, setting) for card in cards]
    widths, gap = share_row(setting, [size.width for size in sizes], width, first)
    floor = TILE_PAD + _find_tallest(setting, cards)
    parts = []
    for number, (card, size, tile) in enumerate(zip(cards, sizes, widths, strict=True)):
        scale = scale_picture(size, tile, floor - TILE_PAD, LARGEST_SCALE * theme.figures)
        block = setting.recall(set_tile, card, setting, first + number, tile, scale, groups)
        parts.append(Placed(block, fsum(widths[:number]) + gap * number, floor - size.units[1] * scale))
    return _frame_tiles(setting, parts, width)


def _is_wide(setting: Setting, count: int, first: int) -> bool:
    """Return whether so few tiles are all there is that they fill the width only with words beside their figures."""
    return setting.theme.columns == 2 and first == 1 and 0 < count <= MOST_WIDE


def _set_wide_tiles(
    setting: Setting, cards: tuple[plan.ExerciseCard, ...], width: float, groups: tuple[Group, ...]
) -> Block:
    """Return a row of tiles as wide as the page's columns, or one as wide as the page, with words beside figures."""
    theme = setting.theme
    tile = width if len(cards) == 1 else setting.column
    tallest = _find_tallest(setting, cards)
    sizes = [setting.recall(measure_tile, card, setting) for card in cards]
    scales = [scale_picture(size, setting.column / 2, tallest, LARGEST_SCALE * theme.figures) for size in sizes]
    room = max(size.units[0] * scale for size, scale in zip(sizes, scales, strict=True))
    blocks = [
        setting.recall(set_wide_tile, card, setting, number, tile, room, scale, groups)
        for number, (card, scale) in enumerate(zip(cards, scales, strict=True), 1)
    ]
    lowest = max(tallest + theme.gap("xs"), *(block.height for block in blocks))
    parts = [
        Placed(block, number * (tile + theme.gutter), TILE_PAD + lowest - block.height)
        for number, block in enumerate(blocks)
    ]
    return _frame_tiles(setting, parts, width)


def _frame_tiles(setting: Setting, parts: Sequence[Placed], width: float) -> Block:
    """Return a row of what stands in its tiles, with their grounds, all of one height."""
    theme = setting.theme
    bottom = max(part.y + part.block.height for part in parts)
    boxes = tuple((round(part.x, 2) + 0.5, 0.5, part.block.width - 1, bottom - 0.5) for part in parts)
    frames = setting.remember(set_frames, boxes, (theme.colour("tint"), find_edge(setting)))
    return join_parts("plan", [Placed(frames, 0, 0), *parts], width, bottom + 0.5, _find_space(setting))


def scale_picture(size: TileSize, width: float, height: float, largest: float) -> float:
    """Return the scale in points a unit of a picture in a tile ``width`` points wide, at most ``height`` points high.

    One as wide as its tile has the same scale in rows of any height; a tall one grows in steps.
    """
    wide, high = size.units
    scale = min((width - 2 * TILE_PAD) / wide, largest)
    if scale * high > height:
        steps = math.floor((height - size.height) / PICTURE_STEP)
        scale = (size.height + steps * PICTURE_STEP) / high
    return max(scale, size.least)


def set_tile(
    card: plan.ExerciseCard,
    setting: Setting,
    number: int,
    width: float,
    scale: float,
    groups: tuple[Group, ...],
) -> Block:
    """Return what stands in a tile: its picture, on the floor line of the row, then number, name and dose."""
    theme = setting.theme
    stack = Stack(setting)
    picture = choose_picture(setting, card)
    shape = picture.shape
    index = place_shape(stack, shape, (width - shape.width * scale) / 2, 0.0, scale)
    stack.y = shape.height * scale + theme.gap("xs")
    x = TILE_PAD + 3
    stack.tags.append(_set_caption(stack, card, number, x, width - 2 * x, index, picture))
    stack.y += theme.gap("xs")
    return stack.finish("plan", width, groups=groups)


def set_wide_tile(
    card: plan.ExerciseCard,
    setting: Setting,
    number: int,
    width: float,
    room: float,
    scale: float,
    groups: tuple[Group, ...],
) -> Block:
    """Return what stands in a wide tile: its picture in ``room`` points at the left, its words beside the middle."""
    theme = setting.theme
    picture = choose_picture(setting, card)
    shape = picture.shape
    left = theme.gap("s") + room + theme.gap("m")
    space = width - left - theme.gap("s")
    trial, stack = Stack(setting), Stack(setting)
    _set_caption(trial, card, number, left, space, 0, picture)
    high = shape.height * scale
    height = max(high, trial.y)
    index = place_shape(stack, shape, theme.gap("s") + (room - shape.width * scale) / 2, height - high, scale)
    stack.y = (height - trial.y) / 2
    stack.tags.append(_set_caption(stack, card, number, left, space, index, picture))
    stack.y = height + theme.gap("xs")
    return stack.finish("plan", width, groups=groups)


def place_shape(stack: Stack, shape: FrameShape | Drawing, x: float, y: float, scale: float) -> int:
    """Place a frame of a figure, or an icon, with its top left corner at (x, y); return its index."""
    if isinstance(shape, Drawing):
        return stack.place(Picture(x, y, scale, shape, stack.setting.icon_palette))
    return stack.place_frame(shape, x, y, scale)


def _set_caption(
    stack: Stack, card: plan.ExerciseCard, number: int, x: float, width: float, index: int, picture: TilePicture
) -> Tag:
    theme = stack.setting.theme
    name = theme.style("label")
    indent = stack.measure(f"{number} ", name) + 2
    top = stack.y
    label = stack.set_words(str(number), replace(name, colour=theme.colour("brand")), x, indent)
    stack.y = top
    title = stack.set_words(card.title, name, x + indent, width - indent)
    small = replace(theme.style("small"), colour=theme.colour("ink"))
    pieces = [(Span(piece, small.weight),) for piece in BEHIND_COMMA.split(card.dose.short)]
    dose = set_pieces(stack, pieces, small, x + indent, width - indent)
    body = Tag("LBody", (Tag("P", title), Tag("P", dose), Tag("Figure", (index,), alt=picture.alt)))
    return Tag("LI", (Tag("Lbl", label), body))
