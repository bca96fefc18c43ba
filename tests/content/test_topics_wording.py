"""The words of the topics: short sentences, digits, no blame, no promise, a reading grade within the limits."""

import re
import warnings

import pytest

from handouts.content.evidence import list_texts
from handouts.content.files import read_pieces
from handouts.content.gate.ledger import list_items
from handouts.content.library import load_library
from handouts.content.models import FILE_KINDS
from handouts.diagnostics import Collector
from handouts.resources import find_bundled_folder

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import textstat

MOST_WORDS = 20
NUMBER_WORDS = re.compile(r"\b(two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty)\b", re.I)
NOT_SAID = re.compile(
    r"\b(should have|your own fault|lazy|bad posture|cure|cures|guarantee\w*|always works|never again)\b"
)


def load_sections():
    pieces = read_pieces(find_bundled_folder("sections"), Collector())
    return [FILE_KINDS[piece.kind].model_validate(piece.data) for piece in pieces if piece.kind == "section"]


SECTIONS = load_sections()


def split_sentences(text):
    """Return sentences; decimal points, bold and placeholders taken out."""
    text = re.sub(r"(\d)\.(\d)", r"\1\2", text.replace("**", ""))
    text = re.sub(r"\{[a-z_]+\}", "us", text)
    return [part for part in re.split(r"(?<=[.?!])\s+", text.strip()) if part]


def list_statements(section):
    """Return the running words of a section: no headings, leads, table cells."""
    texts = []
    for block in section.blocks:
        if block.kind == "paragraph":
            texts.append(block.text)
        elif block.kind == "pairs":
            texts += [words for pair in block.pairs for words in (pair.easier, pair.harder)]
        elif block.kind == "timeline":
            texts += [point.text for point in block.points]
        elif block.kind != "table":
            texts += [item.text for item in getattr(block, "items", ())]
    return [text if text[-1] in ".?!*" else f"{text}." for text in texts]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.id)
def test_wording(section):
    texts = list_statements(section)
    assert texts
    for text in texts:
        assert not NUMBER_WORDS.search(text), text
        assert not NOT_SAID.search(text.lower()), text
        for sentence in split_sentences(text):
            assert len(sentence.split()) <= MOST_WORDS, sentence
    lengths = [len(sentence.split()) for text in texts for sentence in split_sentences(text)]
    assert sum(lengths) / len(lengths) <= 12


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.id)
def test_reading_grade(section):
    text = "\n".join(" ".join(split_sentences(text)) for text in list_statements(section))
    assert textstat.flesch_kincaid_grade(text) <= 5
    assert textstat.smog_index(text) <= 8


def test_hard_words_would_be_seen():
    hard = "Physiological deconditioning necessitates multidisciplinary rehabilitation interventions. " * 3
    assert textstat.flesch_kincaid_grade(hard) > 8


UNIT = re.compile(r"\d ?(?:kg|kilos?|stones?|pounds?|lbs?|mm|cm|m|km|miles?|inch\w*|foot|ft|ml|litres?|°\w?)\b", re.I)


def test_weights_are_given_in_all_units_as_a_profile_says():
    texts = list_texts(list_items(load_library(find_bundled_folder("sections")))).values()
    found = [(set(UNIT.findall(text)), text) for text in texts if UNIT.search(text)]
    assert found
    for units, text in found:
        assert {unit.split(" ")[-1] for unit in units} == {"kg", "stone", "pounds"}, text
