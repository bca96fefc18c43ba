"""YAML read as plain data with positions, and everything refused that hides or repeats things."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.diagnostics import Collector, Span
from handouts.source.document import Document, parse_document, read_document


def parse(text):
    collector = Collector()
    return parse_document(text, "f.yaml", collector), collector


def read(text) -> Document:
    document, collector = parse(text)
    assert document is not None, [item.format_line() for item in collector]
    return document


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1:30", "1:30"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("Null", "Null"),
        ("null", None),
        ("~", None),
        ("", None),
        ("true", True),
        ("True", "True"),
        ("false", False),
        ("999", 999),
        ("0555", "0555"),
        ("0", 0),
        ("-7", -7),
        ("+7", "+7"),
        ("0x1f", "0x1f"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        (".5", ".5"),
        (".inf", ".inf"),
        ("1.5", 1.5),
        ("2026-11-23", "2026-11-23"),
        ("'999'", "999"),
        ('"null"', "null"),
        ("=", "="),
        ("9" * 40, "9" * 40),
        ("A&E", "A&E"),
        ("what! now", "what! now"),
        ("a * b & c", "a * b & c"),
    ],
)
def test_plain_scalars_mean_what_they_look_like(written, value):
    found = read(f"key: {written}\n").data["key"]
    assert found == value
    assert isinstance(found, type(value))


def test_a_decimal_keeps_its_noughts():
    found = read("version: 1.10").data["version"]
    assert found == 1.1
    assert str(found) == "1.10"


def test_block_text_and_bold_are_text():
    document = read("a: |\n  **Stop** now\n  !important\nb: '**bold**'\nc: >-\n  one\n  two\n")
    assert document.data == {"a": "**Stop** now\n!important\n", "b": "**bold**", "c": "one two"}


def test_positions_of_keys_values_and_what_is_missing():
    document = read("a: 1\nlist:\n  - x: 1\n    y:  two\n  - {z: 3}\n")
    assert document.span() == Span("f.yaml", 1, 1)
    assert document.span(("list", 0, "y")) == Span("f.yaml", 4, 9)
    assert document.span(("list", 0, "y"), key=True) == Span("f.yaml", 4, 5)
    assert document.span(("list", 1)) == Span("f.yaml", 5, 5)
    assert document.span(("list", 1, "z")) == Span("f.yaml", 5, 9)
    assert document.span(("list", 0, "nothing", 3)) == Span("f.yaml", 3, 5)
    assert document.span(("list", 9)) == Span("f.yaml", 3, 3)


def test_columns_count_letters_not_bytes():
    assert read("é: {ñandú: 1}").span(("é", "ñandú")) == Span("f.yaml", 1, 12)


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ("", "yaml-empty", 0, 0),
        ("# only a comment\n", "yaml-empty", 0, 0),
        ("a: 1\nb: 2\na: 3\n", "yaml-duplicate-key", 3, 1),
        ("a: &x 1\n", "yaml-anchor", 1, 4),
        ("a: {b: [&x 1]}\n", "yaml-anchor", 1, 9),
        ("&x a: 1\n", "yaml-anchor", 1, 1),
        ("a: !!int 3\n", "yaml-tag", 1, 4),
        ("a: !secret x\n", "yaml-tag", 1, 4),
        ("!x\na: 1\n", "yaml-tag", 1, 1),
        ("a:\n  <<: {b: 1}\n", "yaml-merge-key", 2, 3),
        ("? [a, b]\n: 1\n", "yaml-key", 1, 3),
        ("a:\n\tb: 1\n", "yaml-tab", 2, 1),
        ("a: 1\n\tb: 1\n", "yaml-tab", 2, 1),
        ("a: b: c\n", "yaml-syntax", 1, 5),
        ("a: [1, 2\n", "yaml-syntax", 1, 4),
        ("a: 'open\nb: 2\n", "yaml-syntax", 1, 4),
        ("a: 1\n---\nb: 2\n", "yaml-syntax", 2, 1),
        ("a: @home\n", "yaml-syntax", 1, 4),
        ("a: **bold**\n", "yaml-syntax", 1, 5),
        ("a: 1\nb: \x00\n", "control-character", 2, 4),
        ("a: 1\nb: x\x07\n", "control-character", 2, 5),
        ("a: " + "[" * 60 + "]" * 60, "yaml-too-deep", 1, 43),
        ("a: " + "[" * 50_000, "yaml-too-deep", 1, 43),
        ("- " * 50_000 + "x", "yaml-too-deep", 1, 81),
        ("a: " + "x" * 1_000_001, "file-too-large", 0, 0),
    ],
)
def test_what_is_refused_is_said_at_its_place(text, rule, line, column):
    document, collector = parse(text)
    assert document is None
    found = next(iter(collector))
    assert (found.rule, found.span) == (rule, Span("f.yaml", line, column)), found.format_line()
    assert len(found.message) > 15


def test_aliases_are_refused_before_they_multiply():
    text = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    document, collector = parse(text)
    assert document is None
    assert {item.rule for item in collector} == {"yaml-anchor", "yaml-alias"}


def test_every_duplicate_is_reported_at_once():
    _, collector = parse("a: 1\na: 2\nb:\n  c: 1\n  c: 2\n")
    assert [(item.rule, item.span.line) for item in collector] == [("yaml-duplicate-key", 2), ("yaml-duplicate-key", 5)]


def test_a_key_that_looks_like_a_value_is_not_quoted():
    _, collector = parse("Maria Lopez: 1\nMaria Lopez: 2\n")
    assert "Maria" not in next(iter(collector)).format_line()


@pytest.mark.parametrize(
    ("content", "rule", "line", "column"),
    [
        ("name: José\n".encode("cp1252"), "encoding", 1, 10),
        ("a: 1\nname: é\n".encode("latin-1"), "encoding", 2, 7),
        ("a: 1\n".encode("utf-16"), "encoding", 0, 0),
        (b"\xff" * 1_000_001, "file-too-large", 0, 0),
        (b"", "yaml-empty", 0, 0),
    ],
)
def test_bytes_that_are_no_text(tmp_path: Path, content, rule, line, column):
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    collector = Collector()
    assert read_document(path, collector, "x.yaml") is None
    assert [(item.rule, item.span) for item in collector] == [(rule, Span("x.yaml", line, column))]


def test_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path):
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: two\r\n")
    document = read_document(path, Collector())
    assert document is not None
    assert document.data == {"a": 1, "b": "two"}
    assert document.span(("b",)).line == 2


def test_a_missing_file_and_a_folder(tmp_path: Path):
    collector = Collector()
    assert read_document(tmp_path / "none.yaml", collector) is None
    assert read_document(tmp_path, collector) is None
    assert {item.rule for item in collector} == {"file-missing", "file-unreadable"}


ALPHABET = st.sampled_from("ab: -[]{}?,&*!|>'\"#%@`\\\t\n\r0.~<=/\x00\x85é\ufeff\u2028")


@settings(max_examples=400, deadline=None)
@given(st.text(ALPHABET, max_size=60) | st.text(max_size=40))
def test_any_text_gives_data_or_diagnostics(text):
    document, collector = parse(text)
    assert (document is None) == bool(collector.errors)
    if document is not None:
        assert document.span(("a", 0, "b")).file == "f.yaml"


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=60))
def test_any_bytes_give_data_or_diagnostics(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(content)
    collector = Collector()
    assert (read_document(path, collector) is None) == bool(collector.errors)


def test_without_the_c_reader_the_same_is_read():
    program = (
        "import sys; sys.modules['yaml._yaml'] = None\n"
        "from handouts.diagnostics import Collector\n"
        "from handouts.source.document import parse_document\n"
        "c = Collector()\n"
        "d = parse_document('a: [no, 1:30, 0555, 1.10]\\nb: {c: ~}\\n', 'f', c)\n"
        "print(d.data, d.span(('b', 'c')))\n"
        "parse_document('a: ' + '[' * 5000, 'f', c); parse_document('a: &x 1', 'f', c)\n"
        "print([item.rule for item in c])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "{'a': ['no', '1:30', '0555', 1.1], 'b': {'c': None}} f:2:8",
        "['yaml-anchor', 'yaml-too-deep']",
    ]
