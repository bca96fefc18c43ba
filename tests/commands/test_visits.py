"""Reading sheets back, and what changed between two visits."""

import json

import pikepdf
import pytest

CLINIC = "--clinic examples/clinic.yaml"


def make(run, more=""):
    result = run(f"handouts make exercises -p examples/early-desk.yaml {CLINIC} -o sheet.pdf {more}")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("more", ["", "--edition low-ink", "--paper letter", "--date 2026-12-01", "--set side=right"])
def test_a_sheet_is_its_records(more, clone, run):
    make(run, more)
    settings = more if more.startswith("--set") else ""
    result = run(f"handouts verify sheet.pdf -p examples/early-desk.yaml {CLINIC} {settings} --format json")
    data = json.loads(result.stdout)
    assert (result.exit_code, data["installed"], data["outcome"], data["handout"]) == (
        0,
        True,
        "same bytes",
        "exercises",
    )


def test_another_record_is_seen(clone, run):
    make(run)
    result = run(f"handouts verify sheet.pdf -p examples/lifter-later.yaml {CLINIC}")
    assert result.exit_code == 1
    assert "does not give this sheet" in result.stdout


def test_a_changed_byte_is_seen(clone, run):
    make(run)
    data = bytearray((clone / "sheet.pdf").read_bytes())
    at = data.index(b"stream\n") + 60
    data[at] ^= 1
    (clone / "sheet.pdf").write_bytes(bytes(data))
    result = run(f"handouts verify sheet.pdf -p examples/early-desk.yaml {CLINIC}")
    assert result.exit_code == 1


def test_other_content_is_seen(clone, run):
    own = clone / "own"
    own.mkdir()
    (own / "overlay.yaml").write_text("off: [tens]\n", encoding="utf-8")
    profile = (clone / "examples" / "clinic.yaml").read_text(encoding="utf-8").replace("logo: logo.svg", "content: own")
    (clone / "clinic.yaml").write_text(profile, encoding="utf-8")
    make(run)
    assert run(f"handouts verify sheet.pdf {CLINIC}").exit_code == 0
    result = run("handouts verify sheet.pdf")
    assert result.exit_code == 1
    assert "not installed here" in result.stdout


def test_a_file_saved_by_another_program_is_no_sheet(clone, run):
    make(run)
    with pikepdf.open(clone / "sheet.pdf") as document:
        document.save(clone / "again.pdf")
    result = run("handouts verify again.pdf")
    assert result.exit_code == 1
    assert "not a sheet" in result.output


@pytest.mark.parametrize("cut", [0, 8, 200, -1, -30, -600])
def test_a_torn_file_is_no_sheet(cut, clone, run):
    make(run)
    data = (clone / "sheet.pdf").read_bytes()
    (clone / "torn.pdf").write_bytes(data[:cut])
    result = run("handouts verify torn.pdf")
    assert (result.exit_code, "not a sheet" in result.output) == (1, True)


def test_the_file_says_nothing_of_the_person(clone, run):
    make(run)
    data = (clone / "sheet.pdf").read_bytes()
    for word in (b"Maria", b"Lopez", b"HL-2041", b"Patel"):
        assert word not in data


def test_what_changed_since_the_last_visit(clone, run):
    for name, more in (("old", ""), ("new", "--set stage=later --set conditions=osteoporosis")):
        plan = run(f"handouts plan back-spasms -p examples/early-desk.yaml {CLINIC} {more} --format json").stdout
        (clone / f"{name}.json").write_text(plan, encoding="utf-8")
    words = run("handouts diff old.json new.json").stdout
    assert "stage: early, now later" in words
    assert "\nMoves:\n" in words
    assert "no longer: Pelvic tilt" in words
    changes = json.loads(run("handouts diff old.json new.json --format json").stdout)
    assert {"kind": "plan", "id": "stage", "change": "changed", "before": "early", "after": "later"} in changes
    assert run("handouts diff old.json old.json").stdout == "Nothing changed.\n"


def test_records_are_compared_as_plans(clone, run):
    result = run(f"handouts diff examples/early-desk.yaml examples/lifter-later.yaml {CLINIC}")
    assert result.exit_code == 0
    assert "not of one person" in result.stderr


def test_sheets_are_compared_line_by_line(clone, run):
    make(run)
    (clone / "sheet.pdf").rename(clone / "old.pdf")
    make(run, "--set goal='Swim again'")
    words = run("handouts diff old.pdf sheet.pdf").stdout
    assert any(line.startswith("+") and "Swim again" in line for line in words.splitlines())
    assert any(line.startswith("-") and "Walk to the shops" in line for line in words.splitlines())
    assert run("handouts diff old.pdf old.pdf").stdout == "Nothing changed.\n"


def test_each_statement_with_its_sources(clone, run):
    shown = run(f"handouts plan back-spasms {CLINIC} --sources").stdout
    assert "Which statement rests on what:" in shown
    assert "- now-chest [guideline: NHS-BACK, NHS-AAA] Chest pain, or hard to breathe" in shown


@pytest.mark.parametrize("kind", ["handouts", "sections", "exercises", "sleep", "conditions", "sources", "editions"])
def test_lists(kind, clone, run):
    rows = json.loads(run(f"handouts list {kind} --format json").stdout)
    lines = run(f"handouts list {kind}").stdout.splitlines()
    assert len(rows) == len(lines) > 2
    assert all(row["id"] and row["title"] for row in rows)
    if kind == "sources":
        assert any("now-chest" in row["statements"] for row in rows)


def test_a_plan_that_is_not_whole_is_refused(clone, run):
    for text in (
        '{"format": 1, "handout": "x", "exercises": []}',
        '{"format": 1, "handout": 3, "exercises": 5}',
        "[]",
        "7",
    ):
        (clone / "torn.json").write_text(text, encoding="utf-8")
        result = run("handouts diff torn.json torn.json")
        assert (result.exit_code, "Traceback" in result.output) == (1, False), text
