"""The moves of a library ready to be chosen from: what the rules say of each, and the default set that fits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from handouts.content import models
from handouts.dataclass import dataclass
from handouts.diagnostics import ContentError, Diagnostic, Span
from handouts.patient.models import Override
from handouts.tailor.bits import FactBits, Marks
from handouts.tailor.cards import CardOrder, find_version
from handouts.tailor.plan import Decision, Omission
from handouts.tailor.rules import check_rule, describe_rule, gather_mentions
from handouts.tailor.store import Slot, Store
from handouts.tailor.verdicts import Ruling, Verdicts


@dataclass(frozen=True, slots=True)
class Settled:
    """One move for all people alike in what its verdict asks about: the ruling, and what follows from it.

    ``order`` is that of the card in the version ruled; ``omission`` is None where the move may be printed, ``changed``
    where it is printed as on the card.
    """

    ruling: Ruling
    order: CardOrder
    omission: Omission | None
    changed: Decision | None


@dataclass(frozen=True, slots=True)
class Default:
    """The default set that fits, as it was decided: names of moves in order, a reserve with what is said of it."""

    decision: Decision
    names: tuple[tuple[str, Decision | None], ...]


class Moves:
    """What a choice of moves is made from: the cards, the verdicts on them, and the default sets."""

    def __init__(
        self,
        exercises: Mapping[str, models.Exercise],
        verdicts: Verdicts,
        sets: models.DefaultSets,
        bits: FactBits,
        store: Store,
    ) -> None:
        self.exercises = exercises
        self.sets = sets
        self._verdicts = verdicts
        self._store = store
        self._patterns = _find_patterns(sets)
        self._against = {
            (pattern, name) for item in sets.sets for pattern in item.when.pattern or () for name in item.leaves_out
        }
        self._default = Slot(store, bits.find_mask(gather_mentions(sets)), self._choose_set)
        self._settled = {
            name: Slot(store, bits.find_mask(verdicts.list_mentions(name)), partial(self._settle_move, name))
            for name in exercises
        }

    def settle_move(self, name: str, marks: Marks) -> Settled:
        """Return what the rules say of a move for a person, and what follows from it."""
        return self._settled[name].find(marks)

    def find_default(self, marks: Marks) -> Default:
        """Return the first default set that fits a person. Raises ContentError when there is none."""
        return self._default.find(marks)

    def find_patterns(self, name: str) -> tuple[str, ...]:
        """Return the patterns of pain that a move is for; empty for one that the default sets have for all."""
        return self._patterns.get(name, ())

    def is_left_out(self, name: str, pattern: str) -> bool:
        """Return whether the set of a pattern of pain leaves a move out."""
        return (pattern, name) in self._against

    def order_move(
        self, ruling: Ruling, side: str | None = None, dose: models.Dose | None = None, override: Override | None = None
    ) -> CardOrder:
        """Return the order of a card in the version ruled; a refused move that is wanted is as the card stands."""
        exercise = self.exercises[ruling.exercise]
        version = find_version(exercise, ruling.version)
        start = (version.dose if version and version.dose else exercise.dose).start
        by = f"{override.by}: {override.reason}" if override else None
        return CardOrder(exercise.id, ruling.version, side, dose or start, by)

    def _settle_move(self, name: str, marks: Marks) -> Settled:
        ruling = self._verdicts.judge_move(name, marks.facts)
        omission = changed = None
        if not ruling.allowed:
            condition = ruling.causes[0].condition
            omission = self._store.keep(Omission(name, "exercise", ruling.reason, condition, ruling.source))
        elif ruling.verdict == "M":
            because = f"{ruling.reason} [{ruling.source}]"
            changed = self._store.keep(Decision(name, f"changed to the version '{ruling.version}'", because))
        return Settled(ruling, self.order_move(ruling), omission, changed)

    def _choose_set(self, marks: Marks) -> Default:
        facts = marks.facts
        chosen = next((item for item in self.sets.sets if check_rule(item.when, facts)), None)
        if chosen is None:
            message = f"no default set fits stage '{facts.stage}' and pattern '{facts.pattern}'"
            raise ContentError(Diagnostic("no-default-set", message, Span("rules/default-sets.yaml")))
        decision = Decision(chosen.id, "default set of moves", describe_rule(chosen.when, facts))
        names: list[tuple[str, Decision | None]] = [(name, None) for name in chosen.moves]
        for name in chosen.reserves:
            rule = chosen.reserve_rules.get(name)
            if name in chosen.moves:
                names.append((name, None))
            elif rule is None or check_rule(rule, facts):
                said = Decision(name, "taken from the reserves", "moves of the set were left out")
                names.append((name, self._store.keep(said)))
        return Default(self._store.keep(decision), tuple(names))


def _find_patterns(sets: models.DefaultSets) -> dict[str, tuple[str, ...]]:
    """Return the patterns of those moves that no default set has without asking for a pattern."""
    found: dict[str, tuple[str, ...]] = {}
    free: set[str] = set()
    for item in sets.sets:
        for name in (*item.moves, *item.reserves):
            if item.when.pattern:
                found[name] = tuple(dict.fromkeys((*found.get(name, ()), *item.when.pattern)))
            else:
                free.add(name)
    return {name: patterns for name, patterns in found.items() if name not in free}
