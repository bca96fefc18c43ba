"""Mat, floor, bed, chair, table, step and wall."""

from __future__ import annotations

from handouts.figure.outlines import Knot
from handouts.figure.shapes import Shape
from handouts.figure.solids import list_blocks
from handouts.figure.specification import Prop
from handouts.figure.stage import BACKGROUND, Layer, Stage, draw_block, pill, round_rectangle
from handouts.figure.strokes import outline

CUT = 1.6
FROM_BEHIND = 0.7
GROUND_BEYOND = 2.5  # so far a mat or floor goes beyond what stands on it


def _cut_rectangle(x0: float, y0: float, x1: float, y1: float, fill: str) -> Shape:
    """Return a rectangle with its corners cut: a large one needs no curves."""
    points = [
        (x0 + CUT, y0),
        (x1 - CUT, y0),
        (x1, y0 + CUT),
        (x1, y1 - CUT),
        (x1 - CUT, y1),
        (x0 + CUT, y1),
        (x0, y1 - CUT),
        (x0, y0 + CUT),
    ]
    return outline([Knot(point, True, True) for point in points], fill)


def _slab(stage: Stage, prop: Prop, thick: float, radius: float, fill: str) -> list[Layer]:
    left, bottom, right, top = stage.bounds
    if stage.camera.toward[1] > 0.9:
        x0, y0, x1, y1 = left - 5, bottom - 4, right + 5, top + 4
        return [Layer(BACKGROUND, (_cut_rectangle(x0, y0, x1, y1, fill),))]
    if stage.camera.toward[1] > 0.1:
        half = float(prop.numbers.get("wide", 40.0)) / 2
        x0, x1 = stage.span
        x0, x1 = (float(value) for value in prop.numbers.get("from-to", (x0 - 4, x1 + 4)))
        far, near = -half, float(prop.numbers.get("edge", half))
        shapes = [draw_block(stage.camera, (x0, -thick, far), (x1, 0.0, near), fill)]
        if ahead := float(prop.numbers.get("floor", 0.0)):
            shapes.insert(0, draw_block(stage.camera, (x0, -thick, far), (x1, -thick, near + ahead), "floor"))
        if thick > 3:
            shapes.append(draw_block(stage.camera, (x0, -thick, near), (x1, 0.0, near), f"{fill}-side"))
        return [Layer(BACKGROUND, tuple(shapes))]
    if thick < 3:
        return [Layer(BACKGROUND, (pill(left - GROUND_BEYOND, -thick, right + GROUND_BEYOND, 0.0, fill),))]
    return [Layer(BACKGROUND, (round_rectangle(left - 3.0, -thick, right + 3.0, 0.0, radius, fill),))]


def draw_mat(stage: Stage, prop: Prop) -> list[Layer]:
    """Return an exercise mat."""
    return _slab(stage, prop, 1.8, 0.9, "mat")


def draw_floor(stage: Stage, prop: Prop) -> list[Layer]:
    """Return a strip of floor."""
    return _slab(stage, prop, 1.2, 0.6, "floor")


def draw_bed(stage: Stage, prop: Prop) -> list[Layer]:
    """Return a bed; with ``edge`` its near side is seen, with ``floor`` so much of the floor before it."""
    return _slab(stage, prop, float(prop.numbers.get("thick", 8.0)), 2.5, "bed")


def draw_chair(stage: Stage, prop: Prop) -> list[Layer]:
    """Return a firm chair, or a stool without a back."""
    camera, height = stage.camera, stage.solved.surfaces["seat"]
    x = float(prop.numbers.get("at", 0.0))
    seat0, seat1 = x - 8.0, x + 14.0
    shapes = [
        draw_block(camera, (x0, 0.0, z), (x0 + 2.0, height - 2.0, z + 2.0), "chair-far")
        for x0 in (seat0 + 1.0, seat1 - 3.5)
        for z in (-11.0, 9.0)
        if z > 0 or abs(camera.toward[2]) < 0.95
    ]
    shapes += [draw_block(camera, low, high, "chair") for _, low, high in list_blocks(prop, stage.solved.surfaces)]
    # From behind, the seat stands between the viewer and the legs.
    behind = camera.toward[0] < -FROM_BEHIND
    depth = camera.depth((x, height, 0.0)) - 0.6 if behind else BACKGROUND + 1
    return [Layer(depth, tuple(shapes))]


def draw_step(stage: Stage, prop: Prop) -> list[Layer]:
    """Return a step or a box on the floor."""
    ((_, low, high),) = list_blocks(prop, stage.solved.surfaces)
    fill = "box" if prop.kind == "box" else "prop"
    return [Layer(BACKGROUND + 2, (draw_block(stage.camera, low, high, fill),))]


def draw_table(stage: Stage, prop: Prop) -> list[Layer]:
    """Return a table or a worktop."""
    height = stage.solved.surfaces[prop.kind]
    x, wide = float(prop.numbers.get("at", 30.0)), float(prop.numbers.get("wide", 26.0))
    camera = stage.camera
    *below, top = list_blocks(prop, stage.solved.surfaces)
    shapes = [draw_block(camera, low, high, "prop") for _, low, high in below]
    if not below:
        for leg in (x - wide / 2 + 2.0, x + wide / 2 - 4.0):
            shapes.append(draw_block(camera, (leg, 0.0, -10.0), (leg + 2.0, height - 2.0, 10.0), "chair-far"))
    shapes.append(draw_block(camera, top.low, top.high, "chair"))
    return [Layer(BACKGROUND + 1, tuple(shapes))]


def draw_wall(stage: Stage, prop: Prop) -> list[Layer]:
    """Return a wall."""
    ((_, low, high),) = list_blocks(prop, stage.solved.surfaces)
    seen = (high[0], stage.bounds[3] + 2.0, high[2])
    return [Layer(BACKGROUND + 1, (draw_block(stage.camera, low, seen, "wall"),))]
