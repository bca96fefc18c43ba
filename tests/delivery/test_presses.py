"""Presses: processes that die take one row with them, workers of a cluster none."""

import contextlib
import json
import multiprocessing
import os
import subprocess
import sys
import time
from functools import partial

import pytest

from handouts.delivery.batch import AT_WORK
from handouts.delivery.cluster import work_on_cluster
from handouts.delivery.crew import Crew
from handouts.delivery.presses import CRASHED, MOST_CRASHES, work_here, work_in_pool
from handouts.delivery.state import BatchState
from handouts.diagnostics import DeliveryError
from tests.delivery import work
from tests.delivery.conftest import ROOT


def cut(jobs, size=4):
    return [jobs[start : start + size] for start in range(0, len(jobs), size)]


def test_a_row_that_ends_its_process_is_told_and_all_others_are_made():
    jobs = work.make_jobs(20)
    outcomes = [item for group in work_in_pool(work.work, Crew(2), here=False)(iter(cut(jobs))) for item in group]
    assert sorted(item.job.row for item in outcomes) == list(range(20))
    assert [(item.job.row, item.problem) for item in outcomes if item.sheet is None] == [(work.DEADLY, CRASHED)]


def test_this_process_works_too_and_goes_on_when_another_breaks_down():
    jobs = work.make_jobs(400)
    outcomes = [item for group in work_in_pool(work.end_elsewhere, Crew(1))(iter(cut(jobs))) for item in group]
    assert sorted(item.job.row for item in outcomes) == list(range(400))
    assert [item.job.row for item in outcomes if item.problem == CRASHED] == [work.DEADLY]
    makers = {item.problem for item in outcomes} - {CRASHED}
    assert str(os.getpid()) in makers and len(makers) >= 2


def test_groups_that_no_other_process_began_are_taken_back():
    jobs = work.make_jobs(9)
    groups = cut(jobs[: work.DEADLY], 1)
    outcomes = [item for group in work_in_pool(work.work_slowly, Crew(7))(iter(groups)) for item in group]
    assert sorted(item.job.row for item in outcomes) == list(range(work.DEADLY))


def test_a_crew_starts_once_gets_ready_and_ends(tmp_path):
    crew = Crew(2, partial(work.leave_note, tmp_path))
    crew.start()
    crew.start()
    pool = crew.hand_over()
    assert pool.submit(abs, -3).result() == 3
    pool.shutdown(wait=True)
    ready = [int(path.name) for path in tmp_path.iterdir()]
    assert 1 <= len(ready) <= 2 and os.getpid() not in ready
    other = crew.hand_over()
    crew.start()
    crew.close()
    other.shutdown(wait=True)
    assert multiprocessing.active_children() == []


def test_a_crew_that_is_not_wanted_never_starts():
    crew = Crew(0, partial(print, "never"))
    crew.start()
    assert multiprocessing.active_children() == []
    crew.close()


def test_what_goes_wrong_in_getting_ready_is_left_to_the_first_work():
    crew = Crew(1, partial(int, "no number"))
    crew.start()
    pool = crew.hand_over()
    assert pool.submit(abs, -3).result() == 3
    pool.shutdown(wait=True)


def test_a_table_that_is_refused_leaves_no_process(desk, monkeypatch):
    monkeypatch.setattr("handouts.commands.batch_run.LEAST_FOR_POOL", 5)
    rows = [("A", f"HL-{number}", "early", "", "2026-11-23", "") for number in range(20)]
    desk.write_table([*rows, ("B", "HL-20", "no stage", "", "2026-11-23", "")])
    desk.run("--workers", "2", status=1)
    assert multiprocessing.active_children() == []
    assert not desk.out.exists()


@pytest.mark.parametrize(("note", "here"), [("", True), ("3.pdf", False)])
def test_after_an_end_without_a_word_only_other_processes_work(desk, monkeypatch, note, here):
    monkeypatch.setattr("handouts.commands.batch_run.LEAST_FOR_POOL", 5)
    desk.write_people(10)
    desk.out.mkdir()
    with contextlib.closing(BatchState(desk.out)) as state:
        state.keep_note(AT_WORK, note)
    asked = []

    def press(order, crew, *, here):
        asked.append((crew.count, here))
        return work_here(order)

    monkeypatch.setattr("handouts.commands.batch_run.work_in_pool", press)
    desk.run("--workers", "2")
    assert asked == [(1 if here else 2, here)]


