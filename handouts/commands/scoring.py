"""The score sheet of all handouts: reading grades, PEMAT-P and the CDC Clear Communication Index."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from handouts.content.assembly import gather_pieces
from handouts.content.gate.formulas import Grades, MissingFormulasError, measure_grades
from handouts.content.gate.material import Material
from handouts.content.gate.sentences import join_sentences
from handouts.content.library import Library, load_library
from handouts.dataclass import dataclass
from handouts.diagnostics import Collector
from handouts.figure.library import Figures
from handouts.patient.models import Clinic
from handouts.resources import find_bundled_folder
from handouts.tailor.assembled import Assembled, assemble_handouts
from handouts.tailor.scores import ScoreSheet, score_index, score_pemat
from handouts.tailor.survey import survey_handout

USUAL_READER = "at a desk"
"""The first of the typical people: nothing is held back from them, so that the sheet shows what it can do."""


@dataclass(frozen=True, slots=True)
class Score:
    """The scores of a handout for its usual reader, and its hardest reading grades among all typical readers."""

    handout: str
    reader: str
    grades: Grades | None
    pemat: ScoreSheet
    index: ScoreSheet


def write_scores(clinic: Clinic | None, as_json: bool, on: date) -> str:
    """Return the score sheet of all handouts as text or JSON, ending in a newline, the clinic's own included."""
    folder = find_bundled_folder("sections")
    overlay = clinic.content if clinic is not None else None
    library = load_library(folder, overlay)
    pieces, _ = gather_pieces(folder, overlay, Collector())
    figures = Figures([folder] if overlay is None else [folder, overlay])
    scores = score_handouts(library, clinic, Material(tuple(pieces), library, figures), on)
    if as_json:
        return json.dumps([_write_score(score) for score in scores], indent=2, ensure_ascii=False) + "\n"
    return "\n".join(_describe(scores)) + "\n"


def score_handouts(library: Library, clinic: Clinic | None, material: Material, on: date) -> list[Score]:
    """Return the score of each handout, for a person at a desk or, where it is for everyone, without a person."""
    scores: dict[str, Score] = {}
    hardest: dict[str, Grades] = {}
    for item in assemble_handouts(library, clinic, on):
        grades = _measure(item)
        if item.handout not in scores or item.reader == USUAL_READER:
            survey = survey_handout(item, material, grades)
            scores[item.handout] = Score(item.handout, item.reader, grades, score_pemat(survey), score_index(survey))
        if grades and (item.handout not in hardest or _worst(grades) > _worst(hardest[item.handout])):
            hardest[item.handout] = grades
    return [
        Score(score.handout, score.reader, hardest.get(score.handout), score.pemat, score.index)
        for score in scores.values()
    ]


def _measure(item: Assembled) -> Grades | None:
    try:
        return measure_grades(join_sentences(passage.text for passage in item.list_prose()))
    except MissingFormulasError:
        return None


def _worst(grades: Grades) -> float:
    return max(grades.flesch_kincaid, grades.smog - 1)


def _describe(scores: list[Score]) -> list[str]:
    width = max(len(score.handout) for score in scores)
    lines = [
        f"{'handout':{width}}  Flesch-Kincaid  SMOG  PEMAT understand  PEMAT act  CDC index",
    ]
    for score in scores:
        grades = score.grades
        measured = f"{grades.flesch_kincaid:14.1f}  {grades.smog:4.1f}" if grades else f"{'-':>14}  {'-':>4}"
        understand, act = score.pemat.find_score("understand"), score.pemat.find_score("act")
        lines.append(
            f"{score.handout:{width}}  {measured}  {_say(understand):>16}  {_say(act):>9}  "
            f"{_say(score.index.find_score()):>9}"
        )
    lines += ["", "Grades are the hardest among typical readers. Passes: grades 6 and 7, PEMAT 70 %, CDC index 90 %."]
    lines.append("Not counted are the items that do not apply and those that only people can judge.")
    for score in scores:
        missed = [item for sheet in (score.pemat, score.index) for item in sheet.items if item.answer == "no"]
        if missed:
            lines += ["", f"{score.handout}, for {score.reader}, does not have:"]
            lines += [f"  - {_name(score, item.id, item.item)}" for item in missed]
    people = [item for score in scores[:1] for sheet in (score.pemat, score.index) for item in sheet.items]
    lines += ["", "For people to judge, in every handout:"]
    lines += [f"  - {item.item}" for item in people if item.answer == "for people to judge"]
    return lines


def _name(score: Score, id: str, words: str) -> str:
    in_pemat = any(item.id == id and item.item == words for item in score.pemat.items)
    return f"{'PEMAT' if in_pemat else 'CDC index'} {id}: {words}"


def _say(score: int | None) -> str:
    return "-" if score is None else f"{score} %"


def _write_score(score: Score) -> dict[str, Any]:
    grades = score.grades
    return {
        "handout": score.handout,
        "reader": score.reader,
        "flesch_kincaid": None if grades is None else grades.flesch_kincaid,
        "smog": None if grades is None else grades.smog,
        "words": None if grades is None else grades.words,
        "pemat_understand": score.pemat.find_score("understand"),
        "pemat_act": score.pemat.find_score("act"),
        "cdc_index": score.index.find_score(),
        "items": [
            {"sheet": sheet.name, "id": item.id, "part": item.part, "item": item.item, "answer": item.answer}
            for sheet in (score.pemat, score.index)
            for item in sheet.items
        ],
    }
