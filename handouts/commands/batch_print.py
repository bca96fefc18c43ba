"""The print run of a batch: every sheet in one file for the printer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from handouts.commands.batch_work import Order, list_steps, take_steps, tell_problem
from handouts.delivery.jobs import Job, Outcome
from handouts.delivery.print_file import NotWantedError, open_whole
from handouts.diagnostics import Diagnostic, Span
from handouts.interrupts import defer_interrupts
from handouts.layout.impose import Side, impose_pages
from handouts.layout.page import Block, DocumentInfo, Page, Placed, Run, Text
from handouts.layout.sheet import PAPERS, Sheet
from handouts.pdf.print_run import PrintRun
from handouts.pdf.stencils import Printed, print_sides
from handouts.pipeline import PRODUCER, Pipeline

SEPARATOR_SIZE = 30.0
"""Type size of the words on a separator sheet, in points: read from a standing pile."""

GROUP = 50
"""Handouts that are planned and laid out together."""


def write_print_run(
    pipeline: Pipeline,
    order: Order,
    jobs: Iterable[Job],
    path: Path,
    *,
    separators: bool,
    two_up: bool,
    tagged: bool = False,
) -> tuple[int, list[tuple[int, str]]]:
    """Write all sheets into one file; return the number of pages and (row, problem) of the sheets that are not in it.

    Without a single sheet nothing is written, and a file that has the name stays as it is. DeliveryError when the file
    cannot be written.
    """
    problems: list[tuple[int, str]] = []
    title = pipeline.library.handouts[order.handout].title
    size = PAPERS[order.paper or pipeline.clinic.paper]
    steps = list_steps(pipeline, order)
    waiting = iter(jobs)
    pages = printed = 0
    with open_whole(path) as file:
        run: PrintRun | None = None
        while group := tuple(islice(waiting, GROUP)):
            for job, made in zip(group, take_steps(group, steps), strict=True):
                if isinstance(made, Outcome):
                    problems.append((job.row, made.problem))
                    continue
                plan, sheet = made
                if run is None:
                    info = DocumentInfo(title, plan.language, plan.date.isoformat(), plan.digest, PRODUCER)
                    run = PrintRun(file, pipeline.fonts, info, turned=two_up, tagged=tagged)
                mark = job.reference or str(job.row)
                impose = partial(_impose_sheet, sheet, two_up)
                handout = Printed(impose, sheet.own, sheet.layout)
                with defer_interrupts():
                    try:
                        slip = make_separator(pipeline, mark, plan.sheet_id, size) if separators else None
                        before = print_sides(impose_pages([slip], two_up=two_up)) if slip else None
                        run.add_handout(handout, mark, pipeline.find_cast(plan), plan.language, before)
                        printed += 1
                    except OSError:
                        raise
                    except Exception as problem:  # a bug keeps no other row from being printed
                        problems.append((job.row, tell_problem(problem)))
        if run is None or not printed:
            raise NotWantedError
        pages = run.finish()
    return pages, problems


def explain_gaps(path: Path, pages: int, problems: Iterable[tuple[int, str]]) -> list[Diagnostic]:
    """Return what is missing in a print run, from what `write_print_run` returned."""
    span = Span(str(path))
    found = [Diagnostic("not-printed", f"row {row} is not in it: {problem}", span) for row, problem in problems]
    if not pages:
        older = "; the file that has this name is an older one" if path.exists() else ""
        found.append(Diagnostic("not-written", f"nothing was written: there is no sheet to print{older}", span))
    return found


def _impose_sheet(sheet: Sheet, two_up: bool) -> Sequence[Side]:
    return impose_pages(sheet.pages, two_up=two_up)


def make_separator(pipeline: Pipeline, mark: str, sheet_id: str, size: tuple[float, float]) -> Page:
    """Return the sheet that stands before a handout in the pile: its reference and its sheet id, large."""
    items = []
    y = SEPARATOR_SIZE
    for words in (mark, sheet_id):
        runs = tuple(Run(text, face, SEPARATOR_SIZE, "#000000") for face, text in pipeline.fonts.split(words, "bold"))
        width = pipeline.fonts.width(words, "bold", SEPARATOR_SIZE)
        items.append(Text(0.0, y, width, runs))
        y += SEPARATOR_SIZE * 1.5
    block = Block("separator", "separator", size[0], y, tuple(items), personal=True, artifact="Layout")
    return Page(size[0], size[1], (Placed(block, 60.0, 60.0),))
