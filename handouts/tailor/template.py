"""Plans without personal lines, shared by all people for whom every decision is the same."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date

from handouts.content.library import Library
from handouts.content.models import Handout
from handouts.diagnostics import ContentError, Diagnostic, Span
from handouts.patient.models import Clinic, PatientRecord
from handouts.tailor.conditions import Situation, count_years
from handouts.tailor.digest import digest_printed
from handouts.tailor.dose import count_minutes
from handouts.tailor.plan import ClinicView, Plan, SourceLine
from handouts.tailor.printed import gather_printed
from handouts.tailor.rulebook import Rulebook
from handouts.tailor.rules import Facts
from handouts.tailor.selection import Selection
from handouts.tailor.wording import shorten_address


@dataclass(frozen=True, slots=True)
class Template:
    """A plan without person, date and ids. ``shared`` digests what is printed, ``reasons`` what led to it."""

    plan: Plan
    facts: Facts
    shared: str
    reasons: str


def make_key(rulebook: Rulebook, handout: str, record: PatientRecord | None, day: date) -> Hashable:
    """Return everything of a record that a decision rests on; equal keys give equal templates.

    Age and weeks of pregnancy count only as far as a rule asks about them.
    """
    if record is None:
        return handout
    ages, weeks = rulebook.find_bounds()
    age = None
    if record.date_of_birth is not None:
        age = bisect_right(ages, count_years(record.date_of_birth, day))
    week = None if record.pregnant_weeks is None else bisect_right(weeks, record.pregnant_weeks)
    return (
        handout,
        record.conditions,
        age,
        week,
        record.stage,
        record.side,
        record.pattern,
        record.sleeps_on,
        record.work,
        record.exercises,
        record.overrides,
        bool(record.notes),
    )


def make_template(
    rulebook: Rulebook, handout: Handout, situation: Situation, selection: Selection, has_notes: bool
) -> Template:
    """Return the plan of a handout for all people alike, with the personal fields empty."""
    printed = gather_printed(rulebook, handout, situation, selection, has_notes)
    library, wording, trail = rulebook.library, rulebook.wording, printed.trail
    plan = Plan(
        handout=handout.id,
        title=wording.fill_words(handout.title),
        message=printed.message,
        language=rulebook.language,
        edition="",
        date=date.min,
        date_words="",
        date_from="option",
        person=None,
        reference=None,
        clinic=_make_clinic_view(rulebook.clinic),
        side=situation.facts.side,
        stage=situation.facts.stage,
        conditions=situation.conditions,
        figure_person="",
        red_flags=printed.red_flags,
        parts=printed.parts,
        exercises=printed.exercises,
        ask_for_moves=wording.find_word("ask-for-moves") if printed.ask_for_moves else None,
        sleep=printed.sleep,
        minutes_per_day=count_minutes(printed.exercises),
        sources=_list_sources(library, trail.sources),
        words=rulebook.words,
        omissions=tuple(trail.omissions),
        decisions=tuple(trail.decisions),
        content_version=library.content_version,
        reviewed="",
        sheet_id="",
        digest="",
        pages_most=handout.pages.most,
        pages_small=handout.pages.small,
        ask_for_sleep=wording.find_word("ask-for-sleep") if printed.ask_for_sleep else None,
    )
    frame = [plan.handout, plan.title, plan.language, plan.clinic, plan.content_version, plan.pages_most]
    asks = [plan.pages_small, plan.ask_for_moves, plan.ask_for_sleep, plan.minutes_per_day]
    shared = digest_printed([*printed.digests, *frame, *asks])
    reasons = digest_printed([plan.conditions, plan.side, plan.stage, plan.omissions, plan.decisions])
    return Template(plan, situation.facts, shared, reasons)


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


def _list_sources(library: Library, keys: Iterable[str]) -> tuple[SourceLine, ...]:
    lines: list[SourceLine] = []
    for key in keys:
        source = library.sources.get(key)
        if source is None:
            message = f"there is no source '{key}'"
            raise ContentError(
                Diagnostic("unknown-id", message, Span("sources.yaml"), given=key, candidates=tuple(library.sources))
            )
        lines.append(SourceLine(key, source.short, source.body, source.main))
    return tuple(lines)
