"""What was decided on the way: sources used, things left out, choices made; and a finished piece with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from handouts.tailor.digest import digest_printed
from handouts.tailor.plan import Decision, Omission

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Piece(Generic[Value]):
    """A finished part of a plan with its digest and what led to it; shared by all people alike in what it asks."""

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

    def drop_repeats(self) -> Trail:
        """Return the trail with each omission and decision once: a section may stand in several parts."""
        omissions, decisions = list(dict.fromkeys(self.omissions)), list(dict.fromkeys(self.decisions))
        return Trail(self.sources, omissions, decisions)

    def close_piece(self, value: Value) -> Piece[Value]:
        """Return the finished piece."""
        found = digest_printed(value)
        return Piece(value, found, tuple(self.sources), tuple(self.omissions), tuple(self.decisions))

    def take_piece(self, piece: Piece[Value]) -> Value:
        """Add a piece's trail to this one and return its value."""
        self.use_sources(piece.sources)
        self.omissions.extend(piece.omissions)
        self.decisions.extend(piece.decisions)
        return piece.value
