"""``handouts new``."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

KINDS = ("clinic", "patient", "table", "section", "exercise", "figure", "handout")
FOLDERS = {"section": "topics", "exercise": "exercises", "figure": "figures", "handout": "handouts"}
"""Folder of a library that holds a kind of item."""


@click.command("new", epilog="Example: handouts new patient maria.yaml")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", metavar="FILE")
def command(kind: str, file: str) -> None:
    """Write a complete sample to start from, and say what to do next. Nothing is ever overwritten."""
    from handouts.commands.report import say  # noqa: PLC0415
    from handouts.content.sample_files import read_move_sample, read_sample  # noqa: PLC0415

    path = _name_file(kind, Path(file))
    illustrated = kind == "exercise" and path.parent.name == FOLDERS[kind]
    try:
        text = read_move_sample(path.stem) if illustrated else read_sample(kind, path.stem)
    except ValueError as problem:
        raise click.UsageError(f"'{path.stem}' cannot be the id: {problem}") from problem
    _write_new(path, text)
    remarks = [f"{path}: written"]
    if illustrated:
        try:
            remarks += _write_verdicts(path)
            remarks += _write_figure(path.parent.parent / FOLDERS["figure"] / path.name)
        except BaseException:
            with contextlib.suppress(OSError):
                path.unlink()
            raise
    for remark in remarks:
        say(remark)
    for step in _list_steps(kind, path):
        say(step)


def _name_file(kind: str, path: Path) -> Path:
    """Return the path with the ending of its kind; UsageError for another ending or no name."""
    ending = ".csv" if kind == "table" else ".yaml"
    if path.name in {"", "-", ".."}:
        raise click.UsageError(f"name the file, such as my-{kind}{ending}")
    if not path.suffix:
        return path.with_name(path.name + ending)
    if path.suffix.lower() not in ({".csv"} if kind == "table" else {".yaml", ".yml"}):
        raise click.UsageError(f"a {kind} is a {ending} file, such as {path.stem}{ending}")
    if kind in FOLDERS and path.suffix != ".yaml":
        raise click.UsageError(f"a {kind} ends in .yaml, such as {path.stem}.yaml")
    return path


def _write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, with the folders above it; DeliveryError says why not."""
    from handouts.diagnostics import DeliveryError, Diagnostic, Span  # noqa: PLC0415

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_exclusively(path, text)
    except FileExistsError as problem:
        hint = "take another name; nothing is overwritten"
        found = Diagnostic("file-exists", "there is such a file already", Span(str(path)), hint=hint)
        raise DeliveryError(found) from problem
    except OSError as problem:
        reason = (problem.strerror or type(problem).__name__).lower()
        raise DeliveryError(
            Diagnostic("not-written", f"the file was not written: {reason}", Span(str(path)))
        ) from problem


def _write_exclusively(path: Path, text: str) -> None:
    """Write a new file, or none: one that was begun, such as on a full disk, is taken away again. OSError says why."""
    file = path.open("x", encoding="utf-8", newline="\n")
    try:
        with file:
            file.write(text)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _write_verdicts(path: Path) -> list[str]:
    """Give a new move its row of the moves table: "ask first" in every column, until somebody has decided.

    Return what there is to say of it.
    """
    from handouts.content.library import load_library  # noqa: PLC0415
    from handouts.content.verdict_rows import add_row, write_row, write_table  # noqa: PLC0415
    from handouts.resources import find_bundled_folder  # noqa: PLC0415

    columns = [(column.id, column.title) for column in load_library(find_bundled_folder("sections")).moves.columns]
    rules = path.parent.parent / "rules" / "moves.yaml"
    meaning = "who may do the move: ask first, until you decide"
    if not rules.exists():
        _write_new(rules, write_table(path.stem, columns))
        return [f"{rules}: written; it says {meaning}"]
    before = _read_rules(rules)
    after = add_row(before, path.stem, columns)
    if after is None:
        return [f"add to {rules}, under 'moves:', who may do it:\n\n{write_row(path.stem, columns)}"]
    if after == before:
        return []
    _replace_rules(rules, after)
    return [f"{rules}: the row '{path.stem}' added; it says {meaning}"]


def _read_rules(path: Path) -> str:
    """Return the text of a file with its mark and line ends as they are; nothing when it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, ValueError):
        return ""


def _replace_rules(path: Path, text: str) -> None:
    """Write a file anew, with the rights that it had."""
    from handouts.delivery.files import write_whole  # noqa: PLC0415

    path = path.resolve()
    mode = path.stat().st_mode
    write_whole(path, text.encode("utf-8"))
    path.chmod(mode & 0o777)


def _write_figure(path: Path) -> list[str]:
    """Give a new move an illustration to start from, unless there is one of its name; return what there is to say."""
    from handouts.content.sample_files import read_sample  # noqa: PLC0415

    if path.exists():
        return []
    _write_new(path, read_sample("figure", path.stem))
    return [f"{path}: written; its illustration, to be changed with the move"]


def _list_steps(kind: str, path: Path) -> list[str]:
    """Return the next commands to run."""
    match kind:
        case "patient":
            return [f"next: handouts check {path}", f"then: handouts make back-spasms -p {path} -o sheet.pdf"]
        case "table":
            return [f"next: handouts check {path}", f"then: handouts batch back-spasms {path} -o sheets"]
        case "handout":
            return [f"next: handouts check {path}", f"then: handouts preview {path.stem} --clinic clinic.yaml"]
        case "figure":
            return [
                f"next: handouts check {path}",
                f"then: handouts figure {path.stem} --clinic clinic.yaml -o {path.stem}.png",
            ]
        case _:
            return [f"next: handouts check {path}"]
