"""What a person's conditions keep off the sheet and bring onto it, and the box that nothing can shorten."""

from datetime import date
from itertools import combinations

import pytest

from handouts.content.library import load_library
from handouts.patient.models import Clinic, Override, PatientRecord
from handouts.resources import find_bundled_folder
from handouts.tailor.assembly import tailor_plan

DAY = date(2026, 11, 23)
CLINIC = Clinic(
    name="Example Clinic",
    phone="0555 0100",
    out_of_hours="the night line",
    emergency_number="999",
    website="https://clinic.example/back",
)
TO_BE_CLEARED = ("cancer-history", "weak-immune-system", "long-term-steroids")
NO_IBUPROFEN = (
    "stomach-ulcer",
    "kidney-disease",
    "liver-disease",
    "heart-disease",
    "high-blood-pressure",
    "past-stroke",
    "asthma",
    "nsaid-allergy",
    "blood-thinner",
    "blood-pressure-or-water-tablets",
    "long-term-steroids",
    "bowel-disease",
)


@pytest.fixture(scope="module")
def library():
    return load_library(find_bundled_folder("sections"))


def list_ids(value, found=None):
    """Return the ids of everything in a plan's parts."""
    found = set() if found is None else found
    for key in ("statement", "answer"):
        if hasattr(value, key):
            found.add(getattr(value, key).id)
    for key in ("blocks", "items", "rows", "points", "pairs"):
        for inner in getattr(value, key, ()):
            list_ids(inner, found)
    if hasattr(value, "id"):
        found.add(value.id)
    return found


def make(library, handout="back-spasms", **record):
    person = PatientRecord(name="A", **record)
    return tailor_plan(library, handout, person, CLINIC, date=DAY, date_from="option")


def printed(library, handout="back-spasms", **record):
    return set().union(*(list_ids(part) for part in make(library, handout, **record).parts))


def test_a_sheet_without_conditions_has_every_need(library):
    ids = printed(library)
    needed = {"spasm-what", "expect-line", "tests-scan", "heat-table", "moving-stop", "work-stay", "flare-steps"}
    assert needed | {"medicine-ask-first", "medicine-emergency", "clinic-core", "back-book"} <= ids


@pytest.mark.parametrize("condition", TO_BE_CLEARED)
def test_no_moves_heat_or_cold_before_clearance(library, condition):
    plan = make(library, conditions=(condition,))
    ids = set().union(*(list_ids(part) for part in plan.parts))
    assert not ids & {"moving", "heat-and-cold", "flare-plan", "sitting-and-lifting", "work", "long-term", "q-relief"}
    assert plan.message[0].id == "full-call-first"
    assert not plan.exercises
    cleared = make(library, conditions=(condition,), overrides=(Override(condition, "J. Patel", "seen"),))
    assert {"moving", "heat-and-cold"} <= set().union(*(list_ids(part) for part in cleared.parts))


def test_fracture_not_ruled_out(library):
    plan = make(library, conditions=("fracture-not-ruled-out",))
    ids = set().union(*(list_ids(part) for part in plan.parts))
    assert "care-fracture" in ids
    assert not ids & {"moving", "heat-and-cold", "what-to-expect", "spasm-hope", "tests-scan", "clinic-hands-on"}
    assert [statement.id for statement in plan.message] == ["full-breathing", "full-box"]
    assert [card.id for card in plan.exercises] == ["belly-breathing"]


@pytest.mark.parametrize("condition", TO_BE_CLEARED)
def test_no_breathing_either_where_no_move_is_cleared(library, condition):
    plan = make(library, conditions=("fracture-not-ruled-out", condition))
    ids = set().union(*(list_ids(part) for part in plan.parts))
    assert plan.message[0].id == "full-call-first"
    assert "care-fracture-no-moves" in ids and "care-fracture" not in ids
    assert not plan.exercises


@pytest.mark.parametrize("condition", ["fracture-not-ruled-out", *TO_BE_CLEARED])
def test_nobody_is_told_to_walk_before_clearance(library, condition):
    for other in library.conditions:
        for handout in ("back-spasms", "back-spasms-short", "back-spasms-more", "exercises", "sleep"):
            plan = make(library, handout, conditions=(condition, other))
            words = [
                block.statement.text for part in plan.parts if part.id == "conditions-care" for block in part.blocks
            ]
            assert not [text for text in [*words, *(item.text for item in plan.message)] if "walk" in text.lower()]


def test_recent_surgery_follows_the_surgical_team(library):
    plan = make(library, conditions=("recent-surgery",))
    ids = set().union(*(list_ids(part) for part in plan.parts))
    assert plan.message[0].id == "full-surgery"
    assert {"care-surgery", "heat-ask-surgery", "medicine-surgery"} <= ids
    assert not ids & {"moving-stay-active", "moving-rules", "heat-table", "medicine-ibuprofen", "flare-plan", "work"}


