"""The files of a library folder: which there are, of which kind, and what each holds as plain data."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from handouts.dataclass import dataclass
from handouts.diagnostics import Collector, Diagnostic, Severity, Span
from handouts.resources import is_figure_file, is_hidden
from handouts.source.document import DataPath, Document, Places, read_document

ITEM_FOLDERS = {"topics": "section", "exercises": "exercise", "sleep": "sleep", "handouts": "handout"}
"""Folders that hold one item a file, the file named for the item's id."""

SINGLE_FILES = {
    "red-flags.yaml": "red-flags",
    "rules/conditions.yaml": "conditions",
    "rules/moves.yaml": "moves",
    "rules/default-sets.yaml": "default-sets",
    "sources.yaml": "sources",
    "glossary.yaml": "glossary",
}
"""Files that stand once, and their kind."""

LOCALE_FOLDER = "locale"
OVERLAY_FILE = "overlay.yaml"
PICTURES = "figures"
_OTHERS = frozenset({"poses", PICTURES, "evidence.yaml", "README.md", OVERLAY_FILE})


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of the library as its author wrote it; ``id`` is the file's name without its ending."""

    kind: str
    id: str
    data: Any
    places: Places

    def span(self, path: DataPath = (), key: bool = False) -> Span:
        """Return where a value of this piece stands, or its key."""
        return self.places.span(path, key)


def find_kind(path: Path) -> str | None:
    """Return the kind of a library file by its place (``exercises/bridge.yaml`` is an exercise), or None."""
    if path.suffix != ".yaml":
        return None
    for name, kind in SINGLE_FILES.items():
        if path.parts[-name.count("/") - 1 :] == tuple(name.split("/")):
            return kind
    folder = path.parent.name
    return "locale" if folder == LOCALE_FOLDER else ITEM_FOLDERS.get(folder)


def name_file(path: Path) -> str:
    """Return how a file is called in messages: from the working folder where it lies in it, else whole."""
    try:
        return str(_name_folder(path.parent, Path.cwd()) / path.name)
    except (ValueError, OSError):
        return str(path)


@lru_cache(maxsize=64)
def _name_folder(folder: Path, working: Path) -> Path:
    return folder.resolve().relative_to(working)


def qualify_ids(piece: Piece) -> Piece:
    """Return a card with the ids of its lines made unique: ``lie`` of the card ``bridge`` becomes ``bridge-lie``.

    Lines of exercises and sleep positions are named within their card; everything else is named once in the library.
    """
    if piece.kind not in ("exercise", "sleep"):
        return piece
    data = {
        key: value if key in ("id", "versions") else _prefix_ids(value, piece.id) for key, value in piece.data.items()
    }
    versions = data.get("versions")
    if isinstance(versions, list):
        data["versions"] = [
            {key: value if key == "id" else _prefix_ids(value, piece.id) for key, value in version.items()}
            if isinstance(version, dict)
            else version
            for version in versions
        ]
    return Piece(piece.kind, piece.id, data, piece.places)


def _prefix_ids(data: Any, card: str) -> Any:
    if isinstance(data, list):
        return [_prefix_ids(entry, card) for entry in data]
    if not isinstance(data, dict):
        return data
    return {
        key: f"{card}-{value}"
        if key == "id" and isinstance(value, str) and not value.startswith(f"{card}-")
        else _prefix_ids(value, card)
        for key, value in data.items()
    }


def read_pieces(folder: Path, collector: Collector) -> list[Piece]:
    """Return all pieces of a folder in the order of their names; what cannot be read is reported and left out."""
    if not folder.is_dir():
        collector.add(Diagnostic("folder-missing", "this folder does not exist", Span(name_file(folder))))
        return []
    pieces = []
    for path, kind in _find_files(folder, collector):
        name = name_file(path)
        document = read_document(path, collector, name)
        if document is not None and _check_mapping(document, collector):
            pieces.append(Piece(kind, path.stem, document.data, document))
    return pieces


def check_missing_files(pieces: list[Piece], folder: Path, collector: Collector) -> None:
    """Report each file that a library cannot do without."""
    kinds = {piece.kind for piece in pieces}
    for name, kind in SINGLE_FILES.items():
        if kind not in kinds and not (folder / name).exists():
            message = "this file is missing; a library cannot do without it"
            collector.add(Diagnostic("file-missing", message, Span(name_file(folder / name))))


