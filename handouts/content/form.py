"""Forms: what a mapping of a file may hold, as plain frozen objects. Pydantic sees them only where something is wrong.

A form names its keys as annotations, with ``field(...)`` for bounds and descriptions. Kinds of text and dates are
annotated with marks (``Text``, ``Before``, ``After``). Two readers understand both: `look`, which is quick and takes
what is plainly right, and pydantic, which decides what is left and says what is wrong (`validation`).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, NamedTuple, NoReturn, Self, dataclass_transform

MISSING: Any = object()
"""The default of a key that must be given."""


class Key(NamedTuple):
    """What is known of a key besides its type."""

    default: Any = MISSING
    make: Callable[[], Any] | None = None
    ge: int | None = None
    le: int | None = None
    min_length: int | None = None
    max_length: int | None = None
    description: str | None = None
    examples: tuple[Any, ...] = ()

    @property
    def required(self) -> bool:
        """Whether the key must be given."""
        return self.default is MISSING and self.make is None

    def find_default(self) -> Any:
        """Return the value of a key that is not given."""
        return self.default if self.make is None else self.make()


def field(
    *,
    default: Any = MISSING,
    default_factory: Callable[[], Any] | None = None,
    ge: int | None = None,
    le: int | None = None,
    min_length: int | None = None,
    max_length: int | None = None,
    description: str | None = None,
    examples: tuple[Any, ...] = (),
) -> Any:
    """Return what is known of a key: its default, bounds of a number, how many entries of a list, and words on it."""
    return Key(default, default_factory, ge, le, min_length, max_length, description, examples)


class Text(NamedTuple):
    """A mark: bounds of a text."""

    pattern: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    strip: bool = False


class Before(NamedTuple):
    """A mark: a function that every value goes through before its type is looked at. It may raise ValueError."""

    read: Callable[[Any], Any]


class After(NamedTuple):
    """A mark: a function that a value of the right type goes through. It may raise ValueError."""

    read: Callable[[Any], Any]


class Tag(NamedTuple):
    """A mark of a union of forms: the key that says which of them is meant."""

    name: str


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
class Form:
    """A mapping of which every key is known. Text may be written as a number: ``version: 1.10`` keeps its nought.

    An object made directly holds what it is given: only reading checks.
    """

    keys: ClassVar[Mapping[str, Key]] = {}

    def __init_subclass__(cls) -> None:
        keys: dict[str, Key] = {}
        for base in reversed(cls.__mro__[1:]):
            keys.update(base.__dict__.get("keys", {}))
        for name in inspect.get_annotations(cls):
            given = cls.__dict__.get(name, MISSING)
            keys[name] = given if isinstance(given, Key) else Key(given)
            if name in cls.__dict__:
                delattr(cls, name)
        cls.keys = keys

    def __init__(self, **values: Any) -> None:
        unknown = values.keys() - self.keys.keys()
        missing = [name for name, item in self.keys.items() if item.required and name not in values]
        if unknown or missing:
            raise TypeError(f"{type(self).__name__}: unknown {sorted(unknown)}, missing {missing}")
        self.__dict__.update(
            {name: values[name] if name in values else item.find_default() for name, item in self.keys.items()}
        )

    @classmethod
    def from_values(cls, values: dict[str, Any]) -> Self:
        """Return a form of the values of all its keys, in their order."""
        made = object.__new__(cls)
        made.__dict__.update(values)
        return made

    @classmethod
    def model_validate(cls, data: object) -> Self:
        """Return the form of plain data; ValueError when it is faulty."""
        from handouts.content.look import UnsureError, look_at  # noqa: PLC0415  (reads the annotations of all forms)

        try:
            return look_at(cls, data)
        except UnsureError:
            from handouts.content.pydantic_forms import validate_form  # noqa: PLC0415  (loads pydantic)

            return validate_form(cls, data)

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """Return this form with other values of some keys. TypeError for a key that it has not."""
        if not update.keys() <= self.keys.keys():
            raise TypeError(f"{type(self).__name__}: unknown {sorted(update.keys() - self.keys.keys())}")
        return self.from_values({**self.__dict__, **update})

    def model_dump(self) -> dict[str, Any]:
        """Return plain data: mappings in place of forms, all the way down."""
        return {name: _dump(value) for name, value in self.__dict__.items()}

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__.values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a form is never changed: {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a form is never changed: {name!r}")


def _dump(value: Any) -> Any:
    if isinstance(value, Form):
        return value.model_dump()
    if isinstance(value, tuple):
        return tuple(_dump(entry) for entry in value)
    if isinstance(value, dict):
        return {name: _dump(entry) for name, entry in value.items()}
    return value
