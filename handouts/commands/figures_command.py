"""``handouts figures``."""

from __future__ import annotations

from pathlib import Path

import click

from handouts.commands.options import EDITIONS, PAPERS


@click.command("figures", epilog="Example: handouts figures -o contact.pdf")
@click.option("-o", "--output", required=True, metavar="FILE.pdf", help="Where the PDF goes.")
@click.option("--person", default="default", help="Who is drawn.")
@click.option("--edition", type=click.Choice(EDITIONS), default="standard", show_default=True, help="Colours.")
@click.option("--paper", type=click.Choice(PAPERS), default="a4", show_default=True, help="Paper size.")
@click.option("--clinic", "clinic_file", metavar="FILE", help="Show a clinic's own figures as well.")
def command(output: str, person: str, edition: str, paper: str, clinic_file: str | None) -> None:
    """Print the contact sheet: every illustration with its name and frames, the left side moving, then the right."""
    from handouts.commands.drawing import DAY, open_figures, open_setting, paint_pages  # noqa: PLC0415
    from handouts.commands.options import open_clinic  # noqa: PLC0415
    from handouts.commands.report import say  # noqa: PLC0415
    from handouts.delivery.files import write_whole  # noqa: PLC0415
    from handouts.layout.contact import lay_out_contact  # noqa: PLC0415
    from handouts.layout.sheet import PAPERS as SIZES  # noqa: PLC0415

    figures = open_figures(open_clinic(clinic_file) if clinic_file else None)
    if person != "default" and person not in figures.people():
        raise click.BadParameter(f"one of {', '.join(figures.people())}", param_hint="--person")
    setting, fonts = open_setting(figures, edition, paper)
    pages = lay_out_contact(setting, figures.ids(), person, setting.word("contact-title"), SIZES[paper])
    write_whole(Path(output), paint_pages(pages, setting.word("contact-title"), fonts, DAY))
    say(f"{output}: {len(figures.ids())} figures, {len(pages)} pages")
