"""Everything that is printed on a sheet but the personal lines, taken piece by piece in printing order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from handouts.content.models import Handout
from handouts.tailor.cap import cap_minutes
from handouts.tailor.cards import CardOrder, make_card
from handouts.tailor.conditions import Situation
from handouts.tailor.parts import make_part
from handouts.tailor.plan import ExerciseCard, Part, RedFlagBox, SleepCard, Statement
from handouts.tailor.red_flags import make_red_flags
from handouts.tailor.rulebook import Rulebook
from handouts.tailor.rules import Facts
from handouts.tailor.selection import Selection
from handouts.tailor.sleep import choose_sleep
from handouts.tailor.trail import Piece, Trail

MOST_MESSAGES = 3
"""Sentences of the main message that are printed."""

Value = TypeVar("Value")
_MOVE_PARTS = frozenset({"plan", "exercises", "tick-chart"})


@dataclass(frozen=True, slots=True)
class Printed:
    """What is printed, with what led to it; ``digests`` has one entry a piece."""

    message: tuple[Statement, ...]
    red_flags: RedFlagBox
    parts: tuple[Part, ...]
    exercises: tuple[ExerciseCard, ...]
    sleep: tuple[SleepCard, ...]
    ask_for_moves: bool
    ask_for_sleep: bool
    digests: tuple[str, ...]
    trail: Trail


def gather_printed(
    rulebook: Rulebook, handout: Handout, situation: Situation, selection: Selection, has_notes: bool
) -> Printed:
    """Return what is printed for a person; moves and sleep positions only where the handout has a place for them."""
    kinds = {part.part for part in handout.parts}
    trail = Trail(decisions=list(situation.decisions))
    digests: list[str] = []

    def take(piece: Piece[Value]) -> Value:
        digests.append(piece.digest)
        return trail.take_piece(piece)

    has_moves = not kinds.isdisjoint(_MOVE_PARTS)
    cards = _make_cards(rulebook, situation.facts, selection, trail) if has_moves else []
    facts = replace(situation.facts, exercises=frozenset(piece.value.id for piece in cards))
    most = next((part.most for part in handout.parts if part.part == "sleep"), None)
    sleep = _make_sleep(rulebook, facts, most) if "sleep" in kinds else None
    ask_for_sleep = sleep is not None and all(card.kind == "move" for card in sleep.value)
    present = {
        "notes": has_notes,
        "exercises": bool(cards) or selection.ask,
        "tick-chart": bool(cards),
        "sleep": sleep is not None and bool(sleep.value or ask_for_sleep),
    }
    message = take(_make_message(rulebook, handout, facts))
    red_flags = take(_make_box(rulebook, facts))
    parts: list[Part] = []
    for at, part in enumerate(handout.parts):
        if not present.get(part.part, True):
            continue
        chosen = take(make_part(handout, at, facts, rulebook))
        if chosen is None:
            continue
        parts.append(chosen)
        if part.part == "exercises":
            for piece in cards:
                take(piece)
        elif part.part == "sleep" and sleep is not None:
            take(sleep)
    if has_moves and not any(part.kind == "exercises" for part in parts):
        for piece in cards:
            take(piece)
    return Printed(
        message=message,
        red_flags=red_flags,
        parts=tuple(parts),
        exercises=tuple(piece.value for piece in cards),
        sleep=sleep.value if sleep else (),
        ask_for_moves=has_moves and selection.ask,
        ask_for_sleep=ask_for_sleep,
        digests=tuple(digests),
        trail=trail.drop_repeats(),
    )


def _make_cards(rulebook: Rulebook, facts: Facts, selection: Selection, trail: Trail) -> list[Piece[ExerciseCard]]:
    pieces = [_make_card_piece(rulebook, facts, order) for order in selection.orders]
    trail.omissions.extend(selection.omissions)
    trail.decisions.extend(selection.decisions)
    capped = cap_minutes(
        [piece.value for piece in pieces],
        rulebook.library.exercises,
        rulebook.clinic.minutes_cap,
        rulebook.library.default_sets.least,
    )
    trail.omissions.extend(capped.omissions)
    trail.decisions.extend(capped.decisions)
    kept = {card.id for card in capped.cards}
    return [piece for piece in pieces if piece.value.id in kept]


def _make_card_piece(rulebook: Rulebook, facts: Facts, order: CardOrder) -> Piece[ExerciseCard]:
    exercise = rulebook.library.exercises[order.exercise]

    def make(trail: Trail) -> ExerciseCard:
        return make_card(exercise, order, facts, rulebook.wording, trail)

    return rulebook.make_piece(("card", exercise.id), exercise, facts, make, (order.key, facts.side))


def _make_sleep(rulebook: Rulebook, facts: Facts, most: int | None) -> Piece[tuple[SleepCard, ...]]:
    positions = rulebook.library.sleep

    def make(trail: Trail) -> tuple[SleepCard, ...]:
        return choose_sleep(positions, facts, rulebook.wording, trail, most)

    best = frozenset(name for item in positions.values() for name in item.best_for)
    more = (facts.sleeps_on, facts.conditions & best)
    return rulebook.make_piece(("sleep", most), tuple(positions.values()), facts, make, more)


def _make_message(rulebook: Rulebook, handout: Handout, facts: Facts) -> Piece[tuple[Statement, ...]]:
    def make(trail: Trail) -> tuple[Statement, ...]:
        return rulebook.start_chooser(facts, trail).choose_statements(handout.message)[:MOST_MESSAGES]

    return rulebook.make_piece(("message", handout.id), handout.message, facts, make)


def _make_box(rulebook: Rulebook, facts: Facts) -> Piece[RedFlagBox]:
    box = rulebook.library.red_flags

    def make(trail: Trail) -> RedFlagBox:
        return make_red_flags(box, rulebook.start_chooser(facts, trail))

    return rulebook.make_piece("red-flags", box, facts, make)
