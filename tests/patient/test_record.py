"""Patient records: what is read, what is refused, and that no value of a person stands in a message."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.content.library import load_library
from handouts.diagnostics import Collector
from handouts.patient.forms import MOST_NAME, MOST_NOTES
from handouts.patient.models import ChosenExercise, DoseOverride, Override
from handouts.patient.record import read_patient
from handouts.patient.settings import Setting, parse_settings
from handouts.source.document import parse_document

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 23)
LIBRARY = load_library(ROOT / "sections")


def read(text, on=None, settings=()):
    collector = Collector()
    document = parse_document(text, "p.yaml", collector)
    record = None if document is None else read_patient(document, LIBRARY, collector, TODAY, on, settings)
    assert (record is None) == bool(collector.errors)
    return record, list(collector)


def read_well(text, **more):
    record, found = read(text, **more)
    assert record is not None, [item.format_line() for item in found]
    return record


def test_a_name_is_enough_and_the_rest_has_defaults():
    record = read_well("name: Maria Lopez\n")
    assert (record.stage, record.side, record.pattern, record.work) == ("early", "none", "none", "none")
    assert record.exercises is None
    assert record.conditions == record.overrides == ()


def test_the_whole_record():
    record = read_well(
        """
name: Maria Lopez
date_of_birth: 1984-05-02
reference: 2041
seen_on: 2026-11-23
language: en-GB
edition: large-print
pregnant_weeks: 20
conditions: [osteoporosis, falls-risk, osteoporosis]
exercises:
  - pelvic-tilt
  - {id: single-knee-to-chest, side: left, repetitions: 5, hold_seconds: 10, times_per_day: 2}
overrides:
  - {id: plank, by: J. Patel, reason: trained}
goal:
notes: |
  One.
  Two.
