"""Pages as plain data: blocks at positions, each with its items and its tags.

All lengths are points. Inside a block, and on a page, the origin is the top left corner, x runs to the
right and y runs **down**. Nothing here knows PDF, and nothing here is specific to a patient but the
blocks that say so.
"""

from __future__ import annotations

from dataclasses import field
from typing import Literal, NamedTuple

from handouts.dataclass import dataclass
from handouts.figure.shapes import Drawing, Palette


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one face, size (points) and colour (``#rrggbb``)."""

    text: str
    face: str
    size: float
    colour: str


@dataclass(frozen=True, slots=True)
class Text:
    """One line, or a piece of one. ``y`` is the base line; ``width`` the advance of all runs.

    ``joins`` says that the sentence goes on in the next item, so that a reader of the tag tree needs
    a space between the two. ``link`` is the address that the words lead to; ``underline`` belongs to it.
    """

    x: float
    y: float
    width: float
    runs: tuple[Run, ...]
    joins: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with round corners, filled, framed or both. ``line`` is the frame's width."""

    x: float
    y: float
    width: float
    height: float
    radius: float = 0.0
    fill: str | None = None
    stroke: str | None = None
    line: float = 1.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    line: float = 0.75
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with its top left corner at (x, y), each unit ``scale`` points long."""

    x: float
    y: float
    scale: float
    drawing: Drawing
    palette: Palette


@dataclass(frozen=True, slots=True)
class FigureFrame:
    """A frame of a figure, drawn with the sheet's person, in a slot with its top left corner at (x, y).

    ``width`` and ``height`` are the slot's in drawing units, each ``scale`` points long. Whoever is drawn stands in the
    middle of it, on its lower edge. ``side`` is the one that moves; ``frame`` counts from 0.
    """

    x: float
    y: float
    scale: float
    width: float
    height: float
    figure: str
    side: str
    frame: int


@dataclass(frozen=True, slots=True)
class Raster:
    """An image of a clinic (logo or its own illustration): RGB or grey samples, no alpha."""

    x: float
    y: float
    width: float
    height: float
    columns: int
    rows: int
    samples: bytes
    components: Literal[1, 3] = 3


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR symbol: ``size`` points with the quiet zone, which belongs to ``rows``; True is dark."""

    x: float
    y: float
    size: float
    rows: tuple[tuple[bool, ...], ...]
    colour: str


Item = Text | Box | Rule | Picture | FigureFrame | Raster | Symbol


@dataclass(frozen=True, slots=True)
class Tag:
    """An element of the structure tree, with a standard role of ISO 32000-1, 14.8.4.

    ``children`` are, in reading order, other tags and indexes into the items of the block. An item
    that no tag names is an artifact. ``alt`` is the alternative text of a Figure, ``link`` the address
    of a Link with ``alt`` as its description, ``scope`` (Row, Column) belongs to a TH, ``columns`` and
    ``rows`` are spans of a cell, ``language`` a BCP 47 tag where it differs from the document's.
    """

    role: str
    children: tuple[Tag | int, ...] = ()
    alt: str | None = None
    actual_text: str | None = None
    link: str | None = None
    scope: Literal["Row", "Column"] | None = None
    columns: int = 1
    rows: int = 1
    numbering: str | None = None
    language: str | None = None


class Group(NamedTuple):
    """An element that spans blocks: neighbours with the same ``key`` share it (Sect, L, Table, TBody)."""

    role: str
    key: str
    numbering: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A measured piece of a page that is never split, with all that is painted in it.

    ``key`` names what it shows (a digest for shared blocks), ``origin`` the section or item it comes from, for
    error messages. ``personal`` blocks hold a name, a date, a reference, a note or a running number and are painted
    for one sheet only; all others may be painted once and used again. ``artifact`` marks page furniture.
    ``before`` is the space above it, which falls away at the top of a page or column. A block with ``parts`` has no
    items of its own: it keeps other blocks together at places in it, which are painted in order.
    """

    key: str
    origin: str
    width: float
    height: float
    items: tuple[Item, ...]
    tags: tuple[Tag, ...] = ()
    groups: tuple[Group, ...] = ()
    before: float = 0.0
    keep_with_next: bool = False
    personal: bool = False
    artifact: Literal["Pagination", "Layout"] | None = None
    parts: tuple[Placed, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with the position of its top left corner on the page."""

    block: Block
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page: size in points and blocks in reading order (furniture may stand anywhere)."""

    width: float
    height: float
    placed: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What the file says of itself. No patient data: the title and the language of the handout.

    ``digest`` (hex) is the plan's and gives the file its identifier; ``date`` is the sheet's, ISO 8601, and stands as
    the creation date. ``bookmarks`` are (level from 1, title, page index, y).
    """

    title: str
    language: str
    date: str
    digest: str
    producer: str
    subject: str = ""
    bookmarks: tuple[tuple[int, str, int, float], ...] = field(default=())
