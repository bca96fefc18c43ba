"""The same bytes whatever was made before: with nothing kept, with everything kept, and in another order."""

import builtins
import contextlib
import math
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from handouts.content.library import load_library
from handouts.diagnostics import Collector, HandoutError, PatientError
from handouts.layout import reuse
from handouts.layout.sheet import Sheet
from handouts.patient.clinic import read_clinic
from handouts.patient.models import PatientRecord
from handouts.pdf import document, drawings, fragment
from handouts.pipeline import Choices, open_pipeline
from handouts.qr import make_symbol
from handouts.resources import find_bundled_folder
from handouts.tailor import rulebook
from handouts.typeset.breaking import break_lines
from tests.delivery.conftest import ROOT

DAY = date(2026, 11, 23)
NAMES = (
    "Ann Lee",
    "Nguyễn Thị Ngọc Ánh",
    "Bartholomew Featherstonehaugh-Cholmondeley of the Long Lane",
    "Zoë Ångström",
)


def draw_records(count):
    random = Random(11)
    conditions = list(load_library(find_bundled_folder("sections")).conditions)
    for number in range(count):
        yield PatientRecord(
            name=random.choice(NAMES),
            reference=random.choice((None, f"HL-{number % 7}")),
            stage=random.choice(("first-days", "early", "later")),
            side=random.choice(("left", "none")),
            edition=random.choice(("standard", "standard", "large-print", "low-ink")),
            conditions=tuple(random.sample(conditions, random.choice((0, 0, 1, 2)))),
            goal=random.choice((None, "Walk to the shops")),
            notes=random.choice((None, "Bring your list.", "One.\nTwo.\nThree.")),
        )


def open_fresh(cache=None):
    collector = Collector()
    clinic = read_clinic(ROOT / "examples" / "clinic.yaml", collector)
    collector.raise_errors(PatientError)
    return open_pipeline(clinic, cache=cache)


def make(pipeline, record, handout="exercises"):
    with contextlib.suppress(HandoutError):
        return pipeline.make(handout, record, Choices(DAY, "option")).data
    return None


def forget_all(pipeline):
    document.SHELVES.clear()
    drawings._made.clear()
    rulebook._rulebooks.clear()
    break_lines.cache_clear()
    pipeline.settings.clear()


def test_what_was_made_before_changes_no_byte():
    records = list(draw_records(24))
    pipeline = open_fresh()
    warm = [make(pipeline, record) for record in records]
    again = [make(pipeline, record) for record in records]
    assert again == warm
    assert sum(data is not None for data in warm) > 12
    order = list(range(len(records)))
    Random(3).shuffle(order)
    forget_all(pipeline)
    shuffled = {number: make(pipeline, records[number]) for number in order}
    assert [shuffled[number] for number in range(len(records))] == warm
    for number in (0, 7, 19):
        forget_all(pipeline)
        assert make(pipeline, records[number]) == warm[number]


def test_small_memories_change_no_byte(monkeypatch):
    records = list(draw_records(8))
    expected = [make(open_fresh(), record) for record in records]
    document.SHELVES.clear()
    drawings._made.clear()
    monkeypatch.setattr(document, "MOST_FRAGMENTS", 5)
    monkeypatch.setattr(document, "MOST_SHAPES", 1)
    monkeypatch.setattr(drawings, "MOST_FORMS", 2)
    monkeypatch.setattr(fragment, "MOST_PLACES", 1)
    monkeypatch.setattr(document, "MOST_SKELETONS", 1)
    monkeypatch.setattr(reuse, "MOST_LAYOUTS", 1)
    monkeypatch.setattr("handouts.layout.memory.MOST_BLOCKS", 3)
    assert [make(open_fresh(), record) for record in records] == expected


def forget_process():
    make_symbol.cache_clear()
    document.SHELVES.clear()
    rulebook._rulebooks.clear()
    break_lines.cache_clear()


def test_what_is_kept_on_disk_changes_no_byte(tmp_path, monkeypatch):
    records = list(draw_records(6))
    forget_process()
    bare = [make(open_fresh(), record) for record in records]
    forget_process()
    first = [make(open_fresh(tmp_path), record) for record in records]
    forget_process()

    def refuse(*args):
        raise AssertionError("something was made that had been kept")

    for name in (
        "content.assembly.read_library",
        "figure.drawer.Drawer.__init__",
        "qr._work_out",
        "pipeline.read_logo",
    ):
        monkeypatch.setattr(f"handouts.{name}", refuse)
    kept = [make(open_fresh(tmp_path), record) for record in records]
    assert sum(data is not None for data in bare) > 3
    assert bare == first == kept


def test_nothing_of_a_patient_is_kept_on_disk(tmp_path):
    record = PatientRecord(name="Wilhelmina Quackenbush", reference="QX-9917", goal="Climb Snaefell", notes="Zitrone")
    made = open_fresh(tmp_path).make("back-spasms", record, Choices(DAY, "option"))
    assert made.data
    entries = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(entries) > 10
    for path in entries:
        content = path.read_bytes()
        for word in (b"Wilhelmina", b"Quackenbush", b"QX-9917", b"Snaefell", b"Zitrone"):
            assert word not in content


def test_a_known_layout_is_painted_from_a_persons_own_lines(monkeypatch):
    people = [PatientRecord(name=name, reference=f"HL-{number}", stage="early") for number, name in enumerate(NAMES)]
    expected = [make(open_fresh(), record) for record in people]
    forget_process()
    pipeline = open_fresh()
    assert make(pipeline, people[0]) == expected[0]

    def refuse(*arguments):
        raise AssertionError("the pages of this layout are known")

    monkeypatch.setattr(Sheet, "_furnish_page", refuse)
    other = replace(people[0], name="Ben Roe", reference="HL-9")
    data = make(pipeline, other)
    monkeypatch.undo()
    forget_process()
    assert data == make(open_fresh(), other) != expected[0]


def add_in_order(values, /, start=0):
    """Add as Python up to 3.11 does: each sum rounded."""
    for value in values:
        start = start + value
    return start


def add_exactly(values, /, start=0):
    """Add decimals nearly as Python does from 3.12 on: only the last sum rounded."""
    values = [start, *values]
    return math.fsum(values) if any(isinstance(value, float) for value in values) else add_in_order(values)


@pytest.mark.parametrize("add", [add_in_order, add_exactly])
def test_no_byte_depends_on_how_a_python_adds_decimals(add, monkeypatch):
    records = list(draw_records(80))
    pipeline = open_fresh()
    made = [make(pipeline, record, "back-spasms") for record in records]
    monkeypatch.setattr(builtins, "sum", add)
    pipeline = open_fresh()
    forget_all(pipeline)
    assert [
        number for number, record in enumerate(records) if make(pipeline, record, "back-spasms") != made[number]
    ] == []
    assert len([data for data in made if data]) > 60
