"""What is kept in memory changes nothing: a plan is the same from a warm process and from a fresh one."""

from dataclasses import replace
from datetime import date
from random import Random

from handouts.content.models import Rule
from handouts.diagnostics import PatientError
from handouts.patient.models import ChosenExercise, Override
from handouts.tailor import rulebook

from .records import draw_record, make_plan, make_record, read_library

OTHER_VALUES = {
    "date_of_birth": (None, date(2000, 1, 1), date(1960, 1, 1), date(1940, 1, 1)),
    "stage": ("first-days", "later"),
    "side": ("left", "right"),
    "pattern": ("worse-bending", "worse-standing"),
    "pregnant_weeks": (None, 10, 20, 30),
    "sleeps_on": ("side", "front"),
    "work": ("desk", "lifting", "driving"),
    "notes": (None, "Bring your list."),
    "conditions": ((), ("owns-tens",), ("cancer-history",), ("pregnancy",)),
    "exercises": (None, (), (ChosenExercise("walking"),), (ChosenExercise("bird-dog", "left"),)),
    "overrides": ((Override("cancer-history", "J. Patel", "seen"),), (Override("cancer-history", "A. Bee", "seen"),)),
}


def test_warm_and_fresh_plans_are_equal():
    library, random = read_library(), Random(5)
    compared = 0
    for base in (make_record(), *(draw_record(random, library) for _ in range(5))):
        records = [replace(base, **{key: value}) for key, values in OTHER_VALUES.items() for value in values]
        warm = [try_plan(record) for record in records]
        for record, plan in zip(records, warm, strict=True):
            rulebook._rulebooks.clear()
            assert try_plan(record) == plan
            compared += plan is not None
    assert compared > 60


def try_plan(record):
    try:
        return make_plan(record)
    except PatientError:
        return None


def test_words_follow_the_moves_on_the_sheet(library):
    section = library.sections["moving"]
    block = section.blocks[0]
    ruled = block.model_copy(update={"unless": None, "when": Rule(exercises=("plank",))})
    handout = library.handouts["back-spasms"]
    part = next(part for part in handout.parts if part.section == "moving").model_copy(update={"blocks": ()})
    parts = (handout.parts[0], part)
    only = replace(
        library,
        sections={**library.sections, "moving": section.model_copy(update={"blocks": (ruled,), "unless": None})},
        handouts={"back-spasms": handout.model_copy(update={"parts": (*parts, *handout.parts[1:2])})},
        digest="follow",
    )
    with_plank = make_plan(make_record(exercises=(ChosenExercise("plank"),)), library=only)
    without = make_plan(make_record(exercises=(ChosenExercise("bridge"),)), library=only)
    assert "moving" in {part.id for part in with_plank.parts}
    assert "moving" not in {part.id for part in without.parts}


def test_a_part_picks_its_blocks(library):
    handout = library.handouts["back-spasms"]
    checked = 0
    for made in make_plan(make_record()).parts:
        parts = [part for part in handout.parts if part.section and made.id.startswith(part.section)]
        if parts and all(part.blocks for part in parts):
            shown = {getattr(block, "id", None) or block.statement.id for block in made.blocks}
            assert shown <= {block for part in parts for block in part.blocks + part.extra}
            checked += len(shown) < len(library.sections[parts[0].section].blocks)
    assert checked > 3


def test_pairs_are_printed_up_to_their_number(library):
    found = 0
    for part in make_plan(make_record(work="lifting")).parts:
        for block in part.blocks:
            pairs = getattr(block, "pairs", None)
            if pairs:
                blocks = [item for section in library.sections.values() for item in section.blocks]
                source = next(item for item in blocks if item.id == block.id)
                assert len(pairs) <= source.most
                found += len(source.pairs) > source.most
    assert found
