"""The bundled library: every file is read, and every fault is found at its place."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from handouts.content.files import find_kind
from handouts.content.library import load_library
from handouts.diagnostics import Collector, ContentError

SECTIONS = Path(__file__).resolve().parents[2] / "sections"
NOT_READ_HERE = ("poses", "figures", "evidence.yaml", "README.md")


@pytest.fixture(scope="module")
def library():
    return load_library(SECTIONS)


@pytest.fixture
def copied(tmp_path):
    shutil.copytree(SECTIONS, tmp_path / "sections")
    return tmp_path / "sections"


def find_problems(folder, **more):
    collector = Collector()
    try:
        load_library(folder, collector=collector, **more)
    except ContentError as error:
        assert list(error.diagnostics) == list(collector)
    return list(collector)


def change(path, old, new, count=1):
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} no longer holds {old!r}"
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def find_line(path, text):
    return next(n for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if text in line)


def test_every_file_is_loaded(library):
    assert [item.format_line() for item in find_problems(SECTIONS)] == []
    for folder, items in [
        ("topics", library.sections),
        ("exercises", library.exercises),
        ("sleep", library.sleep),
        ("handouts", library.handouts),
        ("locale", library.locales),
    ]:
        names = sorted(path.stem for path in (SECTIONS / folder).glob("*"))
        assert names == sorted(items)
        assert names


def test_counts_of_the_library(library):
    assert len(library.exercises) >= 19
    assert len(library.conditions) >= 32
    assert len(library.moves.columns) == 12
    assert library.default_sets.sets
    assert library.sources
    assert library.glossary


def test_kinds_go_by_the_place_of_a_file():
    for path in SECTIONS.rglob("*.yaml"):
        relative = path.relative_to(SECTIONS)
        assert (find_kind(path) is None) == (relative.parts[0] in NOT_READ_HERE), path
    assert find_kind(Path("x/rules/moves.yaml")) == "moves"
    assert find_kind(Path("moves.yaml")) is None
    assert find_kind(Path("exercises/x.txt")) is None


def test_ids_know_their_place(library):
    span = library.find_place("exercise", "pelvic-tilt")
    assert span is not None
    assert (Path(span.file).name, span.line) == ("pelvic-tilt.yaml", 1)
    assert library.find_place("exercise", "no-such") is None
    for kind, id in [("condition", "osteoporosis"), ("column", "pregnancy"), ("set", "early"), ("source", "NICE-NG59")]:
        assert library.find_place(kind, id) is not None, (kind, id)


def test_lines_of_a_card_are_named_for_the_card(library):
    card = library.exercises["pelvic-tilt"]
    lines = [*card.steps, *card.stop, card.feel, card.easier, *card.not_for]
    assert all(line.id.startswith("pelvic-tilt-") for line in lines)
    assert all(library.find_place("statement", line.id) is not None for line in lines)
    assert [version.id for version in card.versions if version.id.startswith("pelvic-tilt-")] == []


def test_the_digest_is_of_the_content_and_of_nothing_else(library, copied):
    same = load_library(copied)
    assert (same.digest, same.content_version) == (library.digest, library.content_version)
    card = copied / "exercises" / "bridge.yaml"
    card.write_text("# a comment\n" + card.read_text(encoding="utf-8").replace("\n", "\r\n"), encoding="utf-8")
    (copied / "README.md").write_text("words")
    assert load_library(copied).digest == library.digest
    change(card, "title: ", "title: A ")
    assert load_library(copied).digest != library.digest


def test_a_changed_picture_changes_the_digest(library, copied):
    (copied / "figures" / "new.yaml").write_text("frames: []\n")
    assert load_library(copied).digest != library.digest


CARD, TABLE, TOPIC = "exercises/bridge.yaml", "rules/moves.yaml", "topics/causes.yaml"


@pytest.mark.parametrize(
    ("name", "old", "new", "rule"),
    [
        (CARD, "id: bridge", "id: brigde", "file-name"),
        (CARD, "position:", "positoin:", "unknown-key"),
        (CARD, "sided: none", "sided: nobody", "wrong-choice"),
        (CARD, "stop:\n", "stop: []\nignored:\n", "too-short"),
        (TOPIC, "conditions: [", "conditions: [no-such, ", "unknown-id"),
        (TOPIC, "sources: [", "sources: [NO-SUCH, ", "unknown-id"),
        (TOPIC, "text: ", "text: Call {phon}. ", "unknown-placeholder"),
        (TOPIC, "text: ", "text: Call {phone. ", "unknown-placeholder"),
        (TOPIC, "text: ", "text: Do **not. ", "bold-open"),
        (TOPIC, "kind: list", "kind: lst", "wrong-choice"),
        ("rules/default-sets.yaml", "moves: [", "moves: [jumping, ", "unknown-id"),
        ("rules/default-sets.yaml", "bird-dog: {stage", "bird-dgo: {stage", "unknown-id"),
        ("rules/conditions.yaml", "column: osteoporosis", "column: osteo", "unknown-id"),
        ("rules/conditions.yaml", "id: falls-risk", "id: osteoporosis", "duplicate-id"),
        (TABLE, "  bridge:", "  brigde:", "unknown-id"),
        (TABLE, "    wrist-pain: {verdict", "    wrist-pian: {verdict", "unknown-id"),
        (TABLE, "{verdict: N", "{verdict: X", "wrong-choice"),
        ("handouts/back-spasms.yaml", "  - {part: red-flags}\n", "", "no-red-flags"),
        ("handouts/back-spasms.yaml", "{part: red-flags}", "{part: red-flags, if_room: true}", "red-flags-fixed"),
        ("handouts/back-spasms.yaml", "{part: red-flags}", "{part: red-flags, when: {}}", "red-flags-fixed"),
        (
            "handouts/back-spasms.yaml",
            "{part: red-flags}",
            "{part: red-flags, unless: {}}",
            "red-flags-fixed",
        ),
        ("handouts/back-spasms.yaml", "section: causes", "section: cause", "unknown-id"),
        ("handouts/back-spasms.yaml", "causes-common", "causes-comon", "unknown-id"),
        ("locale/en.yaml", "language: en", "language: de", "file-name"),
    ],
)
def test_a_planted_fault_is_found_where_it_is(copied, name, old, new, rule):
    path = copied / name
    text = path.read_text(encoding="utf-8")
    if old not in text:
        pytest.fail(f"{name} no longer holds {old!r}")
    change(path, old, new)
    found = [item for item in find_problems(copied) if item.rule == rule]
    assert found, [item.format_line() for item in find_problems(copied)]
    places = {(Path(item.span.file).name, item.span.line) for item in found}
    near = text[: text.index(old)].count("\n") + 1
    assert any(file == path.name and near <= line <= near + 2 for file, line in places) or rule == "no-red-flags"


def test_a_card_without_a_row_is_found(copied):
    change(copied / TABLE, "  bridge:\n", "  brigde:\n")
    rules = {(item.rule, Path(item.span.file).name) for item in find_problems(copied)}
    assert ("no-verdict", "bridge.yaml") in rules


def test_a_cell_that_is_missing_is_named(copied):
    text = (copied / TABLE).read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if line.startswith("  bridge:"))
    gone = next(n for n in range(start, start + 14) if lines[n].startswith("    wrist-pain:"))
    (copied / TABLE).write_text("".join(lines[:gone] + lines[gone + 1 :]), encoding="utf-8")
    found = [item for item in find_problems(copied) if item.rule == "no-verdict"]
    assert [(item.span.line, "wrist-pain" in item.message) for item in found] == [(start + 1, True)]


def test_near_names_are_data(copied):
    change(copied / "handouts/back-spasms.yaml", "section: causes", "section: cause")
    found = next(item for item in find_problems(copied) if item.rule == "unknown-id")
    assert found.given == "cause"
    assert "causes" in found.candidates
    assert "did you mean 'causes'" in found.format_line()


def test_a_dose_that_starts_above_its_limit(copied):
    path = copied / "exercises" / "pelvic-tilt.yaml"
    change(path, "start: {hold_seconds: 5", "start: {hold_seconds: 60")
    found = [item for item in find_problems(copied) if item.rule == "dose-limit"]
    assert [item.span.line for item in found] == [find_line(path, "start:")]


def test_ids_of_lines_are_given_once(copied):
    shutil.copy(copied / "topics" / "causes.yaml", copied / "topics" / "more-causes.yaml")
    change(copied / "topics" / "more-causes.yaml", "id: causes\n", "id: more-causes\n")
    rules = [item.rule for item in find_problems(copied)]
    assert rules.count("duplicate-id") > 3
    assert "unused-section" in rules


def test_reviews_are_warned_of_on_the_day_given(copied):
    assert find_problems(SECTIONS, on=date(2026, 11, 23)) == []
    late = find_problems(SECTIONS, on=date(2099, 1, 1))
    assert {(item.rule, item.severity.value) for item in late} == {("review-overdue", "warning")}
    assert len(late) > 40


@pytest.mark.parametrize("name", ["red-flags.yaml", "sources.yaml", "rules/moves.yaml", "rules/conditions.yaml"])
def test_a_file_that_is_missing(copied, name):
    (copied / name).unlink()
    missing = [item for item in find_problems(copied) if item.rule == "file-missing"]
    assert [Path(item.span.file).name for item in missing] == [Path(name).name]


def test_a_folder_that_is_missing(tmp_path):
    assert [item.rule for item in find_problems(tmp_path / "none")] == ["folder-missing"]


def test_files_that_nothing_reads_are_warned_of(copied):
    (copied / "topics" / "old.yml").write_text("a: 1")
    (copied / "stray.yaml").write_text("a: 1")
    found = find_problems(copied)
    assert sorted((item.rule, Path(item.span.file).name) for item in found) == [
        ("unread-file", "old.yml"),
        ("unread-file", "stray.yaml"),
    ]
    assert "call it 'topics/old.yaml'" in next(item.hint for item in found if "old.yml" in item.span.file)


def test_a_broken_file_leaves_no_echo(copied):
    (copied / "topics" / "causes.yaml").write_text("a: [\n")
    found = find_problems(copied)
    assert [(item.rule, Path(item.span.file).name) for item in found if item.rule != "unknown-id"] == [
        ("yaml-syntax", "causes.yaml")
    ]
