"""Rules of the ledger of facts: what it names is there, and what it leaves out stands nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.content.evidence import (
    Evidence,
    find_printed_omissions,
    find_repeated_ids,
    find_unknown_places,
    find_unlisted_facts,
    list_places,
    list_texts,
)
from handouts.content.faults import validate_model
from handouts.content.gate.material import Found, Material
from handouts.content.library import Library
from handouts.content.models import Exercise, Handout, RedFlags, Section, SleepPosition
from handouts.diagnostics import Collector, Span
from handouts.source.document import DataPath, Document

_KINDS = ("statement", "section", "exercise", "sleep", "handout")


def find_lost_facts(material: Material) -> Iterator[Found]:
    """Find entries of the ledger that name a place which the library does not have."""
    places = list_places(list_items(material.library))
    for document, evidence in _read_ledgers(material):
        for id, place in find_unknown_places(evidence, places):
            message = f"the fact '{id}' is said to stand in '{place}', which there is not"
            yield Found(document.span(_find_entry(document, id, place)), message, "name where it stands now")


def find_repeated_facts(material: Material) -> Iterator[Found]:
    """Find entries of the ledger that have the id of one before them."""
    for document, evidence in _read_ledgers(material):
        for path, id in find_repeated_ids(evidence):
            yield Found(document.span(path), f"'{id}' is listed twice", "keep one of the two, or give one another id")


def find_unlisted(material: Material) -> Iterator[Found]:
    """Find conflicts of the ledger that name a fact which it does not list."""
    for document, evidence in _read_ledgers(material):
        for path, id in find_unlisted_facts(evidence):
            message = f"the fact '{id}' of this conflict is not listed"
            yield Found(document.span(path), message, "check the id, or list the fact under 'facts'")


def find_printed_leftovers(material: Material) -> Iterator[Found]:
    """Find printed words that belong to facts which the ledger leaves out."""
    texts = list_texts(list_items(material.library))
    for _, evidence in _read_ledgers(material):
        reasons = {entry.id: entry.reason or "" for entry in evidence.facts}
        for id, words, place in find_printed_omissions(evidence, texts):
            message = f"'{words}' belongs to '{id}', which is left out of print"
            yield Found(_find_place(material.library, place), message, reasons[id])


def list_items(library: Library) -> list[Section | RedFlags | Exercise | SleepPosition | Handout]:
    """Return everything of a library that is printed."""
    return [
        *library.sections.values(),
        library.red_flags,
        *library.exercises.values(),
        *library.sleep.values(),
        *library.handouts.values(),
    ]


def _read_ledgers(material: Material) -> Iterator[tuple[Document, Evidence]]:
    """Go through the ledgers that are well formed; the faults of others are reported as they are read."""
    for document in material.evidence:
        checked = validate_model(document.data, Evidence, document, Collector())
        if checked is not None:
            yield document, checked


def _find_entry(document: Document, id: str, place: str) -> DataPath:
    for group in ("facts", "conflicts", "gaps"):
        for number, entry in enumerate(document.data[group]):
            if entry["id"] == id and place in entry.get("in", ()):
                return (group, number, "in", entry["in"].index(place))
    return ()


def _find_place(library: Library, place: str) -> Span:
    for kind in _KINDS:
        span = library.find_place(kind, place)
        if span is not None:
            return span
    return Span(place)
