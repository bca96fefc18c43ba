"""A clinic's folder laid over the bundled library: items added, replaced where that is said, or switched off."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from handouts.content.files import OVERLAY_FILE, Piece, name_file, read_pieces
from handouts.content.form import Form, field
from handouts.content.models import Id, Statement
from handouts.content.patches import Patch
from handouts.content.validation import validate_data
from handouts.dataclass import dataclass
from handouts.diagnostics import Collector, Diagnostic, Span
from handouts.source.document import DataPath, Places, read_document

REPLACES = "replaces"
ITEM_KINDS = ("section", "exercise", "sleep", "handout")

_LISTS = {
    ("conditions", "conditions"): "id",
    ("default-sets", "sets"): "id",
    ("sources", "sources"): "key",
    ("glossary", "terms"): "term",
    ("moves", "columns"): "id",
    ("moves", "also"): "id",
}
"""Lists that are laid over entry by entry, and the key that names an entry."""

_MAPPINGS = {("moves", "moves"), ("locale", "words")}
"""Mappings that are laid over key by key."""


class OverlayFile(Form):
    """The file ``overlay.yaml`` of a clinic's folder."""

    off: tuple[Id, ...] = field(
        default=(), description="Ids of sections, cards, handouts, or of blocks and lines of sections."
    )
    statements: tuple[Statement, ...] = field(
        default=(), description="Lines of sections in the clinic's own words, by id."
    )


@dataclass(slots=True)
class Patchwork:
    """Places of data that was put together from two files: the longest known beginning of a path decides."""

    ground: Places
    patches: dict[DataPath, tuple[Places, DataPath]] = dataclasses.field(default_factory=dict)

    def span(self, path: DataPath = (), key: bool = False) -> Span:
        """Return where a value stands in the file that it came from, or its key."""
        for length in range(len(path), 0, -1):
            patch = self.patches.get(path[:length])
            if patch is not None:
                places, start = patch
                return places.span((*start, *path[length:]), key)
        return self.ground.span(path, key)


def lay_over(pieces: list[Piece], folder: Path, collector: Collector) -> tuple[list[Piece], frozenset[str]]:
    """Return the pieces with a clinic's folder laid over them, and the ids that the clinic switched off."""
    laid = {(piece.kind, piece.id): piece for piece in pieces}
    for piece in read_pieces(folder, collector):
        place = (piece.kind, piece.id)
        if piece.kind == "red-flags":
            message = "the red-flag box is the same everywhere: it cannot be replaced"
            collector.add(Diagnostic("red-flags-fixed", message, piece.span(), hint="delete this file"))
        elif piece.kind in ITEM_KINDS:
            laid[place] = _lay_item(laid.get(place), piece, collector)
        else:
            laid[place] = _lay_collection(laid[place], piece, collector) if place in laid else piece
    pieces = list(laid.values())
    items = frozenset(id for kind, id in laid if kind in ITEM_KINDS)
    patch = _read_changes(folder, collector)
    if patch is None:
        return pieces, frozenset()
    return patch.patch_pieces(pieces, items, collector), frozenset(patch.off) & items


def _lay_item(old: Piece | None, new: Piece, collector: Collector) -> Piece:
    said = new.data.get(REPLACES)
    data = {key: value for key, value in new.data.items() if key != REPLACES}
    if old is not None and said is not True:
        collector.add(_make_replace_error(f"the {new.kind} '{new.id}'", new.span()))
    elif old is None and said is not None:
        message = f"there is no {new.kind} '{new.id}' in the library that this could replace"
        hint = f"leave '{REPLACES}' out to add a new one"
        collector.add(Diagnostic("nothing-to-replace", message, new.span((REPLACES,), key=True), hint=hint))
    return Piece(new.kind, new.id, data, new.places)


