"""Blocks to pages: works on heights alone, splits no block, keeps together what belongs together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from handouts.diagnostics import Diagnostic, LayoutError, Span
from handouts.layout.page import Block, Placed

STEP = 0.5
LEAST_COLUMN = 60.0


@dataclass(frozen=True, slots=True)
class Flow:
    """Blocks that follow each other in one column or, balanced, in two."""

    columns: Literal[1, 2]
    blocks: tuple[Block, ...]
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a page that is filled: left edge, width, bottom, and the top on page 1 and on later pages."""

    left: float
    width: float
    first_top: float
    top: float
    bottom: float
    gutter: float


Unit = tuple[Block, ...]


def break_pages(flows: Sequence[Flow], frame: Frame) -> tuple[tuple[Placed, ...], ...]:
    """Return the blocks of each page at their places, each block once and in order.

    LayoutError names the section of a block, or of blocks kept together, that no page can hold.
    """
    breaker = _Breaker(frame)
    merged = _merge_flows(flows)
    for number, flow in enumerate(merged):
        if flow.new_page:
            breaker.start_page()
        units = _collect_units(flow.blocks)
        if flow.columns == 2:
            breaker.place_columns(units)
            continue
        following = merged[number + 1] if number + 1 < len(merged) else None
        for unit in breaker.cut_units(units):
            reserve = 0.0
            if unit[-1] is flow.blocks[-1] and unit[-1].keep_with_next and following and not following.new_page:
                reserve = _measure(_collect_units(following.blocks)[0], at_top=False)
            breaker.place_unit(unit, reserve)
    return tuple(tuple(page) for page in breaker.pages)


def _merge_flows(flows: Sequence[Flow]) -> list[Flow]:
    """Return the flows with neighbours of equal columns as one, so that what is kept together stays so."""
    merged: list[Flow] = []
    for flow in flows:
        if not flow.blocks:
            continue
        if merged and merged[-1].columns == flow.columns and not flow.new_page:
            merged[-1] = replace(merged[-1], blocks=merged[-1].blocks + flow.blocks)
        else:
            merged.append(flow)
    return merged


def _collect_units(blocks: tuple[Block, ...]) -> list[Unit]:
    """Return the blocks in runs that are kept together."""
    units: list[Unit] = []
    current: list[Block] = []
    for block in blocks:
        current.append(block)
        if not block.keep_with_next:
            units.append(tuple(current))
            current = []
    if current:
        units.append(tuple(current))
    return units


def _measure(unit: Unit, *, at_top: bool) -> float:
    """Return a run's height with the spaces inside and, unless it stands at the top, above it."""
    height = sum(block.before + block.height for block in unit)
    return height - unit[0].before if at_top else height


class _Breaker:
    """The page being filled, and those filled before."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.pages: list[list[Placed]] = [[]]
        self.y = frame.first_top

    def cut_units(self, units: list[Unit]) -> list[Unit]:
        """Return the runs, those that no page can hold whole cut before their last block."""
        room = self.frame.bottom - self.frame.top + 0.01
        cut: list[Unit] = []
        for unit in units:
            if len(unit) > 1 and _measure(unit, at_top=True) > room >= unit[-1].height:
                cut += [unit[:-1], unit[-1:]]
            else:
                cut.append(unit)
        return cut

    def start_page(self) -> None:
        """Begin a page, unless this one is still empty."""
        if self.pages[-1]:
            self.pages.append([])
            self.y = self.frame.top

    def place_unit(self, unit: Unit, reserve: float = 0.0) -> None:
        """Place a run over the whole width, on a new page when this one has no room for it and ``reserve`` points."""
        height = _measure(unit, at_top=not self.pages[-1])
        if self.y + height + reserve > self.frame.bottom + 0.01:
            self.start_page()
            self._check_fit(unit)
        self.y = self._place(unit, self.frame.left, self.y, at_top=not self.pages[-1])

    def _place(self, unit: Unit, x: float, y: float, *, at_top: bool) -> float:
        for number, block in enumerate(unit):
            y += 0.0 if at_top and number == 0 else block.before
            self.pages[-1].append(Placed(block, x, y))
            y += block.height
        return y

    def _check_fit(self, unit: Unit) -> None:
        height = _measure(unit, at_top=True)
        room = self.frame.bottom - self.y
        if height > room + 0.01:
            block = max(unit, key=lambda part: part.height)
            raise LayoutError(
                Diagnostic(
                    "does-not-fit",
                    f"this part is {height:.0f} points high, and a page holds {room:.0f}",
                    Span(block.origin),
                    hint="shorten it, or cut it into two",
                )
            )

    def place_columns(self, units: list[Unit]) -> None:
        """Place runs in two columns: balanced at the end, full to the foot where they go on to a next page."""
        while units:
            gap = units[0][0].before if self.pages[-1] else 0.0
            room = self.frame.bottom - self.y - gap
            count = _fill(units, room) if room > LEAST_COLUMN else 0
            if count == 0:
                fresh = not self.pages[-1]
                self.start_page()
                if fresh:
                    self._check_fit(units[0])
                    raise AssertionError("a run that fits was not placed")
                self._check_fit(units[0])
                continue
            part, units = units[:count], units[count:]
            height = _find_lowest_height(part, room)
            self._place_part(part, self.y + gap, height)

    def _place_part(self, units: list[Unit], top: float, height: float) -> None:
        width = (self.frame.width - self.frame.gutter) / 2
        first = _count_column(units, height)
        bottoms = [top]
        for number, part in enumerate((units[:first], units[first:])):
            y = top
            x = self.frame.left + number * (width + self.frame.gutter)
            for place, unit in enumerate(part):
                y = self._place(unit, x, y, at_top=place == 0)
            bottoms.append(y)
        self.y = max(bottoms)


def _count_column(units: list[Unit], height: float) -> int:
    """Return how many runs fit into one column of a height."""
    used = 0.0
    for number, unit in enumerate(units):
        used += _measure(unit, at_top=number == 0)
        if used > height + 0.01:
            return number
    return len(units)


def _fill(units: list[Unit], height: float) -> int:
    """Return how many runs fit into two columns of a height."""
    first = _count_column(units, height)
    return first + _count_column(units[first:], height)


def _find_lowest_height(units: list[Unit], room: float) -> float:
    """Return the lowest column height, to half a point, at which all runs fit into two columns."""
    low = sum(_measure(unit, at_top=True) for unit in units) / 2 - 1
    high = room
    while high - low > STEP:
        middle = (low + high) / 2
        if _fill(units, middle) == len(units):
            high = middle
        else:
            low = middle
    return high
