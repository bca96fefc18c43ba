"""What is chosen of each part of a handout, in the order in which it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from math import fsum

from handouts.layout.forms import Flows, Forms, measure_room
from handouts.layout.units import Flow
from handouts.tailor.plan import Part


class Slots:
    """The opening and a slot for each part, told by its place in the plan; parts begin as they must be printed.

    A part that stands in for another comes only where that one does not. ``chosen`` holds the form of each part, None
    for none, and ``order`` the parts as they are printed.
    """

    def __init__(self, parts: Sequence[Part], forms: Sequence[Forms], opening: Flows) -> None:
        self.chosen = [form.least for form in forms]
        self._forms = forms
        places = {part.id: place for place, part in enumerate(parts)}
        names = {place: part.stands_in_for for place, part in enumerate(parts) if part.stands_in_for}
        self._stands_in = {place: places[name] for place, name in names.items() if name in places}
        self._opening = opening
        self.order = list(range(len(parts)))
        self._slots: list[Flows] = [() for _ in parts]
        for place in range(len(parts)):
            self._fill(place)

    def choose(self, place: int, flows: Flows | None) -> None:
        """Let a part come in a form, or not at all; what stands in for it follows."""
        self.chosen[place] = flows
        self._fill(place)
        for stand_in, principal in self._stands_in.items():
            if principal == place:
                self._fill(stand_in)

    def move(self, place: int, target: int) -> None:
        """Let a part come just ahead of another."""
        order = [each for each in self.order if each != place]
        order.insert(order.index(target), place)
        self.order = order

    def find_flows(self, place: int) -> Flows:
        """Return the flows of a part as it comes now."""
        return self._slots[place]

    def list_flows(self) -> list[Flow]:
        """Return all flows in the order of printing."""
        slots = self._slots
        return [*self._opening, *chain.from_iterable([slots[place] for place in self.order])]

    def count_flows(self, place: int) -> int:
        """Return how many flows come ahead of a part."""
        ahead = self.order[: self.order.index(place)]
        return len(self._opening) + sum([len(self._slots[each]) for each in ahead])

    def measure_room(self) -> float:
        """Return how many points of a page all flows take if two columns are level."""
        return measure_room(self._opening) + fsum(map(measure_room, self._slots))

    def measure_need(self, place: int, form: int) -> float:
        """Return how many points a part needs in a form, more than what must be printed of it or in its place."""
        forms = self._forms
        need = forms[place].rooms[form] - forms[place].room
        for stand_in, principal in self._stands_in.items():
            if principal == place:
                need -= forms[stand_in].room
        return need

    def _fill(self, place: int) -> None:
        principal = self._stands_in.get(place)
        comes = principal is None or self.chosen[principal] is None
        self._slots[place] = (self.chosen[place] or ()) if comes else ()
