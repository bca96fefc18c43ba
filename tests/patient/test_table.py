"""Tables: what is recognised, what is refused and where, and that no value of a person stands in a message."""

import json
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.content.library import load_library
from handouts.diagnostics import Collector, Diagnostic, Severity
from handouts.patient.models import PERSONAL_FIELDS
from handouts.patient.record import record_from_mapping
from handouts.patient.settings import split_value
from handouts.patient.table import open_table
from handouts.patient.table_cells import RowPlaces, describe_kind, make_row
from handouts.patient.table_header import TABLE_KEYS
from handouts.patient.table_records import read_row

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 23)
LIBRARY = load_library(ROOT / "sections")


def open_bytes(content):
    collector = Collector()
    table = open_table("-", lambda: content, collector)
    return table, list(collector)


def read_all(content):
    table, found = open_bytes(content if isinstance(content, bytes) else content.encode())
    assert table is not None, [item.format_line() for item in found]
    return table, [read_row(row, LIBRARY, TODAY, None) for row in table.rows()]


def list_rules(reading):
    return [item.rule for item in reading.found]


@pytest.mark.parametrize(
    ("codec", "said"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 with a byte order mark"),
        ("cp1252", "Windows-1252"),
        ("utf-16", "UTF-16"),
    ],
)
@pytest.mark.parametrize(("separator", "name"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs")])
def test_encoding_and_separator_are_recognised_and_said(codec, said, separator, name):
    text = f"Name{separator}Date of birth{separator}conditions\r\nJosé Núñez{separator}1984-05-02{separator}\r\n"
    table, rows = read_all(text.encode(codec))
    assert table.said == f"{said}, separated by {name}"
    assert [row.record.name for row in rows] == ["José Núñez"]
    assert rows[0].record.date_of_birth == date(1984, 5, 2)


def test_lists_are_split_at_semicolons():
    _, (row,) = read_all("name,conditions,exercises\nA,osteoporosis; falls-risk,walking;bridge\n")
    assert row.record.conditions == ("osteoporosis", "falls-risk")
    assert [chosen.id for chosen in row.record.exercises] == ["walking", "bridge"]


def test_all_bad_rows_are_told_with_row_column_and_kind_never_the_value():
    secret = "Xerxesson"
    _, rows = read_all(
        f"name,stage,date_of_birth,conditions\n{secret},{secret},,\n{secret},,31/5/1984,\nGood,,,\n,,,{secret}\n"
    )
    lines = [item.format_line() for row in rows for item in row.found]
    assert [row.record is not None for row in rows] == [False, False, True, False]
    assert "row 2, column 'stage'" in lines[0] and "text of 9 characters" in lines[0]
    assert "row 3, column 'date_of_birth'" in lines[1] and "digits like a date" in lines[1]
    assert secret not in "\n".join(lines)


@pytest.mark.parametrize(
    ("header", "rule", "words"),
    [
        ("nmae,stage", "unknown-column", "did you mean 'name'"),
        ("name,stage,stage", "duplicate-column", "'stage'"),
        ("name,overrides", "malformed-header", "'overrides'"),
        ("stage,side", "missing-key", "'name'"),
        ("Maria Lopez,1984-05-02", "no-header", "names of the columns"),
    ],
)
def test_wrong_headers(header, rule, words):
    table, found = open_bytes(f"{header}\n1,2,3\n".encode())
    assert table is None
    assert any(item.rule == rule and words in item.format_line() for item in found)
    assert "Maria" not in "".join(item.format_line() for item in found)


def test_ragged_rows_are_faults_and_empty_ones_are_passed_over():
    _, rows = read_all("name,stage\nA\nB,later,x\nC,later,\n,\n\nD,later\n")
    assert [list_rules(row) for row in rows] == [["ragged-row"], ["ragged-row"], [], []]
    assert [row.row.number for row in rows] == [2, 3, 4, 7]


def test_mixed_encodings_are_faults_of_their_rows():
    _, rows = read_all("name\nJosé\n".encode() + b"Jos\xe9\nAnn\n")
    assert [list_rules(row) for row in rows] == [[], ["mixed-encodings", "malformed-value"], []] or list_rules(
        rows[1]
    ) == ["mixed-encodings"]
    assert rows[1].record is None and rows[2].record is not None


def test_line_ends_of_old_macs_hide_no_mixed_encodings():
    _, rows = read_all("name,stage\rJosé,early\r".encode() + b"Jos\xe9,early\rAnn,early\r")
    assert [row.record and row.record.name for row in rows] == ["José", None, "Ann"]
    assert "mixed-encodings" in list_rules(rows[1])


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_recognised(codec):
    table, rows = read_all("name,stage\nJosé,early\n".encode(codec))
    assert table.said == "UTF-16 without a byte order mark, separated by commas"
    assert rows[0].record.name == "José"


@pytest.mark.parametrize("mark", [b"", b"\xff\xfe", b"\xfe\xff"])
@pytest.mark.parametrize("harm", ["A\ud800x,early\n", "A,early\nx"])
def test_utf_16_that_is_broken_is_a_fault_of_its_row(mark, harm):
    codec = "utf-16-be" if mark == b"\xfe\xff" else "utf-16-le"
    content = mark + f"name,stage\nGood,early\n{harm}".encode(codec, "surrogatepass")
    _, rows = read_all(content[:-1] if harm.endswith("x") else content)
    assert rows[0].record.name == "Good"
    assert rows[-1].record is None and "mixed-encodings" in list_rules(rows[-1])


def test_a_cell_without_end_costs_its_row_alone(monkeypatch):
    monkeypatch.setattr("handouts.patient.table_text.MOST_CELL", 1000)
    _, rows = read_all("name,notes\nA," + "x" * 2000 + "\nB,x\n")
    assert [list_rules(row) for row in rows] == [["open-quote"], []]
    assert rows[0].row.raw.startswith("A,xxx") and rows[1].row.number == 3


def test_strange_cells():
    _, rows = read_all('name,notes\nNul\0l,x\n=1+1,x\nBig,"' + "x" * 1_100_000 + '"\nLast,"open\nrest,1\n')
    assert [row.record is not None for row in rows] == [False, True, False, False]
    assert rows[1].found[0].severity is Severity.WARNING
    assert list_rules(rows[2]) == ["too-long"]
    assert "open-quote" in list_rules(rows[3])


def test_a_row_over_several_lines_keeps_its_text():
    table, (row, _) = read_all('name,notes\nA,"one\ntwo"\nB,x\n')
    assert row.row.raw == 'A,"one\ntwo"'
    assert row.record.notes == "one\ntwo"
    assert table.header == "name,notes"


@pytest.mark.parametrize(
    "content",
    [
        '[{"name": "A", "pregnant_weeks": 20}, {"name": "B", "conditions": ["falls-risk"]}]',
        '{"name": "A", "pregnant_weeks": 20}\n\n{"name": "B", "conditions": ["falls-risk"]}\n',
        "- name: A\n  pregnant_weeks: 20\n- name: B\n  conditions: [falls-risk]\n",
    ],
)
def test_lists_of_records(content):
    _, rows = read_all(content)
    assert [row.record.name for row in rows] == ["A", "B"]
    assert rows[0].record.pregnant_weeks == 20
    assert rows[1].record.conditions == ("falls-risk",)


def test_overrides_are_refused_in_every_table():
    entry = {"name": "A", "overrides": [{"id": "plank", "by": "B", "reason": "C"}]}
    _, (row,) = read_all(json.dumps([entry]))
    assert row.record is None and list_rules(row) == ["not-in-tables"]


def test_broken_json_is_a_fault_of_its_line():
    _, rows = read_all('{"name": "A"}\n{"name": \n{"name": "B", "name": "C"}\n7\n')
    assert [list_rules(row) for row in rows] == [[], ["json"], ["json"], ["wrong-type"]]


@pytest.mark.parametrize("value", ["NaN", "-Infinity", "9" * 5000, '"a" 1'])
def test_what_json_must_not_hold_is_told(value):
    entry = f'{{"name": "A", "pregnant_weeks": {value}}}'
    _, (row,) = read_all(entry + "\n")
    assert row.record is None and list_rules(row) == ["json"]
    table, found = open_bytes(f"[{entry}]".encode())
    assert table is None and [item.rule for item in found] == ["json"]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ('{"name": "B", "name": "Cara Lind"}', "row 2, column 'name': a key stands in an object twice"),
        ('{"name": "B", "pregnant_weeks": NaN}', "row 2, column 'pregnant_weeks': 'NaN' is no value"),
        (f'{{"pregnant_weeks": {"9" * 5000}}}', "row 2, column 'pregnant_weeks': a number has too many digits"),
        ('{"conditions": ["hernia", [Infinity]]}', "row 2, column 'conditions': 'Infinity' is no value"),
        ('{"Cara Lind": 1, "Cara Lind": 2}', "row 2: a key stands in an object twice"),
        ("-Infinity", "row 2: '-Infinity' is no value"),
        ("[1, 2, NaN]", "row 2: 'NaN' is no value"),
        ("[" * 100_000, "row 2: lists stand too deep in one another"),
    ],
)
def test_what_a_list_must_not_hold_is_told_with_its_row(entry, words):
    table, (found,) = open_bytes(f'[\n{{"name": "A"}},\n\n{entry},\n{{"name": NaN}}]'.encode())
    assert table is None and found.format_line() == f"standard input:4: error: {words} [json]"
    _, rows = read_all(f'{{"name": "A"}}\n{entry}\n')
    lines = [item.format_line() for item in rows[1].found]
    assert lines == [f"standard input:2: error: {words} [json]"]