"""
    )
    assert record.date_of_birth == date(1984, 5, 2)
    assert record.reference == "2041"
    assert record.conditions == ("osteoporosis", "falls-risk")
    assert record.exercises == (
        ChosenExercise("pelvic-tilt"),
        ChosenExercise("single-knee-to-chest", "left", DoseOverride(10, 5, times_per_day=2)),
    )
    assert record.overrides == (Override("plank", "J. Patel", "trained"),)
    assert record.goal is None
    assert record.notes == "One.\nTwo."


def test_accents_written_in_two_parts_are_put_together():
    assert read_well("name: Jose\u0301 Nu\u0301n\u0303ez\n").name == "José Núñez"


@pytest.mark.parametrize("written", ["Null", "No", "0555", "1.10", "true", "On"])
def test_a_name_that_looks_like_something_else_is_text(written):
    assert read_well(f"name: {written}\n").name == written


@pytest.mark.parametrize(
    ("line", "rule", "said"),
    [
        ("side: lefft", "wrong-choice", "did you mean 'left'?"),
        ("stage: EARLY", "wrong-choice", "did you mean 'early'?"),
        ("sied: left", "unknown-key", "did you mean 'side'?"),
        ("conditions: [osteoporossis]", "unknown-id", "did you mean 'osteoporosis'?"),
        ("conditions: osteoporosis", "wrong-type", "must be a list"),
        ("exercises: [pelvic-tlt]", "unknown-id", "did you mean 'pelvic-tilt'?"),
        ("exercises: []", "too-short", "at least 1"),
        ("exercises: [pelvic-tilt, pelvic-tilt]", "duplicate-exercise", "twice"),
        ("exercises: [{id: pelvic-tilt, side: left}]", "wrong-side", "no left and right"),
        ("exercises: [{id: pelvic-tilt, hold_second: 5}]", "unknown-key", "did you mean 'hold_seconds'?"),
        ("exercises: [{id: pelvic-tilt, repetitions: 0}]", "out-of-range", "at least 1"),
        ("date_of_birth: 02/05/1984", "wrong-date", "year-month-day"),
        ("date_of_birth: 1984-02-30", "wrong-date", "does not exist"),
        ("date_of_birth: 19840502", "wrong-date", "must be a date"),
        ("date_of_birth: 2026-11-24", "wrong-date", "after the date of the sheet"),
        ("date_of_birth: 1905-01-01", "wrong-date", "more than 120 years"),
        ("seen_on: 2026-11-23T10:00", "wrong-date", "must be a date"),
        ("{seen_on: 2026-11-23, next_visit: 2026-11-22}", "wrong-date", "before 'seen_on'"),
        ("pregnant_weeks: 43", "out-of-range", "at most 42"),
        ("pregnant_weeks: 0", "out-of-range", "at least 1"),
        ("pregnant_weeks: 20.5", "wrong-type", "whole number"),
        ("overrides: [{id: plank, by: J}]", "missing-key", "'reason' is missing"),
        ("overrides: [{id: plank, by: '', reason: r}]", "empty-value", "'by' is empty"),
        ("overrides: [{id: plnk, by: J, reason: r}]", "unknown-id", "did you mean 'plank'?"),
        ("overrides: [{id: osteoporosis, by: J, reason: r}]", "wrong-override", "cannot be cleared"),
        ("overrides: [{id: cancer-history, by: J, reason: r}]", "wrong-override", "does not name"),
        ("language: english please", "malformed-value", "language tag"),
        ("language: xx", "unknown-language", "there are en"),
        ("edition: large", "wrong-choice", "did you mean 'large-print'?"),
        (f"notes: {'x' * (MOST_NOTES + 1)}", "too-long", str(MOST_NOTES)),
        ("goal: [a]", "wrong-type", "must be text"),
        ('goal: "a\\nb"', "malformed-value", "more than one line"),
        ('goal: "a\\u202eb"', "malformed-value", "cannot be printed"),
        ('notes: "a\\x07b"', "malformed-value", "cannot be printed"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_a_hint(line, rule, said):
    text = (
        f"name: Zebedee\n{line}\n" if not line.startswith("{") else "name: Zebedee\n" + line[1:-1].replace(", ", "\n")
    )
    record, found = read(text)
    assert record is None
    shown = [item.format_line() for item in found]
    assert [item.rule for item in found] == [rule], shown
    assert said in shown[0]
    assert found[0].span.line >= 2


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("stage: early\n", "missing-key"),
        ("name:\n", "missing-key"),
        ("name: '  '\n", "empty-value"),
        (f"name: {'x' * 400}\n", "too-long"),
        ('name: "a\\nb"\n', "malformed-value"),
        ('name: "a\\u0007b"\n', "malformed-value"),
        ("name: [a, b]\n", "wrong-type"),
        ("- name: a\n", "wrong-type"),
        ("just words\n", "wrong-type"),
    ],
)
def test_a_name_that_cannot_be_printed(text, rule):
    record, found = read(text)
    assert record is None
    assert [item.rule for item in found] == [rule]


def test_the_longest_name_is_read():
    assert len(read_well(f"name: {'x' * MOST_NAME}\n").name) == MOST_NAME


def test_age_is_counted_from_the_sheet_not_from_today():
    assert read("name: A\ndate_of_birth: 2027-01-01\n")[0] is None
    assert read_well("name: A\ndate_of_birth: 2027-01-01\n", on=date(2028, 1, 1)).date_of_birth is not None
    assert read("name: A\nseen_on: 2020-01-01\ndate_of_birth: 2020-01-02\n")[0] is None


def test_a_cleared_condition_that_the_record_names_is_fine():
    text = "name: A\nconditions: [cancer-history]\noverrides: [{id: cancer-history, by: J, reason: r}]\n"
    assert read_well(text).overrides[0].id == "cancer-history"


def test_all_problems_are_found_at_once():
    _, found = read("name: ''\nside: x\nstage: y\npregnant_weeks: z\nwhat: 1\n")
    assert [item.span.line for item in found] == [1, 2, 3, 4, 5]


SECRETS = st.text(st.sampled_from("QXZJVW"), min_size=7, max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(SECRETS, min_size=12, max_size=12, unique=True))
def test_no_value_of_a_person_stands_in_a_diagnostic(words):
    keys = ["side", "stage", "date_of_birth", "pregnant_weeks", "language", "edition", "pattern", "work", "sleeps_on"]
    lines = ["name: [a]", *(f"{key}: {word} {word}" for key, word in zip(keys, words, strict=False))]
    lines += [f"conditions: ['{words[9]}']", f"exercises: ['{words[10]}']", f"'{words[11]} {words[0]}': 1"]
    _, found = read("\n".join(lines))
    assert len(found) >= 11
    for item in found:
        for word in words:
            assert word not in item.format_line() + item.given + "".join(item.candidates)


def test_settings_are_laid_over_a_record():
    collector = Collector()
    texts = ["stage=later", "conditions=osteoporosis; falls-risk", "exercises=pelvic-tilt;walking", "goal="]
    chosen = parse_settings([*texts, "pregnant_weeks=20"], collector)
    assert not collector.found
    record = read_well("name: A\nstage: early\ngoal: Run\n", settings=chosen)
    assert (record.stage, record.goal, record.pregnant_weeks) == ("later", None, 20)
    assert record.conditions == ("osteoporosis", "falls-risk")
    assert [choice.id for choice in record.exercises or ()] == ["pelvic-tilt", "walking"]


def test_a_setting_is_named_where_it_is_wrong():
    record, found = read("name: A\n", settings=(Setting("stage", "latr"),))
    assert record is None
    assert found[0].format_line().startswith("--set stage: error:")
    assert "did you mean 'later'?" in found[0].format_line()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stage", "no '='"),
        ("stge=later", "did you mean 'stage'?"),
        ("overrides=plank", "record's file only"),
        ("=x", "unknown key"),
    ],
)
def test_settings_that_cannot_be_read(text, said):
    collector = Collector()
    assert parse_settings([text], collector) == ()
    assert said in next(iter(collector)).format_line()


EXAMPLES = sorted(path for path in (ROOT / "examples").glob("*.yaml") if path.stem != "clinic")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_read(path):
    collector = Collector()
    record = read_patient(path, LIBRARY, collector, TODAY)
    assert not collector.found, [item.format_line() for item in collector]
    assert record is not None
    assert record.reference is not None


def test_there_are_five_examples():
    assert len(EXAMPLES) == 5


def test_unknown_names_are_told_beside_other_faults():
    record, found = read("name: Maria Lopez\nstagee: early\nconditions: [osteoporosi]\nexercises: [planks]\n")
    assert record is None
    assert sorted(item.rule for item in found) == ["unknown-id", "unknown-id", "unknown-key"]
