"""Handouts: their parts in order, and their page budget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from handouts.content.form import Form, field
from handouts.content.models.basics import Id, Reviewed, Rule, Statement, Words


class Part(Form):
    """One part of a handout, in its place.

    ``section`` names a section for part ``section``; ``columns`` says how it is set; ``blocks`` picks some of the
    section's blocks by id (of part ``sleep``: its cards); ``style`` picks the form of a part (cards, list). ``if_room``
    parts are printed only where the page budget leaves room.
    """

    part: Literal["red-flags", "plan", "section", "exercises", "tick-chart", "sleep", "sources", "notes", "link"]
    section: Id | None = None
    blocks: tuple[Id, ...] = ()
    title: Words | None = None
    lead: Statement | None = None
    columns: Literal[1, 2] = 1
    style: Literal["cards", "list", "compact"] = "cards"
    new_page: bool = False
    if_room: bool = False
    extra: tuple[Id, ...] = field(
        default=(), description="Blocks printed in their place where the page budget leaves room."
    )
    rank: int = field(
        default=50, ge=1, le=99, description="Which if_room part or extra block is given room first: the lower."
    )
    heading: bool = field(
        default=True, description="false: no heading of its own, the part goes on from the one before."
    )
    stands_in_for: Id | None = field(
        default=None, description="An if_room part; this one is printed when that finds no room."
    )
    ahead_of: Id | None = field(
        default=None, description="An earlier part; this one comes just before it where it fills white on its page."
    )
    most: int | None = field(
        default=None, ge=1, description="Part sleep: how many positions at the most, the best first."
    )
    when: Rule | None = None
    unless: Rule | None = None


_LIFTING = ("when", "unless", "if_room")


def find_lifting_keys(find: Callable[[str], object]) -> tuple[str, ...]:
    """Return the keys of a part by which it may be left out; ``find`` gives the value of a key, or None.

    The red-flag box has none of them: even an empty rule is one that may be filled.
    """
    return tuple(key for key in _LIFTING if find(key) not in (None, False))


class PageBudget(Form):
    """Pages of the standard edition; ``small`` holds when at most three exercises are printed."""

    most: int = field(ge=1)
    small: int | None = field(default=None, ge=1)


class Handout(Reviewed):
    """A handout: its title, its main message and its parts in order."""

    id: Id
    title: Words
    description: Words
    audience: tuple[Literal["personal", "generic"], ...] = ("personal", "generic")
    message: tuple[Statement, ...] = field(
        min_length=1, max_length=6, description="Main message, 1 to 3 short sentences are printed."
    )
    pages: PageBudget
    parts: tuple[Part, ...] = field(min_length=1)
