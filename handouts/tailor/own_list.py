"""The clinician's own list of moves: nothing is left out in silence, nothing against the guidance goes unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from handouts.content.models import Exercise
from handouts.diagnostics import Collector, Diagnostic, Severity, Span
from handouts.patient.models import ChosenExercise, DoseOverride, Override
from handouts.source.document import DataPath, PlaceSpan
from handouts.tailor.bits import Marks
from handouts.tailor.cards import find_version
from handouts.tailor.dose import set_dose
from handouts.tailor.moves import Moves, Settled
from handouts.tailor.plan import Decision
from handouts.tailor.rules import Facts
from handouts.tailor.selection import Selection, note_ruling
from handouts.tailor.verdicts import Ruling

_OWN_LIST = Decision("own-list", "the clinician's own list of moves", "the record has one")
_USUAL = DoseOverride()
_PRINTED = "it is printed all the same; leave it out if unsure"


def choose_own_moves(
    moves: Moves,
    chosen: Sequence[ChosenExercise],
    marks: Marks,
    overrides: Mapping[str, Override],
    problems: Collector,
    place: PlaceSpan,
) -> Selection:
    """Return the clinician's own list in its order.

    Adds to ``problems``: a dose out of range, every move that the rules refuse and no override names, and a warning of
    every move that is not for the stage or the pattern of pain. Moves that the library does not have, and those that
    stand there twice, are passed over: `check_names` tells them.
    """
    selection = Selection(ask=not chosen, decisions=[_OWN_LIST])
    seen: set[str] = set()
    for at, entry in enumerate(chosen):
        if entry.id not in moves.exercises or entry.id in seen:
            continue
        seen.add(entry.id)
        path = ("exercises", at)
        settled = moves.settle_move(entry.id, marks)
        override = None if settled.omission is None else overrides.get(entry.id)
        refused = settled.omission is not None and (override is None or settled.ruling.uncleared)
        if refused:
            problems.add(_refuse_move(settled.ruling, place(path)))
        _order_own_move(entry, path, moves, settled, override, selection, problems, place)
        for warning, decision in () if refused else _list_doubts(moves, moves.exercises[entry.id], marks.person):
            problems.add(Diagnostic(*warning, place(path), Severity.WARNING, hint=_PRINTED))
            selection.decisions.append(decision)
    if len(chosen) > moves.sets.most:
        most = moves.sets.most
        selection.decisions.append(Decision("own-list", f"more than {most} moves", "a long list is seldom done"))
    return selection


def _order_own_move(
    entry: ChosenExercise,
    path: DataPath,
    moves: Moves,
    settled: Settled,
    override: Override | None,
    selection: Selection,
    problems: Collector,
    place: PlaceSpan,
) -> None:
    exercise = moves.exercises[entry.id]
    side = entry.side if entry.side in {"left", "right"} else None
    order = settled.order
    if side is not None or override is not None or entry.dose != _USUAL:
        version = find_version(exercise, order.version)
        limits = version.dose if version and version.dose else exercise.dose
        dose = order.dose if entry.dose == _USUAL else set_dose(limits, entry.dose, path, problems, place)
        order = moves.order_move(settled.ruling, side, dose, override)
    selection.orders.append(order)
    note_ruling(settled, override, selection)


def _list_doubts(moves: Moves, exercise: Exercise, facts: Facts) -> Iterator[tuple[tuple[str, str], Decision]]:
    """Go through what speaks against a move: rule and message of a warning, and what the plan says of it."""
    name = exercise.id
    if exercise.stage == "later" and facts.stage != "later":
        because = f"the clinician's list has it, and the stage is {facts.stage}"
        said = Decision(name, "a move for later is printed already now", because)
        yield ("before-stage", f"'{name}' is a move for later, and the stage is {facts.stage}"), said
    patterns = moves.find_patterns(name)
    if patterns and facts.pattern != "none" and facts.pattern not in patterns:
        because = f"the clinician's list has it, and the pattern is {facts.pattern}"
        said = Decision(name, "a move for another pattern of pain is printed", because)
        message = f"'{name}' is a move for the pattern {' or '.join(patterns)}, and the pattern is {facts.pattern}"
        yield ("against-pattern", message), said
    elif moves.is_left_out(name, facts.pattern):
        because = f"the clinician's list has it, and the set for the pattern {facts.pattern} leaves it out"
        said = Decision(name, "a move that the pattern of pain speaks against is printed", because)
        message = f"'{name}' is left out where the pattern is {facts.pattern}, which this record has"
        yield ("against-pattern", message), said


def _refuse_move(ruling: Ruling, span: Span) -> Diagnostic:
    if ruling.uncleared:
        hint = f"no moves until '{ruling.uncleared[0]}' is cleared: name it under 'overrides', with by and reason"
    else:
        hint = f"leave it out, or name '{ruling.exercise}' under 'overrides', with by and reason"
    message = f"'{ruling.exercise}' is not for this person: {ruling.reason} [{ruling.source}]"
    return Diagnostic("move-refused", message, span, hint=hint)
