"""What a plan is made of: statements, blocks of sections, the red-flag box, cards. All words are final."""

from __future__ import annotations

from typing import Literal

from handouts.tailor.shared import Shared, shared


@shared
class Statement(Shared):
    """Printed words with their stable id, what they rest on, and the rule that put or moved them there, in words."""

    id: str
    text: str
    sources: tuple[str, ...] = ()
    mark: str = "general-knowledge"
    strong: bool = False
    because: str = ""


@shared
class FigureUse(Shared):
    """A figure to be drawn: its id, the side that moves, and one alternative text a frame.

    ``first`` is the side to draw where both sides do the move: the side that hurts. None leaves it to the figure.
    """

    id: str
    side: Literal["left", "right", "both"]
    alt: tuple[str, ...]
    first: Literal["left", "right"] | None = None


@shared
class Paragraph(Shared):
    """Running text."""

    statement: Statement


@shared
class BulletList(Shared):
    """A list without numbers."""

    id: str
    lead: str | None
    items: tuple[Statement, ...]


@shared
class StepList(Shared):
    """Numbered steps, with a figure or without."""

    id: str
    title: str | None
    items: tuple[Statement, ...]
    figure: FigureUse | None = None


@shared
class TableRow(Shared):
    """A row; the first cell is its heading."""

    id: str
    icon: str | None
    cells: tuple[str, ...]
    sources: tuple[str, ...] = ()


@shared
class Table(Shared):
    """A small table with a row of headings."""

    id: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


@shared
class TimePoint(Shared):
    """A point of a time line."""

    label: str
    statement: Statement


@shared
class Timeline(Shared):
    """What to expect, from left to right."""

    id: str
    points: tuple[TimePoint, ...]


@shared
class Pair(Shared):
    """An easier and a harder way."""

    id: str
    topic: str
    easier: str
    harder: str
    figure_easier: FigureUse | None = None
    figure_harder: FigureUse | None = None
    sources: tuple[str, ...] = ()


@shared
class Pairs(Shared):
    """Pairs side by side."""

    id: str
    pairs: tuple[Pair, ...]


@shared
class Note(Shared):
    """A box that stands out."""

    id: str
    tone: Literal["caution", "tip"]
    title: str
    items: tuple[Statement, ...]


@shared
class Question(Shared):
    """A question and its answer."""

    question: str
    answer: Statement


@shared
class Questions(Shared):
    """Questions people ask."""

    id: str
    items: tuple[Question, ...]


@shared
class FigureBlock(Shared):
    """A figure with its caption."""

    id: str
    figure: FigureUse
    caption: str


ContentBlock = Paragraph | BulletList | StepList | Table | Timeline | Pairs | Note | Questions | FigureBlock


def find_block_id(block: ContentBlock) -> str:
    """Return the id of a block; a paragraph has its statement's."""
    return block.statement.id if isinstance(block, Paragraph) else block.id


@shared
class WarningTier(Shared):
    """One tier of the red-flag box."""

    title: str
    lead: str | None
    items: tuple[Statement, ...]


@shared
class RedFlagBox(Shared):
    """The red-flag box. ``today_short`` is the line that stands on page 1 of a large-print sheet."""

    now: WarningTier
    today: WarningTier
    today_short: str
    last: Statement


@shared
class Dose(Shared):
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


@shared
class ExerciseCard(Shared):
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


@shared
class SleepCard(Shared):
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
