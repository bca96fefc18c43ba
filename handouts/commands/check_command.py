"""``handouts check``."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

if TYPE_CHECKING:
    from handouts.commands.targets import Checker
    from handouts.patient.models import Clinic

Form = Literal["full", "short", "json"]


@click.command("check", epilog="Example: handouts check sections examples/clinic.yaml examples/early-desk.yaml")
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@click.option("--strict", is_flag=True, help="Warnings fail as well.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["full", "short", "json"]),
    default="full",
    show_default=True,
    help="Full shows the faulty line.",
)
@click.option("--explain", "rule", metavar="ID", help="Say what a rule asks, why, and how to mend a breach of it.")
@click.option("--scores", is_flag=True, help="Score each handout by PEMAT and the CDC index; show reading grades.")
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[str, ...], strict: bool, form: Form, rule: str | None, scores: bool
) -> None:
    """Find every problem in content, clinic profiles, patient records and tables, each with its place.

    Without a path: the bundled content, and the clinic's profile and content where one is found.
    """
    if rule is not None:
        click.echo(_explain_rule(rule))
        return
    if scores:
        from handouts.commands.scoring import write_scores  # noqa: PLC0415

        click.echo(write_scores(_find_clinic(), form == "json", date.today()), nl=False)
        return
    from handouts.commands.findings import show_findings, write_findings  # noqa: PLC0415
    from handouts.commands.report import say  # noqa: PLC0415
    from handouts.commands.targets import Checker, count_findings  # noqa: PLC0415

    checker = Checker(date.today())
    checked = _check_paths(checker, paths) if paths else _check_all(checker)
    found = tuple(dict.fromkeys(checker.collector))
    errors, warnings = count_findings(found)
    if form == "json":
        click.echo(write_findings(found, checked))
    else:
        show_findings(found, frozenset(checker.private), short=form == "short")
    say(f"{_count(errors, 'error')}, {_count(warnings, 'warning')} in {', '.join(checked)}")
    ctx.exit(1 if errors or (strict and warnings) else 0)


def _check_paths(checker: Checker, paths: tuple[str, ...]) -> list[str]:
    """Check what was named, against the content of the clinic that is found; return the names."""
    from handouts.commands.recognition import recognise_path  # noqa: PLC0415

    clinic = _find_clinic()
    if clinic is not None:
        checker.overlay, checker.added = clinic.content, clinic.fonts
    for path in paths:
        targets = recognise_path(Path(path), checker.collector)
        if not targets:
            checker.private.add(path)  # it may be a record
        for target in targets:
            checker.check_target(target)
    return list(paths)


def _check_all(checker: Checker) -> list[str]:
    """Check the bundled content and, where one is found, the clinic's profile and content; return their names."""
    from handouts.commands.report import say  # noqa: PLC0415
    from handouts.content.files import name_file  # noqa: PLC0415
    from handouts.resources import find_bundled_folder  # noqa: PLC0415

    folder = find_bundled_folder("sections")
    checker.check_library(folder, None)
    profile = _find_profile()
    if profile is None:
        say("no clinic profile was found: only the bundled content is checked")
        checker.warn_unsigned(folder)
        return [name_file(folder)]
    checker.check_clinic(profile)
    return [name_file(folder), str(profile)]


def _find_profile() -> Path | None:
    from handouts.content.files import name_file  # noqa: PLC0415
    from handouts.patient.clinic import find_clinic  # noqa: PLC0415

    found = find_clinic(None, os.environ, Path.cwd())
    return None if found is None else Path(name_file(found))


def _find_clinic() -> Clinic | None:
    """Return the clinic that is found, or None; what is wrong with its profile is said where the profile is checked."""
    from handouts.diagnostics import Collector  # noqa: PLC0415
    from handouts.patient.clinic import read_clinic  # noqa: PLC0415

    profile = _find_profile()
    return read_clinic(profile, Collector()) if profile is not None else None


def _explain_rule(rule: str) -> str:
    """Return the explanation of a rule; UsageError for a rule that has none."""
    from handouts.content.gate.registry import read_explanations  # noqa: PLC0415
    from handouts.diagnostics import find_near_names  # noqa: PLC0415

    known = read_explanations()
    if rule not in known:
        near = find_near_names(rule, known)
        advice = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(known)}"
        raise click.UsageError(f"there is no explanation of '{rule}'; {advice}")
    entry = known[rule]
    weight = f" ({entry.weight})" if entry.weight else ""
    return f"{rule}{weight}\n\n{entry.asks}\n\nWhy: {entry.why}\n\nTo mend it: {entry.mend}"


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"
