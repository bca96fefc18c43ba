"""Plan to flows: which blocks a part of the handout is made of."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from math import fsum
from typing import Literal

from handouts.layout.blocks import (
    cards,
    chart,
    closing,
    listing,
    strip,
    strips,
    summary,
    tables,
    text,
    tile_rows,
    tiles,
    warning,
)
from handouts.layout.logo import Logo
from handouts.layout.page import Block, Group
from handouts.layout.reuse import OwnBlocks
from handouts.layout.setting import Setting
from handouts.layout.units import Flow
from handouts.tailor import plan


def compose_opening(setting: Setting, sheet: plan.Plan, logo: Logo | None, own: Block) -> tuple[Flow, ...]:
    """Return the strip with the person's block in it, the title with the main message, and the red-flag box.

    In large print the box's second tier stands on page 2.
    """
    width = setting.width
    head = strip.set_strip(setting, sheet, logo, width, own)
    title = setting.remember(strip.set_title, sheet.handout, sheet.title, sheet.message, width)
    box = setting.remember(warning.set_red_flags, sheet.red_flags, width)
    flows = [Flow(1, (head, title, box[0]))]
    flows += [Flow(1, (block,), new_page=True) for block in box[1:]]
    return tuple(flows)


def compose_part(setting: Setting, sheet: plan.Plan, part: plan.Part, own: OwnBlocks) -> tuple[Flow, ...]:
    """Return the flows of a part; none for the red-flag box, which stands in the opening.

    ``own`` are the personal blocks of the plan by origin. The plan in short is left to `compose_plan`.
    """
    groups = (Group("Sect", part.id),)
    makers = {
        "section": _compose_section,
        "exercises": _compose_exercises,
        "tick-chart": _compose_chart,
        "sleep": _compose_sleep,
        "link": _compose_link,
        "sources": _compose_sources,
    }
    if part.kind == "red-flags":
        return ()
    if part.kind == "notes":
        flows = _compose_notes(setting, part, groups, own.get("notes"))
    else:
        flows = makers[part.kind](setting, sheet, part, groups)
    if part.new_page and flows:
        return (replace(flows[0], new_page=True), *flows[1:])
    return flows


MOST_NARROW_ITEMS = 6

SHORT_RUN = 10
"""Lines of text up to whose height the blocks of a section stay together."""

LEAD = 3
"""Lines of text that stay with the table, box or pictures that they lead up to."""

Groups = tuple[Group, ...]


def _open_part(setting: Setting, part: plan.Part, width: float, groups: Groups) -> tuple[Block, ...]:
    """Return heading and opening words of a part, as far as it has them."""
    blocks: list[Block] = []
    if part.title:
        blocks.append(setting.remember(text.set_heading, part.title, width, part.id, groups))
    if part.lead is not None:
        blocks.append(setting.remember(text.set_paragraph, part.lead, width, groups, "lead", True))
    return tuple(blocks)


LINE_STYLES = ("tight", "small")
"""Text styles of the plan's moves where they are lines, the largest first."""


def compose_plan(
    setting: Setting,
    sheet: plan.Plan,
    part: plan.Part,
    own: OwnBlocks,
    room: float,
    styles: tuple[str, ...] = LINE_STYLES,
) -> tuple[Flow, ...]:
    """Return the plan in short, with tiles; without pictures where only that has room in ``room`` points on page 1.

    In one column it has lines, unless no card with a larger figure follows. Lines are in the first of ``styles`` with
    which they have room, or in the last.
    """
    groups = (Group("Sect", part.id),)
    moves, width = sheet.exercises, setting.width
    head, foot = _open_plan(setting, sheet, part, groups, own.get("goal")), _close_plan(setting, sheet, groups)
    for style in styles:
        lines = (summary.set_lines(setting, moves, width, groups, style),) if moves else ()
        plain = Flow(1, (*head, *lines, *foot), new_page=part.new_page)
        if plain.room <= room or setting.theme.columns == 1:
            break
    if setting.theme.columns == 1:
        listed = any(other.kind == "exercises" for other in sheet.parts)
    else:
        least = plain.room - fsum(block.before + block.height for block in lines)
        listed = plain.room <= room < least + tile_rows.measure_rows(setting, moves, width)
    if listed:
        return (plain,)
    tiled = Flow(1, (*head, *_compose_tiles(setting, moves, groups), *foot), new_page=part.new_page)
    return (plain if setting.theme.columns == 2 and plain.room <= room < tiled.room else tiled,)


