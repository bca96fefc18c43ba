"""What changed between two plans of one patient: for "what is new since my last visit", and for a clinician's check."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from handouts.dataclass import dataclass

PlanData = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: what kind of thing, its id, whether it came, went or changed, and both readings in words."""

    kind: Literal["plan", "exercise", "sleep", "part", "red-flag", "words", "omission"]
    id: str
    change: Literal["added", "removed", "changed"]
    before: str | None = None
    after: str | None = None


def compare_plans(old: PlanData, new: PlanData) -> tuple[Change, ...]:
    """Return the differences of two plans (data of `write_plan_data`), in the order in which they are printed.

    Sheet ids, digests and dates of the sheet always differ and are not listed.
    """
    return (
        *_compare_values(old, new),
        *_compare_items("exercise", old["exercises"], new["exercises"], _read_card),
        *_compare_items("sleep", old["sleep"], new["sleep"], _read_sleep),
        *_compare_items("red-flag", _list_red_flags(old), _list_red_flags(new), _read_text),
        *_compare_items("part", old["parts"], new["parts"], lambda part: part["title"] or part["kind"]),
        *_compare_items("words", _list_words(old), _list_words(new), _read_text),
        *_compare_items("omission", old["omissions"], new["omissions"], lambda item: item["reason"]),
    )


_VALUES = (
    "handout",
    "language",
    "edition",
    "stage",
    "side",
    "conditions",
    "minutes_per_day",
    "ask_for_moves",
    "ask_for_sleep",
    "content_version",
    "reviewed",
)


def _compare_values(old: PlanData, new: PlanData) -> Iterator[Change]:
    for key in _VALUES:
        before, after = _read_value(old.get(key)), _read_value(new.get(key))
        if before != after:
            yield Change("plan", key, "changed", before, after)


def _read_value(value: Any) -> str:
    if value is None or value == []:
        return "none"
    return ", ".join(value) if isinstance(value, list) else str(value)


def _compare_items(kind: Any, old: list[Any], new: list[Any], read: Callable[[Any], str]) -> Iterator[Change]:
    before = {item["id"]: read(item) for item in old}
    after = {item["id"]: read(item) for item in new}
    for name, words in before.items():
        if name not in after:
            yield Change(kind, name, "removed", before=words)
    for name, words in after.items():
        if name not in before:
            yield Change(kind, name, "added", after=words)
        elif before[name] != words:
            yield Change(kind, name, "changed", before[name], words)


def _read_card(card: Mapping[str, Any]) -> str:
    version = f" ({card['version']})" if card["version"] else ""
    side = f", {card['side']} only" if card["side"] in {"left", "right"} else ""
    against = f", against the rules: {card['overridden_by']}" if card["overridden_by"] else ""
    return f"{card['title']}{version}{side}: {', '.join(card['dose']['words'])}{against}"


def _read_sleep(card: Mapping[str, Any]) -> str:
    return f"{card['title']} (best)" if card["best"] else str(card["title"])


def _read_text(statement: Mapping[str, Any]) -> str:
    return f"**{statement['text']}**" if statement["strong"] else str(statement["text"])


def _list_red_flags(plan: PlanData) -> list[Any]:
    box = plan["red_flags"]
    return [*box["now"]["items"], *box["today"]["items"], box["last"]]


def _list_words(plan: PlanData) -> list[Any]:
    """Return all statements of the main message and of the sections, cards and box apart."""
    return [*plan["message"], *_find_statements([part["blocks"] for part in plan["parts"]])]


def _find_statements(data: Any) -> Iterator[Any]:
    if isinstance(data, list):
        for item in data:
            yield from _find_statements(item)
    elif isinstance(data, dict):
        if "text" in data and "strong" in data:
            yield data
        else:
            for value in data.values():
                yield from _find_statements(value)
