"""What staff write: the keys of a patient record and of a clinic profile, with their choices and bounds."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlsplit

from handouts.content.explanations import PATTERNS, WrongValueError
from handouts.content.form import After, Before, Form, Text, field
from handouts.content.models import Id, Pattern, Side, SleepSide, Stage, Work
from handouts.typeset.scripts import IGNORED

MOST_NAME = 120
"""Characters of a name. Longer ones are a slip of the keyboard or a whole record in one line."""

MOST_SENTENCE = 240
"""Characters of a goal or a reason: two printed lines."""

MOST_NOTES = 600
"""Characters of the notes: about eight lines on the printed page, which is what page 1 has room for."""

MOST_WEBSITE = 150
"""Characters of the web address: a QR symbol of 30 mm at level M stays coarse enough for an old telephone."""

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", re.ASCII)
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{4,8})*\Z", re.ASCII)
_COLOUR = r"^#[0-9A-Fa-f]{6}$"
_DIGEST = r"^[0-9a-f]{64}$"
PATTERNS[_COLOUR] = ("must be a colour", 'six hexadecimal digits in quotes, such as "#0f5c63"')
PATTERNS[_DIGEST] = (
    "must be a digest of 64 hexadecimal digits",
    "take the whole part 'reviewer' out of the file, then sign anew with 'handouts review'",
)


def _read_scalar(value: object) -> object:
    """Return the text of a scalar that stands without quotes: ``999`` and ``true`` are text where text is wanted."""
    return ("true" if value else "false") if isinstance(value, bool) else value


def _read_line(text: str) -> str:
    """Return one line of text, its accents composed. Raises WrongValueError for characters that cannot be printed."""
    text = unicodedata.normalize("NFC", text.strip())
    if not text.translate(IGNORED).strip():
        raise WrongValueError("is empty", "write a text", "empty-value")
    if "\n" in text or "\r" in text:
        raise WrongValueError("has more than one line", "write it in one line")
    if _UNPRINTABLE.search(text):
        raise WrongValueError("holds a character that cannot be printed", "type it anew; such characters are invisible")
    return text


def _read_lines(text: str) -> str:
    """Return text of some lines, its accents composed. Raises WrongValueError for characters that cannot be printed."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")]
    for line in lines:
        if _UNPRINTABLE.search(line.replace("\t", " ")):
            raise WrongValueError("holds a character that cannot be printed", "type it anew")
    return unicodedata.normalize("NFC", "\n".join(line.replace("\t", " ") for line in lines))


def _read_day(value: object) -> date:
    """Return a date written as YYYY-MM-DD. Raises WrongValueError."""
    if type(value) is date:
        return value
    example = "write year-month-day, such as 1984-05-31"
    if not isinstance(value, str) or not _DAY.match(value.strip()):
        raise WrongValueError("must be a date", example, "wrong-date")
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise WrongValueError("is a day that does not exist", example, "wrong-date") from None


def _check_language(tag: str) -> str:
    if not _TAG.match(tag):
        raise WrongValueError("must be a language tag", "such as en, es or pt-BR")
    return tag


def _check_website(address: str) -> str:
    """Return a web address that a QR symbol can hold. Raises WrongValueError."""
    if len(address) > MOST_WEBSITE:
        hint = "a longer one makes the QR symbol too fine to scan; use a short address of your own"
        raise WrongValueError(f"is too long; at most {MOST_WEBSITE} characters fit the symbol", hint, "too-long")
    if not address.isascii() or " " in address:
        raise WrongValueError("must be written in plain letters without spaces", "copy it from the address bar")
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        parts, host = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not host or "." not in host:
        raise WrongValueError("must be a web address", "it begins with https://")
    return address


def _check_number(text: str) -> str:
    if not any(character.isdigit() for character in text):
        raise WrongValueError("must hold a telephone number", "people must be able to call it")
    return text


Line = Annotated[str, Before(_read_scalar), Text(max_length=MOST_NAME), After(_read_line)]
Sentence = Annotated[str, Before(_read_scalar), Text(max_length=MOST_SENTENCE), After(_read_line)]
Lines = Annotated[str, Before(_read_scalar), Text(max_length=MOST_NOTES), After(_read_lines)]
RecordDay = Annotated[date, Before(_read_day)]
LanguageTag = Annotated[Line, After(_check_language)]
Website = Annotated[str, Before(_read_scalar), Text(strip=True), After(_check_website)]
Telephone = Annotated[Line, After(_check_number)]
Edition = Literal["standard", "large-print", "low-ink"]
Paper = Literal["a4", "letter"]


class ChosenExerciseForm(Form):
    """An exercise of the clinician's own choice. Dose keys override the card's start, up to the card's limit."""

    id: Id = field(description="Id of an exercise, as 'handouts list exercises' shows it.", examples=("pelvic-tilt",))
    side: Literal["left", "right", "both"] | None = field(
        default=None, description="One side only; without it, each side."
    )
    hold_seconds: int | None = field(default=None, ge=1, le=120, description="Seconds to hold, each time.")
    repetitions: int | None = field(default=None, ge=1, le=50, description="How many in one go.")
    sets: int | None = field(default=None, ge=1, le=10, description="How many goes.")
    minutes: int | None = field(default=None, ge=1, le=120, description="For walks and breathing: minutes each time.")
    times_per_day: int | None = field(default=None, ge=1, le=12, description="How often a day.")
    days_per_week: int | None = field(default=None, ge=1, le=7, description="On how many days of the week.")


