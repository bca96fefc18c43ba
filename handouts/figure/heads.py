"""Heads: a profile, a face, and what is seen from behind; hair in several cuts."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.figure.camera import Camera
from handouts.figure.hair import HAIR, Cut, Rows
from handouts.figure.outlines import Knot
from handouts.figure.shapes import Shape
from handouts.figure.skeleton import Skeleton
from handouts.figure.strokes import FINE, outline, place_knots
from handouts.figure.vectors import Point, dot

SCALE = 1.07  # Heads are drawn a little large, as illustrators do.
MOST_SHIFT = 1.3  # so far the features go to the side of a face that is turned
COVERS_NECK = frozenset({"scarf"})
Table = tuple[tuple[float, float], ...]

_PROFILE: Table = (
    (3.2, 5.4),
    (5.0, 2.6),
    (4.85, 1.0),
    (6.5, -1.1),
    (5.2, -1.9),
    (5.35, -2.85),
    (4.9, -3.85),
    (4.95, -5.25),
    (3.3, -6.4),
    (-0.9, -4.2),
    (-3.2, -2.6),
    (-4.2, 0.5),
    (-3.2, 3.5),
)
_PROFILE_CORNERS = frozenset({3, 4})
_FACE: Table = ((-3.9, 4.9), (-4.5, 0.6), (-3.1, -4.8), (0.0, -6.5), (3.1, -4.8), (4.5, 0.6), (3.9, 4.9))


def _knots(table: Sequence[tuple[float, ...]]) -> tuple[Knot, ...]:
    return tuple(Knot((row[0], row[1]), corner=len(row) > 2) for row in table)


NO_EAR = frozenset({"scarf", "bob", "curly"})
_FACE_KNOTS = tuple(Knot(point) for point in _FACE)


def draw_head(skeleton: Skeleton, camera: Camera, hair: str, eyes: str) -> list[Shape]:
    """Return the head as seen: in profile, from the front or from behind. ``eyes`` is ``open`` or ``closed``."""
    frame, origin = skeleton.frames["head"], camera.see(skeleton.joints["head"])
    aside, facing = dot(frame.right, camera.toward), dot(frame.forward, camera.toward)
    up = camera.see(frame.up)
    size = (up[0] ** 2 + up[1] ** 2) ** 0.5
    up = (up[0] / size, up[1] / size) if size > 1e-6 else (0.0, 1.0)
    up = (up[0] * SCALE, up[1] * SCALE)
    across: Point = (up[1], -up[0])
    cut = HAIR[hair]
    if abs(aside) >= 0.64:
        ahead = across if aside > 0 else (-across[0], -across[1])
        return _draw_profile(origin, ahead, up, cut, eyes, ear=hair not in NO_EAR)
    if facing > 0:
        toward = camera.see(frame.forward)
        shift = toward[0] * across[0] + toward[1] * across[1]
        return _draw_face(origin, across, up, cut, eyes, max(-MOST_SHIFT, min(MOST_SHIFT, shift * 3.0)))
    return [
        outline(place_knots(_FACE_KNOTS, origin, across, up), "skin", closed=False),
        *_draw_hair(cut.back, cut.back_lines, origin, across, up),
    ]


def _draw_hair(rows: Rows, lines: Sequence[Rows], origin: Point, x: Point, y: Point) -> list[Shape]:
    strands = [outline(place_knots(_knots(line), origin, x, y), None, closed=False, line=FINE) for line in lines]
    return [outline(place_knots(_knots(rows), origin, x, y), "hair"), *strands]


def _draw_profile(origin: Point, x: Point, y: Point, cut: Cut, eyes: str, ear: bool) -> list[Shape]:
    def put(knots: Sequence[Knot]) -> list[Knot]:
        return place_knots(knots, origin, x, y)

    face = [Knot(point, corner=i in _PROFILE_CORNERS) for i, point in enumerate(_PROFILE)]
    shell = (Knot((0.0, 0.5)), Knot((-1.7, 0.3)), Knot((-0.3, -1.8)))
    ears = [outline(put(shell), "skin", closed=False, line=0.8)] if ear else []
    if eyes == "closed":
        eye = outline(put((Knot((2.6, 0.5)), Knot((3.4, 0.1)), Knot((4.1, 0.5)))), None, closed=False, line=0.9)
    else:
        eye = outline(put((Knot((3.1, 0.6)), Knot((3.65, 1.3)), Knot((3.75, 0.2)))), "ink", stroke=None)
    return [
        outline(put(face), "skin", closed=False),
        *_draw_hair(cut.profile, cut.profile_lines, origin, x, y),
        *ears,
        eye,
        outline(put((Knot((2.7, 2.6), True, True), Knot((4.2, 2.6)))), None, closed=False, line=0.9),
        outline(put((Knot((5.1, -3.2)), Knot((4.4, -3.35)), Knot((3.7, -2.95)))), None, closed=False, line=0.8),
    ]


def _draw_face(origin: Point, x: Point, y: Point, cut: Cut, eyes: str, shift: float) -> list[Shape]:
    def put(knots: Sequence[Knot], by: float = 0.0) -> list[Knot]:
        return place_knots([Knot((k.point[0] + by, k.point[1]), k.corner, k.straight) for k in knots], origin, x, y)

    shapes = [outline(put(_FACE_KNOTS), "skin", closed=False)]
    shapes += _draw_hair(cut.front, cut.front_lines, origin, x, y)
    for centre in (-1.9 + shift, 1.9 + shift):
        if eyes == "closed":
            lid = (Knot((-0.8, 0.2)), Knot((0.0, -0.25)), Knot((0.8, 0.2)))
            shapes.append(outline(put(lid, centre), None, closed=False, line=0.9))
        else:
            shapes.append(
                outline(
                    put((Knot((-0.45, 0.3)), Knot((0.0, 0.9)), Knot((0.45, 0.3)), Knot((0.0, -0.3))), centre),
                    "ink",
                    stroke=None,
                )
            )
    shapes.append(
        outline(put((Knot((0.1, -0.6)), Knot((0.75, -1.7)), Knot((-0.1, -2.0))), shift), None, closed=False, line=0.8)
    )
    shapes.append(
        outline(put((Knot((-1.3, -3.5)), Knot((0.0, -3.95)), Knot((1.3, -3.5))), shift), None, closed=False, line=0.8)
    )
    return shapes
