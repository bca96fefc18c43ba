"""Facts as one number: whoever has the same bits where a rule looks gets the same answer from it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Hashable, Iterable
from dataclasses import replace

from handouts.tailor.rules import UNKNOWN_WEEKS, VALUE_KEYS, Facts, Mentions


class Marks:
    """Facts with their bits; ``person`` are those without the moves that stand on the sheet."""

    __slots__ = ("_facts", "bits", "exercises", "person")

    def __init__(self, person: Facts, bits: int, exercises: frozenset[str] = frozenset()) -> None:
        self.person = person
        self.bits = bits
        self.exercises = exercises
        self._facts: Facts | None = None if exercises else person

    @property
    def facts(self) -> Facts:
        """The facts, put together when they are first asked for."""
        if self._facts is None:
            self._facts = replace(self.person, exercises=self.exercises)
        return self._facts


class FactBits:
    """Which bit stands for which answer, for everything that the rules of a library mention.

    What no rule mentions has no bit. Ages and weeks have one for each limit that is reached.
    """

    def __init__(self, mentions: Mentions) -> None:
        self.ages = tuple(sorted(mentions.ages))
        self.weeks = tuple(sorted(mentions.weeks))
        self._count = 0
        self._generic = self._take_bit()
        self._age_known, self._pregnant, self._weeks_unknown = (self._take_bit() for _ in range(3))
        self._conditions = self._take_bits(mentions.conditions)
        self._uncleared = self._take_bits(mentions.uncleared)
        self._exercises = self._take_bits(mentions.exercises)
        self._values = {key: self._take_bits(mentions.values[key]) for key in VALUE_KEYS}
        self._age_limits = self._take_bits(self.ages)
        self._week_limits = self._take_bits(self.weeks)
        self._ages_reached = _add_up(self._age_limits.values())
        self._weeks_reached = _add_up(self._week_limits.values())

    def _take_bit(self) -> int:
        self._count += 1
        return 1 << (self._count - 1)

    def _take_bits(self, names: Iterable[Hashable]) -> dict[Hashable, int]:
        return {name: self._take_bit() for name in sorted(names)}  # type: ignore[type-var]

    def mark_facts(self, facts: Facts) -> Marks:
        """Return facts with a bit for each answer that rules may get from them."""
        bits = self._generic if facts.audience == "generic" else 0
        for name in facts.conditions:
            bits |= self._conditions.get(name, 0)
        for name in facts.uncleared:
            bits |= self._uncleared.get(name, 0)
        if facts.age is not None:
            bits |= self._age_known | self._ages_reached[bisect_right(self.ages, facts.age)]
        if facts.weeks is not None:
            bits |= self._pregnant | self._weeks_reached[bisect_right(self.weeks, facts.weeks)]
            if facts.weeks == UNKNOWN_WEEKS:
                bits |= self._weeks_unknown
        values = self._values
        bits |= values["stage"].get(facts.stage, 0) | values["pattern"].get(facts.pattern, 0)
        bits |= values["side"].get(facts.side, 0) | values["work"].get(facts.work, 0)
        bits |= values["sleeps_on"].get(facts.sleeps_on, 0)
        marks = Marks(facts, bits)
        return self.set_exercises(marks, facts.exercises) if facts.exercises else marks

    def set_exercises(self, marks: Marks, exercises: frozenset[str]) -> Marks:
        """Return the facts of a person with the moves that stand on the sheet."""
        bits = marks.bits
        for name in exercises:
            bits |= self._exercises.get(name, 0)
        return Marks(marks.person, bits, exercises)

    def find_mask(self, mentions: Mentions) -> int:
        """Return the bits that can make a difference to rules: whom the sheet is for, and all that they mention."""
        mask = self._generic
        asked: list[tuple[Collection[Hashable], dict[Hashable, int]]] = [
            (mentions.conditions, self._conditions),
            (mentions.uncleared, self._uncleared),
            (mentions.exercises, self._exercises),
            (mentions.ages, self._age_limits),
            (mentions.weeks, self._week_limits),
            *((mentions.values[key], self._values[key]) for key in VALUE_KEYS),
        ]
        for names, bits in asked:
            for name in names:
                mask |= bits[name]
        if mentions.ages:
            mask |= self._age_known
        if mentions.weeks:
            mask |= self._pregnant | self._weeks_unknown
        return mask


def _add_up(bits: Iterable[int]) -> tuple[int, ...]:
    """Return what is reached below the first limit, from the first, from the second, and so on."""
    reached = [0]
    for bit in bits:
        reached.append(reached[-1] | bit)
    return tuple(reached)
