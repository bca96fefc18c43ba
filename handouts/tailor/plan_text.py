"""A plan as text for a clinician: what is on the sheet, and what was left out and why, in one look."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from handouts.tailor.plan import Decision, ExerciseCard, Omission, Plan

WIDTH = 100
"""Characters a line: what a terminal and a printed page both hold."""

_KINDS = {
    "exercise": "Moves left out",
    "sleep": "Sleep positions left out",
    "section": "Sections left out",
    "advice": "Advice left out",
    "statement": "Sentences left out",
}
_DATES = {"option": "from --date", "record": "from the record", "today": "today"}


def describe_plan(plan: Plan) -> str:
    """Return the plan as lines of text, ending in a newline."""
    lines = [
        *_list_head(plan),
        *_list_moves(plan),
        *_list_sleep(plan),
        *_list_omissions(plan.omissions),
        *_list_decisions(plan.decisions),
        *_list_parts(plan),
    ]
    return "\n".join(lines) + "\n"


def _list_head(plan: Plan) -> Iterator[str]:
    person = "everyone (no name)" if plan.person is None else plan.person.name
    yield f"{plan.title} ({plan.handout}) for {person}"
    yield f"{plan.date_words} ({_DATES[plan.date_from]}), {plan.language}, {plan.edition}, sheet {plan.sheet_id}"
    yield f"Content {plan.content_version}. {plan.reviewed}."
    if plan.person is not None:
        conditions = ", ".join(plan.conditions) or "none"
        yield from _wrap_line(f"Stage {plan.stage}, side {plan.side}, conditions: {conditions}", "  ")
    for statement in plan.message:
        yield f"  > {statement.text}"


def _list_moves(plan: Plan) -> Iterator[str]:
    if not plan.exercises and plan.ask_for_moves is None:
        return
    yield from ("", f"Moves: {plan.minutes_per_day} minutes a day, walking and breathing on top")
    for at, card in enumerate(plan.exercises, 1):
        yield from _wrap_line(f"{at:>3}. {_describe_card(card)}", "     ")
    if plan.ask_for_moves:
        yield f"   > {plan.ask_for_moves}"


def _describe_card(card: ExerciseCard) -> str:
    version = f", version {card.version}" if card.version else ""
    side = f", {card.side} side only" if card.side in {"left", "right"} else ""
    against = f". AGAINST THE RULES, {card.overridden_by}" if card.overridden_by else ""
    return f"{card.id}{version}{side}: {', '.join(card.dose.words)}{against}"


def _list_sleep(plan: Plan) -> Iterator[str]:
    if not plan.sleep and plan.ask_for_sleep is None:
        return
    names = [f"{card.id} (best)" if card.best else card.id for card in plan.sleep]
    yield from ("", f"Sleep: {', '.join(names) or 'none'}")
    if plan.ask_for_sleep:
        yield f"   > {plan.ask_for_sleep}"


def _list_omissions(omissions: Iterable[Omission]) -> Iterator[str]:
    found = tuple(omissions)
    for kind, title in _KINDS.items():
        of_kind = [item for item in found if item.kind == kind]
        if of_kind:
            yield from ("", f"{title}:")
        for item in of_kind:
            yield from _wrap_line(f"  - {item.id}: {item.reason} [{item.source}]", "    ")


def _list_decisions(decisions: Iterable[Decision]) -> Iterator[str]:
    """Yield the decisions, those of one kind for one reason on one line."""
    together: dict[tuple[str, str], list[str]] = {}
    for item in decisions:
        together.setdefault((item.what, item.because), []).append(item.id)
    if together:
        yield from ("", "What the rules did:")
    for (what, because), names in together.items():
        yield from _wrap_line(f"  - {', '.join(names)}: {what}. Why: {because}", "    ")


def _list_parts(plan: Plan) -> Iterator[str]:
    names = [f"{part.id} (if room)" if part.if_room else part.id for part in plan.parts]
    yield ""
    yield from _wrap_line(f"Parts: {', '.join(names)}", "  ")
    yield from _wrap_line(f"Sources: {', '.join(line.key for line in plan.sources) or 'none'}", "  ")


def _wrap_line(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
