"""Letters that no font draws: found before a page is set, and named with their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from handouts.diagnostics import Diagnostic, LayoutError, Span
from handouts.layout.setting import Setting
from handouts.tailor.plan import Plan
from handouts.typeset.letters import find_letter_faults, spell_letters


def check_letters(plan: Plan, setting: Setting) -> None:
    """Raise LayoutError for each letter of the person's and the clinic's own words that no font draws right."""
    clinic = plan.clinic
    own: dict[str, str] = {
        "clinic: name": clinic.name,
        "clinic: address": "\n".join(clinic.address),
        "clinic: phone": clinic.phone,
        "clinic: out_of_hours": clinic.out_of_hours,
        "clinic: short_address": clinic.short_address,
        "clinic: reviewer": plan.reviewed,
    }
    if plan.person is not None:
        person = plan.person
        own |= {
            "name": person.name,
            "reference": person.reference or "",
            "seen_by": person.seen_by or "",
            "goal": person.goal or "",
            "notes": "\n".join(person.notes),
        }
    _raise(_find_faults(own.items(), setting))


def explain_letters(plan: Plan, setting: Setting) -> None:
    """Raise LayoutError for each letter of the whole plan that no font draws right, at the statement that holds it."""
    _raise(_find_faults(_list_words(plan, plan.handout), setting))


def _raise(faults: list[Diagnostic]) -> None:
    if faults:
        raise LayoutError(faults)


def _find_faults(words: Iterable[tuple[str, str]], setting: Setting) -> list[Diagnostic]:
    return [
        fault for place, text in words for fault in find_letter_faults(setting.fonts, text, Span(place), spell_letters)
    ]


def _list_words(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Give every text of a plan with the id of the nearest thing that has one."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, tuple):
        for part in value:
            yield from _list_words(part, place)
    elif is_dataclass(value):
        place = getattr(value, "id", place)
        for field in fields(value):
            yield from _list_words(getattr(value, field.name), place)
