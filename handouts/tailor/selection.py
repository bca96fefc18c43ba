"""Which moves are on the sheet when the clinician has not chosen: the default set of stage and pattern."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from handouts.dataclass import dataclass
from handouts.patient.models import Override
from handouts.tailor.bits import Marks
from handouts.tailor.cards import CardOrder
from handouts.tailor.moves import Moves, Settled
from handouts.tailor.plan import Decision, Omission

FALLBACK_MOVES = ("walking", "belly-breathing")
"""What is printed, where the person may do it, when fewer moves are left than a sheet needs (guidance, section 10)."""


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
    note_ruling(settled, override, selection)


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


def note_ruling(settled: Settled, override: Override | None, selection: Selection) -> None:
    """Say that a move is printed against the rules, or in a changed form."""
    ruling = settled.ruling
    if override is not None:
        because = f"{override.by}: {override.reason}. The rules say: {ruling.reason}"
        selection.decisions.append(Decision(ruling.exercise, "printed against the rules, as on the card", because))
    elif settled.changed is not None:
        selection.decisions.append(settled.changed)
