"""Reading a patient record from a file, from settings, or from a row of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from handouts.content.library import Library
from handouts.content.validation import validate_data
from handouts.diagnostics import Collector, Diagnostic
from handouts.patient.checks import check_record
from handouts.patient.forms import ChosenExerciseForm, PatientForm
from handouts.patient.models import ChosenExercise, DoseOverride, Override, PatientRecord
from handouts.patient.settings import Setting, apply_settings
from handouts.source.document import Document, Places, read_document


def read_patient(
    source: Path | Document,
    library: Library,
    collector: Collector,
    today: date,
    on: date | None = None,
    settings: Sequence[Setting] = (),
) -> PatientRecord | None:
    """Return the record of a YAML file, or None after reporting every problem.

    ``on`` is the sheet's date when it was asked for; else it is the record's ``seen_on``, else ``today``.
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
    return record_from_mapping(laid, layered, library, collector, today, on)


def record_from_mapping(
    data: Mapping[str, Any],
    places: Places,
    library: Library,
    collector: Collector,
    today: date,
    on: date | None = None,
) -> PatientRecord | None:
    """Return the record of plain data, or None after reporting every problem at the places that ``places`` knows.

    A key without a value counts as not given. An exercise may be an id alone.
    """
    given = {key: value for key, value in data.items() if value is not None}
    chosen = given.get("exercises")
    if isinstance(chosen, list):
        given["exercises"] = [{"id": entry} if isinstance(entry, str) else entry for entry in chosen]
    before = len(collector.errors)
    form = validate_data(given, PatientForm, places, collector, private=True)
    if form is None:
        _check_sound_keys(given, places, library, collector, today, on)
        return None
    record = _build_record(form)
    check_record(record, library, places, collector, on or record.seen_on or today)
    return record if len(collector.errors) == before else None


def _check_sound_keys(
    given: Mapping[str, Any],
    places: Places,
    library: Library,
    collector: Collector,
    today: date,
    on: date | None,
) -> None:
    """Check those keys of a faulty record that are sound by themselves, so that all its problems are told at once."""
    sound: dict[str, Any] = {"name": "-"}
    for key, value in given.items():
        try:
            PatientForm.model_validate({**sound, key: value})
        except ValueError:
            continue
        sound[key] = value
    record = _build_record(PatientForm.model_validate(sound))
    check_record(record, library, places, collector, on or record.seen_on or today)


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
