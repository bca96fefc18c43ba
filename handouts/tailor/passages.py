"""A plan as prose: every printed piece of words in order, with what it is on the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from handouts.dataclass import dataclass
from handouts.tailor.plan import (
    BulletList,
    ContentBlock,
    ExerciseCard,
    FigureBlock,
    Note,
    Pairs,
    Paragraph,
    Part,
    Plan,
    Questions,
    RedFlagBox,
    SleepCard,
    Statement,
    StepList,
    Table,
    Timeline,
)

PassageRole = Literal["heading", "lead", "prose", "cell", "warning"]
"""``prose`` is what reading grades are measured on; ``warning`` are the lines of the red-flag box."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Printed words; ``id`` names the statement or the part they belong to."""

    text: str
    role: PassageRole
    id: str


def list_passages(plan: Plan) -> Iterator[Passage]:
    """Go through the printed words of a plan in the order of its parts, the main message first."""
    yield Passage(plan.title, "heading", plan.handout)
    yield from _say_all(plan.message)
    for part in plan.parts:
        yield from _list_part(plan, part)


def _list_part(plan: Plan, part: Part) -> Iterator[Passage]:
    if part.kind == "red-flags":
        yield from _list_box(plan.red_flags)
        return
    if part.title:
        yield Passage(part.title, "heading", part.id)
    if part.lead is not None:
        yield _say(part.lead)
    for block in part.blocks:
        yield from _list_block(block)
    if part.kind == "exercises":
        for card in plan.exercises:
            yield from _list_card(card)
    elif part.kind == "sleep":
        for position in plan.sleep:
            yield from _list_sleep(position)


def _say(statement: Statement) -> Passage:
    return Passage(statement.text, "prose", statement.id)


def _say_all(statements: tuple[Statement | None, ...]) -> Iterator[Passage]:
    yield from (_say(statement) for statement in statements if statement is not None)


def _list_box(box: RedFlagBox) -> Iterator[Passage]:
    for tier in (box.now, box.today):
        yield Passage(tier.title, "heading", "red-flags")
        if tier.lead:
            yield Passage(tier.lead, "lead", "red-flags")
        yield from (Passage(item.text, "warning", item.id) for item in tier.items)
    yield Passage(box.last.text, "warning", box.last.id)


def _list_card(card: ExerciseCard) -> Iterator[Passage]:
    yield Passage(card.title, "heading", card.id)
    yield from _say_all((card.caution, *card.steps, card.feel, *card.stop, card.easier, *card.not_for))


def _list_sleep(card: SleepCard) -> Iterator[Passage]:
    yield Passage(card.title, "heading", card.id)
    yield from _say_all((card.lead, *card.steps, card.stop, card.easier))


def _list_block(block: ContentBlock) -> Iterator[Passage]:
    match block:
        case Paragraph(statement):
            yield _say(statement)
        case BulletList(id, lead, items):
            if lead:
                yield Passage(lead, "lead", id)
            yield from _say_all(items)
        case StepList(id, title, items):
            if title:
                yield Passage(title, "heading", id)
            yield from _say_all(items)
        case Table():
            yield from _list_table(block)
        case Note(id, _, title, items):
            yield Passage(title, "heading", id)
            yield from _say_all(items)
        case FigureBlock(id, _, caption):
            yield Passage(caption, "heading", id)
        case Timeline() | Pairs() | Questions():
            yield from _list_entries(block)


def _list_entries(block: Timeline | Pairs | Questions) -> Iterator[Passage]:
    """Go through blocks whose entries have each a heading of their own."""
    if isinstance(block, Timeline):
        for point in block.points:
            yield Passage(point.label, "lead", point.statement.id)
            yield _say(point.statement)
    elif isinstance(block, Pairs):
        for pair in block.pairs:
            yield Passage(pair.topic, "heading", pair.id)
            yield Passage(pair.easier, "prose", pair.id)
            yield Passage(pair.harder, "prose", pair.id)
    else:
        for item in block.items:
            yield Passage(item.question, "heading", item.answer.id)
            yield _say(item.answer)


def _list_table(table: Table) -> Iterator[Passage]:
    yield Passage(table.caption, "heading", table.id)
    for column in table.columns:
        yield Passage(column, "heading", table.id)
    for row in table.rows:
        yield from (Passage(cell, "cell", row.id) for cell in row.cells)
