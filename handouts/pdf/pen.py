"""Records drawing operators with ReportLab's canvas, and forgets what is already set."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from typing import Any

from handouts.interrupts import hold_interrupts
from handouts.pdf.words import Words, write_colour
from handouts.typeset.fonts import FontSet

ROUND = 0.5522847498
"""Distance of the control points of a quarter circle from its ends, by radius."""

NONZERO = 1
"""ReportLab's number for the winding rule."""

START: dict[str, object] = {
    "fill": "#000000",
    "stroke": "#000000",
    "width": 1.0,
    "dashes": (),
    "round": False,
    "font": None,
}
"""The graphics state in which a page begins (ISO 32000-1, 8.4.1)."""


@lru_cache(maxsize=1)
def open_recorder() -> Any:
    """Return the one canvas whose methods write operators; nothing is ever saved from it."""
    with hold_interrupts():  # what ReportLab does without, it tries to load, and takes Ctrl-C for its not being there
        from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415  (loads an imaging library: only to paint)

    return Canvas(BytesIO(), pageCompression=0, invariant=1)


class Pen:
    """Writes the operators of one block. Coordinates are PDF's: points, y upwards from the block's lower edge.

    ``glyphs`` are the faces shown so far, with the numbers of their glyphs where only those are embedded.
    """

    def __init__(self, fonts: FontSet) -> None:
        self._fonts = fonts
        self._state = dict(START)
        self._saved: list[dict[str, object]] = []
        self._code: list[str] = []
        self._recorder: Any = None
        self.glyphs: dict[str, set[int]] = {}

    @property
    def _canvas(self) -> Any:
        """The recorder, opened when the first path, transform or setting of lines is written: text needs none."""
        if self._recorder is None:
            self._recorder = open_recorder()
        self._recorder._code = self._code
        return self._recorder

    def take(self) -> bytes:
        """Return the operators written since the last call."""
        text = "\n".join(self._code)
        self._code.clear()
        return text.encode("latin-1") + b"\n" if text else b""

    def list_glyphs(self) -> tuple[tuple[str, frozenset[int]], ...]:
        """Return the faces shown, by key, with the numbers of their glyphs where only those are embedded."""
        if not any(self.glyphs.values()):
            return list_faces(tuple(self.glyphs))
        return tuple((key, frozenset(numbers)) for key, numbers in sorted(self.glyphs.items()))

    def save(self) -> None:
        """Keep the graphics state."""
        self._canvas.saveState()
        self._saved.append(dict(self._state))

    def restore(self) -> None:
        """Return to the graphics state kept last."""
        self._canvas.restoreState()
        self._state = self._saved.pop()

    def scale_to(self, width: float, height: float, x: float, y: float) -> None:
        """Make the unit square ``width`` by ``height`` points, its origin at (x, y)."""
        self._canvas.transform(width, 0, 0, height, round(x, 2), round(y, 2))

    def set_fill(self, colour: str) -> None:
        """Set the colour of areas and letters."""
        if self._change("fill", colour):
            self._code.append(write_colour(colour, "g", "rg"))

    def set_stroke(self, colour: str) -> None:
        """Set the colour of lines."""
        if self._change("stroke", colour):
            self._code.append(write_colour(colour, "G", "RG"))

    def set_line(self, width: float, dashes: Sequence[float] = (), rounded: bool = False) -> None:
        """Set the width of lines, their dashes and whether caps and joins are round."""
        if self._change("width", width):
            self._canvas.setLineWidth(round(width, 2))
        if self._change("dashes", tuple(dashes)):
            self._canvas.setDash([round(dash, 2) for dash in dashes])
        if self._change("round", rounded):
            self._canvas.setLineCap(int(rounded))
            self._canvas.setLineJoin(int(rounded))

    def draw_path(self, operators: list[str], fill: bool, stroke: bool) -> None:
        """Paint an outline, given as operators, by the winding rule.

        Outlines of figures are long: ReportLab's own path methods take 10 µs a curve, one format string 1.3 µs.
        """
        path = self._canvas.beginPath()
        path._code = operators
        self._canvas.drawPath(path, fill=int(fill), stroke=int(stroke), fillMode=NONZERO)

    def write(self, operators: str) -> None:
        """Take operators that are written already and leave the graphics state as it is, or are undone by `restore`."""
        self._code.append(operators)

    def draw_image(self, name: str, x: float, y: float, width: float, height: float) -> None:
        """Paint an image of the page's resources into a rectangle given by its lower left corner."""
        self.save()
        self.scale_to(round(width, 2), round(height, 2), x, y)
        self._code.append(f"/{name} Do")
        self.restore()

    def show_words(self, x: float, y: float, line: tuple[Words, ...]) -> None:
        """Show words one after another from (x, y)."""
        state, code = self._state, self._code
        operators = [f"BT {x:.2f} {y:.2f} Td"]
        add = operators.append
        for number, words in enumerate(line):
            if state["fill"] != words.colour:
                state["fill"] = words.colour
                (add if number else code.append)(words.paint)
            if state["font"] != words.font:
                state["font"] = words.font
                add(words.choose)
            if words.glyphs or words.face not in self.glyphs:
                self.glyphs.setdefault(words.face, set()).update(words.glyphs)
            add(words.show)
        add("ET")
        code.append(" ".join(operators))

    def _change(self, what: str, value: object) -> bool:
        """Note a value of the graphics state; True when it was not set already."""
        if self._state[what] == value:
            return False
        self._state[what] = value
        return True


@lru_cache(maxsize=512)
def list_faces(keys: tuple[str, ...]) -> tuple[tuple[str, frozenset[int]], ...]:
    """Return faces that are embedded whole."""
    return tuple((key, frozenset()) for key in sorted(keys))


def trace_box(left: float, bottom: float, right: float, top: float, radius: float) -> list[str]:
    """Return the outline of a rectangle given by its edges, with round corners."""
    if radius <= 0:
        return [f"{left:.6g} {bottom:.6g} {right - left:.6g} {top - bottom:.6g} re"]
    r = min(radius, (right - left) / 2, (top - bottom) / 2)
    k = r * (1 - ROUND)
    corners = (
        (right - r, bottom, right - k, bottom, right, bottom + k, right, bottom + r),
        (right, top - r, right, top - k, right - k, top, right - r, top),
        (left + r, top, left + k, top, left, top - k, left, top - r),
        (left, bottom + r, left, bottom + k, left + k, bottom, left + r, bottom),
    )
    steps = [f"{left + r:.2f} {bottom:.2f} m"]
    for corner in corners:
        steps.append("{:.2f} {:.2f} l {:.2f} {:.2f} {:.2f} {:.2f} {:.2f} {:.2f} c".format(*corner))
    return [*steps, "h"]
