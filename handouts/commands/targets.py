"""Checks of each kind of thing that `check` is given."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from handouts.commands.profile import check_clinic_letters, check_profile
from handouts.commands.recognition import Target
from handouts.content.assembly import gather_pieces
from handouts.content.evidence import Evidence
from handouts.content.faults import validate_model
from handouts.content.files import Piece, name_file
from handouts.content.gate.registry import run_gate
from handouts.content.library import Library, load_library
from handouts.content.review import check_sign_off
from handouts.dataclass import dataclass
from handouts.diagnostics import Collector, ContentError, Diagnostic, PatientError, Span
from handouts.figure.checks import check_all
from handouts.figure.library import Figures
from handouts.patient.checks import check_language, check_names
from handouts.patient.clinic import read_clinic
from handouts.patient.letters import find_record_faults
from handouts.patient.models import Clinic, PatientRecord
from handouts.patient.record import read_patient
from handouts.patient.table import make_empty_diagnostic, open_table
from handouts.patient.table_records import read_row
from handouts.pipeline import open_fonts
from handouts.resources import find_bundled_folder
from handouts.source.document import Document, Places, read_document
from handouts.tailor.assembled import assemble_handouts, check_assembled
from handouts.tailor.judge import Judge
from handouts.typeset.fonts import FontSet


@dataclass
class Checker:
    """Checks targets one after the other; libraries are read once.

    ``overlay`` is the content folder of the clinic that was found, over which records and single items are checked, and
    ``added`` its folder of fonts.
    ``private`` are the files whose lines are not shown.
    """

    today: date
    overlay: Path | None = None
    added: Path | None = None
    collector: Collector = field(default_factory=Collector)
    private: set[str] = field(default_factory=set)
    libraries: dict[tuple[Path, Path | None], Library | None] = field(default_factory=dict)

    def check_target(self, target: Target) -> None:
        """Check one target; its findings go to the collector."""
        match target.kind:
            case "clinic":
                self.check_clinic(target.path)
            case "patient":
                self._check_patient(target)
            case "item":
                self._check_item(target)
            case "table":
                self._check_table(target)
            case _:
                self._check_folder(target)

    def check_clinic(self, path: Path) -> Clinic | None:
        """Return a clinic's profile; its findings and those of its own content go to the collector."""
        clinic = read_clinic(path, self.collector)
        if clinic is not None:
            self.collector.extend(check_profile(path, clinic))
            self._check_fonts(path, clinic)
            library = self.check_library(find_bundled_folder("sections"), clinic.content, clinic.content, clinic)
            if library is not None:
                self.collector.extend(check_sign_off(path, clinic.reviewer, library.digest, self.today))
        return clinic

    def _check_fonts(self, path: Path, clinic: Clinic) -> None:
        """Check that the clinic's own fonts can be embedded, and that all its words can be printed."""
        try:
            self.collector.extend(check_clinic_letters(path, clinic, open_fonts(clinic.fonts)))
        except PatientError as problem:
            document = read_document(path, Collector())
            span = document.span(("fonts",)) if document is not None else Span(str(path))
            self.collector.extend(replace(item, span=span) for item in problem.diagnostics)

    def warn_unsigned(self, folder: Path) -> None:
        """Warn that nobody has signed the content of a folder, for there is no clinic to have done so."""
        self.collector.extend(check_sign_off(Path(name_file(folder)), None, "", self.today))

    def check_library(
        self, folder: Path, overlay: Path | None, within: Path | None = None, clinic: Clinic | None = None
    ) -> Library | None:
        """Return a library, or None when it is broken; findings outside ``within`` are left out.

        What is wrong with a handout as a whole is never left out, for content laid over it may be the cause.
        """
        found = Collector()
        library = self._load(folder, overlay, found)
        whole: list[Diagnostic] = []
        if library is not None and (overlay or clinic is None):
            found.extend(check_content(library, folder, overlay))
            whole = check_assembled(library, assemble_handouts(library, clinic, self.today))
        for item in found.found:
            if within is None or _lies_within(item, within):
                self.collector.add(item)
        self.collector.extend(whole)
        return library

    def _load(self, folder: Path, overlay: Path | None, found: Collector) -> Library | None:
        try:
            library = load_library(folder, overlay, found, self.today)
        except ContentError:
            library = None
        self.libraries[(folder, overlay)] = library
        return library

    @cached_property
    def fonts(self) -> FontSet:
        """Return the fonts that records are printed with; what is wrong with the clinic's is said of its profile."""
        try:
            return open_fonts(self.added)
        except PatientError:
            return open_fonts(None)

    def _find_library(self) -> Library | None:
        """Return the library that records are checked against; what makes it useless is reported."""
        folder = find_bundled_folder("sections")
        key = (folder, self.overlay)
        if key not in self.libraries:
            found = Collector()
            self._load(*key, found)
            self.collector.extend(found.errors)
        return self.libraries[key]

    def _check_folder(self, target: Target) -> None:
        assert target.root is not None
        within = None if target.path == target.root else target.path
        if target.kind == "library":
            self.check_library(target.root, None, within)
        else:
            self.check_library(find_bundled_folder("sections"), target.root, within or target.root)

    def _check_patient(self, target: Target) -> None:
        library = self._find_library()
        self.private.add(str(target.path))
        document = target.document
        if library is None or document is None:
            return
        read_patient(document, library, self.collector, self.today, inspect=self._inspect)

    def _inspect(self, record: PatientRecord, places: Places, problems: Collector, day: date, whole: bool) -> None:
        """Ask of a record what every handout asks of a person, and that its words can be printed."""
        check_language(record, self._judge.library, places.span, problems)
        problems.extend(find_record_faults(self.fonts, record, places))
        if not whole:
            check_names(record, self._judge.library, places.span, problems, day)
            return
        try:
            self._judge.judge_person(record, day, problems, places.span)
        except ContentError as problem:
            problems.extend(problem.diagnostics)

    @cached_property
    def _judge(self) -> Judge:
        library = self._find_library()
        assert library is not None
        return Judge(library)

    def _check_item(self, target: Target) -> None:
        """Check a single file that lies in no content folder, as if it lay in the clinic's."""
        assert target.document is not None
        data = target.document.data
        if not isinstance(data, dict):
            hint = "write 'key: value' lines"
            self.collector.add(
                Diagnostic("wrong-type", "this file must be a mapping", target.document.span(), hint=hint)
            )
            return
        data = {key: value for key, value in data.items() if key != "replaces"}
        piece = Piece(target.form, target.path.stem, data, target.document)
        found = Collector()
        with contextlib.suppress(ContentError):
            folder = find_bundled_folder("sections")
            library = load_library(folder, self.overlay, found, self.today, (piece,))
            found.extend(check_content(library, folder, self.overlay, (piece,)))
        self.collector.extend(item for item in found.found if item.span.file == target.document.name)

    def _check_table(self, target: Target) -> None:
        self.private.add(str(target.path))
        library = self._find_library()
        table = open_table(str(target.path), bytes, self.collector)
        if library is None or table is None:
            return
        row = None
        for row in table.rows():
            self.collector.extend(read_row(row, library, self.today, None, self._inspect).found)
        if row is None:
            self.collector.add(make_empty_diagnostic(table))


