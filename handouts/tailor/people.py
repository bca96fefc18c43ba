"""Who is drawn in the figures of a sheet."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache

from handouts.tailor.rules import Facts

DEFAULT_PERSON = "default"
_PREGNANT = "pregnant"
"""People whose id holds this word are drawn for those who are visibly pregnant, and for nobody else."""
_OLDER = "older"
"""People whose id begins with this word are drawn for those of 65 and over, and for people of unknown age."""
OLDER_FROM = 65


def choose_figure_person(people: Sequence[str], facts: Facts, pregnant_from_week: int, seed: str) -> str:
    """Return the id of the person drawn: the same for the same seed, in every process."""
    expecting = facts.weeks is not None and facts.weeks >= pregnant_from_week
    fitting = _list_fitting(tuple(people), expecting, None if facts.age is None else facts.age >= OLDER_FROM)
    if not fitting:
        return DEFAULT_PERSON
    number = int.from_bytes(hashlib.blake2b(seed.encode(), digest_size=8).digest(), "big")
    return fitting[number % len(fitting)]


@lru_cache(maxsize=64)
def _list_fitting(people: tuple[str, ...], expecting: bool, older: bool | None) -> tuple[str, ...]:
    fitting = [name for name in people if (_PREGNANT in name) == expecting]
    fitting = fitting or [name for name in people if _PREGNANT not in name]
    if older is not None:
        fitting = [name for name in fitting if name.startswith(_OLDER) == older] or fitting
    return tuple(fitting)
