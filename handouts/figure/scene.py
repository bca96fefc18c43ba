"""Solved frames → drawings: every group in painter's order, all frames in one place and scale."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from handouts.figure.arms import draw_arm, draw_hand
from handouts.figure.body import HEAD_HEIGHT, Body
from handouts.figure.camera import Camera, aim_camera
from handouts.figure.clearance import clear_arrow, find_obstacles
from handouts.figure.heads import COVERS_NECK, draw_head
from handouts.figure.limbs import draw_leg
from handouts.figure.marks import draw_arrow, draw_tint
from handouts.figure.outlines import bounds
from handouts.figure.pose import SolvedFrame
from handouts.figure.props import draw_prop
from handouts.figure.shapes import Drawing, Segment, Shape
from handouts.figure.skeleton import SIDES, Skeleton
from handouts.figure.specification import FigureSpec
from handouts.figure.stage import Bounds, Layer, Stage
from handouts.figure.trunk import draw_bump, draw_neck, draw_seat, draw_shirt, trunk_slices
from handouts.figure.vectors import Vector, dot

MARGIN = 0.8
FAR_STEP = 2.0
BACK_SEEN = 0.15  # how far the back of a leg must look at the viewer for a hand behind it to be seen
THROAT, NAPE = 2.6, 0.7
"""How far a collar hangs down in the middle, in front and behind."""
LEVEL = 0.1  # a camera that looks down less than this sees the ground as a line
NEAR_GROUND = 3.0
GROUNDS = frozenset({"mat", "floor", "bed"})


def _mean_depth(camera: Camera, points: Sequence[Vector]) -> float:
    return fsum(camera.depth(point) for point in points) / len(points)


def _limb_joints(skeleton: Skeleton, side: str, names: tuple[str, ...]) -> list[Vector]:
    return [skeleton.joints[f"{side} {name}"] for name in names]


def _front_flank(skeleton: Skeleton, camera: Camera) -> int:
    """Return 1 when the chest is on the right of the way up the trunk as seen, else -1."""
    chest = skeleton.frames["thoracic2"]
    up, ahead = camera.see(chest.up), camera.see(chest.forward)
    return 1 if up[0] * ahead[1] - up[1] * ahead[0] < 0 else -1


_KINDS = {"leg": ("knee", "ankle", "toe"), "arm": ("elbow", "wrist", "tip")}
HIDDEN = 0.9


def _hidden_limbs(skeleton: Skeleton, camera: Camera) -> frozenset[str]:
    """Return the far limbs that lie exactly behind the near ones, and so need no drawing."""
    hidden = set()
    for kind, names in _KINDS.items():
        apart = 0.0
        for name in names:
            (x1, y1), (x2, y2) = (camera.see(skeleton.joints[f"{side} {name}"]) for side in SIDES)
            apart = max(apart, abs(x1 - x2), abs(y1 - y2))
        if apart < HIDDEN:
            depths = {side: camera.depth(skeleton.joints[f"{side} {names[0]}"]) for side in SIDES}
            hidden.add(f"{min(SIDES, key=lambda side: depths[side])} {kind}")
    return frozenset(hidden)


def draw_person(solved: SolvedFrame, body: Body, camera: Camera, hair: str, feet: str) -> list[Layer]:
    """Return the layers of the person: limbs, trunk and head, each with its depth."""
    skeleton = solved.skeleton
    trunk_depth = _mean_depth(camera, [skeleton.joints["hip"], skeleton.joints["t7"]])
    sideways = abs(dot(skeleton.frames["pelvis"].right, camera.toward)) > 0.5
    flat = abs(dot(skeleton.frames["pelvis"].right, camera.toward)) > 0.85
    faces = dot(skeleton.frames["thoracic2"].forward, camera.toward) > 0
    slices = trunk_slices(skeleton, body, camera)
    drawn = [draw_tint(name, skeleton, body, camera) for name in solved.spec.tints]
    tints = [tint for tint in drawn if tint is not None]

    def tints_of(group: str) -> list[Shape]:
        return [shape for over, shape in tints if over == group]

    layers = []
    hanging = 0
    behind = _hidden_limbs(skeleton, camera) if flat else frozenset()
    for side in SIDES:
        depth = _mean_depth(camera, _limb_joints(skeleton, side, ("hip", "knee", "ankle")))
        far = "-far" if flat and depth < trunk_depth - FAR_STEP else ""
        thigh = skeleton.frames[f"{side} thigh"].up
        if not sideways and abs(dot(thigh, camera.toward)) < 0.55:
            hanging += 1
            depth = min(depth, trunk_depth - 0.5)
        if f"{side} leg" not in behind:
            shapes = draw_leg(skeleton, body, camera, side, far, feet) + tints_of(f"{side} leg")
            layers.append(Layer(depth, tuple(shapes), f"{side} leg"))
        depth = _mean_depth(camera, _limb_joints(skeleton, side, ("shoulder", "elbow", "wrist"))) + 0.3
        far = "-far" if flat and depth < trunk_depth - FAR_STEP else ""
        if f"{side} arm" not in behind:
            layers.append(Layer(depth, tuple(draw_arm(skeleton, body, camera, side, far)), f"{side} arm"))
    layers += _draw_wrapping_hands(solved, body, camera, layers)
    seat = draw_seat(skeleton, body, camera, slices, open_below=hanging == 2)
    trunk = [
        draw_neck(skeleton, body, camera, "hair" if hair in COVERS_NECK else "skin"),
        *seat,
        draw_shirt(slices, _front_flank(skeleton, camera) if sideways else 0, THROAT if faces else NAPE, body.pregnant),
        *([draw_bump(skeleton, body, camera)] if body.pregnant and faces and not sideways else []),
        *tints_of("trunk"),
    ]
    layers.append(Layer(trunk_depth, tuple(trunk), "trunk"))
    head_depth = (
        max(camera.depth(skeleton.joints["head"]), trunk_depth) + 0.2
        if sideways or abs(dot(skeleton.frames["head"].up, camera.toward)) < 0.7
        else camera.depth(skeleton.joints["head"]) + 0.2
    )
    layers.append(Layer(head_depth, tuple(draw_head(skeleton, camera, hair, solved.spec.eyes)), "head"))
    return layers


def _draw_wrapping_hands(solved: SolvedFrame, body: Body, camera: Camera, layers: Sequence[Layer]) -> list[Layer]:
    """Return the hands that hold the back of a leg which is turned to the viewer: they are seen on it."""
    hands = []
    for contact in solved.spec.contacts:
        preposition, _, spot = contact.where.partition(" ")
        side, _, segment = spot.partition(" ")
        if preposition != "behind" or not contact.part.endswith("hand"):
            continue
        frame = solved.skeleton.frames[f"{side} {'shank' if segment == 'shin' else 'thigh'}"]
        if -dot(frame.forward, camera.toward) > BACK_SEEN:
            depth = max((layer.depth for layer in layers if layer.group == f"{side} leg"), default=0.0)
            shapes = draw_hand(solved.skeleton, body, camera, contact.part.partition(" ")[0])
            hands.append(Layer(depth + 0.05, tuple(shapes), "hand"))
    return hands


def _draw_props(stage: Stage, grounds: bool) -> list[Layer]:
    # A figure and its base may both name the floor: it is drawn once.
    kinds = {(prop.kind, str(prop.numbers)): prop for prop in stage.solved.spec.props}
    props = [prop for prop in kinds.values() if (prop.kind in GROUNDS) == grounds]
    return [layer for prop in props for layer in draw_prop(stage, prop)]


def _bounds_of(frames: Sequence[Sequence[Layer]], near_ground: bool) -> Bounds:
    """Return the bounds of all shapes, or of those that come down to the ground."""
    outlines = [shape.segments for layers in frames for layer in layers for shape in layer.shapes]
    low = [outline for outline in outlines if bounds([outline])[1] < NEAR_GROUND] if near_ground else []
    return bounds(low or outlines)


def _draw_layers(figure: FigureSpec, solved: Sequence[SolvedFrame], camera: Camera, hair: str) -> list[list[Layer]]:
    """Return the layers of all frames: people, then what they use, then the ground that reaches under all of it."""
    frames = [draw_person(item, item.body, camera, hair, figure.feet) for item in solved]
    xs = [point[0] for item in solved for point in item.skeleton.joints.values()]
    first, span = solved[0].skeleton, (min(xs), max(xs))
    for grounds in (False, True):
        edges = _bounds_of(frames, near_ground=grounds and abs(camera.toward[1]) < LEVEL)
        for item, layers in zip(solved, frames, strict=True):
            layers.extend(_draw_props(Stage(item, item.body, camera, edges, first, span), grounds))
    return frames


def _paint(layers: list[Layer], solved: SolvedFrame, camera: Camera) -> list[Shape]:
    layers.sort(key=lambda layer: layer.depth)
    shapes = [shape for layer in layers for shape in layer.shapes]
    obstacles = find_obstacles(shapes) if solved.spec.arrows else []
    for arrow in solved.spec.arrows:
        drawn = draw_arrow(arrow, camera.see(solved.skeleton.joints[arrow.start]))
        shapes += clear_arrow(drawn, arrow.go, obstacles)
    return shapes


def _settle(shape: Shape, left: float, top: float, width: float, mirrored: bool) -> Shape:
    """Carry a shape into the frame: y downwards, one decimal, mirrored if asked."""
    segments = []
    for kind, numbers in shape.segments:
        moved = []
        for i, value in enumerate(numbers):
            if i % 2:
                moved.append(round(top - value, 1))
            else:
                x = value - left
                moved.append(round(width - x if mirrored else x, 1))
        segments.append(Segment(kind, tuple(moved)))
    return Shape(tuple(segments), shape.fill, shape.stroke, shape.line, shape.dashes)


def draw_frames(figure: FigureSpec, solved: Sequence[SolvedFrame], hair: str, mirrored: bool) -> tuple[Drawing, ...]:
    """Return the drawings of all frames, equal in size and scale; ``mirrored`` for the other side of the body."""
    camera = aim_camera(figure.view)
    layers = _draw_layers(figure, solved, camera, hair)
    frames = [_paint(items, item, camera) for items, item in zip(layers, solved, strict=True)]
    left, bottom, right, top = bounds([shape.segments for shapes in frames for shape in shapes])
    left, bottom, right, top = left - MARGIN, bottom - MARGIN, right + MARGIN, top + MARGIN
    width, height = round(right - left, 1), round(top - bottom, 1)
    return tuple(
        Drawing(width, height, tuple(_settle(shape, left, top, width, mirrored) for shape in shapes), HEAD_HEIGHT)
        for shapes in frames
    )
