"""One font face: how wide its letters are, which pairs are kerned, where its marks go."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import field
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from handouts.dataclass import dataclass
from handouts.typeset.shaping import shape_text

LEAST_KERN = 12
"""Thousandths of the size below which a pair is not kerned: at 10.5 points less than a dot at 600 to the inch."""


NOTHING = "\u200b"
"""What a glyph stands for that adds nothing to the one before: each must stand for something (ISO 14289-1, 7.21.7)."""


class Glyph(NamedTuple):
    """A glyph to show: its number in the font, its own advance, and how it moves, in thousandths of the size.

    ``after`` is the kerning to the next glyph; ``dx`` and ``dy`` move a combining mark onto the base before it and
    leave the pen where it was.
    """

    number: int
    advance: int
    after: int = 0
    dx: int = 0
    dy: int = 0


class Kerning(dict[tuple[str, str], int]):
    """Pair kerning in thousandths, worked out from classes when a pair is first asked for.

    No pair with a space is kerned, so that a line is as wide as its words and spaces.
    """

    def __init__(self, data: Mapping[str, Any] | None) -> None:
        super().__init__()
        self._left: dict[str, dict[int, int]] = {}
        self._right: dict[str, int] = {}
        if data:
            rows = [dict(zip(row[::2], row[1::2], strict=True)) for row in data["values"]]
            self._left = {char: row for row, chars in zip(rows, data["left"], strict=True) for char in chars}
            self._right = {char: index for index, chars in enumerate(data["right"]) for char in chars}

    def __missing__(self, pair: tuple[str, str]) -> int:
        """Work out a pair and keep it."""
        row = self._left.get(pair[0])
        column = self._right.get(pair[1])
        value = 0 if row is None or column is None else row.get(column, 0)
        if abs(value) < LEAST_KERN:
            value = 0
        self[pair] = value
        return value


class Marks:
    """Where combining marks go on the letters of a face: anchors by class, in thousandths."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._marks: dict[str, list[list[int]]] = data.get("marks", {})
        self._bases: dict[str, dict[str, list[int]]] = data.get("bases", {})

    def moves_any(self, text: str) -> bool:
        """Return whether a text holds a mark whose place the font gives."""
        return not self._marks.keys().isdisjoint(text)

    def find_offset(self, under: str, mark: str) -> tuple[int, int] | None:
        """Return where ``mark`` goes from the origin of the glyph ``under`` it; None when the font does not say."""
        for own, x, y in self._marks.get(mark, ()):
            anchor = self._bases.get(str(own), {}).get(under)
            if anchor is not None:
                return anchor[0] - x, anchor[1] - y
        return None


@dataclass(slots=True, eq=False)
class Face:
    """A face of a bundled or an added family. All lengths are thousandths of the size, y upwards.

    ``number`` gives the glyph of a character and ``width`` its advance; ``widths`` are the advances of all glyphs by
    number. ``source`` is the TrueType file; ``partial`` says that only the glyphs used may be embedded, for the file
    was not cut to a repertoire before. One with ``texts`` has rules for a shaper: it gives what each glyph stands for,
    by number. ``space`` is how wide its spaces are.
    """

    key: str
    name: str
    style: str
    source: Path
    ascender: int
    descender: int
    cap_height: int
    x_height: int
    box: tuple[int, int, int, int]
    stem: int
    number: dict[str, int]
    widths: tuple[int, ...]
    kerning: Kerning
    marks: Marks
    partial: bool = False
    texts: tuple[str, ...] = ()
    space: int = 0
    width: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.width = {char: self.widths[number] for char, number in self.number.items()}

    def units(self, text: str) -> int:
        """Return the advance of ``text`` in thousandths of the size, kerned. KeyError for a missing character."""
        if self.texts:
            return shape_text(self, text).width
        return sum(map(self.width.__getitem__, text)) + sum(map(self.kerning.__getitem__, pairwise(text)))

    def advance(self, text: str, size: float) -> float:
        """Return the advance of ``text`` in points at ``size`` points. KeyError for a missing character."""
        return self.units(text) * size / 1000

    def glyphs(self, text: str) -> tuple[Glyph, ...]:
        """Return the glyphs of ``text`` in order. KeyError for a missing character."""
        shown = []
        base = ""
        for index, char in enumerate(text):
            number, width = self.number[char], self.width[char]
            if base and unicodedata.combining(char):
                dx, dy = self._place_mark(text[:index], base, char)
                shown.append(Glyph(number, width, 0, dx, dy))
                continue
            base = char
            after = self.kerning[char, text[index + 1]] if index + 1 < len(text) else 0
            shown.append(Glyph(number, width, after))
        return tuple(shown)

    def _place_mark(self, before: str, base: str, mark: str) -> tuple[int, int]:
        """Return where a mark goes from the pen, which stands after the base; a second mark sits on the first."""
        at_base = self.marks.find_offset(base, mark)
        previous = before[-1]
        if previous != base and unicodedata.combining(previous) == unicodedata.combining(mark):
            stacked = self.marks.find_offset(previous, mark)
            below = self.marks.find_offset(base, previous)
            if stacked and below:
                at_base = (stacked[0] + below[0], stacked[1] + below[1])
        return (at_base[0] - self.width[base], at_base[1]) if at_base else (0, 0)


def read_face(measures: Path) -> Face:
    """Return the face whose measures stand in a JSON file beside the font of the same name."""
    data = json.loads(measures.read_text(encoding="utf-8"))
    return Face(
        key=measures.stem,
        name=data["name"],
        style=data["style"],
        source=measures.with_suffix(".ttf"),
        ascender=data["ascender"],
        descender=data["descender"],
        cap_height=data["cap_height"],
        x_height=data["x_height"],
        box=tuple(data["box"]),
        stem=data["stem"],
        number=dict(zip(data["characters"], data["glyphs"], strict=True)),
        widths=tuple(data["widths"]),
        kerning=Kerning(data.get("kerning")),
        marks=Marks(data),
        partial=data.get("partial", False),
        texts=tuple([text or NOTHING for text in data.get("texts", ())]),
    )
