"""Where the problems of a record stand."""

from __future__ import annotations

from handouts.diagnostics import Span
from handouts.source.document import DataPath


def place_nowhere(path: DataPath) -> Span:
    """Return a place that names the key only: for records that were not read from a file."""
    words = [f"[{step + 1}]" if isinstance(step, int) else step for step in path]
    return Span("record:" + ".".join(words).replace(".[", "["))
