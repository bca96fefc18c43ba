"""Where sheets are made: in this process, or in several."""

from __future__ import annotations

import atexit
import contextlib
import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from handouts.delivery.batch import Press, Work
from handouts.delivery.jobs import Job, Outcome, Sheet
from handouts.diagnostics import DeliveryError, Diagnostic, Span

LEAST_FOR_POOL = 1000
"""Sheets below which starting processes costs more than they save (two workers break even here)."""

CRASHED = "the program broke down on this row; the rest went on"


MOST_CRASHES = 10
"""Rows in a row that end their process before the run gives up: the fault is in none of them."""


def work_here(work: Work, suspect: str = "") -> Press:
    """Return the press that makes sheets in this process, one group after the other.

    The group that begins with the file ``suspect``, at which an earlier run ended without a word, is made in
    a process of its own, so that a row which ends its process is found and the rest goes on. For that ``work`` must be
    picklable.
    """

    def press(groups: Iterable[Sequence[Job]]) -> Iterator[list[Outcome]]:
        for group in groups:
            if suspect and group[0].file == suspect:
                yield from _find_culprits(work, deque([group]))
            else:
                yield work(group)

    return press


def work_in_pool(work: Work, workers: int) -> Press:
    """Return the press that makes sheets in processes of their own. ``work`` must be picklable.

    A row that ends its process is found by running its group one by one, and reported; all others are made.
    """

    def press(groups: Iterable[Sequence[Job]]) -> Iterator[list[Outcome]]:
        pool = _open_pool(workers)
        pending: Pending = {}
        suspects: deque[Sequence[Job]] = deque()
        try:
            for group in groups:
                pending[pool.submit(_work_apart, work, group)] = group
                while len(pending) >= 3 * workers and not suspects:
                    yield from _collect(pending, suspects)
                if suspects:
                    pool.shutdown(wait=True, cancel_futures=True)
                    suspects.extend(pending.values())
                    pending.clear()
                    yield from _find_culprits(work, suspects)
                    pool = _open_pool(workers)
            while pending:
                yield from _collect(pending, suspects)
            yield from _find_culprits(work, suspects)
        except KeyboardInterrupt:
            # What has begun is finished and noted, so that the next run need not make it again.
            begun = [future for future in pending if not future.cancel()]
            for future in begun:
                with contextlib.suppress(BrokenProcessPool):
                    yield _join(pending[future], future.result())
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    return press


Result = tuple[Sheet | None, str, bytes | None, bool]
"""What comes back of a job: its outcome without the job, which is here already."""

Pending = dict[Future[list[Result]], Sequence[Job]]


def _work_apart(work: Work, group: Sequence[Job]) -> list[Result]:
    """Return what becomes of a group, in another process."""
    return [(outcome.sheet, outcome.problem, outcome.data, outcome.unwritten) for outcome in work(group)]


def _join(group: Sequence[Job], results: Sequence[Result]) -> list[Outcome]:
    return [Outcome(job, *result) for job, result in zip(group, results, strict=True)]


def _collect(pending: Pending, suspects: deque[Sequence[Job]]) -> Iterator[list[Outcome]]:
    """Yield what has come; groups whose process broke down go to the suspects."""
    done, _ = wait(pending, return_when=FIRST_COMPLETED)
    for future in done:
        group = pending.pop(future)
        try:
            outcomes = _join(group, future.result())
        except BrokenProcessPool:
            suspects.append(group)
            continue
        yield outcomes


def _find_culprits(work: Work, suspects: deque[Sequence[Job]]) -> Iterator[list[Outcome]]:
    """Make the sheets of broken groups one by one, each in a process that may break down.

    DeliveryError when one row after another ends its process.
    """
    pool = None
    crashes = 0
    try:
        while suspects:
            for job in suspects.popleft():
                pool = pool or _open_pool(1)
                try:
                    outcomes = _join([job], pool.submit(_work_apart, work, [job]).result())
                    crashes = 0
                except BrokenProcessPool:
                    pool.shutdown(wait=True)
                    pool = None
                    crashes += 1
                    outcomes = [Outcome(job, None, CRASHED)]
                yield outcomes
                if crashes >= MOST_CRASHES:
                    message = f"{crashes} rows one after another ended their process"
                    hint = (
                        "see that there is memory enough, then run the same command again: it goes on where it stopped"
                    )
                    raise DeliveryError(Diagnostic("no-process", message, Span("--workers"), hint=hint))
    finally:
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)


def _open_pool(workers: int) -> ProcessPoolExecutor:
    """Return a pool whose processes have begun; Ctrl-C never reaches them, also while they start."""
    context = multiprocessing.get_context("spawn")
    with _hold_interrupts():
        pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_settle_worker)
        for _ in range(workers):
            pool.submit(os.getpid)
    return pool


@contextlib.contextmanager
def _hold_interrupts() -> Iterator[None]:
    """Keep Ctrl-C back for a moment; from processes that start in it, for good."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # The first process starts the tracker, which lets all signals through again.
    from multiprocessing import resource_tracker  # noqa: PLC0415  (not on Windows)

    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _settle_worker() -> None:
    """Leave the interrupt to the parent, and end when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    atexit.register(gc.freeze)  # at its end everything goes: there is nothing to look for
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow_parent, args=(parent,), daemon=True).start()


def _follow_parent(parent: Any) -> None:
    parent.join()
    os._exit(1)
