"""Words and colours as operators: what does not depend on where they stand is written once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from handouts.layout.page import Run
from handouts.pdf.encoding import is_short, write_code
from handouts.pdf.shaped import write_shaped
from handouts.typeset.face import Face, Glyph
from handouts.typeset.fonts import FontSet
from handouts.typeset.shaping import shape_text

MOST_WORDS = 4096
"""Runs whose operators are kept."""


class Words(NamedTuple):
    """A run as operators: ``paint`` sets its colour, ``choose`` its ``font`` (face and size), ``show`` shows it.

    ``glyphs`` are their numbers where only those are embedded.
    """

    face: str
    font: tuple[str, float]
    colour: str
    paint: str
    choose: str
    show: str
    glyphs: frozenset[int]


@lru_cache(maxsize=MOST_WORDS)
def find_words(fonts: FontSet, runs: tuple[Run, ...], joins: bool) -> tuple[Words, ...]:
    """Return the operators of a line. Where its sentence goes on, a space ends it, so that no words run together.

    KeyError for a character that its face lacks.
    """
    shown = tuple(run for run in runs if run.text)
    return tuple(write_words(fonts, run) for run in (end_with_space(fonts, shown) if joins and shown else shown))


def write_words(fonts: FontSet, run: Run) -> Words:
    """Return the operators of a run. KeyError for a character that its face lacks."""
    face = fonts.face(run.face)
    if face.texts:
        shaped = shape_text(face, run.text)
        show, glyphs = write_shaped(face, shaped, run.size), shaped.list_glyphs()
    else:
        plain = run.text.isascii() or not face.marks.moves_any(run.text)
        show = write_plain(face, run.text) if plain else " ".join(write_raised(face, run))
        glyphs = frozenset(face.number[char] for char in run.text) if face.partial else frozenset()
    return Words(
        face=run.face,
        font=(run.face, run.size),
        colour=run.colour,
        paint=write_colour(run.colour, "g", "rg"),
        choose=write_font(fonts, run.face, run.size),
        show=show,
        glyphs=glyphs,
    )


def end_with_space(fonts: FontSet, runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return the runs with a space after the last, in a face that has one."""
    last = runs[-1]
    face = fonts.face(last.face)
    if " " in face.number and not face.texts:
        return (*runs[:-1], Run(last.text + " ", last.face, last.size, last.colour))
    key, space = fonts.split(" ", "bold" if face.style == "bold" else "regular")[0]
    return (*runs, Run(space, key, last.size, last.colour))


@lru_cache(maxsize=512)
def read_colour(colour: str) -> tuple[float, float, float]:
    """Return ``#rrggbb`` as red, green and blue from 0 to 1, three decimals. ValueError for anything else."""
    if len(colour) != 7 or colour[0] != "#":
        raise ValueError(f"not a colour: {colour!r}")
    red, green, blue = (round(int(colour[i : i + 2], 16) / 255, 3) for i in (1, 3, 5))
    return red, green, blue


@lru_cache(maxsize=512)
def write_colour(colour: str, grey: str, full: str) -> str:
    """Return the operator that sets a colour: the one for greys, or the one with three parts."""
    parts = read_colour(colour)
    shown = parts[:1] if parts[0] == parts[1] == parts[2] else parts
    return " ".join([*(f"{part:g}".replace("0.", ".") for part in shown), grey if len(shown) == 1 else full])


@lru_cache(maxsize=512)
def write_font(fonts: FontSet, key: str, size: float) -> str:
    """Return the operator that chooses a face by its name among the page's resources, at a size."""
    return f"/F{fonts.order((key,))[key]} {size:.6g} Tf"


def write_raised(face: Face, run: Run) -> Iterable[str]:
    """Yield the operators that show a text with moved marks."""
    before = 0
    for rise, group in groupby(face.glyphs(run.text), key=lambda glyph: glyph.dy):
        if rise != before:
            yield f"{rise * run.size / 1000:.4g} Ts"
        yield write_array(group, is_short(face))
        before = rise
    if before:
        yield "0 Ts"


def write_plain(face: Face, text: str) -> str:
    """Return the operator that shows a text without moved marks, kerned: the usual case, and fast."""
    codes = list(map(find_codes(face).__getitem__, text))
    kerns = list(map(face.kerning.__getitem__, pairwise(text)))
    if not any(kerns):
        return f"({''.join(codes)})Tj"
    for place, kern in enumerate(kerns):
        if kern:
            codes[place] += f"){-kern}("
    return f"[({''.join(codes)})]TJ"


@lru_cache(maxsize=64)
def find_codes(face: Face) -> dict[str, str]:
    """Return how the characters of a face are written in a literal string."""
    short = is_short(face)
    return {char: write_code(number, short) for char, number in face.number.items()}


def write_array(glyphs: Iterable[Glyph], short: bool) -> str:
    """Return the operator that shows glyphs, with the moves between them in thousandths, to the left."""
    parts: list[str] = []
    string = ""
    for glyph in glyphs:
        ahead = -glyph.dx
        if ahead:
            parts.append(f"({string}){ahead}" if string else str(ahead))
            string = ""
        string += write_code(glyph.number, short)
        back = glyph.dx + glyph.advance if glyph.dx or glyph.dy else -glyph.after
        if back:
            parts.append(f"({string}){back}")
            string = ""
    if len(parts) == 0:
        return f"({string})Tj"
    return f"[{''.join(parts)}{f'({string})' if string else ''}]TJ"
