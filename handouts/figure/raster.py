"""Drawings as pictures of points, for screens and previews."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

from handouts.figure.shapes import Drawing, Palette, Segment

FINER = 4
"""Points are counted this much finer and then joined, so that edges are smooth."""

STEPS = 12
"""Straight pieces a curve."""


def write_png(drawing: Drawing, palette: Palette, scale: float = 6.0) -> bytes:
    """Return a PNG on white, ``scale`` points of the picture a drawing unit; lines as at 2 points a unit."""
    factor = scale * FINER
    size = max(1, round(drawing.width * factor)), max(1, round(drawing.height * factor))
    image = Image.new("RGB", size, "white")
    brush = ImageDraw.Draw(image)
    for shape in drawing.shapes:
        for outline in _flatten(shape.segments, factor):
            if shape.fill and len(outline) > 2:
                brush.polygon(outline, fill=palette.colour(shape.fill))
            if shape.stroke and len(outline) > 1:
                width = max(1, round(shape.line * factor / 2))
                brush.line(outline, fill=palette.colour(shape.stroke), width=width, joint="curve")
    smaller = image.resize((max(1, size[0] // FINER), max(1, size[1] // FINER)), Image.Resampling.LANCZOS)
    file = BytesIO()
    smaller.save(file, "PNG", optimize=True)
    return file.getvalue()


def _flatten(segments: tuple[Segment, ...], factor: float) -> list[list[tuple[float, float]]]:
    """Return the outlines of a shape as points."""
    outlines: list[list[tuple[float, float]]] = []
    for kind, numbers in segments:
        if kind == "M":
            outlines.append([(numbers[0] * factor, numbers[1] * factor)])
        elif kind == "L":
            outlines[-1].append((numbers[0] * factor, numbers[1] * factor))
        elif kind == "C":
            outlines[-1] += _flatten_curve(outlines[-1][-1], tuple(number * factor for number in numbers))
        elif kind == "Z":
            outlines[-1].append(outlines[-1][0])
    return outlines


def _flatten_curve(start: tuple[float, float], curve: tuple[float, ...]) -> list[tuple[float, float]]:
    """Return the points of a cubic Bézier curve after its start."""
    points = []
    for step in range(1, STEPS + 1):
        t = step / STEPS
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        points.append(
            (
                a * start[0] + b * curve[0] + c * curve[2] + d * curve[4],
                a * start[1] + b * curve[1] + c * curve[3] + d * curve[5],
            )
        )
    return points
