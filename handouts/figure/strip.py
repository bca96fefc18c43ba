"""Several drawings side by side as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handouts.figure.shapes import Drawing, Segment, Shape


def join_drawings(drawings: Sequence[Drawing], gap: float = 4.0) -> Drawing:
    """Return one drawing with all of them from left to right, feet on one line, ``gap`` units between."""
    height = max(drawing.height for drawing in drawings)
    shapes: list[Shape] = []
    left = 0.0
    for drawing in drawings:
        shapes += [_move_shape(shape, left, height - drawing.height) for shape in drawing.shapes]
        left += drawing.width + gap
    return Drawing(left - gap, height, tuple(shapes), max(drawing.head for drawing in drawings))


def _move_shape(shape: Shape, right: float, down: float) -> Shape:
    if not right and not down:
        return shape
    segments = tuple(
        Segment(kind, tuple(value + (down if place % 2 else right) for place, value in enumerate(numbers)))
        for kind, numbers in shape.segments
    )
    return replace(shape, segments=segments)
