"""One contestant in a process of its own: makes sheets and prints one line of JSON with what they cost.

Started by run.py. CPU time is user and system time of this process and its children, after warming up.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]


def read_cpu() -> float:
    """Return the CPU seconds used so far."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, kinds))


def report(name: str, count: int, cpu: float, size: float, **more: Any) -> None:
    """Print what a contestant needed."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps({"name": name, "count": count, "ms": cpu / count * 1e3, "bytes": size / count, "mb": peak, **more})
    )


def run_peer(name: str, folder: Path, count: int, merged: bool) -> None:
    """Make the documents of the folder with a peer, one by one or as one file."""
    from peers import OPENERS

    documents = json.loads((folder / "documents.json").read_text(encoding="utf-8"))
    make = OPENERS[name](folder)
    for document in documents[-3:]:
        make([document])
    chosen = documents[:count]
    start = read_cpu()
    size = len(make(chosen)) if merged else sum(len(make([document])) for document in chosen)
    report(name + ("-merged" if merged else ""), len(chosen), read_cpu() - start, size)


def open_desk(kind: str, count: int, seed: int) -> tuple[Any, list[Any], list[Any]]:
    """Return a pipeline, people to warm up with, and the people who count; all can be laid out."""
    from people import draw_usual, draw_varied

    from handouts.commands.batch_work import keep_pipeline
    from handouts.delivery.jobs import Job
    from handouts.diagnostics import Collector, HandoutError, PatientError
    from handouts.patient.clinic import read_clinic
    from handouts.patient.table_cells import make_row
    from handouts.patient.table_records import read_row
    from handouts.pipeline import Choices, open_pipeline

    collector = Collector()
    clinic = read_clinic(ROOT / "examples" / "clinic.yaml", collector)
    collector.raise_errors(PatientError)
    pipeline = open_pipeline(clinic)
    keep_pipeline(pipeline)
    draw = draw_usual if kind == "usual" else draw_varied
    seen = set()
    jobs = []
    for row in draw(Random(seed), list(pipeline.library.conditions)):
        reading = read_row(make_row(2, 2, list(row.values()), tuple(row), "", "t"), pipeline.library, None, None)
        record = reading.record
        if record is None:
            continue
        with contextlib.suppress(HandoutError):
            plan = pipeline.plan("back-spasms", record, Choices(record.seen_on, "record"))
            if kind == "varied" and plan.shared_digest in seen:
                continue
            seen.add(plan.shared_digest)
            number = len(jobs)
            jobs.append(Job(number, f"{number:05}.pdf", record.reference, record, record.seen_on, "record"))
        if len(jobs) == 2 * count:
            break
    forget_plans()
    return pipeline, jobs[count:], jobs[:count]


def forget_plans() -> None:
    """Drop the plans made while people were drawn: they must cost what they cost."""
    from handouts.tailor import rulebook

    for book in rulebook._rulebooks.values():
        book._templates.clear()


def run_own(name: str, kind: str, count: int, seed: int) -> None:
    """Make sheets with this program: in memory, as files with state and receipt, or as a print run."""
    from handouts.commands.batch_work import Order

    pipeline, warm, jobs = open_desk(kind, count, seed)
    order = Order("back-spasms", pipeline.clinic, pipeline.library.digest, None, None, None, None)
    for start in range(0, len(warm), 50):
        order(warm[start : start + 50])
    forget_plans()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        start = read_cpu()
        size, made = RUNNERS[name](pipeline, order, jobs, folder)
        cpu = read_cpu() - start
    plans = {pipeline.plan("back-spasms", job.record, find_choices(job)).shared_digest for job in jobs}
    report(f"{name}-{kind}", made, cpu, size, plans=len(plans))


def find_choices(job: Any) -> Any:
    """Return what decides the date of a job."""
    from handouts.pipeline import Choices

    return Choices(job.date, job.date_from)


def make_memory(pipeline: Any, order: Any, jobs: list[Any], folder: Path) -> tuple[int, int]:
    """Make all sheets and keep none; return bytes and number."""
    size = made = 0
    for start in range(0, len(jobs), 50):
        for outcome in order(jobs[start : start + 50]):
            if outcome.data is not None:
                size += len(outcome.data)
                made += 1
    return size, made


def make_files(pipeline: Any, order: Any, jobs: list[Any], folder: Path) -> tuple[int, int]:
    """Make all sheets as files: digest, temporary file, fsync, rename, state, receipt."""
    from dataclasses import replace

    from handouts.delivery.batch import Batch
    from handouts.delivery.files import write_whole
    from handouts.delivery.jobs import Ground
    from handouts.delivery.presses import work_here
    from handouts.delivery.receipt import write_receipt
    from handouts.delivery.state import BatchState

    state = BatchState(folder)
    batch = Batch(folder, state, Ground("back-spasms", "c", "c", "l", "p"))
    batch.run(jobs, work_here(replace(order, folder=folder)), lambda more: None)
    write_whole(folder / "receipt.csv", write_receipt(batch.list_entries(())))
    state.close()
    return sum(path.stat().st_size for path in folder.glob("*.pdf")), len(batch.sheets)


def make_print_run(pipeline: Any, order: Any, jobs: list[Any], folder: Path, tagged: bool = False) -> tuple[int, int]:
    """Make one file for the printer."""
    from handouts.commands.batch_print import write_print_run

    path = folder / "run.pdf"
    _, problems = write_print_run(pipeline, order, jobs, path, separators=False, two_up=False, tagged=tagged)
    return path.stat().st_size, len(jobs) - len(problems)


def make_tagged_run(pipeline: Any, order: Any, jobs: list[Any], folder: Path) -> tuple[int, int]:
    """Make one tagged file for the printer."""
    return make_print_run(pipeline, order, jobs, folder, tagged=True)


def make_floor(pipeline: Any, order: Any, jobs: list[Any], folder: Path) -> tuple[int, int]:
    """Write bytes of the same length and their digest: the least that any program needs."""
    size = 80_000
    data = os.urandom(size)
    for job in jobs:
        (folder / job.file).write_bytes(data)
        hashlib.sha256(data).hexdigest()
    return size * len(jobs), len(jobs)


Runner = Callable[[Any, Any, list[Any], Path], tuple[int, int]]
RUNNERS: dict[str, Runner] = {
    "memory": make_memory, "files": make_files, "print-run": make_print_run, "print-run-tagged": make_tagged_run, "floor": make_floor,
}  # fmt: skip


def prepare(folder: Path, count: int, seed: int) -> None:
    """Write what the peers print: words and drawings of the same people's sheets, and fonts with one family name."""
    import shutil

    from fontTools.ttLib import TTFont
    from neutral import Drawings, write_neutral

    from handouts.diagnostics import HandoutError

    pipeline, _, jobs = open_desk("varied", count, seed)
    drawings = Drawings(pipeline, folder)
    drawings.write_symbol(pipeline.clinic.website)
    documents = []
    for job in jobs:
        with contextlib.suppress(HandoutError):
            plan = pipeline.plan("back-spasms", job.record, find_choices(job))
            documents.append(write_neutral(plan, pipeline.lay_out(plan), drawings))
    (folder / "documents.json").write_text(json.dumps(documents), encoding="utf-8")
    shutil.copy(ROOT / "benchmarks" / "handout.typ", folder)
    (folder / "fonts").mkdir(exist_ok=True)
    for family, source, prefix in (("Peer Sans", "atkinson-next", ""), ("Peer Rest", "noto-sans", "rest-")):
        for style in ("regular", "bold"):
            font = TTFont(ROOT / "fonts" / source / f"{source}-{style}-latin.ttf")
            for record in list(font["name"].names):
                text = {1: family, 2: style.title(), 4: f"{family} {style}", 6: f"{family}-{style}".replace(" ", "")}
                if record.nameID in text:
                    record.string = text[record.nameID]
            font.save(folder / "fonts" / f"{prefix}{style}.ttf")


if __name__ == "__main__":
    job, place, kind, number, seed = sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
    if job == "prepare":
        prepare(place, number, seed)
    elif job in RUNNERS:
        run_own(job, kind, number, seed)
    else:
        run_peer(job, place, number, kind == "merged")
