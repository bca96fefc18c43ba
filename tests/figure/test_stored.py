"""Drawings that were kept are the drawings: nothing is drawn, and nothing else comes out."""

import shutil
from pathlib import Path

import pytest

from handouts.figure.library import Figures
from handouts.kept import open_kept

SECTIONS = Path(__file__).resolve().parents[2] / "sections"
ROUND = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 30"><path d="M0 0 L6 3 Z" fill="#336699"/></svg>'


def open_figures(folder, *more):
    folders = (SECTIONS, *more)
    return Figures(folders, None if folder is None else open_kept(folder, folders))


def refuse_drawing(monkeypatch):
    def refuse(*args):
        raise AssertionError("something was drawn")

    monkeypatch.setattr("handouts.figure.drawer.Drawer.__init__", refuse)


def show_all(figures):
    ids = ("bird-dog", "bridge", "walking")
    drawn = [figures.frames(id, side, person) for id in ids for side in ("left", "both") for person in figures.people()]
    icons = [figures.icon(id) for id in figures.icons()]
    colours = [figures.palette(person, edition) for person in figures.people() for edition in ("standard", "low-ink")]
    return drawn, icons, colours, figures.people()


def test_what_was_kept_is_what_is_drawn(tmp_path, monkeypatch):
    bare = show_all(open_figures(None))
    assert show_all(open_figures(tmp_path)) == bare
    refuse_drawing(monkeypatch)
    assert show_all(open_figures(tmp_path)) == bare
    assert repr(show_all(open_figures(tmp_path))) == repr(bare)


def test_a_damaged_entry_is_drawn_anew(tmp_path):
    drawn = open_figures(tmp_path).frames("bridge")
    (entry,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    entry.write_bytes(entry.read_bytes().replace(b"C", b"L", 1))
    assert open_figures(tmp_path).frames("bridge") == drawn
    assert entry.stat().st_size > 1000


@pytest.mark.parametrize("name", ["bridge-low", "bird-dog"])
def test_a_changed_pose_is_drawn_anew(tmp_path, name):
    own = tmp_path / "own"
    (own / "figures").mkdir(parents=True)
    pose = own / "figures" / "bridge.yaml"
    shutil.copy(SECTIONS / "figures" / "bridge.yaml", pose)
    first = open_figures(tmp_path / "kept", own).frames("bridge")
    assert open_figures(tmp_path / "kept", own).frames("bridge") == first
    shutil.copy(SECTIONS / "figures" / f"{name}.yaml", pose)
    assert open_figures(tmp_path / "kept", own).frames("bridge") != first


def test_a_clinics_own_picture_is_kept_too(tmp_path, monkeypatch):
    own = tmp_path / "own"
    (own / "figures").mkdir(parents=True)
    (own / "figures" / "bridge.svg").write_text(ROUND, encoding="utf-8")
    first = open_figures(tmp_path / "kept", own).frames("bridge")
    assert first == open_figures(None, own).frames("bridge")

    def refuse(*args):
        raise AssertionError("the picture was read")

    monkeypatch.setattr("handouts.figure.own.read_own_picture", refuse)
    assert open_figures(tmp_path / "kept", own).frames("bridge") == first
