"""A library made ready to decide on people: what counts for a person, and which moves; no clinic, no words."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from handouts.content.library import Library
from handouts.dataclass import dataclass
from handouts.diagnostics import Collector, Diagnostic, Severity
from handouts.patient.checks import check_names
from handouts.patient.models import PatientRecord
from handouts.source.document import PlaceSpan
from handouts.tailor.bits import FactBits, Marks
from handouts.tailor.conditions import LEAST_AGE, MOST_AGE_PREGNANT, KnownConditions, Situation, assess_person
from handouts.tailor.moves import Moves
from handouts.tailor.own_list import choose_own_moves
from handouts.tailor.people import OLDER_FROM
from handouts.tailor.rules import Facts, gather_mentions
from handouts.tailor.selection import Selection, choose_default_moves
from handouts.tailor.store import Store
from handouts.tailor.verdicts import Verdicts

MOST_KEPT = 40_000
"""Values and pieces kept (about 20 MB): some thousands in usual work; beyond it all are dropped and made anew."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was decided for a person before a word is chosen; it is the same for every handout."""

    situation: Situation
    marks: Marks
    selection: Selection


class Judge:
    """Decides on people by the rules of one library. What it keeps depends only on the library."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.verdicts = Verdicts(library.moves, library.conditions, library.exercises)
        self.conditions = KnownConditions(library.conditions)
        self.store = Store(MOST_KEPT)

    @cached_property
    def bits(self) -> FactBits:
        """The bits for everything that decisions may ask of a person; its limits are those of ages and weeks."""
        library = self.library
        content = (library.sections, library.exercises, library.sleep, library.handouts, library.conditions)
        mentions = gather_mentions((*content, library.default_sets, library.red_flags))
        mentions.ages.update((0, LEAST_AGE, MOST_AGE_PREGNANT + 1, OLDER_FROM))
        mentions.weeks.add(library.moves.pregnancy_from_week)
        mentions.conditions.update(library.conditions)
        mentions.uncleared.update(library.conditions)
        mentions.values["sleeps_on"].update(library.sleep)
        return FactBits(mentions)

    @cached_property
    def moves(self) -> Moves:
        """The moves, ready to be chosen from."""
        library = self.library
        return Moves(library.exercises, self.verdicts, library.default_sets, self.bits, self.store)

    def judge_generic(self) -> Judgement:
        """Return what is decided for a sheet without a person. Raises ContentError when no default set fits."""
        situation = Situation(Facts("generic"))
        marks = self.bits.mark_facts(situation.facts)
        return Judgement(situation, marks, choose_default_moves(self.moves, marks, {}))

    def judge_person(self, record: PatientRecord, day: date, problems: Collector, place: PlaceSpan) -> Judgement:
        """Return what is decided for a person on ``day``; it counts only where ``problems`` gets no error.

        Adds to ``problems`` all that keeps a sheet from being made of the record, whatever the handout: what the
        library does not have, under 16, a contradiction, refused moves and doses of the clinician's own list; and
        warnings of what a clinician may have chosen unawares.
        Raises ContentError when no default set fits.
        """
        check_names(record, self.library, place, problems, day)
        situation = assess_person(self.conditions, record, day, problems, place)
        marks = self.bits.mark_facts(situation.facts)
        overrides = {item.id: item for item in record.overrides}
        if record.exercises is not None:
            selection = choose_own_moves(self.moves, record.exercises, marks, overrides, problems, place)
        else:
            selection = choose_default_moves(self.moves, marks, overrides)
        if overrides:
            self._warn_of_idle_overrides(record, selection, problems, place)
        return Judgement(situation, marks, selection)

    def _warn_of_idle_overrides(
        self, record: PatientRecord, selection: Selection, problems: Collector, place: PlaceSpan
    ) -> None:
        """Warn of overrides of moves that are not on the sheet: the clinician decided on something that is not done."""
        printed = {order.exercise for order in selection.orders}
        for at, override in enumerate(record.overrides):
            if override.id in self.library.exercises and override.id not in printed:
                message = f"the override of '{override.id}' is not used: the move is not on the sheet"
                hint = f"name '{override.id}' under 'exercises', or take the override out"
                span = place(("overrides", at, "id"))
                problems.add(Diagnostic("idle-override", message, span, Severity.WARNING, hint=hint))
