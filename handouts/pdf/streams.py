"""In what order the blocks of a page are painted, and the operators between them."""

from __future__ import annotations

from functools import lru_cache

from handouts.layout.page import Placed
from handouts.pdf.chunks import Chunk, store_chunk
from handouts.pdf.fragment import Fragment, open_place

Sheet = tuple[tuple[Placed, Fragment], ...]
"""The blocks of a page with their fragments."""


@lru_cache(maxsize=8192)
def place_chunk(x: float, y: float) -> Chunk:
    """Return the operators before a fragment with its lower left corner at (x, y), to stand between others."""
    return store_chunk(open_place(x, y))


def order_streams(sheet: Sheet) -> list[tuple[bool, list[int]]]:
    """Return the content streams of a page as (personal, blocks): as few as keep the order of reading.

    Head and foot of the page have no place in that order and are painted last, so that what is copied or searched
    begins with the page's own words.
    """
    runs: list[tuple[bool, list[int]]] = []
    furniture = [place for place, (placed, _) in enumerate(sheet) if placed.block.artifact == "Pagination"]
    last = set(furniture)
    for place in [*(place for place in range(len(sheet)) if place not in last), *furniture]:
        own = sheet[place][0].block.personal
        if runs and runs[-1][0] == own:
            runs[-1][1].append(place)
        else:
            runs.append((own, [place]))
    return runs
