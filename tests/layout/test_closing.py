"""A person's notes stand at the edge at which they are read."""

import datetime

from handouts.layout.blocks.closing import set_notes
from handouts.layout.page import Text
from handouts.patient.models import PatientRecord
from handouts.pipeline import Choices
from tests.test_examples import find_pipeline

WIDTH = 400.0
CHOICES = Choices(datetime.date(2026, 11, 23), "option")


def test_notes_that_are_read_leftwards_end_at_the_right_edge():
    pipeline = find_pipeline()
    setting = pipeline.find_setting(pipeline.plan("exercises", PatientRecord(name="Al"), CHOICES), "a4")
    notes = ("Drink water.", "اشربي الماء.", "قائمة الأدوية " * 12, "Dr דוד כהן")
    block = set_notes(setting, "Notes", notes, WIDTH, ())
    _, english, *arabic, mixed = [item for item in block.items if isinstance(item, Text)]
    assert len(arabic) >= 3
    assert all(abs(line.x + line.width - WIDTH) < 0.01 for line in arabic)
    assert english.x == mixed.x == 0
