"""Rules of single words: digits, blame, promises, hard words, passive voice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.content.gate.material import Found, Material
from handouts.content.gate.sentences import split_sentences

_UNTOUCHED = frozenset({"glossary"})
PASSIVES = 2
PASSIVES_PER_SENTENCE = 1 / 10
"""Passive sentences that a file is let pass, whichever is more: some read better so ("if it has not been checked")."""


def find_number_words(material: Material) -> Iterator[Found]:
    """Find numbers that are spelt out."""
    pattern = material.find_words("numbers")
    for line in material.lines:
        for match in pattern.finditer(line.text):
            word = match.group()
            yield Found(line, f"'{word}' is a number in letters", "write it in digits: people find them faster", word)


def find_blame(material: Material) -> Iterator[Found]:
    """Find words that blame the person or call a body bad."""
    pattern = material.find_words("blame", "blame_allowed")
    for line in material.lines:
        for match in pattern.finditer(line.text):
            if not match["fine"]:
                word = match.group()
                hint = "say what helps, not what was done wrong"
                yield Found(line, f"'{word}' blames the person or their body", hint, word)


def find_promises(material: Material) -> Iterator[Found]:
    """Find words that promise a result."""
    pattern = material.find_words("promise", "promise_allowed")
    for line in material.lines:
        for match in pattern.finditer(line.text):
            if not match["fine"]:
                word = match.group()
                hint = "say how often and how much: 'most people', 'may help', 'in about 2 weeks'"
                yield Found(line, f"'{word}' promises what nobody can", hint, word)


def find_jargon(material: Material) -> Iterator[Found]:
    """Find hard words that the glossary does not explain."""
    known = {_bare(word) for term in material.library.glossary for word in (term.term, *term.term.split())}
    pattern = material.find_words("jargon")
    for line in material.lines:
        if line.piece.kind in _UNTOUCHED:
            continue
        for match in pattern.finditer(line.text):
            word = match.group()
            if _bare(word) not in known:
                hint = "say it in everyday words, or add it to glossary.yaml and explain it where it stands"
                yield Found(line, f"'{word}' is a hard word that nothing explains", hint, word)


def find_passives(material: Material) -> Iterator[Found]:
    """Find passive sentences in files that have more than their share of them."""
    pattern = write_passive(material)
    for lines in material.by_piece.values():
        prose = [line for line in lines if line.role in ("body", "item")]
        sentences = sum(len(split_sentences(line.text)) for line in prose)
        found = [(line, match.group()) for line in prose for match in pattern.finditer(line.text) if not match["fine"]]
        if len(found) > max(PASSIVES, sentences * PASSIVES_PER_SENTENCE):
            for line, words in found:
                hint = "say who does it: 'we will check you', 'put a pillow', not 'a pillow is put'"
                yield Found(line, f"'{words}' is in the passive voice", hint, words)


def write_passive(material: Material) -> re.Pattern[str]:
    """Return a pattern for the passive voice; states after "be" have the group ``fine``."""

    def join(name: str) -> str:
        return "|".join(re.escape(word) for word in sorted(material.words[name], key=len, reverse=True))

    start = r"\b(?:am|is|are|was|were|be|been|being)\s+(?:not\s+|\w+ly\s+)?"
    fine = rf"(?P<fine>{start}(?:{join('states')})\b)"
    return re.compile(rf"{fine}|{start}(?:\w+ed|{join('participles')})\b", re.IGNORECASE)


def _bare(word: str) -> str:
    lower = word.casefold()
    return lower[:-1] if lower.endswith("s") and not lower.endswith("ss") else lower
