"""The proof, on finished pages, that the red-flag box is whole where it must be. Every sheet goes through it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from handouts.diagnostics import Diagnostic, LayoutError, Span
from handouts.layout.page import Block, Placed, Text
from handouts.layout.setting import Setting
from handouts.tailor.plan import Plan, RedFlagBox

ORIGIN = "red-flags"

MOST_BOXES = 512
"""Boxes as printed, with the lines asked of each, whose proof is kept: the words are read from every sheet."""


def prove_red_flags(pages: Sequence[Sequence[Placed]], plan: Plan, setting: Setting) -> None:
    """Raise LayoutError unless every line of the box is printed on page 1, in order.

    In an edition that parts the box (large print), tier 1 with the call line must stand on page 1, and tier 2 whole at
    the top of page 2.
    """
    box = plan.red_flags
    first = _read_box(pages[0], setting)
    if setting.theme.first_page_red_flags == "whole":
        _demand(first, setting.recall(_list_lines, box, (1, 2)), page=1)
        return
    _demand(first, setting.recall(_list_lines, box, (1,)), page=1)
    second = pages[1] if len(pages) > 1 else ()
    if not second or second[0].block.origin != ORIGIN:
        raise LayoutError(
            Diagnostic("red-flags-not-whole", "the second tier of the red-flag box must open page 2", Span(ORIGIN))
        )
    _demand(_read_box(second, setting), setting.recall(_list_lines, box, (2,)), page=2)


def _read_box(page: Sequence[Placed], setting: Setting) -> str:
    """Return the words of the red-flag blocks of a page, single-spaced, in the order they are painted."""
    return " ".join(setting.recall(_read_words, placed.block) for placed in page if placed.block.origin == ORIGIN)


def _read_words(block: Block) -> str:
    words = ["".join(run.text for run in item.runs) for item in block.items if isinstance(item, Text)]
    return " ".join(" ".join(words).split())


def _list_lines(box: RedFlagBox, tiers: tuple[int, ...]) -> tuple[str, ...]:
    """Return the lines that must be there, in order; ``tiers`` as printed on one page."""
    lines: list[str] = []
    if 1 in tiers:
        lines += [box.now.title, box.now.lead or "", *(item.text for item in box.now.items)]
    if tiers == (1,):
        lines.append(box.today_short)
    if 2 in tiers:
        lines += [box.today.title, box.today.lead or "", *(item.text for item in box.today.items), box.last.text]
    return tuple(" ".join(line.replace("**", "").split()) for line in lines if line)


def _demand(words: str, lines: tuple[str, ...], *, page: int) -> None:
    line = _find_missing(words, lines)
    if line is not None:
        raise LayoutError(
            Diagnostic(
                "red-flags-not-whole",
                f"the red-flag box is not whole on page {page}: this line is missing: {line!r}",
                Span(ORIGIN),
                hint="the box must never be cut, moved or changed; shorten what stands above it",
            )
        )


@lru_cache(maxsize=MOST_BOXES)
def _find_missing(words: str, lines: tuple[str, ...]) -> str | None:
    """Return the first of the lines that does not stand in the words behind the one before; None if all do."""
    place = 0
    for line in lines:
        found = words.find(line, place)
        if found < 0:
            return line
        place = found + len(line)
    return None
