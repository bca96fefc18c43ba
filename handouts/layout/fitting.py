"""Which parts a handout has room for: as many optional ones, by rank, as its page budget holds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from handouts.diagnostics import Diagnostic, LayoutError, Span
from handouts.layout.compose import LINE_STYLES
from handouts.layout.forms import Flows, Forms, PlanRoom, compose_forms, measure_room
from handouts.layout.memory import Memory
from handouts.layout.page import Block
from handouts.layout.paginate import Frame, PageBreaker
from handouts.layout.reuse import OwnBlocks
from handouts.layout.setting import Setting
from handouts.layout.slots import Slots
from handouts.layout.units import SLACK
from handouts.tailor.plan import Part, Plan

FEW = 3
"""Moves up to which a sheet has the smaller of its page budgets."""

LARGER = 3
"""A large-print sheet has about twice to thrice the pages of a standard one."""

THIN = 0.12
"""Share of the last page below which optional parts give way rather than open it: a page for two lines is a waste."""

FILLED = 0.84
"""Share of the room left by the parts that must be printed which optional ones can be expected to fill.

The rest stays white at the feet of pages. It decides only which number of parts is tried first.
"""

GAIN = 40.0
"""Points by which a part may need less room than it takes: space above it falls away, columns become level.

A part that needs still more than is left from its place on is refused untried.
"""


BESIDE = 80.0
"""Points that the columns at the foot of a page can be expected to differ by at most: so much more may stand there."""


def fit_parts(
    plan: Plan, setting: Setting, opening: Flows, frame: Frame, own: OwnBlocks
) -> tuple[PageBreaker, tuple[str, ...]]:
    """Return the pages, broken, with as many optional parts and blocks as have room, by rank, and the parts left out.

    ``own`` are the personal blocks by origin. That few moves should have fewer pages holds back optional parts alone:
    what must be printed has as many as it needs, and the lines of the plan get small first. LayoutError when it needs
    more than the handout may have at most.
    """
    breaker = PageBreaker(frame, setting.remember(_keep_runs))
    room = frame.bottom - frame.first_top - measure_room(opening) + opening[0].units[0].before + SLACK
    for place in range(len(LINE_STYLES)):
        plan_room = PlanRoom(room, LINE_STYLES[place:])
        forms = [compose_forms(setting, plan, part, own, plan_room) for part in plan.parts]
        fitting = Fitting(plan.parts, forms, opening, breaker, find_budget(plan, setting))
        if fitting.choose_first():
            break
        pages = fitting.count_pages()
        if setting.theme.columns == 1 or pages <= plan.pages_most:
            fitting.allow_pages(pages)
            break
    else:
        raise _make_overflow(breaker, plan.pages_most, plan)
    left_out = fitting.fill()
    if breaker.page and breaker.y - frame.top < THIN * (frame.bottom - frame.top):
        shorter = Fitting(plan.parts, forms, opening, breaker, breaker.page)
        if shorter.choose_first():
            return breaker, shorter.fill()
        fitting.count_pages()
    return breaker, left_out


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
        self.slots = Slots(parts, forms, opening)
        self._ids = [part.id for part in parts]
        self._optional = [place for place, part in enumerate(parts) if part.if_room or part.extra]
        self._optional.sort(key=lambda place: parts[place].rank)
        self._ahead = [(place, part.ahead_of) for place, part in enumerate(parts) if part.ahead_of]
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
            self.slots.choose(place, self.forms[place].wanted[0])
        fits = self._break_chosen()
        if fits:
            while count < len(optional) and self._may_fit(optional[count], 0) and self._try_form(optional[count], 0):
                count += 1
        while count and not fits:
            count -= 1
            self._refused = optional[count]
            self.slots.choose(self._refused, self.forms[self._refused].least)
            fits = self._break_chosen()
        self._first = count
        return fits

    def fill(self) -> tuple[str, ...]:
        """Fill what white is left by the first choice; return the ids of the parts left out."""
        self.bring_forward()
        return self.choose_others()

    def bring_forward(self) -> None:
        """Let parts come ahead of the part they name where that fills a page which it would leave white.

        They come in their order: one that is not moved holds back those behind it.
        """
        if self._refused >= 0:
            self._break_chosen()
        held: set[str] = set()
        for place, name in self._ahead:
            if name in held or name not in self._ids:
                continue
            if not self._bring_part(place, self._ids.index(name)):
                held.add(name)

    def choose_others(self) -> tuple[str, ...]:
        """Choose each of the other parts that has room, in the order of rank; return the ids of those left out."""
        left_out = []
        for place in self._optional[self._first :]:
            wanted = self.forms[place].wanted
            if any(self.slots.chosen[place] is flows for flows in wanted):
                continue
            for form in range(len(wanted)):
                if self._may_fit(place, form) and self._try_form(place, form):
                    break
            else:
                left_out.append(self._ids[place])
        self.count_pages()
        return tuple(left_out)

    def count_pages(self) -> int:
        """Return how many pages what is chosen takes."""
        return self.breaker.break_flows(self.slots.list_flows()) or 1

    def allow_pages(self, most: int) -> None:
        """Let what is chosen, which has that many pages, have them."""
        self.most = most
        self._refused = -1
        self._rooms = self.breaker.measure_rooms(most)

    def _guess_first(self) -> int:
        """Return how many parts can be expected to have room together, in the order of rank."""
        frame = self.breaker.frame
        room = self.most * (frame.bottom - frame.top) + frame.top - frame.first_top
        room = (room - self.slots.measure_room()) * FILLED
        for number, place in enumerate(self._optional):
            room -= self.slots.measure_need(place, 0)
            if room < 0:
                return number
        return len(self._optional)

    def _bring_part(self, place: int, target: int) -> bool:
        """Let a part come ahead of another in a form no worse than it has, if its page holds that and all it held."""
        slots = self.slots
        flows = slots.find_flows(target)
        whites = self.breaker.find_white(flows[0].blocks[0]) if flows else []
        order, chosen = slots.order, slots.chosen[place]
        better = takewhile(lambda form: form is not chosen, self.forms[place].wanted)
        forms = [form for form in (*better, chosen) if form]
        ways = [(white, form) for white in whites for form in forms if _may_stand(form, white.room)]
        if not ways:
            return False
        slots.move(place, target)
        for white, form in ways:
            slots.choose(place, form)
            if self._break_chosen() and self.breaker.opens_page(white.page + 1, white.next):
                self._refused = -1
                return True
        slots.order = order
        slots.choose(place, chosen)
        self._break_chosen()
        return False

    def _may_fit(self, place: int, form: int) -> bool:
        """Return whether a part could have room in a form: at its place or on a page after it."""
        if place == self._refused and form == 0:
            return False
        need = self.slots.measure_need(place, form) - GAIN
        if need <= self._rooms[0][1]:
            return True
        before = self.slots.count_flows(place)
        return need <= next((room for end, room in self._rooms if end < before), need)

    def _try_form(self, place: int, form: int) -> bool:
        """Choose a part in a form and return True if it has room; else leave it as it must be printed."""
        self.slots.choose(place, self.forms[place].wanted[form])
        if self._break_chosen():
            return True
        self.slots.choose(place, self.forms[place].least)
        self._refused = place
        return False

    def _break_chosen(self) -> bool:
        fits = self.breaker.break_flows(self.slots.list_flows(), self.most) is not None
        if fits:
            self._rooms = self.breaker.measure_rooms(self.most)
        return fits


def _may_stand(form: Flows, room: float) -> bool:
    """Return whether a form could stand at the foot of a page: in its room, or beside it in the shorter column."""
    return measure_room(form) - (BESIDE if form[0].columns == 2 else 0.0) <= room


def find_budget(plan: Plan, setting: Setting) -> int:
    """Return the most pages that optional parts may fill; in two columns those that must be printed may have most."""
    most = plan.pages_most
    if plan.pages_small is not None and len(plan.exercises) <= FEW:
        most = plan.pages_small
    return most if setting.theme.columns == 2 else LARGER * most


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
