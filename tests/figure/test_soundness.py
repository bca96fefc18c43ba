"""Every bundled figure is sound for every person; broken ones are refused at the right place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handouts.diagnostics import ContentError
from handouts.figure.angles import measure_angles
from handouts.figure.checks import MOST_CURVES, check_all, check_figure, count_curves
from handouts.figure.library import Figures
from handouts.figure.outlines import bounds
from handouts.figure.surfaces import reach_of, torso_rings

WriteFigure = Callable[[str], Figures]
EXERCISES = (
    "single-knee-to-chest",
    "double-knee-to-chest",
    "seated-cross-legged-lean",
    "overhead-arm-reach",
    "upright-march",
    "cat-camel",
    "childs-pose",
    "pelvic-tilt",
    "lower-trunk-rotation",
    "piriformis-figure-4",
    "hamstring-stretch",
    "bridge",
    "bird-dog",
    "plank",
    "prone-press-up",
    "standing-back-bend",
    "seated-forward-bend",
    "walking",
    "belly-breathing",
)
SLEEP = ("sleep-side", "sleep-back", "sleep-reclined", "sleep-front", "log-roll")
PAIRS = (
    "lift-close",
    "lift-bend",
    "lift-near",
    "lift-turn",
    "carry-bags",
    "sit-back",
    "sit-reach",
    "stand",
    "car",
    "sit-to-stand",
)


def test_all_moves_positions_and_pairs_are_there(figures: Figures) -> None:
    wanted = {
        *EXERCISES,
        *SLEEP,
        *(f"{name}-{kind}" for name in PAIRS for kind in ("easier", "harder")),
        "heat-pack",
        "cold-pack",
        "floor-to-stand",
    }
    assert wanted <= set(figures.ids())
    assert len(figures.frames("log-roll")) == 4


def test_bundled_figures_are_sound(figures: Figures) -> None:
    assert [item.format_line() for item in check_all(figures)] == []


# Nobody who is pregnant is shown lying on the front.
NOT_PREGNANT = frozenset({"prone-press-up", "prone-press-up-forearms", "sleep-front"})


@pytest.mark.parametrize("person", ["kofi", "maria", "older-walter", "older-ruth", "amina", "grace", "pregnant"])
def test_figures_are_sound_for_everybody(figures: Figures, person: str) -> None:
    for figure_id in figures.ids():
        if person == "pregnant" and figure_id in NOT_PREGNANT:
            continue
        assert [item.format_line() for item in check_figure(figures, figure_id, person)] == []
        for drawing in figures.frames(figure_id, "both", person):
            assert count_curves(drawing) <= MOST_CURVES
            tokens = {token for shape in drawing.shapes for token in (shape.fill, shape.stroke) if token}
            for edition in ("standard", "low-ink"):
                for token in tokens:
                    assert figures.palette(person, edition).colour(token).startswith("#")


def test_frames_of_a_figure_share_size_and_hold_everything(figures: Figures) -> None:
    for figure_id in figures.ids():
        drawings = figures.frames(figure_id)
        assert len({(drawing.width, drawing.height, drawing.head) for drawing in drawings}) == 1
        for drawing in drawings:
            left, top, right, bottom = bounds([shape.segments for shape in drawing.shapes])
            assert left >= 0 and top >= 0 and right <= drawing.width and bottom <= drawing.height
            assert all(
                value == round(value, 1)
                for shape in drawing.shapes
                for segment in shape.segments
                for value in segment.numbers
            )


def test_the_ground_is_the_same_in_all_frames(figures: Figures) -> None:
    grounds = {"mat", "floor", "bed", "bed-side"}
    seen = 0
    for person in ("default", "pregnant"):
        for figure_id in figures.ids():
            frames = figures.frames(figure_id, "both", person)
            first, *others = ([shape for shape in frame.shapes if shape.fill in grounds] for frame in frames)
            seen += len(first)
            assert all(other == first for other in others), figure_id
    assert seen > 100


def test_frames_have_no_empty_margin(figures: Figures) -> None:
    for figure_id in figures.ids():
        frames = figures.frames(figure_id)
        left, top, right, bottom = bounds([shape.segments for frame in frames for shape in frame.shapes])
        assert max(left, top, frames[0].width - right, frames[0].height - bottom) < 1.5, figure_id


def measure_head(drawing, scale: float) -> float:
    """Return how many millimetres the head is high in print when one unit is ``scale`` points long."""
    return drawing.head * scale / 72 * 25.4


def test_heads_are_large_enough_in_a_card_and_in_a_pair(figures: Figures) -> None:
    for figure_id in EXERCISES:
        drawing = figures.frames(figure_id)[0]
        assert measure_head(drawing, 230 / max(drawing.width, 110)) >= 6
    assert measure_head(figures.frames("lift-near-easier")[0], 1.0) >= 4


def test_the_waist_comes_down_in_the_pelvic_tilt_and_the_hips_go_up_in_the_bridge(figures: Figures) -> None:
    start, tilted = figures.solve("pelvic-tilt")
    gaps = []
    for solved in (start, tilted):
        waist = torso_rings(solved.skeleton, solved.body)[2]
        gaps.append(waist.middle[1] - reach_of(waist.frame, waist.girth, (0.0, -1.0, 0.0)))
    assert gaps[0] > 1.5, "a small gap under the waist"
    assert gaps[1] < 0.5, "the gap is gone"
    low, high = figures.skeletons("bridge")
    assert high.joints["hip"][1] > low.joints["hip"][1] + 5
    assert high.joints["right ankle"] == pytest.approx(low.joints["right ankle"], abs=0.5)


def test_knees_never_bend_backwards(figures: Figures) -> None:
    for figure_id in figures.ids():
        for solved in figures.solve(figure_id):
            measured = measure_angles(solved.skeleton)
            assert all(-2 <= measured[(f"{side} knee", "flexion")] <= 150 for side in ("left", "right"))


BROKEN = [
    (
        "frames:\n  - base: standing\n    joints:\n      right knee: {flexion: -40}\n"
        "    contacts: {right foot: free}\n",
        4,
        "figure-joint-range",
    ),
    ("frames:\n  - base: standing\n    joints: {right knie: {flexion: 4}}\n", 3, "figure-unknown-joint"),
    ("frames:\n  - base: standing\n    joints: {right knee: {abduction: 4}}\n", 3, "figure-unknown-movement"),
    ("frames:\n  - base: standing\n    joints: {right knee: {flexion: much}}\n", 3, "figure-not-degrees"),
    ("frames:\n  - base: standin\n", 2, "figure-unknown-base"),
    ("frames:\n  - base: lying-crook\n    contacts:\n      right hand: on left ankle\n", 4, "figure-contact-missed"),
    ("frames:\n  - base: lying-crook\n    contacts:\n      right hand: under the sofa\n", 4, "figure-unknown-word"),
    (
        "frames:\n  - base: lying-crook\n    joints:\n      right hip: {flexion: 4}\n"
        "    contacts:\n      right foot: free\n",
        2,
        "figure-below-floor",
    ),
    ("props: [matt]\nframes:\n  - base: standing\n", 1, "figure-unknown-prop"),
    ("frames:\n  - joints: {knees: {flexion: 4}}\n", 2, "figure-no-base"),
    ("view: sideways\nframes:\n  - base: standing\n", 1, "figure-unknown-word"),
    ("frames: []\n", 1, "figure-shape"),
    ("frames:\n  - base: standing\n    arrows:\n      - {from: right knea, go: [1, 2]}\n", 4, "figure-unknown-joint"),
    ("frames:\n  - base: standing\n    tints: low back\n", 3, "figure-unknown-key"),
    ("frames:\n  - base: standing\n    support: {feet: seat}\n", 2, "figure-floating"),
    ("props: [wall: {at: 3}]\nframes:\n  - base: standing\n", 3, "figure-in-furniture"),
    ("props: [table: {at: 14, height: 30}]\nframes:\n  - base: sitting-chair\n", 3, "figure-in-furniture"),
    (
        "frames:\n  - base: standing\n    joints:\n      right knee: {flexion: 60}\n"
        "      right hip: {flexion: 30, internal-rotation: 80}\n    contacts: {right foot: free}\n",
        5,
        "figure-joint-range",
    ),
    (
        "frames:\n  - base: standing\n    arrows:\n      - {from: hip, by: [-60, -40], go: [120, 80]}\n",
        4,
        "figure-arrow-on-body",
    ),
]


@pytest.mark.parametrize(("text", "line", "rule"), BROKEN, ids=[f"{rule}-{i}" for i, (_, _, rule) in enumerate(BROKEN)])
def test_a_broken_figure_is_refused_where_it_is_wrong(
    write_figure: WriteFigure, text: str, line: int, rule: str
) -> None:
    found = check_figure(write_figure(text), "own")
    assert (line, rule) in {(item.span.line, item.rule) for item in found}
    assert all(item.span.file.endswith("own.yaml") for item in found)


def test_an_unknown_word_comes_with_the_word_that_was_meant(write_figure: WriteFigure) -> None:
    (found,) = check_figure(
        write_figure("frames:\n  - base: standing\n    joints: {right knie: {flexion: 4}}\n"), "own"
    )
    assert "did you mean 'right knee'" in found.format_line()
    with pytest.raises(ContentError):
        write_figure("frames:\n  - base: standing\n    joints: {right knie: {flexion: 4}}\n").frames("own")


def test_every_base_pose_is_sound_by_itself(figures: Figures, write_figure: WriteFigure) -> None:
    for base in figures.bases():
        bed = "props: [bed: {thick: 25, edge: 12}]\n" if base == "sitting-edge" else ""
        found = check_figure(write_figure(f"{bed}frames:\n  - base: {base}\n"), "own")
        assert [item.format_line() for item in found] == []


# Moves that are not in the library, as somebody else might write them.
OTHER_MOVES = {
    "calf stretch": """\
