"""Standard output and standard error that end in words, not in a traceback, when they take nothing more."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO, cast

OUTPUT = "standard output"


def write_product(data: bytes) -> None:
    """Write a file to standard output, whole; DeliveryError when it does not take it."""
    file = sys.stdout.buffer
    file.write(data)
    file.flush()


@contextlib.contextmanager
def guard_streams() -> Iterator[None]:
    """Let a command end in words where an output takes nothing more.

    From standard output comes DeliveryError, once; BrokenPipeError when its reader has gone. What standard error does
    not take is lost, and the work goes on: it holds talk only.
    """
    before = (sys.stdout, sys.stderr)
    out = Outlet(before[0] or _open_closed(), _refuse_output)
    err = None if before[1] is None else Outlet(before[1], _keep_quiet)
    sys.stdout = cast("TextIO", out)
    if err is not None:
        sys.stderr = cast("TextIO", err)
    try:
        yield
    finally:
        # A lost stream still holds what it did not take: it would try again when the program ends.
        sys.stdout = cast("TextIO", None) if out.lost else before[0]
        sys.stderr = cast("TextIO", None) if err is not None and err.lost else before[1]


class Outlet:
    """A text stream, or its ``buffer``, that takes and drops everything once a write to it has failed.

    ``answer`` is called with the first failure, and may raise.
    """

    def __init__(self, stream: Any, answer: Callable[[OSError], None], text: Outlet | None = None) -> None:
        self._stream = stream
        self._answer = answer
        self._root = text or self
        self.lost = False

    def __getattr__(self, name: str) -> Any:
        """Return whatever else the stream has."""
        return getattr(self._stream, name)

    @property
    def buffer(self) -> Outlet:
        """The stream of bytes below a text stream."""
        return Outlet(self._stream.buffer, self._answer, self._root)

    def write(self, data: Any) -> int:
        """Write text, or bytes, and return its length."""
        if not data and (isinstance(data, str) or self._root is not self):
            # Click tries with nothing which kind of stream this is, and drops what then goes wrong.
            return 0
        self._attempt(lambda: self._stream.write(data))
        return len(data)

    def flush(self) -> None:
        """Write what is kept back."""
        self._attempt(self._stream.flush)

    def _attempt(self, act: Callable[[], object]) -> None:
        if self._root.lost:
            return
        try:
            act()
        except OSError as problem:
            self._root.lost = True
            self._answer(problem)


class _Closed(io.RawIOBase):
    """The file below a standard output that was closed before the program began."""

    def writable(self) -> bool:
        return True

    def write(self, _data: Any) -> int:
        raise OSError(errno.EBADF, "it is closed")


def _open_closed() -> TextIO:
    return io.TextIOWrapper(io.BufferedWriter(_Closed()), encoding="utf-8")


def _keep_quiet(_problem: OSError) -> None:
    pass


def _refuse_output(problem: OSError) -> None:
    from handouts.delivery.files import explain_file  # noqa: PLC0415
    from handouts.diagnostics import DeliveryError  # noqa: PLC0415

    # Windows says of a pipe without a reader that the argument is wrong.
    if problem.errno == errno.EPIPE or (os.name == "nt" and problem.errno == errno.EINVAL):
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE)) from problem
    raise DeliveryError(explain_file(Path(OUTPUT), problem)) from problem
