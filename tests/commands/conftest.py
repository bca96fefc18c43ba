"""A copy of what a clone holds beside the package, and a way to run commands in it."""

import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from handouts.commands import main

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """Return a folder with the examples and, to be read only, the sections of the repository; commands run in it."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    try:
        (tmp_path / "sections").symlink_to(ROOT / "sections", target_is_directory=True)
    except OSError:
        shutil.copytree(ROOT / "sections", tmp_path / "sections")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nobody"))
    monkeypatch.delenv("HANDOUTS_CLINIC", raising=False)
    return tmp_path


@pytest.fixture
def sections(clone):
    """Return a copy of the sections in the clone, to be spoilt."""
    folder = clone / "sections"
    if folder.is_symlink():
        folder.unlink()
        shutil.copytree(ROOT / "sections", folder)
    return folder


@pytest.fixture
def run():
    """Return a function that runs a line of words, or a list of them, and gives click's result."""

    def run_line(line, **more):
        words = shlex.split(line) if isinstance(line, str) else [str(word) for word in line]
        if words[0] == "handouts":
            words = words[1:]
        return CliRunner().invoke(main, words, prog_name="handouts", catch_exceptions=False, **more)

    return run_line
