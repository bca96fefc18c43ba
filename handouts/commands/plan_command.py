"""``handouts plan``."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import click

from handouts.commands.options import take_sheet_options


@click.command(
    "plan", epilog="Example: handouts plan back-spasms -p examples/pregnant.yaml --clinic examples/clinic.yaml"
)
@click.argument("handout")
@take_sheet_options
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--sources", is_flag=True, help="Show which statement rests on which source.")
def command(
    handout: str,
    patient: str | None,
    settings: tuple[str, ...],
    clinic_file: str | None,
    language: str | None,
    edition: str | None,
    paper: str | None,
    day: datetime | None,
    form: Literal["text", "json"],
    sources: bool,
) -> None:
    """Show what goes into a handout, with doses and minutes a day, and what was left out and why."""
    from handouts.commands.options import choose, open_pipeline, read_record  # noqa: PLC0415
    from handouts.tailor.description import describe_plan  # noqa: PLC0415
    from handouts.tailor.record_json import write_plan  # noqa: PLC0415

    pipeline = open_pipeline(clinic_file)
    record, places = read_record(pipeline, patient, settings)
    plan = pipeline.plan(handout, record, choose(record, day, language, edition, paper), places)
    click.echo(write_plan(plan) if form == "json" else describe_plan(plan, sources=sources))
