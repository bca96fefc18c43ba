"""Things in the picture: mat, bed, chair, pillow, towel and the rest, in the world of the person's frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from handouts.figure.body import Body
from handouts.figure.camera import Camera
from handouts.figure.limbs import INK, hull, outline
from handouts.figure.outlines import Knot, round_polygon
from handouts.figure.pose import SolvedFrame
from handouts.figure.shapes import Segment, Shape
from handouts.figure.skeleton import Skeleton
from handouts.figure.specification import Prop
from handouts.figure.surfaces import torso_rings
from handouts.figure.vectors import Point, Vector, add, blend, dot, scale, unit

BACKGROUND = -1000.0


@dataclass(frozen=True, slots=True)
class Layer:
    """Shapes that are painted together, and how near they are."""

    depth: float
    shapes: tuple[Shape, ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """What a prop may look at when it is drawn: the solved frame, body, camera, and the person's bounds."""

    solved: SolvedFrame
    body: Body
    camera: Camera
    bounds: tuple[float, float, float, float]
    first: Skeleton


def round_rectangle(x0: float, y0: float, x1: float, y1: float, radius: float, fill: str) -> Shape:
    """Return a rectangle with round corners, corner by corner one curve."""
    r = min(radius, (x1 - x0) / 2, (y1 - y0) / 2)
    k = r * 0.45
    move = Segment("M", (x0 + r, y0))
    segments = [
        move, Segment("L", (x1 - r, y0)), Segment("C", (x1 - k, y0, x1, y0 + k, x1, y0 + r)),
        Segment("L", (x1, y1 - r)), Segment("C", (x1, y1 - k, x1 - k, y1, x1 - r, y1)),
        Segment("L", (x0 + r, y1)), Segment("C", (x0 + k, y1, x0, y1 - k, x0, y1 - r)),
        Segment("L", (x0, y0 + r)), Segment("C", (x0, y0 + k, x0 + k, y0, x0 + r, y0)), Segment("Z", ()),
    ]
    return Shape(tuple(segments), fill, "ink", INK)


def pill(x0: float, y0: float, x1: float, y1: float, fill: str) -> Shape:
    """Return a flat bar with round ends, each one curve."""
    k = (y1 - y0) * 0.66
    segments = (
        Segment("M", (x0, y0)), Segment("L", (x1, y0)), Segment("C", (x1 + k, y0, x1 + k, y1, x1, y1)),
        Segment("L", (x0, y1)), Segment("C", (x0 - k, y1, x0 - k, y0, x0, y0)), Segment("Z", ()),
    )
    return Shape(segments, fill, "ink", INK)


def draw_block(camera: Camera, low: Vector, high: Vector, fill: str) -> Shape:
    """Return an upright block as seen."""
    corners = [camera.see((x, y, z)) for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])]
    return outline([Knot(point, True, True) for point in hull(corners)], fill)


def _slab(stage: Stage, prop: Prop, thick: float, radius: float, fill: str) -> list[Layer]:
    left, bottom, right, top = stage.bounds
    if stage.camera.toward[1] > 0.9:
        x0, y0, x1, y1 = left - 5, bottom - 4, right + 5, top + 4
        return [Layer(BACKGROUND, (round_rectangle(x0, y0, x1, y1, 4.0, fill),))]
    if stage.camera.toward[1] > 0.1:
        half = float(prop.numbers.get("wide", 40.0)) / 2
        x0, x1 = _extent(stage.solved.skeleton)
        x0, x1 = (float(value) for value in prop.numbers.get("from-to", (x0 - 4, x1 + 4)))
        far, near = -half, float(prop.numbers.get("edge", half))
        shapes = [draw_block(stage.camera, (x0, -thick, far), (x1, 0.0, near), fill)]
        if thick > 3:
            shapes.append(draw_block(stage.camera, (x0, -thick, near), (x1, 0.0, near), f"{fill}-side"))
        return [Layer(BACKGROUND, tuple(shapes))]
    if thick < 3:
        return [Layer(BACKGROUND, (pill(left - 1.5, -thick, right + 1.5, 0.0, fill),))]
    return [Layer(BACKGROUND, (round_rectangle(left - 3.0, -thick, right + 3.0, 0.0, radius, fill),))]


def _extent(skeleton: Skeleton) -> tuple[float, float]:
    xs = [point[0] for point in skeleton.joints.values()]
    return min(xs), max(xs)