def _open_plan(
    setting: Setting, sheet: plan.Plan, part: plan.Part, groups: Groups, goal: Block | None
) -> tuple[Block, ...]:
    width = setting.width
    default = setting.word("plan-title") if sheet.person else setting.word("plan-generic")
    minutes = summary.tell_minutes(setting, sheet)
    blocks = [setting.remember(summary.set_summary_head, minutes, part.title or default, width, groups)]
    if part.lead is not None:
        blocks.append(setting.remember(text.set_paragraph, part.lead, width, groups, "lead", True))
    return tuple(blocks) if goal is None else (*blocks, goal)


def _compose_tiles(setting: Setting, moves: tuple[plan.ExerciseCard, ...], groups: Groups) -> tuple[Block, ...]:
    blocks = []
    start = 0
    for count in tile_rows.cut_rows(setting, moves, setting.width):
        row = moves[start : start + count]
        blocks.append(tile_rows.set_tiles(setting, row, setting.width, groups, start + 1))
        start += count
    return tuple(blocks)


def _close_plan(setting: Setting, sheet: plan.Plan, groups: Groups) -> tuple[Block, ...]:
    if not sheet.ask_for_moves:
        return ()
    return (setting.remember(summary.set_frame_line, sheet.ask_for_moves, setting.width, groups),)


def _compose_section(setting: Setting, sheet: plan.Plan, part: plan.Part, groups: Groups) -> tuple[Flow, ...]:
    """Return a section in its columns; what needs the whole width stands between, and so does a block left alone."""
    columns = _find_columns(setting, part)
    runs = _cut_runs(part.blocks) if columns == 2 else ((part.blocks, True),)
    flows: list[Flow] = []
    for number, (blocks, wide) in enumerate(runs):
        over = wide or (len(runs) > 1 and len(blocks) == 1)
        width = setting.width if over else setting.column
        made = list(_open_part(setting, part, width, groups)) if number == 0 else []
        for block in blocks:
            if over and made and _needs_width(block):
                made = _keep_lead(setting, made)
            made += _compose_block(setting, block, width, groups)
        if over and number + 1 < len(runs):
            made = _keep_lead(setting, made)
        flows.append(Flow(1 if over else 2, _keep_short(setting, made) if len(runs) == 1 else tuple(made)))
    return tuple(flows)


def _keep_lead(setting: Setting, blocks: list[Block]) -> list[Block]:
    """Return the blocks before a table, a box or pictures; a few lines that lead up to it stay with it."""
    if blocks[-1].height > LEAD * setting.theme.style("body").line:
        return blocks
    return [*blocks[:-1], setting.recall(_keep_block, blocks[-1])]


def _keep_short(setting: Setting, blocks: list[Block]) -> tuple[Block, ...]:
    """Return the blocks of a section, those of a short one kept together: a line alone in the next column is lost."""
    height = fsum([block.before + block.height for block in blocks])
    if height > SHORT_RUN * setting.theme.style("body").line:
        return tuple(blocks)
    return (*[setting.recall(_keep_block, block) for block in blocks[:-1]], *blocks[-1:])


def _keep_block(block: Block) -> Block:
    return block if block.keep_with_next else replace(block, keep_with_next=True)


def _cut_runs(blocks: tuple[plan.ContentBlock, ...]) -> tuple[tuple[tuple[plan.ContentBlock, ...], bool], ...]:
    """Return the blocks in runs, each with whether its blocks need the whole width."""
    return tuple((tuple(run), wide) for wide, run in groupby(blocks, key=_needs_width))


def _needs_width(block: plan.ContentBlock) -> bool:
    """Return whether a block is set over both columns: what would be cramped, or too high to balance, in one."""
    if isinstance(block, plan.Note):
        return len(block.items) > MOST_NARROW_ITEMS
    if isinstance(block, plan.StepList):
        return block.figure is not None
    return isinstance(block, plan.Timeline | plan.Table | plan.Pairs)


