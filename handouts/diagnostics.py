"""What can be wrong with content or data, where it stands, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from enum import Enum

from handouts.dataclass import dataclass


class Severity(Enum):
    """How much a diagnostic weighs: an error stops the work, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file: ``line`` and ``column`` count from 1; 0 where there is none (a whole file, an option)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return ``file:line:column``, without the parts that are not known."""
        parts = [self.file] + [str(number) for number in (self.line, self.column) if number]
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem.

    ``rule`` is a stable identifier such as ``unknown-key``. ``given`` and ``candidates`` are data: the sentence with
    "did you mean" is made only when the diagnostic is shown. ``hint`` says how to mend it.
    A patient's value never stands in ``message``, ``hint`` or ``given``.
    """

    rule: str
    message: str
    span: Span
    severity: Severity = Severity.ERROR
    hint: str = ""
    given: str = ""
    candidates: tuple[str, ...] = ()

    def format_line(self) -> str:
        """Return the one-line form: ``file:line:column: error: message (did you mean 'x'?) [rule]``."""
        near = find_near_names(self.given, self.candidates) if self.given else ()
        advice = f" (did you mean {' or '.join(repr(name) for name in near)}?)" if near else ""
        hint = f"; {self.hint}" if self.hint else ""
        return f"{self.span}: {self.severity.value}: {self.message}{advice}{hint} [{self.rule}]"


def refuse_warnings(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics with every warning as an error, for which nothing is made."""
    return [
        replace(item, severity=Severity.ERROR, message=f"{item.message}; nothing was made")
        if item.severity is Severity.WARNING
        else item
        for item in found
    ]


def find_near_names(given: str, candidates: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Return at most ``most`` candidates that look like ``given``, the nearest first."""
    import difflib  # noqa: PLC0415  (only mistakes need it)

    names = {name.casefold().replace("_", "-"): name for name in sorted(candidates)}
    key = given.casefold().replace("_", "-").replace(" ", "-")
    near = difflib.get_close_matches(key, names, n=most, cutoff=0.6)
    starts = [name for name in names if len(key) >= 3 and (name.startswith(key) or key.startswith(name))]
    return tuple(names[name] for name in dict.fromkeys(near + starts))[:most]


def find_described(given: str, described: Mapping[str, str], most: int = 3) -> tuple[str, ...]:
    """Return at most ``most`` names that look like ``given`` themselves, or by their title, or that have all its words.

    ``described`` holds what is said of each name, its title in the first line.
    """
    import re  # noqa: PLC0415  (only mistakes need it)

    titles = {words.partition("\n")[0]: name for name, words in described.items()}
    near = [*find_near_names(given, described), *[titles[title] for title in find_near_names(given, titles)]]
    word = re.compile(r"[^\W_]+")
    wanted = set(word.findall(given.casefold()))
    near += [name for name, words in described.items() if wanted and wanted <= set(word.findall(words.casefold()))]
    return tuple(dict.fromkeys(near))[:most]


@dataclass(slots=True)
class Collector:
    """Gathers the problems of a run, so that all are shown at once."""

    found: list[Diagnostic] = field(default_factory=list)

    def add(self, diagnostic: Diagnostic) -> None:
        """Keep one diagnostic."""
        self.found.append(diagnostic)

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep several diagnostics."""
        self.found.extend(diagnostics)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that stop the work."""
        return tuple(item for item in self.found if item.severity is Severity.ERROR)

    def __iter__(self) -> Iterator[Diagnostic]:
        """Go through all diagnostics by file, line and column."""
        return iter(sorted(self.found, key=lambda item: (item.span, item.rule, item.message)))

    def raise_errors(self, kind: type[HandoutError]) -> None:
        """Raise ``kind`` with all diagnostics when one of them is an error."""
        if self.errors:
            raise kind(tuple(self))


class HandoutError(Exception):
    """Something that a person must mend; carries its diagnostics. Any other exception is a bug."""

    def __init__(self, diagnostics: Iterable[Diagnostic] | Diagnostic) -> None:
        found = (diagnostics,) if isinstance(diagnostics, Diagnostic) else tuple(diagnostics)
        self.diagnostics: tuple[Diagnostic, ...] = found
        super().__init__("\n".join(item.format_line() for item in found))


class ContentError(HandoutError):
    """The author of the content must mend it."""


class PatientError(HandoutError):
    """Whoever wrote the patient record, the table or the clinic profile must mend it."""


class LayoutError(HandoutError):
    """The content does not fit the page, or a character has no glyph."""


class DeliveryError(HandoutError):
    """A file could not be written, or a run was broken off."""