def _mat(stage: Stage, prop: Prop) -> list[Layer]:
    return _slab(stage, prop, 1.8, 0.9, "mat")


def _floor(stage: Stage, prop: Prop) -> list[Layer]:
    return _slab(stage, prop, 1.2, 0.6, "floor")


def _bed(stage: Stage, prop: Prop) -> list[Layer]:
    return _slab(stage, prop, float(prop.numbers.get("thick", 8.0)), 2.5, "bed")


def _chair(stage: Stage, prop: Prop) -> list[Layer]:
    camera, height = stage.camera, stage.solved.surfaces["seat"]
    x = float(prop.numbers.get("at", 0.0))
    seat0, seat1 = x - 8.0, x + 14.0
    shapes = [
        draw_block(camera, (x0, 0.0, z), (x0 + 2.0, height - 2.0, z + 2.0), "chair-far")
        for x0 in (seat0 + 1.0, seat1 - 3.5) for z in (-11.0, 9.0)
        if z > 0 or abs(camera.toward[2]) < 0.95
    ]
    if prop.kind == "chair" and prop.numbers.get("turned") is True:
        shapes.append(draw_block(camera, (seat1, height - 2.2, -11.0), (seat1 + 2.0, height + 27.0, 11.0), "chair"))
    elif prop.kind == "chair":
        shapes.append(draw_block(camera, (seat0 - 2.0, height - 2.2, -11.0), (seat0, height + 27.0, 11.0), "chair"))
    shapes.append(draw_block(camera, (seat0 - 2.0, height - 2.2, -12.0), (seat1, height, 12.0), "chair"))
    return [Layer(BACKGROUND + 1, tuple(shapes))]


def _block(stage: Stage, prop: Prop) -> list[Layer]:
    name = {"step": "step", "box": "box"}.get(prop.kind, prop.kind)
    height = float(prop.numbers.get("height", stage.solved.surfaces.get(name, 10.0)))
    x, wide = float(prop.numbers.get("at", 20.0)), float(prop.numbers.get("wide", 16.0))
    low = (x - wide / 2, float(prop.numbers.get("from", 0.0)), -9.0)
    return [Layer(BACKGROUND + 2, (draw_block(stage.camera, low, (x + wide / 2, height, 9.0), "box" if prop.kind == "box" else "prop"),))]


def _blanket(stage: Stage, prop: Prop) -> list[Layer]:
    """A folded blanket under the seat."""
    height = stage.solved.surfaces["blanket"]
    x, wide = float(prop.numbers.get("at", -1.0)), float(prop.numbers.get("wide", 24.0))
    fold = Segment("M", (x - wide / 2, height / 2)), Segment("L", (x + wide / 2 - 1.0, height / 2))
    return [Layer(BACKGROUND + 4, (pill(x - wide / 2, 0.0, x + wide / 2, height, "towel"), Shape(fold, None, "ink", 0.8)))]


def _table(stage: Stage, prop: Prop) -> list[Layer]:
    height = stage.solved.surfaces[prop.kind]
    x, wide = float(prop.numbers.get("at", 30.0)), float(prop.numbers.get("wide", 26.0))
    camera = stage.camera
    shapes = []
    if prop.kind == "worktop":
        shapes.append(draw_block(camera, (x - wide / 2 + 2.0, 0.0, -10.0), (x + wide / 2, height - 2.4, 10.0), "prop"))
    else:
        for leg in (x - wide / 2 + 2.0, x + wide / 2 - 4.0):
            shapes.append(draw_block(camera, (leg, 0.0, -10.0), (leg + 2.0, height - 2.0, 10.0), "chair-far"))
    shapes.append(draw_block(camera, (x - wide / 2, height - 2.4, -11.0), (x + wide / 2, height, 11.0), "chair"))
    return [Layer(BACKGROUND + 1, tuple(shapes))]


def _wall(stage: Stage, prop: Prop) -> list[Layer]:
    x, top = float(prop.numbers.get("at", 30.0)), stage.bounds[3] + 2.0
    thick = float(prop.numbers.get("thick", 3.0))
    return [Layer(BACKGROUND + 1, (draw_block(stage.camera, (min(x, x + thick), 0.0, -15.0), (max(x, x + thick), top, 15.0), "wall"),))]


