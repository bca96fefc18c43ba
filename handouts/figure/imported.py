"""A clinic's own picture: an SVG file to shapes, a PNG file to points."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

from handouts.diagnostics import ContentError, Diagnostic, Span
from handouts.figure.shapes import Drawing, Palette, Pixels, Segment, Shape

MOST_BYTES = 500_000
MOST_SEGMENTS = 4000
MOST_POINTS = 600
"""Longest side of a stored picture: 50 mm at 300 dots an inch."""

SIZE = 100.0
"""Units of the longer side, so that drawings from anywhere have one measure."""


def read_svg(path: Path) -> tuple[Drawing, Palette]:
    """Return the shapes of an SVG file and their colours; the tokens of the palette are the colours themselves.

    Filled and stroked shapes are read: paths, rectangles, circles, ellipses, lines and polygons, with their transforms.
    ContentError when the file is broken, too large, empty, or holds text or pictures, which would be lost.
    """
    from xml.etree.ElementTree import ParseError  # noqa: PLC0415  (few clinics have a drawing that was not kept)

    text = _read_text(path)
    try:
        from svgelements import SVG  # noqa: PLC0415  (only clinics with a drawing of their own need it)

        parsed = SVG.parse(StringIO(text), reify=True, ppi=72)
    except (ParseError, ValueError, TypeError, KeyError, AttributeError, IndexError) as problem:
        raise _complain(path, "svg-broken", "this is not an SVG drawing that can be read") from problem
    left, top, width, height = _find_frame(path, parsed)
    scale = SIZE / max(width, height)
    shapes = tuple(_list_shapes(path, parsed, left, top, scale))
    if not shapes:
        raise _complain(path, "svg-empty", "the drawing has no filled or stroked shape")
    if sum(len(shape.segments) for shape in shapes) > MOST_SEGMENTS:
        raise _complain(path, "svg-too-large", f"the drawing has more than {MOST_SEGMENTS} segments")
    colours = sorted({token for shape in shapes for token in (shape.fill, shape.stroke) if token})
    palette = Palette(path.stem, tuple((colour, colour) for colour in colours))
    return Drawing(width * scale, height * scale, shapes, 0.0), palette


def read_png(path: Path) -> Drawing:
    """Return a PNG on white, at most 600 points wide and high, as a drawing; ContentError when it cannot be read."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  (only clinics with a PNG need it)

    try:
        with Image.open(path, formats=("PNG",)) as image:
            image.thumbnail((MOST_POINTS, MOST_POINTS))
            layered = image.convert("RGBA")
            ground = Image.new("RGBA", layered.size, "white")
            ground.alpha_composite(layered)
            points = ground.convert("RGB")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, ValueError) as problem:
        raise _complain(path, "png-broken", "this is not a PNG picture that can be read") from problem
    scale = SIZE / max(points.width, points.height)
    pixels = Pixels(points.width, points.height, points.tobytes())
    return Drawing(points.width * scale, points.height * scale, (), 0.0, pixels)


def _read_text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as problem:
        reason = (problem.strerror or "it cannot be read").lower()
        raise _complain(path, "file-not-read", f"the file was not read: {reason}") from problem
    if len(data) > MOST_BYTES:
        raise _complain(path, "svg-too-large", f"the file is larger than {MOST_BYTES // 1000} kB")
    if b"<!ENTITY" in data or b"<!DOCTYPE" in data:
        raise _complain(path, "svg-broken", "a document type is not taken: save as plain SVG")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise _complain(path, "svg-broken", "the file is not UTF-8 text") from problem


def _find_frame(path: Path, parsed: Any) -> tuple[float, float, float, float]:
    """Return left, top, width and height of the drawing in its own units, after its view box was applied."""
    width, height = float(parsed.width or 0), float(parsed.height or 0)
    if width <= 0 or height <= 0:
        box = parsed.bbox()
        if box is None or box[2] <= box[0] or box[3] <= box[1]:
            raise _complain(path, "svg-empty", "the drawing has no size")
        return box[0], box[1], box[2] - box[0], box[3] - box[1]
    return 0.0, 0.0, width, height


def _list_shapes(path: Path, parsed: Any, left: float, top: float, scale: float) -> Iterator[Shape]:
    from svgelements import Image, Text, Use  # noqa: PLC0415
    from svgelements import Path as Outline  # noqa: PLC0415
    from svgelements import Shape as Element  # noqa: PLC0415

    for element in parsed.elements():
        if isinstance(element, Text | Image):
            kind = "text" if isinstance(element, Text) else "a picture"
            raise _complain(path, "svg-unsupported", f"the drawing holds {kind}: turn it into outlines")
        if not isinstance(element, Element) or isinstance(element, Use):
            continue
        fill, stroke = _name_colour(element.fill), _name_colour(element.stroke)
        if fill is None and stroke is None:
            continue
        segments = tuple(_list_segments(Outline(element), left, top, scale))
        if segments:
            line = max(0.75, float(element.implicit_stroke_width or 1.0) * scale * 0.35) if stroke else 1.0
            yield Shape(segments, fill, stroke, line)


def _name_colour(colour: Any) -> str | None:
    """Return a colour as ``#rrggbb``; None for none."""
    if colour is None or colour.value is None or colour.opacity == 0:
        return None
    return f"#{colour.red:02x}{colour.green:02x}{colour.blue:02x}"


def _list_segments(outline: Any, left: float, top: float, scale: float) -> Iterator[Segment]:
    from svgelements import Arc, Close, CubicBezier, Line, Move, QuadraticBezier  # noqa: PLC0415

    def place(*points: Any) -> tuple[float, ...]:
        return tuple(value for point in points for value in ((point.x - left) * scale, (point.y - top) * scale))

    for part in outline:
        if isinstance(part, Move):
            yield Segment("M", place(part.end))
        elif isinstance(part, Close):
            yield Segment("Z", ())
        elif isinstance(part, Line):
            yield Segment("L", place(part.end))
        elif isinstance(part, CubicBezier):
            yield Segment("C", place(part.control1, part.control2, part.end))
        elif isinstance(part, QuadraticBezier):
            first = part.start + (part.control - part.start) * (2 / 3)
            second = part.end + (part.control - part.end) * (2 / 3)
            yield Segment("C", place(first, second, part.end))
        elif isinstance(part, Arc):
            for curve in part.as_cubic_curves():
                yield Segment("C", place(curve.control1, curve.control2, curve.end))


def _complain(path: Path, rule: str, message: str) -> ContentError:
    return ContentError(
        Diagnostic(rule, message, Span(str(path)), hint="export it again as plain SVG with outlines, or as PNG")
    )
