"""The plan: what goes into one handout, in order, with final words, doses, sides and figures.

No page, no millimetre, no font. Everything a clinician needs to read before paper is used, with what was left out and
why. Words are final: placeholders are filled, ``**bold**`` is the only mark-up left. In the words of `Person` and
`ClinicView` asterisks mean nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Statement:
    """Printed words with their stable id, what they rest on, and the rule that put or moved them there, in words."""

    id: str
    text: str
    sources: tuple[str, ...] = ()
    mark: str = "general-knowledge"
    strong: bool = False
    because: str = ""


@dataclass(frozen=True, slots=True)
class FigureUse:
    """A figure to be drawn: its id, the side that moves, and one alternative text a frame.

    ``first`` is the side to draw where both sides do the move: the side that hurts. None leaves it to the figure.
    """

    id: str
    side: Literal["left", "right", "both"]
    alt: tuple[str, ...]
    first: Literal["left", "right"] | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    statement: Statement


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list without numbers."""

    id: str
    lead: str | None
    items: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class StepList:
    """Numbered steps, with a figure or without."""

    id: str
    title: str | None
    items: tuple[Statement, ...]
    figure: FigureUse | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row; the first cell is its heading."""

    id: str
    icon: str | None
    cells: tuple[str, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A small table with a row of headings."""

    id: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class TimePoint:
    """A point of a time line."""

    label: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Timeline:
    """What to expect, from left to right."""

    id: str
    points: tuple[TimePoint, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """An easier and a harder way."""

    id: str
    topic: str
    easier: str
    harder: str
    figure_easier: FigureUse | None = None
    figure_harder: FigureUse | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs side by side."""

    id: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A box that stands out."""

    id: str
    tone: Literal["caution", "tip"]
    title: str
    items: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its answer."""

    question: str
    answer: Statement


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions people ask."""

    id: str
    items: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A figure with its caption."""

    id: str
    figure: FigureUse
    caption: str


ContentBlock = Paragraph | BulletList | StepList | Table | Timeline | Pairs | Note | Questions | FigureBlock


def find_block_id(block: ContentBlock) -> str:
    """Return the id of a block; a paragraph has its statement's."""
    return block.statement.id if isinstance(block, Paragraph) else block.id


@dataclass(frozen=True, slots=True)
class WarningTier:
    """One tier of the red-flag box."""

    title: str
    lead: str | None
    items: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class RedFlagBox:
    """The red-flag box. ``today_short`` is the line that stands on page 1 of a large-print sheet."""

    now: WarningTier
    today: WarningTier
    today_short: str
    last: Statement


@dataclass(frozen=True, slots=True)
class Dose:
    """How much, as printed. ``words`` is the badge, ``short`` its short form for tiles and charts."""

    hold_seconds: int | None
    repetitions: int | None
    each_side: bool
    sets: int
    minutes: int | None
    times_per_day: int
    days_per_week: int
    words: tuple[str, ...] = ()
    short: str = ""


@dataclass(frozen=True, slots=True)
class ExerciseCard:
    """A move as it will be printed. ``side`` is the leg or arm that moves: "both" for each side."""

    id: str
    version: str | None
    title: str
    group: Literal["move", "walk", "breathing"]
    side: Literal["left", "right", "both", "none"]
    position: str
    figure: FigureUse
    steps: tuple[Statement, ...]
    dose: Dose
    seconds_per_day: int
    feel: Statement
    stop: tuple[Statement, ...]
    easier: Statement
    caution: Statement | None = None
    not_for: tuple[Statement, ...] = ()
    overridden_by: str | None = None
    sources: tuple[str, ...] = ()
    mark: str = "general-knowledge"
    content_version: str = "1.0"


@dataclass(frozen=True, slots=True)
class SleepCard:
    """A sleep position, or the log roll."""

    id: str
    kind: Literal["position", "move"]
    title: str
    figure: FigureUse
    lead: Statement | None
    steps: tuple[Statement, ...]
    stop: Statement | None
    easier: Statement | None
    best: bool = False
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the handout in its place; ``kind`` as in the handout's file.

    ``blocks`` belongs to sections; cards, box and strip are taken from the plan itself. ``extra`` names blocks that are
    printed only where there is room, ``rank`` who is given room first, ``cards`` the sleep cards of this part (all if
    empty).
    """

    kind: Literal[
        "red-flags", "plan", "section", "exercises", "tick-chart", "sleep", "sources", "notes", "link", "conditions"
    ]
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


@dataclass(frozen=True, slots=True)
class ClinicView:
    """What is printed of the clinic."""

    name: str
    phone: str
    out_of_hours: str
    emergency_number: str
    website: str
    short_address: str
    address: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Omission:
    """What was left out, why (a sentence for a clinician), for which condition, and on which source."""

    id: str
    kind: Literal["exercise", "sleep", "section", "statement", "advice"]
    reason: str
    condition: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A choice that was made, with the rule that made it, in words."""

    id: str
    what: str
    because: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source of the sheet; the bodies of ``main`` ones are printed under "Where this comes from"."""

    key: str
    text: str
    body: str
    main: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """One handout, decided. ``person`` None is a generic sheet with ruled lines for name and date.

    ``digest`` covers everything; ``shared_digest`` only what is printed apart from person, reference and date, so equal
    shared digests may share a layout. ``ask_for_sleep`` is printed where no sleep position suits the person.
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
    ask_for_sleep: str | None = None
