"""Faults of plain data, found by pydantic and told in the program's own words."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from handouts.content.explanations import explain_error
from handouts.content.locations import find_place
from handouts.diagnostics import Collector
from handouts.source.document import Places

Model = TypeVar("Model", bound=BaseModel)


def validate_model(
    data: object, model: type[Model], places: Places, collector: Collector, private: bool = False
) -> Model | None:
    """Return the checked model of ``data``, or None after reporting every fault.

    With ``private`` no value of the data stands in a diagnostic, only what would have been right.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        details: list[Any] = error.errors(include_url=False)
    for detail in details:
        place = find_place(model, detail["loc"], data)
        diagnostic = None if place.stray else explain_error(detail, place, places, private)
        if diagnostic is not None and diagnostic not in collector.found:
            collector.add(diagnostic)
    return None
