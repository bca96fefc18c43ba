"""A plan as JSON, with its JSON Schema: the record of what a sheet says and why, stable from version to version."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from handouts.diagnostics import Diagnostic, PatientError, Span
from handouts.tailor import plan as forms
from handouts.tailor.plan import Plan

PLAN_FORMAT = 1
"""Changes only when a key goes away or changes its meaning; new keys may come at any time."""

_LEFT_OUT = frozenset({(Plan, "words"), (Plan, "layout_digest")})
_BLOCK_KINDS: dict[type, str] = {
    forms.Paragraph: "paragraph",
    forms.BulletList: "list",
    forms.StepList: "steps",
    forms.Table: "table",
    forms.Timeline: "timeline",
    forms.Pairs: "pairs",
    forms.Note: "note",
    forms.Questions: "questions",
    forms.FigureBlock: "figure",
}


def write_plan_data(plan: Plan) -> dict[str, Any]:
    """Return the plan as plain data for JSON: ``format``, then the plan's fields; blocks carry their ``kind``.

    The words of the page are left out: they are the locale's; so is the digest that only layout asks for.
    """
    return {"format": PLAN_FORMAT, **_write_fields(plan)}


def _write_fields(value: Any) -> dict[str, Any]:
    kind = _BLOCK_KINDS.get(type(value))
    data: dict[str, Any] = {} if kind is None else {"kind": kind}
    for item in fields(value):
        if (type(value), item.name) not in _LEFT_OUT:
            data[item.name] = _write_value(getattr(value, item.name))
    return data


def _write_value(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_write_value(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return _write_fields(value) if is_dataclass(value) else value


def check_plan_data(data: object, span: Span) -> dict[str, Any]:
    """Return plan data read from JSON. Raises PatientError when it is no plan, or of a format that is not known."""
    if not isinstance(data, Mapping) or "handout" not in data or "exercises" not in data:
        raise PatientError(Diagnostic("no-plan", "this is not a plan", span, hint="write one: plan --format json"))
    if data.get("format") != PLAN_FORMAT:
        message = f"this plan has a format that is not known here (known: {PLAN_FORMAT})"
        raise PatientError(Diagnostic("plan-format", message, span, hint="make it again with this version"))
    return dict(data)


def make_plan_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of plan data."""
    definitions: dict[str, Any] = {}
    root = _describe_type(Plan, definitions)
    plan = definitions.pop(root["$ref"].rsplit("/", maxsplit=1)[1])
    plan["properties"] = {"format": {"const": PLAN_FORMAT}, **plan["properties"]}
    plan["required"] = ["format", *plan["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Plan of one handout",
        **plan,
        "$defs": definitions,
    }


_SIMPLE: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    date: {"type": "string", "format": "date"},
}


def _describe_type(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    origin = get_origin(kind)
    if origin is Literal:
        return {"enum": list(get_args(kind))}
    if origin is tuple:
        return {"type": "array", "items": _describe_type(get_args(kind)[0], definitions)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_describe_type(item, definitions) for item in get_args(kind)]}
    return _describe_form(cast(type, kind), definitions)


def _describe_form(form: type, definitions: dict[str, Any]) -> dict[str, Any]:
    reference = {"$ref": f"#/$defs/{form.__name__}"}
    if form.__name__ in definitions:
        return reference
    definition: dict[str, Any] = {"type": "object", "description": (form.__doc__ or "").strip()}
    definitions[form.__name__] = definition
    hints = get_type_hints(form)
    properties: dict[str, Any] = {}
    if form in _BLOCK_KINDS:
        properties["kind"] = {"const": _BLOCK_KINDS[form]}
    for name, kind in hints.items():
        if (form, name) not in _LEFT_OUT:
            properties[name] = _describe_type(kind, definitions)
    definition["properties"] = properties
    definition["required"] = list(properties)
    return reference
