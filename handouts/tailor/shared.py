"""Values of a plan of which one object stands for all that are equal: hashed once, written for digests once."""

from __future__ import annotations

from typing import Any, Self, TypeVar, dataclass_transform

from handouts.dataclass import dataclass

NOT_PRINTED = frozenset({"because"})
"""Fields that say why something is printed, and are not printed themselves."""

Form = TypeVar("Form", bound="Shared")


class Shared:
    """A value that plans share. Those of one rulebook are the same object wherever they are equal.

    Hash, text and look are kept beside the fields: no part of the value, and never sent to another process.
    """

    __slots__ = ("_hash", "_look", "_text")

    @property
    def look(self) -> Self:
        """The one object that prints the same: this value without the reasons that are not printed."""
        found: Self = getattr(self, "_look", self)
        return found


@dataclass_transform(frozen_default=True)
def shared(form: type[Form]) -> type[Form]:
    """Return the class as a frozen dataclass whose values work out their hash once."""
    made = dataclass(frozen=True, slots=True)(form)
    measure: Any = made.__hash__

    def find_hash(self: Any) -> int:
        try:
            return self._hash  # type: ignore[no-any-return]
        except AttributeError:
            found: int = measure(self)
            object.__setattr__(self, "_hash", found)
            return found

    made.__hash__ = find_hash  # type: ignore[method-assign]
    return made


def list_fields(value: Any) -> tuple[str, ...]:
    """Return the names of a dataclass's fields in their order."""
    names: tuple[str, ...] = value.__match_args__
    return names


def is_settled(value: Shared) -> bool:
    """Return whether a value is the one object of its kind already."""
    return hasattr(value, "_look")


def settle_look(value: Shared, look: Shared) -> None:
    """Make a value the one object of its kind, with the object that prints the same."""
    object.__setattr__(value, "_look", look)
