"""What page breaking works on: blocks that are kept together, by their heights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from itertools import accumulate
from typing import Literal, NamedTuple

from handouts.dataclass import dataclass
from handouts.layout.page import Block

SLACK = 0.01
"""Points by which rounding may make a column higher than its room."""


class Unit(NamedTuple):
    """Blocks that are kept together: their height with the spaces inside and above, and the space above."""

    blocks: tuple[Block, ...]
    height: float
    before: float


@dataclass(frozen=True, slots=True)
class Flow:
    """Blocks that follow each other in one column or, balanced, in two."""

    columns: Literal[1, 2]
    blocks: tuple[Block, ...]
    new_page: bool = False
    units: tuple[Unit, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "units", tuple(collect_units(self.blocks)))


def make_unit(blocks: tuple[Block, ...]) -> Unit:
    """Return blocks that are kept together as a unit."""
    return Unit(blocks, sum(block.before + block.height for block in blocks), blocks[0].before)


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


def join_units(run: Sequence[Flow]) -> list[Unit]:
    """Return the units of flows that follow each other; the last of one may have to stay with the first of the next."""
    units = list(run[0].units)
    for flow in run[1:]:
        more = flow.units
        if units[-1].blocks[-1].keep_with_next:
            units[-1] = make_unit(units[-1].blocks + more[0].blocks)
            more = more[1:]
        units += more
    return units


def count_column(units: Sequence[Unit], height: float) -> int:
    """Return how many units fit into one column of a height."""
    used = -units[0].before if units else 0.0
    for number, unit in enumerate(units):
        used += unit.height
        if used > height + SLACK:
            return number
    return len(units)


def fill_columns(units: list[Unit], height: float) -> int:
    """Return how many units fit into two columns of a height."""
    first = count_column(units, height)
    return first + count_column(units[first:], height)


def find_split(units: list[Unit]) -> tuple[int, float]:
    """Return how many units go into the first of two columns, and how high the higher one then is: as low as can be.

    Of equal splits the one with the most units in the first column.
    """
    tops = [0.0, *accumulate([unit.height for unit in units])]
    total = tops[-1]
    before = units[0].before
    lowest = total - before
    split = len(units)
    for number in range(len(units) - 1, 0, -1):
        left = tops[number] - before
        right = total - tops[number] - units[number].before
        higher = left if left > right else right
        if higher < lowest - SLACK:
            lowest, split = higher, number
        elif right > lowest:
            break
    return split, lowest
