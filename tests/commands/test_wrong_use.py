"""Wrong inputs on purpose: every command says what is wrong, with the place, and never shows a traceback."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from handouts.commands import main

CLINIC = "--clinic examples/clinic.yaml"
RECORDS = {
    "misspelt.yaml": (b"name: Jo\nsied: left\n", "misspelt.yaml:2:1", "side"),
    "empty.yaml": (b"", "empty.yaml", "empty"),
    "blank.yaml": (b"\n\n", "blank.yaml", "empty"),
    "windows.yaml": ("name: José\n".encode("cp1252"), "windows.yaml:1:10", "UTF-8"),
    "utf16.yaml": ("name: Jo\n".encode("utf-16"), "utf16.yaml", "UTF-16"),
    "list.yaml": (b"- name: Jo\n", "list.yaml:1:1", ""),
    "binary.yaml": (bytes(range(256)), "binary.yaml", ""),
    "tab.yaml": (b"name: Jo\nconditions:\n\t- osteoporosis\n", "tab.yaml:3", "tab"),
    "unclosed.yaml": (b'name: "Jo\n', "unclosed.yaml", ""),
    "unknown.yaml": (b"name: Jo\nconditions: [osteoprosis]\n", "unknown.yaml:2:14", "osteoporosis"),
}
USES = [
    "handouts make back-spasms -p {file} {clinic} -o out.pdf",
    "handouts plan back-spasms -p {file} {clinic}",
    "handouts diff {file} examples/early-desk.yaml {clinic}",
]


def find_fault(result):
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result.output


@pytest.mark.parametrize(
    ("name", "use"),
    [
        *((name, USES[0]) for name in RECORDS),
        *((name, use) for name in ("misspelt.yaml", "windows.yaml") for use in USES[1:]),
    ],
)
def test_a_broken_record(name, use, clone, run):
    content, place, words = RECORDS[name]
    (clone / name).write_bytes(content)
    result = run(use.format(file=name, clinic=CLINIC))
    said = find_fault(result)
    assert result.exit_code == 1, said
    assert place in said
    assert words in said
    assert not (clone / "out.pdf").exists()


@pytest.mark.parametrize("name", [name for name in RECORDS if name not in ("list.yaml",)])
def test_check_finds_the_same(name, clone, run):
    content, place, words = RECORDS[name]
    (clone / name).write_bytes(content)
    result = run(f"handouts check {name}")
    said = find_fault(result)
    assert result.exit_code == 1, said
    assert place in said
    assert words in said


@pytest.mark.parametrize(
    ("line", "status", "words"),
    [
        ("handouts make back-spasms -p examples {clinic} -o x.pdf", 1, "folder"),
        ("handouts make back-spasms -p nowhere.yaml {clinic} -o x.pdf", 1, "does not exist"),
        ("handouts make back-spasms -p examples/clinic.yaml {clinic} -o x.pdf", 1, "unknown key"),
        ("handouts make back-spams {clinic} -o x.pdf", 1, "back-spasms"),
        ("handouts make back-spasms {clinic} -o nowhere/x.pdf", 1, "nowhere"),
        ("handouts make back-spasms {clinic} -o examples", 1, "examples"),
        ("handouts make back-spasms {clinic} -o ''", 1, "name a file"),
        ("handouts make back-spasms {clinic} -o ..", 1, "name a file"),
        ("handouts figures -o .", 1, "name a file"),
        ("handouts figures -o examples/clinic.yaml", 1, "no PDF has this name"),
        (
            "handouts make back-spasms -p examples/early-desk.yaml {clinic} -o examples/early-desk.yaml",
            1,
            "no PDF has this name",
        ),
        ("handouts make back-spasms -o x.pdf", 1, "handouts new clinic"),
        ("handouts make back-spasms --clinic nowhere.yaml -o x.pdf", 1, "nowhere.yaml"),
        ("handouts make back-spasms --clinic examples -o x.pdf", 1, "folder"),
        (
            "handouts make back-spasms {clinic} --date 23/11/2026 -o x.pdf",
            2,
            "'23/11/2026' is not a day; write year-month-day",
        ),
        ("handouts make back-spasms {clinic} --set age=4 -o x.pdf", 1, "age"),
        ("handouts make back-spasms {clinic} --set name -o x.pdf", 1, "name"),
        ("handouts make back-spasms {clinic} --edition tiny -o x.pdf", 2, "tiny"),
        ("handouts check nowhere", 1, "nowhere"),
        ("handouts check examples/logo.svg", 1, "logo.svg"),
        ("handouts check --explain nothing", 2, "nothing"),
        ("handouts verify examples/clinic.yaml", 1, "not a sheet"),
        ("handouts verify nowhere.pdf", 1, "nowhere.pdf"),
        ("handouts verify examples", 1, "folder"),
        ("handouts diff examples/clinic.yaml nowhere.json {clinic}", 1, "clinic.yaml"),
        ("handouts review --by '' --role x {clinic}", 2, "--by"),
        ("handouts review --by A --role x --next 2020-01-01 {clinic}", 2, "--next"),
        ("handouts review --by A --role x --clinic nowhere.yaml", 1, "nowhere.yaml"),
        ("handouts preview back-spasms -p - {clinic}", 2, "file"),
        ("handouts new section 'Not an id.yaml'", 2, "id"),
        ("handouts new table rows.xlsx", 2, "csv"),
        ("handouts new patient -", 2, "name the file"),
        ("handouts new clinic ''", 2, "name the file"),
        ("handouts new patient examples/early-desk.yaml", 1, "already"),
        ("handouts list cards", 2, "cards"),
        ("handouts nothing", 2, "nothing"),
    ],
)
def test_wrong_use(line, status, words, clone, run):
    result = run(line.format(clinic=CLINIC))
    said = find_fault(result)
    assert result.exit_code == status, said
    assert words in said


@pytest.mark.parametrize("key", ["phone", "out_of_hours", "emergency_number", "website"])
@pytest.mark.parametrize("use", ["make back-spasms -o x.pdf --clinic c.yaml", "check c.yaml"])
def test_nobody_to_call_is_an_error(key, use, clone, run):
    lines = (clone / "examples" / "clinic.yaml").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith((f"{key}:", "logo"))]
    (clone / "c.yaml").write_text("\n".join(kept), encoding="utf-8")
    result = run(f"handouts {use}")
    assert result.exit_code == 1
    assert f"the key '{key}' is missing" in find_fault(result)


def test_a_value_of_a_record_is_never_shown(clone, run):
    (clone / "r.yaml").write_text("name: Jo\nside: Zanzibar\ndate_of_birth: Zanzibar\nreference: [Zanzibar]\n")
    for use in ("check r.yaml", "check r.yaml --format json", f"make back-spasms -p r.yaml {CLINIC} -o x.pdf"):
        result = run(f"handouts {use}")
        assert result.exit_code == 1
        assert "Zanzibar" not in result.output


def test_a_line_of_a_broken_record_is_not_shown(clone, run):
    (clone / "r.yaml").write_text('name: "Zanzibar\nside: left\n', encoding="utf-8")
    result = run("handouts check r.yaml")
    assert result.exit_code == 1
    assert "Zanzibar" not in result.output


def test_nothing_is_overwritten_by_new(clone, run):
    before = (clone / "examples" / "clinic.yaml").read_bytes()
    assert run("handouts new clinic examples/clinic.yaml").exit_code == 1
    assert (clone / "examples" / "clinic.yaml").read_bytes() == before


@pytest.mark.parametrize(
    "command", ["plan red-flags", "make red-flags -o out.pdf", "batch red-flags --copies 1 -o out"]
)
def test_an_account_without_a_home_is_served(command, clone, run, monkeypatch):
    def refuse():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", refuse)
    for name in ("HANDOUTS_CACHE", "HANDOUTS_CLINIC", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    assert run(f"handouts {command} {CLINIC}").exit_code == 0
    missing = run(f"handouts {command}")
    assert missing.exit_code == 1 and "no clinic profile was found" in missing.output


def test_a_folder_that_is_gone(clone, run, monkeypatch):
    def refuse():
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(Path, "cwd", refuse)
    result = run("handouts list")
    assert result.exit_code == 2
    assert "folder that you are in is gone" in find_fault(result)


@pytest.mark.parametrize("command", [["list", "handouts"], ["batch", "--help"]])
def test_a_command_that_is_broken_off_while_it_loads_says_so(command, monkeypatch):
    def break_off(name):
        raise KeyboardInterrupt

    monkeypatch.setattr("handouts.commands.import_module", break_off)
    result = CliRunner().invoke(main, command)
    assert (result.exit_code, result.output) == (130, "stopped\n")
