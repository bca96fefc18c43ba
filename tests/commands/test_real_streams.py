"""A standard stream that takes nothing ends in words, and what is said never stops the work."""

import contextlib
import subprocess
import sys
from pathlib import Path

import pytest

from handouts.commands import streams
from tests.commands.conftest import ROOT

FULL = Path("/dev/full")
CLINIC = ["--clinic", "examples/clinic.yaml"]
TABLE = "name,reference\nAnn,A\n"
COMMANDS = [
    "plan back-spasms -p examples/early-desk.yaml --clinic examples/clinic.yaml",
    "make back-spasms --clinic examples/clinic.yaml -o -",
    "figure single-knee-to-chest",
    "list handouts",
    "schema patient",
    "check --explain reading-grade",
    "diff examples/early-desk.yaml examples/early-desk.yaml --clinic examples/clinic.yaml",
    "--help",
    "make --help",
    "--version",
]

needs_full = pytest.mark.skipif(not FULL.exists(), reason="no such device here")


def run(line, **more):
    words = line.split() if isinstance(line, str) else line
    return subprocess.run(
        [sys.executable, "-X", "dev", "-W", "ignore", "cli.py", *words], cwd=ROOT, check=False, timeout=120, **more
    )


def close(number):
    """Return what a shell's ``>&-`` does, for the moment before a program begins."""
    script = f"import os, sys; os.close({number}); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    return [sys.executable, "-c", script, "cli.py"]


@needs_full
@pytest.mark.parametrize("line", COMMANDS)
def test_an_output_that_is_full_is_told(line):
    with FULL.open("wb") as full:
        ended = run(line, stdout=full, stderr=subprocess.PIPE, text=True)
    assert ended.returncode == 1
    told = "standard output: error: the file was not written: no space left on device [not-written]\n"
    assert ended.stderr.endswith(told)
    assert "Traceback" not in ended.stderr and "Exception ignored" not in ended.stderr


@needs_full
@pytest.mark.parametrize("line", COMMANDS[1:4])
def test_it_cannot_even_be_told(line):
    with FULL.open("wb") as full:
        assert run(line, stdout=full, stderr=full).returncode == 1


@needs_full
def test_what_is_said_does_not_stop_a_batch(tmp_path):
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    words = ["batch", "back-spasms", str(tmp_path / "t.csv"), *CLINIC, "-o", str(tmp_path / "out")]
    with FULL.open("wb") as full:
        assert run(words, stdout=subprocess.DEVNULL, stderr=full).returncode == 0
    assert (tmp_path / "out" / "A.pdf").exists() and (tmp_path / "out" / "receipt.csv").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no such thing there")
@pytest.mark.parametrize("line", COMMANDS[:4])
def test_an_output_that_is_closed_is_told(line):
    ended = subprocess.run([*close(1), *line.split()], cwd=ROOT, stderr=subprocess.PIPE, text=True, check=False)
    assert ended.returncode == 1 and "Traceback" not in ended.stderr
    assert "standard output: error: the file was not written: it is closed" in ended.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no such thing there")
def test_an_input_that_is_closed_is_empty(tmp_path):
    words = ["make", "back-spasms", "-p", "-", *CLINIC, "-o", str(tmp_path / "x.pdf")]
    closed = subprocess.run([*close(0), *words], cwd=ROOT, stderr=subprocess.PIPE, check=False)
    empty = run(words, input=b"", stderr=subprocess.PIPE)
    assert (closed.returncode, closed.stderr) == (empty.returncode, empty.stderr)
    assert closed.returncode == 1 and b"standard input" in closed.stderr and b"Traceback" not in closed.stderr


def test_a_reader_that_goes_away_is_not_talked_of():
    with subprocess.Popen(
        [sys.executable, "cli.py", "list", "exercises"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as ended:
        ended.stdout.close()
        assert ended.stderr.read() == b""
    assert ended.returncode == 1


def test_windows_says_otherwise_that_a_reader_has_gone(monkeypatch):
    class Torn:
        def write(self, _):
            raise OSError(22, "Invalid argument")

    monkeypatch.setattr(streams.os, "name", "nt")
    monkeypatch.setattr(sys, "stdout", Torn())
    with streams.guard_streams():
        out = sys.stdout
        with pytest.raises(BrokenPipeError):
            out.write("a")
        with contextlib.suppress(AttributeError):
            assert out.write("b") == 1
    assert sys.stdout is None
