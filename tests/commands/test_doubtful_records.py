"""What a clinician may have chosen unawares is said, and stops nothing unless `--strict` asks for it."""

import json

import pytest

CLINIC = "--clinic examples/clinic.yaml"
EARLY = """
name: Zebedee
seen_on: 2026-11-23
stage: first-days
exercises: [plank, seated-cross-legged-lean, walking]
"""
IDLE = """
name: Zebedee
seen_on: 2026-11-23
overrides:
  - {id: walking, by: J. Patel, reason: seen}
  - {id: plank, by: J. Patel, reason: seen}
"""


@pytest.fixture
def write(clone):
    def write_record(text):
        (clone / "record.yaml").write_text(text, encoding="utf-8")
        return "record.yaml"

    return write_record


def list_findings(result):
    found = json.loads(result.stdout)["findings"]
    assert all(item["severity"] == "warning" for item in found)
    return [(item["rule"], item["line"], item["column"]) for item in found]


def test_moves_before_their_stage_are_told(run, write):
    result = run(f"handouts check {write(EARLY)} --format json")
    assert result.exit_code == 0
    assert list_findings(result) == [("before-stage", 5, 13), ("before-stage", 5, 20)]
    assert "'plank' is a move for later, and the stage is first-days" in result.stdout
    assert list_findings(run(f"handouts check {write(EARLY.replace('first-days', 'later'))} --format json")) == []
    assert run(f"handouts check {write(EARLY)} --strict").exit_code == 1


@pytest.mark.parametrize(
    ("pattern", "exercises", "told"),
    [
        ("worse-bending", "[walking, seated-forward-bend, pelvic-tilt]", ["seated-forward-bend"]),
        ("worse-standing", "[prone-press-up, standing-back-bend, walking]", ["prone-press-up", "standing-back-bend"]),
        ("worse-bending", "[prone-press-up, standing-back-bend, walking]", []),
        ("worse-bending", "[double-knee-to-chest, pelvic-tilt]", ["double-knee-to-chest"]),
        ("worse-standing", "[seated-forward-bend, single-knee-to-chest, walking]", []),
        ("none", "[prone-press-up, seated-forward-bend]", []),
    ],
)
def test_moves_for_another_pattern_are_told(run, write, pattern, exercises, told):
    record = write(f"name: A\npattern: {pattern}\nexercises: {exercises}\n")
    result = run(f"handouts check {record} --format json")
    found = json.loads(result.stdout)["findings"]
    assert [item["rule"] for item in found] == ["against-pattern"] * len(told)
    assert all(f"'{name}' is a move for the pattern" in item["message"] for name, item in zip(told, found, strict=True))


FORWARD = ["single-knee-to-chest", "childs-pose", "seated-cross-legged-lean"]


@pytest.mark.parametrize("pattern", ["worse-bending", "worse-standing", "none"])
def test_forward_bends_are_told_where_bending_makes_it_worse(run, write, pattern):
    record = write(f"name: A\nstage: later\npattern: {pattern}\nexercises: [walking, {', '.join(FORWARD)}]\n")
    result = run(f"handouts check {record} --format json")
    told = pattern == "worse-bending"
    found = json.loads(result.stdout)["findings"]
    assert [item["rule"] for item in found] == ["against-pattern"] * (len(FORWARD) if told else 0)
    assert all(f"'{name}' is left out where" in item["message"] for name, item in zip(FORWARD, found, strict=False))
    assert run(f"handouts check {record} --strict").exit_code == told
    plan = run(f"handouts plan exercises -p {record} --clinic examples/clinic.yaml")
    assert plan.exit_code == 0 and ("speaks against" in plan.output) == told


@pytest.mark.parametrize("exercises", ["", "exercises: [walking, pelvic-tilt]\n"])
def test_an_override_of_what_is_not_printed_is_told(run, write, exercises):
    result = run(f"handouts check {write(IDLE + exercises)} --format json")
    assert list_findings(result) == [("idle-override", 6, 10)]
    assert "the override of 'plank' is not used" in result.stdout


def test_an_override_that_is_used_is_not_told(run, write):
    text = "name: A\nconditions: [osteoporosis]\noverrides: [{id: plank, by: J, reason: r}]\nexercises: [plank]\n"
    record = write(text + "stage: later\n")
    assert list_findings(run(f"handouts check {record} --format json")) == []


@pytest.mark.parametrize("command", ["make", "plan"])
def test_make_and_plan_say_it_and_go_on(clone, run, write, command):
    line = f"handouts {command} back-spasms -p {write(EARLY)} {CLINIC}"
    result = run(line + (" -o x.pdf" if command == "make" else ""))
    assert result.exit_code == 0
    assert result.stderr.count("warning: ") == 2
    assert "record.yaml:5:13: warning: 'plank' is a move for later" in result.stderr
    assert run("handouts -q" + line.removeprefix("handouts") + (" -o y.pdf" if command == "make" else "")).stderr == ""


def test_make_refuses_it_when_it_is_strict(clone, run, write):
    result = run(f"handouts make back-spasms -p {write(EARLY)} {CLINIC} -o x.pdf --strict")
    assert result.exit_code == 1
    assert "'plank' is a move for later" in result.stderr
    assert not (clone / "x.pdf").exists()


def test_a_batch_says_it_of_each_row_and_goes_on(clone, run):
    rows = "".join(f"Zebedee,2026-11-23,{stage},plank;walking\n" for stage in ("first-days", "first-days", "later"))
    (clone / "t.csv").write_text("name,seen_on,stage,exercises\n" + rows, encoding="utf-8")
    result = run(f"handouts batch back-spasms t.csv -o out {CLINIC}")
    assert result.exit_code == 0
    assert result.stderr.count("[before-stage]") == 2
    assert "row 3, column 'exercises': 'plank' is a move for later" in result.stderr
    assert len(list((clone / "out").glob("*.pdf"))) == 3


def test_a_faulty_record_is_not_told_what_may_be_wrong(run, write):
    record = write(IDLE + "exercises: plank\n")
    result = run(f"handouts check {record} --format json")
    assert [item["rule"] for item in json.loads(result.stdout)["findings"]] == ["wrong-type"]
