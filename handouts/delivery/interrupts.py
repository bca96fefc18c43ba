"""Ctrl-C, kept back for moments in which it would leave something half done that nobody could end."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""


@contextlib.contextmanager
def hold_interrupts() -> Iterator[None]:
    """Keep Ctrl-C back for a moment; from threads and processes that start in it, for good. Windows cannot."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
