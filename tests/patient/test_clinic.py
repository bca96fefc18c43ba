"""Clinic profiles: what must be there, what is refused, where the profile is found."""

from pathlib import Path

import pytest

from handouts.diagnostics import Collector
from handouts.patient.clinic import find_clinic, read_clinic

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "name": "Harbour Lane",
    "phone": '"0555 013 4400"',
    "out_of_hours": "NHS 111",
    "emergency_number": "999",
    "website": "https://harbour-lane.example/back",
}


def read(tmp_path, **more):
    lines = {**GOOD, **more}
    path = tmp_path / "clinic.yaml"
    path.write_text("".join(f"{key}: {value}\n" for key, value in lines.items() if value is not None), encoding="utf-8")
    collector = Collector()
    clinic = read_clinic(path, collector)
    assert (clinic is None) == bool(collector.errors)
    return clinic, list(collector)


def test_the_example_is_read():
    collector = Collector()
    clinic = read_clinic(ROOT / "examples" / "clinic.yaml", collector)
    assert clinic is not None, [item.format_line() for item in collector]
    assert clinic.logo == ROOT / "examples" / "logo.svg"
    assert (clinic.phone, clinic.emergency_number, clinic.colour) == ("0555 013 4400", "999", "#0f5c63")


def test_units_are_accepted_and_change_nothing(tmp_path):
    clinics = [read(tmp_path, units=units)[0] for units in (None, "metric", "imperial")]
    assert clinics[0] == clinics[1] == clinics[2] is not None
    assert read(tmp_path, units="both")[0] is None


@pytest.mark.parametrize(("written", "kept"), [("999", "999"), ("0555", "0555"), ("'112'", "112"), ("1.10", "1.10")])
def test_numbers_stay_as_they_were_written(tmp_path, written, kept):
    clinic, _ = read(tmp_path, emergency_number=written)
    assert clinic.emergency_number == kept


@pytest.mark.parametrize("key", ["name", "phone", "out_of_hours", "emergency_number", "website"])
@pytest.mark.parametrize("value", [None, "", "''", "'  '"])
def test_what_a_person_in_need_must_find_cannot_be_left_out(tmp_path, key, value):
    clinic, found = read(tmp_path, **{key: value})
    assert clinic is None
    assert f"'{key}'" in found[0].message
    assert len(found) == 1


@pytest.mark.parametrize(
    ("key", "value", "rule"),
    [
        ("website", "harbour-lane.example/back", "malformed-value"),
        ("website", "ftp://harbour-lane.example", "malformed-value"),
        ("website", "javascript:alert(1)", "malformed-value"),
        ("website", "https://", "malformed-value"),
        ("website", "https://[", "malformed-value"),
        ("website", "https://a.example/" + "x" * 150, "too-long"),
        ("website", "https://ä.example", "malformed-value"),
        ("phone", "call us", "malformed-value"),
        ("colour", "'0f5c63'", "malformed-value"),
        ("colour", "#0f5c63", "empty-value"),
        ("colour", "teal", "malformed-value"),
        ("paper", "A5", "wrong-choice"),
        ("language", "English", "malformed-value"),
        ("minutes_cap", "0", "out-of-range"),
        ("address", "one line", "wrong-type"),
        ("logo", "none.svg", "file-missing"),
        ("logo", "text.svg", "wrong-logo"),
        ("logo", "clinic.yaml", "wrong-logo"),
        ("content", "nowhere", "folder-missing"),
        ("fonts", "nowhere", "folder-missing"),
        ("reviewer", "{name: J, role: r, date: 2026-01-01, next_review: 2027-01-01, digest: x}", "malformed-value"),
        ("emergency_numbr", "999", "unknown-key"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, key, value, rule):
    (tmp_path / "text.svg").write_text("hello")
    clinic, found = read(tmp_path, **{key: value})
    assert clinic is None
    assert [item.rule for item in found] == [rule], [item.format_line() for item in found]
    assert found[0].span.line == (len(GOOD) + 1 if key not in GOOD else list(GOOD).index(key) + 1)


@pytest.mark.parametrize("value", ["''", "", "'  '"])
@pytest.mark.parametrize(
    ("key", "advice"),
    [
        *((key, "; it must be there") for key in ("name", "phone", "out_of_hours", "emergency_number")),
        ("short_address", ", or leave the key out"),
        ("address", ", or take the entry out"),
    ],
)
def test_only_what_may_be_left_out_is_to_be_left_out(tmp_path, key, advice, value):
    _, (found,) = read(tmp_path, **{key: f"[{value or 'null'}]" if key == "address" else value})
    assert (found.rule, "it must be there" in found.hint) == ("empty-value", "must" in advice)
    assert found.hint.endswith(advice)


def test_a_spoilt_digest_says_what_helps(tmp_path):
    reviewer = "{name: J, role: r, date: 2026-01-01, next_review: 2027-01-01, digest: x}"
    _, (found,) = read(tmp_path, reviewer=reviewer)
    assert found.hint == "take the whole part 'reviewer' out of the file, then sign anew with 'handouts review'"


def test_paths_start_from_the_profile(tmp_path):
    (tmp_path / "ours").mkdir()
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\nxxxx")
    clinic, _ = read(tmp_path, content="ours", logo="logo.png")
    assert (clinic.content, clinic.logo) == (tmp_path / "ours", tmp_path / "logo.png")


def test_a_list_is_no_profile(tmp_path):
    path = tmp_path / "clinic.yaml"
    path.write_text("- a\n")
    collector = Collector()
    assert read_clinic(path, collector) is None
    assert [item.rule for item in collector] == ["wrong-type"]


def test_where_the_profile_is_looked_for(tmp_path):
    work, config = tmp_path / "work", tmp_path / "config" / "handouts"
    work.mkdir()
    config.mkdir(parents=True)
    own = dict.fromkeys(("APPDATA", "XDG_CONFIG_HOME"), str(config.parent))
    named = {**own, "HANDOUTS_CLINIC": "x.yaml"}
    assert find_clinic(None, own, work) is None
    (config / "clinic.yaml").touch()
    assert find_clinic(None, own, work) == config / "clinic.yaml"
    (work / "clinic.yaml").touch()
    assert find_clinic(None, own, work) == work / "clinic.yaml"
    assert find_clinic(None, named, work) == work / "x.yaml"
    assert find_clinic(Path("o.yaml"), named, work) == Path("o.yaml")
    assert find_clinic(None, {**own, "HANDOUTS_CLINIC": " "}, work) == work / "clinic.yaml"


def test_an_account_without_a_home_has_a_profile_where_it_names_one(tmp_path, monkeypatch):
    def refuse():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", refuse)
    assert find_clinic(None, {}, tmp_path) is None
    assert find_clinic("o.yaml", {}, tmp_path) == Path("o.yaml")


def test_a_configuration_folder_that_cannot_be_looked_into_is_none(tmp_path):
    environ = dict.fromkeys(("APPDATA", "XDG_CONFIG_HOME"), str(tmp_path / ("x" * 300)))
    assert find_clinic(None, environ, tmp_path) is None
