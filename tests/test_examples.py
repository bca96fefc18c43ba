"""The five example patients, from record to printed page."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import page as validator
import pikepdf
import pypdfium2
import pytest
import zxingcpp

from handouts.diagnostics import Collector
from handouts.layout.page import Text
from handouts.patient.clinic import read_clinic
from handouts.patient.models import ChosenExercise
from handouts.patient.record import read_patient
from handouts.pipeline import Choices, open_pipeline
from tests.pdf.wiring import check_wiring

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.yaml") if path.stem != "clinic")
PAPERS = ("a4", "letter")
DAY = date(2026, 11, 23)


@cache
def find_pipeline():
    return open_pipeline(read_clinic(EXAMPLES / "clinic.yaml", Collector()))


@cache
def make_example(name, paper="a4", handout="back-spasms", edition=None):
    pipeline = find_pipeline()
    collector = Collector()
    record = read_patient(EXAMPLES / f"{name}.yaml", pipeline.library, collector, DAY)
    assert not collector.errors
    return pipeline.make(handout, record, Choices(record.seen_on, "record", None, edition, paper))


def read_pages(data):
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def test_there_are_five():
    assert len(NAMES) == 5


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", NAMES)
def test_fits_its_pages_and_keeps_its_box(name, paper):
    made = make_example(name, paper)
    most = 4 if len(made.plan.exercises) <= 3 else 6
    assert len(made.sheet.pages) <= most
    first = read_pages(made.data)[0]
    words = " ".join(first.split())
    place = 0
    for item in (*made.plan.red_flags.now.items, *made.plan.red_flags.today.items, made.plan.red_flags.last):
        assert item.text.replace("**", "") in words, item.id
        place = words.index(item.text.replace("**", ""), place)
    assert made.plan.title in words and made.plan.person.name in words


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", NAMES)
def test_conforms_and_is_wired(name, paper, tmp_path):
    data = make_example(name, paper).data
    path = tmp_path / "sheet.pdf"
    path.write_bytes(data)
    for profile in ("ua1", "2a"):
        report = validator.validate_pdf(str(path), profile=profile)
        assert report.is_compliant, [(fault.rule_id, fault.message) for fault in report.failures]
    assert check_wiring(data) == []
    assert len(data) <= (100_000 if len(make_example(name, paper).sheet.pages) > 4 else 80_000)


@pytest.mark.parametrize("name", NAMES)
def test_says_nothing_of_the_person_outside_the_pages(name):
    made = make_example(name)
    with pikepdf.open(BytesIO(made.data)) as document:
        told = str(dict(document.docinfo)) + document.Root.Metadata.read_bytes().decode("utf-8")
    for word in made.plan.person.name.split():
        assert word not in told
    assert made.plan.reference not in told


@pytest.mark.parametrize("name", NAMES)
def test_the_symbol_leads_to_the_clinic(name):
    made = make_example(name)
    pages = pypdfium2.PdfDocument(made.data)
    number = next(i for i, page in enumerate(made.sheet.pages) if any(p.block.origin == "link" for p in page.placed))
    for resolution, grey in ((300, False), (150, True)):
        image = pages[number].render(scale=resolution / 72).to_pil()
        found = zxingcpp.read_barcodes(image.convert("L") if grey else image)
        assert [code.text for code in found] == ["https://harbour-lane.example/back"]
    symbol = next(p.block for p in made.sheet.pages[number].placed if p.block.origin == "link").items[0]
    assert symbol.size >= 30 * 72 / 25.4


@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_small(name):
    for page in make_example(name).sheet.pages:
        for placed in page.placed:
            for item in placed.block.items:
                if isinstance(item, Text):
                    assert all(run.size >= 10 for run in item.runs)


def test_each_sheet_is_its_persons_own():
    moves = {name: [card.id for card in make_example(name).plan.exercises] for name in NAMES}
    assert len({tuple(ids) for ids in moves.values()}) == 5
    assert "single-knee-to-chest" not in moves["pregnant"] + moves["older-osteoporosis"]
    assert moves["disc-own-list"] == ["prone-press-up", "standing-back-bend", "walking", "belly-breathing"]
    assert make_example("pregnant").plan.figure_person != make_example("lifter-later").plan.figure_person


def test_three_moves_take_four_pages():
    pipeline = find_pipeline()
    collector = Collector()
    record = read_patient(EXAMPLES / "early-desk.yaml", pipeline.library, collector, DAY)
    own = tuple(ChosenExercise(name) for name in ("cat-camel", "bird-dog", "bridge"))
    for paper in PAPERS:
        made = pipeline.make("back-spasms", replace(record, exercises=own), Choices(DAY, "option", paper=paper))
        assert len(made.plan.exercises) == 3
        assert len(made.sheet.pages) <= 4


def test_the_same_input_gives_the_same_bytes_in_every_process(tmp_path):
    made = []
    for seed in ("0", "4711"):
        path = tmp_path / f"{seed}.pdf"
        subprocess.run(
            [
                sys.executable, "-m", "handouts", "make", "back-spasms", "-p", str(EXAMPLES / "lifter-later.yaml"),
                "--clinic", str(EXAMPLES / "clinic.yaml"), "-o", str(path),
            ],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )  # fmt: skip
        made.append(path.read_bytes())
    assert made[0] == made[1] == make_example("lifter-later").data


@pytest.mark.parametrize("handout", ["back-spasms-short", "exercises", "sleep", "red-flags", "back-spasms-more"])
def test_every_handout_fits_on_both_papers(handout):
    for name in NAMES:
        for paper in PAPERS:
            made = make_example(name, paper, handout)
            assert len(made.sheet.pages) <= made.plan.pages_most


def test_the_waiting_room_sheet_names_nobody():
    pipeline = find_pipeline()
    for paper in PAPERS:
        made = pipeline.make("back-spasms-waiting-room", None, Choices(DAY, "option", paper=paper))
        assert made.plan.person is None
        assert len(made.sheet.pages) <= 4
        assert all(card.not_for for card in made.plan.exercises if card.group == "move")
        assert not re.search(r"Maria|Grace|José", " ".join(read_pages(made.data)))
