"""Work for presses that needs no pipeline: a sheet is its row's number. One row ends its process."""

import hashlib
import multiprocessing
import os
import time
from dataclasses import replace
from datetime import date

from handouts.delivery.jobs import Job, Outcome, Sheet
from handouts.diagnostics import DeliveryError, Diagnostic, Span

DEADLY = 7


def make_jobs(count):
    return [Job(row, f"{row}.pdf", "", None, date(2026, 11, 23), "option") for row in range(count)]


def work(jobs):
    outcomes = []
    for job in jobs:
        if job.row == DEADLY:
            os._exit(3)
        data = str(job.row).encode()
        sheet = Sheet("ABC234", 1, hashlib.sha256(data).hexdigest(), len(data), "1.0", "0")
        outcomes.append(Outcome(job, sheet, data=data))
    return outcomes


def work_slowly(jobs):
    time.sleep(0.05)
    return work([job for job in jobs if job.row != DEADLY])


def end_elsewhere(jobs):
    """Note in each outcome which process it is of; the deadly row ends any process but the first."""
    apart = multiprocessing.parent_process() is not None
    made = work([job for job in jobs if apart or job.row != DEADLY])
    made += [Outcome(job, None, "made here") for job in jobs if not apart and job.row == DEADLY]
    time.sleep(0.01)
    return [replace(outcome, problem=str(os.getpid())) for outcome in made]


def end_at_once(jobs):
    os._exit(3)


def refuse(jobs):
    raise DeliveryError(Diagnostic("content-differs", "other content", Span("here")))


def leave_note(path):
    """Get ready by leaving a file with the number of this process."""
    (path / str(os.getpid())).touch()
