"""Several files written together, so that the disk is waited for once and not once a file."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from queue import SimpleQueue

from handouts.dataclass import dataclass
from handouts.delivery.files import explain_file, open_new_name, sync_folder
from handouts.diagnostics import DeliveryError
from handouts.interrupts import hold_interrupts

WAITERS = 8
"""Threads that wait for the disk: a journal takes files that are waited for at once in one step."""


@dataclass(slots=True)
class _Trial:
    """A file on its way: ``handle`` is None when it is closed, ``name`` is empty when it has its final name."""

    path: str
    name: str
    handle: int | None = None
    problem: OSError | None = None

    def begin(self, data: bytes) -> None:
        """Write the bytes under the name that unfinished files have."""
        try:
            self.handle = open_new_name(self.name)
            left = memoryview(data)
            while left:
                left = left[os.write(self.handle, left) :]
        except OSError as problem:
            self.problem = problem

    @property
    def lacks_handle(self) -> bool:
        """Whether it could not begin because too many files are open."""
        return self.problem is not None and self.problem.errno in (errno.EMFILE, errno.ENFILE)

    def sync(self) -> None:
        """Wait until the disk has it."""
        if self.handle is None or self.problem is not None:
            return
        try:
            os.fsync(self.handle)
        except OSError as problem:
            self.problem = problem

    def finish(self) -> None:
        """Give it its final name."""
        try:
            self.close()
            if self.problem is None:
                os.replace(self.name, self.path)  # noqa: PTH105  (a path object a file costs more than the call)
                self.name = ""
        except OSError as problem:
            self.problem = self.problem or problem

    def close(self) -> None:
        """Close it; OSError when the disk refuses what is not written yet."""
        if self.handle is not None:
            handle, self.handle = self.handle, None
            os.close(handle)

    def drop(self) -> None:
        """Remove it, unless it is finished."""
        with contextlib.suppress(OSError):
            self.close()
        if self.name:
            with contextlib.suppress(OSError):
                os.unlink(self.name)  # noqa: PTH108


Told = SimpleQueue[None]
Asked = SimpleQueue[tuple[Sequence[_Trial], Told]]
"""Files to be waited for, and who is told when the disk has them."""


def write_group(folder: Path, files: Sequence[tuple[str, bytes]]) -> list[DeliveryError | None]:
    """Write several files into a folder, each whole or not at all; return what went wrong with each.

    All are written before the first is waited for, or as many as may be open at once. None gets its name before the
    disk has all of it.
    """
    place = str(folder)
    mark = secrets.token_hex(4)
    trials = [_Trial(os.path.join(place, name), os.path.join(place, f".{name}.{mark}.part")) for name, _ in files]  # noqa: PTH118
    open_ones: list[_Trial] = []
    try:
        for trial, (_, data) in zip(trials, files, strict=True):
            trial.begin(data)
            if trial.lacks_handle and open_ones:
                _finish(open_ones)
                open_ones.clear()
                trial.problem = None
                trial.begin(data)
            open_ones.append(trial)
        _finish(open_ones)
    finally:
        for trial in trials:
            trial.drop()
    sync_folder(folder)
    return [
        None if trial.problem is None else DeliveryError(explain_file(Path(trial.path), trial.problem))
        for trial in trials
    ]


def _finish(trials: Sequence[_Trial]) -> None:
    """Give all of them their names, and let go of their handles."""
    _wait(trials)
    for trial in trials:
        trial.finish()


def _wait(trials: Sequence[_Trial]) -> None:
    """Return when the disk has all of them."""
    shares = [trials[start::WAITERS] for start in range(min(WAITERS, len(trials)))]
    if len(shares) < 2:
        for share in shares:
            _wait_in_turn(share)
        return
    asked, done = _open_waiters(), Told()
    for share in shares:
        asked.put((share, done))
    for _ in shares:
        done.get()


def _wait_in_turn(trials: Sequence[_Trial]) -> None:
    for trial in trials:
        trial.sync()


@cache
def _open_waiters() -> Asked:
    """Return what this process's threads that wait for the disk are asked by.

    They are not a pool of the standard library: Ctrl-C while such a pool starts a thread leaves one that nobody ends,
    and the process with it. These end when the process does, and never hear of Ctrl-C.
    """
    asked = Asked()
    with hold_interrupts():
        for number in range(WAITERS):
            threading.Thread(target=_serve, args=(asked,), name=f"disk-{number}", daemon=True).start()
    return asked


def _serve(asked: Asked) -> None:
    """Wait for what is asked, one share of files after another."""
    while True:
        trials, done = asked.get()
        try:
            _wait_in_turn(trials)
        finally:
            done.put(None)
