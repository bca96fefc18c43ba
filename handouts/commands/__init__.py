"""The command line: one module a command, loaded when it is named. Errors are reported here and only here."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from handouts import __version__
from handouts.commands.streams import guard_streams
from handouts.diagnostics import Diagnostic, HandoutError, Span

# Looking for plug-ins of pydantic in all installed packages takes longer than reading the library; none is used.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

COMMANDS = {
    "make": "One PDF for one patient, or a generic one.",
    "plan": "What goes into a handout, and what was left out and why.",
    "batch": "One PDF for each row of a table, with a receipt; and a file for the printer.",
    "diff": "What changed for one person since the last visit.",
    "list": "What there is: handouts, sections, exercises, conditions and more.",
    "check": "Find every problem in content, clinic and patient files.",
    "figure": "One illustration as SVG, PDF or PNG.",
    "figures": "The contact sheet: every illustration on paper.",
    "preview": "A handout in the browser, built again on every save.",
    "verify": "Read a sheet back: is its content installed, does the record give it again?",
    "new": "A complete sample to start from.",
    "review": "Sign the content off for your clinic.",
    "schema": "The JSON Schema of a kind of file, for editors.",
}
"""Names and short helps, so that ``--help`` loads no command."""


def _stop() -> NoReturn:
    from handouts.interrupts import INTERRUPTED  # noqa: PLC0415

    click.echo("stopped", err=True)
    sys.exit(INTERRUPTED)


def _end(diagnostics: Iterable[Diagnostic]) -> NoReturn:
    from handouts.commands.report import show_diagnostics  # noqa: PLC0415

    show_diagnostics(diagnostics)
    sys.exit(1)


def _be_quiet(ctx: click.Context, _option: click.Parameter, value: bool) -> None:
    if value:
        ctx.find_root().obj["quiet"] = True


QUIET = click.Option(
    ["-q", "--quiet"], is_flag=True, expose_value=False, callback=_be_quiet, help="Say nothing but errors."
)
"""The option of all commands, so that it may stand behind their names as well."""


class LateGroup(click.Group):
    """A group that imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported now; None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        found = getattr(import_module(f"handouts.commands.{cmd_name}_command"), "command", None)
        if not isinstance(found, click.Command):
            return None
        if QUIET not in found.params:
            found.params.append(QUIET)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def main(self, *details: Any, **more: Any) -> Any:
        """Do what a command line says; a problem that a person can mend ends in its lines on stderr and status 1."""
        with guard_streams():
            try:
                return super().main(*details, **more)
            except HandoutError as problem:
                _end(problem.diagnostics)
            except OSError as problem:
                if problem.filename is None:
                    raise
                reason = (problem.strerror or type(problem).__name__).lower()
                message = f"this cannot be read or written: {reason}"
                _end([Diagnostic("file-unreadable", message, Span(str(problem.filename)))])

    def make_context(self, *details: Any, **more: Any) -> click.Context:
        """Return the context of a command line; Ctrl-C while it is read ends as later on."""
        try:
            return super().make_context(*details, **more)
        except KeyboardInterrupt:
            _stop()

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; Ctrl-C breaks it off."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            _stop()


@click.command(
    cls=LateGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: handouts make back-spasms -p examples/early-desk.yaml --clinic examples/clinic.yaml -o sheet.pdf",
)
@click.version_option(__version__, prog_name="handouts")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.pass_context
def main(ctx: click.Context, quiet: bool) -> None:
    """Printed handouts for people with back spasms, tailored to each person and safe to hand over."""
    # A command makes many objects that live to its end: looking for garbage among them is a tenth of a sheet's time.
    # Nor is there anything to look for at the end: everything goes.
    gc.disable()
    atexit.register(gc.freeze)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        Path.cwd()
    except OSError as problem:
        raise click.UsageError("the folder that you are in is gone or closed to you; go to another one") from problem
    ctx.obj = {"quiet": quiet}
