"""The plan: what goes into one handout, in order, with final words, doses, sides and figures.

No page, no millimetre, no font. Everything a clinician needs to read before paper is used, with what was left out and
why. Words are final: placeholders are filled, ``**bold**`` is the only mark-up left. In the words of `Person` and
`ClinicView` asterisks mean nothing.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from handouts.dataclass import dataclass
from handouts.tailor.printable import (
    BulletList,
    ContentBlock,
    Dose,
    ExerciseCard,
    FigureBlock,
    FigureUse,
    Note,
    Pair,
    Pairs,
    Paragraph,
    Question,
    Questions,
    RedFlagBox,
    SleepCard,
    Statement,
    StepList,
    Table,
    TableRow,
    Timeline,
    TimePoint,
    WarningTier,
    find_block_id,
)
from handouts.tailor.shared import Shared, shared

__all__ = [
    "BulletList",
    "ClinicView",
    "ContentBlock",
    "Decision",
    "Dose",
    "ExerciseCard",
    "FigureBlock",
    "FigureUse",
    "Note",
    "Omission",
    "Pair",
    "Pairs",
    "Paragraph",
    "Part",
    "Person",
    "Plan",
    "Question",
    "Questions",
    "RedFlagBox",
    "SleepCard",
    "SourceLine",
    "Statement",
    "StepList",
    "Table",
    "TableRow",
    "TimePoint",
    "Timeline",
    "WarningTier",
    "find_block_id",
]


@shared
class Part(Shared):
    """One part of the handout in its place; ``kind`` as in the handout's file.

    ``blocks`` belongs to sections; cards, box and strip are taken from the plan itself. ``extra`` names blocks that are
    printed only where there is room, ``rank`` who is given room first, ``cards`` the sleep cards of this part (all if
    empty), ``ahead_of`` an earlier part that this one may come just before.
    """

    kind: Literal["red-flags", "plan", "section", "exercises", "tick-chart", "sleep", "sources", "notes", "link"]
    id: str
    title: str | None = None
    lead: Statement | None = None
    blocks: tuple[ContentBlock, ...] = ()
    columns: Literal[1, 2] = 1
    style: Literal["cards", "list", "compact"] = "cards"
    new_page: bool = False
    if_room: bool = False
    extra: tuple[str, ...] = ()
    rank: int = 50
    cards: tuple[str, ...] = ()
    stands_in_for: str | None = None
    ahead_of: str | None = None
    version: str = "1.0"


@dataclass(frozen=True, slots=True)
class Person:
    """Who the sheet is for, as printed. Dates are written out in the plan's language; None is not printed."""

    name: str
    date_of_birth: str | None
    reference: str | None
    seen_by: str | None
    next_visit: str | None
    goal: str | None
    notes: tuple[str, ...]


@shared
class ClinicView(Shared):
    """What is printed of the clinic."""

    name: str
    phone: str
    out_of_hours: str
    emergency_number: str
    website: str
    short_address: str
    address: tuple[str, ...]


@shared
class Omission(Shared):
    """What was left out, why (a sentence for a clinician), for which condition, and on which source."""

    id: str
    kind: Literal["exercise", "sleep", "section", "statement", "advice"]
    reason: str
    condition: str | None = None
    source: str | None = None


@shared
class Decision(Shared):
    """A choice that was made, with the rule that made it, in words."""

    id: str
    what: str
    because: str


@shared
class SourceLine(Shared):
    """A source of the sheet; the bodies of ``main`` ones are printed under "Where this comes from"."""

    key: str
    text: str
    body: str
    main: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """One handout, decided. ``person`` None is a generic sheet with ruled lines for name and date.

    ``digest`` covers everything; ``shared_digest`` only what is printed apart from person, reference and date.
    ``layout_digest`` leaves out the person who is drawn, the line on review and the sheet's id as well, and says
    whether there is a person: plans that have it alike differ only in personal lines, foot and who is drawn.
    ``ask_for_sleep`` is printed where no sleep position suits the person.
    """

    handout: str
    title: str
    message: tuple[Statement, ...]
    language: str
    edition: str
    date: date
    date_words: str
    date_from: Literal["option", "record", "today"]
    person: Person | None
    reference: str | None
    clinic: ClinicView
    side: str
    stage: str
    conditions: tuple[str, ...]
    figure_person: str
    red_flags: RedFlagBox
    parts: tuple[Part, ...]
    exercises: tuple[ExerciseCard, ...]
    ask_for_moves: str | None
    sleep: tuple[SleepCard, ...]
    minutes_per_day: int
    sources: tuple[SourceLine, ...]
    words: tuple[tuple[str, str | tuple[str, str]], ...]
    omissions: tuple[Omission, ...]
    decisions: tuple[Decision, ...]
    content_version: str
    reviewed: str
    sheet_id: str
    digest: str
    pages_most: int
    pages_small: int | None
    shared_digest: str = ""
    layout_digest: str = ""
    ask_for_sleep: str | None = None
