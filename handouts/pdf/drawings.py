"""Frames of figures as form XObjects without marked content: who is drawn is in no page, only in these."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import blake2b
from typing import NamedTuple, Protocol

from handouts.dataclass import dataclass
from handouts.figure.shapes import Drawing, Palette
from handouts.layout.page import FigureFrame
from handouts.pdf.objects import BEST, deflate, write_numbers
from handouts.pdf.pen import Pen
from handouts.pdf.shapes import GRID, trace_drawing, write_length

MARGIN = 4
"""Drawing units that lines may reach beyond a drawing."""

MOST_FORMS = 1500
"""Compressed drawings kept; one takes about 1 kB."""


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
    """Return the name of a frame among a page's resources: the same for all places, another for each size."""
    shown = (frame.figure, frame.side, frame.frame, f"{frame.scale:.4f} {frame.width:.2f} {frame.height:.2f}")
    return "P" + blake2b(repr(shown).encode("utf-8"), digest_size=5).hexdigest()


def paint_frame(pen: Pen, frame: FigureFrame, floor: float) -> None:
    """Paint a frame of a figure, whoever it shows; ``floor`` is the height of the block."""
    step = frame.scale / GRID
    pen.save()
    pen.scale_to(step, step, frame.x, floor - frame.y - frame.height * frame.scale)
    pen.write(f"/{name_frame(frame)} Do")
    pen.restore()


_forms: OrderedDict[tuple[str, int, int], tuple[Drawing, Palette, Form]] = OrderedDict()


def find_form(name: str, frame: FigureFrame, cast: Cast) -> Form:
    """Return the form of a frame with the person of a cast in it, made once."""
    if cast.forms is None:
        return _make_form(name, frame, cast)
    form = cast.forms.find_form(name, cast.person, cast.edition)
    if form is None:
        form = _make_form(name, frame, cast)
        cast.forms.add_form(name, cast.person, cast.edition, form)
    return form


def _make_form(name: str, frame: FigureFrame, cast: Cast) -> Form:
    drawing = cast.figures.frames(frame.figure, frame.side, cast.person)[frame.frame]
    palette = cast.figures.palette(cast.person, cast.edition)
    key = (name, id(drawing), id(palette))
    known = _forms.get(key)
    if known is None:
        known = _forms[key] = (drawing, palette, write_form(frame, drawing, palette))
        if len(_forms) > MOST_FORMS:
            _forms.popitem(last=False)
    return known[2]


def write_form(frame: FigureFrame, drawing: Drawing, palette: Palette) -> Form:
    """Return a drawing as a form: in steps of the grid, in the middle of its slot and on its lower edge."""
    operators, lengths = trace_drawing(drawing, palette)
    step = frame.scale / GRID
    text = operators % tuple([write_length(length / step) for length in lengths])
    edge = MARGIN * GRID
    box = (-edge, -edge, round(drawing.width * GRID) + edge, round(drawing.height * GRID) + edge)
    matrix = (1, 0, 0, -1, round((frame.width - drawing.width) / 2 * GRID), round(drawing.height * GRID))
    entries = b"/Type/XObject/Subtype/Form/BBox%b/Matrix%b/Filter/FlateDecode" % (
        write_numbers(box),
        write_numbers(matrix),
    )
    return Form(entries, deflate(text.encode("latin-1"), BEST))
