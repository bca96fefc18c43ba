"""A decorator that does what the standard library's ``dataclass`` does, in a twentieth of its time at import.

A command imports some 170 such classes and makes objects of half of them: building them all with the standard library
takes longer than reading the whole library of content. Here classes get shared methods, and an ``__init__`` of their
own when their first object is made. ``dataclasses.fields``, ``replace`` and ``asdict`` work as ever.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Mapping
from operator import attrgetter
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        kind: type | None = None, /, *, frozen: bool = False, slots: bool = False, eq: bool = True, order: bool = False
    ) -> Any:
        """Return a class as a dataclass; the arguments mean what they mean in the standard library."""
        if kind is None:
            return lambda given: _finish_class(given, frozen, slots, eq, order)
        return _finish_class(kind, frozen, slots, eq, order)


__all__ = ["dataclass"]

Fields = Mapping[str, "dataclasses.Field[Any]"]


def _finish_class(kind: type, frozen: bool, slots: bool, eq: bool, order: bool) -> type:
    """Return the finished class: the one given, or with ``slots`` another in its place."""
    own = {name: _read_field(kind.__dict__.get(name, dataclasses.MISSING)) for name in _list_names(kind)}
    fields: dict[str, dataclasses.Field[Any]] = {}
    for base in reversed(kind.__mro__[1:]):
        fields.update(base.__dict__.get("__late_fields__", {}))
    names = tuple(name for name in own if name not in fields)
    fields.update(own)
    given = kind.__dict__
    members = {name: member for name, member in _list_members(fields, eq, order).items() if name not in given}
    if eq and given.get("__hash__") is None:
        members["__hash__"] = _write_hash(fields) if frozen else None
    if frozen:
        members |= {"__setattr__": _refuse_change, "__delattr__": _refuse_change}
        if slots:
            members |= {"__getstate__": _get_state, "__setstate__": _set_state}
    members["__late_fields__"] = fields
    made = _make_slotted(kind, own, names, members) if slots else _add_members(kind, own, members)
    if "__init__" not in given:
        _delay_init(made, fields, frozen)
    return made


def _list_names(kind: type) -> list[str]:
    notes = inspect.get_annotations(kind)
    return [name for name, note in notes.items() if not str(note).startswith("ClassVar")]


def _read_field(given: Any) -> dataclasses.Field[Any]:
    found: dataclasses.Field[Any] = given if isinstance(given, dataclasses.Field) else dataclasses.field(default=given)
    return found


def _list_members(fields: Fields, eq: bool, order: bool) -> dict[str, Any]:
    """Return the attributes that a class gets where it has none of its own."""
    members: dict[str, Any] = {
        "__dataclass_fields__": _LateFields(),
        "__match_args__": tuple(name for name, item in fields.items() if item.init),
        "__repr__": _write_repr(tuple(name for name, item in fields.items() if item.repr)),
    }
    get = _get_values(fields)
    if eq:
        members["__eq__"] = _write_equal(get)
    if order:
        members["__lt__"] = _compare(get, lambda one, other: one < other)
        members["__le__"] = _compare(get, lambda one, other: one <= other)
        members["__gt__"] = _compare(get, lambda one, other: one > other)
        members["__ge__"] = _compare(get, lambda one, other: one >= other)
    return members


class _LateFields:
    """What the functions of the standard library ask a dataclass for: made by it, when they do."""

    def __get__(self, instance: object, kind: Any) -> dict[str, Any]:
        notes: dict[str, Any] = {}
        for base in reversed(kind.__mro__):
            notes.update(inspect.get_annotations(base))
        fields: Fields = kind.__late_fields__
        members = {"__doc__": kind.__name__, "__annotations__": {name: notes[name] for name in fields}, **fields}
        twin = type(kind.__name__, (), members)
        made: dict[str, Any] = vars(dataclasses.dataclass(init=False, repr=False, eq=False)(twin))[
            "__dataclass_fields__"
        ]
        kind.__dataclass_fields__ = made
        return made


def _get_values(fields: Fields) -> Callable[[Any], tuple[Any, ...]]:
    """Return a function that gives the values of an object that are compared."""
    names = tuple(name for name, item in fields.items() if item.compare)
    if len(names) > 1:
        return attrgetter(*names)
    return lambda item: tuple(getattr(item, name) for name in names)


def _write_equal(get: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    def compare(self: Any, other: Any) -> Any:
        return get(self) == get(other) if other.__class__ is self.__class__ else NotImplemented

    return compare


def _compare(get: Callable[[Any], Any], holds: Callable[[Any, Any], bool]) -> Callable[[Any, Any], Any]:
    def compare(self: Any, other: Any) -> Any:
        return holds(get(self), get(other)) if other.__class__ is self.__class__ else NotImplemented

    return compare


def _write_hash(fields: Fields) -> Callable[[Any], int]:
    get = _get_values(fields)
    return lambda self: hash(get(self))


def _write_repr(names: tuple[str, ...]) -> Callable[[Any], str]:
    written: list[Callable[[Any], str]] = []

    def write(self: Any) -> str:
        if not written:
            values = ", ".join(f"{name}={{self.{name}!r}}" for name in names)
            written.append(eval(f'lambda self: f"{{type(self).__qualname__}}({values})"'))
        return written[0](self)

    return write


def _refuse_change(self: Any, name: str, value: object = None) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot change field {name!r}")


def _get_state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__late_fields__]


def _set_state(self: Any, state: list[Any]) -> None:
    for name, value in zip(self.__late_fields__, state, strict=True):
        object.__setattr__(self, name, value)


def _add_members(kind: type, own: Fields, members: Mapping[str, Any]) -> type:
    for name, item in own.items():
        if item.default is not dataclasses.MISSING:
            setattr(kind, name, item.default)
        elif name in kind.__dict__:
            delattr(kind, name)
    for name, member in members.items():
        setattr(kind, name, member)
    return kind


def _make_slotted(kind: Any, own: Fields, names: tuple[str, ...], members: Mapping[str, Any]) -> type:
    left = {name: value for name, value in kind.__dict__.items() if name not in own}
    left.pop("__dict__", None)
    left.pop("__weakref__", None)
    made: type = type(kind)(kind.__name__, kind.__bases__, {**left, **members, "__slots__": names})
    made.__qualname__ = kind.__qualname__
    return made


def _delay_init(kind: Any, fields: Fields, frozen: bool) -> None:
    """Give a class an ``__init__`` that writes the real one at its first call."""

    def write_first(self: Any, *args: Any, **named: Any) -> None:
        kind.__init__ = _write_init(kind, fields, frozen)
        kind.__init__(self, *args, **named)

    kind.__init__ = write_first


def _write_init(kind: type, fields: Fields, frozen: bool) -> Any:
    """Return the ``__init__`` that takes and sets all fields."""
    known: dict[str, Any] = {"__dataclass_set__": object.__setattr__, "__dataclass_none__": dataclasses.MISSING}
    arguments = []
    lines = []
    for name, item in fields.items():
        value = name
        default, make = f"__dataclass_default_{name}__", f"__dataclass_make_{name}__"
        if item.default_factory is not dataclasses.MISSING:
            known[make] = item.default_factory
            value = f"{make}() if {name} is __dataclass_none__ else {name}" if item.init else f"{make}()"
        elif not item.init:
            continue
        if item.init:
            known[default] = item.default
            bare = item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING
            arguments.append(name if bare else f"{name}={default}")
        if not frozen:
            lines.append(f"self.{name} = {value}")
        elif isinstance(slot := getattr(kind, name, None), MemberDescriptorType):
            known[f"__dataclass_set_{name}__"] = slot.__set__
            lines.append(f"__dataclass_set_{name}__(self, {value})")
        else:
            lines.append(f"__dataclass_set__(self, {name!r}, {value})")
    if hasattr(kind, "__post_init__"):
        lines.append("self.__post_init__()")
    body = "\n    ".join(lines or ["pass"])
    exec(f"def __init__({', '.join(('self', *arguments))}):\n    {body}", known)
    written = known["__init__"]
    written.__qualname__ = f"{kind.__qualname__}.__init__"
    return written
