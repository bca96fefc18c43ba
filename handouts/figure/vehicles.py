"""Couch, car seat, phone and trolley."""

from __future__ import annotations

from handouts.figure.outlines import Knot, round_polygon
from handouts.figure.specification import Prop
from handouts.figure.stage import BACKGROUND, Layer, Stage, draw_block, pill, round_rectangle
from handouts.figure.strokes import outline


def draw_couch(stage: Stage, prop: Prop) -> list[Layer]:
    """A deep soft couch from the side."""
    x, height = float(prop.numbers.get("at", 0.0)), stage.solved.surfaces["seat"]
    seat = round_rectangle(x - 20.0, 1.5, x + 18.0, height, 4.0, "chair")
    back = round_rectangle(x - 27.0, 1.5, x - 13.0, height + 24.0, 5.0, "chair-far")
    return [Layer(BACKGROUND + 1, (back, seat))]


def draw_car(stage: Stage, prop: Prop) -> list[Layer]:
    """A car seat, a steering wheel and pedals from the side."""
    x, height, wheel = (
        float(prop.numbers.get("at", 0.0)),
        stage.solved.surfaces["seat"],
        float(prop.numbers.get("wheel", 26.0)),
    )
    lean = float(prop.numbers.get("lean", 8.0))
    back = [
        (x - 8.0, height - 3.0),
        (x - 2.0, height - 3.0),
        (x - 7.5 - lean, height + 34.0),
        (x - 12.5 - lean, height + 34.0),
    ]
    seat = round_rectangle(x - 9.0, height - 6.0, x + 17.0, height, 2.5, "chair")
    base = [(x - 5.0, 0.0), (x + 12.0, 0.0), (x + 10.0, height - 5.0), (x - 4.0, height - 5.0)]
    pedal = float(prop.numbers.get("pedals", 44.0))
    ring = [Knot((wheel - 2.6, height + 16.0), True, True), Knot((wheel + 3.4, height + 27.0), True)]
    column = [Knot((wheel + 0.4, height + 21.5), True, True), Knot((wheel + 13.0, height + 13.0), True)]
    shapes = (
        outline([Knot(point, True, True) for point in base], "prop"),
        outline(round_polygon(back), "chair-far"),
        seat,
        outline(column, None, closed=False, line=2.2),
        outline(ring, None, closed=False, line=4.0),
        outline([Knot((pedal, 2.0), True, True), Knot((pedal + 5.0, 10.0), True)], None, closed=False, line=2.6),
    )
    return [Layer(BACKGROUND + 1, shapes)]


def draw_phone(stage: Stage, prop: Prop) -> list[Layer]:
    """Return a telephone on a table."""
    x, y = (float(value) for value in prop.numbers.get("at", (30.0, 42.0)))
    corners = [(x - 4.0, y), (x + 4.0, y), (x + 3.0, y + 3.4), (x - 3.0, y + 3.4)]
    handset = pill(x - 3.6, y + 3.4, x + 3.6, y + 5.4, "ink")
    return [Layer(BACKGROUND + 3, (outline([Knot(point, True, True) for point in corners], "prop"), handset))]


def draw_trolley(stage: Stage, prop: Prop) -> list[Layer]:
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
