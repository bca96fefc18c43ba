"""A batch killed again and again gives the same files as one that was left alone."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from handouts.delivery.state import STATE_NAME
from tests.delivery.conftest import ROOT

SEEDS = (1, 2, 3, 4)
SIGNALS = tuple(getattr(signal, name) for name in ("SIGKILL", "SIGINT", "SIGTERM") if hasattr(signal, name))


POOLED = ("-m", "tests.delivery.pooled")


def start(desk, *more, program=("cli.py",)):
    command = [sys.executable, *program, "-q", *desk.list_arguments(*more)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True)


def test_kills_lose_nothing_and_double_nothing(desk, tmp_path):
    desk.write_people(400)
    whole = desk.out = tmp_path / "whole"
    begun = time.monotonic()
    first = start(desk)
    first.communicate(timeout=60)
    assert first.returncode == 0
    length = time.monotonic() - begun
    expected = desk.read_files()
    assert len(expected) == 400
    desk.out = tmp_path / "killed"
    seen = []
    for seed in SEEDS:
        process = start(desk)
        time.sleep(random.Random(seed).uniform(0.25, 0.9) * length)
        process.kill()
        process.communicate()
        made = desk.read_files()
        assert all(made[name] == expected[name] for name in made), "a file that is there is whole"
        seen.append(len(made))
    process = start(desk)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert desk.read_files() == expected
    assert seen == sorted(seen)
    receipt = desk.read_receipt()
    assert len(receipt) == 400 and len({row["file"] for row in receipt}) == 400
    assert sorted(path.name for path in desk.out.iterdir() if path.name.endswith(".part")) == []
    assert whole != desk.out


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to a process")
def test_signals_to_workers_and_print_run_lose_nothing(desk, tmp_path):
    desk.write_people(300)
    run = tmp_path / "run.pdf"
    more = ("--workers", "2", "--print-run", str(run))
    desk.out = tmp_path / "whole"
    begun = time.monotonic()
    first = start(desk, *more, program=POOLED)
    _, said = first.communicate(timeout=300)
    assert first.returncode == 0, said
    length = time.monotonic() - begun
    expected, printed = desk.read_files(), run.read_bytes()
    run.unlink()
    desk.out = tmp_path / "killed"
    draw = random.Random(5)
    for kill in SIGNALS:
        process = start(desk, *more, program=POOLED)
        time.sleep(draw.uniform(0.3, 0.9) * length)
        process.send_signal(kill)
        _, said = process.communicate(timeout=300)
        assert "Traceback" not in said
        made = desk.read_files()
        assert all(made[name] == expected[name] for name in made), "a file that is there is whole"
        assert not run.exists() or run.read_bytes() == printed
    last = start(desk, *more, program=POOLED)
    _, said = last.communicate(timeout=300)
    assert last.returncode == 0, said
    assert desk.read_files() == expected
    assert run.read_bytes() == printed
    assert not [path for path in (*desk.out.iterdir(), *tmp_path.iterdir()) if path.name.endswith(".part")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to a group of processes")
def test_ctrl_c_while_workers_start_ends_without_noise(desk):
    desk.write_people(1500)  # enough that it is not over when it is broken off
    process = start(desk, "--workers", "2", program=POOLED)
    end = time.monotonic() + 60
    while not (desk.out / STATE_NAME).exists() and time.monotonic() < end:
        time.sleep(0.01)
    time.sleep(0.15)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in said and "KeyboardInterrupt" not in said


# With two workers the first three groups go to the other one, and the fourth is made by the first process itself.
@pytest.mark.parametrize(("number", "count", "more"), [(57, 120, ()), (157, 230, ("--workers", "2"))])
def test_a_row_that_ends_the_program_is_found_at_the_second_run(desk, monkeypatch, number, count, more):
    monkeypatch.setenv("DEADLY", f"HL-{number}")
    desk.write_people(count)
    deadly = ("-m", "tests.delivery.deadly")
    first = start(desk, *more, program=deadly)
    first.communicate(timeout=120)
    assert first.returncode == 3
    second = start(desk, *more, program=deadly)
    _, said = second.communicate(timeout=120)
    assert second.returncode == 1 and f"row {number + 2}" in said and "broke down on this row" in said
    statuses = {row["reference"]: row["status"] for row in desk.read_receipt()}
    assert statuses.pop(f"HL-{number}") == "failed"
    assert set(statuses.values()) <= {"made", "kept"} and len(statuses) == count - 1
