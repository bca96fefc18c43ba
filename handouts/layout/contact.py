"""The contact sheet: every figure with its name, its frames and both sides, for those who check the pictures."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from handouts.figure.shapes import Drawing
from handouts.layout.blocks.pictures import draw_divider
from handouts.layout.page import Block, Page, Picture, Placed, Tag
from handouts.layout.paginate import Frame, break_pages
from handouts.layout.setting import Setting
from handouts.layout.stack import Stack
from handouts.layout.units import Flow

LARGEST_SCALE = 1.6
TALLEST = 120.0
SIDES = ("left", "right")


def lay_out_contact(
    setting: Setting, figures: Sequence[str], person: str, title: str, size: tuple[float, float]
) -> tuple[Page, ...]:
    """Return pages with a row a figure: its id, then its frames with the left side moving, then the right."""
    margins = setting.theme.margins
    frame = Frame(margins.left, setting.width, margins.top, margins.top, size[1] - margins.bottom, setting.theme.gutter)
    blocks = (_set_title(setting, title), *(_set_row(setting, figure, person) for figure in figures))
    pages = break_pages([Flow(1, blocks)], frame)
    return tuple(Page(size[0], size[1], placed) for placed in pages)


def lay_out_figure(setting: Setting, figure: str, side: str, person: str, alt: str) -> tuple[Page, ...]:
    """Return one page that is just large enough for the frames of a figure."""
    stack = Stack(setting)
    frames = setting.figures.frames(figure, side, person)
    width = fsum(drawing.width for drawing in frames) * 2 + setting.theme.gutter * (len(frames) - 1)
    x = 0.0
    for drawing in frames:
        index = _place_drawing(stack, drawing, person, x, 0, 2)
        stack.tags.append(Tag("Figure", (index,), alt=alt))
        x += drawing.width * 2 + setting.theme.gutter
    stack.y = max(drawing.height for drawing in frames) * 2
    edge = setting.theme.gutter
    block = stack.finish(figure, width)
    return (Page(width + 2 * edge, stack.y + 2 * edge, (Placed(block, edge, edge),)),)


def _place_drawing(stack: Stack, drawing: Drawing, person: str, x: float, y: float, scale: float) -> int:
    if drawing.image is not None:
        return stack.place_image(drawing.image, x, y, drawing.width * scale, drawing.height * scale)
    setting = stack.setting
    return stack.place(Picture(x, y, scale, drawing, setting.figures.palette(person, setting.theme.name)))


def _set_title(setting: Setting, title: str) -> Block:
    stack = Stack(setting)
    stack.tags.append(stack.set_paragraph(title, setting.theme.style("title"), 0, setting.width, "H1"))
    return stack.finish("contact", setting.width)


def _set_row(setting: Setting, figure: str, person: str) -> Block:
    """Return a figure's name and frames: both sides at one scale, or once over the whole width where they are alike."""
    theme = setting.theme
    stack = Stack(setting)
    draw_divider(stack, 0, 0, setting.width, 0)
    stack.y = theme.gap("s")
    stack.tags.append(stack.set_paragraph(figure, theme.style("label"), 0, setting.width, "H2"))
    sides = SIDES if setting.figures.has_sides(figure) else ("both",)
    shown = [(side, setting.figures.frames(figure, side, person)) for side in sides]
    if len(shown) > 1 and shown[0][1] == shown[1][1]:
        shown = shown[:1]
    gap = 6.0
    room = (setting.width - theme.gutter * (len(shown) - 1)) / len(shown)
    scale = min(
        LARGEST_SCALE,
        *(
            min((room - gap * (len(frames) - 1)) / len(frames) / frames[0].width, TALLEST / frames[0].height)
            for _, frames in shown
        ),
    )
    top = bottom = stack.y + theme.gap("xs")
    for number, (side, frames) in enumerate(shown):
        x = number * (room + theme.gutter)
        for place, drawing in enumerate(frames, 1):
            index = _place_drawing(stack, drawing, person, x, top, scale)
            told = f", {setting.word(f'side-{side}')}" if len(shown) > 1 else ""
            stack.tags.append(Tag("Figure", (index,), alt=f"{figure}{told}, {place}"))
            x += drawing.width * scale + gap
            bottom = max(bottom, top + drawing.height * scale)
    stack.y = bottom + theme.gap("s")
    return stack.finish(figure, setting.width, before=theme.gap("xs"))
