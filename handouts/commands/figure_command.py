"""``handouts figure``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.options import EDITIONS

if TYPE_CHECKING:
    from handouts.figure.library import Figures

FORMS = (".svg", ".pdf", ".png")


@click.command("figure", epilog="Example: handouts figure single-knee-to-chest --side left -o knee.svg")
@click.argument("figure")
@click.option(
    "--side", type=click.Choice(["left", "right"]), default="left", show_default=True, help="Side that moves."
)
@click.option("--person", default="default", help="Who is drawn.")
@click.option("--edition", type=click.Choice(EDITIONS), default="standard", show_default=True, help="Colours.")
@click.option("--clinic", "clinic_file", metavar="FILE", help="Look in a clinic's own content as well.")
@click.option("-o", "--output", default="-", metavar="FILE", help="FILE.svg, .pdf or .png; SVG to standard output.")
def command(figure: str, side: str, person: str, edition: str, clinic_file: str | None, output: str) -> None:
    """Draw one illustration, all frames side by side, as SVG, PDF or PNG."""
    from handouts.commands.drawing import check_figure_id, open_figures  # noqa: PLC0415
    from handouts.commands.options import open_clinic  # noqa: PLC0415
    from handouts.commands.report import say  # noqa: PLC0415
    from handouts.commands.streams import write_product  # noqa: PLC0415
    from handouts.delivery.files import write_whole  # noqa: PLC0415

    form = ".svg" if output == "-" else Path(output).suffix.lower()
    if form not in FORMS:
        raise click.BadParameter(f"the file's name must end in {', '.join(FORMS)}", param_hint="-o")
    figures = open_figures(open_clinic(clinic_file) if clinic_file else None)
    check_figure_id(figures, figure)
    if person != "default" and person not in figures.people():
        raise click.BadParameter(f"one of {', '.join(figures.people())}", param_hint="--person")
    side = side if figures.has_sides(figure) else "both"
    data = _draw(figures, figure, side, person, edition, form)
    if output == "-":
        write_product(data)
        return
    write_whole(Path(output), data)
    say(f"{output}: {figure}, {len(figures.frames(figure, side, person))} frames")


def _draw(figures: Figures, figure: str, side: str, person: str, edition: str, form: str) -> bytes:
    """Return the file of an illustration."""
    if form == ".pdf":
        from handouts.commands.drawing import DAY, open_setting, paint_pages  # noqa: PLC0415
        from handouts.layout.contact import lay_out_figure  # noqa: PLC0415

        setting, fonts = open_setting(figures, edition, "a4")
        return paint_pages(lay_out_figure(setting, figure, side, person, figure), figure, fonts, DAY)
    from handouts.figure.strip import join_drawings  # noqa: PLC0415

    frames = figures.frames(figure, side, person)
    if any(frame.image is not None for frame in frames):
        message = "the clinic's picture of this figure is a PNG, which is shown in a file that ends in .pdf"
        raise click.BadParameter(message, param_hint="-o")
    drawing = join_drawings(frames)
    palette = figures.palette(person, edition)
    if form == ".png":
        from handouts.figure.raster import write_png  # noqa: PLC0415

        return write_png(drawing, palette)
    from handouts.figure.svg import write_svg  # noqa: PLC0415

    return write_svg(drawing, palette).encode("utf-8")
