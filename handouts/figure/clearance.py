"""Room for movement arrows: an arrow that would lie on the body is moved beside it, by as little as will do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import hypot

from handouts.figure.outlines import bounds, flatten_outline
from handouts.figure.shapes import Segment, Shape
from handouts.figure.vectors import Point

OBSTACLES = frozenset({"skin", "shirt", "trousers", "shoe", "hair", "chair", "box", "prop"})
"""What an arrow keeps clear of: the person and what is sat at or lifted. Grounds and pillows may lie under it."""

GAP = 0.9
STEP = 0.75
FARTHEST = 21.0

Polygon = list[Point]
Box = tuple[float, float, float, float]


def find_obstacles(shapes: Iterable[Shape]) -> list[Polygon]:
    """Return the outlines of all shapes that an arrow keeps clear of."""
    kept = [shape for shape in shapes if shape.fill and shape.fill.removesuffix("-far") in OBSTACLES]
    return [polygon for shape in kept for polygon in flatten_outline(shape.segments) if len(polygon) > 2]


def clear_arrow(arrow: Sequence[Shape], go: Point, obstacles: Sequence[Polygon]) -> list[Shape]:
    """Return an arrow where it touches no obstacle: moved aside, back or aslant; as it is if nothing helps."""
    size = max(hypot(*go), 1e-6)
    x, y = go[0] / size, go[1] / size
    slant = 0.7
    ways = (
        (-y, x),
        (y, -x),
        (-x, -y),
        *((-slant * x + s * slant * y, -slant * y - s * slant * x) for s in (1.0, -1.0)),
        *((slant * x + s * slant * y, slant * y - s * slant * x) for s in (1.0, -1.0)),
    )
    points = [point for shape in arrow for polygon in flatten_outline(shape.segments) for point in polygon]
    left, low, right, high = bounds([shape.segments for shape in arrow])
    reach = (left - FARTHEST, low - FARTHEST, right + FARTHEST, high + FARTHEST)
    near = [obstacle for obstacle in map(_measure, obstacles) if _meet(obstacle[1], reach)]
    shifts = [(0.0, 0.0)]
    for i in range(1, int(FARTHEST / STEP) + 1):
        shifts += [(dx * i * STEP, dy * i * STEP) for dx, dy in ways]
    for dx, dy in shifts:
        if _is_clear([(px + dx, py + dy) for px, py in points], near):
            return [_shift(shape, dx, dy) for shape in arrow]
    return list(arrow)


def lies_on_body(shapes: Sequence[Shape]) -> bool:
    """Return whether a drawing's arrows lie on the person or on what is sat at: nothing could be found for them."""
    obstacles = find_obstacles(shapes)
    arrows = [shape for shape in shapes if shape.fill == "accent"]
    outlines = [polygon for shape in arrows for polygon in flatten_outline(shape.segments)]
    return any(_is_inside(point, polygon) for points in outlines for point in points for polygon in obstacles)


def _measure(polygon: Polygon) -> tuple[Polygon, Box]:
    """Return a polygon with its left, lower, right and upper bound."""
    across, along = [p[0] for p in polygon], [p[1] for p in polygon]
    return polygon, (min(across), min(along), max(across), max(along))


def _meet(one: Box, other: Box) -> bool:
    return one[2] > other[0] and one[0] < other[2] and one[3] > other[1] and one[1] < other[3]


def _is_clear(points: Sequence[Point], obstacles: Sequence[tuple[Polygon, Box]]) -> bool:
    left, right = min(p[0] for p in points) - GAP, max(p[0] for p in points) + GAP
    low, high = min(p[1] for p in points) - GAP, max(p[1] for p in points) + GAP
    for polygon, box in obstacles:
        if not _meet(box, (left, low, right, high)):
            continue
        for i, (x, y) in enumerate(polygon):
            if left < x < right and low < y < high and _is_near((x, y), points):
                return False
            x1, y1 = polygon[i - 1]
            middle = ((x + x1) / 2, (y + y1) / 2)
            if left < middle[0] < right and low < middle[1] < high and _is_near(middle, points):
                return False
        if any(_is_inside(point, polygon) for point in points):
            return False
    return True


def _is_near(point: Point, points: Sequence[Point]) -> bool:
    x, y = point
    return any(abs(x - px) < GAP and abs(y - py) < GAP for px, py in points) or _is_inside(point, points)


def _is_inside(point: Point, polygon: Sequence[Point]) -> bool:
    x, y = point
    inside = False
    x1, y1 = polygon[-1]
    for x2, y2 in polygon:
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
        x1, y1 = x2, y2
    return inside


def _shift(shape: Shape, dx: float, dy: float) -> Shape:
    segments = tuple(
        Segment(kind, tuple(value + (dy if i % 2 else dx) for i, value in enumerate(numbers)))
        for kind, numbers in shape.segments
    )
    return Shape(segments, shape.fill, shape.stroke, shape.line, shape.dashes)
