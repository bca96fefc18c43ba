"""Where the problems of a record stand."""

from __future__ import annotations

from collections.abc import Callable

from handouts.diagnostics import Span

PlaceSpan = Callable[[tuple[str | int, ...]], Span]
"""Turns the way to a value in the record (``("exercises", 0, "id")``) into its place in a file."""


def place_nowhere(path: tuple[str | int, ...]) -> Span:
    """Return a place that names the key only: for records that were not read from a file."""
    words = [f"[{step + 1}]" if isinstance(step, int) else step for step in path]
    return Span("record:" + ".".join(words).replace(".[", "["))
