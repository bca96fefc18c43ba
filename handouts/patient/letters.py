"""Letters of a record that no font draws: found before a sheet is made of it."""

from __future__ import annotations

from handouts.diagnostics import Diagnostic
from handouts.patient.models import PERSONAL_FIELDS, PatientRecord
from handouts.source.document import Places
from handouts.typeset.fonts import FontSet
from handouts.typeset.letters import find_letter_faults, tell_letters


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
