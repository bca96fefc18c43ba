"""Read, tailor, lay out, paint: the one place that joins the stages."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from handouts import __version__
from handouts.content.library import Library, open_library
from handouts.dataclass import dataclass
from handouts.diagnostics import Collector, Diagnostic, LayoutError, PatientError, Span
from handouts.figure.library import Figures, load_figures
from handouts.figure.stored import read_drawings, read_palette, write_drawings, write_palette
from handouts.kept import Kept, open_kept, stamp_package
from handouts.layout.logo import Logo, read_logo
from handouts.layout.page import DocumentInfo
from handouts.layout.setting import Setting
from handouts.layout.sheet import PAPERS, Sheet, lay_out
from handouts.layout.theme import load_theme
from handouts.patient.checks import check_language, check_names
from handouts.patient.letters import find_record_faults
from handouts.patient.models import Clinic, PatientRecord
from handouts.pdf.document import paint_sheet
from handouts.pdf.drawings import Cast
from handouts.pdf.stamp import write_subject
from handouts.qr import keep_symbols
from handouts.resources import find_bundled_folder
from handouts.source.document import Places, PlaceSpan
from handouts.tailor.assembly import check_plan, tailor_plan
from handouts.tailor.plan import Plan
from handouts.tailor.problems import place_nowhere
from handouts.typeset.bundled import load_fonts, stamp_fonts
from handouts.typeset.fonts import FontSet
from handouts.typeset.letters import RULES

if TYPE_CHECKING:
    from handouts.pdf.bundle import Bundle, Bundles

FEW_PAGES = 2
"""A handout of more pages has bookmarks."""

DateFrom = Literal["option", "record", "today"]
PRODUCER = f"handouts {__version__}"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the caller decides: None leaves it to the record, then to the clinic."""

    date: datetime.date
    date_from: DateFrom
    language: str | None = None
    edition: str | None = None
    paper: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A finished handout: its bytes, its plan and its pages."""

    data: bytes
    plan: Plan
    sheet: Sheet


@dataclass(slots=True)
class Pipeline:
    """All that does not change from patient to patient: content, fonts, figures, clinic, and what was made of them."""

    library: Library
    fonts: FontSet
    figures: Figures
    clinic: Clinic
    logo: Logo | None
    bundles: Bundles | None = None
    settings: dict[tuple[str, str, str], Setting] = field(default_factory=dict)

    def plan(
        self, handout: str, record: PatientRecord | None, choices: Choices, place: PlaceSpan = place_nowhere
    ) -> Plan:
        """Return the plan of a handout; PatientError when nothing safe can be printed from this record."""
        return tailor_plan(
            self.library,
            handout,
            record,
            self.clinic,
            date=choices.date,
            date_from=choices.date_from,
            language=choices.language,
            edition=choices.edition,
            people=self.figures.people(),
            place=place,
        )

    def check(
        self,
        handout: str,
        language: str | None,
        record: PatientRecord,
        places: Places,
        problems: Collector,
        date: datetime.date,
        whole: bool = True,
    ) -> None:
        """Add to ``problems`` all that `make` would raise PatientError for, and warnings, in a third of a plan's time.

        The letters of the record belong to it. ``whole`` False: its moves cannot be judged.
        """
        problems.extend(find_record_faults(self.fonts, record, places))
        if not whole:
            check_language(record, self.library, places.span, problems)
            check_names(record, self.library, places.span, problems, date)
            return
        given = (self.library, handout, record, self.clinic, problems)
        check_plan(*given, date=date, language=language, place=places.span)

    def lay_out(self, plan: Plan, paper: str | None = None, bundle: Bundle | None = None) -> Sheet:
        """Return the pages of a plan; LayoutError when they break a rule of the page.

        ``bundle`` holds what an earlier process laid out.
        """
        paper = paper or self.clinic.paper
        setting = self.find_setting(plan, paper)
        if bundle is None:
            return lay_out(plan, setting, paper, self.logo)
        from handouts.layout.stored import add_layout, recall_layout  # noqa: PLC0415  (only where something is kept)

        name = f"{paper} {plan.layout_digest}"
        recalled = recall_layout(setting, bundle, name)
        sheet = lay_out(plan, setting, paper, self.logo)
        if sheet.layout is not recalled:
            add_layout(setting, bundle, name, sheet.layout)
        return sheet

    def find_setting(self, plan: Plan, paper: str) -> Setting:
        """Return the setting of a plan's edition, language and paper, made once."""
        key = (plan.edition, plan.language, paper)
        if key not in self.settings:
            theme = load_theme(plan.edition, self.clinic.colour)
            width = PAPERS[paper][0] - theme.margins.left - theme.margins.right
            self.settings[key] = Setting(theme, self.fonts, self.figures, dict(plan.words), width)
        return self.settings[key]

    def paint(self, plan: Plan, sheet: Sheet, bundle: Bundle | None = None) -> bytes:
        """Return the PDF of finished pages. ``bundle`` holds what an earlier process painted."""
        info = DocumentInfo(
            title=plan.title,
            language=plan.language,
            date=plan.date.isoformat(),
            digest=plan.digest,
            producer=PRODUCER,
            subject=write_subject(plan.sheet_id, plan.content_version),
            bookmarks=sheet.bookmarks if sheet.count > FEW_PAGES else (),
        )
        return paint_sheet(sheet, info, self.fonts, self.find_cast(plan), bundle)

    def find_cast(self, plan: Plan) -> Cast:
        """Return who is drawn in the figures of a plan."""
        return Cast(self.figures, plan.figure_person, plan.edition)

    def _open_bundle(self, plan: Plan) -> Bundle | None:
        """Return what was kept of sheets of a plan's kind; None for a plan whose cards name who decided on them."""
        if self.bundles is None or any(card.overridden_by for card in plan.exercises):
            return None
        return self.bundles.open(plan.handout, plan.language, plan.edition)

    def make(
        self, handout: str, record: PatientRecord | None, choices: Choices, place: PlaceSpan = place_nowhere
    ) -> Made:
        """Return a finished handout; HandoutError with everything that stands in the way."""
        plan = self.plan(handout, record, choices, place)
        bundle = self._open_bundle(plan)
        sheet = self.lay_out_for(plan, record, choices, place, bundle)
        return Made(self.paint(plan, sheet, bundle), plan, sheet)

    def lay_out_for(
        self,
        plan: Plan,
        record: PatientRecord | None,
        choices: Choices,
        place: PlaceSpan = place_nowhere,
        bundle: Bundle | None = None,
    ) -> Sheet:
        """Return the pages of a record's plan; LayoutError that names the fields whose letters cannot be printed."""
        try:
            return self.lay_out(plan, choices.paper, bundle)
        except LayoutError as problem:
            raise LayoutError(_place_letters(problem.diagnostics, record, place)) from problem


