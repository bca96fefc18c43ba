"""One process against two, by the clock: sheets in memory, and the whole command with files.

Started by run.py; prints one line of JSON with the seconds of each.
"""

from __future__ import annotations

import csv
import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
CLINIC = ROOT / "examples" / "clinic.yaml"


def write_table(path: Path, count: int, seed: int) -> None:
    """Write the people of a clinic's usual day as a table."""
    from people import draw_usual

    from handouts.commands.options import open_pipeline

    conditions = list(open_pipeline(str(CLINIC)).library.conditions)
    rows = list(itertools.islice(draw_usual(Random(seed), conditions), count))
    keys = list(dict.fromkeys(key for row in rows for key in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, keys)
        writer.writeheader()
        writer.writerows(rows)


@dataclass(frozen=True)
class Dropping:
    """Makes sheets and drops their bytes, which nobody reads here."""

    order: Any

    def __call__(self, jobs: Sequence[Any]) -> list[Any]:
        return [replace(outcome, data=None) for outcome in self.order(jobs)]


def make_in_memory(table: Path, workers: int) -> float:
    """Return the seconds that making all sheets takes, after the rows are checked; a second process starts meanwhile."""
    from handouts.commands.batch_rows import Rows, open_rows_table
    from handouts.commands.batch_work import Order, keep_pipeline
    from handouts.commands.options import open_pipeline
    from handouts.delivery.batch import GROUP
    from handouts.delivery.crew import Crew
    from handouts.delivery.presses import LEAST_FOR_POOL, work_here, work_in_pool

    pipeline = open_pipeline(str(CLINIC))
    keep_pipeline(pipeline)
    order = Order("back-spasms", pipeline.clinic, pipeline.library.digest, None, None, None, None)
    crew = Crew(workers - 1, order.prepare)
    rows = Rows(pipeline, "back-spasms", open_rows_table(str(table))[0], date.today(), None, None, None, "reference")
    check = rows.check(LEAST_FOR_POOL, crew.start)
    start = time.perf_counter()
    jobs = rows.list_jobs(frozenset(number for number, *_ in check.bad))
    groups = iter(lambda: list(itertools.islice(jobs, GROUP)), [])
    work = Dropping(order)
    press = work_here(work) if workers == 1 else work_in_pool(work, crew)
    made = sum(outcome.sheet is not None for outcomes in press(groups) for outcome in outcomes)
    seconds = time.perf_counter() - start
    if made != check.good:
        raise SystemExit(f"{made} sheets of {check.good} were made")
    return seconds


def make_files(table: Path, folder: Path, workers: int) -> float:
    """Return the seconds that the whole command takes, from start to receipt."""
    command = [sys.executable, str(ROOT / "cli.py"), "-q", "batch", "back-spasms", str(table), "--clinic", str(CLINIC)]
    with tempfile.TemporaryDirectory(dir=folder) as out:
        start = time.perf_counter()
        subprocess.run([*command, "-o", out, "--workers", str(workers), "--skip-bad"], check=False)
        seconds = time.perf_counter() - start
        if not (Path(out) / "receipt.csv").exists():
            raise SystemExit("no receipt was written")
    return seconds


def main() -> None:
    """Measure and print."""
    folder, count, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    table = folder / "day.csv"
    if len(sys.argv) > 4:
        print(json.dumps(make_in_memory(table, int(sys.argv[4]))))
        return
    write_table(table, count, seed)
    apart = [sys.executable, __file__, *sys.argv[1:]]
    memory = [json.loads(subprocess.run([*apart, n], check=True, capture_output=True).stdout) for n in ("1", "2")]
    files = [make_files(table, folder, workers) for workers in (1, 2)]
    print(json.dumps({"memory": memory, "files": files}))


if __name__ == "__main__":
    main()