def check_content(
    library: Library, folder: Path, overlay: Path | None, extra: Iterable[Piece] = ()
) -> list[Diagnostic]:
    """Return what the gate finds in a library without errors, its figures and its ledger of facts included."""
    folders = [folder] if overlay is None else [folder, overlay]
    pieces, _ = gather_pieces(folder, overlay, Collector(), extra)
    figures = Figures(folders)
    found = Collector()
    found.extend(check_all(figures))
    found.extend(run_gate(pieces, library, figures, _read_ledgers(folders, found)))
    return [replace(item, span=_name_span(item.span)) for item in found.found]


def _read_ledgers(folders: Iterable[Path], collector: Collector) -> list[Document]:
    """Return the ledgers of facts that folders hold; what is wrong with one is reported."""
    ledgers = []
    for folder in folders:
        path = folder / "evidence.yaml"
        document = read_document(path, collector, name_file(path)) if path.is_file() else None
        if document is not None and validate_model(document.data, Evidence, document, collector) is not None:
            ledgers.append(document)
    return ledgers


def _name_span(span: Span) -> Span:
    """Return a place with its file called as other messages call it."""
    return replace(span, file=name_file(Path(span.file))) if Path(span.file).is_absolute() else span


def _lies_within(item: Diagnostic, path: Path) -> bool:
    name = name_file(path)
    return item.span.file == name or item.span.file.startswith((f"{name}/", f"{name}\\"))


def count_findings(found: Iterable[Diagnostic]) -> tuple[int, int]:
    """Return the numbers of errors and warnings."""
    items = tuple(found)
    errors = sum(item.severity.value == "error" for item in items)
    return errors, len(items) - errors
