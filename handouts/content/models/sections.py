"""Sections: the blocks that they are made of, and the red-flag box."""

from __future__ import annotations

from typing import Annotated, Literal

from handouts.content.form import Form, Tag, field
from handouts.content.models.basics import Id, Mark, Reviewed, Rule, Statement, Words


class Paragraph(Statement):
    """Running text of one to four sentences."""

    kind: Literal["paragraph"] = "paragraph"


class BulletList(Form):
    """A list without numbers; ``lead`` is the line that opens it."""

    kind: Literal["list"] = "list"
    id: Id
    lead: Words | None = None
    items: tuple[Statement, ...] = field(min_length=1, max_length=14)
    when: Rule | None = None
    unless: Rule | None = None


class StepList(Form):
    """Numbered steps; with a figure, each step stands under its frame."""

    kind: Literal["steps"] = "steps"
    id: Id
    title: Words | None = None
    figure: Id | None = None
    alt: tuple[Words, ...] = field(default=(), description="One text a frame of the figure.")
    items: tuple[Statement, ...] = field(min_length=1, max_length=8)
    when: Rule | None = None
    unless: Rule | None = None


class TableRow(Form):
    """One row: the first cell is its heading."""

    id: Id
    icon: Id | None = None
    cells: tuple[Words, ...]
    sources: tuple[str, ...] = ()
    mark: Mark = "general-knowledge"
    when: Rule | None = None
    unless: Rule | None = None


class Table(Form):
    """A small table; the first row of headings belongs to ``columns``."""

    kind: Literal["table"] = "table"
    id: Id
    caption: Words
    columns: tuple[Words, ...]
    rows: tuple[TableRow, ...] = field(min_length=1)
    when: Rule | None = None
    unless: Rule | None = None


class TimePoint(Statement):
    """A point of a time line: ``label`` says when."""

    label: Words


class Timeline(Form):
    """What to expect and when, from left to right."""

    kind: Literal["timeline"] = "timeline"
    id: Id
    points: tuple[TimePoint, ...] = field(min_length=2, max_length=5)
    when: Rule | None = None
    unless: Rule | None = None


class Pair(Form):
    """An easier and a harder way, side by side, each with a figure or without."""

    id: Id
    topic: Words
    easier: Words
    harder: Words
    figure_easier: Id | None = None
    figure_harder: Id | None = None
    alt_easier: Words | None = None
    alt_harder: Words | None = None
    sources: tuple[str, ...] = ()
    mark: Mark = "general-knowledge"
    when: Rule | None = None
    unless: Rule | None = None
    first: Rule | None = None


class Pairs(Form):
    """Several pairs; ``most`` is how many are printed at the most."""

    kind: Literal["pairs"] = "pairs"
    id: Id
    pairs: tuple[Pair, ...] = field(min_length=1)
    most: int = field(default=8, ge=1)
    when: Rule | None = None
    unless: Rule | None = None


class Note(Form):
    """A box that stands out: a caution (with a word and an icon) or a tip."""

    kind: Literal["note"] = "note"
    id: Id
    tone: Literal["caution", "tip"]
    title: Words
    items: tuple[Statement, ...] = field(min_length=1, max_length=12)
    when: Rule | None = None
    unless: Rule | None = None


class Question(Statement):
    """A question people ask, with its answer in ``text``."""

    question: Words


class Questions(Form):
    """Questions and answers."""

    kind: Literal["questions"] = "questions"
    id: Id
    items: tuple[Question, ...] = field(min_length=1)
    when: Rule | None = None
    unless: Rule | None = None


class FigureBlock(Form):
    """A figure with its caption."""

    kind: Literal["figure"] = "figure"
    id: Id
    figure: Id
    caption: Words
    alt: Words
    when: Rule | None = None
    unless: Rule | None = None


ContentBlock = Annotated[
    Paragraph | BulletList | StepList | Table | Timeline | Pairs | Note | Questions | FigureBlock,
    Tag("kind"),
]


class Section(Reviewed):
    """A topic of the handouts."""

    id: Id
    title: Words
    need: (
        Literal["cause", "diagnosis", "outlook", "flare-plan", "treatment", "self-care", "work", "when-to-get-help"]
        | None
    ) = field(default=None, description="Which of the eight needs of people with back pain it answers.")
    when: Rule | None = None
    unless: Rule | None = None
    blocks: tuple[ContentBlock, ...] = field(min_length=1)


class WarningTier(Form):
    """One tier of the red-flag box; ``extra`` are the lines that conditions may add, four at the most."""

    title: Words
    lead: Words | None = None
    items: tuple[Statement, ...] = field(min_length=1)
    extra: tuple[Statement, ...] = ()


class RedFlags(Reviewed):
    """The red-flag box: one fixed text for every handout."""

    id: Literal["red-flags"]
    now: WarningTier
    today: WarningTier
    today_short: Words = field(description="Large print, page 1: the call line and where to read on.")
    last: Statement
