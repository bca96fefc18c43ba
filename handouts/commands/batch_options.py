"""The options of a batch, as the command line gives them."""

from __future__ import annotations

from datetime import date
from typing import Literal

from handouts.dataclass import dataclass

MOST_TAGGED = 5000
"""Handouts in a tagged print run. Each has some 600 objects; Chrome reads 4,194,304 of a file."""


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """The command's options."""

    handout: str
    source: str | None
    copies: int | None
    folder: str
    clinic_file: str | None
    language: str | None
    edition: str | None
    paper: str | None
    on: date | None
    print_run: str | None
    separators: bool
    two_up: bool
    tagged: bool | None
    workers: int
    dask: str | None
    skip_bad: bool
    name_by: Literal["reference", "name"]
    form: Literal["text", "json"]
    overwrite: bool = False
    hidden_rows: Literal["print", "skip"] | None = None
