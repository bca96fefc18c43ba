"""Shoes and bare feet as seen."""

from __future__ import annotations

from handouts.figure.camera import Camera
from handouts.figure.outlines import Knot
from handouts.figure.shapes import Shape
from handouts.figure.skeleton import Skeleton, sign
from handouts.figure.strokes import FINE, hull, outline, place_knots, thin_out
from handouts.figure.vectors import dot, place

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
    corners = thin_out([(point, point in sole) for point in hull([point for point, _ in seen])], 1.7)
    count = len(corners)
    return (
        outline(
            [Knot(point, False, flat and corners[(i + 1) % count][1]) for i, (point, flat) in enumerate(corners)], token
        ),
    )
