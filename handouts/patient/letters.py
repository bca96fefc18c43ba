"""Letters of a record or a profile that no font draws: found before a sheet is made."""

from __future__ import annotations

from handouts.diagnostics import Diagnostic
from handouts.patient.models import PERSONAL_FIELDS, Clinic, PatientRecord
from handouts.source.document import Places, PlaceSpan
from handouts.typeset.fonts import FontSet
from handouts.typeset.letters import find_letter_faults, spell_letters, tell_letters

CLINIC_FIELDS = ("name", "phone", "out_of_hours", "emergency_number", "emergency_place", "short_address")
"""Keys of a profile that are printed on every sheet, beside the lines of its address."""


def find_record_faults(fonts: FontSet, record: PatientRecord, places: Places) -> list[Diagnostic]:
    """Return what keeps a record's own words from being printed.

    No letter of the record is named.
    """
    found: list[Diagnostic] = []
    for field in PERSONAL_FIELDS:
        words = getattr(record, field)
        if words:
            found += find_letter_faults(fonts, words, places.span((field,)), tell_letters)
    return found


def find_clinic_faults(fonts: FontSet, clinic: Clinic, place: PlaceSpan) -> list[Diagnostic]:
    """Return what keeps a clinic's own words from being printed; ``place`` says where a value of its profile stands."""
    words = [((key,), getattr(clinic, key)) for key in CLINIC_FIELDS]
    lines = [(("address", number), line) for number, line in enumerate(clinic.address)]
    return [
        fault
        for path, text in (*words, *lines)
        if text
        for fault in find_letter_faults(fonts, text, place(path), spell_letters)
    ]
