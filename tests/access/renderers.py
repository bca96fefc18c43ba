"""Whether two renderers show the same picture of a file: PDFium and MuPDF, which share no code."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import pypdfium2
from PIL import Image, ImageChops, ImageStat

DOTS = 144
BLOCK = 16
"""Pixels on a side of the squares that are averaged, about 3 mm on paper: less than a letter with its room."""

MOST_MEAN = 7.0
MOST_BLOCK = 24
"""The bound, in steps of 255. Sound pages show up to 5.4 and 19; a line moved by 4 points 28 or more, a lost letter of
12 points 39 or more. A lost i or t (19 to 32) is less than what renderers differ in.
"""


class Difference(NamedTuple):
    """How far two pictures of a page are apart: on the whole, and in the worst square."""

    mean: float
    worst: float

    @property
    def within_bound(self) -> bool:
        return self.mean <= MOST_MEAN and self.worst <= MOST_BLOCK


def render_pdfium(data: bytes) -> Iterator[Image.Image]:
    for page in pypdfium2.PdfDocument(data):
        yield page.render(scale=DOTS / 72, grayscale=True).to_pil().convert("L")


def render_mupdf(data: bytes) -> Iterator[Image.Image]:
    import pymupdf  # noqa: PLC0415  (a large library, for this test alone)

    with pymupdf.open(stream=data, filetype="pdf") as document:
        for page in document:
            picture = page.get_pixmap(dpi=DOTS, colorspace=pymupdf.csGRAY)
            yield Image.frombytes("L", (picture.width, picture.height), picture.samples)


def compare_pictures(one: Image.Image, other: Image.Image) -> Difference:
    """Return how far two pictures of one page are apart. ValueError when they differ by more than a pixel in size.

    A square counts with the least difference that it has when one picture is moved by up to a pixel: renderers round
    the edges of lines to different pixels.
    """
    if abs(one.width - other.width) > 1 or abs(one.height - other.height) > 1:
        raise ValueError(f"pages of different size: {one.size} and {other.size}")
    size = min(one.width, other.width), min(one.height, other.height)
    whole = tuple(side - side % BLOCK for side in size)
    box = (0, 0, *whole)
    squares = whole[0] // BLOCK, whole[1] // BLOCK
    first, second = one.crop(box), other.crop(box)
    coarse = first.resize(squares, Image.Resampling.BOX)
    least = Image.new("L", squares, 255)
    for x, y in product((-1, 0, 1), repeat=2):
        moved = ImageChops.offset(second, x, y).resize(squares, Image.Resampling.BOX)
        least = ImageChops.darker(least, ImageChops.difference(coarse, moved))
    return Difference(ImageStat.Stat(ImageChops.difference(first, second)).mean[0], least.getextrema()[1])


def compare_renderers(data: bytes, other: bytes | None = None) -> list[Difference]:
    """Return the difference of each page as PDFium and MuPDF show it; ``other`` is a second file for MuPDF."""
    pairs = zip(render_pdfium(data), render_mupdf(other or data), strict=True)
    return [compare_pictures(one, second) for one, second in pairs]