def _compose_block(setting: Setting, block: plan.ContentBlock, width: float, groups: Groups) -> tuple[Block, ...]:
    match block:
        case plan.Paragraph():
            return (setting.remember(text.set_paragraph, block.statement, width, groups),)
        case plan.BulletList():
            return setting.remember(text.set_list, block, width, groups)
        case plan.StepList():
            return (setting.remember(strips.set_steps, block, width, groups),)
        case plan.Table():
            return (setting.remember(tables.set_table, block, width, groups),)
        case plan.Timeline():
            return (setting.remember(tables.set_timeline, block, width, groups),)
        case plan.Pairs():
            return setting.remember(tiles.set_pair_rows, block, width, groups)
        case plan.Note():
            return (setting.remember(text.set_note, block, width, groups),)
        case plan.Questions():
            return tuple(setting.remember(text.set_question, item, width, groups) for item in block.items)
        case plan.FigureBlock():
            return (setting.remember(tiles.set_figure, block, width, groups),)


def _compose_exercises(setting: Setting, sheet: plan.Plan, part: plan.Part, groups: Groups) -> tuple[Flow, ...]:
    listed = part.style != "cards"
    if not sheet.exercises and not sheet.ask_for_moves:
        return ()
    blocks = list(_open_part(setting, part, setting.width, groups))
    for number, card in enumerate(sheet.exercises, 1):
        if listed:
            blocks.append(setting.remember(listing.set_listing, card, number, setting.width, groups))
        else:
            blocks.append(cards.number_card(setting, card, number, setting.width, groups))
    if sheet.ask_for_moves:
        blocks.append(setting.remember(summary.set_frame_line, sheet.ask_for_moves, setting.width, groups))
    return (Flow(1, tuple(blocks)),)


def _compose_chart(setting: Setting, sheet: plan.Plan, part: plan.Part, groups: Groups) -> tuple[Flow, ...]:
    if not sheet.exercises:
        return ()
    blocks = list(_open_part(setting, part, setting.width, groups))
    blocks.append(chart.set_chart(setting, sheet.exercises, setting.width, groups))
    return (Flow(1, tuple(blocks)),)


def _compose_sleep(setting: Setting, sheet: plan.Plan, part: plan.Part, groups: Groups) -> tuple[Flow, ...]:
    blocks = [*_open_part(setting, part, setting.width, groups)]
    shown = tuple(card for card in sheet.sleep if not part.cards or card.id in part.cards)
    rows = setting.remember(tiles.set_sleep_rows, shown, setting.width, groups)
    blocks += rows
    for block in part.blocks:
        blocks += _compose_block(setting, block, setting.width, groups)
    return (Flow(1, tuple(blocks)),) if rows else ()


def _compose_notes(setting: Setting, part: plan.Part, groups: Groups, own: Block | None) -> tuple[Flow, ...]:
    """Return the notes for the person, or lines to write on."""
    if own is not None:
        return (Flow(1, (own,)),)
    title = part.title or setting.word("notes")
    return (Flow(1, (setting.remember(closing.set_notes, title, (), setting.width, groups),)),)


def _compose_link(setting: Setting, sheet: plan.Plan, part: plan.Part, groups: Groups) -> tuple[Flow, ...]:
    lead = part.lead.text if part.lead else setting.word("scan")
    columns = _find_columns(setting, part)
    width = setting.column if columns == 2 else setting.width
    return (Flow(columns, (setting.remember(closing.set_link, sheet.clinic, lead, width, groups),)),)


def _find_columns(setting: Setting, part: plan.Part) -> Literal[1, 2]:
    return 2 if part.columns == 2 and setting.theme.columns == 2 else 1


def _compose_sources(setting: Setting, sheet: plan.Plan, part: plan.Part, groups: Groups) -> tuple[Flow, ...]:
    if not sheet.sources:
        return ()
    title = part.title or setting.word("where-from")
    return (Flow(1, (closing.set_sources(setting, title, sheet.sources, setting.width, groups),)),)
