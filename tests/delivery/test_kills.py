"""A batch killed again and again gives the same files as one that was left alone."""

import random
import subprocess
import sys
import time

from tests.delivery.conftest import ROOT

SEEDS = (1, 2, 3, 4)


def start(desk):
    command = [sys.executable, str(ROOT / "cli.py"), "-q", *desk.list_arguments()]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


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
