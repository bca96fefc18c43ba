"""Measures this program beside its peers in interleaved rounds and prints the ratios. One command: python benchmarks/run.py."""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent

CONTESTANTS: tuple[tuple[str, str, str, float], ...] = (
    ("typst", "single", "typst", 0.1),
    ("memory", "varied", "memory-varied", 1.0),
    ("memory", "usual", "memory-usual", 1.0),
    ("files", "usual", "files-usual", 1.0),
    ("floor", "usual", "floor-usual", 1.0),
    ("typst-untagged", "merged", "typst-untagged-merged", 0.3),
    ("print-run", "usual", "print-run-usual", 1.0),
    ("print-run", "varied", "print-run-varied", 1.0),
    ("typst", "merged", "typst-merged", 0.3),
    ("print-run-tagged", "usual", "print-run-tagged-usual", 1.0),
    ("print-run-tagged", "varied", "print-run-tagged-varied", 1.0),
    ("weasyprint", "single", "weasyprint", 0.008),
    ("reportlab", "single", "reportlab", 0.02),
)
"""What runs in a round, in order: contestant, kind, name of its result, and its share of the people."""

GOALS: tuple[tuple[str, str, str, float], ...] = (
    ("all plans distinct, in memory", "typst", "memory-varied", 20),
    ("a clinic's usual day, in memory", "typst", "memory-usual", 60),
    ("the same with digest, fsync, rename, state, receipt", "typst", "files-usual", 10),
    ("print run, usual day, untagged, against Typst merged", "typst-untagged-merged", "print-run-usual", 80),
    ("print run, all distinct, untagged, against Typst merged", "typst-untagged-merged", "print-run-varied", 80),
    ("print run, usual day, tagged, against Typst merged", "typst-merged", "print-run-tagged-usual", 40),
    ("print run, all distinct, tagged, against Typst merged", "typst-merged", "print-run-tagged-varied", 40),
)
"""What is compared: words, the peer, this program's result, and the least ratio aimed at."""

WORKERS = {"memory": 1.7, "files": 1.3}
"""How many times as fast two processes should be: making sheets in memory, and the whole command with files."""

COLD_PEER = """
import sys, typst, json
from pathlib import Path
folder = Path(sys.argv[1])
document = json.loads((folder / "documents.json").read_text())[0]
compiler = typst.Compiler(str(folder / "handout.typ"), root=str(folder), font_paths=[str(folder / "fonts")], ignore_system_fonts=True)
(folder / "cold.pdf").write_bytes(compiler.compile(format="pdf", sys_inputs={"sheets": json.dumps([document])}, pdf_standards="ua-1"))
"""