side: right
props: [floor, wall: {at: 34}]
frames:
  - base: standing
    joints:
      pelvis: {lean: 14}
      left hip: {flexion: 45}
      left knee: {flexion: 40}
      right hip: {extension: 10}
      right knee: {flexion: 0}
      shoulders: {flexion: 80}
    contacts: {hands: on wall}
    tint: right calf
""",
    "side bend": """\
side: right
view: front
props: [floor]
frames:
  - base: standing
  - joints:
      lumbar: {left-bend: 18}
      thoracic: {left-bend: 20}
      right shoulder: {abduction: 170}
""",
    "clam": """\
side: left
view: [0, 20]
feet: bare
props: [mat]
frames:
  - base: lying-on-side
  - joints: {left hip: {flexion: 60, abduction: 35, external-rotation: 30}}
""",
    "wall sit": """\
props: [floor, wall: {at: -7.5, thick: -3}]
frames:
  - base: standing
    joints: {hips: {flexion: 70}, knees: {flexion: 75}}
    anchor: shoulders
""",
}


@pytest.mark.parametrize("name", sorted(OTHER_MOVES))
def test_moves_of_others_draw_right(write_figure: WriteFigure, name: str) -> None:
    own = write_figure(OTHER_MOVES[name])
    assert [item.format_line() for item in check_figure(own, "own")] == []
    assert own.frames("own", "left")


def test_a_new_move_takes_a_few_lines(write_figure: WriteFigure) -> None:
    text = """\
