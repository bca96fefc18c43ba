"""Blocks to pages: works on heights alone, splits no block, keeps together what belongs together."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import NamedTuple

from handouts.dataclass import dataclass
from handouts.diagnostics import Diagnostic, LayoutError, Span
from handouts.layout.memory import Memory
from handouts.layout.page import Block, Placed
from handouts.layout.runs import Run, Splits, list_splits
from handouts.layout.units import SLACK, Flow, Unit, fill_columns

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
    breaker.break_flows([flow for flow in flows if flow.blocks])
    return breaker.place_blocks()


def count_pages(flows: Sequence[Flow], frame: Frame) -> int:
    """Return how many pages flows, none empty, take. LayoutError as for `break_pages`."""
    return PageBreaker(frame).break_flows(flows) or 0


Spot = tuple[int, Sequence[Unit], float, float]
"""Where units stand one under the other: the page from 0, the units, x and y of the first one's upper edge in points.

The space above the first one lies above y at the top of a page or column.
"""


class White(NamedTuple):
    """What is left of a page, in points, and the block that opens the next one."""

    page: int
    room: float
    next: Block | None


State = tuple[int, bool, int, float, bool, int]
"""How far pages are filled after a run: before which flow it ends, whether more than that flow behind it counts for it,
the page, the height reached on it, whether it is empty, and the number of spots."""


class PageBreaker:
    """Breaks flows into pages, again and again with other flows: what is the same from the first one on is kept.

    ``page`` (from 0) and ``y`` say how far they were filled last, ``feet`` how far each page before the last one, and
    ``spots`` what stands where. Runs of flows that many plans have alike are kept in ``kept`` for other breakers.
    """

    def __init__(self, frame: Frame, kept: Memory | None = None) -> None:
        self.frame = frame
        self.kept = kept or Memory()
        self.page = 0
        self.y = frame.first_top
        self.feet: list[float] = []
        self.spots: list[Spot] = []
        self._empty = True
        self._flows: Sequence[Flow] = ()
        self._states: list[State] = []
        self._own = Memory()

    def break_flows(self, flows: Sequence[Flow], most: int | None = None) -> int | None:
        """Break flows, none empty, and return the number of pages; None as soon as there are more than ``most``."""
        start = self._rewind(flows)
        while start < len(flows):
            run, end = self._find_run(flows, start)
            reserve = 0.0
            if (run.open or run.columns == 2) and end < len(flows) and not flows[end].new_page:
                reserve = self._find_run(flows, end)[0].units[0].height
            self._break_run(run, reserve)
            if most is not None and self.page >= most:
                return None
            tied = run.open or (reserve > 0 and len(flows[end].units) == 1 and flows[end].blocks[-1].keep_with_next)
            self._states.append((end, tied, self.page, self.y, self._empty, len(self.spots)))
            start = end
        return self.page + 1

    def place_blocks(self) -> tuple[tuple[Placed, ...], ...]:
        """Return the blocks of each page as they were broken last."""
        pages: list[list[Placed]] = [[] for _ in range(self.page + 1)]
        for page, units, x, y in self.spots:
            top = y - units[0].before
            for unit in units:
                pages[page] += place_unit(unit, x, top)
                top += unit.height
        return tuple(map(tuple, pages))

    def measure_rooms(self, most: int) -> list[tuple[int, float]]:
        """Return for each run, from the last one back, before which flow it ends and how many points are left after it.

        That is the white at the feet of the page on which it ends and of all later ones, of ``most`` pages.
        """
        frame = self.frame
        page = self.page
        room = frame.bottom - self.y + (most - 1 - page) * (frame.bottom - frame.top)
        rooms = []
        for end, _, last, *_ in reversed(self._states):
            while page > last:
                page -= 1
                room += frame.bottom - self.feet[page]
            rooms.append((end, room))
        return rooms

    def find_white(self, block: Block) -> list[White]:
        """Return what is left of the page that a block stands on, and first of the one before where it opens a page.

        The last page has none: nothing was pushed off it.
        """
        for page, units, _, _ in self.spots:
            if any(each is block for unit in units for each in unit.blocks):
                first = max(page - self.opens_page(page, block), 0)
                bottom = self.frame.bottom
                return [
                    White(number, bottom - self.feet[number], self._find_opening(number + 1))
                    for number in range(first, min(page + 1, self.page))
                ]
        return []

    def opens_page(self, page: int, block: Block | None) -> bool:
        """Return whether a block is the first one on a page."""
        return self._find_opening(page) is block

    def _find_opening(self, page: int) -> Block | None:
        return next((units[0].blocks[0] for number, units, _, _ in self.spots if number == page), None)

    def _rewind(self, flows: Sequence[Flow]) -> int:
        """Go back to the last run that these flows have in common with those before; return the flow after it.

        A run is the same only if the flow after it is, which might belong to it; one that is kept with what follows
        needs that run the same too.
        """
        same = 0
        for old, new in zip(self._flows, flows, strict=False):
            if old is not new:
                break
            same += 1
        self._flows = flows
        states = self._states
        while states and (states[-1][0] >= same or states[-1][1]):
            states.pop()
        first = (0, False, 0, self.frame.first_top, True, 0)
        start, _, self.page, self.y, self._empty, count = states[-1] if states else first
        del self.spots[count:], self.feet[self.page :]
        return start

    def _find_run(self, flows: Sequence[Flow], start: int) -> tuple[Run, int]:
        """Return the flows of equal columns from one on, so that what is kept together stays so, and where they end."""
        end = start + 1
        columns = flows[start].columns
        while end < len(flows) and flows[end].columns == columns and not flows[end].new_page:
            end += 1
        part = flows[start:end]
        key = tuple(map(id, part))
        known = self.kept.find(key) or self._own.find(key)
        if known is None:
            memory = self.kept if all(flow.shared for flow in part) else self._own
            known = memory.keep(key, part, Run(part))
        run: Run = known[1]
        return run, end

    def _break_run(self, run: Run, reserve: float) -> None:
        if run.new_page:
            self._start_page()
        frame = self.frame
        before = 0.0 if self._empty else run.before
        if run.columns == 2:
            room = frame.bottom - self.y - before
            if room > LEAST_COLUMN and run.lowest <= room + SLACK:
                self._place_part(run.units, self.y + before, room, run.splits, reserve)
            else:
                self._place_columns(run.units)
            return
        height = run.height - run.before + before
        if self.y + height + reserve <= frame.bottom + SLACK:
            self.spots.append((self.page, run.units, frame.left, self.y + before))
            self.y += height
            self._empty = False
            return
        self._place_wide(run.cut_units(frame.bottom - frame.top), reserve)

    def _start_page(self) -> None:
        """Begin a page, unless this one is still empty."""
        if not self._empty:
            self.feet.append(self.y)
            self.page += 1
            self.y = self.frame.top
            self._empty = True

    def _place_wide(self, units: Sequence[Unit], reserve: float) -> None:
        """Place units over the whole width, on a new page where one has no room; the last needs ``reserve`` below."""
        bottom = self.frame.bottom + SLACK
        first, top = 0, self.y + (0.0 if self._empty else units[0].before)
        last = len(units) - 1
        for number, unit in enumerate(units):
            height = unit.height - unit.before if self._empty else unit.height
            if self.y + height + (reserve if number == last else 0.0) > bottom:
                if number > first:
                    self.spots.append((self.page, units[first:number], self.frame.left, top))
                self._start_page()
                self._check_fit(unit)
                first, top = number, self.y
                height = unit.height - unit.before
            self.y += height
            self._empty = False
        self.spots.append((self.page, units[first:], self.frame.left, top))

    def _check_fit(self, unit: Unit) -> None:
        height = unit.height - unit.before
        room = self.frame.bottom - self.y
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

    def _place_columns(self, units: Sequence[Unit]) -> None:
        """Place runs in two columns: balanced at the end, full to the foot where they go on to a next page."""
        while units:
            gap = 0.0 if self._empty else units[0].before
            room = self.frame.bottom - self.y - gap
            count = fill_columns(units, room) if room > LEAST_COLUMN else 0
            if count == 0:
                fresh = self._empty
                self._start_page()
                self._check_fit(units[0])
                if fresh:
                    raise AssertionError("a run that fits was not placed")
                continue
            part, units = units[:count], units[count:]
            self._place_part(part, self.y + gap, room, list_splits(part)[0])

    def _place_part(self, units: Sequence[Unit], top: float, room: float, splits: Splits, reserve: float = 0.0) -> None:
        """Place units in two columns, split in the first way that has room; the last way has.

        What follows needs ``reserve`` points: a higher way must not send it to the next page.
        """
        least, lowest = splits[-1]
        room -= reserve if lowest + reserve <= room + SLACK else 0.0
        first = next((split for split, height in splits[:-1] if height <= room + SLACK), least)
        frame = self.frame
        right = frame.left + (frame.width + frame.gutter) / 2
        bottom = top
        for x, part in ((frame.left, units[:first]), (right, units[first:])):
            if part:
                self.spots.append((self.page, part, x, top))
                bottom = max(bottom, top + fsum([unit.height for unit in part]) - part[0].before)
        self.y = bottom
        self._empty = False


def place_unit(unit: Unit, x: float, top: float) -> list[Placed]:
    """Return the blocks of a unit under each other, the space above the first from ``top`` on."""
    placed: list[Placed] = []
    for block in unit.blocks:
        top += block.before
        if block.parts:
            placed += [Placed(part.block, x + part.x, top + part.y) for part in block.parts]
        else:
            placed.append(Placed(block, x, top))
        top += block.height
    return placed
