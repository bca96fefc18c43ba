"""What a plan is made of: statements, blocks of sections, the red-flag box, cards. All words are final."""

from __future__ import annotations

from dataclasses import dataclass
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
