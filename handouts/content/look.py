"""A first look at plain data: the form of it where everything is plainly right.

What this takes, pydantic takes too, with the same values; a test compares them. What it does not know for sure (a
fault, or a value of an unusual type) is left to pydantic, which is slow to load and tells faults apart.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from handouts.content.form import After, Before, Form, Key, Tag, Text

Kind = TypeVar("Kind", bound=Form)
Read = Callable[[Any], Any]
_BLANKS = " \t\r\n"
_BARE = Key()


class UnsureError(Exception):
    """The data is not plainly right."""


def look_at(form: type[Kind], data: object) -> Kind:
    """Return the form of plain data; UnsureError when it is not plainly right."""
    made: Kind = _read_form(form)(data)
    return made


def _read_form(form: type[Form]) -> Read:
    if form not in _READERS:
        _READERS[form] = _make_form_reader(form)
    return _READERS[form]


_READERS: dict[type[Form], Read] = {}


def _make_form_reader(form: type[Form]) -> Read:
    hints = get_type_hints(form, include_extras=True)
    readers: dict[Any, Read] = {}
    required = {name for name, key in form.keys.items() if key.required}
    defaults = {name: key.default for name, key in form.keys.items()}
    made = {name: key.make for name, key in form.keys.items() if key.make is not None}

    def read(data: Any) -> Form:
        if type(data) is not dict or not required <= data.keys():
            raise UnsureError
        if not readers:
            readers.update({name: _make_reader(hints[name], key) for name, key in form.keys.items()})
        values = {**defaults, **{name: readers.get(name, _refuse)(value) for name, value in data.items()}}
        for name, make in made.items():
            if name not in data:
                values[name] = make()
        return form.from_values(values)

    return read


def _refuse(value: Any) -> Any:
    raise UnsureError


def _make_reader(note: Any, key: Key = _BARE) -> Read:
    """Return the reader of a type with its marks."""
    origin, arguments = get_origin(note), get_args(note)
    if origin is Annotated:
        if isinstance(arguments[1], Tag):
            return _read_tagged(get_args(arguments[0]), arguments[1].name)
        reader = _make_reader(arguments[0], key)
        for mark in arguments[1:]:
            reader = _add_mark(reader, mark)
        return reader
    if origin in (Union, types.UnionType):
        return _read_union([_make_reader(item, key) for item in arguments if item is not type(None)], note)
    if origin is Literal:
        return _read_choice(frozenset(arguments))
    if origin is tuple:
        return _read_list(_make_reader(arguments[0]), key.min_length or 0, key.max_length)
    if origin is dict:
        return _read_mapping(_make_reader(arguments[0]), _make_reader(arguments[1]))
    if isinstance(note, type) and issubclass(note, Form):
        return _read_form(note)
    return _read_number(key.ge, key.le) if note is int else _SCALARS[note]


def _add_mark(inner: Read, mark: object) -> Read:
    if isinstance(mark, Text):
        return _read_bounded(inner, mark)
    if isinstance(mark, Before):
        before = mark.read
        return lambda value: inner(_try(before, value))
    assert isinstance(mark, After)
    after = mark.read
    return lambda value: _try(after, inner(value))


def _try(read: Read, value: Any) -> Any:
    try:
        return read(value)
    except ValueError:
        raise UnsureError from None


def _read_bounded(inner: Read, mark: Text) -> Read:
    matches = re.compile(mark.pattern).fullmatch if mark.pattern is not None else None
    least, most, strips = mark.min_length or 0, mark.max_length, mark.strip

    def read(value: Any) -> str:
        text: str = inner(value)
        if strips:
            text = text.strip(_BLANKS)
            if text != text.strip():
                raise UnsureError
        if len(text) < least or (most is not None and len(text) > most):
            raise UnsureError
        if matches is not None and not (text.isascii() and matches(text)):
            raise UnsureError
        return text

    return read


def _read_text(value: Any) -> str:
    if type(value) is int or (isinstance(value, float) and type(value) is not float):
        value = _try(str, value)
    if type(value) is not str:
        raise UnsureError
    if not value.isascii():
        _try(str.encode, value)
    return value


def _read_truth(value: Any) -> bool:
    if value is True or value is False:
        return bool(value)
    raise UnsureError


def _read_date(value: Any) -> date:
    if type(value) is date:
        return value
    raise UnsureError


_SCALARS: dict[Any, Read] = {str: _read_text, bool: _read_truth, date: _read_date}


def _read_number(least: int | None, most: int | None) -> Read:
    def read(value: Any) -> int:
        if type(value) is str and value.isascii() and value.isdigit() and value[0] != "0" and len(value) < 10:
            value = int(value)
        if type(value) is not int or (least is not None and value < least) or (most is not None and value > most):
            raise UnsureError
        return value

    return read


def _read_choice(choices: frozenset[Any]) -> Read:
    def read(value: Any) -> Any:
        if type(value) in (str, int) and value in choices:
            return value
        raise UnsureError

    return read


def _read_list(entry: Read, least: int, most: int | None) -> Read:
    def read(value: Any) -> tuple[Any, ...]:
        if type(value) is not list or len(value) < least or (most is not None and len(value) > most):
            raise UnsureError
        return tuple([entry(item) for item in value])

    return read


def _read_mapping(name: Read, entry: Read) -> Read:
    def read(value: Any) -> dict[Any, Any]:
        if type(value) is not dict:
            raise UnsureError
        return {name(key): entry(item) for key, item in value.items()}

    return read


def _read_union(readers: list[Read], note: Any) -> Read:
    """Return the reader of one type or nothing, or of a text or a mapping."""
    optional = type(None) in get_args(note)
    if len(readers) == 1:
        (only,) = readers
        return (lambda value: None if value is None else only(value)) if optional else only
    scalar, mapping = readers
    assert get_origin(get_args(note)[1]) is dict
    return lambda value: mapping(value) if type(value) is dict else scalar(value)


def _read_tagged(forms: tuple[type[Form], ...], name: str) -> Read:
    readers = {form.keys[name].default: _read_form(form) for form in forms}

    def read(value: Any) -> Any:
        tag = value.get(name) if type(value) is dict else None
        if type(tag) is not str or tag not in readers:
            raise UnsureError
        return readers[tag](value)

    return read
