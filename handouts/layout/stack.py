"""A block in the making: things set one under the other, and what they are."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import field, replace
from typing import Any, Literal

from handouts.dataclass import dataclass
from handouts.figure.inks import turn_grey
from handouts.figure.shapes import Drawing, Pixels
from handouts.layout.page import Block, Box, FigureFrame, Group, Item, Picture, Placed, Raster, Symbol, Tag, Text
from handouts.layout.setting import Setting
from handouts.layout.theme import TextStyle
from handouts.typeset.breaking import Line, Span, break_lines, parse_bold
from handouts.typeset.fonts import Style

BULLET = "\u2022"

MOST_DRAWINGS = 3000
"""Drawings whose digest is kept: more than all figures have, for all people."""

_digests: dict[int, tuple[Drawing, str]] = {}


@dataclass(frozen=True, slots=True)
class FrameShape:
    """A frame of a figure as layout sees it: its size in drawing units, and its figure, side and number from 0.

    ``image`` is a clinic's own picture of points, in place of a drawing.
    """

    width: float
    height: float
    head: float
    rise: float
    name: tuple[str, str, int]
    image: Pixels | None = None


Colours = tuple[str | None, str | None]
"""Fill and stroke."""


@dataclass(slots=True)
class Stack:
    """Items from top to bottom. ``y`` is the height reached, in points from the block's top."""

    setting: Setting
    y: float = 0.0
    items: list[Item] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)

    def place(self, item: Item) -> int:
        """Add an item and return its index; what no tag names stays an artifact."""
        self.items.append(item)
        return len(self.items) - 1

    def open_box(self, x: float, y: float, width: float, **look: Any) -> int:
        """Reserve a box behind what follows; its height is set by `close_box`. Return its index."""
        return self.place(Box(x, y, width, 0.0, **look))

    def close_box(self, index: int, bottom: float) -> None:
        """Let the reserved box end at ``bottom`` points from the block's top."""
        box = self.items[index]
        assert isinstance(box, Box)
        self.items[index] = replace(box, height=bottom - box.y)

    def set_words(
        self,
        words: str | tuple[Span, ...],
        style: TextStyle,
        x: float,
        width: float,
        *,
        first: float = 0.0,
        align: Literal["left", "right", "centre"] = "left",
        joins: bool = False,
    ) -> tuple[int, ...]:
        """Set words at ``x`` in lines of ``width`` points from ``y`` on; move ``y`` below and return the indexes.

        ``first`` is how far the first line is moved in, behind a label. ``joins``: the same element goes on after it.
        """
        spans = parse_bold(words, style.weight) if isinstance(words, str) else words
        if len(spans) == 1:
            plain = self.setting.find_plain(spans[0], style)
            if plain is not None and plain[0] <= width - first:
                used, runs = plain
                left = x + first if align == "left" else x + first + _shift(used, width, align)
                self.items.append(Text(left, self.y + self.setting.find_base(style), used, runs, joins))
                self.y += style.line
                return (len(self.items) - 1,)
        lines = break_lines(self.setting.fonts, spans, style.size, width, width - first if first else None)
        indexes = []
        for number, line in enumerate(lines):
            left = x + (first if not number else 0.0) + _shift(line.width, width, align)
            item = self.setting.set_line(line, style, left, self.y, joins=joins or number < len(lines) - 1)
            indexes.append(self.place(item))
            self.y += style.line
        return tuple(indexes)

    def set_paragraph(self, words: str, style: TextStyle, x: float, width: float, role: str = "P") -> Tag:
        """Set a paragraph and return its tag."""
        return Tag(role, self.set_words(words, style, x, width))

    def set_bullets(
        self, texts: tuple[str, ...], style: TextStyle, x: float, width: float, gap: float, colour: str | None = None
    ) -> Tag:
        """Set a list with bullets, ``gap`` points between entries; return the tag of the list."""
        entries = [
            self.set_entry(BULLET, text, style, x, width, label_colour=colour, before=gap if number else 0.0)
            for number, text in enumerate(texts)
        ]
        return Tag("L", tuple(entries), numbering="Disc")

    def set_entry(
        self,
        label: str,
        text: str,
        style: TextStyle,
        x: float,
        width: float,
        *,
        label_colour: str | None = None,
        label_weight: Style = "bold",
        indent: float | None = None,
        before: float = 0.0,
    ) -> Tag:
        """Set one entry of a list with its label hanging at ``x``; return its LI tag."""
        self.y += before
        indent = style.size * 1.15 if indent is None else indent
        span = Span(label, label_weight)
        line = Line((span,), self.setting.fonts.width(label, label_weight, style.size))
        painted = replace(style, colour=label_colour or style.colour)
        mark = self.place(self.setting.set_line(line, painted, x, self.y))
        body = self.set_words(text, style, x + indent, width - indent)
        return Tag("LI", (Tag("Lbl", (mark,)), Tag("LBody", body)))

    def measure(self, text: str, style: TextStyle) -> float:
        """Return the width of words on one line in points."""
        return self.setting.fonts.width(text, style.weight, style.size)

    def place_frame(self, shape: FrameShape, x: float, y: float, scale: float) -> int:
        """Place a frame of a figure, or the picture that a clinic brought for it, its top left corner at (x, y)."""
        if shape.image is not None:
            return self.place_image(shape.image, x, y, shape.width * scale, shape.height * scale)
        figure, side, frame = shape.name
        return self.place(FigureFrame(x, y, scale, shape.width, shape.height, figure, side, frame))

    def place_image(self, image: Pixels, x: float, y: float, width: float, height: float) -> int:
        """Place a clinic's picture of points with its top left corner at (x, y); grey in an edition in black."""
        place = (x, y, width, height, image.columns, image.rows)
        if self.setting.theme.black:
            return self.place(Raster(*place, self.setting.recall(turn_grey, image), 1))
        return self.place(Raster(*place, image.samples, 3))

    def place_icon(self, name: str, x: float, y: float, size: float) -> int:
        """Place an icon with its top left corner at (x, y), ``size`` points wide; return its index."""
        drawing = self.setting.figures.icon(name)
        return self.place(Picture(x, y, size / drawing.width, drawing, self.setting.icon_palette))

    def finish(
        self,
        origin: str,
        width: float,
        *,
        tags: tuple[Tag, ...] | None = None,
        groups: tuple[Group, ...] = (),
        before: float = 0.0,
        keep_with_next: bool = False,
        personal: bool = False,
        artifact: Literal["Pagination", "Layout"] | None = None,
    ) -> Block:
        """Return the block; its key is a digest of all that it shows, or its origin where it is one person's alone."""
        shown = tuple(self.tags) if tags is None else tags
        items = tuple(self.items)
        return Block(
            key=origin if personal else digest_content(items, shown, groups),
            origin=origin,
            width=width,
            height=self.y,
            items=items,
            tags=shown,
            groups=groups,
            before=before,
            keep_with_next=keep_with_next,
            personal=personal,
            artifact=artifact,
        )


