"""Options that several commands share, and what they lead to."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from handouts.diagnostics import Diagnostic
    from handouts.patient.models import Clinic, PatientRecord
    from handouts.pipeline import Choices, Pipeline
    from handouts.source.document import PlaceSpan

Command = TypeVar("Command", bound=Callable[..., Any])

EDITIONS = ("standard", "large-print", "low-ink")
PAPERS = ("a4", "letter")


class Day(click.DateTime):
    """A day of the calendar, written year-month-day; its value is a datetime at midnight."""

    name = "day"

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the day; UsageError says how a day is written."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"'{value}' is not a day; write year-month-day, such as 2026-11-23", param, ctx)


DAY = Day()
DAY_FORM = "YYYY-MM-DD"


def take_sheet_options(command: Command) -> Command:
    """Add the options of `make` and `plan`: the record, the clinic and how the sheet is set."""
    options = [
        click.option("-p", "--patient", metavar="FILE|-", help="The patient's record. Without one: a generic sheet."),
        click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Change one key of the record."),
        take_clinic,
        click.option("--language", metavar="TAG", help="Language of the sheet, such as en."),
        click.option("--edition", type=click.Choice(EDITIONS), help="Default: the record's, else standard."),
        click.option("--paper", type=click.Choice(PAPERS), help="Default: the clinic's."),
        click.option("--date", "day", type=DAY, metavar=DAY_FORM, help="Date of the sheet."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def take_clinic(command: Command) -> Command:
    """Add ``--clinic``."""
    return click.option("--clinic", "clinic_file", metavar="FILE", help="The clinic's profile.")(command)


def take_format(command: Command) -> Command:
    """Add ``--format``: words to read, or JSON for other programs."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="Form of what is shown.",
    )(command)


def open_clinic(clinic_file: str | None) -> Clinic:
    """Return the clinic's profile, found where the contract says; PatientError says what is wrong with it."""
    from handouts.diagnostics import Collector, PatientError  # noqa: PLC0415
    from handouts.patient.clinic import read_clinic  # noqa: PLC0415

    collector = Collector()
    clinic = read_clinic(find_profile(clinic_file), collector)
    collector.raise_errors(PatientError)
    assert clinic is not None
    return clinic


def find_profile(clinic_file: str | None) -> Path:
    """Return the path of the clinic's profile; PatientError when there is none."""
    from handouts.diagnostics import Diagnostic, PatientError, Span  # noqa: PLC0415
    from handouts.patient.clinic import find_clinic  # noqa: PLC0415

    path = find_clinic(clinic_file, os.environ, Path.cwd())
    if path is not None:
        return path
    hint = "write one with 'handouts new clinic clinic.yaml', or name yours with --clinic FILE"
    raise PatientError(Diagnostic("no-clinic", "no clinic profile was found", Span("clinic"), hint=hint))


def open_pipeline(clinic_file: str | None, *, strict: bool = False) -> Pipeline:
    """Return the pipeline of the clinic that was found.

    What should not be printed of its profile is said, and each file of its content that nothing reads or shows.
    ``strict``: PatientError for such. PatientError also for words of the profile that no font draws.
    """
    from handouts import pipeline  # noqa: PLC0415
    from handouts.commands.profile import check_clinic_letters, check_profile, find_idle_pictures  # noqa: PLC0415
    from handouts.diagnostics import Collector, ContentError, PatientError, Severity  # noqa: PLC0415
    from handouts.resources import find_cache_folder  # noqa: PLC0415

    profile, clinic = find_profile(clinic_file), open_clinic(clinic_file)
    found = check_profile(profile, clinic, strict=strict)
    if clinic.content is not None:
        from handouts.content.files import find_unread_files  # noqa: PLC0415

        found += find_unread_files(clinic.content)
    _say_warnings([item for item in found if strict or item.severity is Severity.WARNING], strict)
    opened = pipeline.open_pipeline(clinic, cache=find_cache_folder(os.environ))
    Collector(found).raise_errors(ContentError)
    _say_warnings(find_idle_pictures(opened.library, opened.figures), strict)
    letters = check_clinic_letters(profile, clinic, opened.fonts)
    if letters:
        raise PatientError(letters)
    return opened


def _say_warnings(warnings: Sequence[Diagnostic], strict: bool) -> None:
    """Say warnings; ``strict``: PatientError when there is one."""
    from handouts.commands.report import say  # noqa: PLC0415
    from handouts.diagnostics import PatientError, refuse_warnings  # noqa: PLC0415

    if warnings and strict:
        raise PatientError(refuse_warnings(warnings))
    for warning in warnings:
        say(warning.format_line())


def prepare(
    pipeline: Pipeline,
    handout: str,
    patient: str | None,
    settings: tuple[str, ...],
    day: datetime | None,
    look: tuple[str | None, str | None, str | None],
    *,
    strict: bool = False,
) -> tuple[PatientRecord | None, Choices, PlaceSpan]:
    """Return the record of ``-p`` and ``--set``, what the options decide, and where the record's values stand.

    ``look`` is language, edition and paper. Without a record: a generic sheet. The clock is read here and nowhere else,
    and the sheet's date and warnings are said. Raises PatientError with all that keeps ``handout`` from being made of
    the record, with ``strict`` also where there are warnings only.
    """
    from functools import partial  # noqa: PLC0415

    from handouts.commands.records import open_record  # noqa: PLC0415
    from handouts.pipeline import Choices  # noqa: PLC0415
    from handouts.tailor.problems import place_nowhere  # noqa: PLC0415

    today = date.today()
    on = day.date() if day is not None else None
    record = None
    place: PlaceSpan = place_nowhere
    if patient is not None or settings:
        inspect = partial(pipeline.check, handout, look[0])
        record, place, warnings = open_record(pipeline.library, patient, settings, today, on, inspect)
        _say_warnings(warnings, strict)
    if on is not None:
        return record, Choices(on, "option", *look), place
    if record is not None and record.seen_on is not None:
        return record, Choices(record.seen_on, "record", *look), place
    return record, Choices(today, "today", *look), place
