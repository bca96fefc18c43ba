"""What an author writes: the shape of every file of the library, validated with pydantic.

These types hold the author's words with their placeholders; what will be printed is another type
(`handouts.tailor.plan`). Placeholders in words: ``{phone}``, ``{out_of_hours}``, ``{emergency_number}``,
``{emergency_place}``, ``{clinic}``, ``{website}`` and, in exercises, ``{one}`` and ``{other}`` ("one" and "the other",
"your left" and "your right"). ``**bold**`` is the only mark-up.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Mark = Literal["guideline", "web-page", "source-article", "general-knowledge"]
Stage = Literal["first-days", "early", "later"]
Pattern = Literal["worse-bending", "worse-standing", "none"]
Side = Literal["left", "right", "both", "none"]
Work = Literal["desk", "standing", "lifting", "driving", "none"]
SleepSide = Literal["side", "back", "front"]
Verdict = Literal["Y", "M", "A", "N"]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", re.ASCII)


def read_day(value: object) -> date:
    """Return a date written as YYYY-MM-DD; numbers and times of day are no dates. Raises ValueError."""
    if isinstance(value, date) and type(value) is date:
        return value
    if isinstance(value, str) and _DAY.match(value):
        return date.fromisoformat(value)
    raise ValueError("a date is written as YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(read_day)]


class Strict(BaseModel):
    """A mapping of which every key is known. Text may be written as a number: ``version: 1.10`` keeps its nought."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Rule(Strict):
    """When something is printed. Every key that is given must hold; a list holds when one of its entries does."""

    conditions: tuple[Id, ...] = Field((), description="The person has one of these conditions, cleared or not.")
    uncleared: tuple[Id, ...] = Field(
        (), description="The person has one of these conditions, and no clinician has cleared it."
    )
    stage: tuple[Stage, ...] = ()
    pattern: tuple[Pattern, ...] = ()
    side: tuple[Side, ...] = ()
    work: tuple[Work, ...] = ()
    sleeps_on: tuple[SleepSide, ...] = ()
    exercises: tuple[Id, ...] = Field((), description="One of these moves is on the sheet.")
    pregnant_weeks_at_least: int | None = Field(None, ge=1, le=45)
    age_at_least: int | None = Field(None, ge=0, le=130)
    age_under: int | None = Field(None, ge=0, le=130)
    audience: Literal["personal", "generic"] | None = Field(None, description="A named person's sheet, or one for all.")
    dosing: Literal["each-side", "one-side"] | None = Field(
        None, description="In exercises: both sides, or one named side."
    )


class Statement(Strict):
    """Words that may be printed, what they rest on, and when they are printed."""

    id: Id
    text: Words
    sources: tuple[str, ...] = Field((), description="Keys of sources.yaml.")
    mark: Mark = "general-knowledge"
    when: Rule | None = None
    unless: Rule | None = None
    first: Rule | None = Field(None, description="Moves to the head of its list when this holds.")
    strong: Rule | None = Field(None, description="Set in bold when this holds.")


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


class Reviewed(Strict):
    """Version and review of a file. Nobody has reviewed the bundled content: a sign-off is written by the clinic."""

    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+$")]
    last_reviewed: Day
    next_review: Day


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


class Dose(Strict):
    """How much of a move. ``minutes`` belongs to walks and breathing, the rest to repeated moves."""

    hold_seconds: int | None = Field(None, ge=1, le=120)
    repetitions: int | None = Field(None, ge=1, le=50)
    each_side: bool = False
    sets: int = Field(1, ge=1, le=10)
    minutes: int | None = Field(None, ge=1, le=120)
    times_per_day: int = Field(1, ge=1, le=12)
    days_per_week: int = Field(7, ge=1, le=7)


class DoseRange(Strict):
    """The start is printed; the limit is what a clinician may set."""

    start: Dose
    limit: Dose


class NotFor(Strict):
    """A line of the "Not for you if" row, in plain words; printed on generic sheets."""

    id: Id
    text: Words
    conditions: tuple[Id, ...] = ()


