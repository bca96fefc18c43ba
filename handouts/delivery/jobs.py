"""What a batch is made of: jobs to do, and what became of each."""

from __future__ import annotations

import hashlib
from datetime import date
from enum import Enum
from typing import Literal

from handouts.dataclass import dataclass
from handouts.patient.models import PatientRecord


@dataclass(frozen=True, slots=True)
class Job:
    """One sheet to make. ``row`` is the row's number in the table; ``record`` None asks for a generic sheet."""

    row: int
    file: str
    reference: str
    record: PatientRecord | None
    date: date
    date_from: Literal["option", "record", "today"]

    @property
    def digest(self) -> str:
        """Digest (hex, 32 letters) of everything that this row says; equal digests on equal ground give equal bytes."""
        text = repr((self.record, self.date, self.date_from))
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Ground:
    """What all sheets of a batch have in common, each part as a digest or a word."""

    handout: str
    clinic: str
    content: str
    look: str
    program: str

    def name_changes(self, earlier: Ground) -> str:
        """Return which parts differ from an earlier ground, in words; empty when none does."""
        words = {
            "handout": "the handout", "clinic": "the clinic's profile", "content": "the content",
            "look": "the options", "program": "the program",
        }  # fmt: skip
        return ", ".join(said for part, said in words.items() if getattr(self, part) != getattr(earlier, part))


class Status(Enum):
    """What became of a row."""

    MADE = "made"
    KEPT = "kept"
    FAILED = "failed"
    REJECTED = "rejected"
    HIDDEN = "hidden"
    WAITING = "waiting"
    LEFT_OVER = "left over"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A finished file: what the receipt says of it."""

    sheet_id: str
    pages: int
    sha256: str
    size: int
    content_version: str
    plan_digest: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A job with its sheet, or with the problem that stood in the way.

    ``data`` are bytes that are still to be written; ``unwritten`` says that the sheet was made and the disk refused it.
    """

    job: Job
    sheet: Sheet | None
    problem: str = ""
    data: bytes | None = None
    unwritten: bool = False
