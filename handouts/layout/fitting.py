"""Which parts a handout has room for: as many optional ones, by rank, as its page budget holds."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace

from handouts.diagnostics import Diagnostic, LayoutError, Span
from handouts.layout.compose import compose_part, compose_plain_plan
from handouts.layout.page import Block
from handouts.layout.paginate import Frame, PageBreaker
from handouts.layout.setting import Setting
from handouts.layout.units import SLACK, Flow
from handouts.tailor.plan import Pairs, Part, Plan, find_block_id

Flows = tuple[Flow, ...]

SHARED: Mapping[str, Callable[[Plan], Hashable]] = {
    "section": lambda plan: None,
    "sleep": lambda plan: plan.sleep,
    "link": lambda plan: plan.clinic,
    "sources": lambda plan: plan.sources,
}
"""Kinds of parts that many plans have alike, and what of the plan their flows depend on beside the part itself."""

LARGER = 3
"""A large-print sheet has about twice to thrice the pages of a standard one."""

FILLED = 0.84
"""Share of the room left by the parts that must be printed which optional ones can be expected to fill.

The rest stays white at the feet of pages. It decides only which number of parts is tried first.
"""


def fit_parts(plan: Plan, setting: Setting, opening: Flows, frame: Frame) -> tuple[PageBreaker, tuple[str, ...]]:
    """Return the pages, broken, with as many optional parts and blocks as have room, by rank, and the parts left out.

    LayoutError when the parts that must be printed need more pages than the handout may have.
    """
    fitting = Fitting(plan, setting, opening, frame)
    left_out = fitting.choose_others(fitting.choose_first())
    return fitting.breaker, left_out


class Fitting:
    """Parts being chosen. Optional ones are given room in the order of their rank, and keep it.

    First as many, in full, as have room together; then each of the others that still has room, in a shorter form if
    need be.
    """

    def __init__(self, plan: Plan, setting: Setting, opening: Flows, frame: Frame) -> None:
        self.plan = plan
        self.setting = setting
        self.opening = opening
        self.breaker = PageBreaker(frame)
        self.most = find_budget(plan, setting)
        self.optional = sorted((part for part in plan.parts if part.if_room or part.extra), key=lambda part: part.rank)
        self._composed: dict[int, tuple[Part, Flows]] = {}
        self._chosen = {part.id: self._compose_least(part) for part in plan.parts}
        self._refused: Part | None = None

    def choose_first(self) -> int:
        """Choose as many parts as have room together, in the order of rank; return how many."""
        count = self._guess_first()
        least = [self._chosen[part.id] for part in self.optional[:count]]
        for part in self.optional[:count]:
            self._chosen[part.id] = self._compose(part)
        if self._break_chosen():
            while count < len(self.optional) and self._try_form(self.optional[count], self.optional[count]):
                count += 1
            return count
        while count:
            count -= 1
            self._refused = self.optional[count]
            self._chosen[self._refused.id] = least[count]
            if self._break_chosen():
                return count
        self._allow_more()
        return count

    def choose_others(self, first: int) -> tuple[str, ...]:
        """Choose each part from the first one on that has room; return the ids of those left out."""
        left_out = []
        for part in self.optional[first:]:
            forms = self.setting.recall(shorten, part, self.setting.theme.columns)
            if part is not self._refused:
                forms = (part, *forms)
            if not any(self._try_form(part, form) for form in forms):
                left_out.append(part.id)
        self.breaker.break_flows(self._list_flows())
        return tuple(left_out)

    def _guess_first(self) -> int:
        """Return how many parts can be expected to have room together, in the order of rank."""
        frame = self.breaker.frame
        room = self.most * (frame.bottom - frame.top) + frame.top - frame.first_top
        room = (room - sum([flow.room for flow in self._list_flows()])) * FILLED
        replaced = {part.stands_in_for: _measure(self._chosen[part.id]) for part in self.plan.parts}
        for number, part in enumerate(self.optional):
            room -= _measure(self._compose(part)) - _measure(self._chosen[part.id]) - replaced.get(part.id, 0.0)
            if room < 0:
                return number
        return len(self.optional)

    def _try_form(self, part: Part, form: Part) -> bool:
        """Choose a part in a form and return True if it has room; else leave it as it was."""
        before = self._chosen[part.id]
        self._chosen[part.id] = self._compose(form)
        if self._break_chosen():
            return True
        self._chosen[part.id] = before
        self._refused = part
        return False

    def _break_chosen(self) -> bool:
        return self.breaker.break_flows(self._list_flows(), self.most) is not None

    def _list_flows(self) -> list[Flow]:
        """Return the flows of what is chosen; a part that stands in for another comes only where that does not."""
        chosen = self._chosen
        flows = list(self.opening)
        for part in self.plan.parts:
            found = chosen[part.id]
            if found and not (part.stands_in_for and chosen.get(part.stands_in_for) is not None):
                flows += found
        return flows

    def _allow_more(self) -> None:
        """Let a sheet in one column have as many pages as what must be printed needs; LayoutError for any other."""
        pages = self.breaker.break_flows(self._list_flows()) or 1
        if self.setting.theme.columns == 2:
            raise _make_overflow(self.breaker, self.most, self.plan)
        self.most = pages
        self._refused = None

    def _compose_least(self, part: Part) -> Flows | None:
        """Return the flows of what must be printed of a part, None where that is nothing."""
        least = None if part.if_room else self.setting.recall(drop_extra, part)
        return None if least is None else self._compose(least)

    def _compose(self, part: Part) -> Flows:
        """Return the flows of a part, made once for all plans that have it alike, else once for this one."""
        share = SHARED.get(part.kind)
        if share is None:
            found = self._composed.get(id(part))
            if found is None:
                found = self._composed[id(part)] = (part, self._compose_own(part))
            return found[1]
        memory = self.setting.memory
        look = part.look
        key = ("flows", id(look), share(self.plan))
        known = memory.find(key)
        if known is None:
            known = memory.keep(key, look, compose_part(self.setting, self.plan, look))
        flows: Flows = known[1]
        return flows

    def _compose_own(self, part: Part) -> Flows:
        """Return a part's flows; the plan in short goes without pictures where only that keeps it on page 1."""
        flows = compose_part(self.setting, self.plan, part)
        if part.kind != "plan" or self.setting.theme.columns == 1 or self._fits_first_page(flows):
            return flows
        plain = compose_plain_plan(self.setting, self.plan, part)
        return plain if self._fits_first_page(plain) else flows

    def _fits_first_page(self, flows: Flows) -> bool:
        """Return whether flows over the whole width have room under the opening."""
        frame = self.breaker.frame
        height = sum([flow.room for flow in (*self.opening, *flows)]) - self.opening[0].units[0].before
        return height <= frame.bottom - frame.first_top + SLACK