def _place_letters(
    found: tuple[Diagnostic, ...], record: PatientRecord | None, place: PlaceSpan
) -> tuple[Diagnostic, ...]:
    """Return diagnostics, those about a letter in a field of the record at the place of that field."""
    return tuple(
        replace(item, span=place((item.span.file,))) if item.rule in RULES and hasattr(record, item.span.file) else item
        for item in found
    )


def open_pipeline(clinic: Clinic, sections: Path | None = None, cache: Path | None = None) -> Pipeline:
    """Return a pipeline for a clinic: the bundled content and fonts with the clinic's own laid over them.

    ``cache`` is a folder for what can be made again, so that it need not be made at each start: the library, checked
    and joined, and drawings.
    Raises ContentError or PatientError with everything that is wrong with the files.
    """
    folder = sections or find_bundled_folder("sections")
    folders: Sequence[Path] = (folder,) if clinic.content is None else (folder, clinic.content)
    kept = open_kept(cache, folders)
    library = open_library(folder, clinic.content, kept)
    keep_symbols(kept)
    fonts = open_fonts(clinic.fonts)
    logo = open_logo(clinic.logo, kept)
    bundles = None if kept is None else open_bundles(kept, clinic, logo)
    return Pipeline(library, fonts, load_figures(folders, kept), clinic, logo, bundles)


def open_bundles(kept: Kept, clinic: Clinic, logo: Logo | None) -> Bundles:
    """Return where layouts and what was painted are kept; other fonts, and other profiles, have others."""
    from handouts.pdf.bundle import Bundles  # noqa: PLC0415  (only where something is kept)

    profile = hashlib.blake2b(repr((clinic, logo)).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return Bundles(kept, stamp_fonts(find_bundled_folder("fonts"), clinic.fonts), profile)


def open_logo(path: Path | None, kept: Kept | None) -> Logo | None:
    """Return a clinic's logo; ContentError when it is neither an SVG nor a PNG that can be read."""
    if path is None or path.suffix.lower() != ".svg" or kept is None:
        return None if path is None else read_logo(path)
    content = path.read_bytes()
    key = ("logo", path.stem, hashlib.blake2b(content).hexdigest(), stamp_package("svgelements"))
    found = kept.find(*key)
    if found is not None:
        return Logo(read_drawings(found["drawings"])[0], read_palette(*found["palette"]))
    logo = read_logo(path)
    if logo.drawing is not None and logo.palette is not None and path.read_bytes() == content:
        kept.keep({"drawings": write_drawings([logo.drawing]), "palette": write_palette(logo.palette)}, *key)
    return logo


def open_fonts(added: Path | None) -> FontSet:
    """Return the bundled families and those of a clinic's folder; PatientError when one cannot be embedded."""
    try:
        return load_fonts(find_bundled_folder("fonts"), () if added is None else (added,))
    except (OSError, ValueError) as problem:
        if added is None:
            raise
        hint = "name a folder with TrueType fonts (.ttf) that may be embedded"
        raise PatientError(Diagnostic("font-unusable", str(problem), Span("clinic: fonts"), hint=hint)) from problem
