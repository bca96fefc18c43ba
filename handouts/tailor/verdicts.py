"""Who can do what: one verdict a move from the table of moves, the strictest of all columns that apply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from handouts.content.models import Cell, Condition, Exercise, MovesTable, Verdict
from handouts.dataclass import dataclass
from handouts.tailor.conditions import PREGNANCY
from handouts.tailor.rules import Facts, Mentions, name_condition

STRICTNESS: dict[str, int] = {"Y": 0, "M": 1, "A": 2, "N": 3}
_WORDS = {"N": "Leave out (N).", "A": "Ask us first (A).", "M": "Only in a changed form (M)."}
_NO_VERSION = "Ask us first (A): each of these needs a changed form (M), and no form of the card is safe for all."


@dataclass(frozen=True, slots=True)
class Cause:
    """One condition that bears on a move: its verdict, why, and what the verdict rests on.

    ``key`` is the column, or the condition itself where it has none: what versions of the card name as safe.
    """

    condition: str
    key: str
    verdict: Verdict
    reason: str
    source: str
    clearable: bool = False


@dataclass(frozen=True, slots=True)
class Ruling:
    """The verdict on a move for a person: N and A are not printed, M is printed in ``version``.

    ``causes`` are the conditions behind the verdict, in the library's order; empty for a plain Y. ``uncleared`` are the
    conditions that a clinician must clear before any move is printed, whatever else bears on the move.
    """

    exercise: str
    verdict: Verdict
    version: str | None = None
    causes: tuple[Cause, ...] = ()
    no_version: bool = False
    uncleared: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether the move may be printed without an override."""
        return self.verdict in {"Y", "M"}

    @property
    def reason(self) -> str:
        """Why the move is not printed as on the card, said to a clinician."""
        if not self.causes:
            return "As on the card."
        reasons: dict[str, list[str]] = {}
        for cause in self.causes:
            reasons.setdefault(cause.reason, []).append(name_condition(cause.condition))
        lines = [f"{', '.join(names).capitalize()}: {words}" for words, names in reasons.items()]
        opening = _NO_VERSION if self.no_version else _WORDS[self.verdict]
        return " ".join([opening, *lines])

    @property
    def source(self) -> str:
        """What the verdict rests on: source keys and mark, of each cause once."""
        return "; ".join(dict.fromkeys(cause.source for cause in self.causes))


def describe_source(sources: Iterable[str], mark: str) -> str:
    """Return what a statement rests on in one line: ``ROS-BEND, ROS-BACK (guideline)``."""
    keys = ", ".join(sources)
    return f"{keys} ({mark})" if keys else mark


class Verdicts:
    """The table of moves, ready to be asked. Immutable after it is built."""

    def __init__(
        self, table: MovesTable, conditions: Mapping[str, Condition], exercises: Mapping[str, Exercise]
    ) -> None:
        self._exercises = exercises
        self._any_week = frozenset(table.any_week_of_pregnancy)
        self._from_week = table.pregnancy_from_week
        self._bearing = {
            exercise: tuple(cause for item in conditions.values() for cause in _find_causes(item, exercise, table))
            for exercise in exercises
        }

    def list_mentions(self, exercise: str) -> Mentions:
        """Return what a verdict on a move asks about: people alike in it get the same one."""
        names = {cause.condition for cause in self._bearing[exercise]}
        return Mentions(uncleared=names, weeks={self._from_week} if PREGNANCY in names else set())

    def judge_move(self, exercise: str, facts: Facts) -> Ruling:
        """Return the verdict on a move for a person: the strictest of all that applies, N before A before M before Y.

        Several M need one version of the card that is safe for all of them; where there is none, the move counts as A.
        """
        applying = [cause for cause in self._bearing[exercise] if self._check_cause(cause, exercise, facts)]
        worst = max((STRICTNESS[cause.verdict] for cause in applying), default=0)
        if worst == 0:
            return Ruling(exercise, "Y")
        causes = tuple(cause for cause in applying if STRICTNESS[cause.verdict] == worst)
        verdict = causes[0].verdict
        if verdict != "M":
            uncleared = tuple(cause.condition for cause in applying if cause.clearable and cause.verdict != "Y")
            return Ruling(exercise, verdict, None, causes, uncleared=uncleared)
        needed = {cause.key for cause in causes}
        for version in self._exercises[exercise].versions:
            if needed.issubset(version.safe_for):
                return Ruling(exercise, "M", version.id, causes)
        return Ruling(exercise, "A", None, causes, no_version=True)

    def _check_cause(self, cause: Cause, exercise: str, facts: Facts) -> bool:
        if cause.condition not in facts.uncleared:
            return False
        early = cause.condition == PREGNANCY and facts.weeks is not None and facts.weeks < self._from_week
        return not early or exercise in self._any_week


def _find_causes(condition: Condition, exercise: str, table: MovesTable) -> Iterator[Cause]:
    """Go through what the table says about a move and a condition: in its column, and in the list beside the columns.

    A column or a clearable condition that the table says nothing about counts as A: nobody has said that it is safe.
    """
    if condition.column is not None:
        column = next((item for item in table.columns if item.id == condition.column), None)
        cell = table.moves.get(exercise, {}).get(condition.column)
        yield _make_cause(condition, condition.column, cell or _UNKNOWN, column.reason if column else "")
    also = next((item for item in table.also if item.id == condition.id), None)
    if also is not None:
        cell = also.moves.get(exercise, also.otherwise)
        if cell is not None:
            yield _make_cause(condition, condition.id, cell, also.reason)
    elif condition.clearable:
        yield _make_cause(condition, condition.id, _UNKNOWN, "")


_UNKNOWN = Cell(verdict="A", reason="the table of moves has no verdict on this move")


def _make_cause(condition: Condition, key: str, cell: Cell, reason: str) -> Cause:
    words = cell.reason or reason
    words = words if words.endswith((".", "!", "?")) else words + "."
    source = describe_source(cell.sources, cell.mark)
    return Cause(condition.id, key, cell.verdict, words, source, condition.clearable)
