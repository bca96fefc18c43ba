"""Where sheets are made: in this process, or in several."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

from handouts.delivery.batch import Press, Work
from handouts.delivery.crew import Crew, open_pool
from handouts.delivery.jobs import Job, Outcome, Sheet
from handouts.diagnostics import DeliveryError, Diagnostic, Span

LEAST_FOR_POOL = 1000
"""Sheets below which starting processes costs more than they save (two workers break even here)."""

AHEAD = 3
"""Groups that each other process has before it, so that none waits while this one works."""

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


def work_in_pool(work: Work, crew: Crew, *, here: bool = True) -> Press:
    """Return the press that makes sheets in several processes at once. ``work`` must be picklable.

    Beside the ``crew`` this process works too, while the others still start, unless it shall not work ``here``: after a
    run that ended without a word, for a row that ends its process would end this one again. In another process such a
    row is found by running its group one by one, and reported; all others are made.
    """

    def press(groups: Iterable[Sequence[Job]]) -> Iterator[list[Outcome]]:
        pool = crew.hand_over()
        pending: Pending = {}
        suspects: deque[Sequence[Job]] = deque()
        try:
            for group in groups:
                if here and len(pending) >= AHEAD * crew.count:
                    yield work(group)
                    yield from _collect(pending, suspects, 0)
                else:
                    _submit(pool, work, group, pending, suspects)
                while not here and len(pending) >= AHEAD * crew.count and not suspects:
                    yield from _collect(pending, suspects)
                if suspects:
                    pool.shutdown(wait=True, cancel_futures=True)
                    suspects.extend(pending.values())
                    pending.clear()
                    yield from _find_culprits(work, suspects)
                    pool = crew.hand_over()
            while pending:
                left = _take_back(pending) if here else None
                if left is not None:
                    yield work(left)
                yield from _collect(pending, suspects, None if left is None else 0)
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


def _submit(
    pool: ProcessPoolExecutor,
    work: Work,
    group: Sequence[Job],
    pending: Pending,
    suspects: deque[Sequence[Job]],
) -> None:
    """Give a group to another process; where one has broken down meanwhile, the group goes to the suspects."""
    try:
        pending[pool.submit(_work_apart, work, group)] = group
    except BrokenProcessPool:
        suspects.append(group)


def _take_back(pending: Pending) -> Sequence[Job] | None:
    """Return the last group that no process has begun, which is no longer pending then; None where all have."""
    for future in reversed(pending):
        if future.cancel():
            return pending.pop(future)
    return None


def _collect(pending: Pending, suspects: deque[Sequence[Job]], seconds: float | None = None) -> Iterator[list[Outcome]]:
    """Yield what has come, or comes first within some seconds; groups whose process broke down go to the suspects."""
    done, _ = wait(pending, seconds, FIRST_COMPLETED)
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
                pool = pool or open_pool(1)
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
