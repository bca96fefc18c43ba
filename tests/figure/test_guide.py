"""The guide for authors: its example draws, its picture is that drawing, and moves written from it draw right."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from handouts.content.sample_files import read_sample
from handouts.figure.checks import check_figure
from handouts.figure.library import Figures
from handouts.figure.strip import join_drawings
from handouts.figure.svg import write_svg
from handouts.figure.vocabulary import BASE_KEYS, FIGURE_KEYS, FRAME_KEYS, PROPS
from handouts.resources import find_bundled_folder

POSES = find_bundled_folder("sections") / "poses"
GUIDE = (POSES / "README.md").read_text(encoding="utf-8")
WriteFigure = Callable[[str], Figures]


def read_example() -> str:
    (found,) = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    return str(found)


def test_the_example_draws_and_is_the_picture(write_figure: WriteFigure, request: pytest.FixtureRequest) -> None:
    own = write_figure(read_example())
    assert check_figure(own, "own") == []
    assert own.moving_limbs("own", "left") == {"left leg"}
    text = write_svg(join_drawings(own.frames("own", "right")), own.palette("default", "standard"))
    picture = POSES / "heel-slide.svg"
    if request.config.getoption("--renew-golden", default=False):
        picture.write_text(text, encoding="utf-8")
    assert picture.read_text(encoding="utf-8") == text
    assert len(read_example().splitlines()) < 15


def test_the_guide_names_every_key_prop_and_base(figures: Figures) -> None:
    words = set(re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", GUIDE, flags=re.DOTALL)))
    assert {*FIGURE_KEYS, *FRAME_KEYS, *BASE_KEYS} - {"harder"} <= words
    assert {name for name in PROPS if f"`{name}`" not in GUIDE} == set()
    assert set(figures.bases()) <= words


def test_the_sample_figure_is_sound_and_short(write_figure: WriteFigure) -> None:
    text = read_sample("figure", "own")
    assert check_figure(write_figure(text), "own") == []
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert len(lines) < 15


MOVES = {
    "knee extension": """\
side: right
frames:
  - base: sitting-chair
  - joints:
      right knee: {flexion: 10}
      right ankle: {dorsiflexion: 5}
    contacts: {right foot: free}
    arrows:
      - {from: right ankle, by: [8, -12], go: [-2, 12]}
    tint: right front of thigh
""",
    "wall sit": """\
props: [floor, wall: {at: -8, thick: -3}]
frames:
  - base: standing
  - joints: {hips: {flexion: 60}, knees: {flexion: 62}}
    contacts: {feet: on floor}
    anchor: shoulders
""",
    "step up": """\
side: right
props: [floor, step: {at: 22}]
frames:
  - base: standing
  - joints: {right hip: {flexion: 60}, right knee: {flexion: 70}}
    contacts: {right foot: on step}
    arrows: [{from: right knee, by: [10, 8], go: [0, 12]}]
""",
    "calf raise": """\
props: [floor, worktop: {at: 23}]
frames:
  - base: standing
    contacts: {hands: on worktop}
  - joints: {ankles: {plantarflexion: 30}}
    contacts: {toes: on floor, hands: on worktop}
    arrows: [{from: hip, by: [-14, 0], go: [0, 12]}]
    tint: right calf
""",
    "side plank on knees": """\
side: right
feet: bare
props: [mat]
frames:
  - base: lying-on-side
  - joints: {pelvis: {left-bend: 20}, hips: {flexion: 0}, left shoulder: {abduction: 8}}
    support: {right knee: mat}
    contacts: {right forearm: on mat, left hand: free, head: free}
    arrows: [{from: hip, by: [0, 16], go: [0, 10]}]
""",
    "dead bug": """\
side: right
feet: bare
props: [mat]
frames:
  - base: lying-crook
    joints: {hips: {flexion: 90}, knees: {flexion: 90}, shoulders: {flexion: 90}, elbows: {flexion: 0}}
    contacts: {feet: free, hands: free}
  - joints: {right hip: {flexion: 40}, right knee: {flexion: 20}, left shoulder: {flexion: 150}}
    arrows: [{from: right ankle, by: [4, 8], go: [10, -6]}]
""",
}


@pytest.mark.parametrize("name", sorted(MOVES))
def test_moves_written_from_the_guide_draw_right(write_figure: WriteFigure, name: str) -> None:
    own = write_figure(MOVES[name])
    assert [item.format_line() for item in check_figure(own, "own")] == []
    assert len(MOVES[name].splitlines()) < 15
    if "side" in MOVES[name].splitlines()[0]:
        assert own.frames("own", "left") != own.frames("own", "right")


def test_a_foot_comes_to_stand_on_the_step_and_hands_on_the_worktop(write_figure: WriteFigure) -> None:
    up = write_figure(MOVES["step up"]).solve("own")[-1].skeleton
    assert up.joints["right heel"][0] > 14 and up.joints["right toe"][0] < 30.5
    assert up.joints["right heel"][1] == pytest.approx(8.0, abs=0.5)
    start = write_figure(MOVES["step up"]).solve("own")[0].skeleton
    assert up.joints["left ankle"] == pytest.approx(start.joints["left ankle"], abs=0.6)


REFUSED = [
    ("props: [floor, worktop: {at: 60}]\nframes:\n  - base: standing\n    contacts: {hands: on worktop}\n", "missed"),
    (MOVES["wall sit"].replace("    anchor: shoulders\n", ""), "in-furniture"),
    (MOVES["side plank on knees"].replace(", left hand: free", ""), "missed"),
]


@pytest.mark.parametrize(("text", "rule"), REFUSED)
def test_what_cannot_be_is_refused_with_what_to_do(write_figure: WriteFigure, text: str, rule: str) -> None:
    found = check_figure(write_figure(text), "own")
    assert any(item.rule.endswith(rule) and item.hint for item in found)
