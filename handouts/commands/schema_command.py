"""``handouts schema``."""

from __future__ import annotations

import json

import click

KINDS = ("clinic", "patient", "section", "exercise", "handout", "plan")


@click.command("schema", epilog="Example: handouts schema patient")
@click.argument("kind", type=click.Choice(KINDS))
def command(kind: str) -> None:
    """Write the JSON Schema of a kind of file to standard output, for editors and other programs."""
    if kind == "plan":
        from handouts.tailor.plan_json import make_plan_schema  # noqa: PLC0415

        found = make_plan_schema()
    else:
        from handouts.patient.schema import schema_for  # noqa: PLC0415

        found = schema_for(kind)
    click.echo(json.dumps(found, indent=2, ensure_ascii=False))
