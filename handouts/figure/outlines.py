"""Smooth outlines: a few points become cubic curves; a bone line with girths becomes one closed limb."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import atan2, degrees, hypot, radians, tan
from typing import NamedTuple

from handouts.figure.shapes import Segment
from handouts.figure.vectors import Point

FLAT = 0.16  # a curve whose handles lie nearer to its chord is seen as a straight line


class Knot(NamedTuple):
    """A point of an outline; at a corner the curve breaks its direction."""

    point: Point
    corner: bool = False
    straight: bool = False


class Slice(NamedTuple):
    """A station of a limb as seen: middle, and the reach to the left and to the right of the bone line."""

    middle: Point
    left: float
    right: float
    joint: bool = False


def _direction(a: Point, b: Point) -> Point:
    dx, dy = b[0] - a[0], b[1] - a[1]
    size = hypot(dx, dy)
    return (dx / size, dy / size) if size > 1e-9 else (1.0, 0.0)


def _tangent(before: Point, here: Point, after: Point) -> Point:
    a, b = hypot(here[0] - before[0], here[1] - before[1]), hypot(after[0] - here[0], after[1] - here[1])
    if a < 1e-9 or b < 1e-9:
        return _direction(before, after)
    # Weighted so that a long neighbour does not pull the curve away from a short one.
    x = (here[0] - before[0]) / a * b + (after[0] - here[0]) / b * a
    y = (here[1] - before[1]) / a * b + (after[1] - here[1]) / b * a
    size = hypot(x, y)
    return (x / size, y / size) if size > 1e-9 else _direction(before, after)


def trace(knots: Sequence[Knot], closed: bool = True) -> tuple[Segment, ...]:
    """Return the smooth outline through knots."""
    count = len(knots)
    tangents: list[tuple[Point, Point]] = []
    for i, knot in enumerate(knots):
        ends = not closed and i in (0, count - 1)
        before, after = knots[i - 1].point, knots[(i + 1) % count].point
        if knot.corner or ends:
            incoming = _direction(before, knot.point) if closed or i else (0.0, 0.0)
            outgoing = _direction(knot.point, after) if closed or i < count - 1 else (0.0, 0.0)
            tangents.append((incoming, outgoing))
        else:
            if knot.straight:
                both = _direction(knot.point, after)
            elif knots[i - 1].straight and (closed or i):
                both = _direction(before, knot.point)
            else:
                both = _tangent(before, knot.point, after)
            tangents.append((both, both))
    segments = [Segment("M", knots[0].point)]
    last = count if closed else count - 1
    for i in range(last):
        a, b = knots[i], knots[(i + 1) % count]
        if a.straight:
            segments.append(Segment("L", b.point))
            continue
        (x1, y1), (x2, y2) = a.point, b.point
        third = hypot(x2 - x1, y2 - y1) / 3.0
        out, into = tangents[i][1], tangents[(i + 1) % count][0]
        # A corner's own direction would be the chord: bend it with the other end instead.
        if a.corner and not b.corner:
            out = _reflect(into, _direction(a.point, b.point))
        if b.corner and not a.corner:
            into = _reflect(out, _direction(a.point, b.point))
        turn = abs(out[0] * into[0] + out[1] * into[1])
        reach = third * (1.32 if turn < 0.35 else 1.1)
        first = (x1 + out[0] * reach, y1 + out[1] * reach)
        second = (x2 - into[0] * reach, y2 - into[1] * reach)
        flat = max(_distance(first, a.point, b.point), _distance(second, a.point, b.point)) < FLAT
        segments.append(Segment("L", b.point) if flat else Segment("C", (*first, *second, x2, y2)))
    if closed:
        segments.append(Segment("Z", ()))
    return tuple(segments)


def _distance(point: Point, a: Point, b: Point) -> float:
    """Return how far a point lies from the line through a and b."""
    x, y = _direction(a, b)
    return abs((point[0] - a[0]) * y - (point[1] - a[1]) * x)


def _reflect(tangent: Point, chord: Point) -> Point:
    """Return the direction that makes, half and half with the chord, an even arc to ``tangent``."""
    along = tangent[0] * chord[0] + tangent[1] * chord[1]
    x, y = 2 * along * chord[0] - tangent[0], 2 * along * chord[1] - tangent[1]
    x, y = x * 0.5 + chord[0] * 0.5, y * 0.5 + chord[1] * 0.5
    size = hypot(x, y)
    return (x / size, y / size) if size > 1e-9 else chord


def round_polygon(corners: Sequence[Point], share: float = 0.22) -> list[Knot]:
    """Return the knots of a polygon whose corners are rounded, each by one curve."""
    knots = []
    for i, (x1, y1) in enumerate(corners):
        x2, y2 = corners[(i + 1) % len(corners)]
        knots.append(Knot((x1 + share * (x2 - x1), y1 + share * (y2 - y1)), straight=True))
        knots.append(Knot((x2 - share * (x2 - x1), y2 - share * (y2 - y1))))
    return knots


def bend_between(a: Point, b: Point, c: Point) -> float:
    """Return by how many degrees a line a-b-c turns at b, to the left positive."""
    first, second = _direction(a, b), _direction(b, c)
    return degrees(atan2(first[0] * second[1] - first[1] * second[0], first[0] * second[0] + first[1] * second[1]))


def _offset(middle: Point, direction: Point, reach: float) -> Point:
    return (middle[0] - direction[1] * reach, middle[1] + direction[0] * reach)


def flank(slices: Sequence[Slice], left: bool) -> list[Knot]:
    """Return one side of a limb, from its root to its end: bulging around the joint outside, creased inside."""
    side = 1.0 if left else -1.0
    knots: list[Knot] = []
    count = len(slices)
    fold, cut = slices[0].middle, 0.0
    for i, station in enumerate(slices):
        reach = side * (station.left if left else station.right)
        before = slices[max(i - 1, 0)].middle
        after = slices[min(i + 1, count - 1)].middle
        if i in (0, count - 1):
            knots.append(Knot(_offset(station.middle, _direction(before, after), reach)))
            continue
        if hypot(station.middle[0] - fold[0], station.middle[1] - fold[1]) < cut:
            continue  # inside the fold
        first, second = _direction(before, station.middle), _direction(station.middle, after)
        turn = bend_between(before, station.middle, after) * side
        both = _direction((0.0, 0.0), (first[0] + second[0], first[1] + second[1]))
        if not station.joint or abs(turn) < 28:
            knots.append(Knot(_offset(station.middle, both, reach)))
        elif turn < 0:
            knots.append(Knot(_offset(station.middle, first, reach)))
            if turn < -95:
                knots.append(Knot(_offset(station.middle, both, reach)))
            knots.append(Knot(_offset(station.middle, second, reach)))
        else:
            knots, cut = _crease(knots, slices, i, left)
            fold = station.middle
    return knots


def _crease(knots: list[Knot], slices: Sequence[Slice], i: int, left: bool) -> tuple[list[Knot], float]:
    """Add the fold on the inside of a bent joint and drop what lies behind it."""
    station = slices[i]
    before, after = slices[i - 1], slices[i + 1]
    turn = abs(bend_between(before.middle, station.middle, after.middle))
    half = radians(max((180.0 - turn) / 2.0, 9.0))

    def width(item: Slice) -> float:
        return item.left if left else item.right

    into, out = _direction(station.middle, before.middle), _direction(station.middle, after.middle)
    inward = _direction((0.0, 0.0), (into[0] + out[0], into[1] + out[1]))
    short = min(
        hypot(before.middle[0] - station.middle[0], before.middle[1] - station.middle[1]),
        hypot(after.middle[0] - station.middle[0], after.middle[1] - station.middle[1]),
    )
    # Where the flank of the wider neighbour meets the line that halves the angle.
    reach = width(station)
    for _ in range(3):
        along = reach / tan(half)
        share = min(along / max(short, 1e-6), 1.0)
        reach = width(station) * (1 - share) + (width(before) + width(after)) / 2 * share
    along = min(reach / tan(half), short * 1.25)
    distance = hypot(along, min(reach, along * tan(half)))
    fold = (station.middle[0] + inward[0] * distance, station.middle[1] + inward[1] * distance)
    if along > short * 0.8 and knots:
        knots = knots[:-1] or knots
    return [*knots, Knot(fold, corner=turn > 60)], along


def close_limb(slices: Sequence[Slice], tip: float = 0.0, hem: bool = False) -> list[Knot]:
    """Return the knots of a limb that is open at its root: down one side, round the end, up the other.

    ``tip`` rounds the end by so much beyond the last station; ``hem`` cuts it straight.
    """
    left, right = flank(slices, True), flank(slices, False)
    right.reverse()
    if hem:
        left[-1] = Knot(left[-1].point, corner=True, straight=True)
        right[0] = Knot(right[0].point, corner=True)
        return left + right
    end, ahead = slices[-1].middle, _direction(slices[-2].middle, slices[-1].middle)
    return [*left, Knot((end[0] + ahead[0] * tip, end[1] + ahead[1] * tip)), *right]


def bounds(groups: Iterable[Sequence[Segment]]) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of all curves, by their ends and middles."""
    xs: list[float] = []
    ys: list[float] = []
    for segments in groups:
        at = (0.0, 0.0)
        for kind, numbers in segments:
            if kind == "C":
                x1, y1, x2, y2, x, y = numbers
                for t in (0.25, 0.5, 0.75):
                    s = 1.0 - t
                    xs.append(s * s * s * at[0] + 3 * s * s * t * x1 + 3 * s * t * t * x2 + t * t * t * x)
                    ys.append(s * s * s * at[1] + 3 * s * s * t * y1 + 3 * s * t * t * y2 + t * t * t * y)
            if numbers:
                at = (numbers[-2], numbers[-1])
                xs.append(at[0])
                ys.append(at[1])
    return min(xs), min(ys), max(xs), max(ys)


def flatten_outline(segments: Sequence[Segment], factor: float = 1.0, steps: int = 6) -> list[list[Point]]:
    """Return the outlines of a shape as points, ``factor`` times as large, ``steps`` straight pieces a curve."""
    outlines: list[list[Point]] = []
    for kind, numbers in segments:
        if kind == "M":
            outlines.append([(numbers[0] * factor, numbers[1] * factor)])
        elif kind == "L":
            outlines[-1].append((numbers[0] * factor, numbers[1] * factor))
        elif kind == "C":
            outlines[-1] += _flatten_curve(outlines[-1][-1], [number * factor for number in numbers], steps)
        elif kind == "Z":
            outlines[-1].append(outlines[-1][0])
    return outlines


def _flatten_curve(start: Point, curve: Sequence[float], steps: int) -> list[Point]:
    """Return the points of a cubic Bézier curve after its start."""
    points = []
    for step in range(1, steps + 1):
        t = step / steps
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        points.append(
            (
                a * start[0] + b * curve[0] + c * curve[2] + d * curve[4],
                a * start[1] + b * curve[1] + c * curve[3] + d * curve[5],
            )
        )
    return points
