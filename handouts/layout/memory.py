"""What was made once and may be used again."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

MOST_BLOCKS = 6000
"""Things kept in one memory; beyond it the half that was made first is dropped and made anew when it is asked for."""

Kept = tuple[object, Any]


class Memory:
    """Things by key, each with what must live as long as its key is in use."""

    __slots__ = ("_kept", "find")

    def __init__(self) -> None:
        self._kept: dict[Hashable, Kept] = {}
        self.find = self._kept.get

    def keep(self, key: Hashable, thing: object, made: Any) -> Kept:
        """Keep what was made, with ``thing``; return both."""
        if len(self._kept) >= MOST_BLOCKS:
            for old in list(self._kept)[: MOST_BLOCKS // 2]:
                del self._kept[old]
        self._kept[key] = kept = (thing, made)
        return kept
