"""``handouts verify``."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from handouts.commands.options import EDITIONS, PAPERS, take_clinic, take_format
from handouts.dataclass import dataclass

if TYPE_CHECKING:
    from handouts.pdf.stamp import Stamp
    from handouts.pipeline import Pipeline
    from handouts.tailor.plan import Plan

Outcome = Literal["same bytes", "same plan", "another sheet", "not compared"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came out: whether the content is installed here, and what making the sheet again gave."""

    installed: bool
    installed_version: str
    outcome: Outcome
    handout: str = ""


@click.command(
    "verify", epilog="Example: handouts verify sheet.pdf -p examples/early-desk.yaml --clinic examples/clinic.yaml"
)
@click.argument("file", metavar="FILE.pdf")
@click.option("-p", "--patient", metavar="FILE|-", help="The record: is it the one that this sheet was made from?")
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="A key that was changed for this sheet.")
@take_clinic
@take_format
@click.pass_context
def command(
    ctx: click.Context,
    file: str,
    patient: str | None,
    settings: tuple[str, ...],
    clinic_file: str | None,
    form: Literal["text", "json"],
) -> None:
    """Read what a sheet says of itself, and say whether its content is installed here.

    With the record, the sheet is made again and compared byte by byte. Exit status 1 when something differs.
    """
    stamp = _read_stamp(Path(file))
    compares = patient is not None or bool(settings)
    verdict = (
        _compare(stamp, Path(file), patient, settings, clinic_file) if compares else _find_content(stamp, clinic_file)
    )
    if form == "json":
        data = {**asdict(stamp), "date": stamp.date.isoformat(), **asdict(verdict)}
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        click.echo(_describe(stamp, verdict))
    ctx.exit(0 if verdict.installed and verdict.outcome in ("same bytes", "not compared") else 1)


def _read_stamp(path: Path) -> Stamp:
    """Return the stamp of a file; DeliveryError when it cannot be read or is no sheet."""
    from handouts.commands.sheets import explain_sheet  # noqa: PLC0415
    from handouts.diagnostics import DeliveryError, Diagnostic, Span  # noqa: PLC0415
    from handouts.pdf.stamp import read_stamp  # noqa: PLC0415

    span = Span(str(path))
    try:
        data = path.read_bytes()
    except OSError as problem:
        is_folder = isinstance(problem, IsADirectoryError) or (os.name == "nt" and path.is_dir())
        reason = "this is a folder" if is_folder else (problem.strerror or type(problem).__name__).lower()
        raise DeliveryError(Diagnostic("file-unreadable", f"this file cannot be read: {reason}", span)) from problem
    stamp = read_stamp(data)
    if stamp is None:
        message = "this is not a sheet as handouts wrote it"
        hint = "name the file that 'handouts make' wrote; other programs change a file when they save it"
        raise explain_sheet(path, data, message, hint)
    return stamp


def _find_content(stamp: Stamp, clinic_file: str | None) -> Verdict:
    """Return whether the content is installed, the clinic's own included where a profile is found."""
    from handouts.commands.options import open_clinic  # noqa: PLC0415
    from handouts.content.library import load_library  # noqa: PLC0415
    from handouts.diagnostics import PatientError  # noqa: PLC0415
    from handouts.resources import find_bundled_folder  # noqa: PLC0415

    try:
        overlay = open_clinic(clinic_file).content
    except PatientError:
        if clinic_file is not None:
            raise
        overlay = None
    version = load_library(find_bundled_folder("sections"), overlay).content_version
    return Verdict(version == stamp.content_version, version, "not compared")


def _compare(
    stamp: Stamp, path: Path, patient: str | None, settings: tuple[str, ...], clinic_file: str | None
) -> Verdict:
    """Return what making the sheet again gives, in whatever handout, edition and paper it was made."""
    from handouts.commands.options import open_pipeline  # noqa: PLC0415
    from handouts.commands.records import open_record  # noqa: PLC0415
    from handouts.diagnostics import ContentError, PatientError  # noqa: PLC0415
    from handouts.pipeline import Choices  # noqa: PLC0415

    pipeline = open_pipeline(clinic_file)
    version = pipeline.library.content_version
    installed = version == stamp.content_version
    record, place, _ = open_record(pipeline.library, patient, settings, date.today(), stamp.date)
    for handout in pipeline.library.handouts:
        for edition in EDITIONS:
            choices = Choices(stamp.date, "option", stamp.language or None, edition)
            try:
                plan = pipeline.plan(handout, record, choices, place)
            except (PatientError, ContentError):
                break
            if plan.digest[: len(stamp.digest)] != stamp.digest:
                continue
            data = path.read_bytes()
            same = any(_make(pipeline, plan, paper) == data for paper in PAPERS)
            return Verdict(installed, version, "same bytes" if same else "same plan", handout)
    return Verdict(installed, version, "another sheet")


def _make(pipeline: Pipeline, plan: Plan, paper: str) -> bytes | None:
    """Return the file of a plan, or None where this release cannot set it on this paper."""
    from handouts.diagnostics import LayoutError  # noqa: PLC0415

    try:
        return pipeline.paint(plan, pipeline.lay_out(plan, paper))
    except LayoutError:
        return None


def _describe(stamp: Stamp, verdict: Verdict) -> str:
    lines = [
        f"sheet {stamp.sheet_id}: {stamp.title}, {stamp.date.isoformat()}, made by {stamp.producer}",
        f"content {stamp.content_version}: installed here"
        if verdict.installed
        else f"content {stamp.content_version}: not installed here (here is {verdict.installed_version})",
    ]
    words = {
        "same bytes": f"record: the handout '{verdict.handout}' made from it is this file, byte by byte",
        "same plan": f"record: the handout '{verdict.handout}' says the same, but another release or font set it",
        "another sheet": "record: it does not give this sheet; the record, the clinic or the content is another",
    }
    if verdict.outcome in words:
        lines.append(words[verdict.outcome])
    return "\n".join(lines)
