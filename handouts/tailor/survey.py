"""What a machine can see of a handout: the facts that score sheets for health material ask about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handouts.content.gate.formulas import Grades
from handouts.content.gate.length import MOST_WORDS_PER_HEADING
from handouts.content.gate.material import Material
from handouts.content.gate.sentences import list_words, split_sentences
from handouts.content.gate.wording import PASSIVES_PER_SENTENCE, write_passive
from handouts.dataclass import dataclass
from handouts.tailor.assembled import MOST_FLESCH_KINCAID, MOST_MESSAGE, MOST_SMOG, Assembled
from handouts.tailor.passages import Passage, list_passages
from handouts.tailor.plan import ExerciseCard, FigureBlock, Part, Plan, StepList, Table

_ADDRESS = re.compile(r"https?://|www\.|\S@\S", re.IGNORECASE)
_FRACTION = re.compile(r"\d[.,]\d|\d\s*/\s*\d|%")
MOST_COLUMN_WORDS = 4
MOST_ROWS = 8
SPEAKING_SHARE = 0.5
"""Share of sentences that say "you" or tell the reader what to do, from which a text speaks to the reader."""


@dataclass(frozen=True)
class Survey:
    """Findings on one handout for one reader: True, False, or None where the question does not arise."""

    easy: bool | None
    words_explained: bool
    active: bool
    digits: bool
    no_sums: bool
    short_chunks: bool
    headings: bool
    undistracted: bool
    message: bool
    warnings_first: bool
    sources_last: bool
    summary: bool
    box: bool
    lists: bool
    pictures: bool | None
    pictured_moves: bool | None
    titled_pictures: bool | None
    small_tables: bool | None
    actions: bool
    speaks: bool
    steps: bool
    chart: bool
    chart_explained: bool | None
    unknowns: bool
    reasons: bool
    risks: bool
    harms: bool
    whole_numbers: bool
    chances: bool | None


def survey_handout(item: Assembled, material: Material, grades: Grades | None) -> Survey:
    """Return what can be seen of a handout; ``grades`` None leaves the question of easy words open."""
    plan = item.plan
    passages = tuple(list_passages(plan))
    text = " ".join(passage.text.replace("**", "") for passage in passages)
    prose = [sentence for passage in passages if passage.role == "prose" for sentence in split_sentences(passage.text)]
    first = plan.parts[0].kind if plan.parts else ""
    tables = [block for part in plan.parts for block in part.blocks if isinstance(block, Table)]
    figures = _list_figures(plan)
    has_chart = any(part.kind == "tick-chart" for part in plan.parts)
    moves = any(part.kind in ("exercises", "plan") for part in plan.parts) and bool(plan.exercises)
    words = dict(plan.words)

    def has(name: str, of: str = text) -> bool:
        return bool(material.find_words(name).search(of))

    return Survey(
        easy=None if grades is None else grades.flesch_kincaid <= MOST_FLESCH_KINCAID and grades.smog <= MOST_SMOG,
        words_explained=not _find_unexplained(text, material),
        active=_count_passives(prose, material) <= max(1, len(prose) * PASSIVES_PER_SENTENCE),
        digits=not has("numbers"),
        no_sums=not has("sums"),
        short_chunks=_measure_chunks(passages) <= MOST_WORDS_PER_HEADING,
        headings=all(part.title or not part.blocks or _goes_on(plan.parts, at) for at, part in enumerate(plan.parts)),
        undistracted=not _ADDRESS.search(text),
        message=1 <= sum(len(split_sentences(statement.text)) for statement in plan.message) <= MOST_MESSAGE,
        warnings_first=first == "red-flags",
        sources_last=_stands_late(plan.parts, "sources"),
        summary=any(part.kind == "plan" for part in plan.parts) or len(plan.message) > 1,
        box=any(part.kind == "red-flags" for part in plan.parts),
        lists=sum(passage.role == "prose" for passage in passages) > 3 or bool(plan.red_flags.now.items),
        pictures=bool(figures) if moves or plan.sleep else None,
        pictured_moves=_has_pictured_moves(plan) if moves else None,
        titled_pictures=all(figures.values()) if figures else None,
        small_tables=all(_is_small(table) for table in tables) if tables else None,
        actions=any(_is_instruction(sentence, material) for sentence in (*prose, *_list_box_titles(plan))),
        speaks=_count_speaking(prose, material) >= len(prose) * SPEAKING_SHARE,
        steps=bool(plan.exercises or plan.sleep) or any(isinstance(b, StepList) for p in plan.parts for b in p.blocks),
        chart=has_chart,
        chart_explained=bool(words.get("tick-lead")) if has_chart else None,
        unknowns=has("unknowns"),
        reasons=has("reasons"),
        risks=bool(plan.red_flags.now.items and plan.red_flags.today.items),
        harms=has("reasons") and has("risks"),
        whole_numbers=not _FRACTION.search(" ".join(passage.text for passage in passages if passage.role == "prose")),
        chances=True if has("chances") else None,
    )


def _list_box_titles(plan: Plan) -> tuple[str, ...]:
    """Return the titles of the red-flag box, which say what to do."""
    return (plan.red_flags.now.title, plan.red_flags.today.title) if plan.parts else ()


def _find_unexplained(text: str, material: Material) -> list[str]:
    known = " ".join(term.term.casefold() for term in material.library.glossary)
    hard = (match.group().casefold() for match in material.find_words("jargon").finditer(text))
    return [word for word in hard if word.removesuffix("s") not in known]


def _count_passives(prose: Sequence[str], material: Material) -> int:
    pattern = write_passive(material)
    return sum(not match["fine"] for sentence in prose for match in pattern.finditer(sentence))


def _measure_chunks(passages: Sequence[Passage]) -> int:
    """Return the words of the longest way from one heading or lead to the next."""
    longest = words = 0
    for passage in passages:
        if passage.role in ("heading", "lead"):
            words = 0
        elif passage.role == "prose":
            words += len(list_words(passage.text))
            longest = max(longest, words)
    return longest


def _goes_on(parts: Sequence[Part], at: int) -> bool:
    """Return whether a part without a heading goes on from the part before it."""
    return any(part.title for part in parts[:at])


def _stands_late(parts: Sequence[Part], kind: str) -> bool:
    places = [at for at, part in enumerate(parts) if part.kind == kind]
    return not places or places[0] >= len(parts) - 3


def _list_figures(plan: Plan) -> dict[str, bool]:
    """Return the figures of a plan, each with whether it stands under a title."""
    found = {card.figure.id: bool(card.title) for card in plan.sleep}
    if _has_pictured_moves(plan):
        found |= {card.figure.id: bool(card.title) for card in plan.exercises}
    for part in plan.parts:
        for block in part.blocks:
            if isinstance(block, StepList) and block.figure is not None:
                found[block.figure.id] = bool(block.title)
            elif isinstance(block, FigureBlock):
                found[block.figure.id] = bool(block.caption)
    return found


def _has_pictured_moves(plan: Plan) -> bool:
    cards: tuple[ExerciseCard, ...] = plan.exercises
    shown = any(part.kind in ("exercises", "plan") and part.style == "cards" for part in plan.parts)
    return shown and all(card.figure.alt for card in cards)


def _is_small(table: Table) -> bool:
    headings = all(len(list_words(column)) <= MOST_COLUMN_WORDS for column in table.columns)
    return headings and len(table.rows) <= MOST_ROWS


def _is_instruction(sentence: str, material: Material) -> bool:
    found = material.find_words("actions").search(sentence)
    return found is not None and found.start() == 0


def _count_speaking(prose: Sequence[str], material: Material) -> int:
    you = re.compile(r"\b(?:you|your|yourself|us|we)\b", re.IGNORECASE)
    return sum(bool(you.search(sentence)) or _is_instruction(sentence, material) for sentence in prose)
