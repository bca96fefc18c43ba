"""Finding and reading a clinic's profile."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from handouts.content.validation import validate_data
from handouts.diagnostics import Collector, Diagnostic
from handouts.patient.forms import ClinicForm, ReviewerForm
from handouts.patient.models import Clinic, Reviewer
from handouts.resources import find_config_folder
from handouts.source.document import Document, read_document

PROFILE_NAME = "clinic.yaml"
ENVIRONMENT_NAME = "HANDOUTS_CLINIC"
MOST_LOGO_BYTES = 2_000_000
"""A logo is drawn a few centimetres wide; a larger file is a photograph."""

_PNG_START = b"\x89PNG\r\n\x1a\n"


def find_clinic(option: str | Path | None, environ: Mapping[str, str], cwd: Path) -> Path | None:
    """Return the path of the clinic's profile, or None.

    In this order: the option, the environment's ``HANDOUTS_CLINIC``, ``clinic.yaml`` in the working folder, and in the
    user's configuration folder, where there is one that can be looked into. What was named is returned whether or not
    it exists, so that its absence is reported.
    """
    if option is not None:
        return Path(option)
    named = environ.get(ENVIRONMENT_NAME, "").strip()
    if named:
        return cwd / named
    if (cwd / PROFILE_NAME).is_file():
        return cwd / PROFILE_NAME
    folder = find_config_folder(environ)
    if folder is None or not os.path.isfile(folder / PROFILE_NAME):  # noqa: PTH113  (false for a folder that is closed)
        return None
    return folder / PROFILE_NAME


def read_clinic(path: Path, collector: Collector) -> Clinic | None:
    """Return the profile of a YAML file with absolute paths, or None after reporting every problem.

    Paths in a profile start from the profile's own folder.
    """
    document = read_document(path, collector)
    if document is None:
        return None
    before = len(collector.errors)
    _check_empty_values(document, collector)
    form = validate_data(document.data, ClinicForm, document, collector)
    if form is None:
        return None
    folder = path.resolve().parent
    logo = _find_logo(folder, form, document, collector)
    content = _find_folder(folder, form.content, "content", document, collector)
    fonts = _find_folder(folder, form.fonts, "fonts", document, collector)
    if len(collector.errors) != before:
        return None
    return Clinic(
        name=form.name,
        phone=form.phone,
        out_of_hours=form.out_of_hours,
        emergency_number=form.emergency_number,
        website=form.website,
        emergency_place=form.emergency_place,
        short_address=form.short_address,
        address=form.address,
        logo=logo,
        colour=form.colour,
        paper=form.paper,
        language=form.language,
        minutes_cap=form.minutes_cap,
        content=content,
        fonts=fonts,
        reviewer=None if form.reviewer is None else _build_reviewer(form.reviewer),
    )


def _check_empty_values(document: Document, collector: Collector) -> None:
    """Report optional keys without a value: a colour without quotes is a comment, and would be lost unseen."""
    data = document.data if isinstance(document.data, dict) else {}
    for key, value in data.items():
        known = ClinicForm.keys.get(key)
        if value is None and known is not None and known.default is None:
            hint = "put quotes round a value that begins with '#', or leave the key out"
            collector.add(Diagnostic("empty-value", f"'{key}' is empty", document.span((key,)), hint=hint))


def _build_reviewer(form: ReviewerForm) -> Reviewer:
    return Reviewer(form.name, form.role, form.date, form.next_review, form.digest)


def _find_folder(folder: Path, name: str | None, key: str, document: Document, collector: Collector) -> Path | None:
    if name is None:
        return None
    path = folder / name
    if not path.is_dir():
        message = f"the folder of '{key}' does not exist"
        hint = "paths start from this file's folder"
        collector.add(Diagnostic("folder-missing", message, document.span((key,)), hint=hint))
    return path


def _find_logo(folder: Path, form: ClinicForm, document: Document, collector: Collector) -> Path | None:
    """Return the path of the logo; report a file that is missing, too large, or neither SVG nor PNG."""
    if form.logo is None:
        return None
    path = folder / form.logo
    problem = _find_logo_problem(path)
    if problem is not None:
        rule, message, hint = problem
        collector.add(Diagnostic(rule, message, document.span(("logo",)), hint=hint))
    return path


def _find_logo_problem(path: Path) -> tuple[str, str, str] | None:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4096)
    except (OSError, ValueError):
        return "file-missing", "the logo cannot be read", "paths start from this file's folder"
    if size > MOST_LOGO_BYTES:
        return "file-too-large", f"the logo is larger than {MOST_LOGO_BYTES // 1_000_000} MB", "take a smaller picture"
    ending = path.suffix.lower()
    if ending == ".png" and start.startswith(_PNG_START):
        return None
    if ending == ".svg" and b"<svg" in start:
        return None
    return "wrong-logo", "the logo is neither an SVG nor a PNG file", "export it as SVG, or as PNG"
