"""Plain data to a checked form; every fault becomes a diagnostic at its place, in the program's own words."""

from __future__ import annotations

from typing import TypeVar

from handouts.content.form import Form
from handouts.content.look import UnsureError, look_at
from handouts.diagnostics import Collector
from handouts.source.document import Places

Kind = TypeVar("Kind", bound=Form)


def validate_data(
    data: object, form: type[Kind], places: Places, collector: Collector, private: bool = False
) -> Kind | None:
    """Return the checked form of ``data``, or None after reporting every fault.

    With ``private`` no value of the data stands in a diagnostic, only what would have been right.
    """
    try:
        return look_at(form, data)
    except UnsureError:
        from handouts.content.faults import validate_model  # noqa: PLC0415  (loads pydantic)
        from handouts.content.pydantic_forms import find_model, take_over  # noqa: PLC0415

        checked = validate_model(data, find_model(form), places, collector, private)
        return None if checked is None else take_over(checked, form)
