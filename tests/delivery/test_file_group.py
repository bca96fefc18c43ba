"""Files of a group: each whole or not at all, also where few may be open at once."""

import errno
import os
import subprocess
import sys

import pytest

from handouts.delivery import file_group
from handouts.delivery.file_group import write_group
from tests.delivery.conftest import ROOT


@pytest.mark.parametrize("most", [1, 3, 50])
def test_a_group_is_written_with_few_handles(tmp_path, monkeypatch, most):
    files = [(f"{number}.pdf", b"%PDF-" + bytes([number])) for number in range(20)]
    taken = set()
    begin, end = file_group.open_new_name, os.close

    def take(path):
        if len(taken) >= most:
            raise OSError(errno.EMFILE, "Too many open files")
        handle = begin(path)
        taken.add(handle)
        return handle

    def let_go(handle):
        taken.discard(handle)
        end(handle)

    monkeypatch.setattr(file_group, "open_new_name", take)
    monkeypatch.setattr(file_group.os, "close", let_go)
    assert write_group(tmp_path, files) == [None] * 20
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict(files)


def test_no_handle_at_all_is_told_for_each_file(tmp_path, monkeypatch):
    def refuse(path):
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(file_group, "open_new_name", refuse)
    problems = write_group(tmp_path, [("a.pdf", b"a"), ("b.pdf", b"b")])
    assert all("too many open files" in str(problem) for problem in problems)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
@pytest.mark.parametrize("program", [("cli.py",), ("-m", "tests.delivery.pooled")])
def test_forty_handles_are_enough(desk, program):
    desk.write_people(120)
    more = ("--workers", "2", "--print-run", str(desk.folder / "run.pdf")) if len(program) > 1 else ()
    command = [sys.executable, *program, *desk.list_arguments(*more)]
    limited = ["sh", "-c", 'ulimit -n 40; exec "$@"', "sh", *command]
    ended = subprocess.run(limited, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr
    assert len(desk.read_files()) == 120


INTERRUPTED = """
import sys, threading
from pathlib import Path
from handouts.delivery.file_group import write_group

start = threading.Thread.start

def start_and_break_off(thread):
    start(thread)
    raise KeyboardInterrupt

threading.Thread.start = start_and_break_off
try:
    write_group(Path(sys.argv[1]), [(f"{number}.pdf", b"%PDF") for number in range(20)])
except KeyboardInterrupt:
    print("broken off")
"""


def test_ctrl_c_while_threads_start_leaves_none_that_keeps_the_process(tmp_path):
    command = [sys.executable, "-c", INTERRUPTED, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "broken off\n" and not done.stderr
    assert not list(tmp_path.iterdir())