@pytest.mark.parametrize("condition", NO_IBUPROFEN)
def test_no_ibuprofen_without_asking(library, condition):
    ids = printed(library, conditions=(condition,))
    assert "medicine-own" in ids
    assert "medicine-ibuprofen" not in ids
    assert "medicine-own" in printed(library, "back-spasms-more", conditions=(condition,))


def test_pregnancy(library):
    ids = printed(library, pregnant_weeks=8)
    assert {"care-pregnancy-early", "medicine-pregnancy", "heat-pregnancy", "sleep-pregnancy-early"} <= ids
    assert {"flare-warmth"} <= ids
    assert not ids & {"care-pregnancy", "sleep-pregnancy"}
    later = printed(library, pregnant_weeks=16)
    assert {"care-pregnancy", "sleep-pregnancy"} <= later == printed(library, conditions=("pregnancy",))
    assert not later & {"care-pregnancy-early", "sleep-pregnancy-early"}
    assert not ids & {"medicine-ibuprofen", "medicine-paracetamol", "flare-heat", "medicine-relaxant"}


def test_older_people(library):
    ids = printed(library, date_of_birth=date(1961, 11, 23))
    assert "medicine-older" in ids
    assert "medicine-older" not in printed(library, date_of_birth=date(1961, 11, 24))
    ids = printed(library, date_of_birth=date(1945, 1, 1))
    assert {"work-home", "medicine-relaxant-no"} <= ids
    assert not ids & {"work-stay", "medicine-relaxant"}


@pytest.mark.parametrize(
    ("condition", "rows"),
    [
        ("heart-disease", {"heat-row-cold"}),
        ("raynauds", {"heat-row-hot"}),
        ("poor-circulation", set()),
        ("nerve-damage-diabetes", set()),
        ("recent-surgery", set()),
        ("osteoporosis", {"heat-row-hot", "heat-row-cold"}),
    ],
)
def test_heat_and_cold_by_condition(library, condition, rows):
    for handout in ("back-spasms", "back-spasms-short", "back-spasms-more"):
        ids = printed(library, handout, conditions=(condition,))
        assert ids & {"heat-row-hot", "heat-row-cold"} == rows
        assert "heat-cloth" in ids
    if "heat-row-hot" not in rows:
        assert not ids & {"flare-heat", "heat-how", "q-relief"}


@pytest.mark.parametrize(
    ("conditions", "left_out"),
    [
        (("hip-replacement",), {"lift-bend", "sit-to-stand", "car", "lift-close", "long-yoga", "sleep-side-or-back"}),
        (("falls-risk",), {"stand", "lift-high", "lift-light-floor", "work-standing-step"}),
        (("pelvic-girdle-pain",), {"stand", "lift-light-floor", "work-standing-step"}),
        (("spinal-stenosis", "osteoporosis"), {"care-stenosis-lean", "clinic-hands-on", "long-yoga"}),
    ],
)
def test_what_a_condition_takes_away(library, conditions, left_out):
    for handout in ("back-spasms", "back-spasms-more"):
        assert not printed(library, handout, conditions=conditions, work="standing") & left_out


NO_MOVES_YET = ("fracture-not-ruled-out", "recent-surgery", *TO_BE_CLEARED)


@pytest.mark.parametrize("condition", NO_MOVES_YET)
def test_no_words_on_moves_for_those_who_may_not_do_any(library, condition):
    others = ("spondylolisthesis", "knee-replacement", "cannot-get-to-floor", "wrist-pain", "falls-risk")
    ids = printed(library, "back-spasms-short", conditions=(*others, condition))
    assert not ids & {"care-slipped-bone", "care-knee", "care-floor", "care-wrist", "care-falls"}
    assert {"care-slipped-bone-no-moves", "care-floor-no-moves", "care-falls-no-moves"} <= ids
    ids = printed(library, "back-spasms-short", conditions=others)
    assert {"care-slipped-bone", "care-knee", "care-floor", "care-wrist", "care-falls"} <= ids
    assert not {name for name in ids if name.endswith("-no-moves")}


@pytest.mark.parametrize("condition", ["lung-disease", "recent-surgery", "hip-replacement"])
def test_nobody_is_told_to_lie_as_feels_good_against_the_record(library, condition):
    ids = printed(library, "sleep", conditions=(condition,))
    assert "sleep-side-or-back" not in ids
    assert ("sleep-surgery" in ids) == (condition == "recent-surgery")
    assert ("sleep-hip-ask" in ids) == (condition == "hip-replacement")


@pytest.mark.parametrize("condition", ["pelvic-girdle-pain", "hip-or-knee-arthritis"])
def test_no_getting_up_over_one_knee(library, condition):
    assert "moving-from-floor" in printed(library, "exercises")
    assert "moving-from-floor" not in printed(library, "exercises", conditions=(condition,))


