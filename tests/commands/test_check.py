"""`check` on planted faults: the right rule at the right line, the forms of output, and the exit status."""

import json
import re

import pytest

from ..access.fontmaking import make_font

FAULTS = {
    "blame-words": ("topics/causes.yaml", "text: Sitting for a long time.", "text: Sitting with bad posture."),
    "promise-words": ("topics/causes.yaml", "text: Sitting for a long time.", "text: Rest is a miracle."),
    "number-words": ("topics/causes.yaml", "text: Sitting for a long time.", "text: Sitting for two hours."),
    "red-flags-changed": ("red-flags.yaml", "text: Chest pain, or hard to breathe", "text: Chest pain that lasts"),
    "review-overdue": ("topics/work.yaml", "next_review: 2027-11-23", "next_review: 2020-01-01"),
    "unknown-id": ("exercises/bridge.yaml", "conditions: [recent-surgery]", "conditions: [recent-surgry]"),
    "no-red-flags": ("handouts/sleep.yaml", "  - {part: red-flags}\n", ""),
}


def read_findings(result):
    assert result.stdout.startswith("{"), result.output
    return json.loads(result.stdout)["findings"]


@pytest.fixture
def plant(sections):
    """Return a function that puts a fault into the copied library and returns its line."""

    def put(file, old, new):
        path = sections / file
        text = path.read_text(encoding="utf-8")
        assert old in text, file
        before = text.partition(old)[0]
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return before.count("\n") + 1

    return put


@pytest.mark.parametrize("rule", FAULTS)
def test_a_planted_fault_is_found_at_its_line(rule, clone, run, plant):
    file, old, new = FAULTS[rule]
    line = plant(file, old, new)
    result = run("handouts check sections --format json --strict")
    assert result.exit_code == 1
    found = [item for item in read_findings(result) if item["rule"] == rule]
    assert [item["file"] for item in found] == [f"sections/{file}"]
    if rule != "no-red-flags":
        assert [item["line"] for item in found] == [line]
        assert found[0]["column"]


def test_a_missing_source_and_a_hard_line(sections, run):
    path = sections / "topics" / "work.yaml"
    text = path.read_text(encoding="utf-8")
    match = re.search(r"\n +sources: \[[^]]*\](\n +mark: guideline\n)", text)
    text = text.replace(match[0], match[1], 1)
    hard = "Multidisciplinary rehabilitation interventions necessitate considerable organisational determination."
    text += f"  - kind: paragraph\n    id: work-hard\n    text: {hard} {hard} {hard}\n"
    path.write_text(text, encoding="utf-8")
    lines = text.splitlines()
    found = {item["rule"]: item for item in read_findings(run("handouts check sections --format json"))}
    assert lines[found["missing-source"]["line"] - 1].strip() == "mark: guideline"
    assert "Multidisciplinary" in lines[found["reading-grade"]["line"] - 1]


def test_a_handout_that_is_too_hard_as_a_whole(clone, run):
    own = clone / "own" / "handouts"
    own.mkdir(parents=True)
    hard = "Rehabilitation necessitates considerable determination."
    text = (clone / "sections" / "handouts" / "sleep.yaml").read_text(encoding="utf-8")
    text = text.replace("id: sleep\n", "id: hard\n").replace("id: night-", "id: hard-")
    leads = "".join(f"  - {{part: link, lead: {{id: hard-lead-{n}, text: {hard}}}}}\n" for n in range(40))
    (own / "hard.yaml").write_text(text.rstrip("\n") + "\n" + leads, encoding="utf-8")
    found = read_findings(run("handouts check own --format json"))
    (grade,) = [item for item in found if item["rule"] == "handout-grade"]
    assert grade["file"] == "own/handouts/hard.yaml"
    assert "hard-lead-" in grade["hint"]


def test_the_full_form_shows_the_line_with_a_marker(clone, run):
    (clone / "r.yaml").write_text("name: Jo\n", encoding="utf-8")
    (clone / "c.yaml").write_text((clone / "examples" / "clinic.yaml").read_text().replace("paper: a4", "paper: a5"))
    result = run("handouts check c.yaml")
    lines = result.stdout.splitlines()
    assert any(line.endswith("[wrong-choice]") for line in lines)
    (at,) = [number for number, line in enumerate(lines) if line.endswith("| paper: a5")]
    assert lines[at + 1].index("^") == lines[at].index("a5")


def test_the_short_form_is_one_line_each(clone, run):
    (clone / "r.yaml").write_text("name: Jo\nsied: left\nedition: big\n", encoding="utf-8")
    result = run("handouts check r.yaml --format short")
    assert len(result.stdout.splitlines()) == 2
    assert all(line.startswith("r.yaml:") and ": error: " in line for line in result.stdout.splitlines())


def test_json_is_stable(clone, run):
    (clone / "r.yaml").write_text("name: Jo\nsied: left\n", encoding="utf-8")
    data = json.loads(run("handouts check r.yaml --format json").stdout)
    assert list(data) == ["format", "checked", "errors", "warnings", "findings"]
    assert data["format"] == 1
    (found,) = data["findings"]
    assert list(found) == ["file", "line", "column", "severity", "rule", "message", "hint", "near"]
    assert (found["file"], found["line"], found["column"]) == ("r.yaml", 2, 1)
    assert (found["severity"], found["rule"]) == ("error", "unknown-key")
    assert "side" in f"{found['hint']} {found['near']}"


def test_warnings_fail_only_when_strict(clone, run):
    assert run("handouts check examples/clinic.yaml").exit_code == 0
    strict = run("handouts check examples/clinic.yaml --strict --format short")
    assert strict.exit_code == 1
    assert "[not-reviewed]" in strict.stdout