def _cushion(camera: Camera, middle: Vector, along: Vector, half_long: float, half_thick: float, fill: str) -> Shape:
    """Return a pillow in section: long axis as given, corners pinched a little."""
    cx, cy = camera.see(middle)
    ax, ay = camera.see(along)
    size = max((ax * ax + ay * ay) ** 0.5, 1e-6)
    ax, ay = ax / size, ay / size
    rows = ((-1.0, 0.0), (-0.78, -1.0), (0.78, -1.0), (1.0, 0.0), (0.78, 1.0), (-0.78, 1.0))
    knots = [
        Knot((cx + a * half_long * ax - b * half_thick * ay, cy + a * half_long * ay + b * half_thick * ax), i == 1, i == 1)
        for i, (a, b) in enumerate(rows)
    ]
    return outline(knots, fill)


def _pillow(stage: Stage, prop: Prop) -> list[Layer]:
    skeleton, camera = stage.solved.skeleton, stage.camera
    under, between = str(prop.numbers.get("under", "")), str(prop.numbers.get("between", ""))
    base = float(prop.numbers.get("on", 0.0))
    half = float(prop.numbers.get("long", 22.0)) / 2
    if between == "knees":
        return [_between_knees(skeleton, camera)]
    above = camera.toward[1] > 0.9
    if under == "head":
        head = stage.first.joints["head"]  # The pillow stays where it lay at first.
        if above:
            return [Layer(BACKGROUND + 5, (round_rectangle(*_around(camera.see(head), 9.0, 15.0), 4.0, "pillow"),))]
        if camera.toward[1] > 0.1:
            corners = [camera.see((head[0] + x, y, head[2] + z)) for x in (-8.0, 6.5) for y in (base, head[1] - 4.6) for z in (-11.0, 11.0)]
            return [Layer(BACKGROUND + 5, (outline(round_polygon(hull(corners)), "pillow"),))]
        lowest = head[1] - 4.6
        middle = (head[0] + float(prop.numbers.get("shift", 0.0)), (lowest + base) / 2, head[2])
        return [Layer(BACKGROUND + 5, (_cushion(camera, middle, (1.0, 0.0, 0.0), half, max((lowest - base) / 2, 0.6), "pillow"),))]
    if under == "knees":
        knee = blend(skeleton.joints["right knee"], skeleton.joints["left knee"], 0.5)
        top = knee[1] - 3.0
        middle = (knee[0] + float(prop.numbers.get("shift", 0.5)), (top + base) / 2, 0.0)
        return [Layer(BACKGROUND + 5, (_cushion(camera, middle, (1.0, 0.0, 0.0), half * 0.8, (top - base) / 2 + 0.4, "pillow"),))]
    if under in ("belly", "hips"):
        rings = torso_rings(skeleton, stage.body)
        ring = rings[1]
        middle = (ring.middle[0] + float(prop.numbers.get("shift", 0.0)), base + 1.6, 0.0)
        return [Layer(BACKGROUND + 5, (_cushion(camera, middle, (1.0, 0.0, 0.0), half, 2.0, "pillow"),))]
    x, y = (float(value) for value in prop.numbers.get("at", (0.0, 3.0)))
    thick = float(prop.numbers.get("thick", 6.0))
    if camera.toward[1] > 0.1:
        corners = [camera.see((a, b, c)) for a in (x - half, x + half) for b in (y - thick / 2, y + thick / 2) for c in (-11.0, 11.0)]
        return [Layer(BACKGROUND + 5, (outline(round_polygon(hull(corners)), "pillow"),))]
    turn = unit((float(prop.numbers.get("slope-x", 1.0)), float(prop.numbers.get("slope-y", 0.0)), 0.0))
    return [Layer(BACKGROUND + 5, (_cushion(camera, (x, y, 0.0), turn, half, thick / 2, "pillow"),))]


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


def _roll(stage: Stage, prop: Prop) -> list[Layer]:
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