def run_contestant(*arguments: str) -> dict[str, Any]:
    """Run one contestant and return what it reports; an empty result, said on stderr, when it fails."""
    command = [sys.executable, str(HERE / "contest.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        print(f"{arguments[0]} failed: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return {}
    shown: dict[str, Any] = json.loads(lines[-1])
    return shown


def measure_cold(command: list[str], cache: Path | str) -> float:
    """Return the CPU seconds of a whole process that keeps what can be made again in ``cache``, or nothing (``off``).

    Compiled modules may be written, as they are for everybody.
    """
    environ = {**os.environ, "HANDOUTS_CACHE": str(cache)}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, env=environ)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run_round(folder: Path, people: int, seed: int, results: dict[str, list[dict[str, Any]]]) -> None:
    """Run every contestant once and keep what it reports."""
    for contestant, kind, name, share in CONTESTANTS:
        found = run_contestant(contestant, str(folder), kind, str(max(3, round(people * share))), str(seed))
        if found:
            results.setdefault(name, []).append(found)
            print(f"  {name:24} {found['ms']:8.3f} ms  {found['bytes']:9.0f} B  {found['mb']:6.0f} MB", flush=True)
    examples = ROOT / "examples"
    sheet = ["make", "back-spasms", "-p", str(examples / "early-desk.yaml"), "--clinic", str(examples / "clinic.yaml")]
    own = [sys.executable, str(ROOT / "cli.py")]
    make = [*own, *sheet, "-o", str(folder / "own.pdf")]
    measure_cold(make, folder / "cache")
    for name, command, cache in (
        ("cold, nothing kept", make, "off"),
        ("cold, library kept", make, folder / "cache"),
        ("cold, --help", [*own, "--help"], "off"),
        ("cold-typst", [sys.executable, "-c", COLD_PEER, str(folder)], "off"),
    ):
        seconds = measure_cold(command, cache)
        results.setdefault(name, []).append({"ms": seconds * 1e3, "bytes": 0, "mb": 0})
        print(f"  {name:24} {seconds * 1e3:8.1f} ms", flush=True)


def run_workers(folder: Path, sheets: int, seed: int, ratios: dict[str, list[float]]) -> None:
    """Let one process and two make many sheets, and keep how many times as fast two are by the clock."""
    command = [sys.executable, str(HERE / "workers.py"), str(folder), str(sheets), str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"workers failed: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return
    for name, (one, two) in json.loads(done.stdout.splitlines()[-1]).items():
        ratios.setdefault(name, []).append(one / two)
        print(f"  two workers, {name:11} {one:8.2f} s, {two:.2f} s", flush=True)


def print_workers(sheets: int, ratios: dict[str, list[float]]) -> None:
    """Print how many times as fast two processes are."""
    print(f"\nTwo processes against one, {sheets} sheets, by the clock (min / median / max), and the goal")
    for name, goal in WORKERS.items():
        found = sorted(ratios.get(name, []))
        if found:
            middle = statistics.median(found)
            verdict = "reached" if middle >= goal else "not reached"
            print(f"{name:56} {found[0]:6.2f} {middle:6.2f} {found[-1]:6.2f}   {goal:4.1f}  {verdict}")


def print_results(results: dict[str, list[dict[str, Any]]]) -> None:
    """Print cost, size and memory of all, then the ratios taken round by round."""
    print("\nCPU ms a handout (min / median / max), bytes, peak MB, distinct plans")
    for name, found in results.items():
        times = sorted(item["ms"] for item in found)
        size, peak = found[0]["bytes"], max(item["mb"] for item in found)
        plans = found[0].get("plans", "")
        spread = f"{times[0]:9.3f} {statistics.median(times):9.3f} {times[-1]:9.3f}"
        print(f"{name:24} {spread} {size:9.0f} {peak:7.0f} {plans}")
    print("\nRatio to the peer (min / median / max), and the goal")
    for words, peer, own, goal in GOALS:
        pairs = zip(results.get(peer, []), results.get(own, []), strict=False)
        ratios = sorted(there["ms"] / here["ms"] for there, here in pairs)
        if ratios:
            middle = statistics.median(ratios)
            verdict = "reached" if middle >= goal else "not reached"
            print(f"{words:56} {ratios[0]:6.1f} {middle:6.1f} {ratios[-1]:6.1f}   {goal:4.0f}  {verdict}")


def main() -> None:
    """Prepare, run the rounds, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--people", type=int, default=1000, help="people of this program's runs; peers make a share")
    parser.add_argument("--sheets", type=int, default=8000, help="sheets for one process and two; 0 for none")
    parser.add_argument("--seed", type=int, default=1, help="which made-up people")
    options = parser.parse_args()
    results: dict[str, list[dict[str, Any]]] = {}
    workers: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        share = max(share for contestant, _, _, share in CONTESTANTS if "-" in contestant and "typst" in contestant)
        count = max(10, round(options.people * share))
        subprocess.run(
            [sys.executable, str(HERE / "contest.py"), "prepare", place, "varied", str(count), str(options.seed)],
            check=True,
            env={**os.environ, "PYTHONHASHSEED": "0"},
        )
        for number in range(options.rounds):
            print(f"round {number + 1}", flush=True)
            run_round(folder, options.people, options.seed + number, results)
            if options.sheets:
                run_workers(folder, options.sheets, options.seed + number, workers)
    print_results(results)
    if workers:
        print_workers(options.sheets, workers)


if __name__ == "__main__":
    main()
