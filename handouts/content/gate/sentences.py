"""Printed words as sentences, ready for counting."""

from __future__ import annotations

import re
from collections.abc import Iterable

_DOTTED_NUMBER = re.compile(r"(?<=\d)[.,](?=\d)")
_DOTTED_SHORT = re.compile(r"\b(e\.g|i\.e|etc|Dr|Mr|Mrs|vs|approx)\.", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_END = re.compile(r"(?<=[.?!])[\"')\]]*\s+")
_WORD = re.compile(r"[^\W_]+(?:['’/.-][^\W_]+)*", re.UNICODE)


def clean_words(text: str) -> str:
    """Return a text without mark-up; a placeholder counts as one short word, a point within a number as nothing."""
    text = _PLACEHOLDER.sub("us", text.replace("**", ""))
    return _DOTTED_SHORT.sub(lambda found: found[1].replace(".", ""), _DOTTED_NUMBER.sub("", text))


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text; a line without an end mark is one."""
    parts = [part.strip() for part in _END.split(clean_words(text).strip())]
    return [part if part[-1] in ".?!" else f"{part}." for part in parts if part]


def list_words(text: str) -> list[str]:
    """Return the words of a text; a word with a hyphen or an apostrophe is one."""
    return _WORD.findall(clean_words(text))


def join_sentences(texts: Iterable[str]) -> str:
    """Return texts as running prose, each line a sentence of its own."""
    return " ".join(sentence for text in texts for sentence in split_sentences(text))
