"""Paints a QR symbol as the outline of its dark areas, so that no light line shows between modules."""

from __future__ import annotations

from handouts.layout.page import Symbol
from handouts.pdf.pen import Pen

Point = tuple[int, int]


def paint_symbol(pen: Pen, symbol: Symbol, floor: float) -> None:
    """Paint a QR symbol as one area; ``floor`` is the height of the block, from which y is counted upwards."""
    count = len(symbol.rows)
    module = symbol.size / count
    pen.save()
    pen.set_fill(symbol.colour)
    pen.scale_to(round(module, 4), round(-module, 4), symbol.x, floor - symbol.y)
    pen.draw_path(trace_modules(symbol.rows), fill=True, stroke=False)
    pen.restore()


def trace_modules(rows: tuple[tuple[bool, ...], ...]) -> list[str]:
    """Return the outline of the dark areas as closed polygons along module edges.

    Every edge between dark and light is walked once, with dark on its right, so the winding rule fills the dark alone
    and touching modules have no seam.
    """
    edges: dict[Point, list[Point]] = {}
    size = len(rows)

    def dark(x: int, y: int) -> bool:
        return 0 <= y < size and 0 <= x < len(rows[y]) and rows[y][x]

    for y in range(size):
        for x in range(len(rows[y])):
            if not rows[y][x]:
                continue
            for beside, start, end in (
                (dark(x, y - 1), (x, y), (x + 1, y)),
                (dark(x + 1, y), (x + 1, y), (x + 1, y + 1)),
                (dark(x, y + 1), (x + 1, y + 1), (x, y + 1)),
                (dark(x - 1, y), (x, y + 1), (x, y)),
            ):
                if not beside:
                    edges.setdefault(start, []).append(end)
    outlines = []
    while edges:
        first = next(iter(edges))
        outlines.append(trace_edges(walk_edges(edges, first)))
    return outlines


def walk_edges(edges: dict[Point, list[Point]], first: Point) -> list[Point]:
    """Take one closed walk out of the edges and return its corners in order."""
    points = [first]
    before = (0, 0)
    while True:
        here = points[-1]
        ways = edges[here]
        # Where two dark modules touch at a corner, turn right, so that each keeps to its own outline.
        turn = (here[0] - before[1], here[1] + before[0])
        way = turn if turn in ways else ways[0]
        ways.remove(way)
        if not ways:
            del edges[here]
        before = (way[0] - here[0], way[1] - here[1])
        if way == first:
            return points
        points.append(way)


def trace_edges(points: list[Point]) -> str:
    """Return a closed polygon without the corners that lie on a straight edge."""
    corners = [
        point
        for before, point, after in zip([points[-1], *points[:-1]], points, [*points[1:], points[0]], strict=True)
        if (before[0] == point[0]) != (point[0] == after[0])
    ]
    steps = [f"{x} {y} {'l' if index else 'm'}" for index, (x, y) in enumerate(corners)]
    return " ".join(steps) + " h"
