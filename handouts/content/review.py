"""The sign-off of a clinic: who has read exactly this content, until when, and what voids it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Protocol

from handouts.dataclass import dataclass
from handouts.diagnostics import Collector, ContentError, Diagnostic, Severity, Span
from handouts.source.document import Document, parse_document, read_document
from handouts.source.text import escape_forbidden

KEY = "reviewer"


class SignOff(Protocol):
    """What a profile holds of a sign-off."""

    @property
    def signed_on(self) -> date:
        """The first day on which it counts."""

    @property
    def next_review(self) -> date:
        """The last day on which it counts."""

    @property
    def digest(self) -> str:
        """The digest of the content that was signed."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A sign-off that is about to be written."""

    name: str
    role: str
    signed_on: date
    next_review: date
    digest: str

    def list_values(self) -> Mapping[str, str]:
        """Return the keys and values as they stand in the profile."""
        return {
            "name": self.name,
            "role": self.role,
            "date": self.signed_on.isoformat(),
            "next_review": self.next_review.isoformat(),
            "digest": self.digest,
        }


def check_sign_off(path: Path, sign_off: SignOff | None, digest: str, today: date) -> list[Diagnostic]:
    """Return a warning when the content with this digest is not signed in a profile, or no longer."""
    document = read_document(path, Collector())
    span = Span(str(path)) if document is None else document.span((KEY,), key=True)
    hint = "read it, then: handouts review --by NAME --role ROLE"
    if sign_off is None:
        message = "the content is not yet reviewed by a clinician; every sheet says so"
        return [Diagnostic("not-reviewed", message, Span(str(path)), severity=Severity.WARNING, hint=hint)]
    if sign_off.digest != digest:
        message = "the content has changed since it was signed; every sheet says that it is not yet reviewed"
        return [Diagnostic("review-voided", message, span, severity=Severity.WARNING, hint=hint)]
    if today < sign_off.signed_on:
        signed = sign_off.signed_on.isoformat()
        message = (
            f"the review is dated {signed}, which is to come; until then every sheet says that it is not yet reviewed"
        )
        return [Diagnostic("review-ahead", message, span, severity=Severity.WARNING, hint=hint)]
    if today > sign_off.next_review:
        due = sign_off.next_review.isoformat()
        message = f"the review was due on {due}; every sheet says that it is not yet reviewed"
        return [Diagnostic("review-overdue", message, span, severity=Severity.WARNING, hint=hint)]
    return []


def write_sign_off(text: str, name: str, signature: Signature) -> str:
    """Return the text of a profile with a sign-off in place of an older one, or at its end; the rest stays as it is.

    ``name`` stands in messages. Raises ContentError when the profile is no list of 'key: value' lines.
    """
    before = _read_profile(text, name)
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    start, end = _find_lines(before, lines)
    if lines and start == len(lines) and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += newline
    block = [f"{KEY}:", *(f"  {key}: {_write_value(key, value)}" for key, value in signature.list_values().items())]
    result = "".join((*lines[:start], *(f"{line}{newline}" for line in block), *lines[end:]))
    after = _read_profile(result, name)
    if after.data != {**before.data, KEY: dict(signature.list_values())}:
        hint = f"take '{KEY}' out of the file by hand, then sign again"
        raise ContentError(Diagnostic("not-written", "the sign-off could not be put in safely", Span(name), hint=hint))
    return result


def _read_profile(text: str, name: str) -> Document:
    collector = Collector()
    document = parse_document(text, name, collector)
    collector.raise_errors(ContentError)
    if document is None or not isinstance(document.data, dict) or document.text.lstrip().startswith("{"):
        hint = "write 'key: value' lines"
        raise ContentError(Diagnostic("wrong-type", "a profile is a mapping", Span(name), hint=hint))
    return document


def _find_lines(document: Document, lines: list[str]) -> tuple[int, int]:
    """Return the lines that an older sign-off takes, without the notes and blanks after it; else the end twice."""
    if KEY not in document.data:
        return len(lines), len(lines)
    start = document.span((KEY,), key=True).line - 1
    following = [document.span((key,), key=True).line - 1 for key in document.data]
    end = min((line for line in following if line > start), default=len(lines))
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return start, end


def _write_value(key: str, value: str) -> str:
    return value if key in ("date", "next_review") else escape_forbidden(json.dumps(value, ensure_ascii=False))
