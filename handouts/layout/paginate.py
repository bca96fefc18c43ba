"""Blocks to pages: works on heights alone, splits no block, keeps together what belongs together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from handouts.dataclass import dataclass
from handouts.diagnostics import Diagnostic, LayoutError, Span
from handouts.layout.page import Placed
from handouts.layout.units import SLACK, Flow, Unit, fill_columns, find_split, join_units, make_unit

LEAST_COLUMN = 60.0


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
    """Where units stand one under the other; ``at_top`` takes the space above the first away."""

    page: int
    units: Sequence[Unit]
    x: float
    y: float
    at_top: bool


class _State(NamedTuple):
    """How far pages are filled: the page, the height reached on it, whether it is empty, and the units placed."""

    page: int
    y: float
    empty: bool
    spots: int


class _Run:
    """Neighbouring flows of equal columns, broken as one: their units, and what placing them whole rests on."""

    __slots__ = ("columns", "flows", "height", "lowest", "new_page", "open", "split", "tallest", "units")

    def __init__(self, flows: Sequence[Flow]) -> None:
        self.flows = flows
        self.columns = flows[0].columns
        self.new_page = flows[0].new_page
        self.units = units = join_units(flows)
        self.open = units[-1].blocks[-1].keep_with_next
        self.height = sum([unit.height for unit in units])
        self.tallest = max([unit.height - unit.before for unit in units])
        self.split, self.lowest = find_split(units) if self.columns == 2 else (0, 0.0)


class PageBreaker:
    """Breaks flows into pages, again and again with other flows: what is the same from the first one on is kept."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self._known: dict[tuple[int, ...], _Run] = {}
        self._flows: list[Flow] = []
        self._merged: list[_Run] = []
        self._starts: list[int] = []
        self._runs: list[_Run] = []
        self._states: list[_State] = [_State(0, frame.first_top, True, 0)]
        self._spots: list[_Spot] = []
        self._page = 0
        self._y = frame.first_top
        self._empty = True

    def break_flows(self, flows: Sequence[Flow], most: int | None = None) -> int | None:
        """Break flows and return the number of pages; None as soon as there are more than ``most``."""
        runs = self._merge_flows(flows)
        start = self._find_start(runs)
        self._page, self._y, self._empty, count = self._states[start]
        del self._runs[start:], self._states[start + 1 :], self._spots[count:]
        last = len(runs) - 1
        for number in range(start, len(runs)):
            self._break_run(runs[number], runs[number + 1] if number < last else None)
            if most is not None and self._page >= most:
                return None
            self._runs.append(runs[number])
            self._states.append(_State(self._page, self._y, self._empty, len(self._spots)))
        return self._page + 1

    def place_blocks(self) -> tuple[tuple[Placed, ...], ...]:
        """Return the blocks of each page as they were broken last."""
        pages: list[list[Placed]] = [[] for _ in range(self._page + 1)]
        for page, units, x, y, at_top in self._spots:
            placed = pages[page]
            top = y - units[0].before if at_top else y
            for unit in units:
                for block in unit.blocks:
                    top += block.before
                    if block.parts:
                        placed += [Placed(part.block, x + part.x, top + part.y) for part in block.parts]
                    else:
                        placed.append(Placed(block, x, top))
                    top += block.height
        return tuple(map(tuple, pages))

    def _merge_flows(self, flows: Sequence[Flow]) -> list[_Run]:
        """Return the flows with neighbours of equal columns together, so that what is kept together stays so.

        Runs before the first flow that differs from last time are taken as they were.
        """
        flows = [flow for flow in flows if flow.blocks]
        same = 0
        for old, new in zip(self._flows, flows, strict=False):
            if old is not new:
                break
            same += 1
        kept = max(0, bisect_left(self._starts, same) - 1)
        start = self._starts[kept] if kept < len(self._starts) else 0
        runs, starts = self._merged[:kept], self._starts[:kept]
        while start < len(flows):
            end = start + 1
            columns = flows[start].columns
            while end < len(flows) and flows[end].columns == columns and not flows[end].new_page:
                end += 1
            key = tuple(map(id, flows[start:end]))
            run = self._known.get(key)
            if run is None:
                run = self._known[key] = _Run(flows[start:end])
            runs.append(run)
            starts.append(start)
            start = end
        self._flows, self._merged, self._starts = flows, runs, starts
        return runs

    def _find_start(self, runs: list[_Run]) -> int:
        """Return how many runs are the same as last time; one whose end looks ahead needs the next one the same too."""
        start = 0
        for old, new in zip(self._runs, runs, strict=False):
            if old is not new:
                break
            start += 1
        while start and runs[start - 1].open:
            start -= 1
        return start

    def _break_run(self, run: _Run, following: _Run | None) -> None:
        if run.new_page:
            self._start_page()
        first = run.units[0]
        if run.columns == 2:
            gap = 0.0 if self._empty else first.before
            room = self.frame.bottom - self._y - gap
            if room > LEAST_COLUMN and run.lowest <= room + SLACK:
                self._place_part(run.units, self._y + gap, run.split)
            else:
                self._place_columns(run.units)
            return
        reserve = 0.0
        if run.open and following and not following.new_page:
            reserve = following.units[0].height
        height = run.height - first.before if self._empty else run.height
        if self._y + height + reserve <= self.frame.bottom + SLACK:
            self._spots.append(_Spot(self._page, run.units, self.frame.left, self._y, self._empty))
            self._y += height
            self._empty = False
            return
        units = self._cut_units(run)
        for unit in units[:-1]:
            self._place_unit(unit, 0.0)
        self._place_unit(units[-1], reserve)

    def _cut_units(self, run: _Run) -> list[Unit]:
        """Return the units of a run, those that no page can hold whole cut before their last block."""
        room = self.frame.bottom - self.frame.top + SLACK
        if run.tallest <= room:
            return run.units
        cut: list[Unit] = []
        for unit in run.units:
            if len(unit.blocks) > 1 and unit.height - unit.before > room >= unit.blocks[-1].height:
                cut += [make_unit(unit.blocks[:-1]), make_unit(unit.blocks[-1:])]
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
        self._spots.append(_Spot(self._page, (unit,), self.frame.left, self._y, self._empty))
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
            count = fill_columns(units, room) if room > LEAST_COLUMN else 0
            if count == 0:
                fresh = self._empty
                self._start_page()
                self._check_fit(units[0])
                if fresh:
                    raise AssertionError("a run that fits was not placed")
                continue
            part, units = units[:count], units[count:]
            self._place_part(part, self._y + gap, find_split(part)[0])

    def _place_part(self, units: list[Unit], top: float, first: int) -> None:
        """Place units in two columns, ``first`` of them in the left one."""
        frame = self.frame
        right = frame.left + (frame.width + frame.gutter) / 2
        bottom = top
        for x, part in ((frame.left, units[:first]), (right, units[first:])):
            if part:
                self._spots.append(_Spot(self._page, part, x, top, True))
                bottom = max(bottom, top + sum([unit.height for unit in part]) - part[0].before)
        self._y = bottom
        self._empty = False
