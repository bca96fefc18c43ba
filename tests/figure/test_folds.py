"""Limbs bent far do not cross themselves; the floor before a bed lies under the feet."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, pairwise

import pytest

from handouts.figure.library import Figures
from handouts.figure.outlines import flatten_outline
from handouts.figure.shapes import Drawing
from handouts.figure.vectors import Point

LIMBS = ("skin", "skin-far", "trousers", "trousers-far")


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    return _turn(a, b, c) * _turn(a, b, d) < -1e-9 and _turn(c, d, a) * _turn(c, d, b) < -1e-9


def _count_crossings(drawing: Drawing) -> int:
    outlines = [points for shape in drawing.shapes if shape.fill in LIMBS for points in flatten_outline(shape.segments)]
    return sum(_cross(*a, *b) for points in outlines for a, b in combinations(list(pairwise(points)), 2))


@pytest.mark.parametrize(
    "figure_id", ["belly-breathing", "childs-pose", "seated-cross-legged-lean", "sleep-back", "sleep-front"]
)
def test_a_limb_bent_far_does_not_cross_itself(figures: Figures, figure_id: str) -> None:
    assert [_count_crossings(frame) for frame in figures.frames(figure_id)] == [0] * figures.count_frames(figure_id)


def test_the_floor_before_a_bed_is_under_the_feet(write_figure: Callable[[str], Figures]) -> None:
    text = "feet: bare\nview: [0, 30]\nprops: [bed: {{thick: 25, edge: 12{floor}}}]\nframes:\n  - base: sitting-edge\n"

    def list_fills(floor: str) -> list[str | None]:
        return [shape.fill for shape in write_figure(text.format(floor=floor)).frames("own")[0].shapes]

    assert "floor" not in list_fills("")
    assert list_fills(", floor: 22").index("floor") < list_fills(", floor: 22").index("bed-side")
