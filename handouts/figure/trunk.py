"""Neck, shirt and seat as seen."""

from __future__ import annotations

from math import cos, hypot, radians, sin

from handouts.figure.body import Body, Girth
from handouts.figure.camera import Camera
from handouts.figure.outlines import Knot, Slice, close_limb, flank
from handouts.figure.shapes import Shape
from handouts.figure.skeleton import Skeleton
from handouts.figure.strokes import FINE, outline, slice_rows
from handouts.figure.surfaces import Ring, torso_rings
from handouts.figure.vectors import Point, blend, dot, place

SEAT_DEPTH = 6.8
NECK_BASE = 0.66  # of the way from the seventh thoracic vertebra to the neck: below the collar
LONG_HEM = 0.5  # between the hips and the top of the pelvis
HEM = 0.3  # between the top of the pelvis and the waist, above the reach of a bent thigh


def trunk_slices(skeleton: Skeleton, body: Body, camera: Camera) -> list[Slice]:
    """Return the cross-sections of the trunk as seen, from the hips to the neck."""
    return slice_rows(camera, [(ring.middle, ring.frame, ring.girth, False) for ring in torso_rings(skeleton, body)])


def draw_shirt(slices: list[Slice], front: int, scoop: float, long: bool = False) -> Shape:
    """Return the shirt from its hem above the hips to the collar.

    ``front`` says which flank is the chest: 1 the right, -1 the left, 0 neither (seen from the front or from behind:
    the collar then hangs ``scoop`` lower in the middle). A ``long`` shirt goes down over the hips, as over a bump.
    """
    left, right = flank(slices, True), flank(slices, False)
    if long:
        left[:1] = [_between(left[0], left[1], LONG_HEM, straight=False)]
        right[:1] = [_between(right[0], right[1], LONG_HEM, straight=True)]
    else:
        left[:2] = [_between(left[1], left[2], HEM, straight=False)]
        right[:2] = [_between(right[1], right[2], HEM, straight=True)]
    left[-1] = Knot(left[-1].point, corner=True, straight=True)
    right[-1] = Knot(right[-1].point, corner=True)
    if front:
        # A collar lies lower at the throat than at the nape.
        lower = right if front > 0 else left
        lower[-1] = _between(lower[-1], lower[-2], 0.2, straight=lower is left)
        return outline([*left, *reversed(right)], "shirt")
    return outline([*left[:-1], *_hang_collar(slices, left[-1].point, right[-1].point, scoop), *right[-2::-1]], "shirt")


def draw_bump(skeleton: Skeleton, body: Body, camera: Camera) -> Shape:
    """Return the line below a bump that is looked at from the front."""
    rings = torso_rings(skeleton, body)
    waist, low = rings[2], rings[1]
    points = [
        camera.see(place(ring.middle, ring.frame, (0.0, up, share * ring.girth.side)))
        for ring, up, share in ((waist, -2.0, -0.8), (low, 1.5, -0.55), (low, 0.2, 0.0), (low, 1.5, 0.55))
    ]
    points.append(camera.see(place(waist.middle, waist.frame, (0.0, -2.0, 0.8 * waist.girth.side))))
    return outline([Knot(point) for point in points], None, closed=False, line=FINE)


def _hang_collar(slices: list[Slice], left: Point, right: Point, scoop: float) -> list[Knot]:
    (x0, y0), (x1, y1) = slices[-2].middle, slices[-1].middle
    size = max(hypot(x1 - x0, y1 - y0), 1e-6)
    down = ((x0 - x1) / size, (y0 - y1) / size)
    middle = ((left[0] + right[0]) / 2 + scoop * down[0], (left[1] + right[1]) / 2 + scoop * down[1])
    return [Knot(left, corner=True), Knot(middle), Knot(right, corner=True)]


def _between(a: Knot, b: Knot, share: float, straight: bool) -> Knot:
    x = a.point[0] + share * (b.point[0] - a.point[0])
    y = a.point[1] + share * (b.point[1] - a.point[1])
    return Knot((x, y), corner=True, straight=straight)


def _seat_reach(ring: Ring, camera: Camera, direction: Point) -> float:
    d = camera.into_space(direction)
    ahead, up, aside = (dot(axis, d) for axis in ring.frame)
    depth = ring.girth.front if ahead > 0 else ring.girth.back
    return hypot(depth * ahead, SEAT_DEPTH * up, ring.girth.side * aside)


def draw_seat(
    skeleton: Skeleton, body: Body, camera: Camera, slices: list[Slice], open_below: bool
) -> tuple[Shape, ...]:
    """Return the part of the trousers round the hips; ``open_below`` where the legs go on from it."""
    ring = torso_rings(skeleton, body)[0]
    x, y = camera.see(ring.middle)
    up = camera.see(ring.frame.up)
    size = hypot(*up)
    up = (up[0] / size, up[1] / size) if size > 0.2 else (0.0, 1.0)
    left, right = flank(slices[:4], True), flank(slices[:4], False)
    knots = [_between(left[1], left[2], HEM + 0.08, straight=False)._replace(corner=False)]
    for degrees in (90, 45, 0, -45, -90):
        a = radians(degrees + 180.0)
        d = (up[0] * cos(a) + up[1] * sin(a), up[1] * cos(a) - up[0] * sin(a))
        reach = _seat_reach(ring, camera, d)
        knots.append(Knot((x + d[0] * reach, y + d[1] * reach)))
    knots.append(_between(right[1], right[2], HEM + 0.08, straight=False)._replace(corner=False))
    if not open_below:
        return (outline(knots, "trousers", closed=False),)
    # Cloth without a line, and a line along either side: the legs' own lines go on from there.
    sides = (knots[:2], knots[-2:])
    lines = tuple(outline([Knot(knot.point) for knot in side], None, closed=False) for side in sides)
    return (outline(knots, "trousers", closed=False, stroke=None), *lines)


def draw_neck(skeleton: Skeleton, body: Body, camera: Camera, token: str) -> Shape:
    """Return the neck; collar and head cover its ends. ``token`` is its colour: skin, or a scarf's."""
    joints, frames = skeleton.joints, skeleton.frames
    r = body.neck
    wide, slim = Girth(r * 1.1, r * 1.1, r * 1.1), Girth(r * 0.9, r * 0.7, r * 0.85)
    rows = [
        (blend(joints["t7"], joints["c7"], NECK_BASE), frames["thoracic2"], wide, False),
        (blend(joints["ao"], joints["head"], 0.6), frames["head"], slim, False),
    ]
    return outline(close_limb(slice_rows(camera, rows), hem=True), token, closed=False)
