"""Where each fact of the ledger went: printed, merged, held for some people, or left out and why.

The library was written from a ledger of facts taken from articles and weighed against guidance.
`sections/evidence.yaml` lists every fact by its id, with the conflicts and gaps of the ledger. Nothing of it is
printed; it proves that nothing was lost and that what may not be printed stands nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from handouts.content.models import Exercise, Handout, RedFlags, Section, SleepPosition
from handouts.content.pydantic_forms import Strict, Words
from handouts.source.document import DataPath

LedgerId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Place = Annotated[str, StringConstraints(pattern=r"^((exercises|sleep)/)?[a-z0-9]+(-[a-z0-9]+)*$")]


class EvidenceEntry(Strict):
    """How one fact is used. What is omitted has a reason, no place, and words that may stand nowhere in print."""

    id: LedgerId
    use: Literal["printed", "merged", "held", "omitted"] = Field(
        description="Printed in words of its own, merged into others, held for those whom a rule names, or left out."
    )
    places: tuple[Place, ...] = Field((), alias="in", description="Statements, blocks, sections or cards that use it.")
    agreement: Literal["agrees", "conflicts", "silent"] = Field(description="What guidance says of the fact as found.")
    sources: tuple[str, ...] = Field((), description="Keys of sources.yaml.")
    reason: Words | None = Field(None, description="Why it is left out, or what was changed.")
    never: tuple[Words, ...] = Field((), description="Words that no part of the library may hold.")

    @model_validator(mode="after")
    def _check_use(self) -> EvidenceEntry:
        if self.use == "omitted":
            if self.places or not self.reason or not self.never:
                raise ValueError("what is omitted has a reason and words that may not be printed, and no place")
        elif not self.places or self.never:
            raise ValueError("what is used has a place under 'in', and no words that may not be printed")
        if self.agreement == "conflicts" and not self.reason:
            raise ValueError("what conflicts with guidance says under 'reason' what was changed")
        return self


class EvidenceConflict(Strict):
    """A conflict of the ledger, how it was resolved and where that is printed."""

    id: LedgerId
    resolution: Words
    places: tuple[Place, ...] = Field(alias="in", min_length=1)
    facts: tuple[LedgerId, ...] = Field(min_length=1, description="The facts that were in conflict.")


class EvidenceGap(Strict):
    """Something that the articles did not say, and what fills it."""

    id: LedgerId
    filled: Words
    places: tuple[Place, ...] = Field(alias="in", min_length=1)


class Evidence(Strict):
    """The file of evidence."""

    facts: tuple[EvidenceEntry, ...] = Field(min_length=1)
    conflicts: tuple[EvidenceConflict, ...]
    gaps: tuple[EvidenceGap, ...]


Item = Section | RedFlags | Exercise | SleepPosition | Handout
_UNPRINTED_KEYS = frozenset(
    {"id", "sources", "mark", "kind", "figure", "icon", "when", "unless", "first", "strong", "conditions"}
)


def list_places(items: Iterable[Item]) -> frozenset[str]:
    """Return every place that evidence may name: ids of all statements, blocks and sections, and of whole cards."""
    places: set[str] = set()
    for item in items:
        if isinstance(item, Exercise | SleepPosition):
            places.add(f"{'exercises' if isinstance(item, Exercise) else 'sleep'}/{item.id}")
        else:
            places.update(_iterate_ids(item.model_dump()))
    return frozenset(places)


def list_texts(items: Iterable[Item]) -> dict[str, str]:
    """Return all words that may be printed, by the id of the innermost part around them and the key, joined."""
    texts: dict[str, str] = {}
    for item in items:
        for place, words in _iterate_words(item.model_dump(), item.id):
            texts[place] = f"{texts[place]} {words}" if place in texts else words
    return texts


def find_unknown_places(evidence: Evidence, places: frozenset[str]) -> list[tuple[str, str]]:
    """Return (ledger id, place) for each place that the library does not have."""
    entries: tuple[EvidenceEntry | EvidenceConflict | EvidenceGap, ...]
    entries = (*evidence.facts, *evidence.conflicts, *evidence.gaps)
    return [(entry.id, place) for entry in entries for place in entry.places if place not in places]


def find_printed_omissions(evidence: Evidence, texts: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return (ledger id, words, place) for each omitted fact whose words stand somewhere in the library."""
    found = []
    for place, text in texts.items():
        lower = text.replace("**", "").lower()
        for entry in evidence.facts:
            found += [(entry.id, words, place) for words in entry.never if words.lower() in lower]
    return found


def find_repeated_ids(evidence: Evidence) -> list[tuple[DataPath, str]]:
    """Return where an entry has the id of one before it in its list, and the id."""
    lists: dict[str, tuple[EvidenceEntry | EvidenceConflict | EvidenceGap, ...]]
    lists = {"facts": evidence.facts, "conflicts": evidence.conflicts, "gaps": evidence.gaps}
    found: list[tuple[DataPath, str]] = []
    for name, entries in lists.items():
        seen: set[str] = set()
        for number, entry in enumerate(entries):
            if entry.id in seen:
                found.append(((name, number, "id"), entry.id))
            seen.add(entry.id)
    return found


def find_unlisted_facts(evidence: Evidence) -> list[tuple[DataPath, str]]:
    """Return where a conflict names a fact that is not listed, and its id."""
    listed = {entry.id for entry in evidence.facts}
    return [
        (("conflicts", number, "facts", place), id)
        for number, conflict in enumerate(evidence.conflicts)
        for place, id in enumerate(conflict.facts)
        if id not in listed
    ]


def _iterate_ids(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        if isinstance(data.get("id"), str):
            yield data["id"]
        for value in data.values():
            yield from _iterate_ids(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _iterate_ids(value)


def _iterate_words(data: object, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(data, str):
        yield place, data
    elif isinstance(data, dict):
        inner = data.get("id", place)
        for key, value in data.items():
            if key not in _UNPRINTED_KEYS:
                yield from _iterate_words(value, inner)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _iterate_words(value, place)
