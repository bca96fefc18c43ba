"""The limb that moves in the picture is the one that the side names."""

from __future__ import annotations

import pytest

from handouts.figure.angles import measure_angles
from handouts.figure.library import Figures
from handouts.figure.shapes import Drawing
from handouts.figure.vectors import dot

# The limb that `side` means: the leg that is lifted, pulled, straightened or crossed; the arm where only an arm moves.
NAMED_LIMB = {
    "single-knee-to-chest": "leg",
    "single-knee-to-chest-towel": "leg",
    "upright-march": "leg",
    "upright-march-heel": "leg",
    "hamstring-stretch": "leg",
    "piriformis-figure-4-chair": "leg",
    "bird-dog": "leg",
    "bird-dog-toes-down": "leg",
    "bird-dog-worktop": "leg",
    "bird-dog-forearms": "leg",
    "overhead-arm-reach-one-arm": "arm",
}
OTHER = {"left": "right", "right": "left"}


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("figure_id", sorted(NAMED_LIMB))
def test_the_named_limb_moves_and_its_fellow_stays(figures: Figures, figure_id: str, side: str) -> None:
    kind = NAMED_LIMB[figure_id]
    moving = figures.moving_limbs(figure_id, side)
    assert f"{side} {kind}" in moving
    assert f"{OTHER[side]} {kind}" not in moving


@pytest.mark.parametrize("side", ["left", "right"])
def test_in_the_figure_four_the_crossed_leg_is_the_side(figures: Figures, side: str) -> None:
    for skeleton in figures.skeletons("piriformis-figure-4", side):
        pelvis = skeleton.frames["pelvis"]
        across = dot(skeleton.frames[f"{side} shank"].up, pelvis.right) * (1 if side == "right" else -1)
        assert across > 0.7, "the shank lies across the other thigh"


@pytest.mark.parametrize("side", ["left", "right"])
def test_in_the_bird_dog_the_other_arm_moves(figures: Figures, side: str) -> None:
    assert figures.moving_limbs("bird-dog", side) >= {f"{side} leg", f"{OTHER[side]} arm"}
    assert f"{side} arm" not in figures.moving_limbs("bird-dog", side)


def _mirror(drawing: Drawing) -> list[tuple[str | None, list[tuple[float, ...]]]]:
    return [
        (
            shape.fill,
            [
                tuple(round(v if i % 2 else drawing.width - v, 1) for i, v in enumerate(s.numbers))
                for s in shape.segments
            ],
        )
        for shape in drawing.shapes
    ]


def test_left_is_the_mirror_image_of_right(figures: Figures) -> None:
    for figure_id in NAMED_LIMB:
        for left, right in zip(figures.frames(figure_id, "left"), figures.frames(figure_id, "right"), strict=True):
            for (token, ours), shape in zip(_mirror(left), right.shapes, strict=True):
                assert token == shape.fill
                for a, segment in zip(ours, shape.segments, strict=True):
                    assert a == pytest.approx(segment.numbers, abs=0.11)


def test_a_figure_without_a_side_is_the_same_for_all(figures: Figures) -> None:
    assert figures.frames("cat-camel", "left") is figures.frames("cat-camel", "right")
    assert figures.frames("single-knee-to-chest", "both") is figures.frames("single-knee-to-chest", "right")


def test_the_near_limb_is_the_one_that_moves(figures: Figures) -> None:
    for side, near in (("left", -1.0), ("right", 1.0)):
        skeleton = figures.skeletons("single-knee-to-chest", side)[-1]
        assert skeleton.joints[f"{side} knee"][2] * near > 0


@pytest.mark.parametrize("side", ["left", "right"])
def test_in_the_chair_stretch_the_straight_leg_is_the_side(figures: Figures, side: str) -> None:
    for skeleton in figures.skeletons("hamstring-stretch-chair", side):
        knees = {one: measure_angles(skeleton)[(f"{one} knee", "flexion")] for one in OTHER}
        assert knees[side] < 30 < 60 < knees[OTHER[side]]
