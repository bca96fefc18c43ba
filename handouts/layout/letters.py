"""Letters that no font draws: found before a page is set, and named with their place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from handouts.diagnostics import Diagnostic, LayoutError, Span
from handouts.layout.setting import Setting
from handouts.tailor.plan import Plan
from handouts.typeset.direction import mixes_digits
from handouts.typeset.scripts import needs_shaping

RULE = "letter-without-glyph"
MOVED = "digits-would-move"
RULES = frozenset({RULE, MOVED})

FAMILIES = (
    ("HIRAGANA", "Noto Sans JP"),
    ("KATAKANA", "Noto Sans JP"),
    ("HANGUL", "Noto Sans KR"),
    ("CJK", "Noto Sans SC, TC or JP"),
    ("GEORGIAN", "Noto Sans Georgian"),
    ("ARMENIAN", "Noto Sans Armenian"),
    ("ETHIOPIC", "Noto Sans Ethiopic"),
    ("CHEROKEE", "Noto Sans Cherokee"),
    ("TIFINAGH", "Noto Sans Tifinagh"),
)
"""A family under an open licence for each script, by the first word of its characters' Unicode names."""

PICTURES = frozenset({"So", "Sk", "Cs", "Co", "Cn", "Cc"})
"""Categories of characters that no name needs: pictures, lone modifiers, and what is not a character."""


MOST_NAMED = 3


def check_letters(plan: Plan, setting: Setting) -> None:
    """Raise LayoutError for each letter of the person's and the clinic's own words that no font draws right."""
    clinic = plan.clinic
    own: dict[str, str] = {
        "clinic: name": clinic.name,
        "clinic: address": "".join(clinic.address),
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
            "notes": "".join(person.notes),
        }
    _raise(_find_faults(own.items(), setting))


def explain_letters(plan: Plan, setting: Setting) -> None:
    """Raise LayoutError for each letter of the whole plan that no font draws right, at the statement that holds it."""
    _raise(_find_faults(_list_words(plan, plan.handout), setting))


def _raise(faults: list[Diagnostic]) -> None:
    if faults:
        raise LayoutError(faults)


def _find_faults(words: Any, setting: Setting) -> list[Diagnostic]:
    found: dict[tuple[str, str], dict[str, None]] = {}
    moved: list[Diagnostic] = []
    for place, text in words:
        for letter in setting.fonts.missing(text):
            found.setdefault((place, find_remedy(letter)), {})[letter] = None
        if mixes_digits(text):
            moved.append(tell_moved(Span(place)))
    return moved + [
        Diagnostic(RULE, f"no font draws {_join_letters(tuple(letters))}", Span(place), hint=remedy)
        for (place, remedy), letters in found.items()
    ]


def tell_moved(span: Span) -> Diagnostic:
    """Return what is wrong with digits among words that are read leftwards: a dose would be read the wrong way."""
    message = "words that are read from right to left stand with digits, which would change places"
    return Diagnostic(MOVED, message, span, hint="write the words in Latin letters, or the numbers in words")


def _join_letters(letters: tuple[str, ...]) -> str:
    more = f" and {len(letters) - MOST_NAMED} more" if len(letters) > MOST_NAMED else ""
    return ", ".join(name_letter(letter) for letter in letters[:MOST_NAMED]) + more


def name_letter(letter: str) -> str:
    """Return the code and the name of a character in Unicode."""
    name = unicodedata.name(letter, "")
    return f"U+{ord(letter):04X}{f' ({name.lower()})' if name else ''}"


def find_remedy(letter: str) -> str:
    """Return what helps against a character that cannot be printed."""
    if unicodedata.category(letter) in PICTURES:
        return "leave it out: it is no letter"
    if needs_shaping(letter):
        return "no font here shapes its script: write it in Latin letters"
    name = unicodedata.name(letter, "")
    family = next((family for start, family in FAMILIES if name.startswith(start)), "one that has it")
    return f"put a TrueType family, such as {family}, into a folder and name it as 'fonts:' in the clinic's profile"


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
