"""``handouts batch``."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import click

from handouts.commands.batch_options import MOST_TAGGED, BatchOptions
from handouts.commands.options import DAY, DAY_FORM, EDITIONS, PAPERS, take_clinic, take_format


@click.command("batch", epilog="Example: handouts batch back-spasms patients.csv --clinic examples/clinic.yaml -o out")
@click.argument("handout")
@click.argument("table", metavar="TABLE|-", required=False)
@click.option("--copies", type=click.IntRange(1, 100_000), metavar="N", help="Make N generic sheets, without a table.")
@click.option("-o", "--output", "folder", required=True, metavar="DIR", help="The folder for sheets and receipt.")
@take_clinic
@click.option("--language", metavar="TAG", help="Language of the sheets, such as en.")
@click.option("--edition", type=click.Choice(EDITIONS), help="How the sheets are set.")
@click.option("--paper", type=click.Choice(PAPERS), help="Paper size.")
@click.option("--date", "day", type=DAY, metavar=DAY_FORM, help="Date of the sheets.")
@click.option("--print-run", metavar="FILE", help="One PDF of all sheets, for the printer.")
@click.option("--separators", is_flag=True, help="In the print run: a sheet with the reference before each handout.")
@click.option("--two-up", is_flag=True, help="In the print run: two pages side by side on each side of paper.")
@click.option(
    "--tagged/--untagged",
    default=None,
    help="Tags in the print run, as in the single files."
    f" [default: tagged, up to {MOST_TAGGED:,} handouts, not two-up]",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes that make sheets, this one among them.",
)
@click.option("--dask", metavar="ADDRESS", help="Make the sheets on a Dask cluster, such as tcp://host:8786.")
@click.option("--skip-bad", is_flag=True, help="Make the good rows and copy the bad ones to rejected.csv.")
@click.option(
    "--hidden-rows", type=click.Choice(["print", "skip"]),
    help="Rows that a filter or a hand has hidden in the spreadsheet. Without a choice they stop the run.",
)  # fmt: skip
@click.option("--overwrite", is_flag=True, help="Also replace files in DIR that this program did not make.")
@click.option(
    "--name-by", type=click.Choice(["reference", "name"]), default="reference", show_default=True,
    help="What files are named after. A name in a file name is seen by others.",
)  # fmt: skip
@take_format
@click.pass_context
def command(
    ctx: click.Context,
    handout: str,
    table: str | None,
    copies: int | None,
    folder: str,
    clinic_file: str | None,
    language: str | None,
    edition: str | None,
    paper: str | None,
    day: datetime | None,
    print_run: str | None,
    separators: bool,
    two_up: bool,
    tagged: bool | None,
    workers: int,
    dask: str | None,
    skip_bad: bool,
    hidden_rows: Literal["print", "skip"] | None,
    overwrite: bool,
    name_by: Literal["reference", "name"],
    form: Literal["text", "json"],
) -> None:
    """Make one PDF for each row of a table (CSV, XLSX, ODS, YAML, JSON), or N generic ones with --copies.

    Every row is checked before the first sheet is made. Broken off, the same command goes on where it stopped.
    Exit status 1 when a row was refused or failed.
    """
    if (table is None) == (copies is None):
        raise click.UsageError("name a table, or give --copies N")
    if dask and workers > 1:
        raise click.UsageError("take --workers or --dask, not both")
    if (separators or two_up or tagged is not None) and not print_run:
        raise click.UsageError("--separators, --two-up, --tagged and --untagged belong to --print-run FILE")
    if tagged and two_up:
        raise click.UsageError("take --tagged or --two-up, not both: pages that are made smaller have no tags")
    if not folder.strip():
        raise click.UsageError("-o needs a folder")
    if folder == "-":
        raise click.UsageError("-o needs a folder; standard output cannot hold one (a folder of this name is ./-)")
    if print_run is not None and print_run.strip() in {"", "-"}:
        raise click.UsageError("--print-run needs a file; standard output cannot hold one")
    from handouts.commands.batch_run import run_batch  # noqa: PLC0415

    options = BatchOptions(
        handout=handout, source=table, copies=copies, folder=folder, clinic_file=clinic_file, language=language,
        edition=edition, paper=paper, on=day.date() if day else None, print_run=print_run, separators=separators,
        two_up=two_up, tagged=tagged, workers=workers, dask=dask, skip_bad=skip_bad, name_by=name_by,
        form=form, overwrite=overwrite, hidden_rows=hidden_rows,
    )  # fmt: skip
    ctx.exit(run_batch(options))
