"""A clinic's own coloured picture where ink is saved: black outlines for a drawing, greys for one of points."""

from __future__ import annotations

from dataclasses import replace

from handouts.figure.shapes import Drawing, Palette, Pixels, Shape, is_colour

BLACK, WHITE = "#000000", "#ffffff"

DARKEST = 64
"""A fill with no channel above this is ink itself, such as lines that were turned into outlines: it stays black."""


def ink_drawing(drawing: Drawing, palette: Palette) -> Drawing:
    """Return what is printed of a drawing in the colours of a palette: the drawing itself unless that saves ink."""
    return (outline_colours(drawing) or drawing) if palette.saves_ink else drawing


def outline_colours(drawing: Drawing) -> Drawing | None:
    """Return a drawing with black outlines in place of colours of its own; None when it has none.

    What was filled with a colour is white with a black edge, so that shapes that lie on each other stay apart.
    """
    if not any(token and is_colour(token) for shape in drawing.shapes for token in (shape.fill, shape.stroke)):
        return None
    return replace(drawing, shapes=tuple(_outline_shape(shape) for shape in drawing.shapes))


def _outline_shape(shape: Shape) -> Shape:
    stroke = BLACK if shape.stroke and is_colour(shape.stroke) else shape.stroke
    if shape.fill is None or not is_colour(shape.fill):
        return replace(shape, stroke=stroke)
    channels = [int(shape.fill[place : place + 2], 16) for place in (1, 3, 5)]
    return replace(shape, fill=BLACK if max(channels) <= DARKEST else WHITE, stroke=stroke or BLACK)


def turn_grey(picture: Pixels) -> bytes:
    """Return the points of a picture as grey samples, one byte each."""
    from PIL import Image  # noqa: PLC0415  (only clinics with a PNG need it)

    return Image.frombytes("RGB", (picture.columns, picture.rows), picture.samples).convert("L").tobytes()
