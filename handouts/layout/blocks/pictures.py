"""Figures in a block: how large, side by side or one over the other, with alternative text."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.diagnostics import Diagnostic, LayoutError, Span
from handouts.figure.shapes import Drawing
from handouts.layout.page import Picture, Rule, Tag
from handouts.layout.setting import Setting
from handouts.layout.stack import Stack
from handouts.tailor.plan import FigureUse

MILLIMETRE = 72 / 25.4
CARD_HEAD = 6 * MILLIMETRE
TILE_HEAD = 4 * MILLIMETRE


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where the frames of a figure stand: a scale in points a unit, and rows and columns of frames."""

    scale: float
    rows: int
    columns: int
    frame_width: float
    frame_height: float

    @property
    def height(self) -> float:
        """Return the height of all frames without captions, in points."""
        return self.rows * self.frame_height


def load_frames(setting: Setting, use: FigureUse) -> tuple[Drawing, ...]:
    """Return the frames of a figure on this sheet's side and person."""
    return setting.figures.frames(use.id, use.side, setting.person)


def arrange_frames(frames: tuple[Drawing, ...], width: float, height: float, gap: float, largest: float) -> Arrangement:
    """Return the arrangement that prints the frames largest inside ``width`` × ``height`` points.

    ``largest`` is the greatest scale in points a unit, so that figures of one sheet do not differ too much in size.
    """
    first = frames[0]
    best: Arrangement | None = None
    for columns in range(1, len(frames) + 1):
        rows = -(-len(frames) // columns)
        scale = min(
            (width - gap * (columns - 1)) / columns / first.width,
            (height - gap * (rows - 1)) / rows / first.height,
            largest,
        )
        if best is None or scale > best.scale + 1e-6:
            best = Arrangement(scale, rows, columns, first.width * scale, first.height * scale)
    assert best is not None
    return best


def check_head(frames: tuple[Drawing, ...], scale: float, least: float, origin: str) -> None:
    """Raise LayoutError when the head of the figure would be printed lower than ``least`` points."""
    head = frames[0].head * scale
    if head and head < least - 0.05:
        raise LayoutError(
            Diagnostic(
                "figure-too-small",
                f"the head would be {head / MILLIMETRE:.1f} mm high in print, less than {least / MILLIMETRE:.0f} mm",
                Span(origin),
                hint="make the figure's frame tighter",
            )
        )


def place_frames(
    stack: Stack,
    use: FigureUse,
    frames: tuple[Drawing, ...],
    plan: Arrangement,
    x: float,
    y: float,
    width: float,
    gap: float,
    labels: tuple[str, ...] = (),
) -> tuple[tuple[Tag, ...], float]:
    """Place the frames in the middle of ``width`` from (x, y) on; return their Figure tags and the bottom in points.

    ``labels`` are printed under the frames, in small type.
    """
    setting = stack.setting
    small = setting.theme.style("small")
    label_height = small.line + 1 if labels else 0.0
    used = plan.columns * plan.frame_width + (plan.columns - 1) * gap
    left = x + (width - used) / 2
    tags: list[Tag] = []
    bottom = y
    for number, drawing in enumerate(frames):
        row, column = divmod(number, plan.columns)
        frame_x = left + column * (plan.frame_width + gap)
        frame_y = y + row * (plan.frame_height + label_height + gap)
        index = stack.place(Picture(frame_x, frame_y, plan.scale, drawing, setting.palette))
        tags.append(Tag("Figure", (index,), alt=use.alt[min(number, len(use.alt) - 1)]))
        bottom = max(bottom, frame_y + plan.frame_height)
        if labels:
            stack.y = frame_y + plan.frame_height + 1
            words = stack.set_words(labels[number], small, frame_x, plan.frame_width, align="centre")
            tags.append(Tag("P", words))
            bottom = stack.y
    return tuple(tags), bottom


def draw_divider(stack: Stack, x1: float, y1: float, x2: float, y2: float) -> None:
    """Draw a hairline in the colour of rules."""
    theme = stack.setting.theme
    stack.place(Rule(x1, y1, x2, y2, theme.colour("rule"), theme.line("hair")))
