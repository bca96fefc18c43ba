"""Paints the items of a block that are not text."""

from __future__ import annotations

from hashlib import sha256

from handouts.figure.shapes import Drawing, Segment
from handouts.layout.page import Box, Picture, Raster, Rule
from handouts.pdf.pen import Pen, trace_box

GRID = 20
"""Steps to a unit in the coordinates of drawings: at most 0.04 mm in print, a printer's dot, and whole numbers."""

MOST_OUTLINES = 3000
"""Drawings whose outlines are kept: more than all figures have, for all people."""

_outlines: dict[int, tuple[Drawing, tuple[list[str], ...]]] = {}


def paint_box(pen: Pen, box: Box, floor: float) -> None:
    """Paint a rectangle; ``floor`` is the height of the block, from which y is counted upwards."""
    if box.fill is None and box.stroke is None:
        return
    if box.fill is not None:
        pen.set_fill(box.fill)
    if box.stroke is not None:
        pen.set_stroke(box.stroke)
        pen.set_line(box.line)
    bottom = floor - box.y - box.height
    outline = trace_box(box.x, bottom, box.x + box.width, bottom + box.height, box.radius)
    pen.draw_path(outline, fill=box.fill is not None, stroke=box.stroke is not None)


def paint_rule(pen: Pen, rule: Rule, floor: float) -> None:
    """Paint a straight line."""
    pen.set_stroke(rule.colour)
    pen.set_line(rule.line, rule.dashes)
    ends = f"{rule.x1:.2f} {floor - rule.y1:.2f} m {rule.x2:.2f} {floor - rule.y2:.2f} l"
    pen.draw_path([ends], fill=False, stroke=True)


def paint_picture(pen: Pen, picture: Picture, floor: float) -> None:
    """Paint a drawing in whole steps of a fine grid, lines with round caps and joins at their width on paper."""
    colours = dict(picture.palette.colours)
    step = picture.scale / GRID
    pen.save()
    pen.scale_to(step, -step, picture.x, floor - picture.y)
    for shape, outline in zip(picture.drawing.shapes, trace_drawing(picture.drawing), strict=True):
        if shape.fill is None and shape.stroke is None:
            continue
        if shape.fill is not None:
            pen.set_fill(colours[shape.fill])
        if shape.stroke is not None:
            pen.set_stroke(colours[shape.stroke])
            pen.set_line(shape.line / step, [dash / step for dash in shape.dashes], rounded=True)
        pen.draw_path(list(outline), fill=shape.fill is not None, stroke=shape.stroke is not None)
    pen.restore()


def trace_drawing(drawing: Drawing) -> tuple[list[str], ...]:
    """Return the outlines of a drawing's shapes as operators, whatever its scale; the same drawing is traced once."""
    known = _outlines.get(id(drawing))
    if known is None:
        if len(_outlines) >= MOST_OUTLINES:
            _outlines.clear()
        traced = tuple([trace_segment(segment) for segment in shape.segments] for shape in drawing.shapes)
        known = _outlines[id(drawing)] = (drawing, traced)
    return known[1]


FORMS = {"M": "%d %d m", "L": "%d %d l", "C": "%d %d %d %d %d %d c"}


def trace_segment(segment: Segment) -> str:
    """Return one step of an outline as an operator."""
    kind, numbers = segment
    if kind == "Z":
        return "h"
    return FORMS[kind] % tuple([round(number * GRID) for number in numbers])


def paint_raster(pen: Pen, raster: Raster, floor: float) -> None:
    """Paint an image; the page's resources must hold it under ``name_raster``."""
    pen.draw_image(name_raster(raster), raster.x, floor - raster.y - raster.height, raster.width, raster.height)


def name_raster(raster: Raster) -> str:
    """Return a name for an image that follows from its samples."""
    head = f"{raster.columns} {raster.rows} {raster.components} ".encode("ascii")
    return "I" + sha256(head + raster.samples).hexdigest()[:12]
