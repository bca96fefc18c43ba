"""Everything that is printed on a sheet but the personal lines, taken piece by piece in printing order."""

from __future__ import annotations

from itertools import chain
from typing import Any

from handouts.dataclass import dataclass
from handouts.tailor.bits import Marks
from handouts.tailor.cap import cap_minutes
from handouts.tailor.outline import Outline
from handouts.tailor.plan import Decision, ExerciseCard, Omission, Part, RedFlagBox, SleepCard, Statement
from handouts.tailor.rulebook import Rulebook
from handouts.tailor.selection import Selection
from handouts.tailor.trail import Piece


@dataclass(frozen=True, slots=True)
class Printed:
    """What is printed, with what led to it, each omission and decision once; ``digests`` has one entry a piece."""

    message: tuple[Statement, ...]
    red_flags: RedFlagBox
    parts: tuple[Part, ...]
    exercises: tuple[ExerciseCard, ...]
    sleep: tuple[SleepCard, ...]
    ask_for_moves: bool
    ask_for_sleep: bool
    digests: tuple[str, ...]
    sources: tuple[str, ...]
    omissions: tuple[Omission, ...]
    decisions: tuple[Decision, ...]


def gather_printed(
    rulebook: Rulebook,
    outline: Outline,
    marks: Marks,
    assessed: tuple[Decision, ...],
    selection: Selection,
    has_notes: bool,
) -> Printed:
    """Return what is printed for a person; moves and sleep positions only where the handout has a place for them.

    ``assessed`` are the decisions that were taken before, which are said first.
    """
    omissions, decisions = [], list(assessed)
    cards: list[Piece[ExerciseCard]] = []
    if outline.has_moves:
        cards = [rulebook.cards.find_card(order, marks) for order in selection.orders]
        capped = cap_minutes(
            tuple(piece.value for piece in cards),
            rulebook.library.exercises,
            rulebook.clinic.minutes_cap,
            rulebook.library.default_sets.least,
        )
        omissions += [*selection.omissions, *capped.omissions]
        decisions += [*selection.decisions, *capped.decisions]
        if len(capped.cards) < len(cards):
            cards = [piece for piece in cards if piece.value in capped.cards]
    exercises = tuple(piece.value for piece in cards)
    marks = rulebook.bits.set_exercises(marks, frozenset(card.id for card in exercises))
    sleep = outline.sleep.find(marks) if outline.sleep else None
    ask_for_sleep = sleep is not None and all(card.kind == "move" for card in sleep.value)
    absent = {
        "notes": not has_notes,
        "exercises": not cards and not selection.ask,
        "tick-chart": not cards,
        "sleep": sleep is None or not (sleep.value or ask_for_sleep),
    }
    parts, pieces = _take_parts(outline, marks, absent, cards, sleep)
    message, red_flags = outline.message.find(marks), outline.red_flags.find(marks)
    pieces = [message, red_flags, *pieces]
    for piece in pieces:
        omissions += piece.omissions
        decisions += piece.decisions
    return Printed(
        message=message.value,
        red_flags=red_flags.value,
        parts=parts,
        exercises=exercises,
        sleep=sleep.value if sleep else (),
        ask_for_moves=outline.has_moves and selection.ask,
        ask_for_sleep=ask_for_sleep,
        digests=tuple([piece.digest for piece in pieces]),
        sources=tuple(dict.fromkeys(chain.from_iterable([piece.sources for piece in pieces]))),
        omissions=tuple(dict.fromkeys(omissions)),
        decisions=tuple(dict.fromkeys(decisions)),
    )


def _take_parts(
    outline: Outline,
    marks: Marks,
    absent: dict[str, bool],
    cards: list[Piece[ExerciseCard]],
    sleep: Piece[tuple[SleepCard, ...]] | None,
) -> tuple[tuple[Part, ...], list[Piece[Any]]]:
    """Return the parts of a person's handout and all pieces of them: cards and sleep positions where they stand."""
    parts: list[Part] = []
    pieces: list[Piece[Any]] = []
    missing = cards
    for kind, slot in outline.parts:
        if absent.get(kind):
            continue
        piece = slot.find(marks)
        pieces.append(piece)
        if piece.value is None:
            continue
        parts.append(piece.value)
        if kind == "exercises":
            pieces += cards
            missing = []
        elif kind == "sleep" and sleep is not None:
            pieces.append(sleep)
    return tuple(parts), pieces + missing
