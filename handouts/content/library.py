"""The library: all content of one clinic, and where it comes from: its files, or what was kept of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from handouts.content.models import (
    Condition,
    DefaultSets,
    Exercise,
    Handout,
    Locale,
    MovesTable,
    RedFlags,
    Section,
    SleepPosition,
    Source,
    Term,
)
from handouts.dataclass import dataclass
from handouts.diagnostics import Collector, Span
from handouts.kept import Kept

if TYPE_CHECKING:
    from handouts.content.files import Piece


class Index(Protocol):
    """Whatever knows where an id is given."""

    def find_place(self, kind: str, id: str) -> Span | None:
        """Return where an id is given, or None."""


@dataclass(frozen=True, slots=True)
class Library:
    """All content, checked. Every mapping is by id and in the order of the files' names.

    ``digest`` is 64 hexadecimal digits of exactly this content, pictures included, whatever comments and line breaks
    its files hold. ``content_version`` is short: the highest version of a file, and six digits of the digest.
    """

    sections: Mapping[str, Section]
    red_flags: RedFlags
    exercises: Mapping[str, Exercise]
    sleep: Mapping[str, SleepPosition]
    handouts: Mapping[str, Handout]
    conditions: Mapping[str, Condition]
    moves: MovesTable
    default_sets: DefaultSets
    sources: Mapping[str, Source]
    glossary: tuple[Term, ...]
    locales: Mapping[str, Locale]
    content_version: str
    digest: str
    off: frozenset[str]
    index: Index

    def find_place(self, kind: str, id: str) -> Span | None:
        """Return where an id is given in the files, or None.

        Kinds: section, exercise, sleep, handout, condition, column, set, source, term, locale, and statement for
        everything inside a section, card or handout that has an id.
        """
        return self.index.find_place(kind, id)


def load_library(
    folder: Path,
    overlay: Path | None = None,
    collector: Collector | None = None,
    on: date | None = None,
    extra: Iterable[Piece] = (),
) -> Library:
    """Return the library of a folder, with a clinic's folder laid over it and ``extra`` items in place of theirs.

    With ``on`` files are warned of whose review was due before that day. Every problem goes to ``collector``, warnings
    too. Raises ContentError with all of them if one is an error.
    """
    from handouts.content.assembly import read_library  # noqa: PLC0415  (not needed where a library was kept)

    return read_library(folder, overlay, collector, on, extra)


def open_library(folder: Path, overlay: Path | None = None, kept: Kept | None = None) -> Library:
    """Return the library of a folder with a clinic's folder laid over it, from what is kept of these very files.

    Raises ContentError as `load_library` does; only a library without errors is kept.
    """
    from handouts.content.compiled import read_compiled, write_compiled  # noqa: PLC0415

    if kept is None:
        return load_library(folder, overlay)
    data = kept.find("library")
    library = None if data is None else read_compiled(data, lambda: load_library(folder, overlay).index)
    if library is None:
        library = load_library(folder, overlay)
        kept.keep(write_compiled(library), "library")
    return library
