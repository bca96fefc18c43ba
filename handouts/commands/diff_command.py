"""``handouts diff``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from handouts.commands.options import take_clinic, take_format

if TYPE_CHECKING:
    from handouts.diagnostics import HandoutError
    from handouts.pipeline import Pipeline


@click.command(
    "diff",
    epilog="Example: handouts diff examples/early-desk.yaml examples/lifter-later.yaml --clinic examples/clinic.yaml",
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--handout", default="back-spasms", show_default=True, help="Handout that is made from records.")
@take_clinic
@take_format
def command(old: str, new: str, handout: str, clinic_file: str | None, form: Literal["text", "json"]) -> None:
    """Say what changed for one person since the last visit.

    OLD and NEW are two plans (the JSON of 'handouts plan --format json'), two records, or two sheets (PDF). Of sheets
    the printed lines are compared; plans and records also say why.
    """
    from handouts.commands.changes import (  # noqa: PLC0415
        compare_sheets,
        describe_differences,
        describe_sheets,
        write_differences,
    )

    sheets = [Path(name).suffix.lower() == ".pdf" for name in (old, new)]
    if all(sheets):
        lines = compare_sheets(Path(old), Path(new))
        data: Any = [{"change": kind, "line": line} for kind, line in lines]
        words = describe_sheets(lines)
    elif any(sheets):
        raise click.UsageError("a sheet is compared with a sheet, a plan or record with a plan or record")
    else:
        from handouts.tailor.compare import compare_plans  # noqa: PLC0415

        source = PlanSource(handout, clinic_file)
        before, after = source.read(old), source.read(new)
        _warn_of_strangers(before, after)
        try:
            changes = compare_plans(before, after)
        except (KeyError, TypeError, AttributeError) as problem:
            raise _make_torn_error(old, new) from problem
        data, words = write_differences(changes), describe_differences(changes)
    click.echo(json.dumps(data, indent=2, ensure_ascii=False) if form == "json" else words, nl=form == "json")


class PlanSource:
    """Gives the data of plans, from their JSON or made from records; the content is read once, when it is needed."""

    def __init__(self, handout: str, clinic_file: str | None) -> None:
        self.handout = handout
        self.clinic_file = clinic_file
        self.pipeline: Pipeline | None = None

    def read(self, name: str) -> dict[str, Any]:
        """Return the data of a plan; PatientError with everything that is wrong with its file."""
        return _read_json(Path(name)) if Path(name).suffix.lower() == ".json" else self._make(name)

    def _make(self, name: str) -> dict[str, Any]:
        from handouts.commands.options import open_pipeline, prepare  # noqa: PLC0415
        from handouts.tailor.plan_json import write_plan_data  # noqa: PLC0415

        if self.pipeline is None:
            self.pipeline = open_pipeline(self.clinic_file)
        record, choices, place = prepare(self.pipeline, self.handout, name, (), None, (None, None, None))
        return write_plan_data(self.pipeline.plan(self.handout, record, choices, place))


def _read_json(path: Path) -> dict[str, Any]:
    from handouts.diagnostics import Collector, Diagnostic, PatientError, Span  # noqa: PLC0415
    from handouts.source.text import read_text  # noqa: PLC0415
    from handouts.tailor.plan_json import check_plan_data  # noqa: PLC0415

    collector = Collector()
    text = read_text(path, str(path), collector)
    collector.raise_errors(PatientError)
    try:
        data = json.loads(text or "")
    except (json.JSONDecodeError, RecursionError) as problem:
        line, column = getattr(problem, "lineno", 0), getattr(problem, "colno", 0)
        raise PatientError(Diagnostic("json", "this is not JSON", Span(str(path), line, column))) from problem
    return check_plan_data(data, Span(str(path)))


def _make_torn_error(old: str, new: str) -> HandoutError:
    from handouts.diagnostics import Diagnostic, PatientError, Span  # noqa: PLC0415

    message = "one of the two plans is not whole"
    hint = "write them anew with 'handouts plan --format json'"
    return PatientError(Diagnostic("no-plan", message, Span(f"{old}, {new}"), hint=hint))


def _warn_of_strangers(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Say so when the two plans are not of one person, without a name."""
    from handouts.commands.report import say  # noqa: PLC0415

    people = [plan.get("person") for plan in (before, after)]
    names = [(person.get("name"), person.get("reference")) if isinstance(person, dict) else None for person in people]
    if names[0] != names[1]:
        say("these are not of one person: name or reference differ")
