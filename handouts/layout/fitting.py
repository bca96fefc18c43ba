"""Which parts a handout has room for: as many optional ones, by rank, as its page budget holds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from handouts.diagnostics import Diagnostic, LayoutError, Span
from handouts.layout.forms import Flows, Forms, compose_forms, measure_room
from handouts.layout.memory import Memory
from handouts.layout.page import Block
from handouts.layout.paginate import Frame, PageBreaker
from handouts.layout.reuse import OwnBlocks
from handouts.layout.setting import Setting
from handouts.layout.units import SLACK
from handouts.tailor.plan import Part, Plan

LARGER = 3
"""A large-print sheet has about twice to thrice the pages of a standard one."""

FILLED = 0.84
"""Share of the room left by the parts that must be printed which optional ones can be expected to fill.

The rest stays white at the feet of pages. It decides only which number of parts is tried first.
"""

GAIN = 40.0
"""Points by which a part may need less room than it takes: space above it falls away, columns become level.

A part that needs still more than is left from its place on is refused untried.
"""


def fit_parts(
    plan: Plan, setting: Setting, opening: Flows, frame: Frame, own: OwnBlocks
) -> tuple[PageBreaker, tuple[str, ...]]:
    """Return the pages, broken, with as many optional parts and blocks as have room, by rank, and the parts left out.

    ``own`` are the personal blocks by origin. That few moves should have fewer pages holds back optional parts alone:
    what must be printed has as many as it needs. LayoutError when it needs more than the handout may have at most.
    """
    breaker = PageBreaker(frame, setting.remember(_keep_runs))
    room = frame.bottom - frame.first_top - measure_room(opening) + opening[0].units[0].before + SLACK
    forms = [compose_forms(setting, plan, part, own, room) for part in plan.parts]
    fitting = Fitting(plan.parts, forms, opening, breaker, find_budget(plan, setting))
    if not fitting.choose_first():
        pages = fitting.count_pages()
        if setting.theme.columns == 2 and pages > plan.pages_most:
            raise _make_overflow(breaker, plan.pages_most, plan)
        fitting.allow_pages(pages)
    return breaker, fitting.choose_others()


def _keep_runs(setting: Setting) -> Memory:
    """Return where runs of parts that many plans have alike are kept."""
    return Memory()


class Fitting:
    """Parts being chosen. Optional ones are given room in the order of their rank, and keep it.

    First as many, in their best forms, as have room together; then each of the others that still has room, in another
    form if need be. ``most`` is the number of pages that may be filled. Parts are told by their places in the plan.
    """

    def __init__(
        self, parts: Sequence[Part], forms: Sequence[Forms], opening: Flows, breaker: PageBreaker, most: int
    ) -> None:
        self.forms = forms
        self.breaker = breaker
        self.most = most
        self._ids = [part.id for part in parts]
        self._optional = [place for place, part in enumerate(parts) if part.if_room or part.extra]
        self._optional.sort(key=lambda place: parts[place].rank)
        self._chosen = [form.least for form in forms]
        places = {part.id: place for place, part in enumerate(parts)}
        names = {place: part.stands_in_for for place, part in enumerate(parts) if part.stands_in_for}
        self._stands_in = {place: places[name] for place, name in names.items() if name in places}
        self._slots: list[Flows] = [opening, *((),) * len(parts)]
        for place in range(len(parts)):
            self._fill_slot(place)
        self._first = 0
        self._refused = -1
        self._rooms: list[tuple[int, float]] = []

    def choose_first(self) -> bool:
        """Choose as many parts as have room together, in the order of rank; False if what must be printed has none.

        Which number is tried first is guessed from how high they are; from there it is one more, or less, each time.
        """
        optional = self._optional
        count = self._guess_first()
        for place in optional[:count]:
            self._choose(place, self.forms[place].wanted[0])
        fits = self._break_chosen()
        if fits:
            while count < len(optional) and self._may_fit(optional[count], 0) and self._try_form(optional[count], 0):
                count += 1
        while count and not fits:
            count -= 1
            self._refused = optional[count]
            self._choose(self._refused, self.forms[self._refused].least)
            fits = self._break_chosen()
        self._first = count
        return fits

    def choose_others(self) -> tuple[str, ...]:
        """Choose each of the other parts that has room, in the order of rank; return the ids of those left out."""
        left_out = []
        for place in self._optional[self._first :]:
            for form in range(len(self.forms[place].wanted)):
                if self._may_fit(place, form) and self._try_form(place, form):
                    break
            else:
                left_out.append(self._ids[place])
        self.count_pages()
        return tuple(left_out)

    def count_pages(self) -> int:
        """Return how many pages what is chosen takes."""
        return self.breaker.break_flows(list(chain.from_iterable(self._slots))) or 1

    def allow_pages(self, most: int) -> None:
        """Let what is chosen, which has that many pages, have them."""
        self.most = most
        self._refused = -1
        self._rooms = self.breaker.measure_rooms(most)

    def _guess_first(self) -> int:
        """Return how many parts can be expected to have room together, in the order of rank."""
        frame = self.breaker.frame
        room = self.most * (frame.bottom - frame.top) + frame.top - frame.first_top
        room = (room - sum(map(measure_room, self._slots))) * FILLED
        for number, place in enumerate(self._optional):
            room -= self._measure_need(place, 0)
            if room < 0:
                return number
        return len(self._optional)

    def _measure_need(self, place: int, form: int) -> float:
        """Return how many points a part needs in a form, more than what must be printed of it or in its place."""
        forms = self.forms
        need = forms[place].rooms[form] - forms[place].room
        for stand_in, principal in self._stands_in.items():
            if principal == place:
                need -= forms[stand_in].room
        return need

    def _may_fit(self, place: int, form: int) -> bool:
        """Return whether a part could have room in a form: at its place or on a page after it."""
        if place == self._refused and form == 0:
            return False
        need = self._measure_need(place, form) - GAIN
        if need <= self._rooms[0][1]:
            return True
        before = sum(map(len, self._slots[: place + 1]))
        return need <= next((room for end, room in self._rooms if end < before), need)

    def _try_form(self, place: int, form: int) -> bool:
        """Choose a part in a form and return True if it has room; else leave it as it must be printed."""
        self._choose(place, self.forms[place].wanted[form])
        if self._break_chosen():
            return True
        self._choose(place, self.forms[place].least)
        self._refused = place
        return False

    def _break_chosen(self) -> bool:
        fits = self.breaker.break_flows(list(chain.from_iterable(self._slots)), self.most) is not None
        if fits:
            self._rooms = self.breaker.measure_rooms(self.most)
        return fits

    def _choose(self, place: int, flows: Flows | None) -> None:
        self._chosen[place] = flows
        self._fill_slot(place)
        for stand_in, principal in self._stands_in.items():
            if principal == place:
                self._fill_slot(stand_in)

    def _fill_slot(self, place: int) -> None:
        """Let a part come where it stands if it is chosen; one that stands in for another only if that is not."""
        principal = self._stands_in.get(place)
        comes = principal is None or self._chosen[principal] is None
        self._slots[place + 1] = (self._chosen[place] or ()) if comes else ()


def find_budget(plan: Plan, setting: Setting) -> int:
    """Return the most pages that optional parts may fill; in two columns those that must be printed may have most."""
    if setting.theme.columns == 1:
        return LARGER * plan.pages_most
    if plan.pages_small is not None and len(plan.exercises) <= 3:
        return plan.pages_small
    return plan.pages_most


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
