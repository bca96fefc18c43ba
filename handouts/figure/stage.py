"""Where things are painted: layers with a depth, and what a thing may look at when it is drawn."""

from __future__ import annotations

from handouts.dataclass import dataclass
from handouts.figure.body import Body
from handouts.figure.camera import Camera
from handouts.figure.outlines import Knot
from handouts.figure.pose import SolvedFrame
from handouts.figure.shapes import Segment, Shape
from handouts.figure.skeleton import Skeleton
from handouts.figure.strokes import INK, hull, outline
from handouts.figure.vectors import Vector

BACKGROUND = -1000.0

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Layer:
    """Shapes that are painted together, and how near they are."""

    depth: float
    shapes: tuple[Shape, ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """What a prop may look at when it is drawn: the solved frame, body, camera, the bounds and the
    width in space of the people in all frames, and the skeleton of the first.
    """

    solved: SolvedFrame
    body: Body
    camera: Camera
    bounds: Bounds
    first: Skeleton
    span: tuple[float, float]


def round_rectangle(x0: float, y0: float, x1: float, y1: float, radius: float, fill: str) -> Shape:
    """Return a rectangle with round corners, corner by corner one curve."""
    r = min(radius, (x1 - x0) / 2, (y1 - y0) / 2)
    k = r * 0.45
    move = Segment("M", (x0 + r, y0))
    segments = [
        move,
        Segment("L", (x1 - r, y0)),
        Segment("C", (x1 - k, y0, x1, y0 + k, x1, y0 + r)),
        Segment("L", (x1, y1 - r)),
        Segment("C", (x1, y1 - k, x1 - k, y1, x1 - r, y1)),
        Segment("L", (x0 + r, y1)),
        Segment("C", (x0 + k, y1, x0, y1 - k, x0, y1 - r)),
        Segment("L", (x0, y0 + r)),
        Segment("C", (x0, y0 + k, x0 + k, y0, x0 + r, y0)),
        Segment("Z", ()),
    ]
    return Shape(tuple(segments), fill, "ink", INK)


def pill(x0: float, y0: float, x1: float, y1: float, fill: str) -> Shape:
    """Return a flat bar with round ends, each one curve."""
    k = (y1 - y0) * 0.66
    segments = (
        Segment("M", (x0, y0)),
        Segment("L", (x1, y0)),
        Segment("C", (x1 + k, y0, x1 + k, y1, x1, y1)),
        Segment("L", (x0, y1)),
        Segment("C", (x0 - k, y1, x0 - k, y0, x0, y0)),
        Segment("Z", ()),
    )
    return Shape(segments, fill, "ink", INK)


def draw_block(camera: Camera, low: Vector, high: Vector, fill: str) -> Shape:
    """Return an upright block as seen."""
    corners = [camera.see((x, y, z)) for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])]
    return outline([Knot(point, True, True) for point in hull(corners)], fill)
