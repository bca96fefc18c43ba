"""Checks of handouts as a whole, put together for typical people: reading grade and main message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from handouts.content.gate.formulas import Grades, MissingFormulasError, measure_grades
from handouts.content.gate.grade import find_long_words
from handouts.content.gate.material import read_data
from handouts.content.gate.sentences import join_sentences, list_words, split_sentences
from handouts.content.library import Library
from handouts.dataclass import dataclass
from handouts.diagnostics import Collector, ContentError, Diagnostic, PatientError, Span
from handouts.patient.models import Clinic, PatientRecord
from handouts.patient.record import record_from_mapping
from handouts.source.document import DataPath
from handouts.tailor.assembly import tailor_plan
from handouts.tailor.passages import Passage, list_passages
from handouts.tailor.plan import Plan

MOST_FLESCH_KINCAID = 6.0
MOST_SMOG = 7.0
LEAST_SENTENCES = 10
"""Sheets of fewer sentences are warnings and a call line; a formula says nothing of them."""

MOST_MESSAGE = 3
LISTED = 3
"""Hardest lines that a message names."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """A handout as one typical person gets it; ``reader`` is that person in words."""

    handout: str
    reader: str
    plan: Plan

    def list_prose(self) -> tuple[Passage, ...]:
        """Return the passages that reading grades are measured on."""
        return tuple(passage for passage in list_passages(self.plan) if passage.role == "prose")


def assemble_handouts(library: Library, clinic: Clinic | None, on: date) -> list[Assembled]:
    """Return every handout as each typical person gets it, and without a person where it is for everyone.

    Without a clinic: for a made-up one. People for whom a handout cannot be made are left out.
    """
    document = read_data("readers.yaml")
    clinic = clinic or Clinic(**document.data["clinic"])
    readers: list[tuple[str, PatientRecord | None]] = [("everyone", None)]
    for number, data in enumerate(document.data["people"]):
        known = [name for name in data.get("conditions", ()) if name in library.conditions]
        record = record_from_mapping(
            {**data, "conditions": known}, _Readers(("people", number)), library, Collector(), on, on
        )
        if record is not None:
            readers.append((data["name"].lower(), record))
    return [found for handout in library.handouts for found in _assemble(library, handout, readers, clinic, on)]


@dataclass(frozen=True, slots=True)
class _Readers:
    """Places of the typical people, who are in the gate's own data."""

    start: DataPath

    def span(self, path: DataPath = (), key: bool = False) -> Span:
        return Span("gate/data/readers.yaml")


def _assemble(
    library: Library, handout: str, readers: Sequence[tuple[str, PatientRecord | None]], clinic: Clinic, on: date
) -> Iterator[Assembled]:
    for name, record in readers:
        try:
            plan = tailor_plan(library, handout, record, clinic, date=on, date_from="option")
        except (PatientError, ContentError):
            continue
        yield Assembled(handout, name, plan)


def check_assembled(library: Library, assembled: Sequence[Assembled]) -> list[Diagnostic]:
    """Return what is wrong with handouts as a whole, each at the handout's own file.

    Grades are left out when the packages that measure them are missing: the gate says so.
    """
    found: list[Diagnostic] = []
    for handout in library.handouts:
        of_handout = [item for item in assembled if item.handout == handout]
        span = library.find_place("handout", handout) or Span(handout)
        found += _check_message(of_handout, span)
        worst = find_hardest(of_handout)
        if worst is not None:
            found += _check_grade(*worst, library, span)
    return found


def find_hardest(assembled: Sequence[Assembled]) -> tuple[Assembled, Grades] | None:
    """Return the hardest of several readings with its grades; None where nothing can be measured."""
    measured = []
    for item in assembled:
        prose = join_sentences(passage.text for passage in item.list_prose())
        try:
            grades = measure_grades(prose)
        except MissingFormulasError:
            return None
        if grades.sentences >= LEAST_SENTENCES:
            measured.append((item, grades))
    return max(measured, key=lambda pair: _find_excess(pair[1]), default=None)


def _find_excess(grades: Grades) -> float:
    return max(grades.flesch_kincaid - MOST_FLESCH_KINCAID, grades.smog - MOST_SMOG)


def _check_grade(item: Assembled, grades: Grades, library: Library, span: Span) -> Iterator[Diagnostic]:
    if _find_excess(grades) <= 0:
        return
    hardest = sorted(item.list_prose(), key=_measure_passage, reverse=True)[:LISTED]
    places = [f"{passage.id} ({library.find_place('statement', passage.id) or 'handout'})" for passage in hardest]
    yield Diagnostic(
        "handout-grade",
        f"for {item.reader}, this handout reads at Flesch-Kincaid {grades.flesch_kincaid:.1f} and SMOG "
        f"{grades.smog:.1f}; at most {MOST_FLESCH_KINCAID:.0f} and {MOST_SMOG:.0f}",
        span,
        hint=f"its hardest lines: {'; '.join(places)}",
    )


def _measure_passage(passage: Passage) -> float:
    long = len(find_long_words([passage.text]))
    return long + len(list_words(passage.text)) / max(1, len(split_sentences(passage.text))) / 10


def _check_message(assembled: Sequence[Assembled], span: Span) -> Iterator[Diagnostic]:
    for item in assembled:
        count = sum(len(split_sentences(statement.text)) for statement in item.plan.message)
        if not 1 <= count <= MOST_MESSAGE:
            message = f"for {item.reader}, the main message has {count} sentences; it has 1 to {MOST_MESSAGE}"
            yield Diagnostic("handout-message", message, span, hint="look at the rules of its entries")
