"""What a record says against itself, against the calendar and against the library. No value stands in a message."""

from __future__ import annotations

from datetime import date

from handouts.content.library import Library
from handouts.content.models import Dose
from handouts.diagnostics import Collector, Diagnostic, find_described
from handouts.patient.models import ChosenExercise, PatientRecord
from handouts.source.document import DataPath, Places

MOST_YEARS = 120
"""Nobody on record has been much older; a higher age is a slip in the year."""

DOSE_KEYS = ("hold_seconds", "repetitions", "sets", "minutes", "times_per_day", "days_per_week")


def check_record(
    record: PatientRecord, library: Library, places: Places, collector: Collector, sheet_date: date
) -> None:
    """Report every contradiction of a record; ``sheet_date`` is the date of the sheet it is for."""
    _check_dates(record, places, collector, sheet_date)
    _check_language(record, library, places, collector)
    for number, id in enumerate(record.conditions):
        if id not in library.conditions:
            _add_unknown("condition", id, _describe_conditions(library), ("conditions", number), places, collector)
    seen: set[str] = set()
    for number, choice in enumerate(record.exercises or ()):
        _check_choice(choice, ("exercises", number), library, places, collector)
        if choice.id in seen:
            message = "this exercise stands in the list twice"
            hint = "keep one; 'side: both' or no side means each side"
            collector.add(Diagnostic("duplicate-exercise", message, places.span(("exercises", number)), hint=hint))
        seen.add(choice.id)
    _check_overrides(record, library, places, collector)


def _check_dates(record: PatientRecord, places: Places, collector: Collector, sheet_date: date) -> None:
    born = record.date_of_birth
    if born is not None:
        span = places.span(("date_of_birth",))
        if born > sheet_date:
            message = "'date_of_birth' lies after the date of the sheet"
            collector.add(Diagnostic("wrong-date", message, span, hint="check the year"))
        elif sheet_date.year - born.year > MOST_YEARS:
            message = f"'date_of_birth' lies more than {MOST_YEARS} years back"
            collector.add(Diagnostic("wrong-date", message, span, hint="check the year"))
        elif record.seen_on is not None and born > record.seen_on:
            message = "'date_of_birth' lies after 'seen_on'"
            collector.add(Diagnostic("wrong-date", message, span, hint="check both dates"))
    if record.next_visit is not None and record.seen_on is not None and record.next_visit < record.seen_on:
        message = "'next_visit' lies before 'seen_on'"
        collector.add(Diagnostic("wrong-date", message, places.span(("next_visit",)), hint="check both dates"))


def _check_language(record: PatientRecord, library: Library, places: Places, collector: Collector) -> None:
    tag = record.language
    if tag is None or tag in library.locales or tag.split("-")[0].lower() in library.locales:
        return
    message = f"there are no sheets in this language yet; there are {', '.join(library.locales)}"
    collector.add(Diagnostic("unknown-language", message, places.span(("language",))))


def _check_choice(
    choice: ChosenExercise, path: DataPath, library: Library, places: Places, collector: Collector
) -> None:
    card = library.exercises.get(choice.id)
    if card is None:
        _add_unknown("exercise", choice.id, _describe_exercises(library), (*path, "id"), places, collector)
        return
    if choice.side in ("left", "right") and card.sided in ("none", "body"):
        message = "this exercise has no left and right form"
        span = places.span((*path, "side"))
        collector.add(Diagnostic("wrong-side", message, span, hint="leave 'side' out"))
    for key in DOSE_KEYS:
        value = getattr(choice.dose, key)
        if value is not None:
            _check_dose(key, value, card.dose.start, card.dose.limit, (*path, key), places, collector)


def _check_dose(
    key: str, value: int, start: Dose, limit: Dose, path: DataPath, places: Places, collector: Collector
) -> None:
    """Report a dose key that the card does not have, and a value above the card's limit."""
    highest = max((most for most in (getattr(start, key), getattr(limit, key)) if most is not None), default=None)
    if highest is None:
        held = [name for name in DOSE_KEYS if getattr(start, name) is not None]
        message = f"this exercise has no '{key}'"
        hint = f"it has {', '.join(held)}"
        collector.add(Diagnostic("wrong-dose", message, places.span(path, key=True), hint=hint))
    elif value > highest:
        message = f"'{key}' is above the limit of the card ({highest})"
        collector.add(Diagnostic("wrong-dose", message, places.span(path), hint=f"at most {highest}"))


def _check_overrides(record: PatientRecord, library: Library, places: Places, collector: Collector) -> None:
    clearable = tuple(id for id, condition in library.conditions.items() if condition.clearable)
    known = (*library.exercises, *clearable)
    for number, override in enumerate(record.overrides):
        path = ("overrides", number, "id")
        if override.id in library.conditions and override.id not in clearable:
            message = "this condition cannot be cleared by an override"
            hint = "name the exercise that shall be printed all the same"
            collector.add(Diagnostic("wrong-override", message, places.span(path), hint=hint))
        elif override.id not in known:
            described = _describe_exercises(library) | _describe_conditions(library)
            described = {id: words for id, words in described.items() if id in known}
            _add_unknown("exercise or clearable condition", override.id, described, path, places, collector)
        elif override.id in clearable and override.id not in record.conditions:
            message = "this override clears a condition that the record does not name"
            hint = "add the condition to 'conditions', or leave the override out"
            collector.add(Diagnostic("wrong-override", message, places.span(path), hint=hint))


def _describe_conditions(library: Library) -> dict[str, str]:
    return {id: f"{condition.title}\n{condition.meaning}" for id, condition in library.conditions.items()}


def _describe_exercises(library: Library) -> dict[str, str]:
    return {id: card.title for id, card in library.exercises.items()}


def _add_unknown(
    kind: str, id: str, described: dict[str, str], path: DataPath, places: Places, collector: Collector
) -> None:
    near = find_described(id, described)
    advice = f"did you mean {' or '.join(repr(name) for name in near)}?" if near else ""
    listing = "exercises" if kind == "exercise" else "conditions" if kind == "condition" else ""
    shown = f"'handouts list {listing}' shows all" if listing else ""
    hint = "; ".join(part for part in (advice, shown) if part)
    collector.add(Diagnostic("unknown-id", f"there is no {kind} of this name", places.span(path), hint=hint))