def test_after_a_review_nothing_is_left_to_say(clone, run):
    assert run("handouts review --by 'J. Patel' --role physiotherapist --clinic examples/clinic.yaml").exit_code == 0
    result = run("handouts check examples/clinic.yaml --strict --format short")
    assert (result.exit_code, result.stdout) == (0, "")
    plan = run("handouts plan sleep --clinic examples/clinic.yaml").stdout
    assert "Reviewed by J. Patel, physiotherapist" in plan


def test_a_folder_of_a_library_narrows_the_findings(clone, run, plant):
    plant(*FAULTS["blame-words"])
    assert read_findings(run("handouts check sections/exercises --format json")) == []
    assert len(read_findings(run("handouts check sections/topics/causes.yaml --format json"))) == 1


@pytest.mark.parametrize("text", ["just words\n", "other: 1\n", "12\n"])
def test_what_is_nothing_that_can_be_checked_is_an_error(text, clone, run):
    (clone / "exercises").mkdir()
    for name in ("thing.yaml", "exercises/thing.yaml"):
        (clone / name).write_text(text, encoding="utf-8")
        result = run(f"handouts check {name} --format short")
        assert result.exit_code == 1
        assert result.stdout.startswith(f"{name}:1:1: error: ")


def test_a_table_is_checked_row_by_row(clone, run):
    (clone / "t.csv").write_text("name,side\nJo,left\nKim,lft\n", encoding="utf-8")
    result = run("handouts check t.csv --format short")
    assert result.exit_code == 1
    assert result.stdout.startswith("t.csv:3:2: error: row 3")


def test_rules_are_explained(run):
    shown = run("handouts check --explain reading-grade").stdout
    assert "To mend it:" in shown
    assert "grade 8" in shown


def test_scores(run):
    scores = json.loads(run("handouts check --scores --format json").stdout)
    assert {item["handout"] for item in scores} >= {"back-spasms", "sleep", "exercises"}
    full = next(item for item in scores if item["handout"] == "back-spasms")
    assert full["flesch_kincaid"] <= 6
    assert full["smog"] <= 7
    assert full["pemat_understand"] >= 70
    assert full["pemat_act"] >= 70
    assert full["cdc_index"] >= 90
    assert sum(item["sheet"] == "pemat" for item in full["items"]) == 24
    assert sum(item["sheet"] == "index" for item in full["items"]) == 20
    assert "PEMAT" in run("handouts check --scores").stdout


def test_a_record_is_not_passed_over_when_the_content_is_broken(clone, run):
    own = clone / "own" / "topics"
    own.mkdir(parents=True)
    (own / "odd.yaml").write_text("id: odd\n", encoding="utf-8")
    profile = (clone / "examples" / "clinic.yaml").read_text(encoding="utf-8").replace("logo: logo.svg", "content: own")
    (clone / "clinic.yaml").write_text(profile, encoding="utf-8")
    result = run("handouts check examples/early-desk.yaml --format short")
    assert result.exit_code == 1
    assert "own/topics/odd.yaml" in result.stdout


def test_letters_that_no_font_draws_are_found_in_records_and_tables(clone, run):
    (clone / "record.yaml").write_text("name: Ann\nnotes: བསོད་ནམས\n", encoding="utf-8")
    (clone / "people.csv").write_text("name,notes\nAnn,José\nབསོད,خذ 500 mg\n", encoding="utf-8")
    for file, places in (("record.yaml", ["2:8"]), ("people.csv", ["3:1", "3:2"])):
        result = run(f"handouts check {file} --format short")
        assert result.exit_code == 1
        assert re.findall(r"^[\w.]+:(\d+:\d+): error", result.stdout, re.MULTILINE) == places, result.output
        assert "(TIBETAN)" in result.stdout and "བ" not in result.output


def test_a_clinic_s_own_font_counts(clone, run):
    (clone / "fonts").mkdir(exist_ok=True)
    make_font(clone / "own-fonts.ttf", "Own", "龘").rename(clone / "fonts" / "own.ttf")
    (clone / "record.yaml").write_text("name: 龘\n", encoding="utf-8")
    assert run("handouts check record.yaml").exit_code == 1
    profile = (clone / "examples" / "clinic.yaml").read_text(encoding="utf-8").replace("logo: logo.svg", "fonts: fonts")
    (clone / "clinic.yaml").write_text(profile, encoding="utf-8")
    assert run("handouts check record.yaml").exit_code == 0


@pytest.mark.parametrize(
    "command",
    [
        "check clinic.yaml",
        "make red-flags --clinic clinic.yaml -o x.pdf",
        "plan red-flags --clinic clinic.yaml",
        "batch red-flags --copies 2 --clinic clinic.yaml -o out",
    ],
)
def test_letters_that_no_font_draws_are_found_in_the_clinic_s_profile(clone, run, command):
    text = (clone / "examples" / "clinic.yaml").read_text(encoding="utf-8").replace("logo: logo.svg\n", "")
    text = text.replace("name: ", "name: \U0001f9ed ", 1).replace("14 Harbour Lane", "14 Harbour Lane \u0f60")
    (clone / "clinic.yaml").write_text(text, encoding="utf-8")
    result = run(f"handouts {command}")
    assert result.exit_code == 1
    places = [line.partition(": error: ")[0] for line in result.output.splitlines() if "[letter-without-glyph]" in line]
    lines = text.splitlines()
    assert places == [
        f"clinic.yaml:{number}:{column}"
        for number, column in (
            (next(at for at, line in enumerate(lines, 1) if "\U0001f9ed" in line), 7),
            (next(at for at, line in enumerate(lines, 1) if "\u0f60" in line), 11),
        )
    ]
    assert not (clone / "out").exists() and not (clone / "x.pdf").exists()
