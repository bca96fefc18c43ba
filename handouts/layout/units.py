"""What page breaking works on: blocks that are kept together, by their heights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from math import fsum
from typing import Literal, NamedTuple

from handouts.dataclass import dataclass
from handouts.layout.page import Block

SLACK = 0.01
"""Points by which rounding may make a column higher than its room."""


CALM = 80.0
"""Points by which two columns may be higher than they must so that no list goes on in the second, without a head:
about five lines."""


class Unit(NamedTuple):
    """Blocks that are kept together: their height with the spaces inside and above, and the space above.

    ``part`` is the part of the handout that the first block belongs to.
    """

    blocks: tuple[Block, ...]
    height: float
    before: float
    part: str


@dataclass(frozen=True, slots=True)
class Flow:
    """Blocks that follow each other in one column or, balanced, in two.

    ``shared`` says that many plans have them alike. ``room`` is how many points of a page they take if two columns are
    level.
    """

    columns: Literal[1, 2]
    blocks: tuple[Block, ...]
    new_page: bool = False
    shared: bool = False
    units: tuple[Unit, ...] = field(init=False, repr=False, compare=False)
    room: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        units = tuple(collect_units(self.blocks))
        object.__setattr__(self, "units", units)
        object.__setattr__(self, "room", fsum([unit.height for unit in units]) / self.columns)


def make_unit(blocks: tuple[Block, ...]) -> Unit:
    """Return blocks that are kept together as a unit."""
    first = blocks[0]
    height = fsum([block.before + block.height for block in blocks])
    return Unit(blocks, height, first.before, first.groups[0].key if first.groups else "")


def collect_units(blocks: tuple[Block, ...]) -> list[Unit]:
    """Return the blocks in runs that are kept together."""
    units: list[Unit] = []
    start = 0
    for place, block in enumerate(blocks, 1):
        if not block.keep_with_next:
            units.append(make_unit(blocks[start:place]))
            start = place
    if start < len(blocks):
        units.append(make_unit(blocks[start:]))
    return units


def count_column(units: Sequence[Unit], height: float) -> int:
    """Return how many units fit into one column of a height."""
    used = -units[0].before if units else 0.0
    for number, unit in enumerate(units):
        used += unit.height
        if used > height + SLACK:
            return number
    return len(units)


def fill_columns(units: Sequence[Unit], height: float) -> int:
    """Return how many units fit into two columns of a height."""
    first = count_column(units, height)
    return first + count_column(units[first:], height)


def find_split(units: Sequence[Unit]) -> tuple[int, float]:
    """Return how many units go into the first of two columns, and how high the higher one then is: as low as can be.

    Of equal splits the one with the most units in the first column. The first column grows with every unit and the
    second one shrinks, so that the lowest split is where the first gets the higher one, or just before.
    """
    right = fsum([unit.height for unit in units])
    left = -units[0].before
    lowest, split = right + left, len(units)
    last = len(units) - 1
    for number, unit in enumerate(units):
        if number == last:
            break
        left += unit.height
        right -= unit.height
        higher = max(left, right - units[number + 1].before)
        if higher <= lowest + SLACK:
            lowest, split = min(higher, lowest), number + 1
        if left > lowest + SLACK:
            break
    return split, lowest


def find_calm_split(units: Sequence[Unit], split: int, lowest: float) -> tuple[int, float]:
    """Return the lowest split that does not break a list, with its height; the given one where that breaks none.

    The given one also where all others are more than `CALM` higher.
    """
    if not _breaks_list(units, split):
        return split, lowest
    calm, height = split, lowest
    limit = lowest + CALM
    right = fsum([unit.height for unit in units])
    left = -units[0].before
    for number, unit in enumerate(units, 1):
        left += unit.height
        right -= unit.height
        if _breaks_list(units, number):
            continue
        higher = max(left, right - units[number].before) if number < len(units) else left
        if higher <= limit + SLACK:
            calm, height, limit = number, higher, higher
    return calm, height


def _breaks_list(units: Sequence[Unit], split: int) -> bool:
    """Return whether a list goes on behind so many units."""
    if not 0 < split < len(units):
        return False
    before, after = units[split - 1].blocks[-1].groups, units[split].blocks[0].groups
    return bool(before and after) and before[-1].role == "L" and before[-1] == after[-1]
