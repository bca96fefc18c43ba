"""What was made once and may be used again, for one person who is drawn or for all of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")

Memo = dict[Hashable, tuple[object, Any]]

MOST_BLOCKS = 4000
"""Things kept in one memo; beyond it all are dropped and made anew."""


@dataclass(slots=True)
class Memory:
    """Two memos: ``own`` for what shows a person, ``common`` for what does not, shared by the settings of all persons.

    ``drawn`` counts how often a person was asked for, so that whatever is made meanwhile is known to show one.
    """

    common: Memo = field(default_factory=dict)
    own: Memo = field(default_factory=dict)
    drawn: int = 0

    def find(self, key: Hashable, thing: object, make: Callable[[], T]) -> T:
        """Return what is kept under a key, made now if nothing is; ``thing`` is kept alive with it."""
        known = self.common.get(key)
        if known is None:
            known = self.own.get(key)
            if known is not None:
                self.drawn += 1
        if known is None:
            before = self.drawn
            made = make()
            memo = self.common if self.drawn == before else self.own
            if len(memo) >= MOST_BLOCKS:
                memo.clear()
            known = memo[key] = (thing, made)
        found: T = known[1]
        return found
