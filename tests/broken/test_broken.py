"""Files with faults: each says in its first comments what must be found, ``# line: rule``, and nothing else may be."""

import contextlib
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.content.library import load_library
from handouts.diagnostics import Collector, ContentError
from handouts.patient.clinic import read_clinic
from handouts.patient.record import read_patient, record_from_mapping
from handouts.source.document import parse_document
from handouts.tailor.judge import Judge

HERE = Path(__file__).resolve().parent
SECTIONS = HERE.parents[1] / "sections"
TODAY = date(2026, 11, 23)
LIBRARY = load_library(SECTIONS)
FILES = sorted(HERE.glob("*.yaml"))
HEAD = re.compile(r"# as: (\S+)\n")
EXPECTED = re.compile(r"^# (\d+): ([a-z-]+)$", re.MULTILINE)


JUDGE = Judge(LIBRARY)


def judge(record, places, problems, day, whole):
    if whole:
        JUDGE.judge_person(record, day, problems, places.span)


def find_errors(path: Path, kind: str, folder: Path) -> list[tuple[int, str]]:
    collector = Collector()
    if kind == "patient":
        read_patient(path, LIBRARY, collector, TODAY, inspect=judge)
        return [(item.span.line, item.rule) for item in collector.errors]
    if kind == "clinic":
        read_clinic(path, collector)
        return [(item.span.line, item.rule) for item in collector.errors]
    target = folder / kind
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(path, target)
    with contextlib.suppress(ContentError):
        load_library(SECTIONS, folder, collector)
    return [(item.span.line, item.rule) for item in collector.errors if Path(item.span.file).name == target.name]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_fault_is_found_and_nothing_else(path, tmp_path):
    text = path.read_text(encoding="utf-8")
    head = HEAD.match(text)
    assert head is not None, "the first line says what the file is read as"
    expected = sorted((int(line), rule) for line, rule in EXPECTED.findall(text))
    assert expected
    assert sorted(find_errors(path, head[1], tmp_path)) == expected


def test_there_are_files_of_each_kind():
    kinds = {(HEAD.match(path.read_text(encoding="utf-8")) or [""] * 2)[1].split("/")[0] for path in FILES}
    assert {"patient", "clinic", "topics", "exercises", "handouts", "overlay.yaml"} <= kinds


KEYS = [
    "name",
    "side",
    "conditions",
    "exercises",
    "overrides",
    "date_of_birth",
    "notes",
    "pregnant_weeks",
    "id",
    "what",
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=8,
)


class Anywhere:
    def span(self, path=(), key=False):
        return parse_document("a: 1", "x", Collector()).span()


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6))
def test_any_data_gives_a_record_or_diagnostics(data):
    collector = Collector()
    record = record_from_mapping(data, Anywhere(), LIBRARY, collector, TODAY)
    assert (record is None) == bool(collector.errors)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(FILES), st.integers(0, 400), st.text(max_size=3))
def test_a_file_with_a_splinter_in_it_never_raises(path, place, splinter):
    text = path.read_text(encoding="utf-8")
    place %= len(text)
    collector = Collector()
    document = parse_document(text[:place] + splinter + text[place + 1 :], "x.yaml", collector)
    if document is not None:
        record = read_patient(document, LIBRARY, collector, TODAY)
        assert (record is None) == bool(collector.errors)
