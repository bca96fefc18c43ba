"""A YAML file as plain data that knows where each key and value stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from handouts.diagnostics import Collector, Diagnostic, Span
from handouts.source.nodes import (
    COLLECTION,
    MOST_LEVELS,
    PLAIN,
    TEXT,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    compose_nodes,
    make_depth_error,
    make_span,
    make_tag_error,
)
from handouts.source.scalars import resolve_scalar
from handouts.source.text import check_text, read_text

DataPath = tuple[str | int, ...]
Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | float | bool | None"
_KEY_LIKE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}\Z")


class Places(Protocol):
    """Whatever knows where a key or a value stands: a document, a row of a table, settings of a command line."""

    def span(self, path: DataPath = (), key: bool = False) -> Span:
        """Return the place of a value, or of its key."""


PlaceSpan = Callable[[DataPath], Span]
"""Turns the way to a value (``("exercises", 0, "id")``) into its place in a file."""


class Document:
    """Plain data (``dict``, ``list``, ``str``, ``int``, ``float``, ``bool``, ``None``) with the place of every part.

    Positions are found when they are asked for, by composing the text again: a file without faults pays nothing.
    """

    __slots__ = ("_root", "data", "name", "text")

    def __init__(self, name: str, text: str, data: Plain) -> None:
        self.name = name
        self.text = text
        self.data: Any = data
        self._root: Node | None = None

    def span(self, path: DataPath = (), key: bool = False) -> Span:
        """Return where the value at ``path`` begins, or its key with ``key``; the nearest parent's place if missing.

        A path is keys and list positions from the top: ``("steps", 0, "text")``.
        """
        if self._root is None:
            self._root = compose_nodes(self.text, self.name, Collector())
        node = self._root
        if node is None:
            return Span(self.name)
        place: Node = node
        for step in path:
            pair = _find_child(node, step)
            if pair is None:
                return make_span(place, self.name)
            place = pair[0] if key else pair[1]
            node = pair[1]
        return make_span(place, self.name)


def read_document(path: Path, collector: Collector, name: str | None = None) -> Document | None:
    """Return the document of a UTF-8 YAML file, or None after reporting every problem. ``name`` stands in messages."""
    shown = str(path) if name is None else name
    text = read_text(path, shown, collector)
    return None if text is None else parse_document(text, shown, collector)


def parse_document(text: str, name: str, collector: Collector) -> Document | None:
    """Return the document of a YAML text, or None after reporting every problem."""
    if not check_text(text, name, collector):
        return None
    root = compose_nodes(text, name, collector)
    if root is None:
        return None
    found: list[Diagnostic] = []
    data = _build_data(root, name, found)
    collector.extend(found)
    return None if found else Document(name, text, data)


def _build_data(node: Node, name: str, found: list[Diagnostic], level: int = 0) -> Plain:
    """Return the plain data of a node; what is refused goes to ``found``."""
    if isinstance(node, ScalarNode):
        if node.tag == PLAIN:
            return resolve_scalar(node.value)
        if node.tag != TEXT:
            found.append(make_tag_error(node, name))
        return str(node.value)
    if node.tag != COLLECTION:
        found.append(make_tag_error(node, name))
        return None
    if level >= MOST_LEVELS:
        found.append(make_depth_error(make_span(node, name)))
        return None
    if isinstance(node, SequenceNode):
        return [_build_data(item, name, found, level + 1) for item in node.value]
    return _build_mapping(node, name, found, level)


def _build_mapping(node: Node, name: str, found: list[Diagnostic], level: int) -> dict[str, Plain]:
    data: dict[str, Plain] = {}
    for key_node, value_node in node.value:
        key = key_node.value
        if not isinstance(key_node, ScalarNode):
            found.append(_make_key_error(key_node, name))
        elif key in data:
            found.append(_make_duplicate_error(key_node, name))
        elif key == "<<" and key_node.tag == PLAIN:
            found.append(_make_merge_error(key_node, name))
        else:
            data[key] = _build_data(value_node, name, found, level + 1)
    return data


def _find_child(node: Node, step: str | int) -> tuple[Node, Node] | None:
    """Return the key node and the value node of one step; in a list both are the entry."""
    if isinstance(node, MappingNode):
        for key_node, value_node in node.value:
            if key_node.value == step:
                return key_node, value_node
    elif isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _make_key_error(node: Node, name: str) -> Diagnostic:
    hint = "put quotes round a text that begins with '{' or '['"
    return Diagnostic("yaml-key", "a key must be one word or text", make_span(node, name), hint=hint)


def _make_duplicate_error(node: ScalarNode, name: str) -> Diagnostic:
    shown = f"the key '{node.value}'" if _KEY_LIKE.match(node.value) else "this key"
    message = f"{shown} stands here a second time"
    return Diagnostic("yaml-duplicate-key", message, make_span(node, name), hint="keep one of the two")


def _make_merge_error(node: ScalarNode, name: str) -> Diagnostic:
    message = "merge keys ('<<') are not read here"
    return Diagnostic("yaml-merge-key", message, make_span(node, name), hint="write the keys out")
