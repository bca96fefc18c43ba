"""Lines and flat shapes of all figures: the ink, hulls, and slices of a limb as the camera sees them."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from handouts.figure.body import Girth
from handouts.figure.camera import Camera
from handouts.figure.outlines import Knot, Slice, trace
from handouts.figure.shapes import Shape
from handouts.figure.surfaces import reach_of
from handouts.figure.vectors import Frame, Point, Vector

INK = 1.0
FINE = 0.75

Row = tuple[Vector, Frame, Girth, bool]


def outline(
    knots: Sequence[Knot], fill: str | None, closed: bool = True, stroke: str | None = "ink", line: float = INK
) -> Shape:
    """Return a shape through knots with the ink line of all figures."""
    return Shape(trace(knots, closed), fill, stroke, line)


def slice_rows(camera: Camera, rows: Sequence[Row]) -> list[Slice]:
    """Return the stations of a limb as the camera sees them."""
    middles = [camera.see(row[0]) for row in rows]
    slices = []
    last = len(rows) - 1
    for i, (_, frame, girth, joint) in enumerate(rows):
        a, b = middles[max(i - 1, 0)], middles[min(i + 1, last)]
        dx, dy = b[0] - a[0], b[1] - a[1]
        size = hypot(dx, dy)
        normal = (-dy / size, dx / size) if size > 1e-6 else (0.0, 1.0)
        n = camera.into_space(normal)
        minus = (-n[0], -n[1], -n[2])
        slices.append(Slice(middles[i], reach_of(frame, girth, n), reach_of(frame, girth, minus), joint))
    return slices


def hull(points: Sequence[Point]) -> list[Point]:
    """Return the convex hull, counter-clockwise."""
    ordered = sorted({(round(x, 3), round(y, 3)) for x, y in points})

    def half(items: Sequence[Point]) -> list[Point]:
        chain: list[Point] = []
        for p in items:
            while len(chain) > 1 and _turns_right(chain[-2], chain[-1], p):
                chain.pop()
            chain.append(p)
        return chain[:-1]

    return half(ordered) + half(ordered[::-1])


def _turns_right(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) <= (b[1] - a[1]) * (c[0] - a[0])


def thin_out(points: Sequence[tuple[Point, bool]], least: float) -> list[tuple[Point, bool]]:
    """Return points that keep a distance from each other: of near neighbours one stays, a marked one first."""
    kept: list[tuple[Point, bool]] = []
    for point, marked in points:
        if kept and hypot(point[0] - kept[-1][0][0], point[1] - kept[-1][0][1]) < least:
            if marked and not kept[-1][1]:
                kept[-1] = (point, marked)
        else:
            kept.append((point, marked))
    return kept


def place_knots(knots: Sequence[Knot], origin: Point, x: Point, y: Point) -> list[Knot]:
    """Return knots of a flat drawing carried over to the picture by its origin and two axes."""
    return [
        Knot((origin[0] + a * x[0] + b * y[0], origin[1] + a * x[1] + b * y[1]), corner, straight)
        for (a, b), corner, straight in knots
    ]