@pytest.mark.parametrize("handout", ["sleep", "back-spasms-waiting-room"])
def test_a_sheet_for_everyone_says_who_must_not_lie_how(library, handout):
    plan = tailor_plan(library, handout, None, CLINIC, date=DAY, date_from="option")
    ids = set().union(*(list_ids(part) for part in plan.parts))
    assert {"sleep-pregnancy-all", "sleep-hip-all", "sleep-front-all"} <= ids


def test_a_flare_plan_for_everyone_says_who_asks_before_heat(library):
    plan = tailor_plan(library, "back-spasms-waiting-room", None, CLINIC, date=DAY, date_from="option")
    ids = set().union(*(list_ids(part) for part in plan.parts))
    assert "flare-heat-all" in ids
    assert not ids & {"flare-heat", "flare-warmth"}
    assert "flare-heat-all" not in printed(library)


def test_heat_is_named_with_its_cautions_where_the_section_on_heat_may_have_no_room(library):
    steps = next(block for block in library.sections["flare-plan"].blocks if block.id == "flare-steps").items
    for step in (item for item in steps if item.id in {"flare-heat", "flare-heat-all", "flare-warmth"}):
        cautions = ("cloth", "10 to 15 minutes", "skin", "swelling", "bruise", "fever", "Never sleep")
        assert not [words for words in cautions if words not in step.text]


def test_a_sheet_for_everyone_says_who_calls_before_any_move(library):
    plan = tailor_plan(library, "back-spasms-waiting-room", None, CLINIC, date=DAY, date_from="option")
    rules = next(block for part in plan.parts for block in part.blocks if block.id == "moving-rules")
    assert {"rule-ask", "rule-call"} == {item.id for item in rules.items[:2]}


def test_the_sheet_on_sleep_names_every_block_of_extra_care(library):
    part = next(part for part in library.handouts["sleep"].parts if part.section == "conditions-care")
    assert {*part.blocks, *part.extra} == {block.id for block in library.sections["conditions-care"].blocks}
    assert not part.if_room


def test_the_short_sheet_always_says_when_to_come_back(library):
    parts = [part for part in library.handouts["back-spasms-short"].parts if part.section == "when-to-come-back"]
    whole, short = parts
    assert whole.if_room and short.stands_in_for == whole.section and not short.if_room
    assert not [block for block in library.sections["when-to-come-back"].blocks if block.when or block.unless]


@pytest.mark.parametrize("condition", ["heart-disease", "nerve-damage-diabetes", "poor-circulation", "raynauds"])
def test_own_words_on_heat_are_never_dropped_for_want_of_room(library, condition):
    plan = make(library, "back-spasms-short", conditions=(condition,))
    heat = next(part for part in plan.parts if part.id == "heat-and-cold")
    assert not heat.if_room
    assert "heat-care" in heat.extra
    assert list_ids(heat) & {"heat-ask-heart", "heat-ask-numb", "heat-ask-circulation", "heat-no-cold"}


def test_tens_is_for_owners_only(library):
    assert "tens" not in printed(library)
    assert "tens-do-not" in printed(library, conditions=("owns-tens",))


def test_the_box_is_never_shortened(library):
    now = [item.id for item in library.red_flags.now.items]
    today = [item.id for item in library.red_flags.today.items]
    assert (len(now), len(today)) == (11, 12)
    names = list(library.conditions)
    for conditions in [(name,) for name in names] + [tuple(names)] + list(combinations(names, 2))[::40]:
        for handout in library.handouts.values():
            if "personal" not in handout.audience:
                continue
            plan = make(library, handout.id, conditions=conditions)
            for fixed, tier in ((now, plan.red_flags.now), (today, plan.red_flags.today)):
                ids = [item.id for item in tier.items]
                assert ids[: len(fixed)] == fixed
                assert len(ids) <= len(fixed) + 4
            assert 1 <= len(plan.message) <= 3


def test_every_condition_changes_the_sheet(library):
    plain = make(library).parts, make(library).red_flags
    alone = {"wrist-pain", "bad-shoulder", "hernia", "hip-or-knee-arthritis"}
    same = {
        name
        for name in library.conditions
        if (make(library, conditions=(name,)).parts, make(library, conditions=(name,)).red_flags) == plain
    }
    assert same <= alone


def test_own_causes_and_pairs_come_first(library):
    heads = {"desk": "cause-sitting", "lifting": "cause-lift", "driving": "cause-driving", "standing": "cause-standing"}
    pairs = {"desk": "sit-back", "lifting": "lift-near", "driving": "sit-back", "standing": "lift-turn"}
    for work, head in heads.items():
        blocks = {
            block.id: block for part in make(library, work=work).parts for block in part.blocks if hasattr(block, "id")
        }
        assert blocks["causes-common"].items[0].id == head
        assert blocks["sitting-lifting-pairs"].pairs[0].id == pairs[work]
        assert len(blocks["sitting-lifting-pairs"].pairs) <= 4
