"""Where page breaking put what, as blocks at their places: neighbours that many sheets have alike joined.

Only what stands in sections is joined, whose words and order many sheets share; what differs from plan to plan (moves,
the chart) and what is one person's alone stays as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from handouts.layout.clusters import join_blocks
from handouts.layout.page import Block, Placed, Tag, Text
from handouts.layout.paginate import Spot, place_unit
from handouts.layout.reuse import Bookmark, Broken
from handouts.layout.setting import Setting
from handouts.layout.units import Unit

HEADINGS = {"H1": 1, "H2": 2}
"""Levels of the bookmarks that headings have."""

Heading = tuple[int, str, float]
"""The level of a heading, its words, and the upper edge of its block."""

Ends = tuple[Unit | None, Unit | None]
"""What stands before the units of a spot, and after them."""


class Stretch(NamedTuple):
    """Units under each other, placed from the space above them on; ``bottom`` is where they end, in points."""

    placed: tuple[Placed, ...]
    headings: tuple[Heading, ...]
    bottom: float


def place_spots(setting: Setting, spots: Sequence[Spot], parts: Collection[str]) -> tuple[Broken, tuple[Bookmark, ...]]:
    """Return the blocks of each page, neighbours in the named parts joined, and the bookmarks of title and sections."""
    pages: list[list[Placed]] = [[] for _ in range(spots[-1][0] + 1)]
    bookmarks: list[Bookmark] = []
    last: Unit | None = None
    for number, (page, units, x, y) in enumerate(spots):
        following = spots[number + 1][1][0] if number + 1 < len(spots) else None
        for stretch in _set_stretches(setting, units, x, y - units[0].before, parts, (last, following)):
            pages[page] += stretch.placed
            bookmarks += [(level, words, page, top) for level, words, top in stretch.headings]
        last = units[-1]
    return tuple(map(tuple, pages)), tuple(bookmarks)


def _set_stretches(
    setting: Setting, units: Sequence[Unit], x: float, top: float, parts: Collection[str], ends: Ends
) -> Iterator[Stretch]:
    """Yield the units of a spot part by part, the space above the first from ``top`` on."""
    start, count = 0, len(units)
    last, following = ends
    while start < count:
        part = units[start].part
        end = start + 1
        while end < count and units[end].part == part:
            end += 1
        stretch = units[start:end]
        if part in parts:
            before = start == 0 and last is not None and _share_list(last, stretch[0])
            after = end == count and following is not None and _share_list(stretch[-1], following)
            made = _move_stretch(_find_stretch(setting, stretch, before, after), x, top)
        else:
            made = _set_stretch(stretch, x, top)
        yield made
        start, top = end, made.bottom


def _share_list(first: Unit, second: Unit) -> bool:
    """Return whether a list goes on from one unit to the next."""
    groups = first.blocks[-1].groups
    return len(groups) > 1 and groups == second.blocks[0].groups


def _find_stretch(setting: Setting, units: Sequence[Unit], before: bool, after: bool) -> Stretch:
    """Return units of one part joined, made once; a list goes on from before them, or after them, as is said."""
    key = ("stretch", before, after, *map(id, units))
    known = setting.memory.find(key)
    if known is None:
        cut = {units[0].blocks[0].groups} if before else set()
        if after:
            cut.add(units[-1].blocks[-1].groups)
        plain = _set_stretch(units, 0.0, 0.0)
        joined = plain._replace(placed=join_blocks(setting, plain.placed, cut))
        known = setting.memory.keep(key, units, joined)
    stretch: Stretch = known[1]
    return stretch


def _set_stretch(units: Sequence[Unit], x: float, top: float) -> Stretch:
    placed: list[Placed] = []
    for unit in units:
        placed += place_unit(unit, x, top)
        top += unit.height
    headings = [
        (HEADINGS[tag.role], _read_tag(one.block, tag), one.y)
        for one in placed
        for tag in one.block.tags
        if tag.role in HEADINGS
    ]
    return Stretch(tuple(placed), tuple(headings), top)


def _move_stretch(stretch: Stretch, x: float, top: float) -> Stretch:
    """Return a stretch that was placed at the origin at another place."""
    return Stretch(
        tuple([Placed(one.block, x + one.x, top + one.y) for one in stretch.placed]),
        tuple([(level, words, top + y) for level, words, y in stretch.headings]),
        top + stretch.bottom,
    )


def _read_tag(block: Block, tag: Tag) -> str:
    items = [block.items[child] for child in tag.children if isinstance(child, int)]
    return " ".join("".join(run.text for run in item.runs) for item in items if isinstance(item, Text))
