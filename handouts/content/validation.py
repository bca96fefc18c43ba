"""Plain data to a checked form; every fault becomes a diagnostic at its place, in the program's own words."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from handouts.content.explanations import explain_error
from handouts.content.locations import find_place
from handouts.diagnostics import Collector
from handouts.source.document import Places

Form = TypeVar("Form", bound=BaseModel)


def validate_data(
    data: object, form: type[Form], places: Places, collector: Collector, private: bool = False
) -> Form | None:
    """Return the checked form of ``data``, or None after reporting every fault.

    With ``private`` no value of the data stands in a diagnostic, only what would have been right.
    """
    try:
        return form.model_validate(data)
    except ValidationError as error:
        details: list[Any] = error.errors(include_url=False)
    for detail in details:
        place = find_place(form, detail["loc"], data)
        diagnostic = None if place.stray else explain_error(detail, place, places, private)
        if diagnostic is not None and diagnostic not in collector.found:
            collector.add(diagnostic)
    return None
