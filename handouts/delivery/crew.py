"""Other processes of a batch: how they start, what they do first, and how they end."""

from __future__ import annotations

import atexit
import contextlib
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from handouts.interrupts import hold_interrupts

Ready = Callable[[], object]
"""What a process does before it has work; it must be picklable, and what goes wrong in it is told by the first work."""


class Crew:
    """Processes beside this one, which may start before there is work for them, so that they are ready when it comes.

    ``count`` says how many there are; with none, nothing starts.
    """

    def __init__(self, count: int, ready: Ready | None = None) -> None:
        """Say how many processes there are and what each does first; none starts yet."""
        self.count = count
        self._ready = ready
        self._pool: ProcessPoolExecutor | None = None

    def start(self) -> None:
        """Let the processes start, without waiting for them."""
        if self._pool is None and self.count:
            self._pool = open_pool(self.count, self._ready)

    def hand_over(self) -> ProcessPoolExecutor:
        """Return the pool that was started, or else one that starts now; the taker shuts it down."""
        pool, self._pool = self._pool or open_pool(self.count, self._ready), None
        return pool

    def close(self) -> None:
        """End the processes if nobody took them."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def open_pool(workers: int, ready: Ready | None = None) -> ProcessPoolExecutor:
    """Return a pool whose processes have begun; Ctrl-C never reaches them, also while they start."""
    context = multiprocessing.get_context("spawn")
    if hasattr(signal, "pthread_sigmask"):
        # The first process starts the tracker, which lets all signals through again.
        from multiprocessing import resource_tracker  # noqa: PLC0415  (not on Windows)

        resource_tracker.ensure_running()
    with hold_interrupts():
        pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_settle_worker, initargs=(ready,))
        for _ in range(workers):
            pool.submit(os.getpid)
    return pool


def _settle_worker(ready: Ready | None) -> None:
    """Leave the interrupt to the parent, end when the parent is gone, and get ready."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    atexit.register(gc.freeze)  # at its end everything goes: there is nothing to look for
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow_parent, args=(parent,), daemon=True).start()
    if ready is not None:
        with contextlib.suppress(Exception):
            ready()


def _follow_parent(parent: Any) -> None:
    parent.join()
    os._exit(1)
