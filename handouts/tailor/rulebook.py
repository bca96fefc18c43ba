"""A library made ready for one clinic and one language: words filled, verdicts at hand, finished pieces kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from handouts.content.library import Library
from handouts.diagnostics import Diagnostic, PatientError, Span
from handouts.patient.models import Clinic
from handouts.tailor.conditions import LEAST_AGE, MOST_AGE_PREGNANT
from handouts.tailor.rules import Facts, Mentions, gather_mentions
from handouts.tailor.statements import Chooser
from handouts.tailor.trail import Piece, Trail
from handouts.tailor.verdicts import Verdicts
from handouts.tailor.wording import Wording

MOST_RULEBOOKS = 8
MOST_TEMPLATES = 2_000
MOST_PIECES = 20_000
"""Pieces kept in memory: some hundreds in a clinic's usual work; beyond it all are dropped and made anew."""

Value = TypeVar("Value")
_rulebooks: OrderedDict[Hashable, Rulebook] = OrderedDict()


class Rulebook:
    """Everything that is the same for all people of a clinic. What it keeps depends only on content and clinic."""

    def __init__(self, library: Library, clinic: Clinic, language: str) -> None:
        self.library = library
        self.clinic = clinic
        self.language = language
        self.wording = Wording(library.locales[language], clinic)
        self.verdicts = Verdicts(library.moves, library.conditions, library.exercises)
        self.words = tuple(
            (key, value if isinstance(value, str) else (value.get("one", value["other"]), value["other"]))
            for key, value in self.wording.words.items()
        )
        self._bounds: tuple[list[int], list[int]] | None = None
        self._templates: dict[Hashable, Any] = {}
        self._mentions: dict[Hashable, Mentions] = {}
        self._pieces: dict[Hashable, Piece[object]] = {}

    def start_chooser(self, facts: Facts, trail: Trail) -> Chooser:
        """Return a chooser that applies rules for these facts and fills this clinic's words."""
        return Chooser(facts, self.wording, trail)

    def find_bounds(self) -> tuple[list[int], list[int]]:
        """Return all ages and all weeks of pregnancy at which a decision can change, in order."""
        if self._bounds is None:
            library = self.library
            content = (library.sections, library.exercises, library.sleep, library.handouts, library.conditions)
            rules = gather_mentions((*content, library.default_sets, library.red_flags))
            ages = sorted({0, LEAST_AGE, MOST_AGE_PREGNANT + 1, *rules.ages})
            self._bounds = (ages, sorted({library.moves.pregnancy_from_week, *rules.weeks}))
        return self._bounds

    def find_template(self, key: Hashable) -> Any:
        """Return what was kept under a key, or None."""
        return self._templates.get(key)

    def keep_template(self, key: Hashable, template: Any) -> None:
        """Keep a template; when there are too many, all are dropped."""
        if len(self._templates) >= MOST_TEMPLATES:
            self._templates.clear()
        self._templates[key] = template

    def make_piece(
        self, name: Hashable, content: object, facts: Facts, make: Callable[[Trail], Value], more: Hashable = None
    ) -> Piece[Value]:
        """Return the piece ``make`` makes, from memory when everybody's facts that its rules ask about are the same.

        ``name`` says which piece it is, ``content`` holds all its rules, ``more`` whatever else it depends on.
        """
        mentions = self._mentions.get(name)
        if mentions is None:
            mentions = self._mentions[name] = gather_mentions(content)
        key = (name, more, mentions.project(facts))
        piece = self._pieces.get(key)
        if piece is None:
            if len(self._pieces) >= MOST_PIECES:
                self._pieces.clear()
            trail = Trail()
            piece = self._pieces[key] = trail.close_piece(make(trail))
        return piece  # type: ignore[return-value]


def open_rulebook(library: Library, clinic: Clinic, language: str, span: Span) -> Rulebook:
    """Return the rulebook of a library, a clinic and a language; the last ones used are kept.

    Raises PatientError at ``span`` when the library has no words in the language.
    """
    found = match_language(library, language, span)
    key = (library.digest, clinic, found)
    rulebook = _rulebooks.get(key)
    if rulebook is None:
        rulebook = _rulebooks[key] = Rulebook(library, clinic, found)
        while len(_rulebooks) > MOST_RULEBOOKS:
            _rulebooks.popitem(last=False)
    else:
        _rulebooks.move_to_end(key)
    return rulebook


def match_language(library: Library, language: str, span: Span) -> str:
    """Return the library's language for a tag: the same, or without its region (``en-GB`` is ``en``).

    Raises PatientError at ``span`` when there is none.
    """
    for tag in (language, language.split("-", maxsplit=1)[0].lower()):
        if tag in library.locales:
            return tag
    message = f"there is no content in the language '{language}'"
    candidates = tuple(library.locales)
    hint = f"there is: {', '.join(candidates)}"
    raise PatientError(Diagnostic("unknown-language", message, span, hint=hint, given=language, candidates=candidates))
