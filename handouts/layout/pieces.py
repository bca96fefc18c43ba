"""Paragraphs of short pieces, such as a date or a name with its label, that are broken between them if that can be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from math import fsum

from handouts.layout.stack import Stack
from handouts.layout.theme import TextStyle
from handouts.typeset.breaking import Line, Span, break_lines

HARD_SPACE = "\u00a0"
"""The space that lines are not broken at. It is never printed: who copies or searches for words has plain ones."""

BEHIND_COMMA = re.compile(r"(?<=,) ")
"""Where the words of a dose are best broken: how often, then how many times a day."""

Piece = tuple[Span, ...]


def set_pieces(stack: Stack, pieces: Sequence[Piece], style: TextStyle, x: float, width: float) -> tuple[int, ...]:
    """Set pieces as a paragraph in as few lines as their words need; return the indexes of the lines.

    A piece is broken only if it is wider than ``width`` points, or if whole it would make one line more; the short ones
    are kept whole first.
    """
    fonts = stack.setting.fonts
    widths = [fsum(fonts.width(span.text, span.style, style.size) for span in piece) for piece in pieces]
    whole: set[int] = set()
    best = break_lines(fonts, _join(pieces, whole), style.size, width)
    for place in sorted(range(len(pieces)), key=widths.__getitem__):
        if widths[place] <= width:
            lines = break_lines(fonts, _join(pieces, whole | {place}), style.size, width)
            if len(lines) <= len(best):
                whole.add(place)
                best = lines
    indexes = []
    for number, line in enumerate(best):
        item = stack.setting.set_line(_soften(line), style, x, stack.y, joins=number < len(best) - 1)
        indexes.append(stack.place(item))
        stack.y += style.line
    return tuple(indexes)


def _join(pieces: Sequence[Piece], whole: set[int]) -> tuple[Span, ...]:
    """Return the spans of all pieces; the ``whole`` ones have no space at which a line is broken."""
    spans: list[Span] = []
    for place, piece in enumerate(pieces):
        for span in piece:
            spans.append(replace(span, text=span.text.replace(" ", HARD_SPACE)) if place in whole else span)
        spans.append(Span(" ", piece[-1].style))
    return tuple(spans[:-1])


def _soften(line: Line) -> Line:
    return replace(line, spans=tuple(replace(span, text=span.text.replace(HARD_SPACE, " ")) for span in line.spans))
