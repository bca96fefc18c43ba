"""Statements of the content for one person: kept or dropped by their rules, put in order, words final."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol, TypeVar

from handouts.content import models
from handouts.tailor.conditions import PREGNANCY
from handouts.tailor.plan import Decision, Omission, Statement
from handouts.tailor.rules import Dosing, Facts, check_rule, concerns_health, concerns_person, describe_rule
from handouts.tailor.store import Store
from handouts.tailor.trail import Trail
from handouts.tailor.verdicts import describe_source
from handouts.tailor.wording import Wording


class Ruled(Protocol):
    """Anything of the content with rules for when it is printed."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def when(self) -> models.Rule | None: ...  # noqa: D102
    @property
    def unless(self) -> models.Rule | None: ...  # noqa: D102


Item = TypeVar("Item", bound=models.Statement)
OmittedKind = Literal["section", "statement", "advice"]


class Chooser:
    """Applies the rules of statements and blocks for one person, and notes in the trail what they did."""

    def __init__(
        self,
        facts: Facts,
        wording: Wording,
        trail: Trail,
        side: str | None = None,
        dosing: Dosing | None = None,
        store: Store | None = None,
    ) -> None:
        self.facts = facts
        self.trail = trail
        self._wording = wording
        self._side = side
        self._dosing = dosing
        self._store = store

    def fill_words(self, text: str) -> str:
        """Return final words; those of a move with its side."""
        return self._wording.fill_words(text) if self._side is None else self._wording.fill_sides(text, self._side)

    def keep_item(self, item: Ruled, kind: OmittedKind = "advice", label: str | None = None) -> str | None:
        """Return why an item is printed ("" where nobody asked), or None when its rules leave it out.

        What is left out of a person's sheet for the person's health is noted as an omission.
        """
        when, unless = item.when, item.unless
        if when is not None and not check_rule(when, self.facts, self._dosing):
            return None
        if unless is not None and check_rule(unless, self.facts, self._dosing):
            self._note_omission(item, unless, kind, label)
            return None
        if when is None or self.facts.audience == "generic" or not concerns_person(when):
            return ""
        because = describe_rule(when, self.facts)
        self.trail.decisions.append(Decision(item.id, "printed", because))
        return because

    def make_statement(self, item: models.Statement, because: str = "") -> Statement:
        """Return a kept statement with final words; bold and its reason are set by its rules."""
        strong = item.strong is not None and check_rule(item.strong, self.facts, self._dosing)
        if strong and item.strong is not None:
            because = self._note_choice(item.id, "set in bold", item.strong, because)
        self.trail.use_sources(item.sources)
        return self._find_statement(item, strong, because)

    def _find_statement(self, item: models.Statement, strong: bool, because: str) -> Statement:
        """Return the statement, the one object for it where there is a store."""
        store = self._store
        key = (id(item), self._side, strong, because)
        found: Statement | None = store.statements.get(key) if store else None
        if found is None:
            found = Statement(item.id, self.fill_words(item.text), item.sources, item.mark, strong, because)
            if store:
                found = store.put(store.statements, key, store.share(found))
        return found

    def choose_statement(self, item: models.Statement | None) -> Statement | None:
        """Return one statement with final words, or None when there is none or its rules leave it out."""
        if item is None:
            return None
        because = self.keep_item(item, "statement", item.text)
        return None if because is None else self.make_statement(item, because)

    def choose_items(self, items: Iterable[Item]) -> list[tuple[Item, Statement]]:
        """Return the kept items with their statements, those that a rule moves to the head first."""
        head: list[tuple[Item, Statement]] = []
        rest: list[tuple[Item, Statement]] = []
        for item in items:
            because = self.keep_item(item, "advice", item.text)
            if because is None:
                continue
            first = item.first is not None and check_rule(item.first, self.facts, self._dosing)
            if first and item.first is not None:
                because = self._note_choice(item.id, "moved to the head of its list", item.first, because)
            (head if first else rest).append((item, self.make_statement(item, because)))
        return head + rest

    def choose_statements(self, items: Iterable[models.Statement]) -> tuple[Statement, ...]:
        """Return the kept statements of a list in their order."""
        return tuple(statement for _, statement in self.choose_items(items))

    def _note_choice(self, name: str, what: str, rule: models.Rule, because: str) -> str:
        words = describe_rule(rule, self.facts)
        if self.facts.audience == "personal":
            self.trail.decisions.append(Decision(name, what, words))
        return because or words

    def _note_omission(self, item: Ruled, rule: models.Rule, kind: OmittedKind, label: str | None) -> None:
        if self.facts.audience == "generic" or not concerns_person(rule):
            return
        words = describe_rule(rule, self.facts)
        if not concerns_health(rule):
            self.trail.decisions.append(Decision(item.id, "left out", words))
            return
        what = f'Left out: "{self.fill_words(label)}"' if label else "Left out"
        condition = find_condition(rule, self.facts)
        source = describe_source(getattr(item, "sources", ()), getattr(item, "mark", "general-knowledge"))
        self.trail.omissions.append(Omission(item.id, kind, f"{what}, because {words}.", condition, source))


def find_condition(rule: models.Rule, facts: Facts) -> str | None:
    """Return the first condition that makes a rule hold; weeks of pregnancy count as pregnancy."""
    for asked, held in ((rule.conditions, facts.conditions), (rule.uncleared, facts.uncleared)):
        for name in asked:
            if name in held:
                return name
    return PREGNANCY if rule.pregnant_weeks_at_least is not None else None
