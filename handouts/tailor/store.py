"""What a rulebook keeps in memory, under one bound: the printed values, and slots for what is made of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from operator import is_not
from typing import Any, Generic, TypeVar

from handouts.tailor.bits import Marks
from handouts.tailor.shared import NOT_PRINTED, Shared, is_settled, list_fields, settle_look

Value = TypeVar("Value")
Shelf = dict[Hashable, Any]
_PLAIN = frozenset({str, int, bool, type(None)})


class Store:
    """One object for each printed value, and shelves of finished things. When it is full, all is dropped together."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: dict[Hashable, Any] = {}
        self._shelves: list[Shelf] = []
        self.statements = self.open_shelf()
        self.count = 0

    def open_shelf(self) -> Shelf:
        """Return a place for finished things; they are put there with `put`."""
        shelf: Shelf = {}
        self._shelves.append(shelf)
        return shelf

    def put(self, shelf: Shelf, key: Hashable, thing: Value) -> Value:
        """Keep a finished thing and return it."""
        shelf[key] = thing
        self.count += 1
        return thing

    def make_room(self) -> bool:
        """Drop everything where too much is kept, and return whether it was. Called before a plan is begun."""
        if self.count <= self._most:
            return False
        for shelf in (self._values, *self._shelves):
            shelf.clear()
        self.count = 0
        return True

    def keep(self, value: Value) -> Value:
        """Return the one object that is equal to a value, as it is: a tuple of shared things, or what nobody prints."""
        known: Value | None = self._values.get(value)
        return self.put(self._values, value, value) if known is None else known

    def share(self, value: Value) -> Value:
        """Return the one object that is equal to a printed value, with such objects inside."""
        if isinstance(value, Shared):
            return value if is_settled(value) else self._share_fields(value)
        if isinstance(value, tuple):
            return self.keep(tuple(self._share_all(value)))  # type: ignore[return-value]
        return value

    def _share_all(self, values: Iterable[Any]) -> list[Any]:
        return [value if type(value) in _PLAIN else self.share(value) for value in values]

    def _share_fields(self, value: Any) -> Any:
        names = list_fields(value)
        given = [getattr(value, name) for name in names]
        inside = self._share_all(given)
        if any(map(is_not, inside, given)):
            value = type(value)(*inside)
        known = self._values.get(value)
        if known is not None:
            return known
        looks = [value if type(value) in _PLAIN else self._find_look(value) for value in inside]
        for at, name in enumerate(names):
            if name in NOT_PRINTED:
                looks[at] = ""
        self.put(self._values, value, value)
        settle_look(value, value if looks == inside else self.share(type(value)(*looks)))
        return value

    def _find_look(self, value: Any) -> Any:
        if isinstance(value, Shared):
            return value.look
        looks = tuple([item if type(item) in _PLAIN else self._find_look(item) for item in value])
        return value if looks == value else self.keep(looks)


class Slot(Generic[Value]):
    """The place of one thing that is made once for all people alike in what its rules ask about."""

    __slots__ = ("_make", "_shelf", "_store", "mask")

    def __init__(self, store: Store, mask: int, make: Callable[[Marks], Value]) -> None:
        self._store = store
        self.mask = mask
        self._make = make
        self._shelf = store.open_shelf()

    def find(self, marks: Marks) -> Value:
        """Return what was made for people like this one, made now if there was none."""
        key = marks.bits & self.mask
        found: Value | None = self._shelf.get(key)
        return self._store.put(self._shelf, key, self._make(marks)) if found is None else found
