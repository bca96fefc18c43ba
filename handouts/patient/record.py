"""Reading a patient record from a file, from settings, or from a row of a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from handouts.content.library import Library
from handouts.content.validation import validate_data
from handouts.diagnostics import Collector, Diagnostic
from handouts.patient.checks import check_dates, check_language, check_names
from handouts.patient.forms import ChosenExerciseForm, PatientForm
from handouts.patient.models import ChosenExercise, DoseOverride, Override, PatientRecord
from handouts.patient.settings import Setting, apply_settings
from handouts.source.document import Document, Places, read_document

Inspect = Callable[[PatientRecord, Places, Collector, date, bool], None]
"""Adds what keeps a sheet from being made of a record for a date, beside contradictions of its own dates.

It is called once for a record, and for a faulty one with those of its keys that are sound. The last argument says
whether its moves can be judged; else what it names and says is all that is looked at.
"""


def read_patient(
    source: Path | Document,
    library: Library,
    collector: Collector,
    today: date,
    on: date | None = None,
    settings: Sequence[Setting] = (),
    inspect: Inspect | None = None,
) -> PatientRecord | None:
    """Return the record of a YAML file, or None after reporting every problem.

    ``on`` is the sheet's date when it was asked for; else it is the record's ``seen_on``, else ``today``. ``inspect``
    is what is asked of the record as a whole; without it: whether the library has what the record names.
    No value of the record stands in a diagnostic.
    """
    document = read_document(source, collector) if isinstance(source, Path) else source
    if document is None:
        return None
    data, places = document.data, document
    if not isinstance(data, dict):
        hint = "write 'key: value' lines, such as 'name: …'"
        collector.add(Diagnostic("wrong-type", "a record is a mapping", document.span(), hint=hint))
        return None
    laid, layered = apply_settings(data, places, settings)
    return record_from_mapping(laid, layered, library, collector, today, on, inspect)


def record_from_mapping(
    data: Mapping[str, Any],
    places: Places,
    library: Library,
    collector: Collector,
    today: date,
    on: date | None = None,
    inspect: Inspect | None = None,
) -> PatientRecord | None:
    """Return the record of plain data, or None after reporting every problem at the places that ``places`` knows.

    A key without a value counts as not given. An exercise may be an id alone. ``inspect`` as for `read_patient`.
    """
    given = {key: value for key, value in data.items() if value is not None}
    chosen = given.get("exercises")
    if isinstance(chosen, list):
        given["exercises"] = [{"id": entry} if isinstance(entry, str) else entry for entry in chosen]
    before = len(collector.errors)
    form = validate_data(given, PatientForm, places, collector, private=True)
    ask = inspect or partial(_ask_names, library)
    if form is None:
        record, whole = _find_sound_record(given)
        found = Collector()
        _check_record(record, places, found, on or record.seen_on or today, ask, whole)
        collector.extend(found.errors)
        return None
    record = _build_record(form)
    _check_record(record, places, collector, on or record.seen_on or today, ask, True)
    return record if len(collector.errors) == before else None


def _check_record(
    record: PatientRecord, places: Places, collector: Collector, sheet_date: date, ask: Inspect, whole: bool
) -> None:
    check_dates(record, places.span, collector, sheet_date)
    ask(record, places, collector, sheet_date, whole)


def _ask_names(
    library: Library, record: PatientRecord, places: Places, collector: Collector, sheet_date: date, whole: bool
) -> None:
    """Report what a record names that the library does not have; its moves are not judged."""
    check_language(record, library, places.span, collector)
    check_names(record, library, places.span, collector, sheet_date)


def _find_sound_record(given: Mapping[str, Any]) -> tuple[PatientRecord, bool]:
    """Return those keys of a faulty record that are sound by themselves, so that all its problems are told at once.

    The second value says whether its moves can be judged: overrides that cannot be read may allow what is refused.
    """
    sound: dict[str, Any] = {"name": "-"}
    for key, value in given.items():
        try:
            PatientForm.model_validate({**sound, key: value})
        except ValueError:
            continue
        sound[key] = value
    whole = "overrides" not in given or {"overrides", "conditions"} & set(given) <= set(sound)
    return _build_record(PatientForm.model_validate(sound)), whole


def _build_record(form: PatientForm) -> PatientRecord:
    return PatientRecord(
        name=form.name,
        date_of_birth=form.date_of_birth,
        reference=form.reference,
        seen_on=form.seen_on,
        seen_by=form.seen_by,
        next_visit=form.next_visit,
        language=form.language,
        edition=form.edition,
        stage=form.stage,
        side=form.side,
        pattern=form.pattern,
        pregnant_weeks=form.pregnant_weeks,
        conditions=tuple(dict.fromkeys(form.conditions)),
        sleeps_on=form.sleeps_on,
        work=form.work,
        exercises=None if form.exercises is None else tuple(_build_choice(choice) for choice in form.exercises),
        overrides=tuple(Override(entry.id, entry.by, entry.reason) for entry in form.overrides),
        goal=form.goal,
        notes=form.notes or None,
    )


def _build_choice(form: ChosenExerciseForm) -> ChosenExercise:
    dose = DoseOverride(
        hold_seconds=form.hold_seconds,
        repetitions=form.repetitions,
        sets=form.sets,
        minutes=form.minutes,
        times_per_day=form.times_per_day,
        days_per_week=form.days_per_week,
    )
    return ChosenExercise(form.id, form.side, dose)
