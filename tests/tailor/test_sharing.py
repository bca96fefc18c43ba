"""Equal pieces of plans are one object, kept under a bound, and what is kept depends on all that decides it."""

import json
import pickle
from collections import defaultdict
from dataclasses import fields, is_dataclass, replace
from datetime import date
from itertools import pairwise
from random import Random

import pytest

from handouts.content.models import Rule
from handouts.diagnostics import PatientError, Span
from handouts.patient.models import Reviewer
from handouts.tailor import judge, rulebook, wording
from handouts.tailor.conditions import LEAST_AGE
from handouts.tailor.digest import write_text
from handouts.tailor.people import OLDER_FROM
from handouts.tailor.plan import Decision, Note, Person, Plan, Statement
from handouts.tailor.plan_json import write_plan_data
from handouts.tailor.rulebook import open_rulebook
from handouts.tailor.rules import UNKNOWN_WEEKS, Facts, check_rule, describe_rule, gather_mentions, iterate_rules
from handouts.tailor.shared import Shared
from handouts.tailor.statements import find_condition

from .records import CLINIC, draw_record, make_plan, make_record, read_library

PEOPLE = ("ada", "older-ruth", "pregnant")
DECIDED = ("Decision", "Omission")
"""What led to a plan is not printed, and need not be one object."""


@pytest.fixture
def fresh():
    rulebook._rulebooks.clear()
    yield
    rulebook._rulebooks.clear()


def make_plans(random, count):
    library = read_library()
    for _ in range(count):
        plan = try_plan(draw_record(random, library), random.choice(("back-spasms", "back-spasms", "exercises")))
        if plan is not None:
            yield plan


def try_plan(record, handout="back-spasms"):
    try:
        return make_plan(record, handout, people=PEOPLE)
    except PatientError:
        return None


def gather_shared(value, found):
    """Gather all shared objects in a value by their kind."""
    if isinstance(value, tuple):
        for item in value:
            gather_shared(item, found)
    elif is_dataclass(value):
        if isinstance(value, Shared):
            found[type(value).__name__].append(value)
        for item in fields(value):
            gather_shared(getattr(value, item.name), found)


def spell(value):
    """Return a value without the reasons that are not printed, as plain data."""
    if isinstance(value, tuple):
        return tuple(spell(item) for item in value)
    if not is_dataclass(value):
        return value
    return (
        type(value).__name__,
        *(spell(getattr(value, item.name)) for item in fields(value) if item.name != "because"),
    )


def test_equal_pieces_are_one_object(fresh):
    plans = list(make_plans(Random(8), 300))
    found = defaultdict(list)
    for plan in plans:
        gather_shared(plan, found)
    kinds = {"Statement", "Part", "Note", "BulletList", "Table", "Questions", "FigureUse", "Dose", "ExerciseCard"}
    assert len(plans) > 150
    assert kinds | {"SleepCard", "RedFlagBox", "WarningTier", "SourceLine", "ClinicView"} <= set(found)
    for kind, values in found.items():
        if kind in DECIDED:
            continue
        assert len({id(value) for value in values}) == len(set(values)), kind
        looks = {id(value.look): value.look for value in values}
        assert len(looks) == len({spell(value) for value in values}), kind
        assert all(spell(value) == spell(value.look) for value in set(values)), kind
    assert len({id(item.look) for item in found["Note"]}) < len({id(item) for item in found["Note"]})
    for kind in ("message", "sleep"):
        tuples = [getattr(plan, kind) for plan in plans]
        assert len({id(item) for item in tuples}) == len(set(tuples))


def test_a_look_has_no_reasons():
    line = Statement("line", "Walk.", because="the side is left")
    store = open_rulebook(read_library(), CLINIC, "en", Span("-")).store
    note = store.share(Note("note", "tip", "Title", (line, Statement("other", "Rest."))))
    assert note.items[0].because and note.items[0].look == replace(line, because="")
    assert note.look.items == (replace(line, because=""), note.items[1])
    assert note.look.look is note.look
    assert store.share(Note("note", "tip", "Title", (replace(line, because=""), note.items[1]))) is note.look
    alone = Statement("alone", "Walk.", because="the side is left")
    assert alone.look is alone


