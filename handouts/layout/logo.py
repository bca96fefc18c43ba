"""A clinic's logo, from an SVG or a PNG file."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from handouts.dataclass import dataclass
from handouts.figure.imported import read_png, read_svg
from handouts.figure.shapes import Drawing, Palette
from handouts.layout.page import Raster


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
    image = read_png(path).image
    assert image is not None
    return Logo(raster=Raster(0, 0, image.columns, image.rows, image.columns, image.rows, image.samples, 3))


@lru_cache(maxsize=4)
def print_black(logo: Logo) -> Logo:
    """Return a logo in black and white alone: what is darker than mid-grey becomes black."""
    if logo.palette is not None:
        colours = tuple((token, "#000000" if _is_dark(colour) else "#ffffff") for token, colour in logo.palette.colours)
        return replace(logo, palette=Palette(f"{logo.palette.name}-black", colours))
    assert logo.raster is not None
    whole = logo.raster.samples
    red, green, blue = (whole[part::3] for part in range(3))
    samples = bytes(
        0 if RED * r + GREEN * g + BLUE * b < MIDDLE else 255 for r, g, b in zip(red, green, blue, strict=True)
    )
    return replace(logo, raster=replace(logo.raster, samples=samples, components=1))


RED, GREEN, BLUE = 0.299, 0.587, 0.114
"""Weights of the channels in grey (ITU-R BT.601)."""

MIDDLE = 148
"""The value of a channel from which a colour counts as light: teal and red are dark, yellow and sky are light."""


def _is_dark(colour: str) -> bool:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return RED * red + GREEN * green + BLUE * blue < MIDDLE
