"""Pillows, rolled towel, blanket and wedge."""

from __future__ import annotations

from handouts.figure.camera import Camera
from handouts.figure.outlines import Knot, round_polygon
from handouts.figure.shapes import Segment, Shape
from handouts.figure.skeleton import Skeleton
from handouts.figure.specification import Prop
from handouts.figure.stage import BACKGROUND, Layer, Stage, pill, round_rectangle
from handouts.figure.strokes import hull, outline
from handouts.figure.surfaces import torso_rings
from handouts.figure.vectors import Point, Vector, add, blend, unit


def _cushion(camera: Camera, middle: Vector, along: Vector, half_long: float, half_thick: float, fill: str) -> Shape:
    """Return a pillow in section: long axis as given, corners pinched a little."""
    cx, cy = camera.see(middle)
    ax, ay = camera.see(along)
    size = max((ax * ax + ay * ay) ** 0.5, 1e-6)
    ax, ay = ax / size, ay / size
    rows = ((-1.0, 0.0), (-0.78, -1.0), (0.78, -1.0), (1.0, 0.0), (0.78, 1.0), (-0.78, 1.0))
    knots = [
        Knot(
            (cx + a * half_long * ax - b * half_thick * ay, cy + a * half_long * ay + b * half_thick * ax),
            i == 1,
            i == 1,
        )
        for i, (a, b) in enumerate(rows)
    ]
    return outline(knots, fill)


def draw_pillow(stage: Stage, prop: Prop) -> list[Layer]:
    """Return a pillow under or between parts of the body, or at a place."""
    if prop.numbers.get("between") == "knees":
        return [_between_knees(stage.solved.skeleton, stage.camera)]
    under = prop.numbers.get("under")
    base, half = float(prop.numbers.get("on", 0.0)), float(prop.numbers.get("long", 22.0)) / 2
    if under == "head":
        shape = _under_head(stage, prop, base, half)
    elif under is not None:
        shape = _under_body(stage, prop, base, half)
    else:
        shape = _at_place(stage, prop, half)
    return [Layer(BACKGROUND + 5, (shape,))]


def _bolster(camera: Camera, middle: Vector, half_long: float, half_thick: float) -> Shape:
    """Return a thick soft pillow: flat below, round above."""
    x, y = camera.see(middle)
    rows = ((-0.7, -1.0), (0.7, -1.0), (1.0, -0.35), (0.5, 0.85), (-0.5, 0.85), (-1.0, -0.35))
    knots = [Knot((x + a * half_long, y + b * half_thick), i < 2, i == 0) for i, (a, b) in enumerate(rows)]
    return outline(knots, "pillow")


def _in_view(camera: Camera, low: Vector, high: Vector, fill: str = "pillow") -> Shape:
    """Return a pillow (or blanket) as a soft block, for views from above."""
    corners = [(x, y, z) for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])]
    return outline(round_polygon(hull([camera.see(corner) for corner in corners])), fill)


def _under_head(stage: Stage, prop: Prop, base: float, half: float) -> Shape:
    camera, head = stage.camera, stage.first.joints["head"]  # The pillow stays where it lay at first.
    if camera.toward[1] > 0.9:
        return round_rectangle(*_around(camera.see(head), 9.0, 15.0), 4.0, "pillow")
    top = head[1] - 4.6
    if camera.toward[1] > 0.1:
        return _in_view(camera, (head[0] - 9.0, base, head[2] - 14.0), (head[0] + 7.5, top, head[2] + 12.0))
    middle = (head[0] + float(prop.numbers.get("shift", 0.0)), (top + base) / 2, head[2])
    return _cushion(camera, middle, (1.0, 0.0, 0.0), half, max((top - base) / 2, 0.6), "pillow")


def _under_body(stage: Stage, prop: Prop, base: float, half: float) -> Shape:
    skeleton, shift = stage.solved.skeleton, float(prop.numbers.get("shift", 0.0))
    if prop.numbers["under"] == "knees":
        knee = blend(skeleton.joints["right knee"], skeleton.joints["left knee"], 0.5)
        top = knee[1] - 3.0
        middle = (knee[0] + 0.5 + shift, (top + base) / 2, 0.0)
        return _bolster(stage.camera, middle, half * 0.66, (top - base) / 2)
    ring = torso_rings(skeleton, stage.body)[1]
    return _cushion(stage.camera, (ring.middle[0] + shift, base + 1.6, 0.0), (1.0, 0.0, 0.0), half, 2.0, "pillow")


