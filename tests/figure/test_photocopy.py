"""Low-ink figures survive two generations of photocopy: 150 dpi, a little blur, black or white, and once more.

A copy is compared with the clean print: as much ink, and as many closed fields, for a line that breaks opens its field.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from PIL import Image, ImageDraw, ImageFilter

from handouts.figure.library import Figures
from handouts.figure.outlines import flatten_outline
from handouts.figure.shapes import Drawing, Palette

DPI = 150.0
HEAD_MM = 6.0
FINER = 4
BLUR = 0.75  # dots: a lens that is not quite sharp
LEVEL = 138  # of 255: what is lighter comes out white
SMALLEST = 14  # dots: smaller white fields are the gaps between fingers, which may close
INK_KEPT = (0.75, 1.25)
FIELDS_KEPT = 0.9

Rows = list[list[tuple[int, int]]]


def print_drawing(drawing: Drawing, palette: Palette, thinner: float = 1.0) -> Image.Image:
    """Return a drawing as printed with a head of 6 mm, in grey; ``thinner`` multiplies the widths of lines."""
    dots = DPI / 25.4 * HEAD_MM / drawing.head * FINER
    size = round(drawing.width * dots), round(drawing.height * dots)
    image = Image.new("L", size, 255)
    brush = ImageDraw.Draw(image)
    for shape in drawing.shapes:
        for points in flatten_outline(shape.segments, dots, 10):
            if shape.fill and len(points) > 2:
                brush.polygon(points, fill=int(palette.colour(shape.fill)[1:3], 16))
            if shape.stroke and len(points) > 1:
                width = shape.line * thinner * DPI / 72.0 * FINER
                brush.line(points, fill=int(palette.colour(shape.stroke)[1:3], 16), width=max(1, round(width)))
    return image.resize((size[0] // FINER, size[1] // FINER), Image.Resampling.BOX)


def copy_print(image: Image.Image) -> Image.Image:
    """Return one generation of photocopy."""
    soft = image.filter(ImageFilter.GaussianBlur(BLUR))
    return soft.point(lambda value: 255 if value > LEVEL else 0)


def _white_runs(image: Image.Image) -> Rows:
    columns, rows = image.size
    data = image.tobytes()
    found: Rows = []
    for y in range(rows):
        line = data[y * columns : (y + 1) * columns]
        runs, start = [], -1
        for x, value in enumerate(line):
            if value > 127 and start < 0:
                start = x
            elif value <= 127 and start >= 0:
                runs.append((start, x))
                start = -1
        if start >= 0:
            runs.append((start, columns))
        found.append(runs)
    return found


def count_fields(image: Image.Image) -> int:
    """Return the number of white fields that ink closes off from each other, small ones left out."""
    parent: list[int] = []
    area: list[int] = []

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    labelled = []
    for runs in _white_runs(image):
        line = []
        for start, end in runs:
            parent.append(len(parent))
            area.append(end - start)
            line.append((start, end, len(parent) - 1))
        labelled.append(line)
    for above, below in pairwise(labelled):
        for start, end, i in below:
            for start2, end2, j in above:
                if start < end2 and start2 < end:
                    parent[root(i)] = root(j)
    sums: dict[int, int] = {}
    for i, size in enumerate(area):
        sums[root(i)] = sums.get(root(i), 0) + size
    return sum(size >= SMALLEST for size in sums.values())


def count_ink(image: Image.Image) -> float:
    """Return the share of dots that are black, grey ones in part."""
    histogram = image.histogram()
    return sum(count * (255 - value) / 255 for value, count in enumerate(histogram) if value < 200) / sum(histogram)


def find_losses(drawing: Drawing, palette: Palette, thinner: float = 1.0) -> list[str]:
    """Return what the second copy has lost of a print whose lines have their full width."""
    clean = print_drawing(drawing, palette)
    clean = clean.point(lambda value: 255 if value > LEVEL else 0)
    copied = copy_print(copy_print(print_drawing(drawing, palette, thinner)))
    losses = []
    ink = count_ink(copied) / count_ink(clean)
    if not INK_KEPT[0] <= ink <= INK_KEPT[1]:
        losses.append(f"{ink:.2f} of the ink")
    fields, before = count_fields(copied), count_fields(clean)
    if fields < FIELDS_KEPT * before - 1:
        losses.append(f"{fields} of {before} fields")
    return losses


@pytest.mark.parametrize("person", ["default", "older-ruth"])
def test_outlines_survive_two_copies(figures: Figures, person: str) -> None:
    palette = figures.palette(person, "low-ink")
    lost = {
        f"{figure_id} {i}": losses
        for figure_id in figures.ids()
        for i, drawing in enumerate(figures.frames(figure_id, "both", person), 1)
        if (losses := find_losses(drawing, palette))
    }
    assert lost == {}


def test_thin_lines_would_not(figures: Figures) -> None:
    palette = figures.palette("default", "low-ink")
    for figure_id in ("bridge", "cat-camel", "carry-bags-easier", "log-roll"):
        assert find_losses(figures.frames(figure_id)[0], palette, thinner=0.5), figure_id


def test_white_fields_are_counted() -> None:
    image = Image.new("L", (40, 40), 255)
    brush = ImageDraw.Draw(image)
    brush.rectangle((5, 5, 30, 30), outline=0, width=2)
    assert count_fields(image) == 2
    brush.line((5, 18, 30, 18), fill=0, width=2)
    assert count_fields(image) == 3
    brush.line((16, 18, 22, 18), fill=255, width=2)
    assert count_fields(image) == 2, "a broken line opens its field"