@pytest.mark.parametrize("key", PERSONAL_FIELDS)
@pytest.mark.parametrize("value", [True, False])
def test_json_knows_words_from_yes_and_no(key, value):
    entry = {"name": "A", key: value}
    for content in (json.dumps([entry]), json.dumps(entry) + "\n"):
        _, (row,) = read_all(content)
        assert row.record is None and "wrong-type" in list_rules(row)
        assert f"row 1, column '{key}': words stand here, or nothing; the value there is yes or no" in str(row.found)


@pytest.mark.parametrize("word", ["No", "yes", "on", "true"])
def test_yaml_without_quotes_is_read_as_it_stands(word):
    _, (row,) = read_all(f"- name: {word}\n")
    assert row.record.name == word


def test_bytes_that_are_not_utf_8_cost_their_line_alone():
    _, rows = read_all(b'{"name": "A"}\n{"name": "Jos\xe9"}\n{"name": "B"}\n')
    assert [list_rules(row) for row in rows] == [[], ["encoding"], []]


@pytest.mark.parametrize("name", ["\u200b", "\ufe0f", "\u00ad \u200d"])
def test_a_name_that_nobody_can_see_is_none(name):
    _, (row,) = read_all(json.dumps([{"name": name}]))
    assert row.record is None and list_rules(row) == ["empty-value"]


