"""A plate gives what compressing the text with its numbers would give, however often it is used."""

import re
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.pdf.plate import DIGITS, ENGRAVED, FIRST, GRID, LEVELS, Structure, _pack_fixed, engrave_text

WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=126, exclude_characters="0123456789"), max_size=12)


PLACES = st.one_of(st.integers(1, 9999), st.sampled_from((9_996, 9_998, 10_001, 99_998, 100_003, 250_000)))
"""Where handouts begin, in steps of the grid: most have six digits, some just fewer than seven or eight."""


@st.composite
def structures(draw):
    """Return objects that name each other, and how many stand before them."""
    count = draw(st.integers(1, 400))
    skipped = draw(st.integers(0, 20))
    words = draw(st.lists(WORDS, min_size=1, max_size=8))
    objects = tuple(
        b"<</S/P/P %d 0 R/K %d/Alt(%b)>>"
        % (FIRST + (at * 7) % (skipped + count), at, words[at % len(words)].encode("ascii"))
        for at in range(count)
    )
    return Structure(objects, skipped)


def write_plainly(structure, first):
    """Return the objects with their numbers, written one by one, all with as many digits as the last one needs."""
    digits = max(DIGITS, len(str(first + structure.skipped + len(structure.objects))))
    return [
        re.sub(rb"\d{18}", lambda found: b"%0*d" % (digits, int(found[0]) - FIRST + first), line)
        for line in structure.objects
    ]


@settings(max_examples=25, deadline=None)
@given(
    structures(),
    st.lists(PLACES.map(lambda n: n * GRID), min_size=ENGRAVED + 2, max_size=ENGRAVED + 4),
    st.integers(0, 3),
)
def test_a_plate_changes_its_numbers_alone(structure, firsts, often):
    for use, first in enumerate(firsts):
        head, data = structure.press(first, 1, often=use >= often)
        text = zlib.decompress(data).removesuffix(b"\n")
        lines = text[head:].split(b"\n")
        assert lines == write_plainly(structure, first)
        numbers = [int(word) for word in text[:head].split()]
        assert numbers[::2] == list(range(first + structure.skipped, first + structure.skipped + len(lines)))
        assert [text[head + start :].split(b"\n", 1)[0] for start in numbers[1::2]] == lines
        assert not data.endswith(b"\r")


def test_a_plate_that_is_used_often_is_compressed_once(monkeypatch):
    structure = Structure(tuple(b"<</S/LBody/P %d 0 R/K %d>>" % (FIRST + at // 2, at) for at in range(500)), 3)
    for use in range(1, 20):
        _, data = structure.press(use * 1000 + 100_000, 1)
        if use == ENGRAVED:
            monkeypatch.setattr("handouts.pdf.plate.deflate", None)
        assert b"/K 499>>" in zlib.decompress(data)


def test_a_plate_that_will_be_used_often_is_compressed_once_at_once(monkeypatch):
    structure = Structure(tuple(b"<</S/LBody/P %d 0 R/K %d>>" % (FIRST + at // 2, at) for at in range(500)), 3)
    monkeypatch.setattr("handouts.pdf.plate.deflate", None)
    for use in range(1, 5):
        assert b"/K 499>>" in zlib.decompress(structure.press(use * 1000, 1, often=True)[1])


def test_where_one_level_cannot_the_next_is_tried(monkeypatch):
    asked = []

    def pack(text, level):
        asked.append(level)
        return _pack_fixed(text, level) + b"\0" * (len(asked) == 2)

    monkeypatch.setattr("handouts.pdf.plate._pack_fixed", pack)
    packed, spots = engrave_text(b"<</P \2\4 0 R>>" * 9, frozenset((2, 3, 4, 5)))
    assert asked == [LEVELS[0]] * 2 + [LEVELS[1]] * 2
    assert packed and [spot.symbol for spot in spots] == [2, 4]


@pytest.mark.parametrize("symbols", [{200, 201}, {2}])
def test_what_cannot_be_changed_in_place_is_not(symbols):
    assert engrave_text(b"a\3b" * 50 + bytes(symbols), frozenset(symbols)) == (b"", ())


@pytest.mark.parametrize(("count", "grid"), [(1000, GRID), (1001, 10 * GRID), (1500, 10 * GRID), (10_001, 100 * GRID)])
def test_a_large_handout_has_a_wider_grid(count, grid):
    structure = Structure(tuple(b"<</P %d 0 R>>" % (FIRST + at) for at in range(count)), 0)
    assert structure.grid == grid
    for use in range(1, ENGRAVED + 2):
        head, data = structure.press((30 + use) * grid, 1)
        text = zlib.decompress(data).removesuffix(b"\n")
        numbers = range((30 + use) * grid, (30 + use) * grid + count)
        assert text[head:] == b"\n".join(b"<</P %06d 0 R>>" % number for number in numbers)


def test_a_place_that_was_missed_is_noticed(monkeypatch):
    def miss(text, symbols):
        packed, spots = engrave_text(text, symbols)
        return packed, spots[1:]

    monkeypatch.setattr("handouts.pdf.plate.engrave_text", miss)
    structure = Structure(tuple(b"<</P %d 0 R>>" % (FIRST + at) for at in range(300)), 0)
    for use in range(1, ENGRAVED + 2):
        _, data = structure.press(use * 1000, 1)
        assert b"<</P %06d 0 R>>" % (use * 1000 + 299) in zlib.decompress(data)
    assert structure._plate.packed == b""
