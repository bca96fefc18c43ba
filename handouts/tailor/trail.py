"""What was decided on the way: sources used, things left out, choices made; and a finished piece with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field
from typing import Generic, TypeVar

from handouts.dataclass import dataclass
from handouts.tailor.bits import Marks
from handouts.tailor.digest import digest_printed
from handouts.tailor.plan import Decision, Omission
from handouts.tailor.store import Store

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Piece(Generic[Value]):
    """A finished part of a plan with its digest and what led to it; shared by all people alike in what it asks.

    Part of a larger piece has no digest of its own.
    """

    value: Value
    digest: str
    sources: tuple[str, ...]
    omissions: tuple[Omission, ...]
    decisions: tuple[Decision, ...]


@dataclass(slots=True)
class Trail:
    """Gathers while a piece is made: source keys in order of first use, omissions and decisions."""

    sources: dict[str, None] = field(default_factory=dict)
    omissions: list[Omission] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)

    def use_sources(self, keys: Iterable[str]) -> None:
        """Note that something printed rests on these sources."""
        for key in keys:
            self.sources.setdefault(key)

    def take_piece(self, piece: Piece[Value]) -> Value:
        """Add a piece's trail to this one and return its value."""
        self.use_sources(piece.sources)
        self.omissions.extend(piece.omissions)
        self.decisions.extend(piece.decisions)
        return piece.value


def make_piece(store: Store, make: Callable[[Marks, Trail], Value], whole: bool, marks: Marks) -> Piece[Value]:
    """Return what ``make`` makes for these facts as a piece of a plan; part of a larger piece where it is not whole."""
    trail = Trail()
    value = store.share(make(marks, trail))
    return Piece(
        value,
        digest_printed(value) if whole else "",
        tuple(trail.sources),
        tuple(map(store.keep, trail.omissions)),
        tuple(map(store.keep, trail.decisions)),
    )