def test_a_copy_of_bad_rows_can_be_read_again():
    _, (row,) = read_all("row,reason,name\n2,'stage' is wrong,Maria\n")
    assert row.record.name == "Maria"


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([key for key in TABLE_KEYS if key != "name"]),
        st.text(st.characters(exclude_characters="\0\r\n", exclude_categories=["Cs"]), max_size=12)
        | st.sampled_from(["early", "left", "osteoporosis", "1984-05-02", "20", "walking;bridge", "side", "desk"]),
        max_size=6,
    )
)
def test_a_row_is_good_when_its_record_is(cells):
    """A table refuses what a record's file refuses, and nothing else."""
    data = {"name": "Maria", **cells}
    columns = tuple(data)
    row = make_row(2, 2, list(data.values()), columns, ",".join(data.values()), "t.csv")
    reading = read_row(row, LIBRARY, TODAY, None)
    direct = {key: split_value(key, cell) for key, cell in data.items()}
    record = record_from_mapping(direct, RowPlaces("t.csv", 2, columns), LIBRARY, Collector(), TODAY)
    assert reading.record == record


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("12", "a whole number"), ("1,5", "a decimal number"), ("3.4.2026", "digits like a date"), ("=A1", "a formula"),
        (True, "yes or no"), ({"a": 1}, "a mapping"), (None, "nothing"), (3, "a number"), (["a", "b"], "a list of 2"),
        ("a\nb", "text of 2 lines and 3 characters"),
    ],
)  # fmt: skip
def test_kinds_are_told_without_the_value(value, words):
    assert describe_kind(value) == words


