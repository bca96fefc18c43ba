"""The parts of a library, read, checked and joined."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, cast

from handouts.content.consistency import check_consistency, check_reviews
from handouts.content.files import Piece, check_missing_files, qualify_ids, read_pieces
from handouts.content.form import Form
from handouts.content.library import Library
from handouts.content.models import (
    FILE_KINDS,
    Conditions,
    DefaultSets,
    Exercise,
    Glossary,
    Handout,
    Locale,
    MovesTable,
    RedFlags,
    Section,
    SleepPosition,
    Sources,
)
from handouts.content.overlay import ITEM_KINDS, lay_over
from handouts.content.references import Index, build_index, check_references
from handouts.content.validation import validate_data
from handouts.diagnostics import Collector, ContentError
from handouts.resources import FIGURE_FOLDERS, list_figure_files

Kind = TypeVar("Kind", bound=Form)


def read_library(
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
    found = Collector()
    pieces, off = gather_pieces(folder, overlay, found, extra)
    index = build_index(pieces, found)
    checked = _validate_pieces(pieces, found)
    check_references(pieces, index, found)
    check_consistency(pieces, index, found)
    if on is not None:
        check_reviews(pieces, on, found)
    if collector is not None:
        collector.extend(found.found)
    found.raise_errors(ContentError)
    digest = _digest_content(pieces, off, [folder] if overlay is None else [folder, overlay])
    return _join_pieces(checked, off, digest, index)


def gather_pieces(
    folder: Path, overlay: Path | None, collector: Collector, extra: Iterable[Piece] = ()
) -> tuple[list[Piece], frozenset[str]]:
    """Return all parts of a library as their authors wrote them, and the ids that are switched off."""
    pieces = read_pieces(folder, collector)
    if pieces:
        check_missing_files(pieces, folder, collector)
    off: frozenset[str] = frozenset()
    if overlay is not None:
        pieces, off = lay_over(pieces, overlay, collector)
    added = {(piece.kind, piece.id): piece for piece in extra}
    pieces = [piece for piece in pieces if (piece.kind, piece.id) not in added] + list(added.values())
    return [qualify_ids(piece) for piece in pieces], off


def _validate_pieces(pieces: Iterable[Piece], collector: Collector) -> dict[str, dict[str, Form]]:
    checked: dict[str, dict[str, Form]] = {}
    for piece in pieces:
        form = validate_data(piece.data, FILE_KINDS[piece.kind], piece.places, collector)
        if form is not None:
            checked.setdefault(piece.kind, {})[piece.id] = form
    return checked


def _join_pieces(checked: Mapping[str, Mapping[str, Form]], off: frozenset[str], digest: str, index: Index) -> Library:
    """Return the library of checked pieces, without what is switched off and what points at it."""
    sections = _pick(checked, "section", Section, off)
    handouts = _pick(checked, "handout", Handout, off)
    conditions = _get_only(checked, "conditions", Conditions)
    versions = [
        tuple(int(part) for part in str(vars(form)["version"]).split("."))
        for forms in checked.values()
        for form in forms.values()
        if "version" in vars(form)
    ]
    highest = ".".join(str(part) for part in max(versions, default=(0, 0)))
    return Library(
        sections=sections,
        red_flags=_get_only(checked, "red-flags", RedFlags),
        exercises=_pick(checked, "exercise", Exercise, off),
        sleep=_pick(checked, "sleep", SleepPosition, off),
        handouts={id: _drop_parts(handout, off) for id, handout in handouts.items()},
        conditions={condition.id: condition for condition in conditions.conditions},
        moves=_drop_moves(_get_only(checked, "moves", MovesTable), off),
        default_sets=_drop_set_moves(_get_only(checked, "default-sets", DefaultSets), off),
        sources={source.key: source for source in _get_only(checked, "sources", Sources).sources},
        glossary=_get_only(checked, "glossary", Glossary).terms,
        locales=_pick(checked, "locale", Locale, frozenset()),
        content_version=f"{highest}-{digest[:6]}",
        digest=digest,
        off=off,
        index=index,
    )


def _pick(
    checked: Mapping[str, Mapping[str, Form]], kind: str, form: type[Kind], off: frozenset[str]
) -> dict[str, Kind]:
    return {id: cast(Kind, item) for id, item in checked.get(kind, {}).items() if id not in off}


def _get_only(checked: Mapping[str, Mapping[str, Form]], kind: str, form: type[Kind]) -> Kind:
    (item,) = checked[kind].values()
    return cast(Kind, item)


def _drop_parts(handout: Handout, off: frozenset[str]) -> Handout:
    if not off:
        return handout
    return handout.model_copy(update={"parts": tuple(part for part in handout.parts if part.section not in off)})


def _drop_moves(table: MovesTable, off: frozenset[str]) -> MovesTable:
    if not off:
        return table
    kept = {move: row for move, row in table.moves.items() if move not in off}
    early = tuple(move for move in table.any_week_of_pregnancy if move not in off)
    return table.model_copy(update={"moves": kept, "any_week_of_pregnancy": early})


def _drop_set_moves(sets: DefaultSets, off: frozenset[str]) -> DefaultSets:
    if not off:
        return sets
    kept = tuple(
        one.model_copy(
            update={
                "moves": tuple(move for move in one.moves if move not in off),
                "reserves": tuple(move for move in one.reserves if move not in off),
            }
        )
        for one in sets.sets
    )
    return sets.model_copy(update={"sets": kept})


def _digest_content(pieces: Iterable[Piece], off: frozenset[str], folders: Iterable[Path]) -> str:
    """Return the digest of the words and rules that are in force, and of the files that figures are drawn from."""
    content: list[tuple[str, str, Any]] = sorted(
        ((piece.kind, piece.id, piece.data) for piece in pieces if piece.kind not in ITEM_KINDS or piece.id not in off),
        key=lambda entry: entry[:2],
    )
    text = json.dumps([content, sorted(off)], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    total = hashlib.sha256(text.encode("utf-8"))
    for folder in folders:
        for path in (path for name in FIGURE_FOLDERS for path in list_figure_files(folder, name)):
            total.update(path.relative_to(folder).as_posix().encode("utf-8"))
            total.update(hashlib.sha256(_read_alike(path)).digest())
    return total.hexdigest()


def _read_alike(path: Path) -> bytes:
    """Return a file's bytes, with text as it would be on any system; pictures of points as they are."""
    content = path.read_bytes()
    return content if path.suffix == ".png" else content.replace(b"\r\n", b"\n")
