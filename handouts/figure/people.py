"""The people who are drawn: build, skin, hair and clothes, from data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from handouts.dataclass import dataclass
from handouts.diagnostics import Collector, ContentError, Diagnostic
from handouts.figure.body import Body, Build, build_body
from handouts.figure.hair import HAIR
from handouts.figure.shapes import Palette
from handouts.source.document import Document, read_document

LOW_INK = "low-ink"


@dataclass(frozen=True, slots=True)
class Person:
    """One person: body, hair cut and colours by edition."""

    id: str
    body: Body
    hair: str
    palettes: tuple[tuple[str, Palette], ...]


def read_people(path: Path) -> dict[str, Person]:
    """Return all people of a file, in its order; ContentError with every problem otherwise."""
    collector = Collector()
    document = read_document(path, collector)
    collector.raise_errors(ContentError)
    assert document is not None
    data: dict[str, Any] = document.data
    shared, outline = data["colours"], data["low-ink"]
    people = {}
    for name, entry in data["people"].items():
        _check_person(document, collector, name, entry, tuple(shared))
        people[name] = _make_person(name, entry, shared, outline)
    collector.raise_errors(ContentError)
    return people


def _check_person(
    document: Document, collector: Collector, name: str, entry: dict[str, Any], tokens: tuple[str, ...]
) -> None:
    if entry.get("hair") not in HAIR:
        place = document.span(("people", name, "hair"))
        collector.add(
            Diagnostic("person-hair", "unknown hair", place, given=str(entry.get("hair")), candidates=tuple(HAIR))
        )
    for key in entry.get("build", {}):
        if key not in Build._fields:
            place = document.span(("people", name, "build", key), key=True)
            collector.add(
                Diagnostic("person-build", f"unknown key '{key}'", place, given=key, candidates=Build._fields)
            )
    for key in entry.get("colours", {}):
        if key not in tokens:
            place = document.span(("people", name, "colours", key), key=True)
            collector.add(Diagnostic("person-colour", f"unknown colour '{key}'", place, given=key, candidates=tokens))


def _make_person(name: str, entry: dict[str, Any], shared: dict[str, str], outline: dict[str, str]) -> Person:
    build = Build(**{key: value for key, value in entry.get("build", {}).items() if key in Build._fields})
    full = {**shared, **entry.get("colours", {})}
    return Person(
        id=name,
        body=build_body(build),
        hair=entry.get("hair", "short"),
        palettes=(
            ("full", Palette(name, tuple(sorted(full.items())))),
            (LOW_INK, Palette(LOW_INK, tuple(sorted({**full, **outline}.items())), saves_ink=True)),
        ),
    )
