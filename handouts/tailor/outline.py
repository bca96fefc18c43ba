"""A handout made ready: the places of its pieces in printing order, each filled once for all people alike in it."""

from __future__ import annotations

from handouts.content.models import Handout
from handouts.dataclass import dataclass
from handouts.tailor.bits import Marks
from handouts.tailor.digest import write_list
from handouts.tailor.parts import check_parts, open_part
from handouts.tailor.plan import ClinicView, Part, RedFlagBox, SleepCard, Statement
from handouts.tailor.red_flags import make_red_flags
from handouts.tailor.rulebook import Rulebook
from handouts.tailor.rules import gather_mentions
from handouts.tailor.sleep import choose_sleep
from handouts.tailor.store import Slot
from handouts.tailor.trail import Piece, Trail
from handouts.tailor.wording import shorten_address

MOST_MESSAGES = 3
"""Sentences of the main message that are printed."""

_MOVE_PARTS = frozenset({"plan", "exercises", "tick-chart"})


@dataclass(frozen=True, slots=True)
class Outline:
    """What of a handout is the same for everybody, and the slots of what is not; ``sleep`` None has no place for it.

    ``frame`` is the text of what everybody's digest covers.
    """

    handout: str
    title: str
    clinic: ClinicView
    frame: str
    pages_most: int
    pages_small: int | None
    has_moves: bool
    message: Slot[Piece[tuple[Statement, ...]]]
    red_flags: Slot[Piece[RedFlagBox]]
    parts: tuple[tuple[str, Slot[Piece[Part | None]]], ...]
    sleep: Slot[Piece[tuple[SleepCard, ...]]] | None


def open_outline(rulebook: Rulebook, handout: Handout) -> Outline:
    """Return the outline of a handout, made once. Raises ContentError where it does not always print the box."""
    return rulebook.keep(("outline", handout.id), lambda: _make_outline(rulebook, handout))


def _make_outline(rulebook: Rulebook, handout: Handout) -> Outline:
    check_parts(handout)
    kinds = {part.part for part in handout.parts}
    title = rulebook.wording.fill_words(handout.title)
    clinic = rulebook.keep("clinic", lambda: _make_clinic_view(rulebook))
    version, most = rulebook.library.content_version, handout.pages.most
    return Outline(
        handout=handout.id,
        title=title,
        clinic=clinic,
        frame=write_list([handout.id, title, rulebook.language, clinic, version, most]),
        pages_most=most,
        pages_small=handout.pages.small,
        has_moves=not kinds.isdisjoint(_MOVE_PARTS),
        message=_open_message(rulebook, handout),
        red_flags=rulebook.keep("red-flags", lambda: _open_box(rulebook)),
        parts=tuple((part.part, open_part(handout, at, rulebook)) for at, part in enumerate(handout.parts)),
        sleep=_open_sleep(rulebook, handout) if "sleep" in kinds else None,
    )


def _make_clinic_view(rulebook: Rulebook) -> ClinicView:
    clinic = rulebook.clinic
    return ClinicView(
        name=clinic.name,
        phone=clinic.phone,
        out_of_hours=clinic.out_of_hours,
        emergency_number=clinic.emergency_number,
        website=clinic.website,
        short_address=shorten_address(clinic),
        address=clinic.address,
    )


def _open_message(rulebook: Rulebook, handout: Handout) -> Slot[Piece[tuple[Statement, ...]]]:
    def make(marks: Marks, trail: Trail) -> tuple[Statement, ...]:
        return rulebook.start_chooser(marks.facts, trail).choose_statements(handout.message)[:MOST_MESSAGES]

    return rulebook.open_slot(rulebook.find_mask(handout.message), make)


def _open_box(rulebook: Rulebook) -> Slot[Piece[RedFlagBox]]:
    box = rulebook.library.red_flags

    def make(marks: Marks, trail: Trail) -> RedFlagBox:
        return make_red_flags(box, rulebook.start_chooser(marks.facts, trail))

    return rulebook.open_slot(rulebook.find_mask(box), make)


def _open_sleep(rulebook: Rulebook, handout: Handout) -> Slot[Piece[tuple[SleepCard, ...]]]:
    positions = rulebook.library.sleep
    most = next(part.most for part in handout.parts if part.part == "sleep")

    def make(marks: Marks, trail: Trail) -> tuple[SleepCard, ...]:
        return choose_sleep(positions, marks.facts, rulebook.wording, trail, most)

    mentions = gather_mentions(tuple(positions.values()))
    mentions.values["sleeps_on"].update(positions)
    mentions.conditions.update(name for item in positions.values() for name in item.best_for)
    return rulebook.open_slot(rulebook.bits.find_mask(mentions), make)
