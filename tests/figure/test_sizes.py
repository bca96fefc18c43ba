"""The sizes that pages are laid out with hold every person who can be drawn, and follow the files of the figures."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from handouts.figure.library import Figures
from handouts.figure.sizes import FILE, find_top, write_sizes

SECTIONS = Path(__file__).resolve().parents[2] / "sections"


@pytest.fixture(scope="module")
def figures() -> Figures:
    return Figures((SECTIONS,))


def test_the_file_is_that_of_the_bundled_figures(figures) -> None:
    """Else run: python -m handouts.figure.sizes."""
    measured = {figure: (figures.digest(figure), figures.measure(figure)) for figure in figures.ids()}
    assert (SECTIONS / "poses" / FILE).read_text(encoding="utf-8") == write_sizes(figures.ground, measured)


@pytest.mark.parametrize("side", ["left", "right", "both"])
def test_everybody_has_room(figures, side) -> None:
    for figure in figures.ids():
        sizes = figures.sizes(figure, side)
        for person in figures.people():
            for size, drawing in zip(sizes, figures.frames(figure, side, person), strict=True):
                assert drawing.width <= size.width
                assert drawing.height <= size.height
                assert drawing.height - find_top(drawing) <= size.rise + 1e-9
                assert size.rise <= size.height
                assert size.head <= drawing.head


def test_a_changed_figure_or_body_is_measured_again(tmp_path) -> None:
    for name in ("figures", "poses"):
        shutil.copytree(SECTIONS / name, tmp_path / name)
    before = Figures((tmp_path,)).sizes("bridge")
    assert before == Figures((SECTIONS,)).sizes("bridge")
    shutil.copy(tmp_path / "figures" / "walking.yaml", tmp_path / "figures" / "bridge.yaml")
    assert Figures((tmp_path,)).sizes("bridge") == Figures((SECTIONS,)).sizes("walking")
    (tmp_path / "poses" / FILE).write_text('{"ground": 1', encoding="utf-8")
    assert Figures((tmp_path,)).sizes("bridge") == Figures((SECTIONS,)).sizes("walking")


def test_a_clinic_s_own_figure_is_measured(tmp_path) -> None:
    (tmp_path / "figures").mkdir()
    shutil.copy(SECTIONS / "figures" / "walking.yaml", tmp_path / "figures" / "own.yaml")
    both = Figures((SECTIONS, tmp_path))
    assert both.sizes("own") == both.sizes("walking")
