"""Which figures a library shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handouts.content.form import Form
from handouts.content.library import Library

FIGURE_KEYS = ("figure", "figure_easier", "figure_harder")


def list_shown_figures(library: Library) -> frozenset[str]:
    """Return the ids of all figures that cards, sleep positions and sections name."""
    return frozenset(_find((*library.sections.values(), *library.exercises.values(), *library.sleep.values())))


def _find(value: Any) -> Iterator[str]:
    if isinstance(value, tuple):
        for entry in value:
            yield from _find(entry)
    elif isinstance(value, Form):
        for key, entry in vars(value).items():
            if key in FIGURE_KEYS and isinstance(entry, str):
                yield entry
            else:
                yield from _find(entry)
