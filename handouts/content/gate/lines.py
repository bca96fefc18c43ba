"""The words of a library file by file, each with what it is on the page and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from handouts.content.files import Piece
from handouts.dataclass import dataclass
from handouts.source.document import DataPath

Role = Literal["heading", "body", "item", "cell", "label", "alt", "warning"]
"""``body`` is running text, ``item`` a line of a list (a sentence of its own); ``label`` are a few words before others.

``warning`` are the lines of the red-flag box, ``alt`` what people hear in place of a picture.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """Words that may be printed; ``id`` is the statement's, else that of the part around it."""

    text: str
    role: Role
    id: str
    piece: Piece
    path: DataPath

    @property
    def conditional(self) -> bool:
        """Whether only some people get these words: they, or a part around them, stand under ``when``."""
        return is_conditional(self.piece.data, self.path)


def is_conditional(data: Any, path: DataPath) -> bool:
    """Return whether a place of the data, or a mapping around it, has a ``when``."""
    for step in path:
        if isinstance(data, dict) and data.get("when"):
            return True
        data = data[step]
    return isinstance(data, dict) and bool(data.get("when"))


_KEYS: dict[str, dict[str, Role]] = {
    "section": {
        "title": "heading",
        "text": "item",
        "lead": "label",
        "caption": "heading",
        "columns": "label",
        "cells": "cell",
        "label": "label",
        "topic": "heading",
        "easier": "item",
        "harder": "item",
        "question": "heading",
        "alt": "alt",
        "alt_easier": "alt",
        "alt_harder": "alt",
    },
    "exercise": {"title": "heading", "position": "label", "alt": "alt", "text": "item"},
    "sleep": {"title": "heading", "alt": "alt", "text": "item"},
    "handout": {"title": "heading", "text": "item"},
    "red-flags": {"title": "warning", "lead": "warning", "text": "warning", "today_short": "warning"},
    "conditions": {"title": "label"},
    "glossary": {"meaning": "label"},
}
"""Keys whose words are printed, by kind of file."""

_BODY_BLOCKS = frozenset({"paragraph"})


def list_lines(piece: Piece) -> Iterator[Line]:
    """Go through the printed words of a file in its order."""
    roles = _KEYS.get(piece.kind)
    if roles is not None:
        yield from _visit(piece, piece.data, (), piece.id, roles)
    if piece.kind == "locale":
        yield from _list_page_words(piece)


def _list_page_words(piece: Piece) -> Iterator[Line]:
    """Go through the words of the page itself; those by number have a text each."""
    for name, words in piece.data["words"].items():
        for key, text in words.items() if isinstance(words, dict) else ((None, words),):
            yield Line(str(text), "label", name, piece, ("words", name) if key is None else ("words", name, key))


def _visit(piece: Piece, data: Any, path: DataPath, id: str, roles: dict[str, Role]) -> Iterator[Line]:
    if isinstance(data, dict):
        inner = data["id"] if isinstance(data.get("id"), str) else id
        is_body = data.get("kind") in _BODY_BLOCKS or "question" in data
        for key, value in data.items():
            role = roles.get(key)
            if role == "item" and is_body and key == "text":
                role = "body"
            place = (*path, key)
            if role is None or isinstance(value, dict):
                yield from _visit(piece, value, place, inner, roles)
            elif isinstance(value, str):
                yield Line(value, role, inner, piece, place)
            elif isinstance(value, list):
                yield from _visit_list(piece, value, place, inner, role, roles)
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _visit(piece, value, (*path, number), id, roles)


def _visit_list(
    piece: Piece, data: list[Any], path: DataPath, id: str, role: Role, roles: dict[str, Role]
) -> Iterator[Line]:
    for number, value in enumerate(data):
        if isinstance(value, str):
            yield Line(value, role, id, piece, (*path, number))
        else:
            yield from _visit(piece, value, (*path, number), id, roles)
