"""The patient record and the clinic profile, as the rest of the program uses them.

Reading and checking them is the business of the sibling modules; what stands here has been checked.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from handouts.dataclass import dataclass

PERSONAL_FIELDS = ("name", "reference", "seen_by", "goal", "notes")
"""Fields of a record whose words are printed as they stand."""


@dataclass(frozen=True, slots=True)
class DoseOverride:
    """Dose keys that the clinician set; None leaves the card's own value."""

    hold_seconds: int | None = None
    repetitions: int | None = None
    sets: int | None = None
    minutes: int | None = None
    times_per_day: int | None = None
    days_per_week: int | None = None


@dataclass(frozen=True, slots=True)
class ChosenExercise:
    """An entry of the clinician's own list; ``side`` None means as the card says (each side)."""

    id: str
    side: str | None = None
    dose: DoseOverride = DoseOverride()


@dataclass(frozen=True, slots=True)
class Override:
    """A refused exercise that a clinician wants all the same, or a condition that a clinician has cleared."""

    id: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class PatientRecord:
    """One person's record. The only required key is the name. Ids were checked against the library."""

    name: str
    date_of_birth: date | None = None
    reference: str | None = None
    seen_on: date | None = None
    seen_by: str | None = None
    next_visit: date | None = None
    language: str | None = None
    edition: str | None = None
    stage: str = "early"
    side: str = "none"
    pattern: str = "none"
    pregnant_weeks: int | None = None
    conditions: tuple[str, ...] = ()
    sleeps_on: str | None = None
    work: str = "none"
    exercises: tuple[ChosenExercise, ...] | None = None
    overrides: tuple[Override, ...] = ()
    goal: str | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A clinic's sign-off: who, when, until when, and the digest of exactly the content signed."""

    name: str
    role: str
    signed_on: date
    next_review: date
    digest: str


@dataclass(frozen=True, slots=True)
class Clinic:
    """A clinic's profile. Paths are absolute."""

    name: str
    phone: str
    out_of_hours: str
    emergency_number: str
    website: str
    emergency_place: str | None = None
    short_address: str | None = None
    address: tuple[str, ...] = ()
    logo: Path | None = None
    colour: str | None = None
    paper: str = "a4"
    language: str = "en"
    minutes_cap: int = 20
    content: Path | None = None
    fonts: Path | None = None
    reviewer: Reviewer | None = None
