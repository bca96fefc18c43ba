"""Blocks that stand under one another on many sheets, joined to one: it is painted once and placed once.

Only blocks of sections are joined, whose words and order many sheets share; what differs from plan to plan (moves, the
chart) and what is one person's alone stays as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from handouts.layout.page import Block, Group, Item, Placed, Rule, Tag
from handouts.layout.setting import Setting

Page = tuple[Placed, ...]
NEAR = 0.01
"""Points by which rounding may part two blocks that follow each other."""


def join_blocks(setting: Setting, pages: Sequence[Page], parts: Collection[str]) -> tuple[Page, ...]:
    """Return the pages with neighbouring blocks of the named parts joined."""
    whole = _find_whole_groups(pages)
    return tuple(
        tuple(placed for run in _cut_runs(page, parts, whole) for placed in _join_run(setting, run)) for page in pages
    )


def _find_whole_groups(pages: Sequence[Page]) -> frozenset[tuple[Group, ...]]:
    """Return the groups inside a part whose blocks all stand in one column of one page."""
    places: dict[tuple[Group, ...], set[tuple[int, float]]] = {}
    for number, page in enumerate(pages):
        for placed in page:
            if len(placed.block.groups) > 1:
                places.setdefault(placed.block.groups, set()).add((number, placed.x))
    return frozenset(groups for groups, found in places.items() if len(found) == 1)


Run = tuple[bool, list[Placed]]
"""Blocks that follow each other in a column, and whether the groups inside their part are whole in it."""


def _cut_runs(page: Page, parts: Collection[str], whole: Collection[tuple[Group, ...]]) -> Iterator[Run]:
    """Yield the blocks of a page in runs that can be joined."""
    run: list[Placed] = []
    kind: object = None
    for placed in page:
        block = placed.block
        fits = bool(block.groups) and block.groups[0].key in parts and not block.personal and block.artifact is None
        inner = len(block.groups) == 1 or (len(block.groups) == 2 and block.groups in whole and _is_list(block))
        new = (block.groups[0], True) if fits and inner else (block.groups, False) if fits else None
        last = run[-1] if run else None
        follows = (
            last is not None
            and placed.x == last.x
            and abs(placed.y - last.y - last.block.height - block.before) < NEAR
            and block.width == last.block.width
        )
        if run and (new is None or new != kind or not follows):
            yield inner_of(kind), run
            run = []
        kind = new
        run.append(placed)
    if run:
        yield inner_of(kind), run


def inner_of(kind: object) -> bool:
    """Return whether a run of a kind holds its groups whole."""
    return isinstance(kind, tuple) and kind[1] is True


def _is_list(block: Block) -> bool:
    return block.groups[-1].role == "L"


def _join_run(setting: Setting, run: Run) -> tuple[Placed, ...]:
    inner, placed = run
    if len(placed) == 1 and len(placed[0].block.groups) <= 1:
        return (placed[0],)
    blocks = tuple(each.block for each in placed)
    key = ("cluster", inner, *map(id, blocks))
    known = setting.memory.find(key)
    if known is None:
        known = setting.memory.keep(key, blocks, _join(blocks, inner))
    return (Placed(known[1], placed[0].x, placed[0].y),)


def _join(blocks: tuple[Block, ...], inner: bool) -> Block:
    """Return blocks one under the other as one block; ``inner`` says that lists in it are whole."""
    items: list[Item] = []
    tags: list[tuple[tuple[Group, ...], Tag]] = []
    y = 0.0
    depth = 1 if inner else len(blocks[0].groups)
    for number, block in enumerate(blocks):
        y += block.before if number else 0.0
        tags += [(block.groups[depth:], _count_from(tag, len(items))) for tag in block.tags]
        items += [_lower(item, y) for item in block.items]
        y += block.height
    maker = hashlib.blake2b(digest_size=16)
    maker.update(repr([inner, *[(block.key, block.before) for block in blocks]]).encode())
    first = blocks[0]
    return Block(
        key=maker.hexdigest(),
        origin=first.origin,
        width=first.width,
        height=y,
        items=tuple(items),
        tags=tuple(_wrap(tags)),
        groups=first.groups[:depth],
        before=first.before,
    )


def _wrap(tags: Sequence[tuple[tuple[Group, ...], Tag]]) -> Iterator[Tag]:
    """Yield tags, those of a list within an element of their own."""
    for groups, members in groupby(tags, key=lambda each: each[0]):
        inside = tuple(tag for _, tag in members)
        if groups:
            yield Tag(groups[0].role, inside, numbering=groups[0].numbering)
        else:
            yield from inside


def _count_from(tag: Tag, first: int) -> Tag:
    """Return a tag whose items are counted from ``first``."""
    children = tuple(child + first if isinstance(child, int) else _count_from(child, first) for child in tag.children)
    return replace(tag, children=children)


def _lower(item: Item, distance: float) -> Item:
    """Return an item that many points further down."""
    if not distance:
        return item
    if isinstance(item, Rule):
        return replace(item, y1=item.y1 + distance, y2=item.y2 + distance)
    return replace(item, y=item.y + distance)
