"""The file of a print run: written under another name and renamed when it is whole."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from handouts.delivery.files import explain_file, name_trial, open_new, refuse_other_kind, refuse_place
from handouts.diagnostics import DeliveryError


class NotWantedError(Exception):
    """Raised where a file of `open_whole` is written: it is not wanted after all."""


@contextlib.contextmanager
def open_whole(path: Path) -> Iterator[BinaryIO]:
    """Give an open file that takes the name ``path`` only when all is written; readable by its owner only.

    Where NotWantedError or another is raised inside, what has the name stays as it is; NotWantedError goes no further.
    DeliveryError when the folder is missing, the disk is full or another program holds the file open, or for a folder,
    a device, a pipe or a file that is no PDF.
    """
    refuse_place(path)
    refuse_other_kind(path)
    trial = name_trial(path)
    try:
        with os.fdopen(open_new(trial), "wb", buffering=1 << 20) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        trial.replace(path)
    except NotWantedError:
        pass
    except OSError as problem:
        raise DeliveryError(explain_file(path, problem)) from problem
    finally:
        with contextlib.suppress(OSError):
            trial.unlink()
