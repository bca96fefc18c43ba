"""``handouts preview``."""

from __future__ import annotations

import traceback
import webbrowser
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.options import take_sheet_options
from handouts.dataclass import dataclass

if TYPE_CHECKING:
    from handouts.delivery.preview import Build


@click.command(
    "preview", epilog="Example: handouts preview back-spasms -p examples/early-desk.yaml --clinic examples/clinic.yaml"
)
@click.argument("handout")
@take_sheet_options
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Default: a free one.")
@click.option("--no-open", is_flag=True, help="Open no browser; the address is shown.")
def command(
    handout: str,
    patient: str | None,
    settings: tuple[str, ...],
    clinic_file: str | None,
    language: str | None,
    edition: str | None,
    paper: str | None,
    day: datetime | None,
    port: int,
    no_open: bool,
) -> None:
    """Show a handout in the browser, and build it again whenever a file is saved.

    Problems are shown above the pages with file, line and column. Nothing leaves this machine. Ctrl+C ends it.
    """
    from handouts.delivery.preview import Preview  # noqa: PLC0415
    from handouts.diagnostics import DeliveryError, Diagnostic, Span  # noqa: PLC0415

    if patient == "-":
        raise click.UsageError("a preview reads the record again and again: give it a file")
    order = Order(handout, patient, settings, clinic_file, day, (language, edition, paper))
    try:
        preview = Preview(f"handouts preview: {handout}", order.build, order.list_files, port)
    except OSError as problem:
        reason = (problem.strerror or type(problem).__name__).lower()
        hint = "take another with --port, or leave it out"
        raise DeliveryError(
            Diagnostic("port", f"the port cannot be used: {reason}", Span("--port"), hint=hint)
        ) from problem
    click.echo(f"preview: {preview.address} (Ctrl+C ends it)", err=True)
    if not no_open:
        webbrowser.open(preview.address)
    try:
        preview.run()
    except KeyboardInterrupt:
        click.echo("preview: ended", err=True)


@dataclass(frozen=True, slots=True)
class Order:
    """What to build, and from which files."""

    handout: str
    patient: str | None
    settings: tuple[str, ...]
    clinic_file: str | None
    day: datetime | None
    look: tuple[str | None, str | None, str | None]

    def build(self) -> Build:
        """Return the sheet with its pages as pictures, or the problems that stand in its way."""
        from handouts.delivery.preview import Build  # noqa: PLC0415
        from handouts.diagnostics import HandoutError  # noqa: PLC0415

        try:
            return self._make()
        except HandoutError as problem:
            lines = tuple(item.format_line() for item in problem.diagnostics)
            return Build("not built: see above the pages", problems=lines)
        except Exception as problem:
            traceback.print_exc()
            line = f"a fault of the program, not of your files ({type(problem).__name__}); the terminal shows more"
            return Build("not built", problems=(line,))

    def _make(self) -> Build:
        from handouts.commands.options import open_clinic, prepare  # noqa: PLC0415
        from handouts.delivery.pictures import picture_pages  # noqa: PLC0415
        from handouts.delivery.preview import Build  # noqa: PLC0415
        from handouts.figure.library import Figures  # noqa: PLC0415
        from handouts.pipeline import open_pipeline  # noqa: PLC0415

        clinic = open_clinic(self.clinic_file)
        pipeline = open_pipeline(clinic)
        pipeline.figures = Figures(_list_folders(clinic.content))
        record, choices, place = prepare(pipeline, self.handout, self.patient, self.settings, self.day, self.look)
        made = pipeline.make(self.handout, record, choices, place)
        pictures = picture_pages(made.data)
        pages = len(made.sheet.pages)
        left_out = f"; left out for want of room: {', '.join(made.sheet.left_out)}" if made.sheet.left_out else ""
        note = f"{pages} page{'' if pages == 1 else 's'}, sheet {made.plan.sheet_id}{left_out}"
        return Build(note, made.data, None if pictures is None else tuple(pictures))

    def list_files(self) -> Iterator[Path]:
        """Go through all files that the sheet is made of, those that are missing as well."""
        from handouts.commands.options import find_profile  # noqa: PLC0415
        from handouts.diagnostics import Collector, PatientError  # noqa: PLC0415
        from handouts.patient.clinic import read_clinic  # noqa: PLC0415
        from handouts.resources import list_figure_files  # noqa: PLC0415
        from handouts.typeset.added import list_added_files  # noqa: PLC0415

        if self.patient is not None:
            yield Path(self.patient)
        content = None
        try:
            profile = find_profile(self.clinic_file)
        except PatientError:
            profile = None
        if profile is not None:
            yield profile
            clinic = read_clinic(profile, Collector())
            if clinic is not None:
                content = clinic.content
                if clinic.logo is not None:
                    yield clinic.logo
                if clinic.fonts is not None:
                    yield from list_added_files(clinic.fonts)
        for folder in _list_folders(content):
            yield from sorted({*folder.rglob("*.yaml"), *list_figure_files(folder, "figures")})


def _list_folders(content: Path | None) -> list[Path]:
    from handouts.resources import find_bundled_folder  # noqa: PLC0415

    folder = find_bundled_folder("sections")
    return [folder] if content is None else [folder, content]
