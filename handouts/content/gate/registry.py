"""All rules of the gate by id, their explanations, and the run over a library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal

from handouts.content.files import Piece
from handouts.content.form import Form
from handouts.content.gate import grade, grounds, ledger, length, links, pictures, warning, wording
from handouts.content.gate.formulas import MissingFormulasError
from handouts.content.gate.material import Found, Material, locate_word, read_data
from handouts.content.library import Library
from handouts.content.models import Id, Words
from handouts.content.overlay import ITEM_KINDS
from handouts.content.validation import validate_data
from handouts.diagnostics import Collector, ContentError, Diagnostic, Severity, Span
from handouts.figure.library import Figures
from handouts.source.document import Document

Look = Callable[[Material], Iterator[Found]]

RULES: dict[str, Look] = {
    "reading-grade": grade.find_hard_files,
    "sentence-length": length.find_long_sentences,
    "sentence-mean": length.find_long_means,
    "heading-distance": length.find_missing_headings,
    "list-length": length.find_long_lists,
    "main-message": length.find_long_messages,
    "number-words": wording.find_number_words,
    "blame-words": wording.find_blame,
    "promise-words": wording.find_promises,
    "jargon": wording.find_jargon,
    "passive-voice": wording.find_passives,
    "missing-source": grounds.find_missing_sources,
    "unused-source": grounds.find_unused_sources,
    "unused-term": grounds.find_unused_terms,
    "unknown-figure": pictures.find_unknown_figures,
    "figure-alt": pictures.find_missing_alternatives,
    "figure-title": pictures.find_missing_captions,
    "unused-figure": pictures.find_unused_figures,
    "card-rows": pictures.find_missing_rows,
    "red-flags-changed": warning.find_changed_warnings,
    "dead-link": links.find_dead_links,
    "dead-part": links.find_dead_parts,
    "lost-fact": ledger.find_lost_facts,
    "repeated-fact": ledger.find_repeated_facts,
    "unlisted-fact": ledger.find_unlisted,
    "omitted-fact": ledger.find_printed_leftovers,
}
"""The rules in the order in which they are run."""

MISSING_FORMULAS = Diagnostic(
    "grade-not-measured",
    "reading grades were not measured: the packages that count are not installed",
    Span("handouts[check]"),
    severity=Severity.WARNING,
    hint="python -m pip install 'handouts[check]'",
)


class Explanation(Form):
    """What a rule asks, why, and how to mend a breach of it; gate rules say how much a breach weighs."""

    id: Id
    weight: Literal["error", "warning"] | None = None
    asks: Words
    why: Words
    mend: Words


class Explanations(Form):
    """The file of explanations."""

    rules: tuple[Explanation, ...]


def read_explanations() -> Mapping[str, Explanation]:
    """Return the explanations of all rules by id. Raises ContentError when the file is broken."""
    document = read_data("rules.yaml")
    collector = Collector()
    checked = validate_data(document.data, Explanations, document, collector)
    collector.raise_errors(ContentError)
    assert checked is not None
    return {entry.id: entry for entry in checked.rules}


def run_gate(
    pieces: Iterable[Piece],
    library: Library,
    figures: Figures,
    evidence: Iterable[Document] = (),
    rules: Mapping[str, Look] = RULES,
) -> list[Diagnostic]:
    """Return every breach of the rules by a library without errors. The language of the formulas is English.

    When the packages that measure reading grades are missing, one warning says so.
    """
    off = library.off
    kept = tuple(piece for piece in pieces if piece.kind not in ITEM_KINDS or piece.id not in off)
    material = Material(kept, library, figures, tuple(evidence))
    weights = read_explanations()
    found: list[Diagnostic] = []
    for id, look in rules.items():
        severity = Severity(weights[id].weight or "error")
        try:
            for item in look(material):
                span = locate_word(item.place, item.word)
                found.append(Diagnostic(id, item.message, span, severity=severity, hint=item.hint))
        except MissingFormulasError:
            found.append(MISSING_FORMULAS)
    return found
