from dataclasses import replace

import pytest

from handouts.content.models import Condition, Exercise, Locale, MovesTable, Rule
from handouts.diagnostics import ContentError
from handouts.tailor.bits import FactBits
from handouts.tailor.conditions import count_years
from handouts.tailor.rules import UNKNOWN_WEEKS, Facts, check_rule, describe_rule, gather_mentions
from handouts.tailor.verdicts import Verdicts
from handouts.tailor.wording import Wording

from .records import CLINIC, DAY, read_library

PERSON = Facts("personal", frozenset({"falls-risk"}), frozenset({"falls-risk"}), age=70, weeks=None)


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        ({}, True),
        ({"conditions": ["falls-risk", "osteoporosis"]}, True),
        ({"conditions": ["osteoporosis"]}, False),
        ({"conditions": ["falls-risk"], "stage": ["later"]}, False),
        ({"age_at_least": 70}, True),
        ({"age_at_least": 71}, False),
        ({"age_under": 70}, False),
        ({"age_under": 71}, True),
        ({"pregnant_weeks_at_least": 1}, False),
        ({"audience": "generic"}, False),
        ({"stage": ["early", "later"]}, True),
        ({"exercises": ["walking"]}, False),
        ({"dosing": "each-side"}, False),
    ],
)
def test_rule(rule, holds):
    assert check_rule(Rule.model_validate(rule), PERSON) is holds


def test_age_that_is_not_known_reaches_no_limit():
    facts = Facts("personal")
    assert not check_rule(Rule(age_at_least=65), facts)
    assert not check_rule(Rule(age_under=65), facts)


def test_weeks_that_are_not_known_reach_every_limit():
    assert check_rule(Rule(pregnant_weeks_at_least=45), Facts("personal", weeks=UNKNOWN_WEEKS))


def test_cleared_condition_still_counts_in_words():
    facts = Facts("personal", frozenset({"cancer-history"}), frozenset())
    assert check_rule(Rule(conditions=("cancer-history",)), facts)
    assert not check_rule(Rule(uncleared=("cancer-history",)), facts)


def test_rule_is_readable_aloud():
    rule = Rule(conditions=("osteoporosis", "falls-risk"), age_at_least=65, stage=("early", "later"))
    assert describe_rule(rule) == (
        "the conditions include osteoporosis or falls risk and the age is 65 or more and the stage is early or later"
    )
    assert describe_rule(rule, PERSON).startswith("the conditions include falls risk and")


def test_bits_tell_apart_what_a_rule_asks_about():
    mentions = gather_mentions((Rule(age_at_least=65, conditions=("falls-risk",)),))
    bits = FactBits(gather_mentions(read_library().sections))
    mask = bits.find_mask(mentions)

    def project(facts):
        return bits.mark_facts(facts).bits & mask

    old = project(PERSON)
    assert old == project(Facts("personal", PERSON.conditions, PERSON.conditions, age=66, work="desk"))
    assert old != project(Facts("personal", PERSON.conditions, PERSON.conditions, age=64))
    assert old != project(Facts("personal", age=70))


def test_birthday_of_29_february():
    born = DAY.replace(year=2008, month=2, day=29)
    assert count_years(born, DAY.replace(year=2024, month=2, day=28)) == 15
    assert count_years(born, DAY.replace(year=2024, month=2, day=29)) == 16
    assert count_years(born, DAY.replace(year=2025, month=2, day=28)) == 16


def test_a_move_without_a_verdict_is_asked_about():
    library = read_library()
    bridge: Exercise = library.exercises["bridge"]
    table = MovesTable(columns=library.moves.columns, moves={}, any_week_of_pregnancy=())
    weak: Condition = library.conditions["osteoporosis"]
    facts = Facts("personal", frozenset({weak.id}), frozenset({weak.id}))
    ruling = Verdicts(table, {weak.id: weak}, {"bridge": bridge}).judge_move("bridge", facts)
    assert ruling.verdict == "A" and "no verdict" in ruling.reason


def test_words_that_are_missing_are_named():
    locale: Locale = read_library().locales["en"]
    wording = Wording(locale, CLINIC)
    assert wording.fill_words("Call {phone}.") == "Call 0555 013 4400."
    assert wording.fill_sides("{One} knee, then {other}.", "left") == "Your left knee, then your right."
    assert wording.count_words("dose-times", 1) == "once a day"
    starred = Wording(locale, replace(CLINIC, name="A **B** clinic"))
    assert starred.fill_words("**{clinic}**") == "**A *B* clinic**"
    with pytest.raises(ContentError, match="dose-time"):
        wording.find_word("dose-time")
    with pytest.raises(ContentError, match="phon"):
        wording.fill_words("Call {phon}.")