SECRET = "Xerxesson"
FAULTS = [
    ({"stage": SECRET}, "stage", "the value there is text of 9 characters"),
    ({"stage": 5}, "stage", "the value there is a number"),
    ({"stage": True}, "stage", "the value there is yes or no"),
    ({"side": [SECRET]}, "side", "the value there is a list of 1"),
    ({"side": {"a": SECRET}}, "side", "the value there is a mapping"),
    ({"name": None}, "", "nothing stands there"),
    ({"name": [SECRET]}, "name", "the value there is a list of 1"),
    ({"pregnant_weeks": "99"}, "pregnant_weeks", "the value there is text (a whole number)"),
    ({"conditions": 5}, "conditions", "the value there is a number"),
    ({"conditions": ["falls-risk", [SECRET]]}, "conditions", "the value there is a list of 1"),
    ({"conditions": [None]}, "conditions", "nothing stands there"),
    ({"exercises": [{"id": "bridge", "repetitions": SECRET}]}, "exercises", "the value there is text of 9 characters"),
    ({"exercises": [SECRET]}, "exercises", "the value there is text of 9 characters"),
    ({"exercises": [5]}, "exercises", "the value there is a number"),
    ({"date_of_birth": "2090-01-01"}, "date_of_birth", "the value there is text (digits like a date)"),
    ({"overrides": SECRET}, "overrides", "the value there is text of 9 characters"),
    ({SECRET: 7}, "", "the value there is a number"),
]


@pytest.mark.parametrize("write", [json.dumps, lambda entries: "\n".join(map(json.dumps, entries)), yaml.safe_dump])
@pytest.mark.parametrize(("fault", "key", "words"), FAULTS)
def test_faults_of_lists_name_row_key_and_kind_never_the_value(write, fault, key, words):
    content = write([{"name": "Ann"}, {"name": SECRET, **fault}])
    _, (_, row) = read_all(content if content[0] in "[{" else f"---\n{content}")
    (line,) = [item.format_line() for item in row.found]
    assert (f"row 2, column '{key}': " if key else "row 2: ") in line
    assert words in line and SECRET not in line


@pytest.mark.parametrize(
    ("entry", "words"),
    [(SECRET, "text of 9 characters"), (5, "a number"), (True, "yes or no"), (None, "nothing"), ([1], "a list of 1")],
)
def test_what_is_no_record_and_no_table_is_named_by_its_kind(entry, words):
    _, (row,) = read_all(json.dumps([entry]))
    assert f"and this is {words}" in row.found[0].message
    table, found = open_bytes(f"--- {json.dumps(entry)}\n".encode())
    if isinstance(entry, list):
        assert table is not None
    else:
        assert f"and this is {words}" in found[0].message and SECRET not in found[0].message


