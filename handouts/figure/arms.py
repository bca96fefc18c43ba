"""Arms as seen: one outline with the hand, thumb and fingers, and the sleeve."""

from __future__ import annotations

from math import hypot

from handouts.figure.body import Body, Girth
from handouts.figure.camera import Camera
from handouts.figure.limbs import cap_root, girth_at, make_rows
from handouts.figure.outlines import Knot, Slice, close_limb
from handouts.figure.shapes import Shape
from handouts.figure.skeleton import Skeleton
from handouts.figure.strokes import FINE, Row, outline, place_knots, slice_rows
from handouts.figure.surfaces import mean_frame
from handouts.figure.vectors import Point, blend, dot, place

FLAT_HAND = 0.8
END_ON_PALM = 3.8  # a palm seen shorter than this points at the camera: a round end without fingers
FINGERTIP = Girth(1.5, 1.5, 1.0)
SLEEVE_END = 0.62


def draw_arm(skeleton: Skeleton, body: Body, camera: Camera, side: str, far: str) -> list[Shape]:
    """Return arm with hand, thumb and sleeve of one side."""
    joints, frames = skeleton.joints, skeleton.frames
    shoulder, elbow, wrist, knuckle, tip = (
        joints[f"{side} {name}"] for name in ("shoulder", "elbow", "wrist", "knuckle", "tip")
    )
    upper, fore, hand = frames[f"{side} upper arm"], frames[f"{side} forearm"], frames[f"{side} hand"]
    rows: list[Row] = [(blend(shoulder, elbow, 0.5), upper, girth_at(body.upper_arm, 0.5), False)]
    rows.append((elbow, mean_frame(upper, fore), body.upper_arm[-1].girth, True))
    if not far:
        rows += make_rows(elbow, wrist, fore, body.forearm[:-1])
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
        (blend(shoulder, elbow, 0.06), frame, girth_at(body.upper_arm, 0.0, 0.1), False),
        (blend(shoulder, elbow, SLEEVE_END), frame, girth_at(body.upper_arm, SLEEVE_END, 0.6), False),
    ]
    slices = slice_rows(camera, rows)
    knots = close_limb(slices, hem=True)
    if abs(dot(skeleton.frames["thoracic2"].right, camera.toward)) > 0.6:
        return outline([cap_root(slices), *knots], f"shirt{far}")
    return outline(_open_armpit(knots, cap_root(slices), camera.see(joints["t7"])), f"shirt{far}", closed=False)


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
