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
THUMB_AHEAD = 0.75
IN_PROFILE = 0.72  # a chest turned to the viewer by less shows how a sleeve hangs from the slope of the shoulder
END_ON_SLEEVE = 3.5
COLLAR_SIDE = 3.5


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
    return [skin, *thumb, *_draw_sleeve(skeleton, body, camera, side, far)]


def draw_hand(skeleton: Skeleton, body: Body, camera: Camera, side: str) -> list[Shape]:
    """Return a hand by itself, for one that comes round from behind what hides its arm."""
    joints, frames = skeleton.joints, skeleton.frames
    wrist, knuckle, tip = (joints[f"{side} {name}"] for name in ("wrist", "knuckle", "tip"))
    hand, fingers = frames[f"{side} hand"], frames[f"{side} fingers"]
    rows: list[Row] = [
        (blend(wrist, knuckle, 0.35), hand, body.hand[0].girth, False),
        (knuckle, hand, body.hand[-1].girth, False),
        (tip, fingers, FINGERTIP, False),
    ]
    return [
        outline(close_limb(slice_rows(camera, rows), tip=1.0), "skin", closed=False),
        *_draw_fingers(skeleton, camera, side),
    ]


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


_THUMB_AHEAD = (Knot((1.4, 1.5)), Knot((4.6, 1.6)), Knot((6.6, 0.5)), Knot((5.2, -0.5)), Knot((2.4, -0.3)))
_THUMB = (Knot((0.3, 1.2)), Knot((2.8, 3.0)), Knot((5.2, 2.9)), Knot((3.4, 1.3)))


def _draw_thumb(skeleton: Skeleton, camera: Camera, side: str, far: str) -> list[Shape]:
    frame, wrist = skeleton.frames[f"{side} hand"], skeleton.joints[f"{side} wrist"]
    along = camera.see((-frame.up[0], -frame.up[1], -frame.up[2]))
    if hypot(*along) < 0.85:
        return []
    if dot(frame.forward, camera.toward) > THUMB_AHEAD:
        # The thumb lies before the hand, a little towards the palm.
        palm = (-along[1], along[0]) if side == "right" else (along[1], -along[0])
        return [
            outline(place_knots(_THUMB_AHEAD, camera.see(wrist), along, palm), f"skin{far}", closed=False, line=FINE)
        ]
    if abs(dot(frame.forward, camera.toward)) > THUMB_AHEAD:
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


def _draw_sleeve(skeleton: Skeleton, body: Body, camera: Camera, side: str, far: str) -> list[Shape]:
    joints = skeleton.joints
    shoulder, elbow = joints[f"{side} shoulder"], joints[f"{side} elbow"]
    frame, chest = skeleton.frames[f"{side} upper arm"], skeleton.frames["thoracic2"]
    rows: list[Row] = [
        (blend(shoulder, elbow, 0.06), frame, girth_at(body.upper_arm, 0.0, 0.1), False),
        (blend(shoulder, elbow, SLEEVE_END), frame, girth_at(body.upper_arm, SLEEVE_END, 0.6), False),
    ]
    slices = slice_rows(camera, rows)
    knots = close_limb(slices, hem=True)
    (x0, y0), (x1, y1) = slices[0].middle, slices[1].middle
    in_profile = abs(dot(chest.right, camera.toward)) > IN_PROFILE
    if in_profile or hypot(x1 - x0, y1 - y0) < END_ON_SLEEVE:
        return [outline([cap_root(slices), *knots], f"shirt{far}")]
    neck, waist = camera.see(joints["c7"]), camera.see(joints["t12"])
    line = _hang_sleeve(knots, camera.see(shoulder), neck, waist)
    # Cloth without a line joins a lifted sleeve to the shirt.
    corners = line[0].point, line[-1].point, (0.55 * neck[0] + 0.45 * waist[0], 0.55 * neck[1] + 0.45 * waist[1])
    cloth = outline([Knot(point, True, True) for point in corners], f"shirt{far}", stroke=None)
    return [cloth, outline(line, f"shirt{far}", closed=False)]


def _hang_sleeve(knots: list[Knot], shoulder: Point, neck: Point, waist: Point) -> list[Knot]:
    """Return a sleeve whose line begins in the armpit and ends on the slope of the shoulder, out of the shirt.

    ``knots`` are root and hem of the left flank, hem and root of the right. The flank that the trunk goes over into
    is the one on the right of a hanging right arm's way down as seen from the front; it stays so when the arm rises.
    """
    up = (neck[0] - waist[0], neck[1] - waist[1])
    size = max(hypot(*up), 1e-6)
    up = (up[0] / size, up[1] / size)
    out = (shoulder[0] - neck[0], shoulder[1] - neck[1])
    on_the_left = up[0] * out[1] - up[1] * out[0] > 0
    if not on_the_left:
        knots = [Knot(knot.point, knot.corner, i == 1) for i, knot in enumerate(reversed(knots))]
    (x0, y0), (x1, y1) = knots[0].point, knots[1].point
    (x3, y3), (x2, y2) = knots[3].point, knots[2].point
    # The higher the arm, the lower the armpit begins on its flank: at last below the shoulder.
    rise = ((x1 - x0) * up[0] + (y1 - y0) * up[1]) / max(hypot(x1 - x0, y1 - y0), 1e-6)
    share = 0.15 - 0.5 * rise - 0.24 * rise * rise
    armpit = Knot((x0 + share * (x1 - x0), y0 + share * (y1 - y0)))
    deltoid = Knot((x3 + 0.12 * (x2 - x3), y3 + 0.12 * (y2 - y3)))
    size = max(hypot(*out), 1e-6)
    out = (out[0] / size, out[1] / size)
    over = 1.7 * max(0.0, 1.0 - max(rise, 0.0) * 1.6)
    acromion = Knot((shoulder[0] + over * up[0] - 0.2 * out[0], shoulder[1] + over * up[1] - 0.2 * out[1]))
    aside = 1.0 if on_the_left else -1.0
    slope = Knot((neck[0] - aside * up[1] * COLLAR_SIDE, neck[1] + aside * up[0] * COLLAR_SIDE))
    return [armpit, *knots[1:3], *([deltoid, acromion] if over else [knots[3]]), slope]
