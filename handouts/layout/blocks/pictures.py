"""Figures in a block: how large, side by side or one over the other, with alternative text."""

from __future__ import annotations

from dataclasses import replace
from math import fsum

from handouts.content.files import name_file
from handouts.dataclass import dataclass
from handouts.diagnostics import Diagnostic, LayoutError, Span
from handouts.figure.outlines import bounds
from handouts.figure.shapes import Pixels
from handouts.layout.page import Rule, Tag
from handouts.layout.setting import NOBODY, Setting
from handouts.layout.stack import FrameShape, Stack
from handouts.tailor.plan import FigureUse

MILLIMETRE = 72 / 25.4
CARD_HEAD = 6 * MILLIMETRE
TILE_HEAD = 4 * MILLIMETRE
CLEAR = 1.5
"""Units left clear above a drawing when its empty top is cut."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where the frames of a figure stand: a scale in points a unit, and rows of frames one over the other."""

    scale: float
    rows: tuple[tuple[FrameShape, ...], ...]

    @property
    def heights(self) -> tuple[float, ...]:
        """Return the height of each row in points, without captions."""
        return tuple(max(frame.height for frame in row) * self.scale for row in self.rows)


def load_frames(setting: Setting, use: FigureUse) -> tuple[FrameShape, ...]:
    """Return the frames of a figure on this sheet's side, as large as the largest person needs them.

    LayoutError where there are fewer frames than words for them, and where a clinic's own picture has more: none is
    printed that nobody hears, or that has the words of another.
    """
    figures = setting.figures
    sizes = figures.sizes(use.id, use.side)
    images: tuple[Pixels | None, ...] = (None,) * len(sizes)
    drawn = figures.is_drawn(use.id)
    if len(sizes) < len(use.alt) or (len(sizes) > len(use.alt) and not drawn):
        raise LayoutError(_tell_frames(setting, use, len(sizes)))
    if not drawn:
        images = tuple(drawing.image for drawing in figures.frames(use.id, use.side, NOBODY))
    return tuple(
        FrameShape(size.width, size.height, size.head, size.rise, (use.id, use.side, number), image)
        for number, (size, image) in enumerate(zip(sizes, images, strict=True))
    )


def _tell_frames(setting: Setting, use: FigureUse, pictures: int) -> Diagnostic:
    """Return what is said of a figure with other frames than texts, at the first file of a clinic's picture."""
    message = f"the words are for {_count(len(use.alt), 'frame')} of '{use.id}', and there are pictures for {pictures}"
    hint = f"bring one picture a frame: {use.id}.1.svg, {use.id}.2.svg and so on; 'handouts check' shows all"
    brought = setting.figures.own_frames(use.id)
    place = name_file(brought[0][0]) if brought else f"figures/{use.id}"
    return Diagnostic("figure-alt", message, Span(place), hint=hint)


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def arrange_frames(
    frames: tuple[FrameShape, ...], width: float, height: float, gap: float, largest: float, label: float = 0.0
) -> Arrangement:
    """Return the arrangement that prints the frames largest inside ``width`` × ``height`` points.

    All frames keep one scale and, in a row, one floor line; a row is only as high as its own frames need.
    ``largest`` is the greatest scale in points a unit; ``label`` the height of a caption under each frame.
    """
    best: Arrangement | None = None
    for columns in range(1, len(frames) + 1):
        rows = tuple(_cut_top(frames[start : start + columns]) for start in range(0, len(frames), columns))
        units = fsum(max(frame.height for frame in row) for row in rows)
        room = height - gap * (len(rows) - 1) - label * len(rows)
        scale = min((width - gap * (columns - 1)) / columns / frames[0].width, room / units, largest)
        if best is None or scale > best.scale + 1e-6:
            best = Arrangement(scale, rows)
    assert best is not None
    return best


def find_least_height(
    frames: tuple[FrameShape, ...], width: float, gap: float, head: float, label: float = 0.0
) -> float | None:
    """Return the least height in points at which the frames' heads are ``head`` points high; None if too wide."""
    scale = head / frames[0].head if frames[0].head else 0.0
    heights = []
    for columns in range(1, len(frames) + 1):
        if columns * frames[0].width * scale + gap * (columns - 1) > width + 0.01:
            continue
        rows = [_cut_top(frames[start : start + columns]) for start in range(0, len(frames), columns)]
        units = fsum(max(frame.height for frame in row) for row in rows)
        heights.append(units * scale + gap * (len(rows) - 1) + label * len(rows))
    return min(heights, default=None)


def _cut_top(frames: tuple[FrameShape, ...]) -> tuple[FrameShape, ...]:
    """Return the frames of a row without the empty strip that all of them have at the top."""
    height = min(max(frame.height for frame in frames), max(frame.rise for frame in frames) + CLEAR)
    return tuple(replace(frame, height=height) for frame in frames)


def check_head(head: float, scale: float, least: float, origin: str) -> None:
    """Raise LayoutError when a head of ``head`` units would be printed lower than ``least`` points."""
    if head and head * scale < least - 0.05:
        raise make_size_error(head * scale, least, origin)


def make_size_error(head: float, least: float, origin: str) -> LayoutError:
    """Return the error of a figure whose head would be ``head`` points high where ``least`` are needed."""
    return LayoutError(
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
    placing: Arrangement,
    x: float,
    y: float,
    width: float,
    gap: float,
    labels: tuple[str, ...] = (),
) -> tuple[tuple[Tag, ...], float]:
    """Place the frames in the middle of ``width`` from (x, y) on; return their Figure tags and the bottom in points.

    ``labels`` are printed under the frames, in small type, and read before them.
    """
    setting = stack.setting
    small = setting.theme.style("small")
    tags: list[Tag] = []
    number = 0
    top = y
    for row, height in zip(placing.rows, placing.heights, strict=True):
        frame_width = row[0].width * placing.scale
        left = x + (width - len(row) * frame_width - (len(row) - 1) * gap) / 2
        for column, frame in enumerate(row):
            frame_x = left + column * (frame_width + gap)
            frame_y = top + height - frame.height * placing.scale
            index = stack.place_frame(frame, frame_x, frame_y, placing.scale)
            if labels:
                stack.y = top + height + 1
                words = stack.set_words(labels[number], small, frame_x, frame_width, align="centre")
                tags.append(Tag("P", words))
            tags.append(Tag("Figure", (index,), alt=use.alt[min(number, len(use.alt) - 1)]))
            number += 1
        top += height + (small.line + 1 if labels else 0.0) + gap
    return tuple(tags), top - gap


def measure_icon(setting: Setting, name: str, size: float) -> tuple[float, float]:
    """Return how far what an icon shows is below its top edge, and how high it is, in points.

    An icon ``size`` points wide does not fill its square, and need not stand in the middle of it.
    """
    drawing = setting.figures.icon(name)
    _, top, _, bottom = bounds(shape.segments for shape in drawing.shapes)
    scale = size / drawing.width
    return top * scale, (bottom - top) * scale


def place_icon_in_line(stack: Stack, name: str, x: float, y: float, size: float, line: float) -> None:
    """Place an icon ``size`` points wide beside a line ``line`` points high at ``y``: what it shows in the middle."""
    top, height = measure_icon(stack.setting, name, size)
    stack.place_icon(name, x, y + (line - height) / 2 - top, size)


def draw_divider(stack: Stack, x1: float, y1: float, x2: float, y2: float) -> None:
    """Draw a hairline in the colour of rules."""
    theme = stack.setting.theme
    stack.place(Rule(x1, y1, x2, y2, theme.colour("rule"), theme.line("hair")))
