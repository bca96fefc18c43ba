"""Drawings kept on disk: the same as drawn anew, never a stale or damaged one, no trouble where none can be kept."""

from pathlib import Path

import pytest

from handouts.figure.library import Figures
from handouts.resources import find_cache_folder

SECTIONS = Path(__file__).resolve().parents[2] / "sections"


def open_figures(kept):
    return Figures((SECTIONS,), kept)


@pytest.mark.parametrize("side", ["left", "right", "both"])
def test_a_kept_drawing_is_the_drawing(tmp_path, side):
    drawn = open_figures(None).frames("bird-dog", side)
    assert open_figures(tmp_path).frames("bird-dog", side) == drawn
    again = open_figures(tmp_path)
    assert again.frames("bird-dog", side) == drawn
    assert not again._drawn


def test_a_damaged_file_is_drawn_anew(tmp_path):
    drawn = open_figures(tmp_path).frames("bridge")
    (kept,) = tmp_path.iterdir()
    for damage in ("", "no", kept.read_text(encoding="utf-8").replace("C", "L", 1), "0" * 64 + "\n[{}]"):
        kept.write_text(damage, encoding="utf-8")
        assert open_figures(tmp_path).frames("bridge") == drawn
        assert len(kept.read_text(encoding="utf-8")) > 1000


def test_a_changed_pose_is_drawn_anew(tmp_path):
    own = tmp_path / "own"
    (own / "figures").mkdir(parents=True)
    pose = own / "figures" / "bridge.yaml"
    text = (SECTIONS / "figures" / "bridge.yaml").read_text(encoding="utf-8")
    pose.write_text(text, encoding="utf-8")
    first = Figures((SECTIONS, own), tmp_path / "kept").frames("bridge")
    pose.write_text((SECTIONS / "figures" / "bridge-low.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    assert Figures((SECTIONS, own), tmp_path / "kept").frames("bridge") != first


def test_a_folder_that_cannot_be_made_is_no_trouble(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    assert open_figures(blocked / "kept").frames("walking") == open_figures(None).frames("walking")


def test_where_drawings_are_kept():
    assert find_cache_folder({"HANDOUTS_CACHE": "off"}) is None
    assert find_cache_folder({"HANDOUTS_CACHE": "/srv/kept"}) == Path("/srv/kept")
    assert find_cache_folder({"XDG_CACHE_HOME": "/home/me/kept", "LOCALAPPDATA": "x"}).name in ("handouts", "cache")
