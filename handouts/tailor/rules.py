"""Whether a rule of the content holds for a person, and the rule as a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date
from typing import Literal

from handouts.content.form import Form
from handouts.content.models import Rule
from handouts.dataclass import dataclass

UNKNOWN_WEEKS = 46
"""Pregnant, weeks not known: every threshold counts as reached, the strictest reading (rules ask for 45 at most)."""

VALUE_KEYS = ("stage", "pattern", "side", "work", "sleeps_on")
"""Keys of a rule that hold when one of their values is the person's."""

_PLAIN = frozenset({str, int, bool, date})

Dosing = Literal["each-side", "one-side"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules may ask about a person on the date of the sheet.

    ``conditions`` are all that the person has (named or implied), ``uncleared`` those that no clinician has cleared.
    ``weeks`` is None when not pregnant, ``age`` None when the date of birth is not known.
    """

    audience: Literal["personal", "generic"]
    conditions: frozenset[str] = frozenset()
    uncleared: frozenset[str] = frozenset()
    stage: str = "early"
    pattern: str = "none"
    side: str = "none"
    work: str = "none"
    sleeps_on: str | None = None
    weeks: int | None = None
    age: int | None = None
    exercises: frozenset[str] = frozenset()


@dataclass(slots=True)
class Mentions:
    """What the rules of a piece of content ask about, so that a piece is resolved once for all people alike in it.

    ``values`` are the stages, patterns, sides, kinds of work and sleeping sides that rules name, by key.
    """

    conditions: set[str] = field(default_factory=set)
    uncleared: set[str] = field(default_factory=set)
    exercises: set[str] = field(default_factory=set)
    ages: set[int] = field(default_factory=set)
    weeks: set[int] = field(default_factory=set)
    values: dict[str, set[str]] = field(default_factory=lambda: {key: set() for key in VALUE_KEYS})

    def add_rule(self, rule: Rule) -> None:
        """Take in one rule."""
        self.conditions.update(rule.conditions)
        self.uncleared.update(rule.uncleared)
        self.exercises.update(rule.exercises)
        self.ages.update(age for age in (rule.age_at_least, rule.age_under) if age is not None)
        if rule.pregnant_weeks_at_least is not None:
            self.weeks.add(rule.pregnant_weeks_at_least)
        for key in VALUE_KEYS:
            self.values[key].update(getattr(rule, key))


def gather_mentions(content: object) -> Mentions:
    """Return what all rules inside a piece of content ask about."""
    mentions = Mentions()
    for rule in iterate_rules(content):
        mentions.add_rule(rule)
    return mentions


def iterate_rules(content: object) -> Iterator[Rule]:
    """Go through all rules inside a piece of content, however deep."""
    if isinstance(content, Rule):
        yield content
    elif isinstance(content, Form):
        yield from _iterate_all(content.__dict__.values())
    elif isinstance(content, tuple):
        yield from _iterate_all(content)
    elif isinstance(content, Mapping):
        yield from _iterate_all(content.values())


def _iterate_all(values: Iterable[object]) -> Iterator[Rule]:
    for value in values:
        if value and type(value) not in _PLAIN:
            yield from iterate_rules(value)


def check_rule(rule: Rule, facts: Facts, dosing: Dosing | None = None) -> bool:
    """Return whether every key that the rule gives holds; a list holds when one of its entries does."""
    age = facts.age
    return (
        (not rule.conditions or not facts.conditions.isdisjoint(rule.conditions))
        and (not rule.uncleared or not facts.uncleared.isdisjoint(rule.uncleared))
        and (not rule.exercises or not facts.exercises.isdisjoint(rule.exercises))
        and (rule.pregnant_weeks_at_least is None or (facts.weeks or 0) >= rule.pregnant_weeks_at_least)
        and (rule.age_at_least is None or (age is not None and age >= rule.age_at_least))
        and (rule.age_under is None or (age is not None and age < rule.age_under))
        and (not rule.stage or facts.stage in rule.stage)
        and (not rule.pattern or facts.pattern in rule.pattern)
        and (not rule.side or facts.side in rule.side)
        and (not rule.work or facts.work in rule.work)
        and (not rule.sleeps_on or facts.sleeps_on in rule.sleeps_on)
        and (rule.audience is None or facts.audience == rule.audience)
        and (rule.dosing is None or rule.dosing == dosing)
    )


def concerns_health(rule: Rule) -> bool:
    """Return whether the rule asks about the person's health: conditions, weeks of pregnancy or age."""
    return bool(
        rule.conditions
        or rule.uncleared
        or rule.pregnant_weeks_at_least is not None
        or rule.age_at_least is not None
        or rule.age_under is not None
    )


def concerns_person(rule: Rule) -> bool:
    """Return whether the rule asks about anything but whom the sheet is for and how a move is dosed."""
    return concerns_health(rule) or bool(
        rule.stage or rule.pattern or rule.side or rule.work or rule.sleeps_on or rule.exercises
    )


def describe_rule(rule: Rule, facts: Facts | None = None) -> str:
    """Return the rule as words that finish "printed because …"; with facts, only the conditions that hold are named."""
    parts: list[str] = []
    for asked, held in ((rule.conditions, "conditions"), (rule.uncleared, "uncleared")):
        if asked:
            hold = asked if facts is None else [item for item in asked if item in getattr(facts, held)] or asked
            parts.append("the conditions include " + _join_words([name_condition(item) for item in hold]))
    if rule.pregnant_weeks_at_least is not None:
        unknown = facts is not None and facts.weeks == UNKNOWN_WEEKS
        known = " (weeks not known: the strictest reading)" if unknown else ""
        parts.append(f"pregnancy has reached week {rule.pregnant_weeks_at_least}{known}")
    if rule.age_at_least is not None:
        parts.append(f"the age is {rule.age_at_least} or more")
    if rule.age_under is not None:
        parts.append(f"the age is under {rule.age_under}")
    for values, words in (
        (rule.stage, "the stage is {}"),
        (rule.pattern, "the pattern is {}"),
        (rule.side, "the side is {}"),
        (rule.work, "the work is {}"),
        (rule.sleeps_on, "the person sleeps on the {}"),
        (rule.exercises, "the sheet has the move {}"),
    ):
        if values:
            parts.append(words.format(_join_words(list(values))))
    if rule.audience:
        parts.append("the sheet is for a named person" if rule.audience == "personal" else "the sheet is for everyone")
    if rule.dosing:
        parts.append("the move is done on each side" if rule.dosing == "each-side" else "the move is done on one side")
    return " and ".join(parts) or "it always holds"


def name_condition(condition: str) -> str:
    """Return a condition as staff know it: the words of its id."""
    return condition.replace("-", " ")


def _join_words(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]
