"""The forms that a part of a handout can be printed in, as flows: what must be printed of it, and what is wanted."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from math import fsum
from typing import NamedTuple

from handouts.layout.compose import LINE_STYLES, compose_part, compose_plan
from handouts.layout.reuse import OwnBlocks
from handouts.layout.setting import Setting
from handouts.layout.units import Flow
from handouts.tailor.plan import Pairs, Part, Plan, find_block_id

Flows = tuple[Flow, ...]

SHARED: Mapping[str, Callable[[Plan], Hashable]] = {
    "section": lambda plan: None,
    "sleep": lambda plan: plan.sleep,
    "link": lambda plan: plan.clinic,
    "sources": lambda plan: plan.sources,
}
"""Kinds of parts that many plans have alike, and what of the plan their flows depend on beside the part itself."""


class Forms(NamedTuple):
    """The flows of what must be printed of a part (None: nothing), and of what is wanted in its place, the best first.

    ``room`` is how many points of a page what must be printed takes, ``rooms`` what each wanted form takes.
    """

    least: Flows | None
    room: float
    wanted: tuple[Flows, ...]
    rooms: tuple[float, ...]


class PlanRoom(NamedTuple):
    """How many points are left on page 1 for the plan in short, and the text styles that its lines may have."""

    height: float
    styles: tuple[str, ...] = LINE_STYLES


def compose_forms(setting: Setting, plan: Plan, part: Part, own: OwnBlocks, room: PlanRoom) -> Forms:
    """Return the forms of a part, made once for all plans that have it alike.

    ``own`` are the personal blocks of the plan by origin.
    """
    share = SHARED.get(part.kind)
    if share is None:
        return make_forms(part, setting.theme.columns, lambda form: _compose_own(setting, plan, form, own, room))
    look = part.look
    key = ("forms", id(look), share(plan))
    known = setting.memory.find(key)
    if known is None:
        forms = make_forms(look, setting.theme.columns, lambda form: _compose_shared(setting, plan, form))
        known = setting.memory.keep(key, look, forms)
    made: Forms = known[1]
    return made


def _compose_own(setting: Setting, plan: Plan, part: Part, own: OwnBlocks, room: PlanRoom) -> Flows:
    if part.kind == "plan":
        return compose_plan(setting, plan, part, own, *room)
    return tuple(flow for flow in compose_part(setting, plan, part, own) if flow.blocks)


def _compose_shared(setting: Setting, plan: Plan, part: Part) -> Flows:
    return tuple(replace(flow, shared=True) for flow in compose_part(setting, plan, part, {}) if flow.blocks)


def make_forms(part: Part, columns: int, compose: Callable[[Part], Flows]) -> Forms:
    """Return the forms of a part whose flows ``compose`` gives, on pages with a number of columns."""
    if not part.if_room and not part.extra:
        flows = compose(part)
        return Forms(flows, measure_room(flows), (), ())
    kept = None if part.if_room else drop_extra(part)
    least = None if kept is None else compose(kept)
    wanted = tuple(compose(form) for form in (part, *shorten(part, columns)))
    return Forms(least, measure_room(least), wanted, tuple(map(measure_room, wanted)))


def measure_room(flows: Flows | None) -> float:
    """Return how many points of a page flows take if two columns are level."""
    return fsum([flow.room for flow in flows]) if flows else 0.0


def shorten(part: Part, columns: int) -> tuple[Part, ...]:
    """Return the part with one row of pairs where it has more, for pages that have room for no more."""
    blocks = tuple(
        replace(block, pairs=block.pairs[:columns]) if isinstance(block, Pairs) else block for block in part.blocks
    )
    return (replace(part, blocks=blocks),) if blocks != part.blocks else ()


def drop_extra(part: Part) -> Part | None:
    """Return a part without the blocks that are printed only where there is room; None when nothing is left."""
    blocks = tuple(block for block in part.blocks if find_block_id(block) not in part.extra)
    return replace(part, blocks=blocks) if blocks else None
