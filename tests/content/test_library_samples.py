"""The samples that people start from are complete and valid, and the schemas describe every key."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from handouts.content.library import load_library
from handouts.content.models import FILE_KINDS
from handouts.content.sample_files import SAMPLE_FILES, read_sample
from handouts.content.validation import validate_data
from handouts.diagnostics import Collector, Span
from handouts.patient.clinic import read_clinic
from handouts.patient.forms import ClinicForm, PatientForm
from handouts.patient.record import read_patient, record_from_mapping
from handouts.patient.schema import SCHEMA_KINDS, schema_for
from handouts.patient.settings import FILE_ONLY_KEYS, split_value
from handouts.source.document import parse_document

SECTIONS = Path(__file__).resolve().parents[2] / "sections"
TODAY = date(2026, 11, 23)


class Row:
    def span(self, path=(), key=False):
        return Span("table.csv", 2)


@pytest.mark.parametrize("kind", sorted(set(SAMPLE_FILES) - {"table", "figure"}))
def test_samples_point_editors_at_their_schema(kind):
    assert read_sample(kind).startswith(f"# yaml-language-server: $schema={kind}.schema.json\n")
    assert f"handouts schema {kind} > {kind}.schema.json" in read_sample(kind)


@pytest.mark.parametrize("kind", ["section", "exercise", "handout"])
def test_content_samples_are_valid(kind):
    collector = Collector()
    document = parse_document(read_sample(kind, "ours"), "ours.yaml", collector)
    form = validate_data(document.data, FILE_KINDS[kind], document, collector)
    assert not collector.found, [item.format_line() for item in collector]
    assert form.id == "ours"
    with pytest.raises(ValueError, match="small letters"):
        read_sample(kind, "Not an id")


def test_the_clinic_sample_is_valid(tmp_path):
    path = tmp_path / "clinic.yaml"
    path.write_text(read_sample("clinic"), encoding="utf-8")
    collector = Collector()
    assert read_clinic(path, collector) is not None, [item.format_line() for item in collector]


def test_the_clinic_and_patient_samples_name_every_key():
    for kind, form, left_out in (("clinic", ClinicForm, {"reviewer"}), ("patient", PatientForm, set())):
        text = read_sample(kind)
        for key in form.keys:
            assert f"\n{key}:" in text or f"\n# {key}:" in text or key in left_out, (kind, key)


def test_the_notes_of_the_patient_sample_are_valid_too():
    library = load_library(SECTIONS)
    text = read_sample("patient").replace("# exercises:", "exercises:").replace("# overrides:", "overrides:")
    text = text.replace("#   - ", "  - ").replace("# pregnant_weeks", "pregnant_weeks")
    collector = Collector()
    record = read_patient(parse_document(text, "p.yaml", collector), library, collector, TODAY)
    assert record is not None, [item.format_line() for item in collector]
    assert len(record.exercises) == 2
    assert len(record.overrides) == 1
    assert record.pregnant_weeks == 20


def test_rows_of_the_table_sample_are_records():
    library = load_library(SECTIONS)
    rows = list(csv.DictReader(io.StringIO(read_sample("table"))))
    assert set(rows[0]) == set(PatientForm.keys) - set(FILE_ONLY_KEYS)
    collector = Collector()
    for row in rows:
        data = {key: split_value(key, value) for key, value in row.items()}
        assert record_from_mapping(data, Row(), library, collector, TODAY) is not None
    assert not collector.found, [item.format_line() for item in collector]


@pytest.mark.parametrize("kind", sorted(SCHEMA_KINDS))
def test_schemas_describe_every_key(kind):
    schema = schema_for(kind)
    assert schema["$schema"].startswith("http://json-schema.org/")
    assert schema["additionalProperties"] is False
    parts = [schema, *schema.get("$defs", {}).values()]
    keys = [(key, value) for part in parts for key, value in part.get("properties", {}).items()]
    assert len(keys) > 15
    assert [key for key, value in keys if not value.get("description")] == []


def test_a_schema_lets_an_exercise_be_an_id_alone():
    items = schema_for("patient")["properties"]["exercises"]["anyOf"][0]["items"]["anyOf"]
    assert {item.get("type", "object") for item in items} == {"string", "object"}
    with pytest.raises(KeyError):
        schema_for("plan")
