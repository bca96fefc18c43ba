"""Layouts kept from one process to the next, as JSON: where every block of a plan stands, and each shared block once.

Of a personal block only its place and its height are written.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Hashable
from typing import Any, Protocol

from handouts.figure.stored import read_drawings, read_palette, write_drawings, write_palette
from handouts.layout.page import Block, Box, FigureFrame, Group, Item, Picture, Placed, Rule, Run, Symbol, Tag, Text
from handouts.layout.reuse import Layout
from handouts.layout.setting import Setting
from handouts.layout.stack import hash_rows

KINDS: tuple[type[Item], ...] = (Text, Box, Rule, FigureFrame)
"""Items whose fields are JSON data as they stand, but for the runs of a text."""

PICTURE, SYMBOL = range(len(KINDS), len(KINDS) + 2)


class Store(Protocol):
    """JSON data by name."""

    def find_data(self, name: str) -> Any:
        """Return the data of a name, or None."""

    def add_data(self, name: str, data: Any) -> None:
        """Take the data of a name."""


def recall_layout(setting: Setting, store: Store, name: str) -> Layout | None:
    """Let a setting know the layout that is kept under a name, and return it; None where there is none."""
    data = store.find_data(f"layout {name}")
    if data is None:
        return None
    try:
        key, layout = read_layout(data, lambda block: store.find_data(f"items {block}"))
    except KeyError:
        return None
    known: Layout = setting.layouts.setdefault(key, layout)
    return known


def add_layout(setting: Setting, store: Store, name: str, layout: Layout | None) -> None:
    """Keep a layout of a setting under a name, unless it has pictures of points."""
    key = next((key for key, known in setting.layouts.items() if known is layout), None)
    if layout is None or key is None:
        return
    with contextlib.suppress(ValueError):
        data, contents = write_layout(key, layout)
        for block, content in contents.items():
            store.add_data(f"items {block}", content)
        store.add_data(f"layout {name}", data)


def write_layout(key: Hashable, layout: Layout) -> tuple[Any, dict[str, Any]]:
    """Return a layout with its key, and what is in its shared blocks by key. ValueError for a picture of points."""
    contents: dict[str, Any] = {}
    pages = [[_write_placed(placed, contents) for placed in page] for page in layout.broken]
    return [key, pages, layout.bookmarks, layout.left_out, layout.dense], contents


def read_layout(data: Any, find: Callable[[str], Any]) -> tuple[Hashable, Layout]:
    """Return key and layout of `write_layout`; ``find`` gives the content of a block. KeyError where that is None."""
    key, pages, bookmarks, left_out, dense = data
    contents: dict[str, Any] = {}
    broken = tuple([tuple([_read_placed(placed, contents, find) for placed in page]) for page in pages])
    return _freeze(key), Layout(broken, _freeze(bookmarks), tuple(left_out), dense)


def _write_placed(placed: Placed, contents: dict[str, Any]) -> list[Any]:
    block = placed.block
    if block.parts:
        raise ValueError(f"{block.origin}: a block of blocks")
    if not block.personal and block.key not in contents:
        groups = [[group.role, group.key, group.numbering] for group in block.groups]
        contents[block.key] = [
            [_write_item(item, block.origin) for item in block.items],
            [_write_tag(tag) for tag in block.tags],
            groups,
        ]
    key = "" if block.personal else block.key
    look = [key, block.origin, block.width, block.height, block.before, block.keep_with_next, block.artifact]
    return [placed.x, placed.y, *look]


def _read_placed(data: Any, contents: dict[str, Any], find: Callable[[str], Any]) -> Placed:
    x, y, key, origin, width, height, before, keep, artifact = data
    items: tuple[Item, ...] = ()
    tags: tuple[Tag, ...] = ()
    groups: tuple[Group, ...] = ()
    if key:
        if key not in contents:
            content = find(key)
            if content is None:
                raise KeyError(key)
            contents[key] = _read_content(content)
        items, tags, groups = contents[key]
    block = Block(key or origin, origin, width, height, items, tags, groups, before, keep, not key, artifact)
    return Placed(block, x, y)


def _read_content(data: Any) -> tuple[tuple[Item, ...], tuple[Tag, ...], tuple[Group, ...]]:
    items, tags, groups = data
    return (
        tuple([_read_item(*item) for item in items]),
        tuple([_read_tag(*tag) for tag in tags]),
        tuple([Group(*group) for group in groups]),
    )


def _write_item(item: Item, origin: str) -> list[Any]:
    if isinstance(item, Text):
        runs = [[run.text, run.face, run.size, run.colour] for run in item.runs]
        return [0, item.x, item.y, item.width, runs, item.joins, item.link]
    if isinstance(item, Picture):
        drawing = write_drawings([item.drawing])
        return [PICTURE, item.x, item.y, item.scale, drawing, write_palette(item.palette)]
    if isinstance(item, Symbol):
        return [SYMBOL, item.x, item.y, item.size, len(item.rows[0]), hash_rows(item.rows), item.colour]
    if type(item) not in KINDS:
        raise ValueError(f"{origin}: {type(item).__name__} is not stored")
    return [KINDS.index(type(item)), *[getattr(item, name) for name in item.__slots__]]


def _read_item(kind: int, *values: Any) -> Item:
    if kind == 0:
        x, y, width, runs, joins, link = values
        return Text(x, y, width, tuple([Run(*run) for run in runs]), joins, link)
    if kind == PICTURE:
        x, y, scale, drawing, palette = values
        return Picture(x, y, scale, read_drawings(drawing)[0], read_palette(*palette))
    if kind == SYMBOL:
        x, y, size, count, modules, colour = values
        rows = [modules[place : place + count] for place in range(0, len(modules), count)]
        return Symbol(x, y, size, tuple([tuple([module == "1" for module in row]) for row in rows]), colour)
    return KINDS[kind](*map(_freeze, values))


def _write_tag(tag: Tag) -> list[Any]:
    kids = [kid if isinstance(kid, int) else _write_tag(kid) for kid in tag.children]
    rest = [tag.alt, tag.actual_text, tag.link, tag.scope, tag.columns, tag.rows, tag.numbering, tag.language]
    while rest and rest[-1] == _PLAIN[len(rest) - 1]:
        rest.pop()
    return [tag.role, kids, *rest]


_PLAIN = (None, None, None, None, 1, 1, None, None)


def _read_tag(role: str, kids: list[Any], *rest: Any) -> Tag:
    return Tag(role, tuple([kid if type(kid) is int else _read_tag(*kid) for kid in kids]), *rest)


def _freeze(value: Any) -> Any:
    """Return JSON data with tuples in place of lists."""
    return tuple(map(_freeze, value)) if type(value) is list else value
