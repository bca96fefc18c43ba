"""Skeletons keep their measures whatever the angles; two links meet every target within reach."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.figure import body
from handouts.figure.angles import measure_angles
from handouts.figure.skeleton import Angles, bend_two_links, grow_skeleton
from handouts.figure.vectors import add, cross, dot, length, subtract

BONES = {
    ("hip", "knee"): body.THIGH,
    ("knee", "ankle"): body.SHANK,
    ("shoulder", "elbow"): body.UPPER_ARM,
    ("elbow", "wrist"): body.FOREARM,
    ("wrist", "knuckle"): body.PALM,
    ("knuckle", "tip"): body.FINGERS,
}
SPINE_JOINTS = ("lumbar", "thoracic", "neck")
LIMB_JOINTS = ("hip", "knee", "shoulder", "elbow", "ankle", "wrist")


@st.composite
def poses(draw: st.DrawFn) -> Angles:
    angles = {("pelvis", name): draw(st.floats(-180, 180)) for name in ("lean", "roll", "heading")}
    for joint in SPINE_JOINTS:
        for movement in ("flexion", "bend", "turn"):
            angles[(joint, movement)] = draw(st.floats(-30, 30))
    for side in ("left", "right"):
        for joint in LIMB_JOINTS:
            angles[(f"{side} {joint}", "flexion")] = draw(st.floats(-20, 140))
        for joint in ("hip", "shoulder"):
            angles[(f"{side} {joint}", "abduction")] = draw(st.floats(-30, 60))
            angles[(f"{side} {joint}", "rotation")] = draw(st.floats(-40, 40))
    return angles


@settings(max_examples=60, deadline=None)
@given(poses())
def test_bones_keep_their_lengths(angles: Angles) -> None:
    joints = grow_skeleton(angles).joints
    for side in ("left", "right"):
        for (near, far), size in BONES.items():
            assert length(subtract(joints[f"{side} {near}"], joints[f"{side} {far}"])) == pytest.approx(size)


@settings(max_examples=60, deadline=None)
@given(poses())
def test_frames_stay_square_and_right_handed(angles: Angles) -> None:
    for frame in grow_skeleton(angles).frames.values():
        assert dot(frame.forward, frame.up) == pytest.approx(0, abs=1e-9)
        assert length(subtract(cross(frame.forward, frame.up), frame.right)) == pytest.approx(0, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.floats(-30, 120), st.floats(-40, 60), st.floats(0, 150), st.floats(-3, 150))
def test_angles_are_read_back_as_they_were_set(hip: float, aside: float, knee: float, elbow: float) -> None:
    skeleton = grow_skeleton(
        {
            ("right hip", "flexion"): hip,
            ("right hip", "abduction"): aside,
            ("right knee", "flexion"): knee,
            ("left elbow", "flexion"): elbow,
        }
    )
    measured = measure_angles(skeleton)
    assert measured[("right hip", "flexion")] == pytest.approx(hip, abs=1e-6)
    assert measured[("right hip", "abduction")] == pytest.approx(aside, abs=1e-6)
    assert measured[("right knee", "flexion")] == pytest.approx(knee, abs=1e-6)
    assert measured[("left elbow", "flexion")] == pytest.approx(elbow, abs=1e-6)


POINTS = st.tuples(st.floats(-60, 60), st.floats(-60, 60), st.floats(-60, 60))


@settings(max_examples=100, deadline=None)
@given(POINTS, POINTS)
def test_two_links_meet_what_is_in_reach_and_say_by_how_much_they_miss(
    target: tuple[float, float, float], pole: tuple[float, float, float]
) -> None:
    root = (0.0, 0.0, 0.0)
    middle, end, gap = bend_two_links(root, target, (body.THIGH, body.SHANK), pole)
    assert length(subtract(middle, root)) == pytest.approx(body.THIGH, abs=1e-6)
    assert length(subtract(end, middle)) == pytest.approx(body.SHANK, abs=1e-6)
    assert length(subtract(end, target)) == pytest.approx(gap, abs=1e-6)
    if 0.2 < length(target) < body.THIGH + body.SHANK - 0.1:
        assert gap < 1e-9


def test_the_knee_bends_to_the_side_of_its_pole() -> None:
    for side in (1.0, -1.0):
        middle, _, _ = bend_two_links((0.0, 0.0, 0.0), (0.0, -40.0, 0.0), (24.5, 24.6), (side, -20.0, 0.0))
        assert middle[0] * side > 1.0


def test_a_standing_person_has_the_heights_of_the_segment_table() -> None:
    joints = grow_skeleton({}).joints
    sole = joints["right heel"][1]
    assert joints["right knee"][1] - sole == pytest.approx(28.5)
    assert joints["right hip"][1] - sole == pytest.approx(53.0)
    assert joints["head"][1] + 6.5 - sole == pytest.approx(100.0, abs=1.0)
    assert add(joints["right shoulder"], (0.0, -sole, 0.0))[1] == pytest.approx(81.8, abs=2.0)
