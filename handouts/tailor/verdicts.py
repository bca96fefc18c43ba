"""Who can do what: one verdict a move from the table of moves, the strictest of all columns that apply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handouts.content.models import Cell, Condition, Exercise, MovesTable, MoveVersion, Verdict
from handouts.tailor.conditions import PREGNANCY
from handouts.tailor.rules import Facts

STRICTNESS: dict[str, int] = {"Y": 0, "M": 1, "A": 2, "N": 3}
_WORDS = {"N": "leave out", "A": "ask us first", "M": "needs a changed version"}


@dataclass(frozen=True, slots=True)
class Cause:
    """One condition that bears on a move: its verdict, why, and what the verdict rests on."""

    condition: str
    title: str
    key: str
    verdict: Verdict
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """The verdict on a move for a person: N and A are not printed, M is printed in ``version``.

    ``causes`` are the conditions behind the verdict, in the library's order; empty for a plain Y.
    """

    exercise: str
    verdict: Verdict
    version: str | None = None
    causes: tuple[Cause, ...] = ()
    no_version: bool = False

    @property
    def allowed(self) -> bool:
        """Whether the move may be printed without an override."""
        return self.verdict in {"Y", "M"}

    @property
    def reason(self) -> str:
        """Why the move is not printed as on the card, said to a clinician."""
        if not self.causes:
            return "As on the card."
        lines = [f"{cause.title}: {cause.reason}" for cause in self.causes]
        words = _WORDS[self.verdict]
        if self.no_version:
            words = "ask us first, no version of the card is safe for all that applies"
        return f"{words[0].upper()}{words[1:]} ({self.verdict}). " + " ".join(lines)

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
        self._conditions = conditions
        self._exercises = exercises
        self._any_week = frozenset(table.any_week_of_pregnancy)
        self._from_week = table.pregnancy_from_week
        self._bearing = {
            exercise: tuple(
                cause
                for condition in conditions.values()
                if (cause := _find_cause(condition, exercises[exercise], table)) is not None
            )
            for exercise in exercises
        }

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
            return Ruling(exercise, verdict, None, causes)
        version = _find_version(self._exercises[exercise].versions, causes, applying)
        if version is None:
            return Ruling(exercise, "A", None, causes, no_version=True)
        return Ruling(exercise, "M", version.id, causes)

    def _check_cause(self, cause: Cause, exercise: str, facts: Facts) -> bool:
        if cause.condition not in facts.conditions:
            return False
        early = cause.condition == PREGNANCY and facts.weeks is not None and facts.weeks < self._from_week
        return not early or exercise in self._any_week


def _find_version(
    versions: Iterable[MoveVersion], causes: tuple[Cause, ...], applying: list[Cause]
) -> MoveVersion | None:
    """Return a version that is safe for every M; of several the one that names most of the other columns too."""
    needed = {cause.key for cause in causes}
    keys = {cause.key for cause in applying}
    safe = [version for version in versions if needed.issubset(version.safe_for)]
    return max(safe, key=lambda version: len(keys.intersection(version.safe_for)), default=None)


def _find_cause(condition: Condition, exercise: Exercise, table: MovesTable) -> Cause | None:
    """Return how a condition bears on a move, with the table's verdict Y kept; None where it says nothing about it."""
    if condition.clearable or condition.only_moves is not None:
        if exercise.id in (condition.only_moves or ()):
            return None
        reason = "no moves until a clinician has cleared it in the record" if condition.clearable else condition.meaning
        return Cause(condition.id, condition.title, condition.id, "N", _end_sentence(reason), "general-knowledge")
    if condition.column is None:
        return _find_card_cause(condition, exercise)
    column = next((item for item in table.columns if item.id == condition.column), None)
    cell = table.moves.get(exercise.id, {}).get(condition.column)
    if cell is None or column is None:
        cell = Cell(verdict="A")
        reason = "the table of moves has no verdict on this move."
    else:
        reason = column.reason
    source = describe_source(cell.sources, cell.mark)
    return Cause(condition.id, condition.title, condition.column, cell.verdict, _end_sentence(reason), source)


def _find_card_cause(condition: Condition, exercise: Exercise) -> Cause | None:
    """Return the cause for a condition without a column that the card's "Not for you if" names.

    It counts as M where a version of the card names the condition as safe, else as A: the card warns of it, and nothing
    says how to do the move all the same.
    """
    line = next((item for item in exercise.not_for if condition.id in item.conditions), None)
    if line is None:
        return None
    safe = any(condition.id in version.safe_for for version in exercise.versions)
    source = describe_source(exercise.sources, exercise.mark)
    reason = f'the card is "not for you if": {line.text}'
    return Cause(condition.id, condition.title, condition.id, "M" if safe else "A", _end_sentence(reason), source)


def _end_sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else text + "."
