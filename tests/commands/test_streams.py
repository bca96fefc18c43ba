"""A stream that takes nothing: said in a line, without a traceback; what is only said stops no work."""

import errno
import io
import sys
from pathlib import Path

import pytest

from handouts.commands import main

CLINIC = ["--clinic", str(Path(__file__).resolve().parents[2] / "examples" / "clinic.yaml")]
MAKE = ["make", "red-flags", *CLINIC]


class FullDisk(io.RawIOBase):
    def writable(self):
        return True

    def write(self, _data):
        raise OSError(errno.ENOSPC, "No space left on device")


def open_full():
    return io.TextIOWrapper(io.BufferedWriter(FullDisk(), 1), encoding="utf-8", write_through=True)


def run(arguments):
    with pytest.raises(SystemExit) as ended:
        main.main(arguments, prog_name="handouts")
    return ended.value.code


@pytest.mark.parametrize(
    "arguments",
    [
        ["plan", "red-flags", *CLINIC],
        [*MAKE, "-o", "-"],
        ["list", "handouts"],
        ["--help"],
        ["--version"],
        ["figure", "bridge"],
        ["schema", "clinic"],
    ],
)
def test_a_full_disk_under_standard_output_is_told(arguments, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdout", open_full())
    assert run(arguments) == 1
    said = capsys.readouterr().err
    assert said.strip().endswith(
        "standard output: error: the file was not written: no space left on device [not-written]"
    )


def test_a_closed_output_is_told(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdout", None)
    assert run([*MAKE, "-o", "-"]) == 1
    assert "standard output: error" in capsys.readouterr().err


def test_a_closed_input_is_an_empty_record(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(sys, "stdin", None)
    assert run([*MAKE, "-p", "-", "-o", str(tmp_path / "a.pdf")]) == 1
    assert "standard input: error" in capsys.readouterr().err


def test_a_full_disk_under_what_is_said_stops_no_batch(monkeypatch, tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("name,reference\nAl,1\n", encoding="utf-8")
    monkeypatch.setattr(sys, "stderr", open_full())
    assert run(["batch", "red-flags", str(table), *CLINIC, "-o", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "1.pdf").exists()


def test_a_closed_folder_is_told(monkeypatch, capsys, tmp_path):
    def refuse(*_details, **_more):
        raise PermissionError(errno.EACCES, "Permission denied", str(tmp_path))

    monkeypatch.setattr("handouts.commands.recognition.recognise_path", refuse)
    monkeypatch.setattr("handouts.commands.targets.recognise_path", refuse, raising=False)
    assert run(["check", str(tmp_path)]) == 1
    assert f"{tmp_path}: error: this cannot be read or written: permission denied" in capsys.readouterr().err
