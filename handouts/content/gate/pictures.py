"""Rules of pictures and cards: a figure for every name, words for every frame, every row of a card."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from handouts.content.files import Piece, name_file
from handouts.content.gate.material import Found, Material
from handouts.diagnostics import Collector, ContentError, Diagnostic, Severity, Span, find_near_names
from handouts.figure.library import Figures
from handouts.source.document import DataPath

_FIGURE_KEYS = {"figure": ("alt", "title"), "figure_easier": ("alt_easier",), "figure_harder": ("alt_harder",)}
"""Keys that name a figure, and those that may say what it shows."""


def find_unknown_figures(material: Material) -> Iterator[Found]:
    """Find names of figures that nobody has drawn."""
    known = material.figures.ids()
    for piece, path, holder, key in _list_uses(material):
        name = holder[key]
        if name not in known:
            near = find_near_names(name, known)
            hint = f"did you mean {' or '.join(repr(one) for one in near)}?" if near else "draw it in figures/"
            yield Found(piece.span((*path, key)), f"there is no figure '{name}'", hint)


def find_missing_alternatives(material: Material) -> Iterator[Found]:
    """Find figures without words for those who do not see them, and cards whose words and frames differ in number."""
    for piece, path, holder, key in _list_uses(material):
        if not any(holder.get(words) for words in _FIGURE_KEYS[key]) and not _is_version(path):
            hint = f"add '{_FIGURE_KEYS[key][0]}: …', one short sentence on what it shows"
            yield Found(piece.span((*path, key), True), "nothing says what this figure shows", hint)
        if material.figures.is_drawn(holder[key]):
            yield from _compare_drawing(material, piece, path, holder, key)
        else:
            yield from _compare_pictures(material, piece, path, holder, key)


def _compare_drawing(
    material: Material, piece: Piece, path: DataPath, holder: dict[str, Any], key: str
) -> Iterator[Found]:
    """Find a drawn figure with more or fewer frames than texts; one text may say what all of them show."""
    alt = holder.get("alt")
    if key != "figure" or not isinstance(alt, list):
        return
    frames = _count_frames(material, holder[key])
    if frames and frames != len(alt):
        message = f"the figure has {frames} frames, 'alt' has {len(alt)} texts"
        yield Found(piece.span((*path, "alt"), True), message, "write one text a frame")


def _compare_pictures(
    material: Material, piece: Piece, path: DataPath, holder: dict[str, Any], key: str
) -> Iterator[Found]:
    """Find a clinic's picture with more or fewer frames than texts, and say so of its first file."""
    alt = holder.get("alt") or (piece.data.get("alt") if _is_version(path) else None)
    texts = len(alt) if key == "figure" and isinstance(alt, list) else 1
    for files in material.figures.own_frames(holder[key]):
        if len(files) != texts:
            words = f"{texts} frame{'' if texts == 1 else 's'} of '{holder[key]}'"
            message = f"'{piece.id}' has words for {words}, and there are pictures for {len(files)}"
            hint = "bring one picture a frame, or lay over that file one with a text in 'alt' for each"
            yield Found(Span(str(files[0])), message, hint)


def find_missing_captions(material: Material) -> Iterator[Found]:
    """Find steps with a figure and no title over it."""
    for piece, path, holder, key in _list_uses(material):
        if holder.get("kind") == "steps" and not holder.get("title"):
            yield Found(piece.span((*path, key), True), "this figure has no title", "add 'title: …' to the steps")


def find_missing_rows(material: Material) -> Iterator[Found]:
    """Find cards without the row that says who the move is not for; the other rows cannot be left out."""
    for piece in material.pieces:
        if piece.kind == "exercise" and piece.data.get("group", "move") == "move" and not piece.data.get("not_for"):
            hint = "add 'not_for:' with a line for each verdict A and N of the moves table"
            yield Found(piece.span(("id",)), "this card does not say who the move is not for", hint)


def find_unused_figures(material: Material) -> Iterator[Found]:
    """Find figures that nothing shows."""
    used = {holder[key] for _, _, holder, key in _list_uses(material)}
    for item in find_unused_pictures(material.figures, used):
        yield Found(item.span, item.message, item.hint)
    for name in material.figures.ids():
        if name not in used and material.figures.is_drawn(name):
            collector = Collector()
            try:
                read = material.figures.read(name, collector)
            except ContentError:
                continue
            if read is not None:
                hint = "name it on a card, or delete the file"
                yield Found(read[1].span(), f"nothing shows the figure '{name}'", hint)


def find_unused_pictures(figures: Figures, used: Collection[str]) -> Iterator[Diagnostic]:
    """Give a warning for each picture that a clinic brought for a figure that nothing shows."""
    for name in figures.list_own():
        if name in used:
            continue
        near = find_near_names(name, used)
        hint = f"did you mean {' or '.join(map(repr, near))}?" if near else "name it on a card, or delete the file"
        span = Span(name_file(figures.own_frames(name)[0][0]))
        yield Diagnostic("unused-figure", f"nothing shows the figure '{name}'", span, Severity.WARNING, hint=hint)


def _list_uses(material: Material) -> Iterator[tuple[Piece, DataPath, dict[str, Any], str]]:
    """Go through all places that name a figure: the file, the path of the mapping, the mapping and its key."""
    for piece in material.pieces:
        if piece.kind in ("section", "exercise", "sleep"):
            yield from _visit(piece, piece.data, ())


def _visit(piece: Piece, data: Any, path: DataPath) -> Iterator[tuple[Piece, DataPath, dict[str, Any], str]]:
    if isinstance(data, dict):
        for key in _FIGURE_KEYS:
            if isinstance(data.get(key), str):
                yield piece, path, data, key
    if isinstance(data, dict | list):
        for step, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _visit(piece, value, (*path, step))


def _is_version(path: DataPath) -> bool:
    """Return whether a mapping is a version of a card, which has the card's words where it has none of its own."""
    return len(path) == 2 and path[0] == "versions"


def _count_frames(material: Material, name: str) -> int:
    """Return the frames of a drawn figure; 0 when it cannot be read, which is reported elsewhere."""
    try:
        return material.figures.count_frames(name)
    except (KeyError, ContentError):
        return 0