class MoveVersion(Strict):
    """A version of a card that is safe for the columns named; what is not given is taken from the card.

    Versions stand from the least to the most changed: the first one that is safe for all M's of a person is taken.
    A version is safe wherever the card is: it brings nothing that a Y column forbids.
    """

    id: Id
    safe_for: tuple[Id, ...] = Field(
        min_length=1,
        description="Ids of rules/moves.yaml: of `columns`, and of `also` for conditions without a column.",
    )
    title: Words | None = None
    position: Words | None = None
    figure: Id | None = None
    alt: tuple[Words, ...] | None = None
    steps: tuple[Statement, ...] | None = None
    feel: Statement | None = None
    stop: tuple[Statement, ...] | None = None
    easier: Statement | None = None
    caution: Statement | None = Field(None, description="What this version changes, in one or two short sentences.")
    dose: DoseRange | None = None
    sources: tuple[str, ...] = ()
    mark: Mark = "general-knowledge"


class Exercise(Reviewed):
    """A move card."""

    id: Id
    title: Words
    group: Literal["move", "walk", "breathing"] = "move"
    stage: Literal["early", "later"]
    position: Words
    sided: Literal["leg", "arm", "body", "none"] = Field(
        description="What has a left and a right; body: rolls to both sides."
    )
    priority: int = Field(ge=1, le=100, description="Lower is dropped later when the minutes cap is reached.")
    figure: Id
    alt: tuple[Words, ...] = Field(min_length=1, description="One text a frame, with {one} and {other}.")
    steps: tuple[Statement, ...] = Field(min_length=2, max_length=7)
    dose: DoseRange
    feel: Statement
    stop: tuple[Statement, ...] = Field(min_length=1, max_length=5)
    easier: Statement
    not_for: tuple[NotFor, ...] = ()
    versions: tuple[MoveVersion, ...] = ()
    sources: tuple[str, ...] = ()
    mark: Mark = "general-knowledge"


class SleepRule(Strict):
    """Who a sleep position is not for, or what changes."""

    id: Id
    when: Rule
    verdict: Literal["N", "A"]
    reason: Words
    sources: tuple[str, ...] = ()
    mark: Mark = "general-knowledge"


class SleepPosition(Reviewed):
    """A sleep position, or the log roll (``kind: move``)."""

    id: Id
    kind: Literal["position", "move"] = "position"
    title: Words
    priority: int = Field(50, ge=1, le=100, description="Lower is printed earlier, where nothing else decides.")
    figure: Id
    alt: tuple[Words, ...] = Field(min_length=1)
    lead: Statement | None = None
    steps: tuple[Statement, ...] = Field(min_length=1, max_length=8)
    stop: Statement | None = None
    easier: Statement | None = None
    best_for: tuple[Id, ...] = Field((), description="Conditions that this position suits best.")
    rules: tuple[SleepRule, ...] = ()
    sources: tuple[str, ...] = ()
    mark: Mark = "general-knowledge"


class Condition(Strict):
    """A condition a record may name."""

    id: Id
    title: Words = Field(description="In plain words, as printed.")
    meaning: Words = Field(description="For staff: when to tick it.")
    column: Id | None = Field(None, description="Column of the moves table, when it has one.")
    clearable: bool = Field(False, description="No moves, heat or cold until a clinician has cleared it in overrides.")
    implied_by: Rule | None = Field(None, description="Age or weeks that give the condition by themselves.")


class Conditions(Strict):
    """The file of conditions."""

    conditions: tuple[Condition, ...]


class Cell(Strict):
    """A verdict with the mark and the sources it rests on, and the reason in words when it is not Y."""

    verdict: Verdict
    mark: Mark = "general-knowledge"
    sources: tuple[str, ...] = ()
    reason: Words | None = Field(None, description="Why, said to a clinician; without it the column's reason holds.")


class Column(Strict):
    """A column of the moves table: what it means, and the reason printed when a move is left out for it."""

    id: Id
    title: Words
    reason: Words = Field(description="Why moves are left out, said to a clinician.")


class ConditionMoves(Strict):
    """What a condition without a column changes. Moves not named follow ``otherwise``, else stay as they are."""

    id: Id = Field(description="Id of the condition; versions name it under `safe_for`, like a column.")
    title: Words
    reason: Words = Field(description="Why moves are left out or changed, said to a clinician.")
    otherwise: Cell | None = None
    moves: dict[Id, Cell] = Field(default_factory=dict)


