"""The clinic's cap on minutes a day: the moves that matter least go first, and it is said."""

from __future__ import annotations

from collections.abc import Mapping

from handouts.content.models import Exercise
from handouts.dataclass import dataclass
from handouts.tailor.dose import count_minutes
from handouts.tailor.plan import Decision, ExerciseCard, Omission


@dataclass(frozen=True, slots=True)
class Capped:
    """The cards that stay, what was dropped, and what is to be said."""

    cards: tuple[ExerciseCard, ...]
    omissions: tuple[Omission, ...]
    decisions: tuple[Decision, ...]


def cap_minutes(cards: tuple[ExerciseCard, ...], exercises: Mapping[str, Exercise], most: int, least: int) -> Capped:
    """Return the cards within ``most`` minutes a day.

    Walking and breathing are not counted and not dropped, nor is a move that a clinician insisted on; at least
    ``least`` cards stay, and what is then still above the cap is said.
    """
    minutes = count_minutes(cards)
    if minutes <= most:
        return Capped(cards, (), ())
    kept = list(cards)
    omissions: list[Omission] = []
    while minutes > most and len(kept) > least:
        droppable = [card for card in kept if card.group == "move" and card.overridden_by is None]
        if not droppable:
            break
        worst = max(droppable, key=lambda card: (exercises[card.id].priority, kept.index(card)))
        kept.remove(worst)
        reason = (
            f"Left out to keep the moves within {most} minutes a day: with it they take {minutes}. "
            f"Of the moves it is the first to go (priority {exercises[worst.id].priority})."
        )
        omissions.append(Omission(worst.id, "exercise", reason, None, "clinic profile (minutes_cap)"))
        minutes = count_minutes(kept)
    decisions: list[Decision] = []
    if minutes > most:
        because = f"a sheet keeps {least} moves, and those a clinician insisted on"
        decisions.append(Decision("minutes-cap", f"{minutes} minutes a day, above the cap of {most}", because))
    return Capped(tuple(kept), tuple(omissions), tuple(decisions))
