"""Blocks that stand under one another on many sheets, joined to one: it is painted once and placed once."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from handouts.layout.page import Block, Group, Item, Placed, Rule, Tag
from handouts.layout.setting import Setting

NEAR = 0.01
"""Points by which rounding may part two blocks that follow each other."""

Groups = tuple[Group, ...]


def join_blocks(setting: Setting, placed: Sequence[Placed], cut: Collection[Groups]) -> tuple[Placed, ...]:
    """Return blocks of one part that stand in one column with neighbours joined.

    ``cut`` are the groups of lists that go on in another column: their blocks are joined with each other only.
    """
    return tuple(_join_run(setting, inner, run) for inner, run in _cut_runs(placed, cut))


def _cut_runs(placed: Sequence[Placed], cut: Collection[Groups]) -> Iterator[tuple[bool, list[Placed]]]:
    """Yield blocks that follow each other and can be joined, and whether the lists among them are whole."""
    run: list[Placed] = []
    kind: tuple[Groups, bool] | None = None
    for one in placed:
        new = _find_kind(one.block, cut)
        if run and (new is None or new != kind or not _follows(one, run[-1])):
            yield _is_inner(kind), run
            run = []
        kind = new
        run.append(one)
    if run:
        yield _is_inner(kind), run


def _find_kind(block: Block, cut: Collection[Groups]) -> tuple[Groups, bool] | None:
    """Return what blocks that are joined have in common, None for one that is joined with none.

    That is their part, where the lists in it are whole, or the list that they are entries of.
    """
    groups = block.groups
    if block.personal or block.artifact is not None or not groups:
        return None
    inner = len(groups) == 1 or (len(groups) == 2 and groups[1].role == "L" and groups not in cut)
    return (groups[:1], True) if inner else (groups, False)


def _is_inner(kind: tuple[Groups, bool] | None) -> bool:
    return kind is not None and kind[1]


def _follows(placed: Placed, last: Placed) -> bool:
    """Return whether a block stands in the same column as another, at its space above under it."""
    block = placed.block
    return (
        placed.x == last.x
        and abs(placed.y - last.y - last.block.height - block.before) < NEAR
        and block.width == last.block.width
    )


def _join_run(setting: Setting, inner: bool, placed: Sequence[Placed]) -> Placed:
    if len(placed) == 1 and (not inner or len(placed[0].block.groups) == 1):
        return placed[0]
    blocks = tuple(each.block for each in placed)
    key = ("cluster", inner, *map(id, blocks))
    known = setting.memory.find(key)
    if known is None:
        known = setting.memory.keep(key, blocks, _join(blocks, inner))
    return Placed(known[1], placed[0].x, placed[0].y)


def _join(blocks: tuple[Block, ...], inner: bool) -> Block:
    """Return blocks one under the other as one block; ``inner`` says that lists in it are whole."""
    items: list[Item] = []
    tags: list[tuple[Groups, Tag]] = []
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


def _wrap(tags: Sequence[tuple[Groups, Tag]]) -> Iterator[Tag]:
    """Yield tags, those of a list within an element of their own."""
    for groups, members in groupby(tags, key=lambda each: each[0]):
        inside = tuple(tag for _, tag in members)
        if groups:
            yield Tag(groups[0].role, inside, numbering=groups[0].numbering)
        else:
            yield from inside


def _count_from(tag: Tag, first: int) -> Tag:
    """Return a tag whose items are counted from ``first``."""
    if not first or not tag.children:
        return tag
    children = tuple(child + first if isinstance(child, int) else _count_from(child, first) for child in tag.children)
    return replace(tag, children=children)


def _lower(item: Item, distance: float) -> Item:
    """Return an item that many points further down."""
    if not distance:
        return item
    if isinstance(item, Rule):
        return replace(item, y1=item.y1 + distance, y2=item.y2 + distance)
    return replace(item, y=item.y + distance)
