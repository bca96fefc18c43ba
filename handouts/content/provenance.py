"""What rests on each source: statements, rows, cards and verdicts by their ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from handouts.content.library import Library


def list_resting(library: Library) -> Mapping[str, list[str]]:
    """Return the ids of what rests on each source, by its key: a verdict is named ``move/column``."""
    found: dict[str, list[str]] = {key: [] for key in library.sources}
    for id, keys in _iterate_grounds(library):
        for key in keys:
            if id not in found.setdefault(key, []):
                found[key].append(id)
    return found


def _iterate_grounds(library: Library) -> Iterator[tuple[str, tuple[str, ...]]]:
    groups = (library.sections, library.exercises, library.sleep, library.handouts)
    for item in (library.red_flags, *(item for group in groups for item in group.values())):
        yield from _visit(item.model_dump(), "red-flags")
    for move, row in library.moves.moves.items():
        for column, cell in row.items():
            yield f"{move}/{column}", cell.sources
    for also in library.moves.also:
        for move, cell in also.moves.items():
            yield f"{move}/{also.id}", cell.sources


def _visit(data: Any, id: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(data, dict):
        id = data["id"] if isinstance(data.get("id"), str) else id
        if data.get("sources"):
            yield id, tuple(data["sources"])
        for value in data.values():
            yield from _visit(value, id)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _visit(value, id)
