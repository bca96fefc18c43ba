"""Blocks of a section for one person: each kind of the content to its kind of the plan, None where nothing is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handouts.content import models
from handouts.diagnostics import ContentError, Diagnostic, Span
from handouts.tailor import plan
from handouts.tailor.rules import check_rule
from handouts.tailor.statements import Chooser


def choose_block(block: models.ContentBlock, chooser: Chooser) -> plan.ContentBlock | None:
    """Return the block as it will be printed, or None when its rules, or those of all its items, leave it out."""
    if isinstance(block, models.Paragraph):
        statement = chooser.choose_statement(block)
        return None if statement is None else plan.Paragraph(statement)
    if chooser.keep_item(block, "advice", _name_block(block)) is None:
        return None
    return _CHOICES[type(block)](block, chooser)


def _name_block(block: models.ContentBlock) -> str:
    for key in ("title", "caption", "lead"):
        words = getattr(block, key, None)
        if words:
            return str(words).rstrip(":")
    return block.id


def _fill_optional(text: str | None, chooser: Chooser) -> str | None:
    return None if text is None else chooser.fill_words(text)


def _use_figure(figure: str | None, alt: tuple[str, ...], chooser: Chooser) -> plan.FigureUse | None:
    if figure is None:
        return None
    if not alt:
        message = f"the figure '{figure}' has no alternative text"
        raise ContentError(Diagnostic("no-alt", message, Span("content"), hint="add 'alt' or 'title' to its block"))
    return plan.FigureUse(figure, "both", tuple(chooser.fill_words(text) for text in alt))


def _choose_list(block: models.BulletList, chooser: Chooser) -> plan.BulletList | None:
    items = chooser.choose_statements(block.items)
    return plan.BulletList(block.id, _fill_optional(block.lead, chooser), items) if items else None


def _choose_steps(block: models.StepList, chooser: Chooser) -> plan.StepList | None:
    items = chooser.choose_statements(block.items)
    figure = _use_figure(block.figure, block.alt or ((block.title,) if block.title else ()), chooser)
    return plan.StepList(block.id, _fill_optional(block.title, chooser), items, figure) if items else None


def _choose_table(block: models.Table, chooser: Chooser) -> plan.Table | None:
    rows = []
    for row in block.rows:
        if chooser.keep_item(row, "advice", row.cells[0]) is not None:
            chooser.trail.use_sources(row.sources)
            cells = tuple(chooser.fill_words(cell) for cell in row.cells)
            rows.append(plan.TableRow(row.id, row.icon, cells, row.sources))
    columns = tuple(chooser.fill_words(column) for column in block.columns)
    return plan.Table(block.id, chooser.fill_words(block.caption), columns, tuple(rows)) if rows else None


def _choose_timeline(block: models.Timeline, chooser: Chooser) -> plan.Timeline | None:
    points = tuple(
        plan.TimePoint(chooser.fill_words(point.label), statement)
        for point, statement in chooser.choose_items(block.points)
    )
    return plan.Timeline(block.id, points) if points else None


def _choose_pairs(block: models.Pairs, chooser: Chooser) -> plan.Pairs | None:
    kept = [pair for pair in block.pairs if chooser.keep_item(pair, "advice", pair.topic) is not None]
    kept.sort(key=lambda pair: pair.first is None or not check_rule(pair.first, chooser.facts))
    return plan.Pairs(block.id, tuple(_make_pair(pair, chooser) for pair in kept[: block.most])) if kept else None


def _make_pair(pair: models.Pair, chooser: Chooser) -> plan.Pair:
    chooser.trail.use_sources(pair.sources)
    return plan.Pair(
        id=pair.id,
        topic=chooser.fill_words(pair.topic),
        easier=chooser.fill_words(pair.easier),
        harder=chooser.fill_words(pair.harder),
        figure_easier=_use_figure(pair.figure_easier, (pair.alt_easier or pair.easier,), chooser),
        figure_harder=_use_figure(pair.figure_harder, (pair.alt_harder or pair.harder,), chooser),
        sources=pair.sources,
    )


def _choose_note(block: models.Note, chooser: Chooser) -> plan.Note | None:
    items = chooser.choose_statements(block.items)
    return plan.Note(block.id, block.tone, chooser.fill_words(block.title), items) if items else None


def _choose_questions(block: models.Questions, chooser: Chooser) -> plan.Questions | None:
    items = tuple(
        plan.Question(chooser.fill_words(item.question), statement)
        for item, statement in chooser.choose_items(block.items)
    )
    return plan.Questions(block.id, items) if items else None


def _choose_figure(block: models.FigureBlock, chooser: Chooser) -> plan.FigureBlock:
    figure = plan.FigureUse(block.figure, "both", (chooser.fill_words(block.alt),))
    return plan.FigureBlock(block.id, figure, chooser.fill_words(block.caption))


_CHOICES: dict[type, Callable[[Any, Chooser], plan.ContentBlock | None]] = {
    models.BulletList: _choose_list,
    models.StepList: _choose_steps,
    models.Table: _choose_table,
    models.Timeline: _choose_timeline,
    models.Pairs: _choose_pairs,
    models.Note: _choose_note,
    models.Questions: _choose_questions,
    models.FigureBlock: _choose_figure,
}
