"""A library as JSON data, and back without reading or checking a file. Items are built when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from handouts.content import models
from handouts.content.form import Form
from handouts.content.library import Index, Library
from handouts.diagnostics import Span

Item = TypeVar("Item")

_GROUPS = ("sections", "exercises", "sleep", "handouts", "conditions", "sources", "locales")
_SINGLE = ("red_flags", "moves", "default_sets", "glossary")
_FORMS: dict[str, type[Form]] = {
    name: form for name, form in vars(models).items() if isinstance(form, type) and issubclass(form, Form)
}
_DAY = "day"
_MAPPING = "mapping"


def write_compiled(library: Library) -> dict[str, Any]:
    """Return a library as JSON data: all but the places in its files."""
    groups = {name: {id: write_value(item) for id, item in getattr(library, name).items()} for name in _GROUPS}
    single = {name: write_value(getattr(library, name)) for name in _SINGLE}
    off = sorted(library.off)
    return {**groups, **single, "off": off, "content_version": library.content_version, "digest": library.digest}


def read_compiled(data: Any, find_index: Callable[[], Index]) -> Library:
    """Return the library of `write_compiled`. ``find_index`` is called when a place in a file is asked for."""
    groups: dict[str, Any] = {name: LateItems(data[name]) for name in _GROUPS}
    single = {name: read_value(data[name]) for name in _SINGLE}
    return Library(
        **groups,
        **single,
        off=frozenset(data["off"]),
        content_version=data["content_version"],
        digest=data["digest"],
        index=LateIndex(find_index),
    )


class LateItems(Mapping[str, Item]):
    """Items by id, each built when it is asked for the first time."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data
        self._items: dict[str, Item] = {}

    def __getitem__(self, id: str) -> Item:
        if id not in self._items:
            self._items[id] = read_value(self._data[id])
        return self._items[id]

    def __contains__(self, id: object) -> bool:
        return id in self._data

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)


class LateIndex:
    """An index that is made when the first place is asked for."""

    def __init__(self, find_index: Callable[[], Index]) -> None:
        self._find_index = find_index
        self._index: Index | None = None

    def find_place(self, kind: str, id: str) -> Span | None:
        """Return where an id is given, or None."""
        if self._index is None:
            self._index = self._find_index()
        return self._index.find_place(kind, id)


def write_value(value: Any) -> Any:
    """Return a value of a form as JSON data: a list for a tuple, a mapping with one named entry for all that is none.

    Keys that hold their default are left out.
    """
    if isinstance(value, Form):
        given = vars(value)
        told = {name: given[name] for name, key in value.keys.items() if key.required or given[name] != key.default}
        return {type(value).__name__: {name: write_value(entry) for name, entry in told.items()}}
    if isinstance(value, tuple):
        return [write_value(entry) for entry in value]
    if isinstance(value, dict):
        return {_MAPPING: {name: write_value(entry) for name, entry in value.items()}}
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    if value is not None and type(value) not in (str, int, bool):
        raise TypeError(f"{type(value).__name__} stands in no form")
    return value


def read_value(data: Any) -> Any:
    """Return the value that `write_value` wrote."""
    kind = type(data)
    if kind is list:
        return tuple([entry if type(entry) is str else read_value(entry) for entry in data])
    if kind is not dict:
        return data
    ((name, inner),) = data.items()
    if name == _MAPPING:
        return {key: read_value(entry) for key, entry in inner.items()}
    if name == _DAY:
        return date.fromisoformat(inner)
    form = _FORMS[name]
    values = {key: entry if type(entry) is str else read_value(entry) for key, entry in inner.items()}
    return form.from_values({**_find_defaults(form), **values})


def _find_defaults(form: type[Form]) -> dict[str, Any]:
    """Return all keys of a form in their order, with their defaults where they have one."""
    found = _DEFAULTS.get(form)
    if found is None:
        found = _DEFAULTS[form] = {name: key.default for name, key in form.keys.items()}
    return found


_DEFAULTS: dict[type[Form], dict[str, Any]] = {}
