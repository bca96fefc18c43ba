"""Arms and legs as seen: one outline each, with hand or foot, sleeve and trouser leg."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from handouts.figure.body import Body, Girth, Station
from handouts.figure.camera import Camera
from handouts.figure.outlines import Knot, Slice, close_limb, trace
from handouts.figure.shapes import Shape
from handouts.figure.skeleton import Skeleton, sign
from handouts.figure.surfaces import mean_frame, reach_of
from handouts.figure.vectors import Frame, Point, Vector, blend, dot, place

INK = 1.0
FINGERTIP = Girth(1.5, 1.5, 1.0)

Row = tuple[Vector, Frame, Girth, bool]


def outline(knots: Sequence[Knot], fill: str | None, closed: bool = True, stroke: str | None = "ink", line: float = INK) -> Shape:
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


def _rows(start: Vector, end: Vector, frame: Frame, stations: Sequence[Station], first: float = 0.0, last: float = 1.0) -> list[Row]:
    rows: list[Row] = []
    for share, girth in stations:
        if first <= share <= last:
            rows.append((blend(start, end, share), frame, girth, False))
    return rows


def _girth_at(stations: Sequence[Station], share: float, more: float = 0.0) -> Girth:
    below = max((item for item in stations if item.share <= share), key=lambda item: item.share)
    above = min((item for item in stations if item.share >= share), key=lambda item: item.share)
    span = above.share - below.share
    t = (share - below.share) / span if span else 0.0
    return Girth(*(a * (1 - t) + b * t + more for a, b in zip(below.girth, above.girth, strict=True)))


def draw_leg(skeleton: Skeleton, body: Body, camera: Camera, side: str, far: str, feet: str) -> list[Shape]:
    """Return foot and trouser leg of one side. ``far`` is ``-far`` for the darker tokens, else empty."""
    joints, frames = skeleton.joints, skeleton.frames
    hip, knee, ankle = (joints[f"{side} {name}"] for name in ("hip", "knee", "ankle"))
    thigh, shank = frames[f"{side} thigh"], frames[f"{side} shank"]
    rows = _rows(hip, knee, thigh, body.thigh[:-1])
    rows.append((knee, mean_frame(thigh, shank), body.thigh[-1].girth, True))
    rows += _rows(knee, ankle, shank, body.shank)
    knots = close_limb(slice_rows(camera, rows), hem=True)
    trouser = outline(knots, f"trousers{far}", closed=False)
    return [draw_foot(skeleton, camera, side, far, feet), trouser]


_SHOE = (
    Knot((-2.4, 4.0)), Knot((-3.9, -1.6)), Knot((-3.3, -3.9), True, True), Knot((9.0, -3.9), True), Knot((11.2, -2.6)),
    Knot((8.0, -0.7)), Knot((2.6, 4.0), True, True),
)
_BARE = (
    Knot((-2.0, 4.2)), Knot((-3.6, -2.0)), Knot((-2.2, -3.9), False, True), Knot((9.6, -3.9), False), Knot((11.0, -2.8)),
    Knot((8.4, -1.6)), Knot((2.2, 4.2), True, True),
)
_FRONT_FOOT = (
    Knot((-2.3, 2.6)), Knot((-2.7, -1.8)), Knot((-2.8, -3.9), True, True), Knot((2.8, -3.9), True), Knot((2.7, -1.8)),
    Knot((2.3, 2.6), True, True),
)
_TOP_FOOT = (
    Knot((-3.7, 0.0)), Knot((-2.0, 2.2)), Knot((4.0, 2.3)), Knot((9.4, 2.5)), Knot((11.4, 0.6)), Knot((9.0, -2.3)), Knot((-2.0, -2.2)),
)


def draw_foot(skeleton: Skeleton, camera: Camera, side: str, far: str, feet: str) -> Shape:
    """Return a shoe or a bare foot, in profile, from the front or from above, whichever the camera sees most of."""
    frame, ankle = skeleton.frames[f"{side} foot"], skeleton.joints[f"{side} ankle"]
    seen = [abs(dot(axis, camera.toward)) for axis in frame]
    widest = seen.index(max(seen))
    origin = camera.see(ankle)
    knots: tuple[Knot, ...]
    if widest == 2:
        knots, x_axis, y_axis = (_SHOE if feet == "shoes" else _BARE), frame.forward, frame.up
    elif widest == 0:
        knots, x_axis, y_axis = _FRONT_FOOT, frame.right, frame.up
    else:
        knots, x_axis, y_axis = _TOP_FOOT, frame.forward, tuple(-sign(side) * value for value in frame.right)  # type: ignore[assignment]
    x, y = camera.see(x_axis), camera.see(y_axis)
    token = "shoe" if feet == "shoes" else "skin"
    return outline(place_knots(knots, origin, x, y), f"{token}{far}")


def place_knots(knots: Sequence[Knot], origin: Point, x: Point, y: Point) -> list[Knot]:
    """Return knots of a flat drawing carried over to the picture by its origin and two axes."""
    return [
        Knot((origin[0] + a * x[0] + b * y[0], origin[1] + a * x[1] + b * y[1]), corner, straight)
        for (a, b), corner, straight in knots
    ]


SLEEVE_END = 0.62


def draw_arm(skeleton: Skeleton, body: Body, camera: Camera, side: str, far: str) -> list[Shape]:
    """Return arm with hand, thumb and sleeve of one side."""
    joints, frames = skeleton.joints, skeleton.frames
    shoulder, elbow, wrist, knuckle, tip = (joints[f"{side} {name}"] for name in ("shoulder", "elbow", "wrist", "knuckle", "tip"))
    upper, fore, hand = frames[f"{side} upper arm"], frames[f"{side} forearm"], frames[f"{side} hand"]
    rows: list[Row] = [(blend(shoulder, elbow, 0.5), upper, _girth_at(body.upper_arm, 0.5), False)]
    rows.append((elbow, mean_frame(upper, fore), body.upper_arm[-1].girth, True))
    rows += _rows(elbow, wrist, fore, body.forearm[:-1])
    rows.append((wrist, mean_frame(fore, hand), body.forearm[-1].girth, True))
    rows.append((knuckle, hand, body.hand[-1].girth, False))
    rows.append((tip, frames[f"{side} fingers"], FINGERTIP, False))
    slices = _unfold(slice_rows(camera, rows))
    skin = outline(close_limb(slices, tip=1.0), f"skin{far}", closed=False)
    return [skin, *_draw_thumb(skeleton, camera, side, far), _draw_sleeve(skeleton, body, camera, side, far)]


def _unfold(slices: list[Slice]) -> list[Slice]:
    """Drop stations that the picture shows on top of each other, so that an outline never turns back on itself."""
    kept = slices[:3]
    for item in slices[3:]:
        near = hypot(item.middle[0] - kept[-1].middle[0], item.middle[1] - kept[-1].middle[1])
        if near > 1.6:
            kept.append(item)
        elif len(kept) > 3:
            kept[-1] = kept[-1]._replace(left=max(item.left, kept[-1].left), right=max(item.right, kept[-1].right))
    return kept


_THUMB = (Knot((0.3, 1.2)), Knot((2.8, 3.0)), Knot((5.2, 2.9)), Knot((3.4, 1.3)))


def _draw_thumb(skeleton: Skeleton, camera: Camera, side: str, far: str) -> list[Shape]:
    frame, wrist = skeleton.frames[f"{side} hand"], skeleton.joints[f"{side} wrist"]
    along = camera.see((-frame.up[0], -frame.up[1], -frame.up[2]))
    if abs(dot(frame.forward, camera.toward)) > 0.75 or hypot(*along) < 0.5:
        return []
    return [outline(place_knots(_THUMB, camera.see(wrist), along, camera.see(frame.forward)), f"skin{far}", closed=False)]


def _draw_sleeve(skeleton: Skeleton, body: Body, camera: Camera, side: str, far: str) -> Shape:
    joints = skeleton.joints
    shoulder, elbow = joints[f"{side} shoulder"], joints[f"{side} elbow"]
    frame = skeleton.frames[f"{side} upper arm"]
    rows: list[Row] = [
        (shoulder, frame, _girth_at(body.upper_arm, 0.0, 0.3), False),
        (blend(shoulder, elbow, 0.32), frame, _girth_at(body.upper_arm, 0.32, 0.45), False),
        (blend(shoulder, elbow, SLEEVE_END), frame, _girth_at(body.upper_arm, SLEEVE_END, 0.7), False),
    ]
    slices = slice_rows(camera, rows)
    knots = close_limb(slices, hem=True)
    (x, y), (x1, y1) = slices[0].middle, slices[1].middle
    size = max(hypot(x1 - x, y1 - y), 1e-6)
    reach = (slices[0].left + slices[0].right) / 2
    cap = Knot((x - (x1 - x) / size * reach, y - (y1 - y) / size * reach))
    return outline([cap, *knots], f"shirt{far}")