def find_unread_files(folder: Path) -> list[Diagnostic]:
    """Return a warning for each file of a content folder that nothing reads; an error for a link to nowhere."""
    found = Collector()
    for _ in _find_files(folder, found):
        pass
    return [item for item in found.found if item.severity is Severity.WARNING or item.rule == "file-missing"]


def _find_files(folder: Path, collector: Collector) -> Iterator[tuple[Path, str]]:
    """Go through the files to read, and warn of those that nothing reads."""
    for path in _list_all(folder, collector):
        relative = path.relative_to(folder)
        top = relative.parts[0]
        if any(map(is_hidden, relative.parts)):
            continue
        if top == PICTURES:
            _check_picture(path, relative, collector)
        if top in _OTHERS:
            continue
        kind = _find_kind_inside(relative)
        if kind is not None:
            yield path, kind
        elif path.suffix != ".md":
            message = "nothing reads this file"
            near = _find_name(relative)
            places = f"items lie in {', '.join(sorted(ITEM_FOLDERS))}, each as <id>.yaml"
            hint = places if near is None else f"call it '{near}'"
            span = Span(name_file(path))
            collector.add(Diagnostic("unread-file", message, span, severity=Severity.WARNING, hint=hint))


def _check_picture(path: Path, relative: Path, collector: Collector) -> None:
    """Warn of a file among the figures that none is drawn from; a link that leads nowhere is an error."""
    name = relative.name
    if len(relative.parts) == 2 and is_figure_file(PICTURES, name):
        if not path.is_file():
            message = "this link leads to no file" if path.is_symlink() else "this is no file"
            hint = "put the file in its place, or delete it"
            collector.add(Diagnostic("file-missing", message, Span(name_file(path)), hint=hint))
    elif path.suffix != ".md":
        near = f"{name[:-4]}.yaml" if name.endswith(".yml") else name.lower().replace("_", "-").replace(" ", "-")
        near = re.sub(r"[-.]+(left|right|[1-9])(?=[-.])", r".\1", near)
        hint = "pictures lie in figures, as ID.svg, ID.1.svg, ID.left.1.svg, or the same with .png"
        if is_figure_file(PICTURES, near):
            hint = f"call it '{PICTURES}/{near}'"
        message = "nothing reads this file"
        collector.add(Diagnostic("unread-file", message, Span(name_file(path)), severity=Severity.WARNING, hint=hint))


def _list_all(folder: Path, collector: Collector) -> list[Path]:
    """Return all files below a folder, sorted; a folder that is closed is an error, for what it holds must not lack.

    A link to a folder is followed where content can lie, directly in ``folder``.
    """

    def report(problem: OSError) -> None:
        reason = (problem.strerror or type(problem).__name__).lower()
        span = Span(name_file(Path(problem.filename)))
        collector.add(Diagnostic("file-unreadable", f"this folder cannot be read: {reason}", span))

    found: list[Path] = []
    for root, folders, names in os.walk(folder, onerror=report, followlinks=True):
        found += (Path(root, name) for name in names)
        if Path(root) != folder:
            folders[:] = [name for name in folders if not Path(root, name).is_symlink()]
    return sorted(found)


def _find_name(relative: Path) -> str | None:
    """Return the name that a file with capitals, or with the ending .yml, should have to be read; None for others."""
    name = relative.as_posix().lower()
    name = f"{name[:-4]}.yaml" if name.endswith(".yml") else name
    return name if name == OVERLAY_FILE or _find_kind_inside(Path(name)) is not None else None


def _find_kind_inside(relative: Path) -> str | None:
    if relative.as_posix() in SINGLE_FILES:
        return SINGLE_FILES[relative.as_posix()]
    if len(relative.parts) != 2 or relative.suffix != ".yaml":
        return None
    return "locale" if relative.parts[0] == LOCALE_FOLDER else ITEM_FOLDERS.get(relative.parts[0])


def _check_mapping(document: Document, collector: Collector) -> bool:
    if isinstance(document.data, dict):
        return True
    message = "this file must be a mapping"
    hint = "write 'key: value' lines"
    collector.add(Diagnostic("wrong-type", message, document.span(), hint=hint))
    return False
