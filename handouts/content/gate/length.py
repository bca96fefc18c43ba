"""Rules of length: sentences, lists, the way from one heading to the next, the main message."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.content.gate.material import Found, Material
from handouts.content.gate.sentences import list_words, split_sentences

MOST_SENTENCE = 20
MOST_MEAN = 12
MOST_WORDS_PER_HEADING = 120
MOST_ITEMS = 12
LEAST_SENTENCES = 3
"""A mean of fewer sentences says nothing."""


def find_long_sentences(material: Material) -> Iterator[Found]:
    """Find sentences of more than 20 words."""
    for line in material.lines:
        if line.role in ("alt", "heading", "cell"):
            continue
        for sentence in split_sentences(line.text):
            count = len(list_words(sentence))
            if count > MOST_SENTENCE:
                words = " ".join(sentence.split()[:3])
                message = f"this sentence has {count} words; at most {MOST_SENTENCE} are easy to read"
                yield Found(line, message, "make two of it", words)


def find_long_means(material: Material) -> Iterator[Found]:
    """Find files whose sentences have more than 12 words on average."""
    for lines in material.by_piece.values():
        counts = [
            len(list_words(sentence))
            for line in lines
            if line.role in ("body", "item")
            for sentence in split_sentences(line.text)
        ]
        if len(counts) >= LEAST_SENTENCES and sum(counts) > MOST_MEAN * len(counts):
            mean = sum(counts) / len(counts)
            span = lines[0].piece.span(("title",))
            message = f"the sentences of this file have {mean:.1f} words on average; at most {MOST_MEAN} read well"
            yield Found(span, message, "split the longest")


def find_missing_headings(material: Material) -> Iterator[Found]:
    """Find places where more than 120 words stand without a heading, as most people get them.

    Cards have their rows as headings.
    """
    for (kind, _), lines in material.by_piece.items():
        if kind != "section":
            continue
        words = 0
        for line in lines:
            if line.role in ("heading", "label"):
                words = 0
            elif line.role in ("body", "item") and not line.conditional:
                count = len(list_words(line.text))
                if words <= MOST_WORDS_PER_HEADING < words + count:
                    message = f"more than {MOST_WORDS_PER_HEADING} words stand here without a heading"
                    yield Found(line, message, "begin a list with a lead, a note or a section of its own here")
                words += count


def find_long_lists(material: Material) -> Iterator[Found]:
    """Find lists of more than 12 entries, those for some people not counted."""
    for piece in material.pieces:
        if piece.kind != "section":
            continue
        for number, block in enumerate(piece.data["blocks"]):
            for key in ("items", "points", "pairs", "rows"):
                entries = block.get(key) or ()
                usual = [at for at, entry in enumerate(entries) if not entry.get("when")]
                if len(usual) > MOST_ITEMS:
                    span = piece.span(("blocks", number, key, usual[MOST_ITEMS]))
                    message = f"this list has {len(usual)} entries; at most {MOST_ITEMS} are kept in mind"
                    yield Found(span, message, "split it under two leads, or leave the weakest out")


def find_long_messages(material: Material) -> Iterator[Found]:
    """Find main messages that are more than three sentences when printed: each entry is one sentence."""
    for piece in material.pieces:
        if piece.kind != "handout":
            continue
        for number, entry in enumerate(piece.data["message"]):
            count = len(split_sentences(entry["text"]))
            if count > 1:
                span = piece.span(("message", number, "text"))
                message = f"this entry of the main message has {count} sentences; it has one, and three are printed"
                yield Found(span, message, "one entry, one short sentence")