def test_a_program_that_cannot_start_processes_gives_up():
    jobs = work.make_jobs(100)
    made = []
    with pytest.raises(DeliveryError, match="one after another"):
        for group in work_in_pool(work.end_at_once, Crew(2), here=False)(iter(cut(jobs))):
            made += group
    assert [item.problem for item in made] == [CRASHED] * MOST_CRASHES


def test_a_group_that_ended_the_last_run_is_made_apart():
    jobs = work.make_jobs(12)
    outcomes = [item for group in work_here(work.work, "4.pdf")(iter(cut(jobs))) for item in group]
    assert [item.job.row for item in outcomes] == list(range(12))
    assert [item.job.row for item in outcomes if item.problem == CRASHED] == [work.DEADLY]


def test_workers_make_the_same_bytes(desk, tmp_path, monkeypatch):
    monkeypatch.setattr("handouts.commands.batch_run.LEAST_FOR_POOL", 10)
    desk.write_people(60)
    desk.run()
    alone = desk.read_files()
    desk.out = tmp_path / "pool"
    desk.run("--workers", "2")
    assert desk.read_files() == alone


def start_dask(*arguments):
    command = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:], "--no-dashboard"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture
def cluster(tmp_path):
    """A scheduler and two workers on this machine."""
    pytest.importorskip("distributed")
    note = tmp_path / "scheduler.json"
    processes = [start_dask("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(note))]
    for _ in range(2):
        options = ("--scheduler-file", str(note), "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
        processes.append(start_dask("dask_worker", *options))
    end = time.monotonic() + 20
    while not note.exists() and time.monotonic() < end:
        time.sleep(0.1)
    yield json.loads(note.read_text(encoding="utf-8"))["address"], processes
    for process in processes:
        with contextlib.suppress(OSError):
            process.kill()
        process.wait()


@pytest.mark.filterwarnings("ignore")
def test_a_lost_worker_costs_nothing(cluster):
    address, processes = cluster
    jobs = [job for job in work.make_jobs(121) if job.row != work.DEADLY]
    outcomes = []
    for number, group in enumerate(work_on_cluster(work.work_slowly, address)(iter(cut(jobs)))):
        outcomes += group
        if number == 5:
            processes[1].kill()
    here = [item for group in work_here(work.work_slowly)(iter(cut(jobs, 40))) for item in group]
    by_row = sorted(outcomes, key=lambda item: item.job.row)
    assert [item.data for item in by_row] == [item.data for item in here]


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_loses_a_worker_makes_the_same_files(cluster, desk, tmp_path, monkeypatch):
    address, processes = cluster
    desk.write_people(400)
    desk.run()
    alone = desk.read_files()
    desk.out = tmp_path / "cluster"
    keep = BatchState.keep_outcomes
    there = []

    def kill(self, outcomes, ground):
        there.append(len(desk.read_files()))
        if len(there) == 2:
            assert processes[1].poll() is None
            processes[1].kill()
        keep(self, outcomes, ground)

    monkeypatch.setattr(BatchState, "keep_outcomes", kill)
    desk.run("--dask", address)
    assert there[1] < 400 and len(there) > 2
    assert desk.read_files() == alone
    assert len(desk.read_receipt()) == 400


@pytest.mark.filterwarnings("ignore")
def test_a_worker_with_other_content_is_told_once(cluster):
    address, _ = cluster
    with pytest.raises(DeliveryError, match="other content"):
        list(work_on_cluster(work.refuse, address)(iter(cut(work.make_jobs(8)))))


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_is_not_there_is_told(monkeypatch):
    monkeypatch.setattr("handouts.delivery.cluster.CONNECT", 1)
    pytest.importorskip("distributed")
    with pytest.raises(DeliveryError, match="cannot be reached"):
        list(work_on_cluster(work.work, "tcp://127.0.0.1:9")(iter(cut(work.make_jobs(3)))))


def test_here_is_in_order():
    jobs = work.make_jobs(5)
    assert [item.job for group in work_here(work.work_slowly)(iter(cut(jobs, 2))) for item in group] == jobs
