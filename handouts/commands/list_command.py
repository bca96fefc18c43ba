"""``handouts list``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

import click

from handouts.commands.options import take_clinic, take_format

if TYPE_CHECKING:
    from handouts.content.library import Library

KINDS = ("handouts", "sections", "exercises", "sleep", "conditions", "sources", "editions")
EDITION_WORDS = {
    "standard": "in colour, for most people",
    "large-print": "large letters and pictures, with the first tier of the warnings on page 1",
    "low-ink": "outlines and no tints, for a black-and-white printer",
}

Row = dict[str, Any]


@click.command("list", epilog="Example: handouts list conditions")
@click.argument("kind", type=click.Choice(KINDS))
@take_clinic
@take_format
def command(kind: str, clinic_file: str | None, form: Literal["text", "json"]) -> None:
    """Show what there is, one line each, the clinic's own content included where a profile is found.

    JSON holds more of each: of sources, for one, the statements that rest on them.
    """
    rows = _list_editions() if kind == "editions" else _list_rows(_open_library(clinic_file), kind)
    if form == "json":
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    width = max((len(row["id"]) for row in rows), default=0)
    for row in rows:
        click.echo(f"{row['id']:{width}}  {row['title']}".rstrip())


def _open_library(clinic_file: str | None) -> Library:
    """Return the bundled library, with the content of the clinic that was named or found laid over it."""
    from handouts.commands.options import open_clinic  # noqa: PLC0415
    from handouts.content.library import load_library  # noqa: PLC0415
    from handouts.diagnostics import PatientError  # noqa: PLC0415
    from handouts.resources import find_bundled_folder  # noqa: PLC0415

    try:
        overlay = open_clinic(clinic_file).content
    except PatientError:
        if clinic_file is not None:
            raise
        overlay = None
    return load_library(find_bundled_folder("sections"), overlay)


def _list_editions() -> list[Row]:
    from handouts.layout.theme import list_editions  # noqa: PLC0415

    return [{"id": name, "title": EDITION_WORDS.get(name, "")} for name in list_editions()]


def _list_rows(library: Library, kind: str) -> list[Row]:
    """Return everything of a kind: its id, one line on it, and what else there is to say."""
    match kind:
        case "handouts":
            return [
                {"id": item.id, "title": item.description, "pages": item.pages.most, "for": list(item.audience)}
                for item in library.handouts.values()
            ]
        case "sections":
            return [
                {"id": item.id, "title": item.title, "need": item.need, "version": item.version}
                for item in library.sections.values()
            ]
        case "exercises":
            return [
                {
                    "id": item.id,
                    "title": f"{item.title} ({_say_stage(item.stage)}, {item.position.lower()})",
                    "stage": item.stage,
                    "group": item.group,
                    "versions": [version.id for version in item.versions],
                }
                for item in library.exercises.values()
            ]
        case "sleep":
            return [{"id": item.id, "title": item.title, "kind": item.kind} for item in library.sleep.values()]
        case "conditions":
            return [
                {"id": item.id, "title": item.meaning, "printed": item.title, "clearable": item.clearable}
                for item in library.conditions.values()
            ]
        case _:
            return _list_sources(library)


def _say_stage(stage: str) -> str:
    return "from the first days" if stage == "early" else "when the worst has eased"


def _list_sources(library: Library) -> list[Row]:
    """Return the sources, each with how far it was read and the ids of the statements that rest on it."""
    from handouts.content.provenance import list_resting  # noqa: PLC0415

    grounds = list_resting(library)
    rows = []
    for source in library.sources.values():
        rests = grounds.get(source.key, [])
        year = f", {source.year}" if source.year else ""
        title = f"{source.body}{year}: {source.title} ({source.read}; {len(rests)} statements)"
        rows.append(
            {
                "id": source.key,
                "title": title,
                "body": source.body,
                "year": source.year,
                "read": source.read,
                "where": source.where,
                "statements": rests,
            }
        )
    return rows
