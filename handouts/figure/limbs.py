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
FINE = 0.75
FLAT_HAND = 0.8
END_ON_PALM = 3.8  # a palm seen shorter than this points at the camera: a round end without fingers
END_ON = 0.93  # a thigh that points at the camera by more than this is seen as a knee only
FINGERTIP = Girth(1.5, 1.5, 1.0)

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


def _rows(
    start: Vector, end: Vector, frame: Frame, stations: Sequence[Station], first: float = 0.0, last: float = 1.0
) -> list[Row]:
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
    end_on = dot(thigh.up, camera.toward) < -END_ON
    rows = [] if end_on else _rows(hip, knee, thigh, body.thigh[: 1 if far else -1])
    rows.append((knee, mean_frame(thigh, shank), body.thigh[-1].girth, not end_on))
    rows += _rows(knee, ankle, shank, body.shank)
    if not end_on and abs(dot(thigh.right, camera.toward)) < PROFILE:
        middle, frame, girth, joint = rows[0]
        rows[0] = (middle, frame, Girth(*(0.88 * value for value in girth)), joint)
    slices = slice_rows(camera, rows)
    knots = close_limb(slices, hem=True)
    if end_on:
        knots.insert(0, _cap(slices))
    trouser = outline(knots, f"trousers{far}", closed=end_on)
    return [*draw_foot(skeleton, camera, side, far, feet), trouser]


def _cap(slices: Sequence[Slice]) -> Knot:
    """Return the knot that rounds the root of a limb."""
    (x, y), (x1, y1) = slices[0].middle, slices[1].middle
    size = max(hypot(x1 - x, y1 - y), 1e-6)
    reach = (slices[0].left + slices[0].right) / 2
    return Knot((x - (x1 - x) / size * reach, y - (y1 - y) / size * reach))


# Feet in profile, ankle joint at the origin. Round the ankle they follow a circle, so that they fit a bent ankle too.
_SHOE = (
    Knot((-2.4, 1.6), True),
    Knot((-3.9, -2.0)),
    Knot((-3.3, -3.9), True, True),
    Knot((9.2, -3.9), True),
    Knot((11.2, -2.7)),
    Knot((7.6, -0.8)),
    Knot((2.2, 1.8), True, True),
)
_BARE = (
    Knot((-2.1, 1.4), True),
    Knot((-3.5, -2.2)),
    Knot((-2.2, -3.9), False, True),
    Knot((9.8, -3.9)),
    Knot((11.0, -3.0)),
    Knot((7.6, -1.5)),
    Knot((2.1, 1.6), True, True),
)
_SOLE_LINE = (Knot((-3.7, -2.7), True, True), Knot((10.6, -2.9), True))
# A foot as points in space (ahead, up, aside of the ankle), for every view but the profile.
_FOOT_POINTS = (
    (-2.1, 1.4, 0.0),
    (2.1, 1.4, 0.0),
    (0.0, 1.4, 2.1),
    (0.0, 1.4, -2.1),
    (-3.6, -2.4, 1.2),
    (-3.6, -2.4, -1.2),
    (-2.6, -3.9, 2.0),
    (-2.6, -3.9, -2.0),
    (6.5, -3.9, 2.9),
    (6.5, -3.9, -2.6),
    (9.6, -3.9, -2.3),
    (11.0, -3.3, 0.8),
    (10.2, -3.9, 1.6),
    (7.8, -1.4, 1.8),
    (7.8, -1.4, -1.8),
    (10.4, -2.2, 0.0),
)
PROFILE = 0.86
SOLE = -3.8


def draw_foot(skeleton: Skeleton, camera: Camera, side: str, far: str, feet: str) -> tuple[Shape, ...]:
    """Return a shoe or a bare foot, in profile or as the hull of its points."""
    frame, ankle = skeleton.frames[f"{side} foot"], skeleton.joints[f"{side} ankle"]
    token = f"{'shoe' if feet == 'shoes' else 'skin'}{far}"
    if abs(dot(frame.right, camera.toward)) > PROFILE:
        axes = camera.see(ankle), camera.see(frame.forward), camera.see(frame.up)
        if feet == "shoes":
            return (
                outline(place_knots(_SHOE, *axes), token),
                outline(place_knots(_SOLE_LINE, *axes), None, closed=False, line=FINE),
            )
        return (outline(place_knots(_BARE, *axes), token),)
    s = sign(side)
    seen = [(camera.see(place(ankle, frame, (a, b, s * c))), b < SOLE) for a, b, c in _FOOT_POINTS]
    sole = {(round(x, 3), round(y, 3)) for (x, y), flat in seen if flat}
    corners = thin_out([(point, point in sole) for point in hull([point for point, _ in seen])], 2.7)
    count = len(corners)
    return (
        outline(
            [Knot(point, False, flat and corners[(i + 1) % count][1]) for i, (point, flat) in enumerate(corners)], token
        ),
    )


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


SLEEVE_END = 0.62