def shorten(part: Part, columns: int) -> tuple[Part, ...]:
    """Return the part with one row of pairs where it has more, for pages that have room for no more."""
    blocks = tuple(
        replace(block, pairs=block.pairs[:columns]) if isinstance(block, Pairs) else block for block in part.blocks
    )
    return (replace(part, blocks=blocks),) if blocks != part.blocks else ()


def drop_extra(part: Part) -> Part | None:
    """Return a part without the blocks that are printed only where there is room; None when nothing is left."""
    if not part.extra:
        return part
    blocks = tuple(block for block in part.blocks if find_block_id(block) not in part.extra)
    return replace(part, blocks=blocks) if blocks else None


def find_budget(plan: Plan, setting: Setting) -> int:
    """Return the most pages this sheet may have; in one column (large print) the most that optional parts may fill."""
    if setting.theme.columns == 1:
        return LARGER * plan.pages_most
    if plan.pages_small is not None and len(plan.exercises) <= 3:
        return plan.pages_small
    return plan.pages_most


def _measure(flows: Flows | None) -> float:
    return sum([flow.room for flow in flows]) if flows else 0.0


def _make_overflow(breaker: PageBreaker, budget: int, plan: Plan) -> LayoutError:
    broken = breaker.place_blocks()
    first = broken[budget][0].block
    part = next((part.id for part in plan.parts if _belongs(first, part)), first.origin)
    return LayoutError(
        Diagnostic(
            "too-many-pages",
            f"the handout '{plan.handout}' needs {len(broken)} pages and may have {budget}; it overflows here",
            Span(part),
            hint="shorten a section, mark one 'if_room: true', or raise 'pages' in the handout",
        )
    )


def _belongs(block: Block, part: Part) -> bool:
    return bool(block.groups) and block.groups[0].key == part.id
