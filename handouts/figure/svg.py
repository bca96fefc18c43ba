"""Drawings as SVG text, the same text for the same drawing."""

from __future__ import annotations

from collections.abc import Iterable

from handouts.figure.inks import ink_drawing
from handouts.figure.shapes import Drawing, Palette, Segment, Shape

USUAL = ("ink", 1.0, ())
"""Stroke, line and dashes of most outlines, which stand at the head of the file."""


def format_number(value: float) -> str:
    """Return a number with at most one decimal, without a needless zero or sign."""
    text = f"{value:.1f}"
    text = text[:-2] if text.endswith(".0") else text
    return "0" if text == "-0" else text


def format_path(segments: Iterable[Segment]) -> str:
    """Return the path data of an outline; a minus sign parts two numbers as well as a space does."""
    return "".join(
        kind + " ".join(format_number(number) for number in numbers).replace(" -", "-") for kind, numbers in segments
    )


def write_svg(drawing: Drawing, palette: Palette, scale: float = 2.0) -> str:
    """Return an SVG file in which one drawing unit is ``scale`` points long."""
    width, height = drawing.width, drawing.height
    usual = f'stroke="{palette.colour("ink")}" stroke-width="{1.0 / scale:.2f}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{format_number(width * scale)}pt" '
        f'height="{format_number(height * scale)}pt" viewBox="0 0 {format_number(width)} {format_number(height)}" '
        f'stroke-linejoin="round" stroke-linecap="round" {usual}>'
    ]
    for shape in ink_drawing(drawing, palette).shapes:
        fill = palette.colour(shape.fill) if shape.fill else "none"
        stroke = "" if (shape.stroke, shape.line, shape.dashes) == USUAL else _format_stroke(shape, palette, scale)
        lines.append(f'<path d="{format_path(shape.segments)}" fill="{fill}"{stroke}/>')
    return "\n".join([*lines, "</svg>", ""])


def _format_stroke(shape: Shape, palette: Palette, scale: float) -> str:
    if not shape.stroke:
        return ' stroke="none"'
    dashes = " ".join(format_number(dash / scale) for dash in shape.dashes)
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f' stroke="{palette.colour(shape.stroke)}" stroke-width="{shape.line / scale:.2f}"{dashed}'