class MovesTable(Strict):
    """Who can do what: 19 moves by 12 columns, and the conditions that change moves without a column of their own."""

    columns: tuple[Column, ...]
    moves: dict[Id, dict[Id, Cell]]
    also: tuple[ConditionMoves, ...] = ()
    any_week_of_pregnancy: tuple[Id, ...] = Field(description="Moves whose pregnancy column holds from the first week.")
    pregnancy_from_week: int = 16


class DefaultSet(Strict):
    """The moves of a stage or a pattern, in order, with reserves."""

    id: Id
    when: Rule
    moves: tuple[Id, ...]
    reserves: tuple[Id, ...] = ()
    reserve_rules: dict[Id, Rule] = Field(default_factory=dict, description="Reserves that need more than their place.")


class DefaultSets(Strict):
    """All default sets; the first whose rule holds is taken."""

    sets: tuple[DefaultSet, ...]
    most: int = 5
    least: int = 3


class Source(Strict):
    """A source, as far as it was read."""

    key: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9-]*$")]
    title: Words
    body: Words
    year: int | None = None
    read: Literal["page", "part", "abstract", "second-hand"]
    where: Words
    short: Words = Field(description="As shown to those who ask what a sheet rests on.")
    main: bool = Field(False, description="Its body is printed under 'Where this comes from'; of others: 'and others'.")


class Sources(Strict):
    """The file of sources."""

    sources: tuple[Source, ...]


class Term(Strict):
    """A hard word and its plain meaning."""

    term: Words
    meaning: Words


class Glossary(Strict):
    """Hard words that are explained where they stand."""

    terms: tuple[Term, ...]


class Part(Strict):
    """One part of a handout, in its place.

    ``section`` names a section for part ``section``; ``columns`` says how it is set; ``blocks`` picks some of the
    section's blocks by id (of part ``sleep``: its cards); ``style`` picks the form of a part (cards, list). ``if_room``
    parts are printed only where the page budget leaves room.
    """

    part: Literal[
        "red-flags", "plan", "section", "exercises", "tick-chart", "sleep", "sources", "notes", "link", "conditions"
    ]
    section: Id | None = None
    blocks: tuple[Id, ...] = ()
    title: Words | None = None
    lead: Statement | None = None
    columns: Literal[1, 2] = 1
    style: Literal["cards", "list", "compact"] = "cards"
    new_page: bool = False
    if_room: bool = False
    extra: tuple[Id, ...] = Field((), description="Blocks printed in their place where the page budget leaves room.")
    rank: int = Field(50, ge=1, le=99, description="Which if_room part or extra block is given room first: the lower.")
    heading: bool = Field(True, description="false: no heading of its own, the part goes on from the one before.")
    stands_in_for: Id | None = Field(None, description="An if_room part; this one is printed when that finds no room.")
    most: int | None = Field(None, ge=1, description="Part sleep: how many positions at the most, the best first.")
    when: Rule | None = None
    unless: Rule | None = None


class PageBudget(Strict):
    """Pages of the standard edition; ``small`` holds when at most three exercises are printed."""

    most: int = Field(ge=1)
    small: int | None = Field(None, ge=1)


class Handout(Reviewed):
    """A handout: its title, its main message and its parts in order."""

    id: Id
    title: Words
    description: Words
    audience: tuple[Literal["personal", "generic"], ...] = ("personal", "generic")
    message: tuple[Statement, ...] = Field(
        min_length=1, max_length=6, description="Main message, 1 to 3 short sentences are printed."
    )
    pages: PageBudget
    parts: tuple[Part, ...] = Field(min_length=1)


class Locale(Strict):
    """The words of the page itself. A value is text, or ``{one: …, other: …}`` by number."""

    language: str
    direction: Literal["ltr", "rtl"] = "ltr"
    words: dict[str, Words | dict[Literal["one", "other"], Words]]
    months: tuple[Words, ...] = Field(min_length=12, max_length=12)


FILE_KINDS: dict[str, type[Strict]] = {
    "section": Section,
    "red-flags": RedFlags,
    "exercise": Exercise,
    "sleep": SleepPosition,
    "handout": Handout,
    "conditions": Conditions,
    "moves": MovesTable,
    "default-sets": DefaultSets,
    "sources": Sources,
    "glossary": Glossary,
    "locale": Locale,
}
