"""How much room items take: for the boxes of figures and links."""

from __future__ import annotations

from handouts.layout.page import Box, FigureFrame, Item, Picture, Raster, Rule, Symbol, Text
from handouts.typeset.fonts import FontSet

Edges = tuple[float, float, float, float]


def measure_item(item: Item, fonts: FontSet) -> Edges:
    """Return the edges (left, top, right, bottom) of an item in its block."""
    if isinstance(item, Text):
        faces = [(fonts.face(run.face), run.size) for run in item.runs]
        rise = max((face.ascender * size / 1000 for face, size in faces), default=0.0)
        fall = max((-face.descender * size / 1000 for face, size in faces), default=0.0)
        return item.x, item.y - rise, item.x + item.width, item.y + fall
    if isinstance(item, Rule):
        return min(item.x1, item.x2), min(item.y1, item.y2), max(item.x1, item.x2), max(item.y1, item.y2)
    if isinstance(item, Picture):
        drawing = item.drawing
        return item.x, item.y, item.x + drawing.width * item.scale, item.y + drawing.height * item.scale
    if isinstance(item, FigureFrame):
        return item.x, item.y, item.x + item.width * item.scale, item.y + item.height * item.scale
    if isinstance(item, Symbol):
        return item.x, item.y, item.x + item.size, item.y + item.size
    if isinstance(item, Box | Raster):
        return item.x, item.y, item.x + item.width, item.y + item.height
    raise TypeError(f"not an item: {item!r}")


def unite(boxes: list[Edges]) -> Edges:
    """Return the edges of the smallest rectangle that holds all others."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def join_lines(boxes: list[Edges]) -> list[Edges]:
    """Return rectangles in order, those that stand on one line united."""
    joined: list[Edges] = []
    for box in boxes:
        if joined and joined[-1][1] < (box[1] + box[3]) / 2 < joined[-1][3]:
            joined[-1] = unite([joined[-1], box])
        else:
            joined.append(box)
    return joined
