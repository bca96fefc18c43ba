"""Movement arrows stand clear of the body, and only where something has moved."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageDraw

from handouts.figure.library import Figures
from handouts.figure.outlines import flatten_outline
from handouts.figure.shapes import Drawing, Shape

SCALE = 4.0
BODY = ("skin", "shirt", "trousers", "shoe", "hair")
PEOPLE = ("ada", "kofi", "older-ruth", "pregnant")


def _paint(drawing: Drawing, shapes: list[Shape]) -> Image.Image:
    mask = Image.new("1", (round(drawing.width * SCALE), round(drawing.height * SCALE)))
    brush = ImageDraw.Draw(mask)
    for shape in shapes:
        for points in flatten_outline(shape.segments, SCALE):
            if len(points) > 2:
                brush.polygon(points, fill=1)
    return mask


def _overlap(drawing: Drawing) -> float:
    """Return how much of the body an arrow covers, in square units."""
    arrows = [shape for shape in drawing.shapes if shape.fill == "accent"]
    body = [shape for shape in drawing.shapes if (shape.fill or "").removesuffix("-far") in BODY]
    both = ImageChops.logical_and(_paint(drawing, arrows), _paint(drawing, body))
    return both.histogram()[-1] / SCALE**2


@pytest.mark.parametrize("person", PEOPLE)
def test_no_arrow_lies_on_the_body(figures: Figures, person: str) -> None:
    found = {
        f"{figure_id} {i}": round(area, 1)
        for figure_id in figures.ids()
        for i, drawing in enumerate(figures.frames(figure_id, "both", person), 1)
        if (area := _overlap(drawing)) > 0
    }
    assert found == {}


def test_an_arrow_on_the_body_is_seen(figures: Figures) -> None:
    drawing = figures.frames("bridge")[1]
    (arrow,) = (shape for shape in drawing.shapes if shape.fill == "accent")
    shift = tuple(
        segment._replace(numbers=tuple(v + (12.0 if i % 2 else 0.0) for i, v in enumerate(segment.numbers)))
        for segment in arrow.segments
    )
    moved = Drawing(drawing.width, drawing.height, (*drawing.shapes, Shape(shift, "accent")), drawing.head)
    assert _overlap(moved) > 1.0


def test_a_start_has_no_arrow(figures: Figures) -> None:
    for figure_id in figures.ids():
        frames = figures.spec(figure_id).frames
        assert len(frames) == 1 or not frames[0].arrows, figure_id
        assert len(frames) == 1 or any(frame.arrows for frame in frames[1:]), figure_id
