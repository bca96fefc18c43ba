"""Small signs, 24 units square, from path data in a file."""

from __future__ import annotations

import re
from typing import Any

from handouts.diagnostics import ContentError, Diagnostic
from handouts.figure.shapes import Drawing, Segment, Shape
from handouts.source.document import Document

SIZE = 24.0
_TOKEN = re.compile(r"[MLCZ]|-?\d+(?:\.\d+)?")
_COUNT = {"M": 2, "L": 2, "C": 6, "Z": 0}


def parse_path(text: str) -> tuple[Segment, ...]:
    """Return the segments of path data with absolute M, L, C and Z; ValueError for anything else."""
    if _TOKEN.sub("", text).strip(" ,\n"):
        raise ValueError("only M, L, C, Z and numbers are read")
    segments: list[Segment] = []
    kind = ""
    numbers: list[float] = []
    for token in _TOKEN.findall(text):
        if token in _COUNT:
            if numbers:
                raise ValueError(f"'{kind}' has too few numbers")
            kind = token
            if kind == "Z":
                segments.append(Segment("Z", ()))
            continue
        numbers.append(float(token))
        if len(numbers) == _COUNT.get(kind, -1):
            segments.append(Segment(kind, tuple(numbers)))
            numbers = []
            kind = "L" if kind == "M" else kind
    if numbers or not segments or segments[0].kind != "M":
        raise ValueError("a path begins with M, and every letter has its numbers")
    return tuple(segments)


def read_icon(document: Document, icon_id: str) -> Drawing:
    """Return the icon of a document; KeyError when it is not there, ContentError when its path cannot be read."""
    entries: list[dict[str, Any]] = document.data[icon_id]
    shapes = []
    for i, entry in enumerate(entries):
        try:
            segments = parse_path(entry["path"])
        except (ValueError, KeyError) as error:
            raise ContentError(
                Diagnostic("icon-path", f"this path cannot be read: {error}", document.span((icon_id, i)))
            ) from error
        shapes.append(Shape(segments, entry.get("fill"), entry.get("stroke"), float(entry.get("line", 1.5))))
    return Drawing(SIZE, SIZE, tuple(shapes), head=0.0)