def _towel_loop(stage: Stage, prop: Prop) -> list[Layer]:
    """A towel round the back of a thigh, its ends in both hands."""
    skeleton, camera = stage.solved.skeleton, stage.camera
    side = str(prop.numbers.get("side", "right"))
    hip, knee = skeleton.joints[f"{side} hip"], skeleton.joints[f"{side} knee"]
    frame = skeleton.frames[f"{side} thigh"]
    middle = blend(hip, knee, float(prop.numbers.get("share", 0.62)))
    grip = skeleton.joints[f"{side} knuckle"]
    back = camera.see(add(middle, frame.forward, -5.3))
    end = camera.see(grip)
    lower, upper = camera.see(add(middle, frame.up, 3.0)), camera.see(add(middle, frame.up, -2.6))
    behind = camera.see(scale(frame.forward, -1.0))
    knots = [
        Knot(end, True, True), Knot((lower[0] + behind[0] * 3.4, lower[1] + behind[1] * 3.4), True),
        Knot((back[0] - 0.3, back[1])), Knot((upper[0] + behind[0] * 3.2, upper[1] + behind[1] * 3.2), True, True),
    ]
    depth = camera.depth(middle) + 4.0
    return [Layer(depth, (outline(knots, "towel"),))]


def _held_box(stage: Stage, prop: Prop) -> list[Layer]:
    skeleton, camera = stage.solved.skeleton, stage.camera
    middle = blend(skeleton.joints["right knuckle"], skeleton.joints["left knuckle"], 0.5)
    half, tall = float(prop.numbers.get("wide", 15.0)) / 2, float(prop.numbers.get("tall", 12.0))
    middle = add(middle, skeleton.frames["thoracic2"].forward, float(prop.numbers.get("ahead", 2.5)))
    x, y, z = middle
    low = (x - half, y - tall * 0.45, z - 7.5)
    high = (x + half, y + tall * 0.55, z + 7.5)
    return [Layer(camera.depth(middle) + 3.0, (draw_block(camera, low, high, "box"),))]


def _wedge(stage: Stage, prop: Prop) -> list[Layer]:
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
    support = [camera.see(a), camera.see(b), camera.see(add(c, (1.0, 0.0, 0.0), -2.0)), (c[0] - 3.0, floor), (a[0] + 1.0, floor)]
    cushion = _cushion(camera, blend(blend(c, d, 0.5), add(blend(c, d, 0.5), frame.forward, -2.4), 0.8), unit(add(c, d, -1.0)), 8.0, 2.6, "pillow")
    return [Layer(BACKGROUND + 4, (outline(round_polygon(support, 0.12), "pillow"), cushion))]


def _bag(stage: Stage, prop: Prop) -> list[Layer]:
    """A shopping bag that hangs from a hand."""
    side = str(prop.numbers.get("hand", "right"))
    camera, joints = stage.camera, stage.solved.skeleton.joints
    x, y = camera.see(blend(joints[f"{side} knuckle"], joints[f"{side} tip"], 0.3))
    tall, half = float(prop.numbers.get("tall", 13.0)), float(prop.numbers.get("wide", 11.0)) / 2
    top = y - 6.0
    handle = outline([Knot((x - half * 0.5, top)), Knot((x, y)), Knot((x + half * 0.5, top))], None, closed=False)
    corners = [(x - half, top), (x + half, top), (x + half * 1.1, top - tall), (x - half * 1.1, top - tall)]
    depth = camera.depth(joints[f"{side} wrist"]) - 0.5
    return [Layer(depth, (handle, outline([Knot(point, True, True) for point in corners], "box")))]


def _pack(stage: Stage, prop: Prop) -> list[Layer]:
    """A warm or cold pack on a cloth, on the low back, as seen from behind."""
    camera = stage.camera
    ring = torso_rings(stage.solved.skeleton, stage.body)[1]
    x, y = camera.see(add(add(ring.middle, ring.frame.forward, -ring.girth.back), ring.frame.up, 3.0))
    depth = camera.depth(ring.middle) + 9.0
    token = "heat" if prop.numbers.get("kind") == "heat" else "cold"
    shapes = [round_rectangle(x - 8.0, y - 6.0, x + 8.0, y + 6.0, 1.5, "cloth"), round_rectangle(x - 5.6, y - 3.8, x + 5.6, y + 3.8, 1.8, token)]
    if token == "heat":
        for dx in (-2.6, 0.0, 2.6):
            wave = [Knot((x + dx, y - 2.2)), Knot((x + dx + 0.6, y - 0.8)), Knot((x + dx - 0.6, y + 0.8)), Knot((x + dx, y + 2.2))]
            shapes.append(outline(wave, None, closed=False))
    else:
        for dx, dy in ((2.4, 0.0), (1.2, 2.1), (1.2, -2.1)):
            shapes.append(outline([Knot((x - dx, y - dy), True, True), Knot((x + dx, y + dy), True)], None, closed=False))
    return [Layer(depth, tuple(shapes))]


