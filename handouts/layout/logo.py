"""A clinic's logo, from an SVG or a PNG file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handouts.diagnostics import ContentError, Diagnostic, Span
from handouts.figure.imported import read_svg
from handouts.figure.shapes import Drawing, Palette
from handouts.layout.page import Raster

MOST_PIXELS = 600
"""Longest side of a stored picture: 50 mm at 300 dots an inch."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo: a drawing with its colours, or a picture."""

    drawing: Drawing | None = None
    palette: Palette | None = None
    raster: Raster | None = None


def read_logo(path: Path) -> Logo:
    """Return the logo of a file; ContentError when it is neither an SVG nor a PNG that can be read."""
    if path.suffix.lower() == ".svg":
        drawing, palette = read_svg(path)
        return Logo(drawing=drawing, palette=palette)
    return Logo(raster=read_raster(path))


def read_raster(path: Path) -> Raster:
    """Return a PNG's samples on white, at most 600 pixels wide and high; ContentError when it cannot be read."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  (only clinics with a PNG need it)

    try:
        with Image.open(path, formats=("PNG",)) as image:
            image.thumbnail((MOST_PIXELS, MOST_PIXELS))
            layered = image.convert("RGBA")
            ground = Image.new("RGBA", layered.size, "white")
            ground.alpha_composite(layered)
            samples = ground.convert("RGB")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, ValueError) as problem:
        raise ContentError(
            Diagnostic(
                "png-broken", "this is not a PNG picture that can be read", Span(str(path)), hint="save it as PNG again"
            )
        ) from problem
    return Raster(0, 0, samples.width, samples.height, samples.width, samples.height, samples.tobytes(), 3)
