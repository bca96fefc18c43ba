"""The first look takes nothing that pydantic would not, gives the same values, and knows the whole library."""

import copy
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.content import models
from handouts.content.files import qualify_ids, read_pieces
from handouts.content.form import Form, Text, field
from handouts.content.look import UnsureError, look_at
from handouts.content.models import FILE_KINDS, Dose, Rule
from handouts.content.pydantic_forms import validate_form
from handouts.diagnostics import Collector
from handouts.patient import forms
from handouts.patient.forms import ClinicForm, PatientForm
from handouts.source.document import read_document
from handouts.source.scalars import WrittenFloat

ROOT = Path(__file__).resolve().parents[2]
PIECES = [qualify_ids(piece) for piece in read_pieces(ROOT / "sections", Collector())]
RECORDS = [read_document(path, Collector()).data for path in sorted((ROOT / "examples").glob("*.yaml"))]
MATERIAL = [(FILE_KINDS[piece.kind], piece.data) for piece in PIECES]
for record in RECORDS:
    if "exercises" in record:
        record["exercises"] = [{"id": entry} if isinstance(entry, str) else entry for entry in record["exercises"]]
MATERIAL += [(ClinicForm if "phone" in data else PatientForm, data) for data in RECORDS]
ODD = [
    None, True, False, 0, 1, 5, -1, 7.5, WrittenFloat("1.10"), "", " ", "x", " x ", "x\n", "\x1cx", "ab", "abcde",
    " a", "\u2003a", "\xa0a", "\ud83dx", "5", "05", "1_0",
    "٣", "true", "Y", "left", "bridge", "Bridge", "a--b", "1.0", "1.10", "2026-11-23", "2026-02-30", "20261123",
    "é" * 700,
    [], ["x"], [None], {}, {"id": "x"}, {"kind": "paragraph"}, {1: 2}, (1,), date(2026, 11, 23), "https://a.b",
    "#0f5c63",
]  # fmt: skip


def look(form: type[Form], data: object) -> Form | None:
    try:
        return look_at(form, data)
    except UnsureError:
        return None


def test_all_of_the_library_is_plainly_right():
    assert len(MATERIAL) > 60
    for form, data in MATERIAL:
        quick, slow = look(form, data), validate_form(form, data)
        assert quick == slow
        assert repr(quick) == repr(slow)


class Sample(Form):
    """A key of each kind, none required."""

    id: models.Id | None = None
    words: models.Words = "-"
    some: Annotated[str, Text(min_length=2, max_length=4)] = "--"
    plain: str = "-"
    count: int | None = field(default=None, ge=1, le=9)
    free: int = 0
    truth: bool = False
    day: models.Day | None = None
    choice: Literal["x", "left"] | None = None
    column: Literal[1, 5] = 1
    ids: tuple[models.Id, ...] = field(default=(), min_length=1, max_length=1)
    by_id: dict[models.Id, models.Words] = field(default_factory=dict)
    either: models.Words | dict[Literal["id"], models.Words] = "-"
    rule: Rule | None = None
    block: models.ContentBlock | None = None
    line: forms.Line | None = None
    lines: forms.Lines | None = None
    visit: forms.RecordDay | None = None
    language: forms.LanguageTag = "en"
    website: forms.Website | None = None
    phone: forms.Telephone = "1"


@pytest.mark.parametrize("key", Sample.keys)
def test_each_kind_of_value(key):
    taken = 0
    for odd in ODD:
        quick = look(Sample, {key: odd})
        if quick is not None:
            taken += 1
            assert repr(quick) == repr(validate_form(Sample, {key: odd})), odd
    assert 0 < taken < len(ODD)


def list_places(data, path=()):
    yield path
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        yield from list_places(value, (*path, key))


@st.composite
def draw_changed(draw):
    form, data = draw(st.sampled_from(MATERIAL))
    data = copy.deepcopy(data)
    for _ in range(draw(st.integers(1, 2))):
        places = [path for path in list_places(data) if path]
        path = draw(st.sampled_from(places))
        around = data
        for step in path[:-1]:
            around = around[step]
        change = draw(st.sampled_from(["put", "put", "put", "take", "add"]))
        if change == "take":
            del around[path[-1]]
        elif change == "add" and isinstance(around, dict):
            around[draw(st.sampled_from(["id", "text", "when", "extra", "most", "other"]))] = draw(st.sampled_from(ODD))
        else:
            around[path[-1]] = copy.deepcopy(draw(st.sampled_from(ODD)))
    return form, data


@settings(max_examples=600, deadline=None, derandomize=True)
@given(draw_changed())
def test_what_the_first_look_takes_pydantic_takes_too(changed):
    form, data = changed
    quick = look(form, data)
    if quick is not None:
        assert repr(quick) == repr(validate_form(form, data))


@pytest.mark.parametrize(
    "data",
    [
        {"age_at_least": "x"}, {"age_at_least": 131}, {"age_under": 1.5}, {"stage": "early"},
        {"stage": ["never"]}, {"conditions": ["No Id"]}, {"conditions": ["a\n"]}, {"unknown": 1}, {1: 2}, [], None, "x",
    ],
)  # fmt: skip
def test_what_is_wrong_is_left_to_pydantic(data):
    assert look(Rule, data) is None
    with pytest.raises(ValueError, match="validation error"):
        Rule.model_validate(data)


def test_a_form_is_never_changed():
    dose = Dose(repetitions=5)
    assert (dose.sets, dose.minutes) == (1, None)
    assert dose.model_copy(update={"sets": 2}) != dose == Dose(repetitions=5)
    assert hash(dose) == hash(Dose(repetitions=5))
    with pytest.raises(AttributeError):
        dose.sets = 2
    with pytest.raises(AttributeError):
        del dose.sets
    for wrong in ({"holds": 5}, {"id": "x"}):
        with pytest.raises(TypeError):
            Dose(**wrong)
        with pytest.raises(TypeError):
            dose.model_copy(update=wrong)
