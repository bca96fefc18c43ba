"""Every variant of a sheet: handout, edition, paper, and who it is for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path
from random import Random

from handouts.commands.records import open_record
from handouts.content.library import load_library
from handouts.diagnostics import Collector, PatientError
from handouts.layout.theme import list_editions
from handouts.patient.clinic import read_clinic
from handouts.patient.models import PatientRecord
from handouts.pipeline import Choices, Made, open_pipeline
from handouts.resources import find_bundled_folder

from ..tailor.records import draw_record

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
DAY = date(2026, 11, 23)
PAPERS = ("a4", "letter")
EVERYTHING = "HANDOUTS_ALL_VARIANTS" in os.environ
"""Set HANDOUTS_ALL_VARIANTS=1 to look at all variants and 126 random records, not at a sample (about four minutes)."""


@dataclass(frozen=True)
class Variant:
    """One sheet to be made; ``who`` is an example, ``generic`` or ``random-N``."""

    handout: str
    edition: str
    paper: str
    who: str

    def __str__(self) -> str:
        return f"{self.handout}-{self.edition}-{self.paper}-{self.who}"


@cache
def open_shared(clinic: Path = EXAMPLES / "clinic.yaml"):
    profile = read_clinic(clinic, Collector())
    assert profile is not None
    return open_pipeline(profile)


@cache
def list_people() -> tuple[str, ...]:
    return ("generic", *sorted(path.stem for path in EXAMPLES.glob("*.yaml") if path.stem != "clinic"))


@cache
def find_record(who: str) -> PatientRecord | None:
    library = open_shared().library
    if who == "generic":
        return None
    if who.startswith("random-"):
        return _draw_printable(Random(int(who[7:])))
    return open_record(library, str(EXAMPLES / f"{who}.yaml"), (), DAY, None)[0]


def _draw_printable(random: Random) -> PatientRecord:
    """Return the first record drawn that is not refused (under 16, or with a list of its own that is not safe)."""
    pipeline = open_shared()
    while True:
        record = draw_record(random, pipeline.library)
        try:
            pipeline.plan("back-spasms", record, Choices(DAY, "option"))
        except PatientError:
            continue
        return record


@cache
def make_variant(variant: Variant) -> Made:
    """Return the sheet."""
    choices = Choices(DAY, "option", edition=variant.edition, paper=variant.paper)
    return open_shared().make(variant.handout, find_record(variant.who), choices)


def list_variants() -> list[Variant]:
    """Return all variants, or a sample with each handout in each edition, both papers, and all people."""
    handouts = tuple(load_library(find_bundled_folder("sections")).handouts)
    people = list_people()
    if EVERYTHING:
        kinds = list(product(handouts, list_editions(), PAPERS))
        return [
            Variant(*kind, who)
            for number, kind in enumerate(kinds)
            for who in (*people, *(f"random-{3 * number + other}" for other in range(3)))
            if who == "generic" or not kind[0].endswith("waiting-room")
        ]
    sample = []
    for number, handout in enumerate(handouts):
        for other, edition in enumerate(list_editions()):
            place = number * 3 + other
            who = "generic" if handout.endswith("waiting-room") else people[place % len(people)]
            sample.append(Variant(handout, edition, PAPERS[place % 2], who))
            if place % 2 and who != "generic":
                sample.append(Variant(handout, edition, PAPERS[(place + 1) % 2], f"random-{place}"))
    return sample
