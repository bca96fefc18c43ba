"""The rule of the red-flag box: its words are fixed, line by line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from handouts.content.files import Piece
from handouts.content.gate.material import Found, Material, read_data
from handouts.source.document import DataPath


def find_changed_warnings(material: Material) -> Iterator[Found]:
    """Find lines of the red-flag box that are not the fixed ones, and fixed ones that are missing."""
    fixed = read_data("red-flags.yaml").data
    for piece in material.pieces:
        if piece.kind != "red-flags":
            continue
        seen = set()
        for name, text, path in list_warnings(piece):
            seen.add(name)
            digest = digest_warning(text)
            if name not in fixed:
                hint = f"once a clinician has agreed, add '{name}: {digest}' to gate/data/red-flags.yaml"
                yield Found(piece.span(path), f"the line '{name}' is not one of the fixed red-flag text", hint)
            elif fixed[name] != digest:
                hint = f"put the old words back; once a clinician has agreed to new ones, set '{name}: {digest}' there"
                message = f"the words of '{name}' are not the fixed ones of gate/data/red-flags.yaml"
                yield Found(piece.span(path), message, hint)
        for name in fixed:
            if name not in seen:
                tier = name.split("-")[0]
                span = piece.span((tier, "items") if tier in ("now", "today") else (), True)
                yield Found(span, f"the red-flag line '{name}' is missing", "put it back: no line may be taken out")


def list_warnings(piece: Piece) -> Iterator[tuple[str, str, DataPath]]:
    """Go through all words of the box: a name, the words and the path."""
    data: dict[str, Any] = piece.data
    for tier in ("now", "today"):
        for key in ("title", "lead"):
            if isinstance(data[tier].get(key), str):
                yield f"{tier}-{key}", data[tier][key], (tier, key)
        for key in ("items", "extra"):
            for number, entry in enumerate(data[tier].get(key) or ()):
                yield entry["id"], entry["text"], (tier, key, number, "text")
    yield "today-short", data["today_short"], ("today_short",)
    yield data["last"]["id"], data["last"]["text"], ("last", "text")


def digest_warning(text: str) -> str:
    """Return 16 hexadecimal digits of a line's words, whatever spaces are between them."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8")).hexdigest()[:16]
