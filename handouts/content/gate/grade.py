"""The rule of the reading grade of each section and card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handouts.content.gate.formulas import Grades, load_counter, measure_grades
from handouts.content.gate.lines import Line
from handouts.content.gate.material import Found, Material
from handouts.content.gate.sentences import join_sentences, list_words

MOST_GRADE = 8.0
"""Highest grade of a section: above it, most health bodies ask for a rewrite (AMA: 6; NIH: 6, never above 8)."""

LEAST_SENTENCES = 5
"""SMOG was made on 30 sentences; for fewer than five a single long word decides."""

_KINDS = frozenset({"section", "exercise", "sleep"})


def find_hard_files(material: Material) -> Iterator[Found]:
    """Find sections and cards that are too hard to read, at their hardest line. Raises MissingFormulasError."""
    for (kind, _), lines in material.by_piece.items():
        prose = [line for line in lines if line.role in ("body", "item")]
        if kind not in _KINDS or not prose:
            continue
        grades = measure_grades(join_sentences(line.text for line in prose))
        worst = find_worst_grade(grades)
        if worst > MOST_GRADE:
            line = max(prose, key=_measure_line)
            message = (
                f"this file reads at grade {worst:.1f} (Flesch-Kincaid {grades.flesch_kincaid:.1f}, "
                f"SMOG {grades.smog:.1f}); at most {MOST_GRADE:.0f}; this is its hardest line"
            )
            long = find_long_words([line.text])
            hint = f"short sentences, and other words for {', '.join(long)}" if long else "make its sentences shorter"
            yield Found(line, message, hint)


def find_worst_grade(grades: Grades) -> float:
    """Return the worse of both grades; SMOG counts only where there are sentences enough."""
    return max(grades.flesch_kincaid, grades.smog if grades.sentences >= LEAST_SENTENCES else 0.0)


def find_long_words(texts: Sequence[str]) -> list[str]:
    """Return the words of three and more syllables, each once, in order."""
    counter = load_counter()
    words = [word for text in texts for word in list_words(text)]
    return list(dict.fromkeys(word for word in words if counter.syllable_count(word) >= 3))


def _measure_line(line: Line) -> float:
    return measure_grades(join_sentences([line.text])).flesch_kincaid
