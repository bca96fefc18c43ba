"""The plan as a whole: the same in every process, shared where nothing personal differs, and as JSON and text."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from handouts.diagnostics import PatientError, Span
from handouts.patient.models import ChosenExercise, Reviewer
from handouts.tailor.compare import compare_plans
from handouts.tailor.digest import SHEET_ID_LETTERS
from handouts.tailor.plan_json import check_plan_data, make_plan_schema, write_plan_data
from handouts.tailor.plan_text import describe_plan

from .records import CLINIC, DAY, make_plan, make_record

RECORD = make_record(
    reference="HL-1",
    date_of_birth=date(1940, 1, 1),
    conditions=("osteoporosis", "owns-tens", "poor-circulation"),
    side="left",
    next_visit=date(2026, 12, 7),
    notes="Bring your list.\n\nTake **care**.",
    goal="Walk to the shops",
)
SCRIPT = """
from tailor.test_plan import RECORD
from tailor.records import make_plan
plan = make_plan(RECORD, people=("ann", "bob", "cy", "pregnant-dee"))
print(plan.digest, plan.shared_digest, plan.sheet_id, plan.figure_person)
"""


def test_same_in_processes_with_different_hash_seeds():
    tests = Path(__file__).parents[1]
    path = os.pathsep.join([str(tests), str(tests.parent)])
    said = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_ids_and_digests():
    one, other = make_plan(RECORD), make_plan(replace(RECORD, name="José Ruiz", reference="HL-2"))
    assert len(one.sheet_id) == 6 and set(one.sheet_id) <= set(SHEET_ID_LETTERS)
    assert not set("0O1IL") & set(SHEET_ID_LETTERS)
    assert one.sheet_id != other.sheet_id and one.digest != other.digest
    assert one.shared_digest == other.shared_digest
    assert one.parts is other.parts
    assert one.shared_digest != make_plan(replace(RECORD, conditions=("osteoporosis",))).shared_digest
    assert one.shared_digest != make_plan(RECORD, edition="large-print").shared_digest
    assert one.shared_digest != make_plan(RECORD, clinic=replace(CLINIC, phone="0555 013 4401")).shared_digest
    assert one == make_plan(RECORD)


def test_age_within_a_band_shares_everything():
    first = make_plan(make_record(date_of_birth=date(1984, 5, 2)))
    second = make_plan(make_record(date_of_birth=date(1990, 5, 2)))
    older = make_plan(make_record(date_of_birth=date(1961, 11, 23)))
    assert first.parts is second.parts
    assert first.shared_digest != older.shared_digest


def test_person_and_clinic_as_printed():
    plan = make_plan(RECORD, clinic=replace(CLINIC, name="A ** clinic"))
    assert plan.person.notes == ("Bring your list.", "Take **care**.")
    assert plan.person.next_visit == "7 December 2026"
    assert plan.clinic.short_address == "harbour-lane.example/back"
    assert plan.clinic.name == "A ** clinic"
    assert plan.red_flags.now.title == "Get help now: call 999 or go to the emergency department"


def test_language_goes_to_its_stem_or_is_refused():
    assert make_plan(RECORD, language="en-GB").language == "en"
    with pytest.raises(PatientError, match=r"--language: error: .* language 'xx'"):
        make_plan(RECORD, language="xx")
    with pytest.raises(PatientError, match="record:language: error: "):
        make_plan(replace(RECORD, language="xx"))


def test_review_counts_for_this_content_until_its_day(library):
    signed = Reviewer("J. Patel", "physiotherapist", date(2026, 1, 2), DAY, library.digest)
    assert make_plan(RECORD, clinic=replace(CLINIC, reviewer=signed)).reviewed == (
        "Reviewed by J. Patel, physiotherapist, 2 January 2026"
    )
    for lapsed in (replace(signed, digest="other"), replace(signed, next_review=date(2026, 11, 22))):
        assert make_plan(RECORD, clinic=replace(CLINIC, reviewer=lapsed)).reviewed.startswith("Not yet")


def test_pregnant_person_is_drawn_from_week_16():
    people = ("ann", "bob", "pregnant-dee")
    assert make_plan(make_record(pregnant_weeks=16), people=people).figure_person == "pregnant-dee"
    assert make_plan(make_record(conditions=("pregnancy",)), people=people).figure_person == "pregnant-dee"
    assert make_plan(make_record(pregnant_weeks=15), people=people).figure_person != "pregnant-dee"
    drawn = {make_plan(make_record(reference=f"HL-{at}"), people=people).figure_person for at in range(20)}
    assert drawn == {"ann", "bob"}


def test_sources_are_those_of_what_is_printed(library):
    plan = make_plan(RECORD)
    keys = [line.key for line in plan.sources]
    assert len(keys) == len(set(keys)) and set(keys) <= set(library.sources)
    assert keys[0] == plan.message[0].sources[0]
    cards = {key for card in plan.exercises for key in card.sources}
    assert cards <= set(keys)


def test_json_follows_its_schema():
    schema = make_plan_schema()
    for plan in (make_plan(RECORD), make_plan(None, "back-spasms-waiting-room"), make_plan(RECORD, "sleep")):
        data = json.loads(json.dumps(write_plan_data(plan)))
        check_against(data, schema, schema["$defs"])
        assert data["format"] == 1
        assert [item["id"] for item in data["omissions"]] == [item.id for item in plan.omissions]
        assert all(set(item) == {"id", "kind", "reason", "condition", "source"} for item in data["omissions"])
    broken = {**data, "minutes_per_day": "many"}
    with pytest.raises(AssertionError):
        check_against(broken, schema, schema["$defs"])


def check_against(data, schema, definitions):
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in schema:
        assert any(fits(data, item, definitions) for item in schema["anyOf"]), (data, schema)
    if "enum" in schema:
        assert data in schema["enum"]
    if "const" in schema:
        assert data == schema["const"]
    kinds = {"string": str, "integer": int, "boolean": bool, "null": type(None), "array": list, "object": dict}
    if "type" in schema:
        assert isinstance(data, kinds[schema["type"]]), (data, schema["type"])
    if schema.get("type") == "array":
        for item in data:
            check_against(item, schema["items"], definitions)
    if schema.get("type") == "object":
        assert set(data) == set(schema["required"]) == set(schema["properties"])
        for key, value in data.items():
            check_against(value, schema["properties"][key], definitions)


def fits(data, schema, definitions):
    try:
        check_against(data, schema, definitions)
    except AssertionError:
        return False
    return True


def test_text_says_what_goes_in_and_what_does_not():
    text = describe_plan(make_plan(RECORD))
    assert all(len(line) <= 120 for line in text.splitlines())
    assert "Moves left out:" in text and "single-knee-to-chest: Leave out (N). Osteoporosis:" in text
    assert "falls risk counts. Why: the age is 76 or more" in text
    assert "walking, version with-support" in text


def test_changes_since_last_time():
    old = write_plan_data(make_plan(RECORD))
    same = write_plan_data(make_plan(RECORD, day=date(2026, 12, 7)))
    assert compare_plans(old, same) == ()
    own = (ChosenExercise("walking"), ChosenExercise("pelvic-tilt"), ChosenExercise("upright-march"))
    new = write_plan_data(make_plan(replace(RECORD, exercises=own, stage="later")))
    changes = {(item.kind, item.id): item.change for item in compare_plans(old, new)}
    assert changes["exercise", "upright-march"] == "added"
    assert changes["exercise", "belly-breathing"] == "removed"
    assert changes["plan", "stage"] == "changed"
    assert ("exercise", "walking") not in changes
    (march,) = [item for item in compare_plans(old, new) if item.id == "upright-march"]
    assert march.before is None and march.after


def test_data_that_is_no_plan_is_refused():
    for data in ([], {"handout": "x"}, {**write_plan_data(make_plan(RECORD)), "format": 99}):
        with pytest.raises(PatientError):
            check_plan_data(data, Span("old.json"))


def test_older_people_are_drawn_for_older_people():
    people = ("ada", "kofi", "older-ruth", "older-walter", "pregnant")
    for at in range(20):
        old = make_plan(make_record(reference=f"HL-{at}", date_of_birth=date(1950, 1, 1)), people=people)
        young = make_plan(make_record(reference=f"HL-{at}", date_of_birth=date(1990, 1, 1)), people=people)
        assert old.figure_person.startswith("older")
        assert young.figure_person in ("ada", "kofi")
