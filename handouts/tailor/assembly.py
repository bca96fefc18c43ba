"""From library, record, clinic and date to the plan of one handout."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from handouts.content.library import Library
from handouts.content.models import Handout
from handouts.diagnostics import Collector, Diagnostic, PatientError, Span
from handouts.patient.models import Clinic, PatientRecord
from handouts.source.document import PlaceSpan
from handouts.tailor.digest import digest_printed, make_sheet_id
from handouts.tailor.judge import Judge, Judgement
from handouts.tailor.outline import open_outline
from handouts.tailor.people import choose_figure_person
from handouts.tailor.plan import Person, Plan
from handouts.tailor.problems import place_nowhere
from handouts.tailor.rulebook import Rulebook, open_rulebook
from handouts.tailor.template import Template, make_key, make_template
from handouts.tailor.wording import Wording

_CLINIC_LANGUAGE = Span("clinic profile: language")


def tailor_plan(
    library: Library,
    handout_id: str,
    record: PatientRecord | None,
    clinic: Clinic,
    *,
    date: date,
    date_from: Literal["option", "record", "today"],
    language: str | None = None,
    edition: str | None = None,
    people: Sequence[str] = (),
    place: PlaceSpan = place_nowhere,
) -> Plan:
    """Return the plan of one handout; equal arguments give equal plans, in every process.

    ``record`` None gives a generic sheet. ``people`` are the ids of those who can be drawn; ``place`` says where a
    value of the record stands in its file. Raises PatientError with every problem of the record (a refused move or
    dose of the clinician's own list, under 16, a contradiction), ContentError where the content cannot be used.
    """
    handout = _find_handout(library, handout_id, record)
    rulebook = _open_rulebook(library, clinic, language, record, place)
    key = make_key(rulebook, handout.id, record, date)
    template: Template | None = rulebook.find_template(key)
    if template is None:
        rulebook.make_room()
        outline = open_outline(rulebook, handout)
        judged = _judge(rulebook, record, date, place)
        template = make_template(rulebook, outline, judged, bool(record and record.notes))
        rulebook.keep_template(key, template)
    return _fill_template(template, rulebook, record, date, date_from, edition, people)


def _open_rulebook(
    library: Library, clinic: Clinic, language: str | None, record: PatientRecord | None, place: PlaceSpan
) -> Rulebook:
    if language is not None:
        return open_rulebook(library, clinic, language, Span("--language"))
    if record is not None and record.language is not None:
        return open_rulebook(library, clinic, record.language, place(("language",)))
    return open_rulebook(library, clinic, clinic.language, _CLINIC_LANGUAGE)


def check_plan(
    library: Library,
    handout_id: str,
    record: PatientRecord,
    clinic: Clinic,
    problems: Collector,
    *,
    date: date,
    language: str | None = None,
    place: PlaceSpan = place_nowhere,
) -> None:
    """Add to ``problems`` all that `tailor_plan` would raise PatientError for, and warnings; no plan is made."""
    judge: Judge | None = None
    try:
        handout = _find_handout(library, handout_id, record)
        rulebook = judge = _open_rulebook(library, clinic, language, record, place)
        open_outline(rulebook, handout)
    except PatientError as problem:
        problems.extend(problem.diagnostics)
    (judge or Judge(library)).judge_person(record, date, problems, place)


def _find_handout(library: Library, handout_id: str, record: PatientRecord | None) -> Handout:
    handout = library.handouts.get(handout_id)
    if handout is not None and ("generic" if record is None else "personal") in handout.audience:
        return handout
    span = Span("handout")
    if handout is None:
        message = f"there is no handout '{handout_id}'"
        names = tuple(library.handouts)
        raise PatientError(Diagnostic("unknown-handout", message, span, given=handout_id, candidates=names))
    if record is not None:
        message = f"the handout '{handout_id}' is for everyone: it is made without a patient"
        raise PatientError(Diagnostic("audience", message, span, hint="leave the patient out"))
    message = f"the handout '{handout_id}' is for a named person"
    raise PatientError(Diagnostic("audience", message, span, hint="give a patient record"))


def _judge(rulebook: Rulebook, record: PatientRecord | None, day: date, place: PlaceSpan) -> Judgement:
    """Return what is decided for a person, or without one; PatientError with every problem of the record."""
    if record is None:
        return rulebook.judge_generic()
    problems = Collector()
    judged = rulebook.judge_person(record, day, problems, place)
    Collector(list(problems.errors)).raise_errors(PatientError)
    return judged


def _make_person(record: PatientRecord, wording: Wording) -> Person:
    def write(day: date | None) -> str | None:
        return None if day is None else wording.write_date(day)

    notes = record.notes
    return Person(
        name=record.name,
        date_of_birth=write(record.date_of_birth),
        reference=record.reference,
        seen_by=record.seen_by,
        next_visit=write(record.next_visit),
        goal=record.goal,
        notes=tuple([line for line in map(str.strip, notes.splitlines()) if line]) if notes else (),
    )


def _write_review(rulebook: Rulebook, day: date) -> str:
    """Return the line on review; a sign-off counts for exactly the content signed, from its day to its next review."""
    reviewer, wording = rulebook.clinic.reviewer, rulebook.wording
    signed = reviewer is not None and reviewer.digest == rulebook.library.digest
    if reviewer is None or not signed or not reviewer.signed_on <= day <= reviewer.next_review:
        return wording.find_word("not-reviewed")
    form = wording.find_word("reviewed")
    values = {"name": reviewer.name, "role": reviewer.role, "date": wording.write_date(reviewer.signed_on)}
    for key, value in values.items():
        form = form.replace(f"{{{key}}}", value)
    return form


def _fill_template(
    template: Template,
    rulebook: Rulebook,
    record: PatientRecord | None,
    day: date,
    date_from: Literal["option", "record", "today"],
    edition: str | None,
    people: Sequence[str],
) -> Plan:
    """Return the template with the personal lines, the date, the digests and the sheet's id."""
    outline, printed, library = template.outline, template.printed, rulebook.library
    reference = record.reference if record else None
    edition = edition or (record.edition if record else None) or "standard"
    person = _make_person(record, rulebook.wording) if record else None
    seed = reference or f"{outline.handout} {library.digest}"
    drawn = choose_figure_person(people, template.facts, library.moves.pregnancy_from_week, seed)
    reviewed = _write_review(rulebook, day)
    shared = digest_printed([template.shared, edition, drawn, reviewed, person is None])
    digest = digest_printed([shared, template.reasons, day, person])
    return Plan(
        handout=outline.handout,
        title=outline.title,
        message=printed.message,
        language=rulebook.language,
        edition=edition,
        date=day,
        date_words=rulebook.wording.write_date(day),
        date_from=date_from,
        person=person,
        reference=reference,
        clinic=outline.clinic,
        side=template.facts.side,
        stage=template.facts.stage,
        conditions=template.conditions,
        figure_person=drawn,
        red_flags=printed.red_flags,
        parts=printed.parts,
        exercises=printed.exercises,
        ask_for_moves=template.ask_for_moves,
        sleep=printed.sleep,
        minutes_per_day=template.minutes,
        sources=template.sources,
        words=rulebook.words,
        omissions=printed.omissions,
        decisions=printed.decisions,
        content_version=library.content_version,
        reviewed=reviewed,
        sheet_id=make_sheet_id(digest, reference),
        digest=digest,
        pages_most=outline.pages_most,
        pages_small=outline.pages_small,
        shared_digest=shared,
        layout_digest=f"{template.shared}-{edition}-{'personal' if person else 'generic'}",
        ask_for_sleep=template.ask_for_sleep,
    )
