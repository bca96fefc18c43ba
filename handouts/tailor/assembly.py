"""From library, record, clinic and date to the plan of one handout."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from handouts.content.library import Library
from handouts.content.models import Handout
from handouts.diagnostics import Collector, ContentError, Diagnostic, PatientError, Span
from handouts.patient.models import Clinic, PatientRecord
from handouts.tailor.conditions import Situation, assess_person
from handouts.tailor.digest import digest_printed, make_sheet_id
from handouts.tailor.dose import count_minutes
from handouts.tailor.parts import check_parts
from handouts.tailor.people import choose_figure_person
from handouts.tailor.plan import ClinicView, Person, Plan, SourceLine
from handouts.tailor.printed import gather_printed
from handouts.tailor.problems import PlaceSpan, place_nowhere
from handouts.tailor.rulebook import Rulebook, open_rulebook
from handouts.tailor.rules import Facts
from handouts.tailor.selection import Moves, Selection, choose_default_moves, choose_own_moves
from handouts.tailor.wording import Wording, shorten_address


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
    tag = language or (record.language if record else None) or clinic.language
    rulebook = open_rulebook(library, clinic, tag)
    problems = Collector()
    situation = _assess(rulebook, record, date, problems, place)
    selection = _select_moves(rulebook, record, situation, problems, place)
    problems.raise_errors(PatientError)
    printed = gather_printed(rulebook, handout, situation, selection, has_notes=bool(record and record.notes))
    reference = record.reference if record else None
    week = library.moves.pregnancy_from_week
    seed = reference or f"{handout_id} {library.digest}"
    wording = rulebook.wording
    plan = Plan(
        handout=handout.id,
        title=wording.fill_words(handout.title),
        message=printed.message,
        language=rulebook.language,
        edition=edition or (record.edition if record else None) or "standard",
        date=date,
        date_words=wording.write_date(date),
        date_from=date_from,
        person=_make_person(record, wording) if record else None,
        reference=reference,
        clinic=_make_clinic_view(clinic),
        side=situation.facts.side,
        stage=situation.facts.stage,
        conditions=situation.conditions,
        figure_person=choose_figure_person(people, situation.facts, week, seed),
        red_flags=printed.red_flags,
        parts=printed.parts,
        exercises=printed.exercises,
        ask_for_moves=wording.find_word("ask-for-moves") if printed.ask_for_moves else None,
        sleep=printed.sleep,
        minutes_per_day=count_minutes(printed.exercises),
        sources=_list_sources(library, printed.trail.sources),
        words=rulebook.words,
        omissions=tuple(printed.trail.omissions),
        decisions=tuple(printed.trail.decisions),
        content_version=library.content_version,
        reviewed=_write_review(rulebook, date),
        sheet_id="",
        digest="",
        pages_most=handout.pages.most,
        pages_small=handout.pages.small,
        ask_for_sleep=wording.find_word("ask-for-sleep") if printed.ask_for_sleep else None,
    )
    return _sign_plan(plan, printed.digests)


def _find_handout(library: Library, handout_id: str, record: PatientRecord | None) -> Handout:
    handout = library.handouts.get(handout_id)
    span = Span("handout")
    if handout is None:
        message = f"there is no handout '{handout_id}'"
        names = tuple(library.handouts)
        raise PatientError(Diagnostic("unknown-handout", message, span, given=handout_id, candidates=names))
    if record is not None and "personal" not in handout.audience:
        message = f"the handout '{handout_id}' is for everyone: it is made without a patient"
        raise PatientError(Diagnostic("audience", message, span, hint="leave the patient out"))
    if record is None and "generic" not in handout.audience:
        message = f"the handout '{handout_id}' is for a named person"
        raise PatientError(Diagnostic("audience", message, span, hint="give a patient record"))
    check_parts(handout)
    return handout


def _assess(
    rulebook: Rulebook, record: PatientRecord | None, day: date, problems: Collector, place: PlaceSpan
) -> Situation:
    if record is None:
        return Situation(Facts("generic"))
    library = rulebook.library
    return assess_person(library.conditions, library.exercises, record, day, problems, place)


def _select_moves(
    rulebook: Rulebook, record: PatientRecord | None, situation: Situation, problems: Collector, place: PlaceSpan
) -> Selection:
    library = rulebook.library
    moves = Moves(library.exercises, rulebook.verdicts, library.default_sets)
    overrides = {item.id: item for item in record.overrides} if record else {}
    if record is not None and record.exercises is not None:
        return choose_own_moves(moves, record.exercises, situation.facts, overrides, problems, place)
    return choose_default_moves(moves, situation.facts, overrides)


def _make_person(record: PatientRecord, wording: Wording) -> Person:
    def write(day: date | None) -> str | None:
        return None if day is None else wording.write_date(day)

    lines = [line.strip() for line in (record.notes or "").splitlines()]
    return Person(
        name=record.name,
        date_of_birth=write(record.date_of_birth),
        reference=record.reference,
        seen_by=record.seen_by,
        next_visit=write(record.next_visit),
        goal=record.goal,
        notes=tuple(line for line in lines if line),
    )


def _make_clinic_view(clinic: Clinic) -> ClinicView:
    return ClinicView(
        name=clinic.name,
        phone=clinic.phone,
        out_of_hours=clinic.out_of_hours,
        emergency_number=clinic.emergency_number,
        website=clinic.website,
        short_address=shorten_address(clinic),
        address=clinic.address,
    )


def _write_review(rulebook: Rulebook, day: date) -> str:
    """Return the line on review; a sign-off counts for exactly the content signed, and until its next review."""
    reviewer, wording = rulebook.clinic.reviewer, rulebook.wording
    if reviewer is None or reviewer.digest != rulebook.library.digest or day > reviewer.next_review:
        return wording.find_word("not-reviewed")
    form = wording.find_word("reviewed")
    values = {"name": reviewer.name, "role": reviewer.role, "date": wording.write_date(reviewer.signed_on)}
    for key, value in values.items():
        form = form.replace(f"{{{key}}}", value)
    return form


def _list_sources(library: Library, keys: Iterable[str]) -> tuple[SourceLine, ...]:
    lines: list[SourceLine] = []
    for key in keys:
        source = library.sources.get(key)
        if source is None:
            message = f"there is no source '{key}'"
            raise ContentError(
                Diagnostic("unknown-id", message, Span("sources.yaml"), given=key, candidates=tuple(library.sources))
            )
        lines.append(SourceLine(key, source.short))
    return tuple(lines)


def _sign_plan(plan: Plan, pieces: tuple[str, ...]) -> Plan:
    """Return the plan with its digests and the sheet's id."""
    same = (
        *pieces,
        [plan.handout, plan.title, plan.language, plan.edition, plan.figure_person, plan.person is None],
        [plan.ask_for_moves, plan.ask_for_sleep, plan.minutes_per_day, plan.content_version, plan.reviewed],
        [plan.pages_most, plan.pages_small, plan.clinic],
    )
    shared = digest_printed(same)
    own = [plan.date, plan.person, plan.reference, plan.side, plan.stage, plan.conditions]
    digest = digest_printed([shared, *own, plan.omissions, plan.decisions])
    sheet_id = make_sheet_id(digest, plan.reference)
    return replace(plan, shared_digest=shared, digest=digest, sheet_id=sheet_id)
