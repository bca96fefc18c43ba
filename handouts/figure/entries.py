"""Values of a figure file, taken with care: each mistake is told at its line and column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any, TypeGuard

from handouts.diagnostics import Collector, Diagnostic
from handouts.figure.specification import Path
from handouts.source.document import Document

LARGEST = 1000.0


def is_number(value: object) -> TypeGuard[float]:
    """Return whether a value is a number that a drawing can use."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value) and abs(value) <= LARGEST


class EntryReader:
    """Takes words, numbers and mappings from one document."""

    def __init__(self, document: Document, collector: Collector) -> None:
        self.document = document
        self.collector = collector

    def complain(
        self,
        rule: str,
        message: str,
        path: Path,
        *,
        key: bool = False,
        given: str = "",
        among: Iterable[str] = (),
        hint: str = "",
    ) -> None:
        """Report a problem at a path of the document."""
        self.collector.add(
            Diagnostic(rule, message, self.document.span(path, key), hint=hint, given=given, candidates=tuple(among))
        )

    def check_keys(self, data: Mapping[str, Any], allowed: tuple[str, ...], path: Path) -> None:
        """Report keys that are not allowed."""
        for key in data:
            if key not in allowed:
                self.complain(
                    "figure-unknown-key", f"unknown key '{key}'", (*path, key), key=True, given=key, among=allowed
                )

    def choose(self, value: object, allowed: tuple[str, ...], path: Path, what: str, default: str) -> str:
        """Return a word of a list, or the default after reporting it."""
        if isinstance(value, str) and value in allowed:
            return value
        self.complain("figure-unknown-word", f"unknown {what} '{value}'", path, given=str(value), among=allowed)
        return default

    def read_mapping(self, value: object, path: Path, what: str) -> dict[str, Any]:
        """Return a mapping, or an empty one after reporting that it is none."""
        if isinstance(value, dict):
            return value
        if value is not None:
            self.complain("figure-shape", f"{what} must be a list of 'name: value' lines", path)
        return {}

    def read_pair(self, value: object, path: Path) -> tuple[float, float]:
        """Return two numbers, or a stand-in after reporting that there are none."""
        if isinstance(value, list) and len(value) == 2 and all(is_number(number) for number in value):
            return float(value[0]), float(value[1])
        self.complain("figure-not-a-place", "two numbers are needed: to the right, and up", path)
        return 0.0, 5.0