def test_the_hash_is_kept_but_not_sent_along():
    one, other = Statement("line", "Walk."), Statement("line", "Walk.")
    assert hash(one) == hash(other) == one._hash and one == other
    assert one != replace(one, because="the side is left")
    sent = pickle.loads(pickle.dumps(one))
    assert sent == one and not hasattr(sent, "_hash")


def test_what_is_kept_is_bounded(fresh, monkeypatch):
    usual = list(make_plans(Random(4), 120))
    rulebook._rulebooks.clear()
    monkeypatch.setattr(judge, "MOST_KEPT", 1_500)
    monkeypatch.setattr(rulebook, "MOST_TEMPLATES", 10)
    monkeypatch.setattr(wording, "MOST_DAYS", 5)
    counts = []
    for plan, same in zip(usual, make_plans(Random(4), 120), strict=True):
        book = open_rulebook(read_library(), CLINIC, "en", Span("-"))
        dropped = bool(counts) and book.store.count < counts[-1]
        counts.append(book.store.count)
        assert plan == same
        assert len(book._templates) == 1 or not dropped
        assert book.store.count == len(book.store._values) + sum(map(len, book.store._shelves))
        assert len(book._templates) <= 10 and len(book.wording._days) <= 5
    drops = sum(later < earlier for earlier, later in pairwise(counts))
    assert drops >= 3
    assert max(counts) < 1_500 + 800


def test_a_plan_after_five_hundred_others_is_as_from_a_fresh_rulebook(fresh):
    library, random = read_library(), Random(31)
    records = [draw_record(random, library) for _ in range(500)]
    warm = [try_plan(record) for record in records]
    compared = 0
    for record, plan in list(zip(records, warm, strict=True))[::5]:
        rulebook._rulebooks.clear()
        alone = try_plan(record)
        assert (alone is None) == (plan is None)
        if plan is not None:
            compared += 1
            assert alone == plan
            assert json.dumps(write_plan_data(alone)) == json.dumps(write_plan_data(plan))
    assert compared > 50


def test_equal_bits_give_equal_answers():
    library, random = read_library(), Random(12)
    book = open_rulebook(library, CLINIC, "en", Span("-"))
    content = (library.sections, library.exercises, library.sleep, library.handouts, library.conditions)
    rules = list(dict.fromkeys(iterate_rules((*content, library.default_sets, library.red_flags))))
    masks = [book.bits.find_mask(gather_mentions(rule)) for rule in rules]
    kept, alike = {}, 0
    for _ in range(600):
        facts = draw_facts(random, library)
        marks = book.bits.mark_facts(facts)
        for at, (rule, mask) in enumerate(zip(rules, masks, strict=True)):
            answer = (check_rule(rule, facts), describe_rule(rule, facts), find_condition(rule, facts))
            alike += (at, marks.bits & mask) in kept
            assert kept.setdefault((at, marks.bits & mask), answer) == answer, rule
    assert alike > 30_000


def draw_facts(random, library):
    held = frozenset(random.sample(list(library.conditions), random.choice((0, 1, 2, 5, 15))))
    return Facts(
        random.choice(("personal", "personal", "generic")),
        conditions=held,
        uncleared=frozenset(name for name in held if random.random() < 0.8),
        stage=random.choice(("first-days", "early", "later")),
        pattern=random.choice(("none", "worse-bending", "worse-standing")),
        side=random.choice(("left", "right", "both", "none")),
        work=random.choice(("desk", "standing", "lifting", "driving", "none")),
        sleeps_on=random.choice((None, "side", "back", "front")),
        weeks=random.choice((None, None, 1, 15, 16, 20, 28, 40, UNKNOWN_WEEKS)),
        age=random.choice((None, 16, 49, 50, 64, 65, 75, 76, 90)),
        exercises=frozenset(random.sample(list(library.exercises), random.choice((0, 2, 5)))),
    )


def test_an_age_that_is_not_known_is_no_low_age(library):
    book = rulebook.Rulebook(library, CLINIC, "en")
    mask = book.find_mask((Rule(age_under=OLDER_FROM),))
    unknown, young = (book.bits.mark_facts(Facts("personal", age=age)) for age in (None, 20))
    assert unknown.bits & mask != young.bits & mask


