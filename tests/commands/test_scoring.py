"""Score sheets fall when a handout lacks what an item asks for."""

from dataclasses import replace
from datetime import date

import pytest

from handouts.content.assembly import gather_pieces
from handouts.content.gate.formulas import Grades
from handouts.content.gate.material import Material
from handouts.content.library import load_library
from handouts.diagnostics import Collector
from handouts.figure.library import Figures
from handouts.resources import find_bundled_folder
from handouts.tailor.assembled import assemble_handouts, check_assembled
from handouts.tailor.plan import Note, Statement
from handouts.tailor.scores import score_index, score_pemat
from handouts.tailor.survey import survey_handout

SECTIONS = find_bundled_folder("sections")
LIBRARY = load_library(SECTIONS)
MATERIAL = Material(tuple(gather_pieces(SECTIONS, None, Collector())[0]), LIBRARY, Figures([SECTIONS]))
ASSEMBLED = assemble_handouts(LIBRARY, None, date(2026, 11, 23))
FULL = next(item for item in ASSEMBLED if (item.handout, item.reader) == ("back-spasms", "at a desk"))
EASY = Grades(2.0, 5.0, 900, 100)


def answer(item, grades=EASY):
    survey = survey_handout(item, MATERIAL, grades)
    sheets = {"pemat": score_pemat(survey), "index": score_index(survey)}
    return {(name, entry.id): entry.answer for name, sheet in sheets.items() for entry in sheet.items}


def add_words(plan, text):
    extra = Note("extra", "tip", "A note", (Statement("extra-1", text),))
    first, second, *rest = plan.parts
    return replace(plan, parts=(first, second, replace(rest[0], blocks=(*rest[0].blocks, extra)), *rest[1:]))


def spoil(item, change):
    return replace(item, plan=change(item.plan))


CHANGES = {
    "no message": (
        lambda plan: replace(plan, message=()),
        [("pemat", "1"), ("index", "1"), ("index", "2"), ("index", "4")],
    ),
    "no chart": (
        lambda plan: replace(plan, parts=tuple(part for part in plan.parts if part.kind != "tick-chart")),
        [("pemat", "23")],
    ),
    "warnings last": (lambda plan: replace(plan, parts=plan.parts[::-1]), [("pemat", "10"), ("index", "10")]),
    "letters": (lambda plan: add_words(plan, "Rest for seven days."), [("pemat", "6")]),
    "sums": (lambda plan: add_words(plan, "Multiply it by 3."), [("pemat", "7"), ("pemat", "24"), ("index", "17")]),
    "address": (lambda plan: add_words(plan, "Look at www.shop.example."), [("pemat", "2")]),
    "hard word": (lambda plan: add_words(plan, "Your paraspinal muscles."), [("pemat", "4"), ("index", "6")]),
    "long": (lambda plan: add_words(plan, "Put a pillow there. " * 40), [("pemat", "8"), ("index", "9")]),
    "fraction": (lambda plan: add_words(plan, "About 2.5 hours."), [("index", "15")]),
    "no pictures": (
        lambda plan: replace(plan, parts=tuple(replace(part, style="list") for part in plan.parts)),
        [("pemat", "26")],
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_lacking_is_seen(name):
    change, items = CHANGES[name]
    before, after = answer(FULL), answer(spoil(FULL, change))
    for item in items:
        assert before[item] != "no", item
        assert after[item] == "no", item


def test_a_hard_handout_is_not_in_everyday_words():
    assert answer(FULL, Grades(9.0, 9.0, 900, 100))[("pemat", "3")] == "no"
    assert answer(FULL, None)[("pemat", "3")] == "does not apply"


def test_a_message_of_four_sentences_is_reported():
    def lengthen(plan):
        return replace(plan, message=tuple(replace(entry, text=f"{entry.text} Yes.") for entry in plan.message))

    assert check_assembled(LIBRARY, [FULL]) == []
    (found,) = check_assembled(LIBRARY, [spoil(FULL, lengthen)])
    assert found.rule == "handout-message"
    assert found.span.file.endswith("back-spasms.yaml")


def test_every_handout_is_assembled_for_several_people():
    for handout in LIBRARY.handouts:
        assert any(item.handout == handout for item in ASSEMBLED)
    assert len({item.reader for item in ASSEMBLED}) > 6
