"""Progress of a batch: a bar on a terminal, plain lines without one, nothing with ``-q``."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator

import click

from handouts.commands.report import say

EVERY = 10.0
"""Seconds between plain lines."""


@contextlib.contextmanager
def show_progress(total: int) -> Iterator[Callable[[int], None]]:
    """Give a function that is told how many more sheets are done; shows rate and time left on stderr."""
    context = click.get_current_context(silent=True)
    if context is not None and (context.find_root().obj or {}).get("quiet"):
        yield lambda more: None
        return
    start = time.monotonic()
    done = 0
    if sys.stderr is not None and sys.stderr.isatty():

        def tell_rate(_: object) -> str:
            return f"{done / max(time.monotonic() - start, 0.001):.0f} sheets a second"

        with click.progressbar(length=total, label="Sheets", item_show_func=tell_rate, file=sys.stderr) as bar:

            def move(more: int) -> None:
                nonlocal done
                done += more
                bar.update(more, "")

            yield move
        return
    last = start

    def tell(more: int) -> None:
        nonlocal done, last
        done += more
        now = time.monotonic()
        if now - last >= EVERY and done < total:
            last = now
            rate = done / (now - start)
            say(f"{done} of {total} sheets, {rate:.0f} a second, {(total - done) / rate:.0f} s left")

    yield tell
