"""Drawings as pictures of points, for screens and previews."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

from handouts.figure.inks import ink_drawing
from handouts.figure.outlines import flatten_outline
from handouts.figure.shapes import Drawing, Palette

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
    for shape in ink_drawing(drawing, palette).shapes:
        for outline in flatten_outline(shape.segments, factor, STEPS):
            if shape.fill and len(outline) > 2:
                brush.polygon(outline, fill=palette.colour(shape.fill))
            if shape.stroke and len(outline) > 1:
                width = max(1, round(shape.line * factor / 2))
                brush.line(outline, fill=palette.colour(shape.stroke), width=width, joint="curve")
    smaller = image.resize((max(1, size[0] // FINER), max(1, size[1] // FINER)), Image.Resampling.LANCZOS)
    file = BytesIO()
    smaller.save(file, "PNG", optimize=True)
    return file.getvalue()
