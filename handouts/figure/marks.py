"""Movement arrows and the soft tint where a stretch is felt."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot
from typing import NamedTuple

from handouts.figure.body import Body
from handouts.figure.camera import Camera
from handouts.figure.outlines import Knot
from handouts.figure.shapes import Segment, Shape
from handouts.figure.skeleton import SIDES, Skeleton
from handouts.figure.specification import Arrow
from handouts.figure.strokes import outline
from handouts.figure.surfaces import torso_rings
from handouts.figure.vectors import Point, Vector, blend, dot, scale

FLAT_ON = 0.85  # a surface that looks at the viewer by more than this is seen as a patch, not as an edge
HEAD_LENGTH, HEAD_WIDTH, TAIL, NECK = 4.2, 2.3, 0.35, 0.8


def _curve(start: Point, end: Point, bend: float, t: float) -> Point:
    dx, dy = end[0] - start[0], end[1] - start[1]
    bulge = 4.0 * bend * t * (1.0 - t)
    return (start[0] + dx * t - dy * bulge, start[1] + dy * t + dx * bulge)


def draw_arrow(arrow: Arrow, start: Point) -> list[Shape]:
    """Return a tapered arrow; ``start`` is where its joint is seen."""
    a = (start[0] + arrow.by[0], start[1] + arrow.by[1])
    b = (a[0] + arrow.go[0], a[1] + arrow.go[1])
    shapes = [_draw_one(a, b, arrow.bend)]
    if arrow.double:
        middle = _curve(a, b, arrow.bend, 0.5)
        shapes = [_draw_one(middle, b, arrow.bend / 2), _draw_one(middle, a, -arrow.bend / 2)]
    return shapes


def _draw_one(a: Point, b: Point, bend: float) -> Shape:
    size = max(hypot(b[0] - a[0], b[1] - a[1]), 1e-6)
    neck_at = max(1.0 - HEAD_LENGTH / size, 0.3)
    ends = []
    for t, width in ((0.0, TAIL), (neck_at, NECK)):
        x, y = _curve(a, b, bend, t)
        x2, y2 = _curve(a, b, bend, t + 0.02)
        step = max(hypot(x2 - x, y2 - y), 1e-9)
        ends.append(((x, y), ((x2 - x) / step, (y2 - y) / step), width))
    (start, away, tail), (neck, into, wide) = ends
    third = hypot(neck[0] - start[0], neck[1] - start[1]) / 3.0

    def beside(point: Point, along: Point, reach: float) -> Point:
        return (point[0] - along[1] * reach, point[1] + along[0] * reach)

    def curve(p: Point, out: Point, q: Point, end: Point) -> Segment:
        return Segment(
            "C", (p[0] + out[0] * third, p[1] + out[1] * third, q[0] - end[0] * third, q[1] - end[1] * third, *q)
        )

    left0, left1 = beside(start, away, tail), beside(neck, into, wide)
    right0, right1 = beside(start, away, -tail), beside(neck, into, -wide)
    back = ((-into[0], -into[1]), (-away[0], -away[1]))
    segments = (
        Segment("M", left0),
        curve(left0, away, left1, into),
        Segment("L", beside(neck, into, HEAD_WIDTH)),
        Segment("L", b),
        Segment("L", beside(neck, into, -HEAD_WIDTH)),
        Segment("L", right1),
        curve(right1, back[0], right0, back[1]),
        Segment("Z", ()),
    )
    return Shape(segments, "accent", None)


class _LimbTint(NamedTuple):
    """Where a tint lies on a leg: between two joints, on the front (1) or the back (-1), at three stations."""

    start: str
    end: str
    segment: str
    face: float
    shares: tuple[float, float, float]
    reaches: tuple[float, float, float]


_TRUNK_TINTS = {
    "low back": (1, 2, 3, -1.0),
    "upper back": (3, 4, 5, -1.0),
    "belly": (1, 2, 3, 1.0),
}
_LIMB_TINTS = {
    "back of thigh": _LimbTint("hip", "knee", "thigh", -1.0, (0.25, 0.5, 0.75), (5.6, 5.0, 4.0)),
    "front of thigh": _LimbTint("hip", "knee", "thigh", 1.0, (0.25, 0.5, 0.75), (5.6, 5.0, 4.0)),
    "front of hip": _LimbTint("hip", "knee", "thigh", 1.0, (-0.05, 0.1, 0.28), (5.6, 5.4, 5.0)),
    "buttock": _LimbTint("hip", "knee", "thigh", -1.0, (-0.18, 0.0, 0.2), (6.3, 6.0, 5.6)),
    "calf": _LimbTint("knee", "ankle", "shank", -1.0, (0.15, 0.35, 0.6), (3.9, 4.0, 3.4)),
}
TINTS = (*_TRUNK_TINTS, *(f"{side} {name}" for side in SIDES for name in _LIMB_TINTS))


def draw_tint(name: str, skeleton: Skeleton, body: Body, camera: Camera) -> tuple[str, Shape] | None:
    """Return the group over which a tint is painted (``trunk`` or a limb) and its shape.

    Return None for a place on the far side of the body.
    """
    if name in _TRUNK_TINTS:
        *indices, face = _TRUNK_TINTS[name]
        rings = [torso_rings(skeleton, body)[int(i)] for i in indices]
        reaches = [ring.girth.front if face > 0 else ring.girth.back for ring in rings]
        outwards = [scale(ring.frame.forward, face) for ring in rings]
        if abs(facing := dot(outwards[1], camera.toward)) > FLAT_ON:
            asides = [scale(ring.frame.right, 0.55 * ring.girth.side) for ring in rings]
            return ("trunk", _draw_patch(camera, [ring.middle for ring in rings], asides)) if facing > 0 else None
        return "trunk", _draw_lens(camera, [ring.middle for ring in rings], outwards, reaches)
    side, _, spot = name.partition(" ")
    tint = _LIMB_TINTS[spot]
    start, end = skeleton.joints[f"{side} {tint.start}"], skeleton.joints[f"{side} {tint.end}"]
    outward = scale(skeleton.frames[f"{side} {tint.segment}"].forward, tint.face)
    middles = [blend(start, end, share) for share in tint.shares]
    if abs(facing := dot(outward, camera.toward)) > FLAT_ON:
        asides = [scale(skeleton.frames[f"{side} {tint.segment}"].right, 0.5 * reach) for reach in tint.reaches]
        return (f"{side} leg", _draw_patch(camera, middles, asides)) if facing > 0 else None
    return f"{side} leg", _draw_lens(camera, middles, [outward] * 3, tint.reaches)


def _draw_patch(camera: Camera, middles: Sequence[Vector], asides: Sequence[Vector]) -> Shape:
    """Return a tint that is looked at from straight in front of it."""
    (x0, y0), (x1, y1), (x2, y2) = (camera.see(middle) for middle in middles)
    dx, dy = camera.see(asides[1])
    points = ((x0, y0), (x1 + dx, y1 + dy), (x2, y2), (x1 - dx, y1 - dy))
    return outline([Knot(point) for point in points], "tint", stroke=None)


def _draw_lens(
    camera: Camera, middles: Sequence[Vector], outwards: Sequence[Vector], reaches: Sequence[float]
) -> Shape:
    def at(i: int, share: float) -> Knot:
        (x, y), (dx, dy) = camera.see(middles[i]), camera.see(outwards[i])
        return Knot((x + dx * reaches[i] * share, y + dy * reaches[i] * share))

    return outline([at(0, 0.8), at(1, 0.9), at(2, 0.8), at(1, 0.35)], "tint", stroke=None)
