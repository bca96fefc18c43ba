"""The work of a batch in one process: jobs to sheets, with a pipeline that is opened once."""

from __future__ import annotations

import gc
import hashlib
import os
import traceback
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handouts.dataclass import dataclass
from handouts.delivery.batch import settle_outcome
from handouts.delivery.file_group import write_group
from handouts.delivery.jobs import Job, Outcome, Sheet
from handouts.diagnostics import DeliveryError, Diagnostic, HandoutError, Span
from handouts.interrupts import defer_interrupts
from handouts.patient.models import Clinic
from handouts.resources import find_cache_folder

if TYPE_CHECKING:
    from handouts.commands.batch_options import BatchOptions
    from handouts.layout.sheet import Sheet as Pages
    from handouts.pipeline import Choices, Pipeline
    from handouts.tailor.plan import Plan

MOST_UNSEEN = 20_000_000
"""Objects after which cycles are looked for: some thousands of sheets."""

Step = Callable[[Job, Any], Any]
"""Takes a job and what the step before made of it."""

_pipelines: dict[Clinic, Pipeline] = {}


@dataclass(frozen=True, slots=True)
class Order:
    """What every sheet of a batch is made with. ``content`` is the library's digest, checked in other processes.

    ``folder`` None asks for bytes instead of files.
    """

    handout: str
    clinic: Clinic
    content: str
    language: str | None
    edition: str | None
    paper: str | None
    folder: Path | None

    def __call__(self, jobs: Sequence[Job]) -> list[Outcome]:
        """Return the outcome of every job; what is wrong with one is its problem alone."""
        pipeline = find_pipeline(self)
        outcomes = make_sheets(pipeline, self, jobs)
        if self.folder is None:
            return outcomes
        waiting = [at for at, item in enumerate(outcomes) if item.data is not None]
        files = [(outcomes[at].job.file, outcomes[at].data or b"") for at in waiting]
        for at, problem in zip(waiting, write_group(self.folder, files), strict=True):
            outcomes[at] = settle_outcome(outcomes[at], problem)
        return outcomes

    def prepare(self) -> None:
        """Get ready for jobs: open the pipeline, and make a sheet for nobody, which is thrown away."""
        from handouts.patient.models import PatientRecord  # noqa: PLC0415

        make_sheets(find_pipeline(self), self, [Job(0, "", "", PatientRecord("A"), date.today(), "today")])


def make_order(options: BatchOptions, pipeline: Pipeline, folder: Path | None) -> Order:
    """Return what every sheet of a batch is made with; ``folder`` None asks for bytes."""
    look = (options.language, options.edition, options.paper)
    return Order(options.handout, pipeline.clinic, pipeline.library.digest, *look, folder)


def keep_pipeline(pipeline: Pipeline) -> None:
    """Let work in this process use a pipeline that is open already."""
    calm_collector()
    _pipelines[pipeline.clinic] = pipeline


def calm_collector() -> None:
    """Let the collector of cycles look seldom while sheets are made: they make none but when something fails.

    A batch keeps hundreds of thousands of objects, and going through them again and again takes a tenth of its time.
    """
    gc.freeze()
    gc.set_threshold(MOST_UNSEEN)


def find_pipeline(order: Order) -> Pipeline:
    """Return this process's pipeline for a clinic.

    DeliveryError when the content on this machine is not that of the machine which gave the order.
    """
    pipeline = _pipelines.get(order.clinic)
    if pipeline is None:
        from handouts.pipeline import open_pipeline  # noqa: PLC0415

        pipeline = _pipelines[order.clinic] = open_pipeline(order.clinic, cache=find_cache_folder(os.environ))
        calm_collector()
    if pipeline.library.digest != order.content:
        hint = "install the same version of handouts and the same content on every machine"
        message = "the content on this machine differs from the content of the batch"
        raise DeliveryError(Diagnostic("content-differs", message, Span("--dask"), hint=hint))
    return pipeline


def find_choices(order: Order, job: Job) -> Choices:
    """Return what the options and the row decide for one sheet."""
    from handouts.pipeline import Choices  # noqa: PLC0415

    return Choices(job.date, job.date_from, order.language, order.edition, order.paper)


def make_sheets(pipeline: Pipeline, order: Order, jobs: Sequence[Job]) -> list[Outcome]:
    """Return sheets with their bytes, or their problems."""

    def paint(job: Job, made: tuple[Plan, Pages]) -> Outcome:
        return finish_sheet(job, *made, pipeline.paint(*made))

    return take_steps(jobs, (*list_steps(pipeline, order), paint))


def list_steps(pipeline: Pipeline, order: Order) -> tuple[Step, Step]:
    """Return the steps that lead to a job's plan and its pages."""

    def make_plan(job: Job, _: None) -> Plan:
        return pipeline.plan(order.handout, job.record, find_choices(order, job))

    def lay_out(job: Job, plan: Plan) -> tuple[Plan, Pages]:
        return plan, pipeline.lay_out_for(plan, job.record, find_choices(order, job))

    return make_plan, lay_out


def take_steps(jobs: Sequence[Job], steps: Sequence[Step]) -> list[Any]:
    """Return what the last step made of each job, or its problem as an outcome; a bug ends its row and no other.

    Each step is taken for all of them before the next: what a step needs is then near at hand in the processor.
    """
    results: list[Any] = [None] * len(jobs)
    with defer_interrupts():
        for step in steps:
            for at, job in enumerate(jobs):
                if isinstance(results[at], Outcome):
                    continue
                try:
                    results[at] = step(job, results[at])
                except KeyboardInterrupt:
                    raise
                except BaseException as problem:  # also what would end the program: no row keeps the others from theirs
                    results[at] = Outcome(job, None, tell_problem(problem))
    return results


def finish_sheet(job: Job, plan: Plan, pages: Pages, data: bytes) -> Outcome:
    """Return a sheet with its bytes, and what the receipt says of it."""
    digest = hashlib.sha256(data).hexdigest()
    sheet = Sheet(plan.sheet_id, pages.count, digest, len(data), plan.content_version, plan.digest)
    return Outcome(job, sheet, data=data)


def tell_problem(problem: BaseException) -> str:
    """Return why a row's sheet was not made: what is wrong with the row, or where the program failed."""
    if isinstance(problem, HandoutError):
        return "; ".join(_tell(item) for item in problem.diagnostics)
    return tell_bug(problem)


def tell_bug(problem: BaseException) -> str:
    """Return where the program failed. The exception's own words may hold a person's data and are not told."""
    frames = traceback.extract_tb(problem.__traceback__)
    last = frames[-1] if frames else None
    place = f" at {Path(last.filename).name}:{last.lineno}" if last else ""
    return f"the program failed on this row ({type(problem).__name__}{place}); please report it"


def _tell(item: Diagnostic) -> str:
    return f"{item.message} ({item.span})" + (f"; {item.hint}" if item.hint else "")
