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
        top = y - units[0].before
        for stretch in _set_stretches(setting, units, parts, last, following):
            pages[page] += [Placed(block.block, x + block.x, top + block.y) for block in stretch.placed]
            bookmarks += [(level, words, page, top + below) for level, words, below in stretch.headings]
            top += stretch.bottom
        last = units[-1]
    return tuple(map(tuple, pages)), tuple(bookmarks)


def _set_stretches(
    setting: Setting, units: Sequence[Unit], parts: Collection[str], last: Unit | None, following: Unit | None
) -> Iterator[Stretch]:
    """Yield the units of a spot part by part; ``last`` stands before them, ``following`` after them."""
    start, count = 0, len(units)
    while start < count:
        part = units[start].part
        end = start + 1
        while end < count and units[end].part == part:
            end += 1
        stretch = units[start:end]
        if part in parts:
            before = start == 0 and last is not None and _share_list(last, stretch[0])
            after = end == count and following is not None and _share_list(stretch[-1], following)
            yield _find_stretch(setting, stretch, before, after)
        else:
            yield _set_stretch(stretch)
        start = end


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
        plain = _set_stretch(units)
        joined = plain._replace(placed=join_blocks(setting, plain.placed, cut))
        known = setting.memory.keep(key, units, joined)
    stretch: Stretch = known[1]
    return stretch


def _set_stretch(units: Sequence[Unit]) -> Stretch:
    placed: list[Placed] = []
    top = 0.0
    for unit in units:
        placed += place_unit(unit, 0.0, top)
        top += unit.height
    headings = tuple((*heading, one.y) for one in placed for heading in _list_headings(one.block))
    return Stretch(tuple(placed), headings, top)


def _list_headings(block: Block) -> list[tuple[int, str]]:
    """Return the level and the words of the title and of section headings in a block."""
    return [(HEADINGS[tag.role], _read_tag(block, tag)) for tag in block.tags if tag.role in HEADINGS]


def _read_tag(block: Block, tag: Tag) -> str:
    items = [block.items[child] for child in tag.children if isinstance(child, int)]
    return " ".join("".join(run.text for run in item.runs) for item in items if isinstance(item, Text))
