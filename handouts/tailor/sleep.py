"""Sleep positions for one person: those that are not safe left out, the best first, and the log roll."""

from __future__ import annotations

from collections.abc import Mapping

from handouts.content import models
from handouts.tailor.plan import Decision, FigureUse, Omission, SleepCard
from handouts.tailor.rules import Facts, check_rule, describe_rule
from handouts.tailor.statements import Chooser, find_condition
from handouts.tailor.trail import Trail
from handouts.tailor.verdicts import STRICTNESS, describe_source
from handouts.tailor.wording import Wording

_WORDS = {"N": "Leave out (N).", "A": "Ask us first (A)."}


def choose_sleep(
    positions: Mapping[str, models.SleepPosition],
    facts: Facts,
    wording: Wording,
    trail: Trail,
    most: int | None = None,
) -> tuple[SleepCard, ...]:
    """Return the positions that suit the person: the best first, then the one slept in now; moves (log roll) last.

    At most ``most`` positions are taken; the moves do not count. What a position's rules refuse goes to the trail, with
    the strictest rule as the reason.
    """
    chooser = Chooser(facts, wording, trail)
    kept = [item for item in positions.values() if _keep_position(item, facts, trail)]
    kept.sort(
        key=lambda item: (
            item.kind == "move",
            not _suits_best(item, facts),
            item.id != facts.sleeps_on,
            item.priority,
            item.id,
        )
    )
    resting = [item for item in kept if item.kind == "position"]
    dropped = {item.id for item in (resting[most:] if most else ())}
    because = f"the handout has room for {most}, and others suit better"
    trail.decisions.extend(Decision(name, "sleep position not printed", because) for name in sorted(dropped))
    return tuple(_make_sleep_card(item, facts, chooser) for item in kept if item.id not in dropped)


def _suits_best(position: models.SleepPosition, facts: Facts) -> bool:
    return not facts.conditions.isdisjoint(position.best_for)


def _keep_position(position: models.SleepPosition, facts: Facts, trail: Trail) -> bool:
    broken = [rule for rule in position.rules if check_rule(rule.when, facts)]
    if not broken:
        return True
    strictest = max(STRICTNESS[rule.verdict] for rule in broken)
    rules = [rule for rule in broken if STRICTNESS[rule.verdict] == strictest]
    reasons = " ".join(f"Because {describe_rule(rule.when, facts)}: {rule.reason}" for rule in rules)
    source = "; ".join(dict.fromkeys(describe_source(rule.sources, rule.mark) for rule in rules))
    condition = find_condition(rules[0].when, facts)
    trail.omissions.append(Omission(position.id, "sleep", f"{_WORDS[rules[0].verdict]} {reasons}", condition, source))
    return False


def _make_sleep_card(position: models.SleepPosition, facts: Facts, chooser: Chooser) -> SleepCard:
    chooser.trail.use_sources(position.sources)
    alt = tuple(chooser.fill_words(text) for text in position.alt)
    return SleepCard(
        id=position.id,
        kind=position.kind,
        title=chooser.fill_words(position.title),
        figure=FigureUse(position.figure, "both", alt),
        lead=chooser.choose_statement(position.lead),
        steps=chooser.choose_statements(position.steps),
        stop=chooser.choose_statement(position.stop),
        easier=chooser.choose_statement(position.easier),
        best=_suits_best(position, facts),
        sources=position.sources,
    )
