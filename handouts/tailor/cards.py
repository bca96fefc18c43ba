"""Move cards as they will be printed: version, side, dose and words of one move for one person."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, partial

from handouts.content import models
from handouts.dataclass import dataclass
from handouts.tailor.bits import FactBits, Marks
from handouts.tailor.dose import count_seconds, write_dose
from handouts.tailor.plan import ExerciseCard, FigureUse, Statement
from handouts.tailor.rules import Dosing, Facts, gather_mentions
from handouts.tailor.statements import Chooser
from handouts.tailor.store import Shelf, Store
from handouts.tailor.trail import Piece, Trail, make_piece
from handouts.tailor.wording import Wording


@dataclass(frozen=True)
class CardOrder:
    """What a card is made from: the move, its version, its own side if any, the dose, and who overrode a rule."""

    exercise: str
    version: str | None
    side: str | None
    dose: models.Dose
    overridden_by: str | None = None

    @cached_property
    def key(self) -> tuple[object, ...]:
        """Everything that tells two orders apart, quick to hash."""
        return (self.exercise, self.version, self.side, tuple(self.dose.__dict__.values()), self.overridden_by)


def find_version(exercise: models.Exercise, version: str | None) -> models.MoveVersion | None:
    """Return the version of a card, or None for the card itself."""
    return next((item for item in exercise.versions if item.id == version), None)


def make_card(
    exercise: models.Exercise,
    order: CardOrder,
    facts: Facts,
    wording: Wording,
    trail: Trail,
) -> ExerciseCard:
    """Return the card: what the version gives is taken from it, the rest from the card.

    One side goes into words, picture and alternative text; "both" where each side does the move.
    """
    version = find_version(exercise, order.version)
    each_side = order.side is None and order.dose.each_side
    side = _find_side(exercise, order)
    dosing: Dosing = "one-side" if side in {"left", "right"} else "each-side"
    chooser = Chooser(facts, wording, trail, side=side, dosing=dosing)
    first = _find_first(side, facts)
    figure = version.figure if version and version.figure else exercise.figure
    alt = version.alt if version and version.alt else exercise.alt
    drawn = side if side in {"left", "right"} else "both"
    sources = tuple(dict.fromkeys((*exercise.sources, *(version.sources if version else ()))))
    trail.use_sources(sources)
    feel = (version.feel if version else None) or exercise.feel
    easier = (version.easier if version else None) or exercise.easier
    return ExerciseCard(
        id=exercise.id,
        version=order.version,
        title=chooser.fill_words(version.title if version and version.title else exercise.title),
        group=exercise.group,
        side=side,  # type: ignore[arg-type]
        position=chooser.fill_words(version.position if version and version.position else exercise.position),
        figure=FigureUse(figure, drawn, tuple(chooser.fill_words(text) for text in alt), first),  # type: ignore[arg-type]
        steps=chooser.choose_statements(version.steps if version and version.steps else exercise.steps),
        dose=write_dose(order.dose, each_side, first if each_side else None, wording),
        seconds_per_day=count_seconds(order.dose, each_side),
        feel=chooser.choose_statement(feel) or chooser.make_statement(feel),
        stop=chooser.choose_statements((version.stop if version else None) or exercise.stop),
        easier=chooser.choose_statement(easier) or chooser.make_statement(easier),
        caution=chooser.choose_statement(version.caution if version else None),
        not_for=_list_not_for(exercise, chooser) if facts.audience == "generic" else (),
        overridden_by=order.overridden_by,
        sources=sources,
        mark=version.mark if version else exercise.mark,
        content_version=exercise.version,
    )


def _find_side(exercise: models.Exercise, order: CardOrder) -> str:
    return "none" if exercise.sided == "none" else order.side or "both"


def _find_first(side: str, facts: Facts) -> str | None:
    """Return the side that comes first where both sides do the move: the one that hurts."""
    return facts.side if side == "both" and facts.side in {"left", "right"} else None


def _list_not_for(exercise: models.Exercise, chooser: Chooser) -> tuple[Statement, ...]:
    return tuple(Statement(line.id, chooser.fill_words(line.text)) for line in exercise.not_for)


class Cards:
    """The move cards of a rulebook, each made once for all people alike in what its rules ask about."""

    def __init__(
        self, exercises: Mapping[str, models.Exercise], wording: Wording, bits: FactBits, store: Store
    ) -> None:
        self._exercises = exercises
        self._wording = wording
        self._bits = bits
        self._store = store
        self._places: dict[str, tuple[int, Shelf]] = {}

    def find_card(self, order: CardOrder, marks: Marks) -> Piece[ExerciseCard]:
        """Return the card of an order as a piece of a plan."""
        exercise = self._exercises[order.exercise]
        place = self._places.get(exercise.id)
        if place is None:
            mask = self._bits.find_mask(gather_mentions(exercise))
            place = self._places[exercise.id] = (mask, self._store.open_shelf())
        mask, shelf = place
        key = (marks.bits & mask, order.key, _find_first(_find_side(exercise, order), marks.person))
        piece: Piece[ExerciseCard] | None = shelf.get(key)
        if piece is None:
            make = partial(self._make_card, exercise, order)
            piece = self._store.put(shelf, key, make_piece(self._store, make, True, marks))
        return piece

    def _make_card(self, exercise: models.Exercise, order: CardOrder, marks: Marks, trail: Trail) -> ExerciseCard:
        return make_card(exercise, order, marks.facts, self._wording, trail)
