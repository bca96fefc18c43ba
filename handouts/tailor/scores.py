"""Score sheets of a handout: PEMAT-P and the CDC Clear Communication Index, as far as a machine can judge."""

from __future__ import annotations

from typing import Literal

from handouts.content.gate.material import read_data
from handouts.dataclass import dataclass
from handouts.tailor.survey import Survey

Answer = Literal["yes", "no", "does not apply", "for people to judge"]


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """One item of a score sheet with its answer."""

    id: str
    part: str
    item: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """The items of one sheet; a score is agreed by applicable items, those for people left out."""

    name: str
    items: tuple[ScoreItem, ...]

    def find_score(self, part: str | None = None) -> int | None:
        """Return the per cent of the items of a part, or of all; None where none applies."""
        answers = [item.answer for item in self.items if part is None or item.part == part]
        yes, no = answers.count("yes"), answers.count("no")
        return round(100 * yes / (yes + no)) if yes + no else None


def score_pemat(survey: Survey) -> ScoreSheet:
    """Return the sheet of PEMAT-P (24 items; AHRQ): 70 and more is the usual pass."""
    return _fill_sheet(
        "pemat",
        {
            "1": survey.message,
            "2": survey.undistracted,
            "3": survey.easy,
            "4": survey.words_explained,
            "5": survey.active,
            "6": survey.digits,
            "7": survey.no_sums,
            "8": survey.short_chunks,
            "9": survey.headings,
            "10": survey.warnings_first and survey.sources_last,
            "11": survey.summary,
            "12": survey.box,
            "15": survey.pictures,
            "17": survey.titled_pictures,
            "19": survey.small_tables,
            "20": survey.actions,
            "21": survey.speaks,
            "22": survey.steps,
            "23": survey.chart,
            "24": None if survey.no_sums else False,
            "25": survey.chart_explained,
            "26": survey.pictured_moves,
        },
    )


def score_index(survey: Survey) -> ScoreSheet:
    """Return the sheet of the CDC Clear Communication Index (20 items): 90 and more passes.

    Without one main message, items 2 to 4 are lost as well.
    """
    message = survey.message
    return _fill_sheet(
        "index",
        {
            "1": message,
            "2": message,
            "4": survey.pictures if message else False,
            "5": survey.actions,
            "6": None if survey.easy is None else survey.easy and survey.words_explained,
            "7": survey.active,
            "8": survey.lists,
            "9": survey.short_chunks and survey.headings,
            "10": survey.warnings_first and message,
            "11": survey.unknowns,
            "12": survey.actions,
            "13": survey.reasons,
            "14": survey.steps,
            "15": survey.whole_numbers,
            "16": survey.digits,
            "17": survey.no_sums,
            "18": survey.risks,
            "19": survey.harms,
            "20": survey.chances,
        },
    )


def _fill_sheet(name: str, found: dict[str, bool | None]) -> ScoreSheet:
    items = []
    for entry in read_data("scores.yaml").data[name]:
        answer: Answer = "for people to judge"
        if entry["by"] == "program":
            value = found[entry["id"]]
            answer = "does not apply" if value is None else "yes" if value else "no"
        items.append(ScoreItem(entry["id"], entry["part"], entry["item"], answer))
    return ScoreSheet(name, tuple(items))