def _lay_collection(old: Piece, new: Piece, collector: Collector) -> Piece:
    """Return a file of many entries with a clinic's file of the same name laid over it."""
    said = new.data.get(REPLACES) is True
    data: dict[str, Any] = dict(old.data)
    places = Patchwork(old.places)
    for key, value in new.data.items():
        if key == REPLACES:
            continue
        name = _LISTS.get((old.kind, key))
        if name is not None and isinstance(value, list) and isinstance(data.get(key), list):
            data[key] = _lay_list(data[key], value, key, name, (old, new), places, collector)
        elif (old.kind, key) in _MAPPINGS and isinstance(value, dict) and isinstance(data.get(key), dict):
            data[key] = _lay_mapping(data[key], value, key, new, places, collector)
        else:
            if key in data and data[key] != value and not said:
                collector.add(_make_replace_error(f"'{key}'", new.span((key,), key=True), "of this file"))
            data[key] = value
            places.patches[(key,)] = (new.places, (key,))
    return Piece(old.kind, old.id, data, places)


def _lay_list(
    old: list[Any],
    new: list[Any],
    key: str,
    name: str,
    pieces: tuple[Piece, Piece],
    places: Patchwork,
    collector: Collector,
) -> list[Any]:
    """Return a clinic's entries before the library's, so that the clinic's default sets are looked at first."""
    below, above = pieces
    ids = {entry.get(name) for entry in old if isinstance(entry, dict)}
    taken = set()
    entries: list[tuple[Any, Places, DataPath]] = []
    for number, entry in enumerate(new):
        if isinstance(entry, dict):
            if entry.get(name) in ids and entry.get(REPLACES) is not True:
                collector.add(_make_replace_error("this entry", above.span((key, number)), "of the entry"))
            taken.add(entry.get(name))
            entry = {part: value for part, value in entry.items() if part != REPLACES}  # noqa: PLW2901
        entries.append((entry, above.places, (key, number)))
    for number, entry in enumerate(old):
        if not isinstance(entry, dict) or entry.get(name) not in taken:
            entries.append((entry, below.places, (key, number)))
    for number, (_, origin, path) in enumerate(entries):
        places.patches[(key, number)] = (origin, path)
    return [entry for entry, _, _ in entries]


def _lay_mapping(
    old: Mapping[str, Any], new: Mapping[str, Any], key: str, above: Piece, places: Patchwork, collector: Collector
) -> dict[str, Any]:
    laid = dict(old)
    whole = above.data.get(REPLACES) is True
    for name, value in new.items():
        said = value.get(REPLACES) is True if isinstance(value, dict) else whole
        if name in old and not said:
            where = "of the entry" if isinstance(value, dict) else "of this file"
            collector.add(_make_replace_error(f"'{name}'", above.span((key, name), key=True), where))
        laid[name] = (
            {part: entry for part, entry in value.items() if part != REPLACES} if isinstance(value, dict) else value
        )
        places.patches[(key, name)] = (above.places, (key, name))
    return laid


def _make_replace_error(what: str, span: Span, where: str = "of this file") -> Diagnostic:
    message = f"{what} is in the library already"
    hint = f"to replace it, write '{REPLACES}: true' among the keys {where}; else take another id"
    return Diagnostic("replace-unsaid", message, span, hint=hint)


def _read_changes(folder: Path, collector: Collector) -> Patch | None:
    """Return what ``overlay.yaml`` switches off and replaces; None without one, or when it is faulty."""
    path = folder / OVERLAY_FILE
    if not os.path.lexists(path):
        return None
    document = read_document(path, collector, name_file(path))
    checked = None if document is None else validate_data(document.data, OverlayFile, document, collector)
    if document is None or checked is None:
        return None
    off = {id: document.span(("off", number)) for number, id in enumerate(checked.off)}
    if "red-flags" in off:
        message = "the red-flag box cannot be switched off"
        collector.add(Diagnostic("red-flags-fixed", message, off.pop("red-flags"), hint="delete this entry"))
    statements = {
        entry.id: (dict(document.data["statements"][number]), document, ("statements", number))
        for number, entry in enumerate(checked.statements)
    }
    return Patch(off, statements)
