"""From the place that pydantic names for an error to the place in the data, and to the type that is wanted there.

Pydantic puts the tags of unions between the keys; walking the annotations tells a tag ``pairs`` from a key ``pairs``.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from handouts.dataclass import dataclass
from handouts.source.document import DataPath


@dataclass(frozen=True, slots=True)
class Place:
    """Where an error stands in the data, and the annotation that holds there (None where nothing is known).

    ``form`` is the mapping that the last step belongs to. ``on_key`` says that the key itself is wrong. ``stray`` says
    that the error speaks of a member of a union that the data was not meant for.
    """

    path: DataPath
    wanted: Any
    form: type[BaseModel] | None
    on_key: bool = False
    stray: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that may stand here, if there are only some."""
        members = _get_members(_strip(self.wanted)) or (self.wanted,)
        groups = [get_args(_strip(member)) for member in members if get_origin(_strip(member)) is Literal]
        return tuple(str(choice) for group in groups for choice in group)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the mapping that the place belongs to."""
        return tuple(self.form.model_fields) if self.form is not None else ()


def find_place(form: type[BaseModel], location: tuple[str | int, ...], data: object) -> Place:
    """Return the place of an error of ``form`` with pydantic's location, in the data that was validated."""
    wanted: Any = form
    owner: type[BaseModel] | None = None
    path: list[str | int] = []
    on_key = bool(location) and location[-1] == "[key]"
    steps = list(location[:-1] if on_key else location)
    while True:
        wanted, stray = _choose_member(wanted, steps, data)
        if stray or not steps:
            return Place(tuple(path), wanted, owner, on_key, stray)
        step = steps.pop(0)
        path.append(step)
        owner = wanted if _is_form(wanted) else None
        wanted = _descend(wanted, step)
        data = _get_value(data, step)


def _choose_member(wanted: Any, steps: list[str | int], data: object) -> tuple[Any, bool]:
    """Return the member of a union that an error is about, and whether the data was meant for another one.

    Takes the member's tag off ``steps``. What is no union comes back as it is.
    """
    members = _get_members(_strip(wanted))
    if not members:
        return _strip(wanted), False
    if len(members) == 1:
        return _choose_member(members[0], steps, data)
    if not steps:
        return wanted, False
    tag = steps.pop(0)
    key = _find_discriminator(wanted)
    if key is not None:
        chosen = [member for member in members if _get_tag(member, key) == tag]
        return (_strip(chosen[0]) if chosen else None), False
    is_mapping = isinstance(data, Mapping)
    if str(tag).startswith("dict[") != is_mapping:
        return None, True
    fitting = [member for member in members if _takes_mapping(member) == is_mapping]
    return (_strip(fitting[0]) if fitting else None), False


def _is_form(wanted: Any) -> bool:
    return isinstance(wanted, type) and issubclass(wanted, BaseModel)


def _strip(wanted: Any) -> Any:
    while get_origin(wanted) is Annotated:
        wanted = get_args(wanted)[0]
    return wanted


def _get_members(wanted: Any) -> tuple[Any, ...]:
    if get_origin(wanted) not in (Union, types.UnionType):
        return ()
    return tuple(member for member in get_args(wanted) if member is not type(None))


def _find_discriminator(wanted: Any) -> str | None:
    for note in get_args(wanted)[1:] if get_origin(wanted) is Annotated else ():
        if isinstance(note, FieldInfo) and isinstance(note.discriminator, str):
            return note.discriminator
    return None


def _get_tag(member: Any, key: str) -> str | None:
    field = _strip(member).model_fields.get(key)
    return str(field.default) if field is not None else None


def _takes_mapping(member: Any) -> bool:
    member = _strip(member)
    return get_origin(member) is dict or _is_form(member)


def _descend(wanted: Any, step: str | int) -> Any:
    """Return the annotation under one key or list position, or None."""
    if _is_form(wanted):
        field = wanted.model_fields.get(str(step))
        return None if field is None else field.annotation
    origin, arguments = get_origin(wanted), get_args(wanted)
    if origin in (tuple, list) and arguments:
        return arguments[0]
    if origin is dict and arguments:
        return arguments[1]
    return None


def _get_value(data: object, step: str | int) -> object:
    if isinstance(data, Mapping):
        return data.get(step)
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        return data[step]
    return None
