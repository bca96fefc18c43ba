"""Blocks to pages: works on heights alone, splits no block, keeps together what belongs together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from itertools import accumulate
from typing import Literal, NamedTuple

from handouts.dataclass import dataclass
from handouts.diagnostics import Diagnostic, LayoutError, Span
from handouts.layout.page import Block, Placed

LEAST_COLUMN = 60.0
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
        object.__setattr__(self, "units", tuple(_collect_units(self.blocks)))


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a page that is filled: left edge, width, bottom, and the top on page 1 and on later pages."""

    left: float
    width: float
    first_top: float
    top: float
    bottom: float
    gutter: float


def break_pages(flows: Sequence[Flow], frame: Frame) -> tuple[tuple[Placed, ...], ...]:
    """Return the blocks of each page at their places, each block once and in order.

    LayoutError names the section of a block, or of blocks kept together, that no page can hold.
    """
    breaker = PageBreaker(frame)
    breaker.break_flows(flows)
    return breaker.place_blocks()


class _Spot(NamedTuple):
    """Where a run of blocks stands; ``at_top`` takes the space above it away."""

    page: int
    unit: Unit
    x: float
    y: float
    at_top: bool


class _State(NamedTuple):
    """How far pages are filled: the page, the height reached on it, whether it is empty, and the runs placed."""

    page: int
    y: float
    empty: bool
    spots: int


Run = list[Flow]
"""Neighbours of equal columns, which are broken as one flow."""


