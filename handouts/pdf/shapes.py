"""Paints the items of a block that are not text."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

from handouts.figure.inks import outline_colours
from handouts.figure.shapes import Drawing, Palette, Segment
from handouts.layout.page import Box, Picture, Raster, Rule
from handouts.pdf.pen import Pen, trace_box
from handouts.pdf.words import write_colour

GRID = 20
"""Steps to a unit in the coordinates of drawings: at most 0.04 mm in print, a printer's dot, and whole numbers."""

MOST_DRAWINGS = 100
"""Drawings whose operators are kept: more than there are icons."""

_traced: dict[int, tuple[Drawing, Trace]] = {}


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
    step = picture.scale / GRID
    pen.save()
    pen.scale_to(step, -step, picture.x, floor - picture.y)
    pen.write(recall_trace(picture.drawing).write(picture.palette, step))
    pen.restore()


class Trace(NamedTuple):
    """A drawing as operators with places for ``values``: lengths on paper in points, and names of colours.

    The operators set all that they need, so they are the same at every place and scale and in all colours.
    ``outlined`` is what is painted of a drawing with colours of its own where ink is saved.
    """

    operators: str
    values: tuple[float | tuple[str, str, str], ...]
    outlined: Trace | None = None

    def write(self, palette: Palette, step: float) -> str:
        """Return the operators in the colours of a palette; a step of the grid is ``step`` points."""
        if palette.saves_ink and self.outlined is not None:
            return self.outlined.write(palette, step)
        colours = dict(palette.colours)
        return self.operators % tuple(
            [
                write_colour(colours.get(value[0]) or palette.colour(value[0]), *value[1:])
                if isinstance(value, tuple)
                else write_length(value / step)
                for value in self.values
            ]
        )


def recall_trace(drawing: Drawing) -> Trace:
    """Return what `trace_drawing` does, kept for the next time."""
    known = _traced.get(id(drawing))
    if known is None:
        if len(_traced) >= MOST_DRAWINGS:
            _traced.clear()
        known = _traced[id(drawing)] = (drawing, trace_drawing(drawing))
    return known[1]


def trace_drawing(drawing: Drawing) -> Trace:
    """Return the operators of a drawing."""
    outlined = outline_colours(drawing)
    trace = _trace_shapes(drawing)
    return trace if outlined is None else trace._replace(outlined=_trace_shapes(outlined))


def _trace_shapes(drawing: Drawing) -> Trace:
    code: list[str] = ["1 J 1 j"]
    values: list[float | tuple[str, str, str]] = []
    state: dict[str, object] = {}

    def change(what: str, value: object) -> bool:
        changed = state.get(what) != value
        state[what] = value
        return changed

    for shape in drawing.shapes:
        if shape.fill is None and shape.stroke is None:
            continue
        if shape.fill is not None and change("fill", shape.fill):
            code.append("%s")
            values.append((shape.fill, "g", "rg"))
        if shape.stroke is not None:
            if change("stroke", shape.stroke):
                code.append("%s")
                values.append((shape.stroke, "G", "RG"))
            if change("line", shape.line):
                code.append("%s w")
                values.append(shape.line)
            if change("dashes", shape.dashes):
                code.append(f"[{' '.join('%s' for _ in shape.dashes)}] 0 d")
                values += shape.dashes
        code += map(trace_segment, shape.segments)
        code.append({(True, True): "B", (True, False): "f", (False, True): "S"}[bool(shape.fill), bool(shape.stroke)])
    return Trace("\n".join(code), tuple(values))


def write_length(length: float) -> str:
    """Return a length in steps of the grid, two decimals at most."""
    return f"{length:.2f}".rstrip("0").rstrip(".")


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