def test_all_faults_of_an_entry_on_one_line_are_told_apart():
    entry = {"name": "Ann", "stage": "x", "side": 5, "exercises": [{"id": "bridge", "side": True}]}
    _, (row,) = read_all(json.dumps(entry) + "\n")
    told = [item.message.split(";")[-1].strip() for item in row.found]
    assert sorted(told) == [
        "the value there is a number", "the value there is text of 1 character", "the value there is yes or no",
    ]  # fmt: skip


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_a_device_without_end_is_told(monkeypatch):
    monkeypatch.setattr("handouts.patient.table.MOST_BYTES", 100_000)
    collector = Collector()
    assert open_table("/dev/zero", bytes, collector) is None
    assert [item.rule for item in collector] == ["file-too-large"]
    table, found = open_bytes(b"name\n" + b"Ann\n" * 50_000)
    assert table is None and [item.rule for item in found] == ["file-too-large"]


def test_a_quote_that_another_row_closes_is_told():
    _, rows = read_all('name,notes\nAnn,"oops\nBob,"oops\nCy,"one\ntwo"\nDi,"a ""b""\nc"\n')
    assert [list_rules(row) for row in rows] == [["open-quote"], [], []]
    assert rows[2].record.notes == 'a "b"\nc'


def test_lists_and_lines_of_json_are_told_apart(tmp_path):
    def read(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        collector = Collector()
        table = open_table(str(path), bytes, collector)
        return table and [row.data["name"] for row in table.rows()], "".join(map(Diagnostic.format_line, collector))

    assert read("a.ndjson", '\n[\n{"name": "Ann"},\n{"name": "Bob"}\n]\n') == (["Ann", "Bob"], "")
    none, said = read("a.json", '{"name": "Ann"}\n{"name": "Bob"}\n')
    assert none is None and "the ending .ndjson" in said


def test_a_column_without_a_name_may_hold_nothing():
    _, rows = read_all("name,,stage,\nAnn,,early,\nBob,falls-risk,early,\nCy, ,early,x\n")
    assert [list_rules(row) for row in rows] == [[], ["unnamed-column"], ["unnamed-column"]]
    assert "row 3, column 2" in rows[1].found[0].message and "falls-risk" not in rows[1].found[0].message
    _, (row,) = read_all("row,reason,name\n2,bad,Ann\n")
    assert row.record.name == "Ann"


@pytest.mark.parametrize(
    ("key", "cell", "value"),
    [
        ("side", "Left", "left"),
        ("edition", "Large print", "large-print"),
        ("pattern", "WORSE_BENDING", "worse-bending"),
        ("conditions", "Osteoporosis; Falls  risk,asthma\nhernia;", ["osteoporosis", "falls-risk", "asthma", "hernia"]),
        ("exercises", "Pelvic tilt, bridge", ["pelvic-tilt", "bridge"]),
        ("name", "van der Berg, Maria", "van der Berg, Maria"),
        ("goal", "Walk; and SWIM", "Walk; and SWIM"),
    ],
)
def test_fixed_words_may_be_written_as_people_write_them(key, cell, value):
    assert split_value(key, f" {cell} ") == value


@pytest.mark.parametrize(
    ("cell", "near"),
    [
        ("COPD", "lung-disease"),
        ("warfarin", "blood-thinner"),
        ("slipped disc", "disc-or-sciatica"),
        ("pregnent", "pregnancy"),
    ],
)
def test_a_condition_is_found_by_what_is_said_of_it(cell, near):
    row = make_row(2, 2, ["Maria", cell], ("name", "conditions"), f"Maria,{cell}", "t.csv")
    (fault,) = read_row(row, LIBRARY, TODAY, None).found
    assert fault.rule == "unknown-id"
    assert f"'{near}'" in fault.hint
    assert cell not in f"{fault.message} {fault.hint}"


def test_a_move_is_found_by_its_title():
    row = make_row(2, 2, ["Maria", "knee rolls"], ("name", "exercises"), "Maria,knee rolls", "t.csv")
    (fault,) = read_row(row, LIBRARY, TODAY, None).found
    assert "'lower-trunk-rotation'" in fault.hint
