"""``handouts make``."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from handouts.commands.options import take_sheet_options


@click.command(
    "make",
    epilog="Example: handouts make back-spasms -p examples/early-desk.yaml --clinic examples/clinic.yaml -o sheet.pdf",
)
@click.argument("handout")
@take_sheet_options
@click.option("-o", "--output", required=True, metavar="FILE|-", help="Where the PDF goes; - for standard output.")
def command(
    handout: str,
    patient: str | None,
    settings: tuple[str, ...],
    clinic_file: str | None,
    language: str | None,
    edition: str | None,
    paper: str | None,
    day: datetime | None,
    output: str,
) -> None:
    """Make one PDF: for one patient with -p, else a generic one with lines to write on."""
    from handouts.commands.options import open_pipeline, prepare  # noqa: PLC0415
    from handouts.commands.report import say  # noqa: PLC0415
    from handouts.delivery.files import write_whole  # noqa: PLC0415

    pipeline = open_pipeline(clinic_file)
    record, choices, place = prepare(pipeline, patient, settings, day, (language, edition, paper))
    made = pipeline.make(handout, record, choices, place)
    if output == "-":
        sys.stdout.buffer.write(made.data)
    else:
        write_whole(Path(output), made.data)
    plan = made.plan
    pages = len(made.sheet.pages)
    say(
        f"{output}: {pages} page{'' if pages == 1 else 's'}, sheet {plan.sheet_id}, "
        f"dated {plan.date.isoformat()} ({NAMES[plan.date_from]})"
    )
    if made.sheet.left_out:
        say(f"left out for want of room: {', '.join(made.sheet.left_out)}")


NAMES = {"option": "from --date", "record": "from seen_on", "today": "today"}
