"""JSON Schema of the files that people write, for their editors."""

from __future__ import annotations

from typing import Any

from handouts.content.descriptions import EXCEPTIONS, KEYS
from handouts.content.form import Form
from handouts.content.models import Exercise, Handout, Section
from handouts.content.pydantic_forms import find_model
from handouts.patient.forms import ClinicForm, PatientForm

SCHEMA_KINDS: dict[str, tuple[type[Form], str]] = {
    "clinic": (ClinicForm, "Clinic profile"),
    "patient": (PatientForm, "Patient record"),
    "section": (Section, "Section of the library"),
    "exercise": (Exercise, "Exercise of the library"),
    "handout": (Handout, "Handout of the library"),
}
_DRAFT = "http://json-schema.org/draft-07/schema#"
_ITEMS = ("section", "exercise", "handout")


def schema_for(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a kind of file, each key with its description.

    Kinds: clinic, patient, section, exercise, handout. Raises KeyError for any other.
    """
    form, title = SCHEMA_KINDS[kind]
    schema = find_model(form).model_json_schema()
    _describe_keys(form.__name__, schema)
    for name, part in schema.get("$defs", {}).items():
        _describe_keys(name, part)
    if kind == "patient":
        _allow_plain_ids(schema)
    if kind in _ITEMS:
        schema["properties"]["replaces"] = {"type": "boolean", "description": KEYS["replaces"]}
    return {"$schema": _DRAFT, **schema, "title": title}


def _describe_keys(form: str, schema: dict[str, Any]) -> None:
    for key, part in schema.get("properties", {}).items():
        found = EXCEPTIONS.get(f"{form}.{key}") or part.get("description") or KEYS.get(key)
        if found is not None:
            part["description"] = found


def _allow_plain_ids(schema: dict[str, Any]) -> None:
    """Let an entry of a record's exercises be an id alone."""
    for choice in schema["properties"]["exercises"]["anyOf"]:
        if choice.get("type") == "array":
            choice["items"] = {"anyOf": [schema["$defs"]["ChosenExerciseForm"]["properties"]["id"], choice["items"]]}
