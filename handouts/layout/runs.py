"""Flows of equal columns that follow each other, as the one run that they are broken as."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from handouts.layout.units import SLACK, Flow, Unit, find_calm_split, find_split, make_unit

Splits = tuple[tuple[int, float], ...]
"""Ways to split units into two columns, the better first: how many are in the first, and how high the higher one is."""


class Run:
    """The units of neighbouring flows, and what placing them whole rests on, in points.

    ``height`` is that of all units under each other, ``before`` the space above the first. ``lowest`` is the height of
    two balanced columns, and ``splits`` how many units are in the first and how high the higher one is: first without a
    list in two, then as low as can be. ``open`` says that the last unit is kept with what follows.
    """

    __slots__ = ("before", "columns", "height", "lowest", "new_page", "open", "splits", "units")

    def __init__(self, flows: Sequence[Flow]) -> None:
        first = flows[0]
        self.columns = first.columns
        self.new_page = first.new_page
        self.units: Sequence[Unit] = first.units if len(flows) == 1 else join_units(flows)
        self.open = self.units[-1].blocks[-1].keep_with_next
        self.height = fsum([unit.height for unit in self.units])
        self.before = self.units[0].before
        self.splits, self.lowest = list_splits(self.units) if self.columns == 2 else ((), 0.0)

    def cut_units(self, room: float) -> Sequence[Unit]:
        """Return the units, those that are higher than the room of any page cut before their last block."""
        room += SLACK
        if all(unit.height - unit.before <= room for unit in self.units):
            return self.units
        cut: list[Unit] = []
        for unit in self.units:
            if len(unit.blocks) > 1 and unit.height - unit.before > room >= unit.blocks[-1].height:
                cut += [make_unit(unit.blocks[:-1]), make_unit(unit.blocks[-1:])]
            else:
                cut.append(unit)
        return cut


def list_splits(units: Sequence[Unit]) -> tuple[Splits, float]:
    """Return the splits of units into two columns, best first, with the heights in points; and the least height."""
    split, lowest = find_split(units)
    return (find_calm_split(units, split, lowest), (split, lowest)), lowest


def join_units(flows: Sequence[Flow]) -> list[Unit]:
    """Return the units of flows that follow each other; the last of one may have to stay with the first of the next."""
    units = list(flows[0].units)
    for flow in flows[1:]:
        more = flow.units
        if units[-1].blocks[-1].keep_with_next:
            units[-1] = make_unit(units[-1].blocks + more[0].blocks)
            more = more[1:]
        units += more
    return units
