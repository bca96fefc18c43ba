"""Drawings and palettes as JSON data, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from handouts.figure.shapes import Drawing, Palette, Segment, Shape

Palettes = tuple[tuple[str, Palette], ...]
"""The colours of a person by edition."""


def write_drawings(frames: Iterable[Drawing]) -> list[Any]:
    """Return drawings without points as JSON data: the kinds of an outline's segments as one word, then all numbers."""
    return [
        [frame.width, frame.height, frame.head, [_write_shape(shape) for shape in frame.shapes]] for frame in frames
    ]


def read_drawings(data: Iterable[Any]) -> tuple[Drawing, ...]:
    """Return the drawings of `write_drawings`."""
    return tuple(
        Drawing(width, height, tuple(_read_shape(*shape) for shape in shapes), head)
        for width, height, head, shapes in data
    )


def _write_shape(shape: Shape) -> list[Any]:
    kinds = "".join(segment.kind for segment in shape.segments)
    numbers = [number for segment in shape.segments for number in segment.numbers]
    return [kinds, numbers, shape.fill, shape.stroke, shape.line, shape.dashes]


_COUNT = {"M": 2, "L": 2, "C": 6, "Z": 0}


def _read_shape(
    kinds: str, numbers: list[float], fill: str | None, stroke: str | None, line: float, dashes: list[float]
) -> Shape:
    segments = []
    at = 0
    for kind in kinds:
        end = at + _COUNT[kind]
        segments.append(Segment(kind, tuple(numbers[at:end])))
        at = end
    return Shape(tuple(segments), fill, stroke, line, tuple(dashes))


def write_palette(palette: Palette) -> list[Any]:
    """Return a palette as JSON data."""
    return [palette.name, palette.colours, palette.saves_ink]


def read_palette(name: str, colours: Iterable[tuple[str, str]], saves_ink: bool) -> Palette:
    """Return the palette of the data of `write_palette`."""
    return Palette(name, tuple((token, colour) for token, colour in colours), saves_ink)


def write_palettes(people: Mapping[str, Palettes]) -> list[Any]:
    """Return the palettes of people as JSON data, in their order."""
    return [
        [id, [[edition, write_palette(palette)] for edition, palette in palettes]] for id, palettes in people.items()
    ]


def read_palettes(data: Iterable[Any]) -> dict[str, Palettes]:
    """Return the palettes of `write_palettes`."""
    return {id: tuple((edition, read_palette(*palette)) for edition, palette in palettes) for id, palettes in data}
