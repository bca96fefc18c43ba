"""Sections: the blocks that they are made of, and the red-flag box."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from handouts.content.models.basics import Id, Mark, Reviewed, Rule, Statement, Strict, Words


class Paragraph(Statement):
    """Running text of one to four sentences."""

    kind: Literal["paragraph"] = "paragraph"


class BulletList(Strict):
    """A list without numbers; ``lead`` is the line that opens it."""

    kind: Literal["list"] = "list"
    id: Id
    lead: Words | None = None
    items: tuple[Statement, ...] = Field(min_length=1, max_length=14)
    when: Rule | None = None
    unless: Rule | None = None


class StepList(Strict):
    """Numbered steps; with a figure, each step stands under its frame."""

    kind: Literal["steps"] = "steps"
    id: Id
    title: Words | None = None
    figure: Id | None = None
    alt: tuple[Words, ...] = Field((), description="One text a frame of the figure.")
    items: tuple[Statement, ...] = Field(min_length=1, max_length=8)
    when: Rule | None = None
    unless: Rule | None = None


class TableRow(Strict):
    """One row: the first cell is its heading."""

    id: Id
    icon: Id | None = None
    cells: tuple[Words, ...]
    sources: tuple[str, ...] = ()
    mark: Mark = "general-knowledge"
    when: Rule | None = None
    unless: Rule | None = None


class Table(Strict):
    """A small table; the first row of headings belongs to ``columns``."""

    kind: Literal["table"] = "table"
    id: Id
    caption: Words
    columns: tuple[Words, ...]
    rows: tuple[TableRow, ...] = Field(min_length=1)
    when: Rule | None = None
    unless: Rule | None = None


class TimePoint(Statement):
    """A point of a time line: ``label`` says when."""

    label: Words


class Timeline(Strict):
    """What to expect and when, from left to right."""

    kind: Literal["timeline"] = "timeline"
    id: Id
    points: tuple[TimePoint, ...] = Field(min_length=2, max_length=5)
    when: Rule | None = None
    unless: Rule | None = None


class Pair(Strict):
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


class Pairs(Strict):
    """Several pairs; ``most`` is how many are printed at the most."""

    kind: Literal["pairs"] = "pairs"
    id: Id
    pairs: tuple[Pair, ...] = Field(min_length=1)
    most: int = Field(8, ge=1)
    when: Rule | None = None
    unless: Rule | None = None


class Note(Strict):
    """A box that stands out: a caution (with a word and an icon) or a tip."""

    kind: Literal["note"] = "note"
    id: Id
    tone: Literal["caution", "tip"]
    title: Words
    items: tuple[Statement, ...] = Field(min_length=1, max_length=12)
    when: Rule | None = None
    unless: Rule | None = None


class Question(Statement):
    """A question people ask, with its answer in ``text``."""

    question: Words


class Questions(Strict):
    """Questions and answers."""

    kind: Literal["questions"] = "questions"
    id: Id
    items: tuple[Question, ...] = Field(min_length=1)
    when: Rule | None = None
    unless: Rule | None = None


class FigureBlock(Strict):
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
    Field(discriminator="kind"),
]


class Section(Reviewed):
    """A topic of the handouts."""

    id: Id
    title: Words
    need: (
        Literal["cause", "diagnosis", "outlook", "flare-plan", "treatment", "self-care", "work", "when-to-get-help"]
        | None
    ) = Field(None, description="Which of the eight needs of people with back pain it answers.")
    when: Rule | None = None
    unless: Rule | None = None
    blocks: tuple[ContentBlock, ...] = Field(min_length=1)


class WarningTier(Strict):
    """One tier of the red-flag box; ``extra`` are the lines that conditions may add, four at the most."""

    title: Words
    lead: Words | None = None
    items: tuple[Statement, ...] = Field(min_length=1)
    extra: tuple[Statement, ...] = ()


class RedFlags(Reviewed):
    """The red-flag box: one fixed text for every handout."""

    id: Literal["red-flags"]
    now: WarningTier
    today: WarningTier
    today_short: Words = Field(description="Large print, page 1: the call line and where to read on.")
    last: Statement
