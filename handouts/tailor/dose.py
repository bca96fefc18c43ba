"""How much of a move: the card's start, the clinician's own dose within the limit, seconds a day, and the words."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import reduce

from handouts.content import models
from handouts.diagnostics import Collector, Diagnostic
from handouts.patient.models import DoseOverride
from handouts.source.document import PlaceSpan
from handouts.tailor.plan import Dose, ExerciseCard
from handouts.tailor.wording import Wording

SECONDS_WITHOUT_HOLD = 3
"""Seconds counted for a repetition that has no hold (the contract's formula for minutes a day)."""


def set_dose(
    dose: models.DoseRange, override: DoseOverride, path: tuple[str | int, ...], problems: Collector, place: PlaceSpan
) -> models.Dose:
    """Return the start of the range with the clinician's keys in place.

    Adds to ``problems`` every key that the move does not have, or that is below 1 or above its limit.
    """
    changed: dict[str, int] = {}
    for key in models.DOSE_KEYS:
        value = getattr(override, key)
        if value is None:
            continue
        start, limit = getattr(dose.start, key), getattr(dose.limit, key)
        most = max((bound for bound in (start, limit) if bound is not None), default=None)
        if most is None:
            held = [name for name in models.DOSE_KEYS if getattr(dose.start, name) is not None]
            message = f"this exercise has no '{key}'"
            problems.add(Diagnostic("wrong-dose", message, place((*path, key)), hint=f"it has {', '.join(held)}"))
        elif not 1 <= value <= most:
            message = f"'{key}' is outside what the card allows (1 to {most})"
            begin = "" if start is None else f"; the card starts at {start}"
            problems.add(Diagnostic("wrong-dose", message, place((*path, key)), hint=f"at most {most}{begin}"))
        else:
            changed[key] = value
    return dose.start.model_copy(update=changed) if changed else dose.start


def count_seconds(dose: models.Dose, each_side: bool) -> int:
    """Return the seconds a day: sets × repetitions × (hold, or 3) × sides × times, and minutes × times."""
    sides = 2 if each_side else 1
    moving = dose.sets * (dose.repetitions or 0) * (dose.hold_seconds or SECONDS_WITHOUT_HOLD) * sides
    return (moving + (dose.minutes or 0) * 60) * dose.times_per_day


def count_minutes(cards: Iterable[ExerciseCard]) -> int:
    """Return the minutes a day of all moves, rounded up; walking and breathing come on top and are not counted."""
    return math.ceil(sum(card.seconds_per_day for card in cards if card.group == "move") / 60)


def write_dose(dose: models.Dose, each_side: bool, first: str | None, wording: Wording) -> Dose:
    """Return the dose as printed. ``first`` is the side that comes first where both are done, or None."""
    count = wording.count_words
    words: list[str] = []
    short: list[str] = []
    if dose.hold_seconds is not None:
        words.append(count("dose-hold", dose.hold_seconds))
    if dose.repetitions is not None:
        words.append(count("dose-each" if each_side else "dose-repeat", dose.repetitions))
        short.append(count("short-each" if each_side else "short-repeat", dose.repetitions))
        if each_side and first is not None:
            words.append(wording.find_word(f"first-{first}"))
    if dose.sets > 1:
        words.append(count("dose-sets", dose.sets))
        short.append(count("dose-sets", dose.sets))
    if dose.minutes is not None:
        words.append(count("dose-minutes", dose.minutes))
        short.append(count("short-minutes", dose.minutes))
    words.append(count("dose-times", dose.times_per_day))
    short.append(count("short-times", dose.times_per_day))
    if dose.days_per_week < 7:
        words.append(count("dose-days", dose.days_per_week))
        short.append(count("dose-days", dose.days_per_week))
    return Dose(
        hold_seconds=dose.hold_seconds,
        repetitions=dose.repetitions,
        each_side=each_side,
        sets=dose.sets,
        minutes=dose.minutes,
        times_per_day=dose.times_per_day,
        days_per_week=dose.days_per_week,
        words=tuple(words),
        short=_join_short(short, wording),
    )


def _join_short(parts: list[str], wording: Wording) -> str:
    form = wording.find_word("short-join")
    return reduce(lambda before, after: form.replace("{a}", before).replace("{b}", after), parts)
