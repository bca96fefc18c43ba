"""Movement arrows and the soft tint where a stretch is felt."""

from __future__ import annotations

from math import hypot

from handouts.figure.body import Body
from handouts.figure.camera import Camera
from handouts.figure.limbs import outline
from handouts.figure.outlines import Knot
from handouts.figure.shapes import Segment, Shape
from handouts.figure.skeleton import SIDES, Skeleton
from handouts.figure.specification import Arrow
from handouts.figure.surfaces import torso_rings
from handouts.figure.vectors import Point, Vector, blend, scale

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


_TRUNK_TINTS = {
    "low back": (1, 2, 3, "back"),
    "upper back": (3, 4, 5, "back"),
    "belly": (1, 2, 3, "front"),
    "bottom": (0, 0, 1, "back"),
}
_LIMB_TINTS = {
    "back of thigh": ("thigh", -1.0),
    "front of thigh": ("thigh", 1.0),
    "front of hip": ("hip", 1.0),
    "buttock": ("buttock", -1.0),
}
TINTS = tuple(_TRUNK_TINTS) + tuple(f"{side} {name}" for side in SIDES for name in _LIMB_TINTS)


def draw_tint(name: str, skeleton: Skeleton, body: Body, camera: Camera) -> tuple[str, Shape]:
    """Return the group over which a tint is painted (``trunk`` or a limb) and its shape."""
    side, _, spot = name.partition(" ")
    if name in _TRUNK_TINTS:
        return "trunk", _tint_trunk(name, skeleton, body, camera)
    joints = skeleton.joints
    kind, face = _LIMB_TINTS[spot]
    frame = skeleton.frames[f"{side} thigh"]
    outward = scale(frame.forward, face)
    hip, knee = joints[f"{side} hip"], joints[f"{side} knee"]
    shares = {"thigh": (0.25, 0.5, 0.75), "hip": (-0.05, 0.1, 0.28), "buttock": (-0.18, 0.0, 0.2)}[kind]
    middles = [blend(hip, knee, share) for share in shares]
    radii = [(5.6, 5.0, 4.0), (5.6, 5.4, 5.0), (6.3, 6.0, 5.6)][("thigh", "hip", "buttock").index(kind)]
    return f"{side} leg", _lens(camera, middles, outward, list(radii))


def _tint_trunk(name: str, skeleton: Skeleton, body: Body, camera: Camera) -> Shape:
    *indices, face = _TRUNK_TINTS[name]
    rings = torso_rings(skeleton, body)
    chosen = [rings[int(i)] for i in indices]
    middles = [ring.middle for ring in chosen]
    if name == "bottom":
        middles[0] = blend(rings[0].middle, rings[1].middle, -0.7)
    outward = scale(chosen[1].frame.forward, 1.0 if face == "front" else -1.0)
    return _lens(
        camera, middles, outward, [ring.girth.front if face == "front" else ring.girth.back for ring in chosen]
    )


def _lens(camera: Camera, middles: list[Vector], outward: Vector, radii: list[float]) -> Shape:
    seen = [camera.see(middle) for middle in middles]
    away = camera.see(outward)
    (x0, y0), (x1, y1), (x2, y2) = seen

    def at(i: int, share: float) -> Point:
        return (seen[i][0] + away[0] * radii[i] * share, seen[i][1] + away[1] * radii[i] * share)

    del x0, y0, x1, y1, x2, y2
    return outline([Knot(at(0, 0.8)), Knot(at(1, 0.9)), Knot(at(2, 0.8)), Knot(at(1, 0.35))], "tint", stroke=None)
