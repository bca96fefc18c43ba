"""A library made ready for one clinic and one language: words filled, verdicts at hand, finished pieces kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import cached_property, partial
from typing import Any, TypeVar

from handouts.content.library import Library
from handouts.diagnostics import Diagnostic, PatientError, Span
from handouts.patient.models import Clinic
from handouts.tailor.bits import Marks
from handouts.tailor.cards import Cards
from handouts.tailor.judge import Judge
from handouts.tailor.rules import Facts, gather_mentions
from handouts.tailor.statements import Chooser
from handouts.tailor.store import Slot
from handouts.tailor.trail import Piece, Trail, make_piece
from handouts.tailor.wording import Wording

MOST_RULEBOOKS = 8
MOST_TEMPLATES = 2_000

Value = TypeVar("Value")
_rulebooks: OrderedDict[Hashable, Rulebook] = OrderedDict()


class Rulebook(Judge):
    """Everything that is the same for all people of a clinic. What it keeps depends only on content and clinic."""

    def __init__(self, library: Library, clinic: Clinic, language: str) -> None:
        super().__init__(library)
        self.clinic = clinic
        self.language = language
        self.wording = Wording(library.locales[language], clinic)
        self.words = tuple(
            (key, value if isinstance(value, str) else (value.get("one", value["other"]), value["other"]))
            for key, value in self.wording.words.items()
        )
        self.sources = self.store.open_shelf()
        self._templates: dict[Hashable, Any] = {}
        self._kept: dict[Hashable, Any] = {}

    @cached_property
    def cards(self) -> Cards:
        """The move cards, each made once."""
        return Cards(self.library.exercises, self.wording, self.bits, self.store)

    def start_chooser(self, facts: Facts, trail: Trail) -> Chooser:
        """Return a chooser that applies rules for these facts and fills this clinic's words."""
        return Chooser(facts, self.wording, trail, store=self.store)

    def find_template(self, key: Hashable) -> Any:
        """Return what was kept under a key, or None."""
        return self._templates.get(key)

    def keep_template(self, key: Hashable, template: Any) -> None:
        """Keep a template; when there are too many, all are dropped."""
        if len(self._templates) >= MOST_TEMPLATES:
            self._templates.clear()
        self._templates[key] = template

    def make_room(self) -> None:
        """Drop the finished pieces where there are too many, and the templates made of them."""
        if self.store.make_room():
            self._templates.clear()

    def keep(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return what ``make`` makes for a key of the content, made once: there are only so many."""
        found: Value | None = self._kept.get(key)
        if found is None:
            found = self._kept[key] = make()
        return found

    def find_mask(self, content: object) -> int:
        """Return the bits of facts that the rules inside a piece of content ask about."""
        return self.bits.find_mask(gather_mentions(content))

    def open_slot(self, mask: int, make: Callable[[Marks, Trail], Value], whole: bool = True) -> Slot[Piece[Value]]:
        """Return the place of a piece that is made once for all people alike under a mask."""
        return Slot(self.store, mask, partial(make_piece, self.store, make, whole))


def open_rulebook(library: Library, clinic: Clinic, language: str, span: Span) -> Rulebook:
    """Return the rulebook of a library, a clinic and a language; the last ones used are kept.

    Raises PatientError at ``span`` when the library has no words in the language.
    """
    found = match_language(library, language, span)
    latest = next(reversed(_rulebooks.values()), None)
    if latest and latest.library is library and latest.clinic is clinic and latest.language == found:
        return latest
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
    if language in library.locales:
        return language
    stem = language.split("-", maxsplit=1)[0].lower()
    if stem in library.locales:
        return stem
    message = f"there is no content in the language '{language}'"
    candidates = tuple(library.locales)
    hint = f"there is: {', '.join(candidates)}"
    raise PatientError(Diagnostic("unknown-language", message, span, hint=hint, given=language, candidates=candidates))
