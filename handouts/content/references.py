"""Names that point at something else in the library, and names that must be given once only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field
from typing import Any

from handouts.content.files import Piece
from handouts.dataclass import dataclass
from handouts.diagnostics import Collector, Diagnostic, Span
from handouts.source.document import DataPath

POINTERS: dict[str, tuple[str, ...]] = {
    "conditions": ("condition",),
    "uncleared": ("condition",),
    "best_for": ("condition",),
    "exercises": ("exercise",),
    "moves": ("exercise",),
    "reserves": ("exercise",),
    "reserve_rules": ("exercise",),
    "leaves_out": ("exercise",),
    "any_week_of_pregnancy": ("exercise",),
    "sources": ("source",),
    "safe_for": ("column", "condition without a column"),
    "column": ("column",),
    "section": ("section",),
}
"""Keys whose value, a name or a list of names, points at something of these kinds, wherever they stand.

A mapping there has such names as its keys.
"""

PLACEHOLDERS = ("clinic", "emergency_number", "emergency_place", "out_of_hours", "phone", "website")
SIDE_PLACEHOLDERS = ("one", "other")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_WORDED = frozenset({"section", "exercise", "sleep", "handout", "red-flags", "conditions", "glossary"})
_STATED = frozenset({"section", "exercise", "sleep", "handout", "red-flags"})
_ENTRIES = {
    "conditions": (("condition", "conditions", "id"),),
    "default-sets": (("set", "sets", "id"),),
    "sources": (("source", "sources", "key"),),
    "glossary": (("term", "terms", "term"),),
    "moves": (("column", "columns", "id"), ("condition without a column", "also", "id")),
}


@dataclass(slots=True)
class Index:
    """Every id of a library by kind, with the piece and the path where it stands."""

    known: dict[str, dict[str, tuple[Piece, DataPath]]] = field(default_factory=dict)

    def add(self, kind: str, id: str, piece: Piece, path: DataPath, collector: Collector) -> None:
        """Keep an id; one that is there already is reported with the place of the first."""
        ids = self.known.setdefault(kind, {})
        if id in ids:
            first, first_path = ids[id]
            message = f"the {kind} id '{id}' is used a second time"
            hint = f"the first stands at {first.span(first_path)}"
            collector.add(Diagnostic("duplicate-id", message, piece.span(path), hint=hint))
            return
        ids[id] = (piece, path)

    def get_ids(self, kind: str) -> tuple[str, ...]:
        """Return all ids of a kind, in the order of the files."""
        return tuple(self.known.get(kind, ()))

    def find_place(self, kind: str, id: str) -> Span | None:
        """Return where an id is given, or None."""
        found = self.known.get(kind, {}).get(id)
        return None if found is None else found[0].span(found[1])


def build_index(pieces: Iterable[Piece], collector: Collector) -> Index:
    """Return the index of all ids; a name given twice and a file not named for its id are reported."""
    index = Index()
    for piece in pieces:
        if piece.kind in _ENTRIES:
            for kind, key, name in _ENTRIES[piece.kind]:
                entries = piece.data.get(key)
                for number, entry in enumerate(entries if isinstance(entries, list) else ()):
                    if isinstance(entry, dict) and isinstance(entry.get(name), str):
                        index.add(kind, entry[name], piece, (key, number, name), collector)
            continue
        index.add(piece.kind, piece.id, piece, ("id",), collector)
        given = piece.data.get("language" if piece.kind == "locale" else "id")
        if isinstance(given, str) and given != piece.id:
            key = "language" if piece.kind == "locale" else "id"
            message = f"the file is named '{piece.id}', its {key} is '{given}'"
            collector.add(Diagnostic("file-name", message, piece.span((key,)), hint="give both the same name"))
    return index


def check_references(pieces: Iterable[Piece], index: Index, collector: Collector) -> None:
    """Report every name that points at nothing, every statement id given twice, every placeholder that is not known."""
    for piece in pieces:
        _Walk(piece, index, collector).visit(piece.data, [], "")


@dataclass(slots=True)
class _Walk:
    """A walk through one piece."""

    piece: Piece
    index: Index
    collector: Collector

    def visit(self, data: Any, path: list[str | int], owner: str) -> None:
        """Look at a value and everything below it; ``owner`` is the key of the list or mapping around it."""
        if isinstance(data, str):
            self._check_words(data, path)
        elif isinstance(data, list):
            for number, value in enumerate(data):
                path.append(number)
                self.visit(value, path, owner)
                path.pop()
        elif isinstance(data, dict):
            for key, value in data.items():
                path.append(key)
                self._visit_value(key, value, path, owner)
                path.pop()
            if self.piece.kind == "handout" and ("blocks" in data or "extra" in data):
                self._check_blocks(data, path)

    def _visit_value(self, key: str, value: Any, path: list[str | int], owner: str) -> None:
        if key == "id" and len(path) > 1 and owner != "versions" and self.piece.kind in _STATED:
            self._keep_id(value, path)
        elif key in POINTERS and self.piece.kind != "locale":
            self._check_names(value, POINTERS[key], path)
        elif key == "id" and owner == "also":
            self._check_names(value, ("condition",), path)
        else:
            self.visit(value, path, key)

    def _keep_id(self, value: Any, path: list[str | int]) -> None:
        if isinstance(value, str):
            self.index.add("statement", value, self.piece, tuple(path), self.collector)

    def _check_names(self, value: Any, kinds: tuple[str, ...], path: list[str | int]) -> None:
        """Report names that are not known; what is no name (the entries of conditions.yaml) is walked through."""
        if isinstance(value, str):
            self._check_name(value, kinds, path)
        elif isinstance(value, list) and not any(isinstance(entry, dict) for entry in value):
            for number, entry in enumerate(value):
                if isinstance(entry, str):
                    self._check_name(entry, kinds, [*path, number])
        else:
            for name in value if isinstance(value, dict) else ():
                self._check_name(name, kinds, [*path, name], key=True)
            self.visit(value, path, str(path[-1]))

    def _check_name(self, name: str, kinds: tuple[str, ...], path: list[str | int], key: bool = False) -> None:
        if any(name in self.index.known.get(kind, {}) for kind in kinds):
            return
        message = f"there is no {' or '.join(kinds)} '{name}'"
        known = tuple(id for kind in kinds for id in self.index.get_ids(kind))
        span = self.piece.span(tuple(path), key)
        self.collector.add(Diagnostic("unknown-id", message, span, given=name, candidates=known))

    def _check_blocks(self, part: dict[str, Any], path: list[str | int]) -> None:
        """Report blocks that the section of a handout's part does not have, and sleep cards that there are not."""
        section = part.get("section")
        if part.get("part") == "sleep":
            ids = self.index.get_ids("sleep")
            message = "there is no sleep position"
        else:
            found = self.index.known.get("section", {}).get(section) if isinstance(section, str) else None
            if found is None:
                return
            held = found[0].data.get("blocks")
            blocks = [block.get("id") for block in held if isinstance(block, dict)] if isinstance(held, list) else []
            ids = tuple(id for id in blocks if isinstance(id, str))
            message = f"the section '{section}' has no block"
        for key in ("blocks", "extra"):
            names = part.get(key)
            for number, name in enumerate(names if isinstance(names, list) else ()):
                if isinstance(name, str) and name not in ids:
                    span = self.piece.span((*path, key, number))
                    found_message = f"{message} '{name}'"
                    self.collector.add(Diagnostic("unknown-id", found_message, span, given=name, candidates=tuple(ids)))

    def _check_words(self, text: str, path: list[str | int]) -> None:
        if self.piece.kind not in _WORDED:
            return
        if text.count("**") % 2:
            message = "bold is opened with '**' and not closed"
            self.collector.add(Diagnostic("bold-open", message, self.piece.span(tuple(path))))
        if "{" not in text and "}" not in text:
            return
        allowed = PLACEHOLDERS + (SIDE_PLACEHOLDERS if self.piece.kind in ("exercise", "sleep") else ())
        for name in _PLACEHOLDER.findall(text):
            if name not in allowed:
                message = f"'{{{name}}}' is no placeholder"
                span = self.piece.span(tuple(path))
                self.collector.add(Diagnostic("unknown-placeholder", message, span, given=name, candidates=allowed))
        if "{" in _PLACEHOLDER.sub("", text) or "}" in _PLACEHOLDER.sub("", text):
            message = "a '{' or '}' stands alone"
            hint = "placeholders are written {phone}"
            self.collector.add(Diagnostic("unknown-placeholder", message, self.piece.span(tuple(path)), hint=hint))
