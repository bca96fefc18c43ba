"""What the rules look at: the files of a library, its printed words, its figures and the lists of words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from handouts.content.files import Piece
from handouts.content.gate.lines import Line, list_lines
from handouts.content.library import Library
from handouts.dataclass import dataclass
from handouts.diagnostics import Collector, ContentError, Span
from handouts.figure.library import Figures
from handouts.source.document import Document, read_document

DATA = Path(__file__).resolve().parent / "data"
MOST_LINES = 12
"""Source lines in which a word is looked for from the beginning of its text: 600 characters are at most six."""


@dataclass(frozen=True, slots=True)
class Found:
    """One breach of a rule: where, what and how to mend it; ``word`` narrows the place within a line."""

    place: Line | Span
    message: str
    hint: str = ""
    word: str = ""


@dataclass(frozen=True)
class Material:
    """All that the gate reads; ``evidence`` are the ledgers of facts, as far as there are any."""

    pieces: tuple[Piece, ...]
    library: Library
    figures: Figures
    evidence: tuple[Document, ...] = ()

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All printed words, file by file."""
        return tuple(line for piece in self.pieces for line in list_lines(piece))

    @cached_property
    def by_piece(self) -> Mapping[tuple[str, str], tuple[Line, ...]]:
        """The printed words of each file, by its kind and id."""
        found: dict[tuple[str, str], list[Line]] = {}
        for line in self.lines:
            found.setdefault((line.piece.kind, line.piece.id), []).append(line)
        return {key: tuple(lines) for key, lines in found.items()}

    @cached_property
    def words(self) -> Mapping[str, tuple[str, ...]]:
        """The lists of words that the rules look for, by name."""
        document = read_data("words.yaml")
        return {key: tuple(str(word) for word in words) for key, words in document.data.items()}

    def find_words(self, name: str, allowed: str | None = None) -> re.Pattern[str]:
        """Return a pattern for the words of a list; a match of ``allowed`` comes first and has the group ``fine``."""
        wanted = _write_pattern(self.words[name])
        if allowed is None:
            return re.compile(wanted, re.IGNORECASE)
        return re.compile(f"(?P<fine>{_write_pattern(self.words[allowed])})|{wanted}", re.IGNORECASE)


def _write_pattern(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "(?<!\\w)(?:" + "|".join(re.escape(word).replace(r"\*", r"\w*") for word in longest_first) + ")(?!\\w)"


def read_data(name: str) -> Document:
    """Return a data file of the gate. Raises ContentError when it is broken."""
    collector = Collector()
    document = read_document(DATA / name, collector, f"gate/data/{name}")
    collector.raise_errors(ContentError)
    assert document is not None
    return document


def locate_word(place: Line | Span, word: str) -> Span:
    """Return where a word stands within a printed line, or where its text begins when it is not found there."""
    if isinstance(place, Span):
        return place
    span = place.piece.span(place.path)
    try:
        lines = Path(span.file).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError):
        return span
    if not 0 < span.line < len(lines):
        return span
    start = span.column - 1
    if not word and lines[span.line - 1][start : start + 1] in (">", "|"):
        below = lines[span.line]
        return Span(span.file, span.line + 1, len(below) - len(below.lstrip()) + 1)
    for number, line in enumerate(lines[span.line - 1 : span.line - 1 + MOST_LINES], span.line):
        at = line.find(word, start) if word else -1
        if at >= 0:
            return Span(span.file, number, at + 1)
        start = 0
    return span
