"""Sources, hard words, and the words of the page."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from handouts.content.models.basics import Strict, Words


class Source(Strict):
    """A source, as far as it was read."""

    key: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9-]*$")]
    title: Words
    body: Words
    year: int | None = None
    read: Literal["page", "part", "abstract", "second-hand"]
    where: Words
    short: Words = Field(description="As shown to those who ask what a sheet rests on.")
    main: bool = Field(False, description="Its body is printed under 'Where this comes from'; of others: 'and others'.")


class Sources(Strict):
    """The file of sources."""

    sources: tuple[Source, ...]


class Term(Strict):
    """A hard word and its plain meaning."""

    term: Words
    meaning: Words


class Glossary(Strict):
    """Hard words that are explained where they stand."""

    terms: tuple[Term, ...]


class Locale(Strict):
    """The words of the page itself. A value is text, or ``{one: …, other: …}`` by number."""

    language: str
    direction: Literal["ltr", "rtl"] = "ltr"
    words: dict[str, Words | dict[Literal["one", "other"], Words]]
    months: tuple[Words, ...] = Field(min_length=12, max_length=12)
