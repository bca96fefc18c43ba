"""Rules of what the words rest on, and of what nothing uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handouts.content.files import Piece
from handouts.content.gate.material import Found, Material
from handouts.source.document import DataPath


def find_missing_sources(material: Material) -> Iterator[Found]:
    """Find statements that claim a guideline and name none."""
    for piece in material.pieces:
        yield from _visit_marks(piece, piece.data, ())


def _visit_marks(piece: Piece, data: Any, path: DataPath) -> Iterator[Found]:
    if isinstance(data, dict):
        mark = data.get("mark")
        if mark == "guideline" and not data.get("sources"):
            hint = "add 'sources: [KEY]', or 'mark: general-knowledge' when it rests on none"
            yield Found(piece.span((*path, "mark")), "the mark 'guideline' names no source", hint)
        for key, value in data.items():
            yield from _visit_marks(piece, value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _visit_marks(piece, value, (*path, number))


def find_unused_sources(material: Material) -> Iterator[Found]:
    """Find sources that no statement rests on."""
    used = {name for piece in material.pieces for name in _list_names(piece.data, "sources")}
    used |= {name for ledger in material.evidence for name in _list_names(ledger.data, "sources")}
    for number, (piece, entry) in enumerate(_list_entries(material, "sources", "sources")):
        if entry["key"] not in used:
            span = piece.span(("sources", number, "key"))
            yield Found(span, f"nothing rests on the source '{entry['key']}'", "name it where it is used, or delete it")


def find_unused_terms(material: Material) -> Iterator[Found]:
    """Find words of the glossary that nothing in the library uses."""
    texts = " ".join(
        text.casefold() for piece in material.pieces if piece.kind != "glossary" for text in _list_texts(piece.data)
    )
    for number, (piece, entry) in enumerate(_list_entries(material, "glossary", "terms")):
        if entry["term"].casefold() not in texts:
            span = piece.span(("terms", number, "term"))
            yield Found(span, f"nothing uses the word '{entry['term']}'", "delete it from the glossary")


def _list_entries(material: Material, kind: str, key: str) -> Iterator[tuple[Piece, dict[str, Any]]]:
    for piece in material.pieces:
        if piece.kind == kind:
            for entry in piece.data[key]:
                yield piece, entry


def _list_names(data: Any, key: str) -> Iterator[str]:
    """Go through the names of all lists under a key, wherever it stands."""
    if isinstance(data, dict):
        for name, value in data.items():
            if name == key and isinstance(value, list):
                yield from (entry for entry in value if isinstance(entry, str))
            yield from _list_names(value, key)
    elif isinstance(data, list):
        for value in data:
            yield from _list_names(value, key)


def _list_texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _list_texts(value)
