"""Golden drawings: what each figure looks like, in a form that a diff shows.

After a change that is meant, look at the figures and write the files anew: ``pytest tests/figure --renew-golden``.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from pathlib import Path

import pytest

from handouts.figure.library import Figures
from handouts.figure.shapes import Drawing, Palette
from handouts.figure.svg import format_number, write_svg
from handouts.resources import find_bundled_folder

GOLDEN = Path(__file__).parent / "golden"
BUNDLED = sorted(path.stem for path in (find_bundled_folder("sections") / "figures").glob("*.yaml"))


def describe(drawings: tuple[Drawing, ...], palette: Palette) -> str:
    """Return all frames below one another in one SVG file."""
    return "".join(write_svg(drawing, palette) for drawing in drawings)


@pytest.mark.parametrize("figure_id", BUNDLED)
def test_a_figure_looks_as_it_did(figures: Figures, figure_id: str, request: pytest.FixtureRequest) -> None:
    text = describe(figures.frames(figure_id), figures.palette("default", "standard"))
    path = GOLDEN / f"{figure_id}.svg"
    if request.config.getoption("--renew-golden", default=False):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, "if this is meant: pytest tests/figure --renew-golden"


def test_every_golden_file_has_its_figure() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.svg")) == BUNDLED
    assert BUNDLED


def test_numbers_have_at_most_one_decimal() -> None:
    assert [format_number(value) for value in (1.0, -0.04, 2.25, 3.14159, -7.96)] == ["1", "0", "2.2", "3.1", "-8"]


def test_another_process_with_another_hash_seed_draws_the_same() -> None:
    code = (
        "import hashlib\nfrom handouts.figure.library import load_figures\nfrom handouts.figure.svg import write_svg\n"
        "from handouts.resources import find_bundled_folder\n"
        "f = load_figures((find_bundled_folder('sections'),))\n"
        "p = f.palette('grace', 'low-ink')\n"
        "t = ''.join(write_svg(d, p) for i in f.ids()[::5] for d in f.frames(i, 'left', 'grace'))\n"
        "print(hashlib.sha256(t.encode()).hexdigest())\n"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "77")
    }
    assert len(found) == 1
    assert len(found.pop().strip()) == hashlib.sha256().digest_size * 2


def test_icons_are_squares_without_a_head(figures: Figures) -> None:
    wanted = {
        "phone",
        "clock",
        "warning",
        "walk",
        "bed",
        "pack-hot",
        "pack-cold",
        "repeat",
        "calendar",
        "pill",
        "home",
        "chair",
        "heart",
        "check",
    }
    assert wanted <= set(figures.icons())
    for icon_id in figures.icons():
        icon = figures.icon(icon_id)
        assert (icon.width, icon.height, icon.head) == (24.0, 24.0, 0.0)
        assert write_svg(icon, figures.palette("default", "low-ink")).startswith("<svg")


def test_a_sheet_of_figures_costs_little() -> None:
    fresh = Figures((find_bundled_folder("sections"),))
    fresh.people()
    started = time.process_time()
    frames = [drawing for figure_id in fresh.ids() for drawing in fresh.frames(figure_id)]
    spent = time.process_time() - started
    assert len(frames) > 90
    assert spent / len(frames) < 0.02, "twelve frames in a quarter of a second, even on a slow machine"
