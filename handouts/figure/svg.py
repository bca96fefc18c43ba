"""Drawings as SVG text, the same text for the same drawing."""

from __future__ import annotations

from collections.abc import Iterable

from handouts.figure.shapes import Drawing, Palette, Segment


def format_number(value: float) -> str:
    """Return a number with at most one decimal, without a needless zero or sign."""
    text = f"{value:.1f}"
    text = text[:-2] if text.endswith(".0") else text
    return "0" if text == "-0" else text


def format_path(segments: Iterable[Segment]) -> str:
    """Return the path data of an outline."""
    return " ".join(kind + " ".join(format_number(number) for number in numbers) for kind, numbers in segments)


def write_svg(drawing: Drawing, palette: Palette, scale: float = 2.0) -> str:
    """Return an SVG file in which one drawing unit is ``scale`` points long."""
    width, height = drawing.width, drawing.height
    on_paper = f'width="{format_number(width * scale)}pt" height="{format_number(height * scale)}pt"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {on_paper} '
        f'viewBox="0 0 {format_number(width)} {format_number(height)}" stroke-linejoin="round" stroke-linecap="round">'
    ]
    for shape in drawing.shapes:
        fill = palette.colour(shape.fill) if shape.fill else "none"
        stroke = ""
        if shape.stroke:
            stroke = f' stroke="{palette.colour(shape.stroke)}" stroke-width="{shape.line / scale:.2f}"'
            if shape.dashes:
                stroke += f' stroke-dasharray="{" ".join(format_number(dash / scale) for dash in shape.dashes)}"'
        lines.append(f'<path d="{format_path(shape.segments)}" fill="{fill}"{stroke}/>')
    return "\n".join([*lines, "</svg>", ""])
