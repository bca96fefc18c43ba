"""The same bytes whatever was made before: with nothing kept, with everything kept, and in another order."""

import contextlib
from datetime import date
from random import Random

from handouts.content.library import load_library
from handouts.diagnostics import Collector, HandoutError, PatientError
from handouts.layout import reuse
from handouts.patient.clinic import read_clinic
from handouts.patient.models import PatientRecord
from handouts.pdf import document, drawings, fragment
from handouts.pipeline import Choices, open_pipeline
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


def open_fresh():
    collector = Collector()
    clinic = read_clinic(ROOT / "examples" / "clinic.yaml", collector)
    collector.raise_errors(PatientError)
    return open_pipeline(clinic)


def make(pipeline, record):
    with contextlib.suppress(HandoutError):
        return pipeline.make("exercises", record, Choices(DAY, "option")).data
    return None


def forget_all(pipeline):
    document.SHELVES.clear()
    drawings._forms.clear()
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
    drawings._forms.clear()
    monkeypatch.setattr(document, "MOST_FRAGMENTS", 5)
    monkeypatch.setattr(document, "MOST_SHAPES", 1)
    monkeypatch.setattr(drawings, "MOST_FORMS", 2)
    monkeypatch.setattr(fragment, "MOST_PLACES", 1)
    monkeypatch.setattr(document, "MOST_SKELETONS", 1)
    monkeypatch.setattr(reuse, "MOST_LAYOUTS", 1)
    monkeypatch.setattr("handouts.layout.memory.MOST_BLOCKS", 3)
    assert [make(open_fresh(), record) for record in records] == expected
