"""Work for presses that needs no pipeline: a sheet is its row's number. One row ends its process."""

import hashlib
import os
import time
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


def end_at_once(jobs):
    os._exit(3)


def refuse(jobs):
    raise DeliveryError(Diagnostic("content-differs", "other content", Span("here")))
