"""Records of which no sheet can be made: `check` finds all that `make` would say, and all of it is said at once."""

import json

import pytest

CLINIC = "--clinic examples/clinic.yaml"
CHILD = {"name": "Zebedee", "date_of_birth": "2015-05-02", "seen_on": "2026-11-23"}
MUDDLED = {
    "name": "Zebedee",
    "date_of_birth": "1940-05-02",
    "seen_on": "2026-11-23",
    "pregnant_weeks": "20",
    "conditions": "[osteoporossis]",
    "exercises": "[plank, {id: walking, minutes: 120}]",
    "goal": "Walk \U0001f9ed",
}
MUDDLE = ["contradiction", "letter-without-glyph", "move-refused", "unknown-id", "wrong-dose"]


def write_record(folder, keys):
    path = folder / "record.yaml"
    path.write_text("".join(f"{key}: {value}\n" for key, value in keys.items()), encoding="utf-8")
    return path.name


def write_table(folder, keys):
    path = folder / "table.csv"
    cells = [value.strip("[]").replace(", ", ";") for value in keys.values()]
    path.write_text(f"{','.join(keys)}\n{','.join(cells)}\n", encoding="utf-8")
    return path.name


def list_rules(result):
    assert result.exit_code == 1
    assert "Zebedee" not in result.output
    return sorted(item["rule"] for item in json.loads(result.stdout)["findings"])


@pytest.mark.parametrize("write", [write_record, write_table])
def test_check_refuses_whom_no_handout_is_for(clone, run, write):
    assert list_rules(run(f"handouts check {write(clone, CHILD)} --format json")) == ["under-age"]


def test_check_says_all_at_once(clone, run):
    result = run(f"handouts check {write_record(clone, MUDDLED)} --format json")
    assert list_rules(result) == MUDDLE


@pytest.mark.parametrize("faulty", [{"sied": "left"}, {"side": "lefft"}])
def test_what_cannot_be_read_hides_nothing(clone, run, faulty):
    result = run(f"handouts check {write_record(clone, MUDDLED | faulty)} --format json")
    assert list_rules(result) == sorted([*MUDDLE, "unknown-key" if "sied" in faulty else "wrong-choice"])


@pytest.mark.parametrize("command", ["make", "plan"])
def test_make_and_plan_say_it_at_once(clone, run, command):
    name = write_record(clone, MUDDLED | {"sied": "left"})
    result = run(f"handouts {command} back-spasms -p {name} {CLINIC}{' -o x.pdf' if command == 'make' else ''}")
    assert result.exit_code == 1
    rules = sorted(line.rpartition("[")[2].rstrip("]") for line in result.stderr.splitlines() if ": error: " in line)
    assert rules == sorted([*MUDDLE, "unknown-key"])
    assert f"{name}:7:7: error: no font draws U+1F9ED (compass)" in result.stderr
    assert not (clone / "x.pdf").exists()


def test_batch_says_it_at_once(clone, run):
    keys = MUDDLED | {"exercises": "[plank, walking]", "side": "lefft"}
    result = run(f"handouts batch back-spasms {write_table(clone, keys)} -o out {CLINIC} --format json")
    assert list_rules(result) == sorted([*(rule for rule in MUDDLE if rule != "wrong-dose"), "wrong-choice"])


@pytest.mark.parametrize(
    "faulty",
    [
        {"overrides": "[{id: plank, by: J. Patel}]"},
        {"overrides": "[{id: plank, by: J. Patel, reason: seen}]", "conditions": "[[osteoporosis]]"},
    ],
)
def test_a_move_is_not_refused_while_its_override_cannot_be_read(clone, run, faulty):
    keys = {"name": "Zebedee", "conditions": "[osteoporosis]", "exercises": "[plank, walkin]"} | faulty
    rules = list_rules(run(f"handouts check {write_record(clone, keys)} --format json"))
    assert "move-refused" not in rules
    assert "unknown-id" in rules and len(rules) == 2


def test_an_unknown_handout_is_told_beside_the_record(clone, run):
    result = run(f"handouts plan back-spasm -p {write_record(clone, CHILD)} {CLINIC}")
    assert "[unknown-handout]" in result.stderr and "[under-age]" in result.stderr


ON_RECORD = [f"make back-spasms {CLINIC} -o x.pdf -p", f"plan back-spasms {CLINIC} -p"]


@pytest.mark.parametrize("command", [*ON_RECORD, "check"])
def test_letters_are_told_while_moves_cannot_be_judged(clone, run, command):
    keys = {"name": "Zebedee \U0001f9ed", "overrides": "[{id: plank, by: J. Patel}]", "exercises": "[walkin]"}
    result = run(f"handouts {command} {write_record(clone, keys)}")
    assert result.exit_code == 1
    assert all(f"[{rule}]" in result.output for rule in ("letter-without-glyph", "missing-key", "unknown-id"))


@pytest.mark.parametrize("command", ON_RECORD)
def test_letters_of_a_record_are_told_with_their_place_and_not_named(clone, run, command):
    result = run(f"handouts {command} {write_record(clone, {'name': 'Zebedee', 'goal': chr(0x0F60)})}")
    assert result.exit_code == 1
    assert "record.yaml:2:7: error: no font draws 1 letter of it (TIBETAN)" in result.stderr
    assert "0F60" not in result.stderr
