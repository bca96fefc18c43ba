"""What every block is set with: the theme, the fonts, the figures and the words of the page."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, Protocol, TypeVar

from handouts.dataclass import dataclass
from handouts.figure.shapes import Drawing, Palette
from handouts.figure.sizes import Sizes
from handouts.layout.memory import Memory
from handouts.layout.page import Run, Text
from handouts.layout.theme import TextStyle, Theme
from handouts.typeset.breaking import SPACES, Line, Span
from handouts.typeset.fonts import FontSet

T = TypeVar("T")

PlainLine = tuple[float, tuple[Run, ...]]
"""The width of a line in points, and its runs."""

MOST_PLAIN = 3000
"""Lines of one style that are kept."""

NOBODY = "default"
"""Who is drawn where it does not matter."""


class FigureSource(Protocol):
    """What layout asks of the figures."""

    def sizes(self, figure: str, side: str) -> Sizes:
        """Return the room that the frames of a figure need, whoever is drawn."""

    def is_drawn(self, figure: str) -> bool:
        """Return whether a figure is drawn with a person; else it is a picture that a clinic brought."""

    def own_frames(self, figure: str) -> tuple[tuple[Path, ...], ...]:
        """Return the files that a clinic brought for a figure, frames in order, for each side; none for a drawn one."""

    def has_sides(self, figure: str) -> bool:
        """Return whether a figure can be asked for by side."""

    def frames(self, figure: str, side: str, person: str) -> tuple[Drawing, ...]:
        """Return the frames of a figure, all of one size and scale."""

    def palette(self, person: str, edition: str) -> Palette:
        """Return the colours of a person in an edition."""

    def icon(self, name: str) -> Drawing:
        """Return an icon, 24 units wide and high."""


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """The surroundings of a block. ``words`` are the locale's; ``width`` is the page's text width in points."""

    theme: Theme
    fonts: FontSet
    figures: FigureSource
    words: Mapping[str, str | tuple[str, str]]
    width: float
    memory: Memory = field(default_factory=Memory)
    layouts: dict[Hashable, Any] = field(default_factory=dict)
    bases: dict[tuple[str, float, float], float] = field(default_factory=dict)
    plain: dict[tuple[str, str, float, str], PlainLine | None] = field(default_factory=dict)

    def remember(self, make: Callable[..., T], *details: Any) -> T:
        """Return ``make(setting, *details)``, made once: blocks depend on nothing else. Bounded.

        The first detail counts as what it prints: two things of a plan that are printed alike give one block.
        """
        if details:
            details = (getattr(details[0], "look", details[0]), *details[1:])
        key = (make, *details)
        known = self.memory.find(key)
        if known is None:
            known = self.memory.keep(key, None, make(self, *details))
        made: T = known[1]
        return made

    def recall(self, make: Callable[..., T], thing: Any, *details: Hashable) -> T:
        """Return ``make(thing, *details)``, made once for this very object, which is kept alive. Bounded.

        For objects that many plans share: telling them by what they hold costs more than by what they are. Things of a
        plan that are printed alike count as one.
        """
        thing = getattr(thing, "look", thing)
        key = (make.__qualname__, id(thing), *details)
        known = self.memory.find(key)
        if known is None:
            known = self.memory.keep(key, thing, make(thing, *details))
        made: T = known[1]
        return made

    def word(self, key: str, **values: object) -> str:
        """Return a phrase of the page with its places filled; a number ``n`` picks the singular or the plural."""
        phrase = self.words[key]
        if not isinstance(phrase, str):
            phrase = phrase[0] if values.get("n") == 1 else phrase[1]
        return phrase.format(**values) if values else phrase

    @property
    def column(self) -> float:
        """Return the width of a text column in points."""
        if self.theme.columns == 1:
            return self.width
        return (self.width - self.theme.gutter) / 2

    @property
    def icon_palette(self) -> Palette:
        """Return the colours of icons, the same whoever is drawn."""
        return self.figures.palette(NOBODY, self.theme.name)

    def find_base(self, style: TextStyle) -> float:
        """Return how far the base line is below the top of a line: capitals stand in the middle of its height."""
        key = (style.weight, style.size, style.line)
        base = self.bases.get(key)
        if base is None:
            face = self.fonts.face(self.fonts.split("H", style.weight)[0][0])
            base = self.bases[key] = (style.line + face.cap_height * style.size / 1000) / 2
        return base

    def set_line(self, line: Line, style: TextStyle, x: float, y: float, *, joins: bool = False) -> Text:
        """Return a broken line as an item, its line box's top at ``y``."""
        return Text(x, y + self.find_base(style), line.width, self.make_runs(line.spans, style), joins)

    def find_plain(self, span: Span, style: TextStyle) -> PlainLine | None:
        """Return words of one style as a line, whatever room there is; None when their spaces are not all kept."""
        key = (span.text, span.style, style.size, style.colour)
        try:
            return self.plain[key]
        except KeyError:
            pass
        if len(self.plain) >= MOST_PLAIN:
            self.plain.clear()
        plain = None
        if span.text and not SPACES.search(span.text):
            width = self.fonts.width(span.text, span.style, style.size)
            plain = (width, self.make_runs((span,), style))
        self.plain[key] = plain
        return plain

    def make_runs(self, spans: tuple[Span, ...], style: TextStyle) -> tuple[Run, ...]:
        """Return spans as runs of faces that can draw them."""
        size, colour, split = style.size, style.colour, self.fonts.split
        return tuple([Run(text, face, size, colour) for span in spans for face, text in split(span.text, span.style)])
