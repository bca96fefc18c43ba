"""What `figure` and `figures` share: a setting without a clinic, and PDF from pages."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from handouts.content.library import load_library
from handouts.diagnostics import ContentError, Diagnostic, Span
from handouts.figure.library import Figures, load_figures
from handouts.layout.page import DocumentInfo, Page
from handouts.layout.setting import Setting
from handouts.layout.sheet import PAPERS
from handouts.layout.theme import load_theme
from handouts.patient.models import Clinic
from handouts.pdf.document import paint_document
from handouts.pipeline import PRODUCER
from handouts.resources import find_bundled_folder
from handouts.typeset.bundled import load_fonts
from handouts.typeset.fonts import FontSet

LANGUAGE = "en"
DAY = "2026-01-01"
"""Date of files that belong to no visit: fixed, so that the same figures give the same bytes."""


def open_figures(clinic: Clinic | None) -> Figures:
    """Return the bundled figures with a clinic's own over them."""
    folders = [find_bundled_folder("sections")]
    if clinic is not None and clinic.content is not None:
        folders.append(clinic.content)
    return load_figures(folders)


def check_figure_id(figures: Figures, figure: str) -> None:
    """Raise ContentError with near names when there is no such figure."""
    if figure not in figures.ids():
        message = f"there is no figure '{figure}'"
        raise ContentError(Diagnostic("unknown-id", message, Span("figure"), given=figure, candidates=figures.ids()))


def open_setting(figures: Figures, edition: str, paper: str) -> tuple[Setting, FontSet]:
    """Return the setting of pages that belong to no patient."""
    locale = load_library(find_bundled_folder("sections")).locales[LANGUAGE]
    words = {key: text if isinstance(text, str) else (text["one"], text["other"]) for key, text in locale.words.items()}
    theme = load_theme(edition)
    fonts = load_fonts(find_bundled_folder("fonts"))
    width = PAPERS[paper][0] - theme.margins.left - theme.margins.right
    return Setting(theme, fonts, figures, words, width), fonts


def paint_pages(pages: Sequence[Page], title: str, fonts: FontSet, day: str) -> bytes:
    """Return the PDF of pages that belong to no patient."""
    digest = hashlib.sha256(repr(pages).encode()).hexdigest()[:32]
    info = DocumentInfo(title=title, language=LANGUAGE, date=day, digest=digest, producer=PRODUCER)
    return paint_document(pages, info, fonts)
