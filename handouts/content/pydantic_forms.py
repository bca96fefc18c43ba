"""Forms as pydantic models, for what the first look leaves open: unusual values, faults, and JSON Schema."""

from __future__ import annotations

import types
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, create_model

from handouts.content.form import After, Before, Form, Key, Tag, Text
from handouts.content.models import Id as FormId
from handouts.content.models import Words as FormWords

Kind = TypeVar("Kind", bound=Form)


class Strict(BaseModel):
    """A mapping of which every key is known, as pydantic reads it."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True, defer_build=True)


def validate_form(form: type[Kind], data: object) -> Kind:
    """Return the form of plain data. Raises pydantic's ValidationError, which is a ValueError."""
    return take_over(find_model(form).model_validate(data), form)


def find_model(form: type[Form]) -> type[BaseModel]:
    """Return the pydantic model of a form, of the same name and with the same words on it."""
    if form in _MODELS:
        return _MODELS[form]
    hints = get_type_hints(form, include_extras=True)
    fields: dict[str, Any] = {name: (translate(hints[name]), _make_field(key)) for name, key in form.keys.items()}
    model: type[BaseModel] = create_model(form.__name__, __base__=Strict, __doc__=form.__doc__, **fields)
    _MODELS[form], _FORMS[model] = model, form
    return model


_MODELS: dict[type[Form], type[BaseModel]] = {}
_FORMS: dict[type[BaseModel], type[Form]] = {}


def _make_field(key: Key) -> Any:
    bounds = {"ge": key.ge, "le": key.le, "min_length": key.min_length, "max_length": key.max_length}
    words = {"description": key.description, "examples": list(key.examples) or None}
    given: dict[str, Any] = {name: value for name, value in (bounds | words).items() if value is not None}
    if key.make is not None:
        return Field(default_factory=key.make, **given)
    return Field(**given) if key.required else Field(key.default, **given)


def translate(note: Any) -> Any:
    """Return a type of a form as pydantic knows it: models for forms, validators for marks."""
    origin, arguments = get_origin(note), get_args(note)
    if origin is Annotated:
        marks = tuple(_translate_mark(mark) for mark in arguments[1:])
        return Annotated[(translate(arguments[0]), *marks)]
    if origin in (Union, types.UnionType):
        return Union[tuple(translate(item) for item in arguments)]  # noqa: UP007  (made of a tuple)
    if origin is tuple:
        return tuple[translate(arguments[0]), ...]  # type: ignore[misc]
    if origin is dict:
        return dict[translate(arguments[0]), translate(arguments[1])]  # type: ignore[misc]
    return find_model(note) if isinstance(note, type) and issubclass(note, Form) else note


def _translate_mark(mark: object) -> Any:
    if isinstance(mark, Text):
        given = {"pattern": mark.pattern, "min_length": mark.min_length, "max_length": mark.max_length}
        known = {name: value for name, value in given.items() if value is not None}
        return StringConstraints(strip_whitespace=mark.strip or None, **known)  # type: ignore[arg-type]
    if isinstance(mark, Before):
        return BeforeValidator(mark.read)
    if isinstance(mark, Tag):
        return Field(discriminator=mark.name)
    return AfterValidator(mark.read) if isinstance(mark, After) else mark


def take_over(checked: BaseModel, form: type[Kind]) -> Kind:
    """Return the form that a checked model stands for."""
    made: Kind = _take_over(checked)
    assert isinstance(made, form)
    return made


def _take_over(value: Any) -> Any:
    if isinstance(value, BaseModel):
        form = _FORMS[type(value)]
        return form.from_values({name: _take_over(getattr(value, name)) for name in form.keys})
    if isinstance(value, tuple):
        return tuple(_take_over(entry) for entry in value)
    if isinstance(value, dict):
        return {name: _take_over(entry) for name, entry in value.items()}
    return value


Id = translate(FormId)
Words = translate(FormWords)
