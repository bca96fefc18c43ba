"""What kind of thing a path is: a library, a clinic's folder, one of its files, a profile, a record or a table."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from handouts.content.files import ITEM_FOLDERS, LOCALE_FOLDER, OVERLAY_FILE, SINGLE_FILES, find_kind
from handouts.content.form import Form
from handouts.content.models import FILE_KINDS
from handouts.dataclass import dataclass
from handouts.diagnostics import Collector, Diagnostic, Span
from handouts.patient.forms import ClinicForm, PatientForm
from handouts.source.document import Document, read_document

Kind = Literal["library", "overlay", "clinic", "patient", "item", "table"]
TABLE_ENDINGS = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".json", ".jsonl", ".ndjson"})
_LOOSE_ENDINGS = frozenset({".yaml", ".yml", ".csv", ".tsv", ".xlsx"})
_RED_FLAGS = "red-flags.yaml"
_FOLDERS = frozenset({*ITEM_FOLDERS, LOCALE_FOLDER, "rules", "poses", "figures"})


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to check.

    ``root`` is the folder of a library or of a clinic's content; then ``path`` narrows the findings to a file or folder
    in it. ``form`` is the kind of a single item that lies in no such folder, ``document`` what it holds.
    """

    kind: Kind
    path: Path
    root: Path | None = None
    form: str = ""
    document: Document | None = None


def recognise_path(path: Path, collector: Collector) -> list[Target]:
    """Return what a path holds, or nothing after reporting why it cannot be checked."""
    try:
        return _recognise(path, collector)
    except OSError as problem:  # not even its name, or what it holds, may be seen
        reason = (problem.strerror or type(problem).__name__).lower()
        collector.add(Diagnostic("file-unreadable", f"this cannot be read: {reason}", Span(str(path))))
        return []


def _recognise(path: Path, collector: Collector) -> list[Target]:
    if path.is_dir():
        return _recognise_folder(path, collector)
    if path.suffix.lower() in TABLE_ENDINGS and path.exists():
        return [Target("table", path)]
    root = _find_root(path)
    if root is not None and path.exists():
        return [Target("library" if (root / _RED_FLAGS).is_file() else "overlay", path, root)]
    document = read_document(path, collector)
    return [] if document is None else _recognise_document(path, document, collector)


def _recognise_folder(folder: Path, collector: Collector) -> list[Target]:
    if _is_root(folder):
        return [Target("library" if (folder / _RED_FLAGS).is_file() else "overlay", folder, folder)]
    if folder.name in _FOLDERS and _is_root(folder.parent):
        parent = folder.parent
        return [Target("library" if (parent / _RED_FLAGS).is_file() else "overlay", folder, parent)]
    files = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in _LOOSE_ENDINGS]
    if not files:
        hint = "name a YAML file, a table, or a folder of content (topics, exercises, …)"
        collector.add(
            Diagnostic("nothing-to-check", "there is nothing to check in this folder", Span(str(folder)), hint=hint)
        )
    return [target for path in files for target in recognise_path(path, collector)]


def _is_root(folder: Path) -> bool:
    """Return whether a folder is a library or a clinic's content."""
    if (folder / _RED_FLAGS).is_file() or (folder / OVERLAY_FILE).is_file():
        return True
    return any((folder / name).is_dir() for name in _FOLDERS)


def _find_root(path: Path) -> Path | None:
    """Return the folder of content that a file belongs to by its place, or None."""
    whole = path.resolve()
    if path.suffix == ".yaml" and whole.parent.name in _FOLDERS:
        root = path.parent.parent if len(path.parts) > 2 else whole.parent.parent
        return root if _is_root(root) else None
    is_single = path.name in SINGLE_FILES or path.name == OVERLAY_FILE
    return path.parent if is_single and _is_root(path.parent) else None


def _recognise_document(path: Path, document: Document, collector: Collector) -> list[Target]:
    kind = find_kind(path)
    if kind in FILE_KINDS:
        return [Target("item", path, form=kind, document=document)]
    if isinstance(document.data, list):
        return [Target("table", path)]
    if isinstance(document.data, dict):
        name = _choose_form(document.data)
        if name == "clinic":
            return [Target("clinic", path)]
        if name == "patient":
            return [Target("patient", path, document=document)]
        if name:
            return [Target("item", path, form=name, document=document)]
    hint = "a profile has 'phone', a record has 'name', a section 'blocks', an exercise 'steps', a handout 'parts'"
    message = "nothing in this file says what it is"
    collector.add(Diagnostic("unknown-kind", message, document.span(), hint=hint))
    return []


def _choose_form(keys: Iterable[str]) -> str:
    """Return the kind that knows most of the keys, or nothing; records come first where several know as many."""
    forms: dict[str, type[Form]] = {"patient": PatientForm, "clinic": ClinicForm}
    forms |= {name: FILE_KINDS[name] for name in ("section", "exercise", "sleep", "handout")}
    forms |= {
        name: FILE_KINDS[name] for name in ("conditions", "moves", "default-sets", "sources", "glossary", "locale")
    }
    given = frozenset(keys)
    best = max(forms, key=lambda name: len(given & frozenset(forms[name].keys)))
    return best if given & frozenset(forms[best].keys) else ""
