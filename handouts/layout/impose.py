"""Pages to sides of paper: every handout begins on a new sheet, one or two pages a side."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.dataclass import dataclass
from handouts.layout.page import Page


@dataclass(frozen=True, slots=True)
class Cell:
    """A page on a side: its upper left corner in points from the side's, and its scale."""

    page: Page
    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Side:
    """A side of paper; one without cells stays empty."""

    width: float
    height: float
    cells: tuple[Cell, ...] = ()


def impose_pages(pages: Sequence[Page], *, two_up: bool = False) -> tuple[Side, ...]:
    """Return the sides of a handout, an even number of them, so that the next handout begins on a new sheet.

    ``two_up`` puts two pages side by side on paper of the same size, turned.
    """
    sides = _pair_pages(pages) if two_up else [Side(page.width, page.height, (Cell(page),)) for page in pages]
    if len(sides) % 2:
        sides.append(Side(sides[-1].width, sides[-1].height))
    return tuple(sides)


def _pair_pages(pages: Sequence[Page]) -> list[Side]:
    sides = []
    for start in range(0, len(pages), 2):
        pair = pages[start : start + 2]
        width, height = pair[0].height, pair[0].width
        scale = min(width / 2 / pair[0].width, height / pair[0].height)
        top = (height - pair[0].height * scale) / 2
        indent = (width / 2 - pair[0].width * scale) / 2
        cells = tuple(Cell(page, at * width / 2 + indent, top, scale) for at, page in enumerate(pair))
        sides.append(Side(width, height, cells))
    return sides
