"""What cannot be printed with a clinic's profile, and what can be and should not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from handouts.commands.colour import check_colour
from handouts.content.library import Library
from handouts.content.sample_files import read_sample
from handouts.diagnostics import Collector, Diagnostic, Severity
from handouts.figure.library import Figures
from handouts.patient.letters import find_clinic_faults
from handouts.patient.models import Clinic
from handouts.source.document import parse_document, read_document
from handouts.tailor.problems import place_nowhere
from handouts.typeset.fonts import FontSet

OWN = ("name", "phone", "website", "short_address", "address")
"""Keys in which no clinic says what the sample says. Numbers for emergencies are those of a whole country."""


def check_profile(profile: Path, clinic: Clinic, *, strict: bool = False) -> list[Diagnostic]:
    """Return warnings: of a colour that must be darkened, and of what still stands as in the sample.

    ``strict``: the colour is an error, for it is not printed darker then.
    """
    return [*check_colour(profile, clinic.colour, strict=strict), *_check_sample(profile, clinic)]


def check_clinic_letters(profile: Path, clinic: Clinic, fonts: FontSet) -> list[Diagnostic]:
    """Return an error for each of the clinic's own words that no font draws, at its place in the profile."""
    if not find_clinic_faults(fonts, clinic, place_nowhere):
        return []
    document = read_document(profile, Collector())
    assert document is not None
    return find_clinic_faults(fonts, clinic, document.span)


def find_idle_pictures(library: Library, figures: Figures) -> list[Diagnostic]:
    """Return a warning for each picture that the clinic brought for a figure that nothing shows."""
    if not figures.list_own():
        return []
    from handouts.content.gate.pictures import find_unused_pictures  # noqa: PLC0415  (few clinics bring pictures)
    from handouts.content.shown import list_shown_figures  # noqa: PLC0415

    return list(find_unused_pictures(figures, list_shown_figures(library)))


def _check_sample(profile: Path, clinic: Clinic) -> list[Diagnostic]:
    text = read_sample("clinic")
    words = (clinic.name, clinic.phone, clinic.website, clinic.short_address, *clinic.address)
    if not any(word and word in text for word in words):
        # To read the sample as data takes longer than to look into its text.
        return []
    sample = parse_document(text, "clinic", Collector())
    assert sample is not None
    left = [key for key in OWN if _is_same(getattr(clinic, key), sample.data.get(key))]
    if not left:
        return []
    document = read_document(profile, Collector())
    assert document is not None
    names = " and ".join(filter(None, (", ".join(f"'{key}'" for key in left[:-1]), f"'{left[-1]}'")))
    message = f"{names} still {'say' if len(left) > 1 else 'says'} what the sample says, which is true of no clinic"
    return [
        Diagnostic(
            "sample-left",
            message,
            document.span((left[0],)),
            Severity.WARNING,
            hint="write your clinic's own",
        )
    ]


def _is_same(value: Any, sample: Any) -> bool:
    return bool(value) and (list(value) if isinstance(value, tuple) else value) == sample
