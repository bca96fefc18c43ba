"""Frames of figures as form XObjects without marked content: who is drawn is in no page, only in these."""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache
from hashlib import blake2b
from math import floor, log2
from typing import NamedTuple, Protocol
from weakref import WeakKeyDictionary

from handouts.dataclass import dataclass
from handouts.figure.shapes import Drawing, Palette
from handouts.layout.page import FigureFrame
from handouts.pdf.objects import BEST, deflate, write_numbers
from handouts.pdf.pen import Pen
from handouts.pdf.shapes import GRID, Trace, trace_drawing

MARGIN = 4
"""Drawing units that lines may reach beyond a drawing."""

WEIGHTS = 12
"""Weights of lines between one size of a figure and its double."""

MOST_FORMS = 2500
"""Compressed drawings kept; one takes about 1 kB."""

MOST_TRACED = 1500
"""Figures kept as operators, for each side and each who is drawn; one takes about 4 kB."""


class Drawings(Protocol):
    """What painting asks of the figures."""

    def frames(self, figure: str, side: str, person: str) -> tuple[Drawing, ...]:
        """Return the frames of a figure, all of one size and scale."""

    def palette(self, person: str, edition: str) -> Palette:
        """Return the colours of a person in an edition."""


class Form(NamedTuple):
    """A form XObject ready for a file: the entries of its dictionary and its compressed data."""

    entries: bytes
    data: bytes


class Forms(Protocol):
    """Forms that were made in an earlier process."""

    def find_form(self, name: str, person: str, edition: str) -> Form | None:
        """Return the form of a figure with a person in it, or None."""

    def add_form(self, name: str, person: str, edition: str, form: Form) -> None:
        """Take the form of a figure with a person in it."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is drawn in a document, and in which edition; ``forms`` are those that need not be made."""

    figures: Drawings
    person: str
    edition: str
    forms: Forms | None = None


def name_frame(frame: FigureFrame) -> str:
    """Return the name of a frame among a page's resources: the same for all places and sizes with lines alike."""
    size = f"{find_weight(frame.scale):.4f} {frame.width:.2f} {frame.height:.2f}"
    shown = (frame.figure, frame.side, frame.frame, size)
    return "P" + blake2b(repr(shown).encode("utf-8"), digest_size=5).hexdigest()


@lru_cache(maxsize=1024)
def find_weight(scale: float) -> float:
    """Return the scale for which the lines of a frame are drawn: its own, or a little less.

    One form serves all sizes in which its lines have their width on paper or up to a sixteenth more, never less: the
    finest are as fine as a copier keeps.
    """
    return float(2 ** (floor(log2(scale) * WEIGHTS) / WEIGHTS))


def paint_frame(pen: Pen, frame: FigureFrame, floor: float) -> None:
    """Paint a frame of a figure, whoever it shows; ``floor`` is the height of the block."""
    step = frame.scale / GRID
    pen.save()
    pen.scale_to(step, step, frame.x, floor - frame.y - frame.height * frame.scale)
    pen.write(f"/{name_frame(frame)} Do")
    pen.restore()


class Traced(NamedTuple):
    """A drawing as operators, and its size in units."""

    trace: Trace
    width: float
    height: float


class Made:
    """What was made of some figures and may be used again, under a bound: forms, and the drawings they are made of."""

    def __init__(self) -> None:
        self._forms: OrderedDict[tuple[str, str, str], Form] = OrderedDict()
        self._traced: OrderedDict[tuple[str, str, str], tuple[Traced, ...]] = OrderedDict()

    def find_form(self, name: str, frame: FigureFrame, cast: Cast) -> Form:
        """Return the form of a frame with the person of a cast in it, made once."""
        key = (name, cast.person, cast.edition)
        form = self._forms.get(key)
        if form is None:
            traced = self._find_traced(frame.figure, frame.side, cast)[frame.frame]
            form = self._forms[key] = write_form(frame, traced, cast.figures.palette(cast.person, cast.edition))
            if len(self._forms) > MOST_FORMS:
                self._forms.popitem(last=False)
        return form

    def _find_traced(self, figure: str, side: str, cast: Cast) -> tuple[Traced, ...]:
        key = (figure, side, cast.person)
        traced = self._traced.get(key)
        if traced is None:
            frames = cast.figures.frames(*key)
            traced = self._traced[key] = tuple(
                Traced(trace_drawing(drawing), drawing.width, drawing.height) for drawing in frames
            )
            if len(self._traced) > MOST_TRACED:
                self._traced.popitem(last=False)
        return traced


_made: WeakKeyDictionary[Drawings, Made] = WeakKeyDictionary()


def find_form(name: str, frame: FigureFrame, cast: Cast) -> Form:
    """Return the form of a frame with the person of a cast in it, made once."""
    made = _made.get(cast.figures)
    if made is None:
        made = _made[cast.figures] = Made()
    if cast.forms is None:
        return made.find_form(name, frame, cast)
    form = cast.forms.find_form(name, cast.person, cast.edition)
    if form is None:
        form = made.find_form(name, frame, cast)
        cast.forms.add_form(name, cast.person, cast.edition, form)
    return form


def write_form(frame: FigureFrame, drawing: Traced, palette: Palette) -> Form:
    """Return a drawing as a form: in steps of the grid, in the middle of its slot and on its lower edge."""
    text = drawing.trace.write(palette, find_weight(frame.scale) / GRID)
    edge = MARGIN * GRID
    box = (-edge, -edge, round(drawing.width * GRID) + edge, round(drawing.height * GRID) + edge)
    matrix = (1, 0, 0, -1, round((frame.width - drawing.width) / 2 * GRID), round(drawing.height * GRID))
    entries = b"/Type/XObject/Subtype/Form/BBox%b/Matrix%b/Filter/FlateDecode" % (
        write_numbers(box),
        write_numbers(matrix),
    )
    return Form(entries, deflate(text.encode("latin-1"), BEST))