def _at_place(stage: Stage, prop: Prop, half: float) -> Shape:
    x, y = (float(value) for value in prop.numbers.get("at", (0.0, 3.0)))
    thick = float(prop.numbers.get("thick", 6.0))
    if stage.camera.toward[1] > 0.1:
        return _in_view(stage.camera, (x - half, y - thick / 2, -11.0), (x + half, y + thick / 2, 11.0))
    return _cushion(stage.camera, (x, y, 0.0), (1.0, 0.0, 0.0), half, thick / 2, "pillow")


def _around(point: Point, half_x: float, half_y: float) -> tuple[float, float, float, float]:
    return point[0] - half_x, point[1] - half_y, point[0] + half_x, point[1] + half_y


def _between_knees(skeleton: Skeleton, camera: Camera) -> Layer:
    knee = blend(skeleton.joints["right knee"], skeleton.joints["left knee"], 0.5)
    ankle = blend(skeleton.joints["right ankle"], skeleton.joints["left ankle"], 0.5)
    hip = blend(skeleton.joints["right hip"], skeleton.joints["left hip"], 0.5)
    start = blend(knee, hip, 0.25)
    middle = blend(start, ankle, 0.5)
    along = unit(add(ankle, knee, -1.0))
    depth = camera.depth(blend(skeleton.joints["right knee"], skeleton.joints["left knee"], 0.5))
    return Layer(depth - 0.1, (_cushion(camera, middle, along, 18.0, 7.5, "pillow"),), "between")


def draw_roll(stage: Stage, prop: Prop) -> list[Layer]:
    """A rolled towel, seen from its end: in the hollow of the back, or where ``at`` says."""
    skeleton, camera = stage.solved.skeleton, stage.camera
    if "at" in prop.numbers:
        x, y = (float(value) for value in prop.numbers["at"])
        centre = camera.see((x, y, 0.0))
    else:
        ring = torso_rings(skeleton, stage.body)[2]
        centre = camera.see(add(ring.middle, ring.frame.forward, -ring.girth.back - 1.2))
    r = float(prop.numbers.get("radius", 1.9))
    x, y = centre
    knots = [Knot((x + r, y)), Knot((x, y + r)), Knot((x - r, y)), Knot((x, y - r))]
    return [Layer(BACKGROUND + 6, (outline(knots, "towel"),))]


def draw_blanket(stage: Stage, prop: Prop) -> list[Layer]:
    """A folded blanket under the seat."""
    height = stage.solved.surfaces["blanket"]
    x, wide = float(prop.numbers.get("at", -1.0)), float(prop.numbers.get("wide", 24.0))
    if abs(stage.camera.toward[1]) > 0.1:
        low, high = (x - wide / 2, 0.0, -14.0), (x + wide / 2, height, 14.0)
        return [Layer(BACKGROUND + 4, (_in_view(stage.camera, low, high, "towel"),))]
    fold = Segment("M", (x - wide / 2, height / 2)), Segment("L", (x + wide / 2 - 1.0, height / 2))
    return [
        Layer(BACKGROUND + 4, (pill(x - wide / 2, 0.0, x + wide / 2, height, "towel"), Shape(fold, None, "ink", 0.8)))
    ]


def draw_wedge(stage: Stage, prop: Prop) -> list[Layer]:
    """Stacked pillows that hold up the back and the head."""
    skeleton, camera = stage.solved.skeleton, stage.camera
    rings = torso_rings(skeleton, stage.body)
    low, high = rings[1], rings[5]
    a = add(low.middle, low.frame.forward, -low.girth.back - 0.4)
    b = add(high.middle, high.frame.forward, -high.girth.back - 0.4)
    head, frame = skeleton.joints["head"], skeleton.frames["head"]
    c = add(add(head, frame.forward, -4.8), frame.up, 5.0)
    d = add(add(head, frame.forward, -4.8), frame.up, -3.5)
    floor = stage.solved.surfaces["bed"]
    support = [
        camera.see(a),
        camera.see(b),
        camera.see(add(c, (1.0, 0.0, 0.0), -2.0)),
        (c[0] - 3.0, floor),
        (a[0] + 1.0, floor),
    ]
    cushion = _cushion(
        camera,
        blend(blend(c, d, 0.5), add(blend(c, d, 0.5), frame.forward, -2.4), 0.8),
        unit(add(c, d, -1.0)),
        8.0,
        2.6,
        "pillow",
    )
    return [Layer(BACKGROUND + 4, (outline(round_polygon(support, 0.12), "pillow"), cushion))]
