"""Which moves are on the sheet: the clinician's own list, or the default set of stage and pattern."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from handouts.content import models
from handouts.diagnostics import Collector, ContentError, Diagnostic, Span
from handouts.patient.models import ChosenExercise, DoseOverride, Override
from handouts.tailor.cards import CardOrder, find_version
from handouts.tailor.dose import set_dose
from handouts.tailor.plan import Decision, Omission
from handouts.tailor.problems import PlaceSpan
from handouts.tailor.rules import Facts, check_rule, describe_rule
from handouts.tailor.verdicts import Ruling, Verdicts

FALLBACK_MOVES = ("walking", "belly-breathing")
"""What is printed, where the person may do it, when fewer moves are left than a sheet needs (guidance, section 10)."""


@dataclass(slots=True)
class Selection:
    """The moves of a sheet in order; ``ask`` says that the person should ask for moves that suit."""

    orders: list[CardOrder] = field(default_factory=list)
    ask: bool = False
    omissions: list[Omission] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Moves:
    """What a choice of moves is made from: cards, verdicts, default sets, and what clinicians overrode."""

    exercises: Mapping[str, models.Exercise]
    verdicts: Verdicts
    sets: models.DefaultSets

    def order_move(
        self, ruling: Ruling, side: str | None = None, dose: models.Dose | None = None, override: Override | None = None
    ) -> CardOrder:
        """Return the order of a card in the version ruled; a refused move that is wanted is as the card stands."""
        exercise = self.exercises[ruling.exercise]
        version = find_version(exercise, ruling.version)
        start = (version.dose if version and version.dose else exercise.dose).start
        by = f"{override.by}: {override.reason}" if override else None
        return CardOrder(exercise.id, ruling.version, side, dose or start, by)


def choose_default_moves(moves: Moves, facts: Facts, overrides: Mapping[str, Override]) -> Selection:
    """Return the first allowed moves of the set that fits, topped up from its reserves.

    With fewer than the least left: walking and belly breathing, where allowed, and a word to ask for more.
    Raises ContentError when no set fits.
    """
    chosen = next((item for item in moves.sets.sets if check_rule(item.when, facts)), None)
    if chosen is None:
        message = f"no default set fits stage '{facts.stage}' and pattern '{facts.pattern}'"
        raise ContentError(Diagnostic("no-default-set", message, Span("rules/default-sets.yaml")))
    selection = Selection()
    because = describe_rule(chosen.when, facts)
    selection.decisions.append(Decision(chosen.id, "default set of moves", because))
    for name in (*chosen.moves, *chosen.reserves):
        if len(selection.orders) >= moves.sets.most:
            break
        rule = chosen.reserve_rules.get(name)
        if name in chosen.moves or rule is None or check_rule(rule, facts):
            _add_default_move(name, name not in chosen.moves, moves, facts, overrides, selection)
    if len(selection.orders) < moves.sets.least:
        _fall_back(moves, facts, overrides, selection)
    return selection


def _add_default_move(
    name: str,
    reserve: bool,
    moves: Moves,
    facts: Facts,
    overrides: Mapping[str, Override],
    selection: Selection,
) -> None:
    ruling = moves.verdicts.judge_move(name, facts)
    override = None if ruling.allowed or ruling.uncleared else overrides.get(name)
    if ruling.allowed or override is not None:
        selection.orders.append(moves.order_move(ruling, override=override))
        if reserve:
            selection.decisions.append(Decision(name, "taken from the reserves", "moves of the set were left out"))
        _note_ruling(ruling, override, selection)
    else:
        selection.omissions.append(_omit_move(ruling))


def _fall_back(moves: Moves, facts: Facts, overrides: Mapping[str, Override], selection: Selection) -> None:
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
            _add_default_move(name, False, moves, facts, overrides, selection)
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
    facts: Facts,
    overrides: Mapping[str, Override],
    problems: Collector,
    place: PlaceSpan,
) -> Selection:
    """Return the clinician's own list in its order.

    Adds to ``problems``: an unknown move, a move twice, a side on a move that has none, a dose out of range, and every
    move that the rules refuse and no override names; none of them is left out in silence.
    """
    selection = Selection(ask=not chosen)
    selection.decisions.append(Decision("own-list", "the clinician's own list of moves", "the record has one"))
    seen: set[str] = set()
    for at, entry in enumerate(chosen):
        exercise = moves.exercises.get(entry.id)
        span = place(("exercises", at))
        if exercise is None:
            message = f"there is no exercise '{entry.id}'"
            names = tuple(moves.exercises)
            problems.add(Diagnostic("unknown-exercise", message, span, given=entry.id, candidates=names))
            continue
        if entry.id in seen:
            problems.add(Diagnostic("exercise-twice", f"'{entry.id}' is in the list twice", span))
            continue
        seen.add(entry.id)
        ruling = moves.verdicts.judge_move(entry.id, facts)
        override = None if ruling.allowed else overrides.get(entry.id)
        if not ruling.allowed and (override is None or ruling.uncleared):
            problems.add(_refuse_move(ruling, span))
            continue
        _order_own_move(entry, at, moves, ruling, override, facts.stage, selection, problems, place)
    if len(chosen) > moves.sets.most:
        most = moves.sets.most
        selection.decisions.append(Decision("own-list", f"more than {most} moves", "a long list is seldom done"))
    return selection


def _order_own_move(
    entry: ChosenExercise,
    at: int,
    moves: Moves,
    ruling: Ruling,
    override: Override | None,
    stage: str,
    selection: Selection,
    problems: Collector,
    place: PlaceSpan,
) -> None:
    exercise = moves.exercises[entry.id]
    side = entry.side if entry.side in {"left", "right"} else None
    if side is not None and exercise.sided == "none":
        message = f"'{entry.id}' has no left or right"
        problems.add(Diagnostic("no-side", message, place(("exercises", at, "side")), hint="leave the side out"))
        side = None
    order = moves.order_move(ruling, side, override=override)
    version = find_version(exercise, order.version)
    dose = order.dose
    if entry.dose != DoseOverride():
        limits = version.dose if version and version.dose else exercise.dose
        dose = set_dose(limits, entry.dose, ("exercises", at), problems, place)
    selection.orders.append(moves.order_move(ruling, side, dose, override))
    _note_ruling(ruling, override, selection)
    if exercise.stage == "later" and stage != "later":
        because = f"the clinician's list has it, and the stage is {stage}"
        selection.decisions.append(Decision(entry.id, "a move for later is printed already now", because))


def _note_ruling(ruling: Ruling, override: Override | None, selection: Selection) -> None:
    if override is not None:
        because = f"{override.by}: {override.reason}. The rules say: {ruling.reason}"
        selection.decisions.append(Decision(ruling.exercise, "printed against the rules, as on the card", because))
    elif ruling.verdict == "M":
        because = " ".join([ruling.reason, f"[{ruling.source}]"])
        selection.decisions.append(Decision(ruling.exercise, f"changed to the version '{ruling.version}'", because))


def _omit_move(ruling: Ruling) -> Omission:
    return Omission(ruling.exercise, "exercise", ruling.reason, ruling.causes[0].condition, ruling.source)


def _refuse_move(ruling: Ruling, span: Span) -> Diagnostic:
    if ruling.uncleared:
        hint = f"no moves until '{ruling.uncleared[0]}' is cleared: name it under 'overrides', with by and reason"
    else:
        hint = f"leave it out, or name '{ruling.exercise}' under 'overrides', with by and reason"
    message = f"'{ruling.exercise}' is not for this person: {ruling.reason} [{ruling.source}]"
    return Diagnostic("move-refused", message, span, hint=hint)
