"""Words that are read leftwards (Hebrew, Arabic), alone and among words that are read rightwards.

A text with rightward letters runs rightwards, and one without them leftwards, whatever stands around it: so its parts
stand in the order in which they are said (UAX #9; it has no digits, which alone would stand elsewhere).
"""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import Literal, NamedTuple

FIRST_LEFTWARDS = "\u0590"
"""No character before it is read leftwards (Unicode 15.1, DerivedBidiClass.txt)."""

LEFTWARDS = frozenset({"R", "AL"})
FOLLOWING = frozenset({"NSM", "BN"})
"""Classes of characters that belong to the one before (UAX #9, W1 and 5.2)."""

BRACKETS = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


class Stretch(NamedTuple):
    """Letters of one direction, in the order in which they are said."""

    text: str
    leftwards: bool


def reads_leftwards(text: str) -> bool:
    """Return whether a letter of a text is read leftwards."""
    return max(text, default="") >= FIRST_LEFTWARDS and not LEFTWARDS.isdisjoint(map(unicodedata.bidirectional, text))


def find_edge(text: str) -> Literal["left", "right"]:
    """Return the edge at which the lines of a text begin."""
    leftwards = reads_leftwards(text) and all(part.leftwards for part in cut_stretches(text))
    return "right" if leftwards else "left"


def mixes_digits(text: str) -> bool:
    """Return whether a text has leftward letters and digits, which then stand elsewhere than they are said."""
    return reads_leftwards(text) and any(unicodedata.category(char) == "Nd" for char in text)


def cut_stretches(text: str) -> list[Stretch]:
    """Return the stretches of a text as they stand from left to right, which is as they are said."""
    kinds = [unicodedata.bidirectional(char) for char in text]
    if "L" not in kinds:
        return [Stretch(text, True)] if text else []
    directions: list[bool | None] = []
    for kind in kinds:
        if kind in FOLLOWING and directions:
            directions.append(directions[-1])
        else:
            directions.append(kind in LEFTWARDS if kind == "L" or kind in LEFTWARDS else None)
    stretches = []
    place = 0
    for leftwards, group in groupby(_settle_neutrals(directions)):
        end = place + len(list(group))
        stretches.append(Stretch(text[place:end], leftwards))
        place = end
    return stretches


def mirror(text: str) -> str:
    """Return neutral characters as they stand from left to right among leftward ones: brackets face the other way."""
    return text[::-1].translate(BRACKETS)


def _settle_neutrals(directions: list[bool | None]) -> list[bool]:
    """Return whether each character is read leftwards; neutral ones are between two that are (UAX #9, N1 and N2)."""
    settled: list[bool] = []
    before = False
    for place, direction in enumerate(directions):
        if direction is None:
            after = next((later for later in directions[place:] if later is not None), False)
            settled.append(before and bool(after))
        else:
            settled.append(direction)
            before = direction
    return settled
