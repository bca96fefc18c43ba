"""Sources, hard words, and the words of the page."""

from __future__ import annotations

from typing import Annotated, Literal

from handouts.content.form import Form, Text, field
from handouts.content.models.basics import Words


class Source(Form):
    """A source, as far as it was read."""

    key: Annotated[str, Text(pattern=r"^[A-Z0-9][A-Z0-9-]*$")]
    title: Words
    body: Words
    year: int | None = None
    read: Literal["page", "part", "abstract", "second-hand"]
    where: Words
    short: Words = field(description="As shown to those who ask what a sheet rests on.")
    main: bool = field(
        default=False, description="Its body is printed under 'Where this comes from'; of others: 'and others'."
    )


class Sources(Form):
    """The file of sources."""

    sources: tuple[Source, ...]


class Term(Form):
    """A hard word and its plain meaning."""

    term: Words
    meaning: Words


class Glossary(Form):
    """Hard words that are explained where they stand."""

    terms: tuple[Term, ...]


class Locale(Form):
    """The words of the page itself. A value is text, or ``{one: …, other: …}`` by number."""

    language: str
    direction: Literal["ltr", "rtl"] = "ltr"
    words: dict[str, Words | dict[Literal["one", "other"], Words]]
    months: tuple[Words, ...] = field(min_length=12, max_length=12)