class PageBreaker:
    """Breaks flows into pages, again and again with other flows: what is the same from the first one on is kept."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self._runs: list[Run] = []
        self._states: list[_State] = [_State(0, frame.first_top, True, 0)]
        self._spots: list[_Spot] = []
        self._page = 0
        self._y = frame.first_top
        self._empty = True

    def break_flows(self, flows: Sequence[Flow], most: int | None = None) -> int | None:
        """Break flows and return the number of pages; None as soon as there are more than ``most``."""
        runs = _merge_flows(flows)
        start = self._find_start(runs)
        self._page, self._y, self._empty, count = self._states[start]
        del self._runs[start:], self._states[start + 1 :], self._spots[count:]
        for number in range(start, len(runs)):
            self._break_run(runs[number], runs[number + 1] if number + 1 < len(runs) else None)
            if most is not None and self._page >= most:
                return None
            self._runs.append(runs[number])
            self._states.append(_State(self._page, self._y, self._empty, len(self._spots)))
        return self._page + 1

    def place_blocks(self) -> tuple[tuple[Placed, ...], ...]:
        """Return the blocks of each page as they were broken last."""
        pages: list[list[Placed]] = [[] for _ in range(self._page + 1)]
        for page, unit, x, y, at_top in self._spots:
            top = y - unit.before if at_top else y
            for block in unit.blocks:
                top += block.before
                if block.parts:
                    pages[page] += [Placed(part.block, x + part.x, top + part.y) for part in block.parts]
                else:
                    pages[page].append(Placed(block, x, top))
                top += block.height
        return tuple(tuple(page) for page in pages)

    def _find_start(self, runs: list[Run]) -> int:
        """Return how many runs are the same as last time; one whose end looks ahead needs the next one the same too."""
        start = 0
        for old, new in zip(self._runs, runs, strict=False):
            if list(map(id, old)) != list(map(id, new)):
                break
            start += 1
        while start and runs[start - 1][-1].units[-1].blocks[-1].keep_with_next:
            start -= 1
        return start

    def _break_run(self, run: Run, following: Run | None) -> None:
        if run[0].new_page:
            self._start_page()
        units = _join_units(run)
        if run[0].columns == 2:
            self._place_columns(units)
            return
        last = units[-1]
        reserve = 0.0
        if last.blocks[-1].keep_with_next and following and not following[0].new_page:
            reserve = _join_units(following)[0].height
        units = self._cut_units(units)
        for unit in units[:-1]:
            self._place_unit(unit, 0.0)
        self._place_unit(units[-1], reserve)

    def _cut_units(self, units: list[Unit]) -> list[Unit]:
        """Return the runs, those that no page can hold whole cut before their last block."""
        room = self.frame.bottom - self.frame.top + SLACK
        if all(unit.height - unit.before <= room for unit in units):
            return units
        cut: list[Unit] = []
        for unit in units:
            if len(unit.blocks) > 1 and unit.height - unit.before > room >= unit.blocks[-1].height:
                cut += [_make_unit(unit.blocks[:-1]), _make_unit(unit.blocks[-1:])]
            else:
                cut.append(unit)
        return cut

    def _start_page(self) -> None:
        """Begin a page, unless this one is still empty."""
        if not self._empty:
            self._page += 1
            self._y = self.frame.top
            self._empty = True

    def _place_unit(self, unit: Unit, reserve: float) -> None:
        """Place a run over the whole width, on a new page when this one has no room for it and ``reserve`` points."""
        height = unit.height - unit.before if self._empty else unit.height
        if self._y + height + reserve > self.frame.bottom + SLACK:
            self._start_page()
            self._check_fit(unit)
            height = unit.height - unit.before if self._empty else unit.height
        self._spots.append(_Spot(self._page, unit, self.frame.left, self._y, self._empty))
        self._y += height
        self._empty = False

    def _check_fit(self, unit: Unit) -> None:
        height = unit.height - unit.before
        room = self.frame.bottom - self._y
        if height > room + SLACK:
            block = max(unit.blocks, key=lambda part: part.height)
            raise LayoutError(
                Diagnostic(
                    "does-not-fit",
                    f"this part is {height:.0f} points high, and a page holds {room:.0f}",
                    Span(block.origin),
                    hint="shorten it, or cut it into two",
                )
            )

    def _place_columns(self, units: list[Unit]) -> None:
        """Place runs in two columns: balanced at the end, full to the foot where they go on to a next page."""
        while units:
            gap = 0.0 if self._empty else units[0].before
            room = self.frame.bottom - self._y - gap
            count = _fill(units, room) if room > LEAST_COLUMN else 0
            if count == 0:
                fresh = self._empty
                self._start_page()
                self._check_fit(units[0])
                if fresh:
                    raise AssertionError("a run that fits was not placed")
                continue
            part, units = units[:count], units[count:]
            self._place_part(part, self._y + gap)

    def _place_part(self, units: list[Unit], top: float) -> None:
        """Place runs in two columns, as low as can be."""
        frame = self.frame
        first = _find_split(units)
        right = frame.left + (frame.width + frame.gutter) / 2
        bottom = top
        for x, part in ((frame.left, units[:first]), (right, units[first:])):
            y = top
            for place, unit in enumerate(part):
                self._spots.append(_Spot(self._page, unit, x, y, place == 0))
                y += unit.height - unit.before if place == 0 else unit.height
            bottom = max(bottom, y)
        self._y = bottom
        self._empty = False


def _merge_flows(flows: Sequence[Flow]) -> list[Run]:
    """Return the flows with neighbours of equal columns together, so that what is kept together stays so."""
    runs: list[Run] = []
    for flow in flows:
        if not flow.blocks:
            continue
        if runs and runs[-1][0].columns == flow.columns and not flow.new_page:
            runs[-1].append(flow)
        else:
            runs.append([flow])
    return runs


def _make_unit(blocks: tuple[Block, ...]) -> Unit:
    return Unit(blocks, sum(block.before + block.height for block in blocks), blocks[0].before)


def _collect_units(blocks: tuple[Block, ...]) -> list[Unit]:
    """Return the blocks in runs that are kept together."""
    units: list[Unit] = []
    start = 0
    for place, block in enumerate(blocks, 1):
        if not block.keep_with_next:
            units.append(_make_unit(blocks[start:place]))
            start = place
    if start < len(blocks):
        units.append(_make_unit(blocks[start:]))
    return units


def _join_units(run: Run) -> list[Unit]:
    """Return the units of flows that follow each other; the last of one may have to stay with the first of the next."""
    units = list(run[0].units)
    for flow in run[1:]:
        more = flow.units
        if units[-1].blocks[-1].keep_with_next:
            units[-1] = _make_unit(units[-1].blocks + more[0].blocks)
            more = more[1:]
        units += more
    return units


def _count_column(units: Sequence[Unit], height: float) -> int:
    """Return how many runs fit into one column of a height."""
    used = -units[0].before if units else 0.0
    for number, unit in enumerate(units):
        used += unit.height
        if used > height + SLACK:
            return number
    return len(units)


def _fill(units: list[Unit], height: float) -> int:
    """Return how many runs fit into two columns of a height."""
    first = _count_column(units, height)
    return first + _count_column(units[first:], height)


def _find_split(units: list[Unit]) -> int:
    """Return how many runs go into the first of two columns, so that the higher one is as low as can be.

    Of equal splits the one with the most runs in the first column.
    """
    tops = [0.0, *accumulate(unit.height for unit in units)]
    total = tops[-1]
    lowest = total - units[0].before
    split = len(units)
    for number in range(len(units) - 1, 0, -1):
        higher = max(tops[number] - units[0].before, total - tops[number] - units[number].before)
        if higher < lowest - SLACK:
            lowest, split = higher, number
    return split
