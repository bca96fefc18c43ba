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
    from handouts.commands.options import open_pipeline, prepare  # noqa: PLC0415
    from handouts.tailor.description import describe_plan  # noqa: PLC0415
    from handouts.tailor.record_json import write_plan  # noqa: PLC0415

    pipeline = open_pipeline(clinic_file)
    record, choices, place = prepare(pipeline, patient, settings, day, (language, edition, paper))
    plan = pipeline.plan(handout, record, choices, place)
    click.echo(write_plan(plan) if form == "json" else describe_plan(plan, sources=sources))