def test_sleep_follows_who_a_position_is_best_for(library):
    positions = {name: item.model_copy(update={"best_for": ()}) for name, item in library.sleep.items()}
    last = [name for name, item in positions.items() if item.kind == "position"][-1]
    positions[last] = positions[last].model_copy(update={"best_for": ("owns-tens",), "priority": 100})
    only = replace(library, sleep=positions, digest="best")
    owners = make_plan(make_record(conditions=("owns-tens",)), "sleep", library=only)
    others = make_plan(make_record(), "sleep", library=only)
    assert owners.sleep[0].id == last and owners.sleep[0].best
    assert others.sleep[0].id != last
    assert not any(card.best for card in others.sleep)


def test_bold_is_told_apart_where_the_reason_is_the_same(library):
    handout = library.handouts["back-spasms"]
    line = handout.message[0].model_copy(
        update={"when": Rule(stage=("early",)), "unless": None, "first": None, "strong": Rule(side=("left",))}
    )
    only = replace(library, digest="bold", handouts={"back-spasms": handout.model_copy(update={"message": (line,)})})
    plans = [make_plan(make_record(stage="early", side=side), library=only) for side in ("left", "right")]
    assert [plan.message[0].strong for plan in plans] == [True, False]
    assert plans[0].message[0].because == plans[1].message[0].because


def test_ages_that_decide_who_is_drawn_are_told_apart(library):
    only = replace(library, digest="ages", conditions={}, sections={}, sleep={}, exercises=library.exercises)
    book = rulebook.Rulebook(only, CLINIC, "en")
    assert {LEAST_AGE, OLDER_FROM} <= set(book.bits.ages)


def test_a_rule_on_what_nobody_knows_is_a_fault(library):
    book = open_rulebook(library, CLINIC, "en", Span("-"))
    with pytest.raises(KeyError):
        book.find_mask((Rule(exercises=("unheard-of",)),))


def test_texts_for_digests_are_json():
    def reduce_value(value):
        if isinstance(value, date):
            return value.isoformat()
        shown = [item.name for item in fields(value) if item.name != "because"]
        return [type(value).__name__, *[getattr(value, name) for name in shown]]

    def dump(value):
        return json.dumps(value, default=reduce_value, ensure_ascii=False, separators=(",", ":"))

    person = Person('Zoë "Z" \\ O’Neil', None, "HL\t1", None, "7 December 2026", "Walk\nfar", ("one", "two"))
    for value in (person, [1, True, False, None, "é\u2028"], date(2026, 1, 2), Decision("a", "b", "not printed")):
        assert write_text(value) == dump(value)
    for plan in make_plans(Random(2), 40):
        for item in fields(Plan):
            assert write_text(getattr(plan, item.name)) == dump(getattr(plan, item.name))


def test_layout_digest_leaves_out_what_no_page_is_laid_out_from(library):
    record = make_record(reference="HL-1", notes="Bring your list.", conditions=("osteoporosis",))
    plan = make_plan(record, people=PEOPLE)
    other = replace(record, name="José Ruiz", reference="HL-2", notes="Two\nlines.", date_of_birth=None)
    signed = replace(CLINIC, reviewer=Reviewer("J. Patel", "GP", date(2026, 1, 2), date(2027, 1, 2), library.digest))
    for same in (
        make_plan(other, people=PEOPLE),
        make_plan(record, people=("kofi",)),
        make_plan(record, people=PEOPLE, clinic=signed),
        make_plan(record, people=PEOPLE, day=date(2026, 11, 30)),
    ):
        assert same.layout_digest == plan.layout_digest
        assert same.digest != plan.digest
    assert make_plan(record, people=("kofi",)).shared_digest != plan.shared_digest
    for unlike in (
        make_plan(replace(record, conditions=())),
        make_plan(replace(record, notes=None)),
        make_plan(record, edition="large-print"),
        make_plan(record, clinic=replace(CLINIC, phone="0555 013 4401")),
        make_plan(record, "exercises"),
    ):
        assert unlike.layout_digest != plan.layout_digest
    assert make_plan(None).layout_digest != make_plan(make_record()).layout_digest
    assert "layout_digest" not in write_plan_data(plan)
