"""Single statements and blocks of sections that a clinic switches off or replaces, named in its ``overlay.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import Any

from handouts.content.files import Piece
from handouts.dataclass import dataclass
from handouts.diagnostics import Collector, Diagnostic, Span
from handouts.source.document import DataPath, Places

HOLDERS = ("items", "rows", "points", "pairs")
"""Keys of a block that hold entries with an id."""


@dataclass(slots=True)
class PatchedPlaces:
    """Places of a section some of whose entries were taken out or replaced: each kept entry leads to its own place."""

    ground: Places
    moved: dict[DataPath, tuple[Places, DataPath]] = field(default_factory=dict)

    def span(self, path: DataPath = (), key: bool = False) -> Span:
        """Return where a value was written, or its key."""
        for length in range(len(path), 0, -1):
            found = self.moved.get(path[:length])
            if found is not None:
                places, start = found
                return places.span((*start, *path[length:]), key)
        return self.ground.span(path, key)


@dataclass(slots=True)
class Patch:
    """What a clinic changes inside sections: ids that are switched off, and statements by id with their places."""

    off: Mapping[str, Span]
    statements: Mapping[str, tuple[dict[str, Any], Places, DataPath]]
    used: set[str] = field(default_factory=set)

    def patch_pieces(self, pieces: Iterable[Piece], known_items: frozenset[str], collector: Collector) -> list[Piece]:
        """Return the pieces with the changes made, and report what changes nothing or would empty a section."""
        patched = [self._patch_section(piece, collector) if piece.kind == "section" else piece for piece in pieces]
        patched = [self._drop_blocks(piece) if piece.kind == "handout" else piece for piece in patched]
        ids = sorted({*known_items, *_list_ids(patched), *self.used})
        for id, span in self.off.items():
            if id not in self.used and id not in known_items:
                message = f"there is nothing with the id '{id}' to switch off"
                collector.add(Diagnostic("unknown-id", message, span, given=id, candidates=tuple(ids)))
        for id, (_, places, path) in self.statements.items():
            if id not in self.used:
                message = f"there is no statement '{id}' in a section that this could replace"
                span = places.span((*path, "id"))
                collector.add(Diagnostic("nothing-to-replace", message, span, given=id, candidates=tuple(ids)))
        return patched

    def _patch_section(self, piece: Piece, collector: Collector) -> Piece:
        blocks = piece.data.get("blocks")
        if not isinstance(blocks, list):
            return piece
        places = PatchedPlaces(piece.places)
        kept: list[Any] = []
        for number, block in enumerate(blocks):
            changed = self._patch_entry(block, ("blocks", number), ("blocks", len(kept)), places)
            if changed is not None:
                kept.append(changed)
        if not places.moved and len(kept) == len(blocks):
            return piece
        if not kept:
            message = f"nothing is left of the section '{piece.id}'"
            hint = f"switch off '{piece.id}' as a whole"
            collector.add(Diagnostic("section-empty", message, piece.span(), hint=hint))
            return piece
        return replace(piece, data={**piece.data, "blocks": kept}, places=places)

    def _patch_entry(self, entry: Any, old: DataPath, new: DataPath, places: PatchedPlaces) -> Any:
        """Return a block or an entry of one as the clinic wants it, None when it is switched off or left empty."""
        if not isinstance(entry, dict):
            return entry
        id = str(entry.get("id"))
        if id in self.off:
            self.used.add(id)
            return None
        places.moved[new] = (places.ground, old)
        if id in self.statements:
            self.used.add(id)
            change, origin, path = self.statements[id]
            for key in change:
                places.moved[(*new, key)] = (origin, (*path, key))
            entry = {**entry, **change}
        for key in HOLDERS:
            held = entry.get(key)
            if not isinstance(held, list):
                continue
            kept: list[Any] = []
            for number, part in enumerate(held):
                changed = self._patch_entry(part, (*old, key, number), (*new, key, len(kept)), places)
                if changed is not None:
                    kept.append(changed)
            if not kept:
                return None
            entry = {**entry, key: kept}
        return entry

    def _drop_blocks(self, piece: Piece) -> Piece:
        """Return a handout without the blocks that are switched off; a part that named nothing else goes."""
        parts = piece.data.get("parts")
        if not isinstance(parts, list) or not self.used:
            return piece
        places = PatchedPlaces(piece.places)
        kept: list[Any] = []
        for number, part in enumerate(parts):
            changed = self._drop_from_part(part)
            if changed is not None:
                places.moved["parts", len(kept)] = (piece.places, ("parts", number))
                kept.append(changed)
        return replace(piece, data={**piece.data, "parts": kept}, places=places)

    def _drop_from_part(self, part: Any) -> Any:
        if not isinstance(part, dict) or part.get("part") != "section":
            return part
        named = [key for key in ("blocks", "extra") if isinstance(part.get(key), list) and part[key]]
        changed = {**part, **{key: [id for id in part[key] if id not in self.off] for key in named}}
        return None if named and not any(changed[key] for key in named) else changed


def _list_ids(pieces: Iterable[Piece]) -> set[str]:
    """Return the ids of all blocks and entries of sections."""
    found: set[str] = set()
    for piece in pieces:
        blocks = piece.data.get("blocks") if piece.kind == "section" else None
        for block in blocks if isinstance(blocks, list) else ():
            if isinstance(block, dict):
                entries = [block, *(entry for key in HOLDERS for entry in block.get(key) or ())]
                found |= {str(entry["id"]) for entry in entries if isinstance(entry, dict) and "id" in entry}
    return found