class OverrideForm(Form):
    """A clinician's decision against a rule: printed on the plan, with name and reason."""

    id: Id = field(description="A refused exercise, or a condition that a clinician has cleared.")
    by: Line = field(description="The clinician who decided it.")
    reason: Sentence = field(description="Why.")


class PatientForm(Form):
    """One person's record. Only the name must be given."""

    name: Line = field(description="The person's name, as it is printed.", examples=("Maria Lopez",))
    date_of_birth: RecordDay | None = field(default=None, description="Year-month-day.", examples=("1984-05-31",))
    reference: Line | None = field(
        default=None, description="Your own number; file names hold it.", examples=("HL-2041",)
    )
    seen_on: RecordDay | None = field(default=None, description="The day of the visit; the date of the sheet.")
    seen_by: Line | None = field(
        default=None, description="Who saw the person.", examples=("J. Patel, physiotherapist",)
    )
    next_visit: RecordDay | None = field(default=None, description="The day of the next visit.")
    language: LanguageTag | None = field(default=None, description="Language of the sheet (BCP 47).", examples=("en",))
    edition: Edition | None = field(default=None, description="How the sheet is set; standard if it is not given.")
    stage: Stage = field(default="early", description="first-days; early (days 4 to 14); later.")
    side: Side = field(default="none", description="Where it hurts; moves start with that side.")
    pattern: Pattern = field(default="none", description="What makes the pain worse.")
    pregnant_weeks: int | None = field(default=None, ge=1, le=42, description="Full weeks of pregnancy on that day.")
    conditions: tuple[Id, ...] = field(
        default=(),
        max_length=40,
        description="Ids of 'handouts list conditions'.",
        examples=(("osteoporosis", "falls-risk"),),
    )
    sleeps_on: SleepSide | None = field(default=None, description="How the person sleeps.")
    work: Work = field(default="none", description="What the person's days are like.")
    exercises: tuple[ChosenExerciseForm, ...] | None = field(
        default=None, min_length=1, max_length=12, description="The clinician's own choice, in this order."
    )
    overrides: tuple[OverrideForm, ...] = field(
        default=(), max_length=20, description="Decisions of a clinician against a rule."
    )
    goal: Sentence | None = field(
        default=None, description="What the person wants to do again.", examples=("Walk to the shops",)
    )
    notes: Lines | None = field(default=None, description=f"Words for this person; at most {MOST_NOTES} characters.")


class ReviewerForm(Form):
    """Who has signed the content off; 'handouts review' writes it. It counts while the digest matches."""

    name: Line = field(description="The clinician who signed.")
    role: Line = field(description="The clinician's profession.")
    date: RecordDay = field(description="The day of signing.")
    next_review: RecordDay = field(description="The last day on which the sign-off counts.")
    digest: Annotated[str, Text(pattern=_DIGEST)] = field(description="The content that was signed.")


class ClinicForm(Form):
    """A clinic's profile. What a person in need must find on the page has no default."""

    name: Line = field(description="The clinic's name.", examples=("Harbour Lane Physiotherapy",))
    phone: Telephone = field(description="The number to call in the daytime.", examples=("0555 013 4400",))
    out_of_hours: Line = field(description="Whom to call when the clinic is closed.", examples=("NHS 111",))
    emergency_number: Telephone = field(description="The number for emergencies.", examples=("999",))
    emergency_place: Line | None = field(
        default=None, description="The emergency department, in the words of the country."
    )
    website: Website = field(description="Where the QR symbol leads.", examples=("https://example.org/back",))
    short_address: Line | None = field(default=None, description="The web address in print, without https://.")
    address: tuple[Line, ...] = field(default=(), max_length=5, description="The postal address, a line an entry.")
    logo: Line | None = field(default=None, description="An SVG or PNG file, from this file's folder.")
    colour: Annotated[str, Text(pattern=_COLOUR)] | None = field(
        default=None, description="The colour of headings and rules.", examples=("#0f5c63",)
    )
    paper: Paper = field(default="a4", description="Paper size.")
    language: LanguageTag = field(default="en", description="Language of sheets whose record names none (BCP 47).")
    units: Literal["metric", "imperial"] = field(
        default="metric",
        description="Accepted, and changes nothing: the words give each weight in kilograms, stones and pounds.",
    )
    minutes_cap: int = field(default=20, ge=5, le=120, description="Minutes of moves a day at the most.")
    content: Line | None = field(default=None, description="A folder laid over the bundled library.")
    fonts: Line | None = field(default=None, description="A folder of TrueType families that are not bundled.")
    reviewer: ReviewerForm | None = field(default=None, description="Who has signed the content off.")
