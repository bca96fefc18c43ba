"""What a record says against itself, against the calendar and against the library. No value stands in a message."""

from __future__ import annotations

from datetime import date

from handouts.content.library import Library
from handouts.diagnostics import Collector, Diagnostic, Span, find_described
from handouts.patient.models import ChosenExercise, PatientRecord
from handouts.source.document import DataPath, PlaceSpan

MOST_YEARS = 120
"""Nobody on record has been much older; a higher age is a slip in the year."""


def check_dates(record: PatientRecord, place: PlaceSpan, collector: Collector, sheet_date: date) -> None:
    """Report dates that contradict each other or the calendar; `check_names` tells a birth after the sheet's date."""
    born = record.date_of_birth
    if born is not None and born <= sheet_date:
        if sheet_date.year - born.year > MOST_YEARS:
            message = f"'date_of_birth' lies more than {MOST_YEARS} years back"
            collector.add(Diagnostic("wrong-date", message, place(("date_of_birth",)), hint="check the year"))
        elif record.seen_on is not None and born > record.seen_on:
            message = "'date_of_birth' lies after 'seen_on'"
            collector.add(Diagnostic("wrong-date", message, place(("date_of_birth",)), hint="check both dates"))
    if record.next_visit is not None and record.seen_on is not None and record.next_visit < record.seen_on:
        message = "'next_visit' lies before 'seen_on'"
        collector.add(Diagnostic("wrong-date", message, place(("next_visit",)), hint="check both dates"))


def check_names(
    record: PatientRecord, library: Library, place: PlaceSpan, collector: Collector, sheet_date: date
) -> None:
    """Report what a record names and the library does not have, or not so, and a birth after the sheet's date."""
    if record.date_of_birth is not None and record.date_of_birth > sheet_date:
        message = "'date_of_birth' lies after the date of the sheet"
        collector.add(Diagnostic("wrong-date", message, place(("date_of_birth",)), hint="check the year"))
    for number, id in enumerate(record.conditions):
        if id not in library.conditions:
            span = place(("conditions", number))
            collector.add(_tell_unknown("condition", id, _describe_conditions(library), span))
    seen: set[str] = set()
    for number, choice in enumerate(record.exercises or ()):
        _check_choice(choice, ("exercises", number), library, place, collector)
        if choice.id in seen:
            message = "this exercise stands in the list twice"
            hint = "keep one; 'side: both' or no side means each side"
            collector.add(Diagnostic("duplicate-exercise", message, place(("exercises", number)), hint=hint))
        seen.add(choice.id)
    if record.overrides:
        _check_overrides(record, library, place, collector)


def check_language(record: PatientRecord, library: Library, place: PlaceSpan, collector: Collector) -> None:
    """Report a language that the library has no words in."""
    tag = record.language
    if tag is None or tag in library.locales or tag.split("-")[0].lower() in library.locales:
        return
    message = f"there are no sheets in this language yet; there are {', '.join(library.locales)}"
    collector.add(Diagnostic("unknown-language", message, place(("language",))))


def _check_choice(
    choice: ChosenExercise, path: DataPath, library: Library, place: PlaceSpan, collector: Collector
) -> None:
    card = library.exercises.get(choice.id)
    if card is None:
        collector.add(_tell_unknown("exercise", choice.id, _describe_exercises(library), place((*path, "id"))))
        return
    if choice.side in ("left", "right") and card.sided in ("none", "body"):
        message = "this exercise has no left and right form"
        span = place((*path, "side"))
        collector.add(Diagnostic("wrong-side", message, span, hint="leave 'side' out"))


def _check_overrides(record: PatientRecord, library: Library, place: PlaceSpan, collector: Collector) -> None:
    clearable = tuple(id for id, condition in library.conditions.items() if condition.clearable)
    known = (*library.exercises, *clearable)
    for number, override in enumerate(record.overrides):
        span = place(("overrides", number, "id"))
        if override.id in library.conditions and override.id not in clearable:
            message = "this condition cannot be cleared by an override"
            hint = "name the exercise that shall be printed all the same"
            collector.add(Diagnostic("wrong-override", message, span, hint=hint))
        elif override.id not in known:
            described = _describe_exercises(library) | _describe_conditions(library)
            described = {id: words for id, words in described.items() if id in known}
            collector.add(_tell_unknown("exercise or clearable condition", override.id, described, span))
        elif override.id in clearable and override.id not in record.conditions:
            message = "this override clears a condition that the record does not name"
            hint = "add the condition to 'conditions', or leave the override out"
            collector.add(Diagnostic("wrong-override", message, span, hint=hint))


def _describe_conditions(library: Library) -> dict[str, str]:
    return {id: f"{condition.title}\n{condition.meaning}" for id, condition in library.conditions.items()}


def _describe_exercises(library: Library) -> dict[str, str]:
    return {id: card.title for id, card in library.exercises.items()}


def _tell_unknown(kind: str, id: str, described: dict[str, str], span: Span) -> Diagnostic:
    near = find_described(id, described)
    advice = f"did you mean {' or '.join(repr(name) for name in near)}?" if near else ""
    listing = "exercises" if kind == "exercise" else "conditions" if kind == "condition" else ""
    shown = f"'handouts list {listing}' shows all" if listing else ""
    hint = "; ".join(part for part in (advice, shown) if part)
    return Diagnostic("unknown-id", f"there is no {kind} of this name", span, hint=hint)