side: right
props: [mat]
frames:
  - base: lying-crook
  - joints:
      right hip: {flexion: 70}
      right knee: {flexion: 20}
    contacts: {right foot: free}
    arrows:
      - {from: right ankle, by: [6, -4], go: [0, 10]}
"""
    own = write_figure(text)
    assert check_figure(own, "own") == []
    assert own.moving_limbs("own", "left") == {"left leg"}


def test_low_ink_is_outline_on_white_and_survives_a_photocopier(figures: Figures) -> None:
    palette = figures.palette("default", "low-ink")
    greys = {value for _, value in palette.colours} - {"#000000", "#ffffff"}
    assert len(greys) == 1, "at most one grey"
    assert all(int(grey[1:3], 16) > 200 for grey in greys), "light enough to fall away at a threshold"
    for figure_id in figures.ids():
        for drawing in figures.frames(figure_id):
            for shape in drawing.shapes:
                assert shape.stroke is None or (shape.line >= 0.75 and palette.colour(shape.stroke) == "#000000")
                # What has no line must stand out by itself: eyes, arrows. A tint may fall away, and the cloth
                # between two legs, or of a sleeve, has its lines apart.
                assert (
                    shape.stroke
                    or shape.fill in ("tint", "trousers", "shirt", "shirt-far")
                    or palette.colour(shape.fill or "") == "#000000"
                )


def test_numbers_of_props_are_checked(write_figure: WriteFigure) -> None:
    text = "props: [floor, chair: {hight: 20}, wall: {at: far}, pillow: {under: foot}]\nframes:\n  - base: standing\n"
    found = check_figure(write_figure(text), "own")
    assert [item.rule for item in found] == ["figure-unknown-key", "figure-not-a-number", "figure-unknown-word"]
    assert [item.span.column for item in found] == [24, 47, 69]


WORDS = st.sampled_from(
    [
        "standing",
        "lying-crook",
        "right knee",
        "hands",
        "left foot",
        "holding",
        "stays",
        "on floor",
        "on belly",
        "on left thigh",
        "head",
        "flexion",
        "mat",
        "pillow",
        "under",
        "hip",
        "low back",
        "side",
        "front",
        "left",
        "",
    ]
)
VALUES = st.recursive(
    st.one_of(WORDS, st.integers(-400, 400), st.floats(allow_nan=True), st.booleans(), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=6,
)
KEYS = st.sampled_from(
    ["base", "joints", "support", "anchor", "contacts", "arrows", "tint", "props", "eyes", "breath", "place", "press"]
)
FRAMES = st.dictionaries(KEYS, VALUES, max_size=4).map(lambda frame: {"base": "standing", **frame})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    frames=st.one_of(st.lists(FRAMES, min_size=1, max_size=2), VALUES),
    rest=st.dictionaries(st.sampled_from(["side", "view", "feet", "props", "harder"]), VALUES, max_size=2),
)
def test_no_mistake_ends_in_a_traceback(write_figure: WriteFigure, frames: object, rest: dict[str, object]) -> None:
    text = yaml.safe_dump({**rest, "frames": frames}, default_flow_style=None)
    for item in check_figure(write_figure(text), "own"):
        assert item.format_line()
