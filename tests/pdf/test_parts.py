"""The pieces that the painter is made of, each against a slower way of saying the same."""

from __future__ import annotations

import re
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.layout.page import Run, Tag, Text
from handouts.pdf.embed import write_widths
from handouts.pdf.file import ROW, predict_rows
from handouts.pdf.objects import deflate, write_address, write_number, write_text
from handouts.pdf.pen import Pen
from handouts.pdf.resources import pack_samples
from handouts.pdf.structure import wrap_links
from handouts.pdf.symbol import trace_modules
from handouts.pdf.words import find_words, read_colour

from . import samples

FONTS = samples.open_fonts()


@given(st.binary(min_size=ROW, max_size=20 * ROW).map(lambda data: data[: len(data) // ROW * ROW]))
def test_rows_are_predicted_byte_by_byte(rows: bytes) -> None:
    above = bytes(ROW) + rows
    naive = bytes((byte - before) % 256 for byte, before in zip(rows, above, strict=False))
    found = predict_rows(rows)
    assert found[::ROW] == b"\x02" * (len(rows) // ROW)
    for start in range(0, len(rows), ROW):
        assert found[start + 1 : start + ROW] == naive[start + 1 : start + ROW]


@given(st.integers(1, 9).flatmap(lambda n: st.lists(st.tuples(*[st.booleans()] * n), min_size=n, max_size=n)))
def test_a_symbol_is_drawn_as_large_as_its_dark_modules(rows) -> None:
    area = 0
    for outline in trace_modules(tuple(rows)):
        points = [(int(x), int(y)) for x, y in re.findall(r"(\d+) (\d+) [ml]", outline)]
        area += sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True))
    assert area == 2 * sum(map(sum, rows))


def test_a_ring_of_modules_leaves_its_hole() -> None:
    rows = ((True, True, True), (True, False, True), (True, True, True))
    assert sorted(trace_modules(rows)) == ["0 0 m 3 0 l 3 3 l 0 3 l h", "2 1 m 1 1 l 1 2 l 2 2 l h"]


def test_deflated_data_never_ends_in_a_carriage_return() -> None:
    ends = set()
    for number in range(256):
        raw = b"y" * number
        data = deflate(raw, 6)
        ends.add(zlib.compress(raw, 6)[-1:])
        assert not data.endswith(b"\r")
        assert zlib.decompress(data).rstrip(b"\n") == raw
    assert b"\r" in ends


def test_an_image_is_packed_in_two_tries_at_most(monkeypatch) -> None:
    tries: list[bytes] = []

    def count(raw: bytes, level: int) -> bytes:
        tries.append(raw)
        assert len(tries) < 1000, "no padding changes the end"
        return zlib.compress(raw, level)

    monkeypatch.setattr("handouts.pdf.objects.compress", count)
    for number in range(256):
        assert not pack_samples(bytes([number]) * 300).endswith(b"\r")
    assert 256 < len(tries) <= 512


@pytest.mark.parametrize(("value", "text"), [(0, b"0"), (-0.001, b"0"), (12.5, b"12.5"), (841.89, b"841.89")])
def test_numbers_are_short(value, text) -> None:
    assert write_number(value) == text


def test_texts_are_escaped_or_utf16() -> None:
    assert write_text(r"a (b) \c") == rb"(a \(b\) \\c)"
    assert write_text("½") == b"(\xfe\xff\x00\xbd)"
    assert write_address("https://a.example/ä?x=(1)") == rb"(https://a.example/%C3%A4?x=\(1\))"


def test_widths_run_on_and_begin_anew_after_a_gap() -> None:
    assert write_widths({0: 500, 1: 600, 7: 300}) == b"[0[500 600]7[300]]"


def test_a_moved_mark_returns_to_the_line() -> None:
    pen = Pen(FONTS)
    runs = tuple(Run(words, "noto-sans-regular-latin", 10, "#000000") for words in ("Ọ̀rẹ́", "a"))
    pen.show_words(0, 0, find_words(FONTS, runs, joins=False))
    rises = re.findall(rb"(\S+) Ts", pen.take())
    assert rises[0] != b"0"
    assert rises[-1] == b"0"


def test_operators_are_written_once_for_the_same_state() -> None:
    pen = Pen(FONTS)
    for _ in range(2):
        pen.set_fill("#336699")
        pen.set_line(2.0, (3, 1), rounded=True)
    assert pen.take() == b".2 .4 .6 rg\n2 w\n[3 1] 0 d\n1 J\n1 j\n"
    pen.save()
    pen.set_fill("#808080")
    pen.restore()
    pen.set_fill("#336699")
    assert pen.take() == b"q\n.502 g\nQ\n"


@pytest.mark.parametrize("colour", ["red", "#12345", "#gggggg", ""])
def test_what_is_no_colour_is_refused(colour) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_colour(colour)


def test_lines_of_one_link_get_one_tag() -> None:
    lines = tuple(Text(0, y, 10, (), link="https://a.example") for y in (10, 20))
    plain = Text(0, 30, 10, ())
    wrapped = wrap_links(Tag("P", (0, 1, 2)), (*lines, plain))
    assert wrapped == [Tag("Link", (0, 1), alt="https://a.example", link="https://a.example"), 2]
