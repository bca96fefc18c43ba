"""Plans without personal lines, shared by all people for whom every decision is the same."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable
from datetime import date
from functools import partial

from handouts.dataclass import dataclass
from handouts.diagnostics import ContentError, Diagnostic, Span
from handouts.patient.models import PatientRecord
from handouts.tailor.conditions import count_years
from handouts.tailor.digest import digest_text, write_list, write_text
from handouts.tailor.dose import count_minutes
from handouts.tailor.judge import Judgement
from handouts.tailor.outline import Outline
from handouts.tailor.plan import SourceLine
from handouts.tailor.printed import Printed, gather_printed
from handouts.tailor.rulebook import Rulebook
from handouts.tailor.rules import Facts


@dataclass(frozen=True, slots=True)
class Template:
    """A plan without person, date and ids. ``shared`` digests what is printed, ``reasons`` what led to it."""

    outline: Outline
    printed: Printed
    facts: Facts
    conditions: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    minutes: int
    ask_for_moves: str | None
    ask_for_sleep: str | None
    shared: str
    reasons: str


def make_key(rulebook: Rulebook, handout: str, record: PatientRecord | None, day: date) -> Hashable:
    """Return everything of a record that a decision rests on; equal keys give equal templates.

    Age and weeks of pregnancy count only as far as a rule asks about them.
    """
    if record is None:
        return handout
    bits, age = rulebook.bits, None
    if record.date_of_birth is not None:
        age = bisect_right(bits.ages, count_years(record.date_of_birth, day))
    week = None if record.pregnant_weeks is None else bisect_right(bits.weeks, record.pregnant_weeks)
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


def make_template(rulebook: Rulebook, outline: Outline, judged: Judgement, has_notes: bool) -> Template:
    """Return the plan of a handout for all people alike, without the personal fields."""
    situation = judged.situation
    printed = gather_printed(rulebook, outline, judged.marks, situation.decisions, judged.selection, has_notes)
    find_word, facts = rulebook.wording.find_word, situation.facts
    ask_for_moves = find_word("ask-for-moves") if printed.ask_for_moves else None
    ask_for_sleep = find_word("ask-for-sleep") if printed.ask_for_sleep else None
    minutes = count_minutes(printed.exercises)
    asks = write_list([outline.pages_small, ask_for_moves, ask_for_sleep, minutes])
    reasons = [situation.conditions, facts.side, facts.stage, printed.omissions, printed.decisions]
    return Template(
        outline=outline,
        printed=printed,
        facts=facts,
        conditions=situation.conditions,
        sources=_find_sources(rulebook, printed.sources),
        minutes=minutes,
        ask_for_moves=ask_for_moves,
        ask_for_sleep=ask_for_sleep,
        shared=digest_text(f"[{write_list(printed.digests)},{outline.frame},{asks}]"),
        reasons=digest_text(write_text(reasons)),
    )


def _find_sources(rulebook: Rulebook, keys: tuple[str, ...]) -> tuple[SourceLine, ...]:
    found: tuple[SourceLine, ...] | None = rulebook.sources.get(keys)
    if found is None:
        lines = tuple([rulebook.keep(("source", key), partial(_make_source, rulebook, key)) for key in keys])
        found = rulebook.store.put(rulebook.sources, keys, lines)
    return found


def _make_source(rulebook: Rulebook, key: str) -> SourceLine:
    known = rulebook.library.sources
    source = known.get(key)
    if source is None:
        message = f"there is no source '{key}'"
        raise ContentError(Diagnostic("unknown-id", message, Span("sources.yaml"), given=key, candidates=tuple(known)))
    return SourceLine(key, source.short, source.body, source.main)
