"""Legs as seen, and what arms and legs share: stations along bones, and round roots."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from handouts.figure.body import Body, Girth, Station
from handouts.figure.camera import Camera
from handouts.figure.feet import PROFILE, draw_foot
from handouts.figure.outlines import Knot, Slice, close_limb
from handouts.figure.shapes import Shape
from handouts.figure.skeleton import Skeleton
from handouts.figure.strokes import Row, outline, slice_rows
from handouts.figure.surfaces import mean_frame
from handouts.figure.vectors import Frame, Vector, blend, dot

END_ON = 0.93  # a thigh that points at the camera by more than this is seen as a knee only


def make_rows(start: Vector, end: Vector, frame: Frame, stations: Sequence[Station]) -> list[Row]:
    """Return the stations of one bone, each at its place between the two joints."""
    return [(blend(start, end, share), frame, girth, False) for share, girth in stations]


def girth_at(stations: Sequence[Station], share: float, more: float = 0.0) -> Girth:
    """Return the girth at a share of a bone, ``more`` of it all round where cloth lies over the skin."""
    below = max((item for item in stations if item.share <= share), key=lambda item: item.share)
    above = min((item for item in stations if item.share >= share), key=lambda item: item.share)
    span = above.share - below.share
    t = (share - below.share) / span if span else 0.0
    return Girth(*(a * (1 - t) + b * t + more for a, b in zip(below.girth, above.girth, strict=True)))


def cap_root(slices: Sequence[Slice]) -> Knot:
    """Return the knot that rounds the root of a limb."""
    (x, y), (x1, y1) = slices[0].middle, slices[1].middle
    size = max(hypot(x1 - x, y1 - y), 1e-6)
    reach = (slices[0].left + slices[0].right) / 2
    return Knot((x - (x1 - x) / size * reach, y - (y1 - y) / size * reach))


def draw_leg(skeleton: Skeleton, body: Body, camera: Camera, side: str, far: str, feet: str) -> list[Shape]:
    """Return foot and trouser leg of one side. ``far`` is ``-far`` for the darker tokens, else empty."""
    joints, frames = skeleton.joints, skeleton.frames
    hip, knee, ankle = (joints[f"{side} {name}"] for name in ("hip", "knee", "ankle"))
    thigh, shank = frames[f"{side} thigh"], frames[f"{side} shank"]
    end_on = dot(thigh.up, camera.toward) < -END_ON
    rows = [] if end_on else make_rows(hip, knee, thigh, body.thigh[: 1 if far else -1])
    rows.append((knee, mean_frame(thigh, shank), body.thigh[-1].girth, not end_on))
    rows += make_rows(knee, ankle, shank, body.shank)
    if not end_on and abs(dot(thigh.right, camera.toward)) < PROFILE:
        middle, frame, girth, joint = rows[0]
        rows[0] = (middle, frame, Girth(*(0.88 * value for value in girth)), joint)
    slices = slice_rows(camera, rows)
    knots = close_limb(slices, hem=True)
    if end_on:
        knots.insert(0, cap_root(slices))
    trouser = outline(knots, f"trousers{far}", closed=end_on)
    return [*draw_foot(skeleton, camera, side, far, feet), trouser]
