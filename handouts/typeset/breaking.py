"""Words to lines: flush left, no hyphens, no word lost, no line too wide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from math import fsum
from typing import Protocol

from handouts.dataclass import dataclass
from handouts.typeset.fonts import Style
from handouts.typeset.scripts import cut_clusters


class Measure(Protocol):
    """What line breaking asks of the fonts."""

    def width(self, text: str, style: Style, size: float) -> float:
        """Return the advance of ``text`` in points."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words in one style (``regular`` or ``bold``)."""

    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Line:
    """A broken line: its spans from left to right, and its width in points."""

    spans: tuple[Span, ...]
    width: float


@dataclass(frozen=True, slots=True)
class _Word:
    """What stands between two spaces: one or more spans that touch."""

    spans: tuple[Span, ...]
    width: float
    space: float


MOST_PARAGRAPHS = 8192
"""Broken paragraphs kept: a card is tried at several widths, and for each person who may be drawn in it."""

ADDRESS_MARKS = "/?&=-_"
"""Marks of a web address behind which it may be cut. Not the full stop: it would end a sentence there."""

SPACES = re.compile(r"^ | $|  |[\t\n]")
"""Spaces that are not kept as they are when words are set in a line."""

BOLD = re.compile(r"\*\*(.+?)\*\*")


@lru_cache(maxsize=MOST_PARAGRAPHS)
def parse_bold(text: str, style: Style = "regular") -> tuple[Span, ...]:
    """Return the spans of a statement, with ``**bold**`` set in bold and the rest in ``style``."""
    spans: list[Span] = []
    place = 0
    for match in BOLD.finditer(text):
        if match.start() > place:
            spans.append(Span(text[place : match.start()], style))
        spans.append(Span(match.group(1), "bold"))
        place = match.end()
    if place < len(text):
        spans.append(Span(text[place:], style))
    return tuple(spans)


@lru_cache(maxsize=MOST_PARAGRAPHS)
def break_lines(
    fonts: Measure, spans: tuple[Span, ...], size: float, width: float, first: float | None = None
) -> tuple[Line, ...]:
    """Return the lines of a paragraph, none wider than ``width`` points.

    Takes as few lines as can be and, among those, the set with the most even right edge. ``first`` is the width of
    the first line where that differs (after a run-in label). A word wider than the line is cut between letters,
    never dropped; a web address after one of its marks, where one stands in the second half of the line. A space
    that must not break (U+00A0) stays inside its word.
    """
    if len(spans) == 1 and not SPACES.search(spans[0].text):
        whole = fonts.width(spans[0].text, spans[0].style, size)
        if whole <= (width if first is None else first) and spans[0].text:
            return (Line(spans, whole),)
    words = list(_cut_long_words(fonts, _collect_words(fonts, spans, size), size, width))
    if not words:
        return ()
    breaks = _find_even_breaks(words, width, width if first is None else first)
    starts = (0, *breaks[:-1])
    return tuple(_join_words(fonts, words[start:end], size) for start, end in zip(starts, breaks, strict=True))


def _collect_words(fonts: Measure, spans: tuple[Span, ...], size: float) -> Iterator[_Word]:
    pieces: list[Span] = []
    for span in spans:
        for number, piece in enumerate(re.split(r"[ \t\n]+", span.text)):
            if number and pieces:
                yield _measure_word(fonts, tuple(pieces), size)
                pieces = []
            if piece:
                pieces.append(Span(piece, span.style))
    if pieces:
        yield _measure_word(fonts, tuple(pieces), size)


def _measure_word(fonts: Measure, spans: tuple[Span, ...], size: float) -> _Word:
    width = fsum(fonts.width(span.text, span.style, size) for span in spans)
    return _Word(spans, width, fonts.width(" ", spans[-1].style, size))


def _cut_long_words(fonts: Measure, words: Iterator[_Word], size: float, width: float) -> Iterator[_Word]:
    for word in words:
        if word.width <= width:
            yield word
            continue
        for span in word.spans:
            piece = ""
            for letter in cut_clusters(span.text):
                if piece and fonts.width(piece + letter, span.style, size) > width:
                    end = _find_mark(piece)
                    yield _Word((Span(piece[:end], span.style),), fonts.width(piece[:end], span.style, size), 0.0)
                    piece = piece[end:]
                piece += letter
            yield _measure_word(fonts, (Span(piece, span.style),), size)


def _find_mark(piece: str) -> int:
    """Return the place behind the last mark of an address in the second half of a piece, else the piece's end."""
    place = max(piece.rfind(mark) for mark in ADDRESS_MARKS) + 1
    return place if 2 * place > len(piece) else len(piece)


def _find_even_breaks(words: list[_Word], width: float, first: float) -> tuple[int, ...]:
    """Return the ends of the lines: fewest lines, then the least sum of squared space at the right edge.

    The last line's space counts only when the line is nearly empty, so that no single short word is left over.
    """
    count = len(words)
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)] + [(1 << 30, 0.0, 0)] * count
    for end in range(1, count + 1):
        used = -words[end - 1].space
        for start in range(end - 1, -1, -1):
            used += words[start].width + words[start].space
            room = first if start == 0 else width
            if used > room + 0.01 and start < end - 1:
                break
            slack = max(0.0, room - used) / width
            if end == count:
                cost = 1.0 if slack > 0.75 and start > 0 else 0.0
            else:
                cost = slack * slack
            lines, total, _ = best[start]
            candidate = (lines + 1, total + cost, start)
            if candidate[:2] < best[end][:2]:
                best[end] = candidate
    ends: list[int] = []
    place = count
    while place:
        ends.append(place)
        place = best[place][2]
    return tuple(reversed(ends))


def _join_words(fonts: Measure, words: list[_Word], size: float) -> Line:
    """Return the line of some words, neighbours of one style merged into one span."""
    spans: list[Span] = []
    for number, word in enumerate(words):
        for place, span in enumerate(word.spans):
            gap = " " if number and not place and words[number - 1].space else ""
            if spans and spans[-1].style == span.style:
                spans[-1] = Span(spans[-1].text + gap + span.text, span.style)
            elif gap:
                spans[-1] = Span(spans[-1].text + gap, spans[-1].style)
                spans.append(span)
            else:
                spans.append(span)
    width = fsum(fonts.width(span.text, span.style, size) for span in spans)
    return Line(tuple(spans), width)
