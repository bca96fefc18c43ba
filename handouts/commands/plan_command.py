"""``handouts plan``."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Literal

import click

from handouts.commands.options import take_format, take_sheet_options


@click.command(
    "plan", epilog="Example: handouts plan back-spasms -p examples/pregnant.yaml --clinic examples/clinic.yaml"
)
@click.argument("handout")
@take_sheet_options
@take_format
@click.option("--sources", is_flag=True, help="Show as well which statement rests on which source.")
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
    from handouts.tailor.plan_json import write_plan_data  # noqa: PLC0415
    from handouts.tailor.plan_text import describe_plan  # noqa: PLC0415

    pipeline = open_pipeline(clinic_file)
    record, choices, place = prepare(pipeline, handout, patient, settings, day, (language, edition, paper))
    plan = pipeline.plan(handout, record, choices, place)
    if form == "json":
        click.echo(json.dumps(write_plan_data(plan), indent=2, ensure_ascii=False))
        return
    click.echo(describe_plan(plan), nl=False)
    if sources:
        from handouts.tailor.provenance import describe_provenance  # noqa: PLC0415

        click.echo(describe_provenance(plan), nl=False)
