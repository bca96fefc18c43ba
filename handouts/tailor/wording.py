"""Final words: placeholders filled, dates written out, numbers with their plural."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from handouts.content.models import Locale
from handouts.diagnostics import ContentError, Diagnostic, Span
from handouts.patient.models import Clinic

MOST_DAYS = 1_000
"""Dates kept written out."""

_PLACEHOLDER = re.compile(r"\{([A-Za-z_]+)\}")
_BOLD_MARKS = re.compile(r"\*{2,}")
_SCHEME = re.compile(r"^[a-z]+://(www\.)?")


def shorten_address(clinic: Clinic) -> str:
    """Return the web address in the form that is printed and typed."""
    return clinic.short_address or _SCHEME.sub("", clinic.website).rstrip("/")


class Wording:
    """The words of one language for one clinic."""

    def __init__(self, locale: Locale, clinic: Clinic) -> None:
        self.locale = locale
        self.words = locale.words
        values = {
            "phone": clinic.phone,
            "out_of_hours": clinic.out_of_hours,
            "emergency_number": clinic.emergency_number,
            "emergency_place": clinic.emergency_place or self.find_word("emergency-place"),
            "clinic": clinic.name,
            "website": shorten_address(clinic),
        }
        self._values = {key: _BOLD_MARKS.sub("*", value) for key, value in values.items()}
        self._filled: dict[str, str] = {}
        self._days: dict[date, str] = {}

    def find_word(self, key: str) -> str:
        """Return the words of a key that has no plural. Raises ContentError when the locale lacks it."""
        word = self.words.get(key)
        if not isinstance(word, str):
            raise self._report_missing(key)
        return word

    def fill_words(self, text: str) -> str:
        """Return text of the content with the clinic's placeholders filled; the result is kept, content is finite."""
        found = self._filled.get(text)
        if found is None:
            found = self._filled[text] = self._substitute(text, self._values) if "{" in text else text
        return found

    def fill_sides(self, text: str, side: str) -> str:
        """Return text of a move card with ``{one}`` and ``{other}`` filled; sides "both" and "none" speak of each."""
        if "{" not in text:
            return text
        kind = side if side in {"left", "right"} else "each"
        sides = {"one": self.find_word(f"one-{kind}"), "other": self.find_word(f"other-{kind}")}
        return self._substitute(text, {**self._values, **sides})

    def count_words(self, key: str, number: int) -> str:
        """Return the words of a key for a number, in the plural form it needs."""
        forms = self.words.get(key)
        if forms is None:
            raise self._report_missing(key)
        form = forms if isinstance(forms, str) else forms["one" if number == 1 and "one" in forms else "other"]
        return form.replace("{n}", str(number))

    def write_date(self, day: date) -> str:
        """Return a date written out in the language; those of the last days written are kept."""
        found = self._days.get(day)
        if found is None:
            form = self.find_word("date-form")
            month = self.locale.months[day.month - 1]
            found = form.replace("{day}", str(day.day)).replace("{month}", month).replace("{year}", str(day.year))
            if len(self._days) >= MOST_DAYS:
                self._days.clear()
            self._days[day] = found
        return found

    def _substitute(self, text: str, values: Mapping[str, str]) -> str:
        def replace_one(match: re.Match[str]) -> str:
            name = match.group(1)
            value = values.get(name.lower())
            if value is None:
                raise ContentError(
                    Diagnostic(
                        "unknown-placeholder",
                        f"the placeholder '{{{name}}}' has no value in: {text}",
                        Span("content"),
                        given=name,
                        candidates=tuple(values),
                    )
                )
            return value[:1].upper() + value[1:] if name[0].isupper() else value

        return _PLACEHOLDER.sub(replace_one, text)

    def _report_missing(self, key: str) -> ContentError:
        span = Span(f"locale/{self.locale.language}.yaml")
        message = f"the word '{key}' is missing or of the wrong kind"
        return ContentError(Diagnostic("missing-word", message, span, given=key, candidates=tuple(self.words)))
