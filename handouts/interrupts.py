"""Ctrl-C, kept back for moments in which it would be lost, or leave something half done that nobody could end."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""


@contextlib.contextmanager
def hold_interrupts() -> Iterator[None]:
    """Keep Ctrl-C back for a moment; from threads and processes that start in it, for good (not on Windows)."""
    if not hasattr(signal, "pthread_sigmask"):
        with defer_interrupts():
            yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def defer_interrupts() -> Iterator[None]:
    """Let Ctrl-C come behind a piece of work, in the main thread, which alone it reaches; a second one comes at once.

    Raised inside, it can be taken for another error: a dictionary makes a KeyError of what goes wrong in a hash, a
    class a RuntimeError of what goes wrong in a field.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    noted: list[int] = []

    def note(number: int, _frame: object) -> None:
        if noted:
            raise KeyboardInterrupt
        noted.append(number)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if noted:
            signal.raise_signal(signal.SIGINT)
