"""Things in the hands or on the body: towel loop, box, bag, warm and cold pack."""

from __future__ import annotations

from math import fsum

from handouts.figure.outlines import Knot
from handouts.figure.specification import Prop
from handouts.figure.stage import Layer, Stage, round_rectangle
from handouts.figure.strokes import hull, outline
from handouts.figure.surfaces import torso_rings
from handouts.figure.vectors import Frame, add, blend, cross, length, place, scale, subtract, unit

ARMS_APART = 4.0


def draw_towel_loop(stage: Stage, prop: Prop) -> list[Layer]:
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
        Knot(end, True, True),
        Knot((lower[0] + behind[0] * 3.4, lower[1] + behind[1] * 3.4), True),
        Knot((back[0] - 0.3, back[1])),
        Knot((upper[0] + behind[0] * 3.2, upper[1] + behind[1] * 3.2), True, True),
    ]
    depth = camera.depth(middle) + 4.0
    return [Layer(depth, (outline(knots, "towel"),))]


def draw_held_box(stage: Stage, prop: Prop) -> list[Layer]:
    """Return the box that both hands hold, turned as the chest is."""
    joints, camera = stage.solved.skeleton.joints, stage.camera
    chest = stage.solved.skeleton.frames["thoracic2"]
    right = unit((chest.right[0], 0.0, chest.right[2]), chest.right)
    ahead = cross((0.0, 1.0, 0.0), right)
    middle = blend(joints["right knuckle"], joints["left knuckle"], 0.5)
    half, tall = float(prop.numbers.get("wide", 15.0)) / 2, float(prop.numbers.get("tall", 12.0))
    aside = max(length(subtract(joints["right knuckle"], joints["left knuckle"])) / 2 - 1.0, 4.0)
    middle = add(middle, ahead, float(prop.numbers.get("ahead", 2.5)))
    frame = Frame(ahead, (0.0, 1.0, 0.0), right)
    corners = {
        (f, s): [camera.see(place(middle, frame, (f * half, share * tall, s * aside))) for share in (-0.45, 0.55)]
        for f in (-1, 1)
        for s in (-1, 1)
    }
    shapes = [
        outline([Knot(point, True, True) for point in hull([p for pair in corners.values() for p in pair])], "box")
    ]
    xs = [pair[0][0] for pair in corners.values()]
    edges = [(camera.depth(place(middle, frame, (f * half, 0.0, s * aside))), pair) for (f, s), pair in corners.items()]
    near = max(edges, key=lambda edge: edge[0])[1]
    if min(xs) + 1.5 < near[0][0] < max(xs) - 1.5:
        shapes.append(outline([Knot(point, True, True) for point in near], None, closed=False))
    depths = [
        fsum(camera.depth(joints[f"{side} {name}"]) for name in ("shoulder", "elbow", "wrist")) / 3 + 0.3
        for side in ("right", "left")
    ]
    # One hand on either side of the box: the nearer one is seen on it, unless it is held towards the viewer.
    apart = abs(depths[0] - depths[1]) > ARMS_APART
    depth = fsum(depths) / 2 if apart else camera.depth(middle) + 3.0
    return [Layer(depth, tuple(shapes))]


def draw_bag(stage: Stage, prop: Prop) -> list[Layer]:
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


def draw_stick(stage: Stage, prop: Prop) -> list[Layer]:
    """Return a walking stick from a hand to the floor."""
    side = str(prop.numbers.get("hand", "right"))
    camera, joints = stage.camera, stage.solved.skeleton.joints
    hand = blend(joints[f"{side} wrist"], joints[f"{side} knuckle"], 0.8)
    x, y = camera.see(hand)
    foot = camera.see((hand[0] + float(prop.numbers.get("ahead", 2.0)), 0.0, hand[2]))
    half = 0.6
    shaft = [(foot[0] - half, foot[1]), (foot[0] + half, foot[1]), (x + half, y), (x - half, y)]
    grip = [(x - 3.0, y - 0.8), (x + 2.6, y - 0.8), (x + 2.6, y + 0.8), (x - 3.0, y + 0.8)]
    shapes = tuple(outline([Knot(point, True, True) for point in part], "chair-far") for part in (shaft, grip))
    return [Layer(camera.depth(joints[f"{side} wrist"]) - 1.0, shapes)]


def draw_pack(stage: Stage, prop: Prop) -> list[Layer]:
    """A warm or cold pack on a cloth, on the low back, as seen from behind."""
    camera = stage.camera
    ring = torso_rings(stage.solved.skeleton, stage.body)[1]
    x, y = camera.see(add(add(ring.middle, ring.frame.forward, -ring.girth.back), ring.frame.up, 3.0))
    depth = camera.depth(ring.middle) + 9.0
    token = "heat" if prop.numbers.get("kind") == "heat" else "cold"
    shapes = [
        round_rectangle(x - 8.0, y - 6.0, x + 8.0, y + 6.0, 1.5, "cloth"),
        round_rectangle(x - 5.6, y - 3.8, x + 5.6, y + 3.8, 1.8, token),
    ]
    if token == "heat":
        for dx in (-2.6, 0.0, 2.6):
            wave = [
                Knot((x + dx, y - 2.2)),
                Knot((x + dx + 0.6, y - 0.8)),
                Knot((x + dx - 0.6, y + 0.8)),
                Knot((x + dx, y + 2.2)),
            ]
            shapes.append(outline(wave, None, closed=False))
    else:
        for dx, dy in ((2.4, 0.0), (1.2, 2.1), (1.2, -2.1)):
            shapes.append(
                outline([Knot((x - dx, y - dy), True, True), Knot((x + dx, y + dy), True)], None, closed=False)
            )
    return [Layer(depth, tuple(shapes))]
