"""A clinic's colour that is too light to be read."""

from __future__ import annotations

from pathlib import Path

from handouts.diagnostics import Collector, Diagnostic, Severity
from handouts.layout.contrast import TEXT, measure_contrast
from handouts.layout.theme import list_editions, load_theme, settle_brand
from handouts.source.document import read_document


def check_colour(profile: Path, colour: str | None, *, strict: bool = False) -> list[Diagnostic]:
    """Return a warning when an edition prints a clinic's colour darker than the profile gives it, else nothing.

    ``strict``: an error, which says that nothing was made.
    """
    if colour is None:
        return []
    brand = colour.lower()
    themes = [load_theme(edition) for edition in list_editions()]
    shades = [settle_brand(theme, brand)[0] for theme in themes if not theme.black]
    if all(shade == brand for shade in shades):
        return []
    document = read_document(profile, Collector())
    assert document is not None
    ratio = measure_contrast(brand, "#ffffff")
    return [
        Diagnostic(
            "colour-too-light",
            f"{colour} stands out {ratio:.1f}:1 from white paper, and text needs {TEXT:.0f}:1; "
            f"{'nothing was made' if strict else f'{min(shades)} is printed in its place'}",
            document.span(("colour",)),
            Severity.ERROR if strict else Severity.WARNING,
            hint=f"write a darker colour, such as {min(shades)}"
            if strict
            else "write a darker colour to choose the shade yourself",
        )
    ]
