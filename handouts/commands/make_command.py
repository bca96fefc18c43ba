"""``handouts make``."""

from __future__ import annotations

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
@click.option(
    "--encrypt-for",
    "password_file",
    metavar="PASSWORD-FILE",
    help="Write a second copy, NAME.protected.pdf, that opens with the password in this file.",
)
@click.option(
    "--strict",
    is_flag=True,
    help="Refuse what would only be said, such as a colour that must be darkened or a move for another stage.",
)
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
    password_file: str | None,
    strict: bool,
) -> None:
    """Make one PDF: for one patient with -p, else a generic one with lines to write on."""
    from handouts.commands.options import open_pipeline, prepare  # noqa: PLC0415
    from handouts.commands.report import say  # noqa: PLC0415
    from handouts.commands.streams import write_product  # noqa: PLC0415
    from handouts.delivery.files import write_whole  # noqa: PLC0415

    if password_file is not None and output == "-":
        raise click.UsageError("--encrypt-for writes a second file, so the first needs a name: -o FILE")
    password = None if password_file is None else _read_password(password_file)
    pipeline = open_pipeline(clinic_file, strict=strict)
    record, choices, place = prepare(
        pipeline, handout, patient, settings, day, (language, edition, paper), strict=strict
    )
    made = pipeline.make(handout, record, choices, place)
    copy = None if password is None else _protect(made.data, password)
    if output == "-":
        write_product(made.data)
    else:
        write_whole(Path(output), made.data)
    plan = made.plan
    pages = len(made.sheet.pages)
    say(
        f"{output}: {pages} page{'' if pages == 1 else 's'}, sheet {plan.sheet_id}, "
        f"dated {plan.date.isoformat()} ({NAMES[plan.date_from]})"
    )
    if copy is not None:
        protected = _name_copy(output)
        write_whole(protected, copy)
        say(f"{protected}: the same, opened with the password; not for the archive (no PDF/A)")
    if plan.edition == "large-print":
        say("large print takes about twice to thrice the pages of the standard edition")
    if made.sheet.left_out:
        say(f"left out for want of room: {', '.join(made.sheet.left_out)}")


def _read_password(path: str) -> str:
    from handouts.delivery.protection import read_password  # noqa: PLC0415

    return read_password(Path(path))


def _protect(data: bytes, password: str) -> bytes:
    from handouts.delivery.protection import protect_copy  # noqa: PLC0415

    return protect_copy(data, password)


def _name_copy(output: str) -> Path:
    from handouts.delivery.protection import name_copy  # noqa: PLC0415

    return name_copy(Path(output))


NAMES = {"option": "from --date", "record": "from seen_on", "today": "today"}