def join_parts(origin: str, parts: Sequence[Placed], width: float, height: float, before: float) -> Block:
    """Return blocks that are kept together at places in one: what differs from sheet to sheet is which, not they."""
    return Block(origin, origin, width, height, (), before=before, parts=tuple(parts))


def set_frames(setting: Setting, boxes: tuple[tuple[float, float, float, float], ...], colours: Colours) -> Block:
    """Return boxes with round corners that stand behind blocks, as (x, y, width, height) in points."""
    stack = Stack(setting)
    theme = setting.theme
    for x, y, width, height in boxes:
        stack.place(Box(x, y, width, height, theme.corner("small"), *colours, theme.line("hair")))
    return stack.finish("frames", 0.0, artifact="Layout")


def _shift(used: float, width: float, align: str) -> float:
    """Return how far a line is moved to the right in its room."""
    if align == "right":
        return width - used
    return (width - used) / 2 if align == "centre" else 0.0


def digest_content(items: tuple[Item, ...], tags: tuple[Tag, ...], groups: tuple[Group, ...]) -> str:
    """Return a digest (hex, 32 letters) of a block's items and tags, the same in every process."""
    maker = hashlib.blake2b(digest_size=16)
    for item in items:
        if isinstance(item, Picture):
            maker.update(_digest_picture(item).encode())
        elif isinstance(item, Symbol):
            maker.update(repr((item.x, item.y, item.size, item.colour, hash_rows(item.rows))).encode())
        else:
            maker.update(repr(item).encode())
    maker.update(repr((tags, groups)).encode())
    return maker.hexdigest()


def _digest_picture(item: Picture) -> str:
    return repr((item.x, item.y, item.scale, _digest_drawing(item.drawing), item.palette))


def _digest_drawing(drawing: Drawing) -> str:
    """Return the digest of a drawing, worked out once for the same one."""
    known = _digests.get(id(drawing))
    if known is None:
        if len(_digests) >= MOST_DRAWINGS:
            _digests.clear()
        digest = hashlib.blake2b(repr(drawing).encode(), digest_size=16).hexdigest()
        known = _digests[id(drawing)] = (drawing, digest)
    return known[1]


def hash_rows(rows: tuple[tuple[bool, ...], ...]) -> str:
    """Return the modules of a symbol as text of 0 and 1."""
    return "".join("1" if module else "0" for row in rows for module in row)
