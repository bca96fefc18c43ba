"""Drawings as plain data: outlines and colour tokens, without a canvas."""

from __future__ import annotations

from typing import NamedTuple

from handouts.dataclass import dataclass


class Segment(NamedTuple):
    """One step of an outline: ``M`` or ``L`` with two numbers, ``C`` with six, ``Z`` with none."""

    kind: str
    numbers: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """One outline in drawing units, x to the right and y **down**.

    ``fill`` and ``stroke`` are colour tokens that a palette turns into colours, or None.
    ``line`` is the stroke's width in points on paper, whatever the drawing's scale.
    """

    segments: tuple[Segment, ...]
    fill: str | None = None
    stroke: str | None = None
    line: float = 1.0
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture of points: RGB samples, row by row from the top."""

    columns: int
    rows: int
    samples: bytes


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes in painting order inside a frame whose top left corner is (0, 0).

    One unit is one hundredth of the body height of the person drawn, so that drawings of
    different moves share a scale. ``head`` is the height of the head from chin to crown in the same
    units, 0 where there is none; layout derives from it how large the drawing must be printed. ``image`` fills the
    frame in place of shapes: a picture that a clinic brought.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]
    head: float
    image: Pixels | None = None


@dataclass(frozen=True, slots=True)
class Palette:
    """Colour tokens and their colours as ``#rrggbb``; hashable, so that it can be part of a key.

    ``saves_ink``: drawings with colours of their own are printed as outlines.
    """

    name: str
    colours: tuple[tuple[str, str], ...]
    saves_ink: bool = False

    def colour(self, token: str) -> str:
        """Return the colour of a token as ``#rrggbb``; KeyError when the palette lacks it.

        A token that is a colour itself, as in a clinic's own drawing, stands for itself.
        """
        for name, value in self.colours:
            if name == token:
                return value
        if is_colour(token):
            return token
        raise KeyError(token)


def is_colour(token: str) -> bool:
    """Return whether a token is a colour itself, as in a clinic's own drawing."""
    return token.startswith("#")