def draw_arm(skeleton: Skeleton, body: Body, camera: Camera, side: str, far: str) -> list[Shape]:
    """Return arm with hand, thumb and sleeve of one side."""
    joints, frames = skeleton.joints, skeleton.frames
    shoulder, elbow, wrist, knuckle, tip = (
        joints[f"{side} {name}"] for name in ("shoulder", "elbow", "wrist", "knuckle", "tip")
    )
    upper, fore, hand = frames[f"{side} upper arm"], frames[f"{side} forearm"], frames[f"{side} hand"]
    rows: list[Row] = [(blend(shoulder, elbow, 0.5), upper, _girth_at(body.upper_arm, 0.5), False)]
    rows.append((elbow, mean_frame(upper, fore), body.upper_arm[-1].girth, True))
    if not far:
        rows += _rows(elbow, wrist, fore, body.forearm[:-1])
    rows.append((wrist, mean_frame(fore, hand), body.forearm[-1].girth, True))
    rows.append((knuckle, hand, body.hand[-1].girth, False))
    (x0, y0), (x1, y1) = camera.see(wrist), camera.see(knuckle)
    fist = hypot(x1 - x0, y1 - y0) < END_ON_PALM
    if not fist:
        rows.append((tip, frames[f"{side} fingers"], FINGERTIP, False))
    slices = _unfold(slice_rows(camera, rows))
    skin = outline(close_limb(slices, tip=1.9 if fist else 1.0), f"skin{far}", closed=False)
    thumb = [] if far else [*_draw_thumb(skeleton, camera, side, far), *_draw_fingers(skeleton, camera, side)]
    return [skin, *thumb, _draw_sleeve(skeleton, body, camera, side, far)]


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
    if abs(dot(frame.forward, camera.toward)) > 0.75 or hypot(*along) < 0.85:
        return []
    return [
        outline(place_knots(_THUMB, camera.see(wrist), along, camera.see(frame.forward)), f"skin{far}", closed=False)
    ]


_FINGER_LINES = ((0.35, 0.75, 0.95), (0.3, -0.35, 1.0))


def _draw_fingers(skeleton: Skeleton, camera: Camera, side: str) -> list[Shape]:
    """Return two lines between the fingers of an open hand that is seen flat."""
    frame, joints = skeleton.frames[f"{side} fingers"], skeleton.joints
    if abs(dot(frame.right, camera.toward)) < FLAT_HAND:
        return []
    knuckle, tip = joints[f"{side} knuckle"], joints[f"{side} tip"]
    lines = []
    for start, aside, end in _FINGER_LINES:
        ends = [place(blend(knuckle, tip, share), frame, (aside, 0.0, 0.0)) for share in (start, end)]
        lines.append(outline([Knot(camera.see(end), True, True) for end in ends], None, closed=False, line=FINE))
    return lines


def _draw_sleeve(skeleton: Skeleton, body: Body, camera: Camera, side: str, far: str) -> Shape:
    joints = skeleton.joints
    shoulder, elbow = joints[f"{side} shoulder"], joints[f"{side} elbow"]
    frame = skeleton.frames[f"{side} upper arm"]
    rows: list[Row] = [
        (blend(shoulder, elbow, 0.06), frame, _girth_at(body.upper_arm, 0.0, 0.1), False),
        (blend(shoulder, elbow, SLEEVE_END), frame, _girth_at(body.upper_arm, SLEEVE_END, 0.6), False),
    ]
    slices = slice_rows(camera, rows)
    knots = close_limb(slices, hem=True)
    if abs(dot(skeleton.frames["thoracic2"].right, camera.toward)) > 0.6:
        return outline([_cap(slices), *knots], f"shirt{far}")
    return outline(_open_armpit(knots, _cap(slices), camera.see(joints["t7"])), f"shirt{far}", closed=False)


def _open_armpit(knots: list[Knot], cap: Knot, chest: Point) -> list[Knot]:
    """Return a sleeve whose line begins in the armpit and ends on the shoulder, so that it grows out of the shirt.

    ``knots`` are root and hem of the left flank, hem and root of the right.
    """

    def away(knot: Knot) -> float:
        return hypot(knot.point[0] - chest[0], knot.point[1] - chest[1])

    if away(knots[0]) > away(knots[-1]):
        knots = [Knot(k.point, k.corner, i == 1) for i, k in enumerate(reversed(knots))]
    (x0, y0), (x1, y1) = knots[0].point, knots[1].point
    armpit = Knot((x0 + 0.35 * (x1 - x0), y0 + 0.35 * (y1 - y0)))
    inward = (x0 - knots[-1].point[0], y0 - knots[-1].point[1])
    down = (x1 - x0, y1 - y0)
    end = Knot((cap.point[0] + 0.55 * inward[0] + 0.02 * down[0], cap.point[1] + 0.55 * inward[1] + 0.02 * down[1]))
    shoulder = Knot(
        (cap.point[0] - 0.12 * inward[0] + 0.06 * down[0], cap.point[1] - 0.12 * inward[1] + 0.06 * down[1])
    )
    return [armpit, *knots[1:], shoulder, end]
