"""Which printed statement rests on what: the sources and the strength of each, in the order of the sheet."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from handouts.dataclass import dataclass
from handouts.tailor.plan import ExerciseCard, Pair, Plan, SleepCard, Statement, TableRow

WIDTH = 100


@dataclass(frozen=True, slots=True)
class Ground:
    """A statement, or a row, pair or card as a whole, with what it rests on; ``mark`` is empty where it has none."""

    id: str
    text: str
    mark: str
    sources: tuple[str, ...]


def list_grounds(value: Any) -> Iterator[Ground]:
    """Go through everything in a piece of a plan that names sources, in printing order."""
    if isinstance(value, Statement):
        yield Ground(value.id, value.text, value.mark, value.sources)
        return
    if isinstance(value, tuple):
        for entry in value:
            yield from list_grounds(entry)
        return
    if not is_dataclass(value):
        return
    if isinstance(value, ExerciseCard):
        yield Ground(value.id, f"{value.title} (the card)", value.mark, value.sources)
    elif isinstance(value, SleepCard):
        yield Ground(value.id, f"{value.title} (the card)", "", value.sources)
    elif isinstance(value, TableRow):
        yield Ground(value.id, " / ".join(value.cells), "", value.sources)
    elif isinstance(value, Pair):
        yield Ground(value.id, f"{value.easier} / {value.harder}", "", value.sources)
    for item in fields(value):
        yield from list_grounds(getattr(value, item.name))


def describe_provenance(plan: Plan) -> str:
    """Return one entry a statement, with its mark and the keys of its sources, and what the keys stand for."""
    groups: list[tuple[str, Any]] = [("Main message", plan.message), ("Red-flag box", plan.red_flags)]
    for part in plan.parts:
        inside: Any = (part.lead, part.blocks)
        if part.kind == "exercises":
            inside = (part.lead, plan.exercises)
        elif part.kind == "sleep":
            inside = (part.lead, plan.sleep)
        groups.append((part.title or part.id, inside))
    lines = ["", "Which statement rests on what:"]
    for title, inside in groups:
        grounds = tuple(list_grounds(inside))
        if grounds:
            lines += ["", f"{title}:"]
        for ground in grounds:
            lines += _wrap_ground(ground)
    lines += ["", "Sources:"]
    for source in plan.sources:
        lines += _wrap_line(f"  {source.key}: {source.text}", "    ")
    return "\n".join(lines) + "\n"


def _wrap_ground(ground: Ground) -> list[str]:
    rests = ", ".join(ground.sources) or "no source named"
    mark = f"{ground.mark}: " if ground.mark else ""
    return _wrap_line(f"  - {ground.id} [{mark}{rests}] {ground.text.replace('**', '')}", "    ")


def _wrap_line(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
