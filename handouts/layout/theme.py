"""Design as data: sizes, spaces and colours of an edition."""

from __future__ import annotations

from dataclasses import field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from handouts.dataclass import dataclass
from handouts.diagnostics import Collector, ContentError
from handouts.layout.contrast import TEXT, darken, mix
from handouts.source.document import read_document
from handouts.typeset.fonts import Style

FOLDER = Path(__file__).resolve().parent / "themes"


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How words are set: size in points, leading as a multiple of it, weight, colour as ``#rrggbb``."""

    size: float
    leading: float
    weight: Style
    colour: str

    @property
    def line(self) -> float:
        """Return the height of a line in points."""
        return self.size * self.leading


@dataclass(frozen=True, slots=True)
class Margins:
    """White edges in points; office printers need 10 mm (28.4 points)."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Theme:
    """One edition's design. ``space``, ``lines`` and ``radius`` are points; ``symbol`` is the QR symbol's side.

    ``figures`` says how much larger figures are printed than in the standard edition.
    """

    name: str
    margins: Margins
    type: tuple[tuple[str, TextStyle], ...]
    space: tuple[tuple[str, float], ...]
    lines: tuple[tuple[str, float], ...]
    radius: tuple[tuple[str, float], ...]
    colours: tuple[tuple[str, str], ...]
    gutter: float
    symbol: float
    figures: float
    columns: Literal[1, 2]
    first_page_red_flags: Literal["whole", "first-tier"]
    dense: bool = False
    _styles: dict[str, TextStyle] = field(init=False, repr=False, compare=False)
    _measures: dict[str, dict[str, float]] = field(init=False, repr=False, compare=False)
    _colours: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_styles", dict(self.type))
        measures = {"space": dict(self.space), "lines": dict(self.lines), "radius": dict(self.radius)}
        object.__setattr__(self, "_measures", measures)
        object.__setattr__(self, "_colours", dict(self.colours))

    @property
    def black(self) -> bool:
        """Return whether the edition is printed in black, without a colour of the clinic."""
        return self.colour("brand") == self.colour("ink") == "#000000"

    def style(self, name: str) -> TextStyle:
        """Return a text style by name; KeyError when the theme lacks it."""
        return self._styles[name]

    def gap(self, name: str) -> float:
        """Return a space of the scale (xs, s, m, l, xl) in points."""
        return self._measures["space"][name]

    def line(self, name: str) -> float:
        """Return a line width (hair, frame, box) in points."""
        return self._measures["lines"][name]

    def corner(self, name: str) -> float:
        """Return a corner radius (small, box) in points."""
        return self._measures["radius"][name]

    def colour(self, name: str) -> str:
        """Return a colour as ``#rrggbb``."""
        return self._colours[name]


TINT = 0.06
"""How much of the brand colour is in the tint behind badges and tiles."""

DENSE_LEADING = 1.18
DENSE_SPACE = 0.5
DENSE_SIZE = 0.85


def make_dense(theme: Theme) -> Theme:
    """Return a theme for a page that must hold a whole box: lines and spaces closer, headings smaller, body as it is.

    No heading gets smaller than the body.
    """
    least = theme.style("body").size
    styles = tuple(
        (
            name,
            replace(
                style,
                size=max(least, style.size * DENSE_SIZE) if style.size > least else style.size,
                leading=min(style.leading, DENSE_LEADING),
            ),
        )
        for name, style in theme.type
    )
    space = tuple((name, value * DENSE_SPACE if name != "m" else value) for name, value in theme.space)
    return replace(theme, type=styles, space=space, dense=True)


def list_editions() -> tuple[str, ...]:
    """Return the names of all editions, the standard one first."""
    names = sorted(path.stem for path in FOLDER.glob("*.yaml"))
    return ("standard", *(name for name in names if name != "standard"))


@lru_cache(maxsize=16)
def load_theme(edition: str, brand: str | None = None) -> Theme:
    """Return the theme of an edition; ``brand`` (``#rrggbb``) replaces the brand colour unless the edition is black.

    A brand colour that is too light to be read is darkened; `settle_brand` says to what.
    Raises ContentError when the theme's file is broken and FileNotFoundError when there is no such edition.
    """
    collector = Collector()
    document = read_document(FOLDER / f"{edition}.yaml", collector)
    collector.raise_errors(ContentError)
    assert document is not None
    theme = _build_theme(document.data)
    if brand is None or theme.black:
        return theme
    return _paint_brand(theme, brand.lower())


def settle_brand(theme: Theme, brand: str) -> tuple[str, str]:
    """Return the brand colour as it is printed, and the tint that goes with it.

    It stands as small bold text on paper and on its own tint, and behind white digits: 7:1 against all of them.
    """
    paper = theme.colour("paper")
    tint = theme.colour("tint") if brand == theme.colour("brand") else mix(brand, paper, TINT)
    return darken(brand, (paper, tint), TEXT), tint


def _paint_brand(theme: Theme, brand: str) -> Theme:
    shade, tint = settle_brand(theme, brand)
    old = theme.colour("brand")
    new = {"brand": shade, "tint": tint}
    colours = tuple((name, new.get(name, value)) for name, value in theme.colours)
    styles = tuple((name, replace(style, colour=shade) if style.colour == old else style) for name, style in theme.type)
    return replace(theme, colours=colours, type=styles)


def _build_theme(data: Any) -> Theme:
    colours = dict(data["colours"])
    styles = {
        name: TextStyle(float(style["size"]), float(style["leading"]), style["weight"], colours[style["colour"]])
        for name, style in data["type"].items()
    }
    return Theme(
        name=data["name"],
        margins=Margins(**{edge: float(value) for edge, value in data["margins"].items()}),
        type=tuple(styles.items()),
        space=_list_numbers(data["space"]),
        lines=_list_numbers(data["lines"]),
        radius=_list_numbers(data["radius"]),
        colours=tuple(colours.items()),
        gutter=float(data["gutter"]),
        symbol=float(data["symbol"]),
        figures=float(data.get("figures", 1.0)),
        columns=data["columns"],
        first_page_red_flags=data["first_page_red_flags"],
    )


def _list_numbers(data: dict[str, Any]) -> tuple[tuple[str, float], ...]:
    return tuple((name, float(value)) for name, value in data.items())
