"""Which moves are on the sheet: the clinician's own list, or the default set of stage and pattern."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from handouts.dataclass import dataclass
from handouts.diagnostics import Collector, Diagnostic, Span
from handouts.patient.models import ChosenExercise, DoseOverride, Override
from handouts.source.document import PlaceSpan
from handouts.tailor.bits import Marks
from handouts.tailor.cards import CardOrder, find_version
from handouts.tailor.dose import set_dose
from handouts.tailor.moves import Moves, Settled
from handouts.tailor.plan import Decision, Omission
from handouts.tailor.verdicts import Ruling

FALLBACK_MOVES = ("walking", "belly-breathing")
"""What is printed, where the person may do it, when fewer moves are left than a sheet needs (guidance, section 10)."""

_OWN_LIST = Decision("own-list", "the clinician's own list of moves", "the record has one")
_USUAL = DoseOverride()


@dataclass(slots=True)
class Selection:
    """The moves of a sheet in order; ``ask`` says that the person should ask for moves that suit."""

    orders: list[CardOrder] = field(default_factory=list)
    ask: bool = False
    omissions: list[Omission] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)


def choose_default_moves(moves: Moves, marks: Marks, overrides: Mapping[str, Override]) -> Selection:
    """Return the first allowed moves of the set that fits, topped up from its reserves.

    With fewer than the least left: walking and belly breathing, where allowed, and a word to ask for more.
    Raises ContentError when no set fits.
    """
    chosen = moves.find_default(marks)
    selection = Selection(decisions=[chosen.decision])
    for name, reserve in chosen.names:
        if len(selection.orders) >= moves.sets.most:
            break
        _add_default_move(moves, moves.settle_move(name, marks), reserve, overrides, selection)
    if len(selection.orders) < moves.sets.least:
        _fall_back(moves, marks, overrides, selection)
    return selection


def _add_default_move(
    moves: Moves, settled: Settled, reserve: Decision | None, overrides: Mapping[str, Override], selection: Selection
) -> None:
    ruling = settled.ruling
    override = None if settled.omission is None or ruling.uncleared else overrides.get(ruling.exercise)
    if settled.omission is None:
        selection.orders.append(settled.order)
    elif override is not None:
        selection.orders.append(moves.order_move(ruling, override=override))
    else:
        selection.omissions.append(settled.omission)
        return
    if reserve is not None:
        selection.decisions.append(reserve)
    _note_ruling(settled, override, selection)


def _fall_back(moves: Moves, marks: Marks, overrides: Mapping[str, Override], selection: Selection) -> None:
    """Replace the few moves that are left by walking and belly breathing, and say so."""
    kept = selection.orders
    selection.ask = True
    selection.orders = []
    because = f"fewer than {moves.sets.least} moves are left"
    for name in FALLBACK_MOVES:
        order = next((item for item in kept if item.exercise == name), None)
        ruled_out = any(item.id == name for item in selection.omissions)
        if order is not None:
            selection.orders.append(order)
        elif name in moves.exercises and not ruled_out:
            _add_default_move(moves, moves.settle_move(name, marks), None, overrides, selection)
    for order in kept:
        if order.exercise in FALLBACK_MOVES:
            continue
        if order.overridden_by is not None:
            selection.orders.append(order)
        else:
            selection.decisions = [item for item in selection.decisions if item.id != order.exercise]
            reason = f"Left out because {because}: only walking and belly breathing are printed then. It may be chosen."
            selection.omissions.append(Omission(order.exercise, "exercise", reason, None, "general-knowledge"))
    selection.decisions.append(Decision("ask-for-moves", "walking, belly breathing and a word to ask us", because))


def choose_own_moves(
    moves: Moves,
    chosen: Sequence[ChosenExercise],
    marks: Marks,
    overrides: Mapping[str, Override],
    problems: Collector,
    place: PlaceSpan,
) -> Selection:
    """Return the clinician's own list in its order.

    Adds to ``problems``: a dose out of range, and every move that the rules refuse and no override names; none of them
    is left out in silence. Moves that the library does not have, and those that stand there twice, are passed over:
    `check_names` tells them.
    """
    selection = Selection(ask=not chosen, decisions=[_OWN_LIST])
    seen: set[str] = set()
    for at, entry in enumerate(chosen):
        if entry.id not in moves.exercises or entry.id in seen:
            continue
        seen.add(entry.id)
        settled = moves.settle_move(entry.id, marks)
        override = None if settled.omission is None else overrides.get(entry.id)
        if settled.omission is not None and (override is None or settled.ruling.uncleared):
            problems.add(_refuse_move(settled.ruling, place(("exercises", at))))
        _order_own_move(entry, at, moves, settled, override, marks.facts.stage, selection, problems, place)
    if len(chosen) > moves.sets.most:
        most = moves.sets.most
        selection.decisions.append(Decision("own-list", f"more than {most} moves", "a long list is seldom done"))
    return selection


def _order_own_move(
    entry: ChosenExercise,
    at: int,
    moves: Moves,
    settled: Settled,
    override: Override | None,
    stage: str,
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
        dose = order.dose if entry.dose == _USUAL else set_dose(limits, entry.dose, ("exercises", at), problems, place)
        order = moves.order_move(settled.ruling, side, dose, override)
    selection.orders.append(order)
    _note_ruling(settled, override, selection)
    if exercise.stage == "later" and stage != "later":
        because = f"the clinician's list has it, and the stage is {stage}"
        selection.decisions.append(Decision(entry.id, "a move for later is printed already now", because))


def _note_ruling(settled: Settled, override: Override | None, selection: Selection) -> None:
    ruling = settled.ruling
    if override is not None:
        because = f"{override.by}: {override.reason}. The rules say: {ruling.reason}"
        selection.decisions.append(Decision(ruling.exercise, "printed against the rules, as on the card", because))
    elif settled.changed is not None:
        selection.decisions.append(settled.changed)


def _refuse_move(ruling: Ruling, span: Span) -> Diagnostic:
    if ruling.uncleared:
        hint = f"no moves until '{ruling.uncleared[0]}' is cleared: name it under 'overrides', with by and reason"
    else:
        hint = f"leave it out, or name '{ruling.exercise}' under 'overrides', with by and reason"
    message = f"'{ruling.exercise}' is not for this person: {ruling.reason} [{ruling.source}]"
    return Diagnostic("move-refused", message, span, hint=hint)
