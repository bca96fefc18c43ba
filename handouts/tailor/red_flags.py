"""The red-flag box: one fixed text, to which conditions may add lines; nothing can take a line away."""

from __future__ import annotations

from handouts.content import models
from handouts.diagnostics import ContentError, Diagnostic, Span
from handouts.tailor.plan import RedFlagBox, Statement, WarningTier
from handouts.tailor.statements import Chooser

MOST_EXTRA_LINES = 4
"""Lines that conditions may add at the end of a tier."""


def make_red_flags(box: models.RedFlags, chooser: Chooser) -> RedFlagBox:
    """Return the box with every fixed line and the lines that the person's conditions add.

    Raises ContentError when a rule in the content could take a fixed line away or move it, or a tier has too many
    lines of its own for conditions: cutting one would be to lose a warning.
    """
    _refuse_rules([*box.now.items, *box.today.items, box.last])
    for tier in (box.now, box.today):
        _refuse_surplus(tier)
    return RedFlagBox(
        now=_make_tier(box.now, chooser),
        today=_make_tier(box.today, chooser),
        today_short=chooser.fill_words(box.today_short),
        last=chooser.make_statement(box.last),
    )


def _make_tier(tier: models.WarningTier, chooser: Chooser) -> WarningTier:
    lines: list[Statement] = [chooser.make_statement(item) for item in tier.items]
    lines.extend(chooser.choose_statements(tier.extra))
    lead = None if tier.lead is None else chooser.fill_words(tier.lead)
    return WarningTier(chooser.fill_words(tier.title), lead, tuple(lines))


def _refuse_rules(lines: list[models.Statement]) -> None:
    found = [
        Diagnostic(
            "red-flags-fixed",
            f"the line '{line.id}' of the red-flag box has '{key}': it is always printed, in its place",
            Span("red-flags.yaml"),
            hint="take the rule out; lines for some people belong under 'extra'",
        )
        for line in lines
        for key in ("when", "unless", "first")
        if getattr(line, key) is not None
    ]
    if found:
        raise ContentError(found)


def _refuse_surplus(tier: models.WarningTier) -> None:
    if len(tier.extra) > MOST_EXTRA_LINES:
        message = (
            f"a tier of the red-flag box may have {MOST_EXTRA_LINES} lines under 'extra', here are {len(tier.extra)}"
        )
        raise ContentError(Diagnostic("red-flags-extra", message, Span("red-flags.yaml"), hint="join two of them"))
