"""``handouts list``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

import click

if TYPE_CHECKING:
    from handouts.content.library import Library

KINDS = ("handouts", "sections", "exercises", "sleep", "conditions", "sources", "editions")


@click.command("list", epilog="Example: handouts list conditions")
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--clinic", "clinic_file", metavar="FILE", help="List a clinic's own content as well.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(kind: str, clinic_file: str | None, form: Literal["text", "json"]) -> None:
    """Show what there is, one line each."""
    from handouts.commands.options import open_clinic  # noqa: PLC0415
    from handouts.content.library import load_library  # noqa: PLC0415
    from handouts.layout.theme import list_editions  # noqa: PLC0415
    from handouts.resources import find_bundled_folder  # noqa: PLC0415

    if kind == "editions":
        rows = [(name, "") for name in list_editions()]
    else:
        overlay = open_clinic(clinic_file).content if clinic_file else None
        rows = _list_rows(load_library(find_bundled_folder("sections"), overlay), kind)
    if form == "json":
        click.echo(json.dumps([{"id": id, "title": title} for id, title in rows], indent=2, ensure_ascii=False))
        return
    width = max((len(id) for id, _ in rows), default=0)
    for id, title in rows:
        click.echo(f"{id:{width}}  {title}".rstrip())


def _list_rows(library: Library, kind: str) -> list[tuple[str, str]]:
    """Return id and one line of everything of a kind."""
    match kind:
        case "handouts":
            return [(item.id, item.description) for item in library.handouts.values()]
        case "sections":
            return [(item.id, item.title) for item in library.sections.values()]
        case "exercises":
            return [(item.id, f"{item.title} ({item.stage})") for item in library.exercises.values()]
        case "sleep":
            return [(item.id, item.title) for item in library.sleep.values()]
        case "conditions":
            return [(item.id, item.meaning) for item in library.conditions.values()]
        case _:
            return [(item.key, f"{item.title} ({item.read})") for item in library.sources.values()]