def _couch(stage: Stage, prop: Prop) -> list[Layer]:
    """A deep soft couch from the side."""
    x, height = float(prop.numbers.get("at", 0.0)), stage.solved.surfaces["seat"]
    seat = round_rectangle(x - 20.0, 3.0, x + 18.0, height, 4.0, "chair")
    back = round_rectangle(x - 27.0, 3.0, x - 13.0, height + 24.0, 5.0, "chair-far")
    return [Layer(BACKGROUND + 1, (back, seat))]


def _car(stage: Stage, prop: Prop) -> list[Layer]:
    """A car seat, a steering wheel and pedals from the side."""
    x, height, wheel = float(prop.numbers.get("at", 0.0)), stage.solved.surfaces["seat"], float(prop.numbers.get("wheel", 26.0))
    lean = float(prop.numbers.get("lean", 8.0))
    back = [(x - 8.0, height - 3.0), (x - 2.0, height - 3.0), (x - 7.5 - lean, height + 34.0), (x - 12.5 - lean, height + 34.0)]
    seat = round_rectangle(x - 9.0, height - 6.0, x + 17.0, height, 2.5, "chair")
    pedal = float(prop.numbers.get("pedals", 44.0))
    ring = [Knot((wheel - 2.6, height + 16.0), True, True), Knot((wheel + 3.4, height + 27.0), True)]
    column = [Knot((wheel + 0.4, height + 21.5), True, True), Knot((wheel + 13.0, height + 13.0), True)]
    shapes = (
        outline(round_polygon(back), "chair-far"), seat, outline(column, None, closed=False, line=2.2),
        outline(ring, None, closed=False, line=4.0),
        outline([Knot((pedal, 2.0), True, True), Knot((pedal + 5.0, 10.0), True)], None, closed=False, line=2.6),
    )
    return [Layer(BACKGROUND + 1, shapes)]


def _phone(stage: Stage, prop: Prop) -> list[Layer]:
    x, y = (float(value) for value in prop.numbers.get("at", (30.0, 42.0)))
    corners = [(x - 4.0, y), (x + 4.0, y), (x + 3.0, y + 3.4), (x - 3.0, y + 3.4)]
    handset = pill(x - 3.6, y + 3.4, x + 3.6, y + 5.4, "ink")
    return [Layer(BACKGROUND + 3, (outline([Knot(point, True, True) for point in corners], "prop"), handset))]


def _trolley(stage: Stage, prop: Prop) -> list[Layer]:
    """A walking trolley from the side: a handle, a frame and wheels."""
    x, height = float(prop.numbers.get("at", 24.0)), float(prop.numbers.get("height", 52.0))
    camera = stage.camera
    shapes = [draw_block(camera, (x + 4.0, 4.0, -4.0), (x + 5.6, height - 2.0, 4.0), "prop")]
    shapes.append(draw_block(camera, (x - 3.0, height - 2.4, -6.0), (x + 5.6, height, 6.0), "chair-far"))
    shapes.append(round_rectangle(x + 2.0, 10.0, x + 22.0, 30.0, 2.0, "box"))
    shapes.append(draw_block(camera, (x - 4.0, 3.4, -4.0), (x + 22.0, 5.0, 4.0), "prop"))
    for wheel in (x - 2.0, x + 20.0):
        shapes.append(round_rectangle(wheel - 2.2, 0.0, wheel + 2.2, 4.4, 2.2, "ink"))
    return [Layer(BACKGROUND + 1, tuple(shapes))]


Drawer = Callable[[Stage, Prop], list[Layer]]
DRAWERS: Mapping[str, Drawer] = {
    "mat": _mat, "floor": _floor, "bed": _bed, "chair": _chair, "stool": _chair, "step": _block, "box": _block,
    "table": _table, "worktop": _table, "wall": _wall, "pillow": _pillow, "rolled towel": _roll, "towel loop": _towel_loop,
    "held box": _held_box, "wedge": _wedge, "blanket": _blanket,
    "bag": _bag, "pack": _pack, "couch": _couch, "car seat": _car, "phone": _phone, "trolley": _trolley,
}


def draw_prop(stage: Stage, prop: Prop) -> list[Layer]:
    """Return the layers of one prop."""
    return DRAWERS[prop.kind](stage, prop)


__all__ = ["BACKGROUND", "DRAWERS", "Layer", "Stage", "draw_prop", "round_rectangle", "scale"]
