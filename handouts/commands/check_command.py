"""``handouts check``."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Literal

import click


@click.command("check", epilog="Example: handouts check sections examples/clinic.yaml examples/early-desk.yaml")
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@click.option("--strict", is_flag=True, help="Warnings fail as well.")
@click.option("--format", "form", type=click.Choice(["full", "short", "json"]), default="full", show_default=True)
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], strict: bool, form: Literal["full", "short", "json"]) -> None:
    """Find every problem in content, clinic profiles, patient records and tables, each with its place.

    Without a path: the bundled content, and the clinic's profile and content where one is found.
    """
    from handouts.commands.findings import show_findings, write_findings  # noqa: PLC0415
    from handouts.commands.options import find_user_folder  # noqa: PLC0415
    from handouts.commands.recognition import recognise_path  # noqa: PLC0415
    from handouts.commands.report import say  # noqa: PLC0415
    from handouts.commands.targets import Checker, count_findings  # noqa: PLC0415
    from handouts.diagnostics import Collector  # noqa: PLC0415
    from handouts.patient.clinic import find_clinic, read_clinic  # noqa: PLC0415
    from handouts.resources import find_bundled_folder  # noqa: PLC0415

    checker = Checker(date.today())
    profile = find_clinic(None, os.environ, Path.cwd(), find_user_folder())
    clinic = read_clinic(profile, Collector()) if profile is not None else None
    checker.overlay = clinic.content if clinic is not None else None
    targets = [target for path in paths for target in recognise_path(Path(path), checker.collector)]
    checked = [str(target.path) for target in targets]
    for target in targets:
        checker.check_target(target)
    if not paths:
        checked = ["sections"]
        if profile is None:
            checker.check_library(find_bundled_folder("sections"), None)
            say("no clinic profile was found: only the bundled content is checked")
        else:
            checked.append(str(profile))
            if checker.check_clinic(profile) is None:
                checker.check_library(find_bundled_folder("sections"), None)
    found = tuple(dict.fromkeys(checker.collector))
    errors, warnings = count_findings(found)
    if form == "json":
        click.echo(write_findings(found, checked))
    else:
        show_findings(found, frozenset(checker.private), short=form == "short")
    say(f"{_count(errors, 'error')}, {_count(warnings, 'warning')} in {', '.join(checked) or 'nothing'}")
    ctx.exit(1 if errors or (strict and warnings) else 0)


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"
