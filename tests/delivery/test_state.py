"""The state of a batch: taken away, put elsewhere or read-only, it costs no sheet and its true trouble is told."""

import contextlib
import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest

from handouts.delivery.jobs import Ground, Outcome
from handouts.delivery.state import BEGUN, BatchState
from handouts.delivery.state_problems import STATE_NAME, explain_state
from handouts.diagnostics import DeliveryError
from tests.delivery.work import make_jobs

needs_posix = pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody remove a file that is open")


def meddle(monkeypatch, work, time=2):
    """Do something to the folder just before the outcomes of a group are noted."""
    keep = BatchState.keep_outcomes
    count = [0]

    def go(self, *arguments):
        count[0] += 1
        if count[0] == time:
            work()
        keep(self, *arguments)

    monkeypatch.setattr(BatchState, "keep_outcomes", go)


def test_what_is_refused_in_the_middle_is_not_kept_and_bars_nothing(tmp_path):
    good, other = make_jobs(2)
    ground = Ground("a", "b", "c", "d", "e")
    with contextlib.closing(BatchState(tmp_path)) as state:
        with pytest.raises(DeliveryError):
            state.keep_outcomes([Outcome(good, None, "x"), Outcome(other, None, None)], ground)
        assert state.find_sheet(good.file) is None
        state.keep_outcomes([Outcome(other, None, "y")], ground)
    with contextlib.closing(BatchState(tmp_path)) as state:
        assert [(file, known.problem) for file, known in state.list_sheets()] == [(other.file, "y")]


def test_a_state_of_another_version_is_told(desk):
    desk.write_people(2)
    desk.run()
    made = desk.read_files()
    with contextlib.closing(BatchState(desk.out)) as state:
        state.keep_note("schema", "2")
    said = desk.run(status=1).output
    assert "the state in this folder is of another version of the program" in said and "[state-version]" in said
    assert desk.read_files() == made


@needs_posix
@pytest.mark.parametrize("endings", [("",), ("", "-wal")])
def test_a_state_that_is_removed_is_told_and_written_anew(desk, monkeypatch, endings):
    desk.write_people(170)
    meddle(monkeypatch, lambda: [(desk.out / f"{STATE_NAME}{ending}").unlink() for ending in endings])
    said = desk.run(status=1).output
    assert "the state file was removed while the run was at work" in said and "70 to do" in said
    assert "run the same command again" in said and "Traceback" not in said
    monkeypatch.undo()
    assert len(before := desk.read_files()) == 100
    desk.run()
    assert [row["status"] for row in desk.read_receipt()] == ["kept"] * 100 + ["made"] * 70
    assert {name: data for name, data in desk.read_files().items() if name in before} == before


@needs_posix
def test_a_state_that_is_removed_at_the_very_end_is_told(desk, monkeypatch):
    desk.write_people(5)
    keep = BatchState.keep_note

    def take(self, key, value):
        keep(self, key, value)
        if (key, value) == (BEGUN, ""):
            self.path.unlink()

    monkeypatch.setattr(BatchState, "keep_note", take)
    assert "the state file was removed" in desk.run(status=1).output
    monkeypatch.undo()
    desk.run()
    assert {row["status"] for row in desk.read_receipt()} == {"kept"}


@needs_posix
def test_a_state_in_the_place_of_this_one_is_left_alone(desk, monkeypatch):
    desk.write_people(120)

    def put_another():
        (desk.out / STATE_NAME).unlink()
        with contextlib.closing(BatchState(desk.out)) as other:
            other.keep_note("of", "another")

    meddle(monkeypatch, put_another)
    assert "another state file has taken the place" in desk.run(status=1).output
    monkeypatch.undo()
    with contextlib.closing(BatchState(desk.out)) as other:
        assert other.find_note("of") == "another"
    desk.run()
    assert {row["status"] for row in desk.read_receipt()} == {"made"} and len(desk.read_files()) == 120


@needs_posix
@pytest.mark.parametrize("harm", ["remove", "rename"])
def test_a_folder_that_goes_is_told(desk, monkeypatch, harm):
    desk.write_people(120)
    elsewhere = desk.folder / "elsewhere"
    meddle(monkeypatch, lambda: shutil.rmtree(desk.out) if harm == "remove" else desk.out.rename(elsewhere))
    said = desk.run(status=1).output
    assert "the folder was removed or renamed while the run was at work" in said and "Traceback" not in said
    monkeypatch.undo()
    if harm == "rename":
        elsewhere.rename(desk.out)
    desk.run()
    assert len(desk.read_files()) == len(desk.read_receipt()) == 120


@pytest.fixture
def own_folder():
    """Give a folder of somebody who is not the superuser, and be that person."""
    if os.name == "nt":
        pytest.skip("Windows has no modes of files")
    ruler = os.geteuid() == 0
    if ruler and not hasattr(os, "setresuid"):
        pytest.skip("the superuser may write everything")
    folder = Path(tempfile.mkdtemp())
    if ruler:
        os.chown(folder, 65534, 65534)
        os.setresuid(65534, 65534, 0)
    try:
        yield folder
    finally:
        if ruler:
            os.setresuid(0, 0, 0)
        folder.chmod(0o700)
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda folder, state: state.chmod(0o400), "this file is read-only for this account"),
        (lambda folder, state: state.chmod(0), "this file is read-only for this account"),
        (lambda folder, state: folder.chmod(0), "may not write in the folder"),
        (lambda folder, state: folder.chmod(0o500), "may not write in the folder"),
        (lambda folder, state: (state.unlink(), folder.chmod(0o500)), "may not write in the folder"),
        (lambda folder, state: (state.chmod(0o400), folder.chmod(0o500)), "this file is read-only for this account"),
        (lambda folder, state: Path(f"{state}-wal").touch(0o400), "a file of it is read-only"),
        (lambda folder, state: Path(f"{state}-journal").mkdir(), "belongs to a folder"),
        (lambda folder, state: (state.unlink(), state.mkdir()), "belongs to a folder"),
        (lambda folder, state: (state.unlink(), state.symlink_to("nowhere/at/all")), "a link that leads nowhere"),
    ],
)
def test_a_state_that_cannot_be_written_is_told_with_its_cause(own_folder, harm, words):
    with contextlib.closing(BatchState(own_folder)) as state:
        state.keep_note("a", "b")
    harm(own_folder, own_folder / STATE_NAME)
    with pytest.raises(DeliveryError) as caught:
        BatchState(own_folder)
    (item,) = caught.value.diagnostics
    assert words in item.message and item.hint and "full" not in item.format_line()


@pytest.mark.parametrize(
    ("name", "rule", "words"),
    [
        ("SQLITE_FULL", "disk-full", "the disk is full"),
        ("SQLITE_BUSY", "folder-in-use", "another run"),
        ("SQLITE_CORRUPT_INDEX", "state-broken", "broken"),
        ("SQLITE_IOERR_LOCK", "not-written", "does not lock files"),
        ("SQLITE_IOERR_FSYNC", "not-written", "SQLITE_IOERR_FSYNC"),
        ("SQLITE_READONLY_DBMOVED", "read-only", "a file of it is read-only"),
    ],
)
def test_what_sqlite_says_is_told_in_plain_words(tmp_path, name, rule, words):
    problem = sqlite3.OperationalError("disk I/O error")
    problem.sqlite_errorname = name
    item = explain_state(tmp_path, problem)
    assert item.rule == rule and words in item.message and item.hint
