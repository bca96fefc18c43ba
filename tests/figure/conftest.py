"""The bundled figures, and figures written for a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handouts.figure.library import Figures, load_figures
from handouts.resources import find_bundled_folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-golden", action="store_true", help="write the golden SVG files anew")


@pytest.fixture(scope="session")
def figures() -> Figures:
    return load_figures((find_bundled_folder("sections"),))


@pytest.fixture
def write_figure(tmp_path: Path) -> Callable[[str], Figures]:
    """Write a clinic's figure called ``own`` and return the figures with it."""

    def write(text: str) -> Figures:
        folder = tmp_path / "figures"
        folder.mkdir(exist_ok=True)
        (folder / "own.yaml").write_text(text, encoding="utf-8")
        return Figures((find_bundled_folder("sections"), tmp_path))

    return write
