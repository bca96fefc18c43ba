"""What a reader of the tag tree must find, written from the plan alone: every word in order, each picture in words.

The order is the one in which a person would read the sheet aloud. Layout may leave a part out for want of room and
choose between two forms of one; such pieces are marked as free.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from handouts.tailor import plan as p

SILENT = re.compile(r"[\s·•]+")


@dataclass(frozen=True)
class Piece:
    """Words that follow; ``free`` ones may be missing."""

    words: str
    free: bool = False


def squeeze(words: str) -> str:
    """Return words without spaces, dots between doses and bullets, so that line ends do not matter."""
    return SILENT.sub("", words.replace("**", ""))


def find_difference(found: str, pieces: list[Piece]) -> str | None:
    """Return where the text found leaves the pieces, or None when it is made of them, in order, and of nothing else."""
    text = squeeze(found)
    places = {0}
    for piece in pieces:
        words = squeeze(piece.words)
        after = {place + len(words) for place in places if text.startswith(words, place)}
        after |= places if piece.free else set()
        if not after:
            place = max(places)
            return f"wanted {piece.words[:60]!r}, found {text[place : place + 60]!r}"
        places = after
    return None if len(text) in places else f"nothing more was wanted, found {text[max(places) :][:80]!r}"


def list_orders(plan: p.Plan) -> Iterator[tuple[p.Part, ...]]:
    """Yield the orders in which the parts of a plan may be printed: as planned, then with more and more ahead."""
    yield plan.parts
    ids = [part.id for part in plan.parts]
    candidates = [part for part in plan.parts if part.ahead_of in ids]
    for count in range(1, len(candidates) + 1):
        ahead = candidates[:count]
        order = [part for part in plan.parts if part not in ahead]
        for part in ahead:
            order.insert([each.id for each in order].index(part.ahead_of), part)
        yield tuple(order)


def compare_words(found: str, plan: p.Plan, one_column: bool) -> str | None:
    """Return where the text found leaves what a plan wants, or None where it follows it in one of its orders."""
    plans = [replace(plan, parts=parts) for parts in list_orders(plan)]
    ways = [find_difference(found, Expectation(each, one_column).write()) for each in plans]
    return None if None in ways else ways[0]


class Expectation:
    """Writes the pieces of one plan. ``one_column`` is large print, where a line stands before tier 2 of the box."""

    def __init__(self, plan: p.Plan, one_column: bool) -> None:
        self.plan = plan
        self.words = dict(plan.words)
        self.one_column = one_column
        self.pieces: list[Piece] = []
        self.free = False

    def add(self, *texts, free=False) -> None:
        self.pieces += [Piece(str(text), free or self.free) for text in texts if text]

    def word(self, key, **values) -> str:
        phrase = self.words[key]
        if not isinstance(phrase, str):
            phrase = phrase[0] if values.get("n") == 1 else phrase[1]
        return phrase.format(**values)

    def write(self) -> list[Piece]:
        self.add_opening()
        for part in self.plan.parts:
            if part.kind != "red-flags":
                self.free = part.if_room or bool(part.stands_in_for) or self.is_replaced(part)
                getattr(self, "add_" + part.kind.replace("-", "_"))(part)
                self.free = False
        return self.pieces

    def is_replaced(self, part) -> bool:
        return any(other.stands_in_for == part.id for other in self.plan.parts)

    def add_opening(self) -> None:
        plan, person, clinic = self.plan, self.plan.person, self.plan.clinic
        self.add(clinic.name, ", ".join(clinic.address), clinic.phone)
        if person is None:
            self.add(self.word("for"), self.word("date"))
        else:
            for key, value in (
                ("for", person.name),
                ("date-of-birth", person.date_of_birth),
                ("date", plan.date_words),
                ("reference", person.reference),
                ("seen-by", person.seen_by),
                ("next-visit", person.next_visit),
            ):
                self.add(*([self.word(key), value] if value else []))
        self.add(plan.title, *(line.text for line in plan.message))
        box = plan.red_flags
        self.add(box.now.title, box.now.lead, *(line.text for line in box.now.items))
        self.add(*([box.today_short] if self.one_column else []))
        self.add(box.today.title, box.today.lead, *(line.text for line in box.today.items), box.last.text)

    def open_part(self, part, default="") -> None:
        self.add(part.title or default)
        self.add(part.lead.text if part.lead else "")

    def add_plan(self, part) -> None:
        plan = self.plan
        self.add(part.title or self.word("plan-title" if plan.person else "plan-generic"))
        if plan.minutes_per_day:
            minutes = self.word("minutes-a-day", n=plan.minutes_per_day)
            apart = ["walking"] * any(card.group == "walk" for card in plan.exercises)
            apart += ["breathing"] * any(card.group == "breathing" for card in plan.exercises)
            self.add(self.word("plus-" + "-and-".join(apart), minutes=minutes) if apart else minutes)
        self.add(part.lead.text if part.lead else "")
        if plan.person and plan.person.goal:
            self.add(self.word("goal") + ":", plan.person.goal)
        for number, card in enumerate(plan.exercises, 1):
            self.add(number, card.title)
            self.add(":", free=True)
            self.add(card.dose.short)
            self.add(card.figure.alt[min(1, len(card.figure.alt) - 1)], free=True)
        self.add(plan.ask_for_moves)

    def add_exercises(self, part) -> None:
        if not self.plan.exercises and not self.plan.ask_for_moves:
            return
        self.open_part(part)
        for number, card in enumerate(self.plan.exercises, 1):
            self.add(number, card.title)
            if part.style == "cards":
                self.add(*card.dose.words)
                self.add_frames(card.figure, named=True)
                self.add_steps(card.steps)
            else:
                self.add(card.figure.alt[min(1, len(card.figure.alt) - 1)], *card.dose.words)
                self.add(*(step.text for step in card.steps))
            stop = " ".join(line.text for line in card.stop)
            if part.style == "cards":
                self.add(*((self.word("take-care") + ":", card.caution.text) if card.caution else ()))
                self.add(self.word("you-should-feel") + ":", card.feel.text)
                self.add(self.word("stop-if") + ":", stop, self.word("easier") + ":", card.easier.text)
                self.add(*((self.word("not-for-you"), *(line.text for line in card.not_for)) if card.not_for else ()))
                overridden = self.word("overridden", title=card.title, name=card.overridden_by)
                self.add(overridden if card.overridden_by else "")
            else:
                self.add(self.word("stop-if") + ":", stop)
        self.add(self.plan.ask_for_moves)

    def add_frames(self, figure, named=False) -> None:
        names = {1: [""], 2: [self.word("start"), self.word("move")]}
        count = len(figure.alt)
        for at, alt in enumerate(figure.alt):
            self.add(names.get(count, [str(number + 1) for number in range(count)])[at] if named else "", alt)

    def add_steps(self, steps) -> None:
        for number, step in enumerate(steps, 1):
            self.add(number, step.text)

    def add_tick_chart(self, part) -> None:
        if not self.plan.exercises:
            return
        self.open_part(part)
        self.add(self.word("tick-title"), *(self.word(f"day-{day}") for day in range(1, 8)))
        for number, card in enumerate(self.plan.exercises, 1):
            self.add(number, card.title)

    def add_section(self, part) -> None:
        self.free = self.free or all(p.find_block_id(block) in part.extra for block in part.blocks)
        self.open_part(part)
        for block in part.blocks:
            kept, self.free = self.free, self.free or p.find_block_id(block) in part.extra
            self.add_block(block)
            self.free = kept

    add_conditions = add_section

    def add_block(self, block) -> None:
        match block:
            case p.Paragraph():
                self.add(block.statement.text)
            case p.BulletList():
                self.add(block.lead, *(item.text for item in block.items))
            case p.StepList():
                self.add(block.title)
                for number, step in enumerate(block.items, 1):
                    alts = block.figure.alt if block.figure else ()
                    self.add(number, step.text, alts[number - 1] if number <= len(alts) else "")
            case p.Table():
                self.add(block.caption, *block.columns)
                for row in block.rows:
                    self.add(*row.cells)
            case p.Timeline():
                for point in block.points:
                    self.add(point.label, point.statement.text)
            case p.Pairs():
                for at, pair in enumerate(block.pairs):
                    free = self.free or at > 0
                    self.add(pair.topic, free=free)
                    for key, words, figure in (
                        ("easier-way", pair.easier, pair.figure_easier),
                        ("harder-way", pair.harder, pair.figure_harder),
                    ):
                        self.add(self.word(key), words, figure.alt[0] if figure else "", free=free)
            case p.Note():
                self.add(block.title, *(item.text for item in block.items))
            case p.Questions():
                for item in block.items:
                    self.add(item.question, item.answer.text)
            case p.FigureBlock():
                self.add(*block.figure.alt, block.caption)

    def add_sleep(self, part) -> None:
        cards = [card for card in self.plan.sleep if not part.cards or card.id in part.cards]
        if not cards:
            return
        self.open_part(part)
        ordered = [card for card in cards if card.kind == "position"]
        for card in ordered:
            self.add(card.title, self.word("sleep-best") if card.best else "")
            self.add_frames(p.FigureUse(card.figure.id, card.figure.side, card.figure.alt[:1]))
            self.add(card.lead.text if card.lead else "")
            self.add_steps(card.steps)
            self.add(card.stop.text if card.stop else "", free=True)
        self.add(ordered[0].stop.text if ordered and ordered[0].stop else "", free=True)
        for card in cards:
            if card.kind == "move":
                self.add(card.title, card.lead.text if card.lead else "")
                for number, step in enumerate(card.steps, 1):
                    self.add(number, step.text, card.figure.alt[number - 1] if number <= len(card.figure.alt) else "")
                self.add(card.stop.text if card.stop else "")
                self.add(*((self.word("easier") + ":", card.easier.text) if card.easier else ()))
        for block in part.blocks:
            self.add_block(block)

    def add_notes(self, part) -> None:
        self.add(part.title or self.word("notes"), *(self.plan.person.notes if self.plan.person else ()))

    def add_link(self, part) -> None:
        clinic = self.plan.clinic
        lead = part.lead.text if part.lead else self.word("scan")
        self.add(f"{self.word('scan')}: {clinic.short_address}", lead)
        self.add(self.word("scan-words", address=clinic.short_address))

    def add_sources(self, part) -> None:
        if not self.plan.sources:
            return
        bodies = "; ".join(dict.fromkeys(line.body for line in self.plan.sources if line.main))
        form = "where-from-form" if all(line.main for line in self.plan.sources) else "where-from-others"
        self.add(part.title or self.word("where-from"), self.word(form, bodies=bodies))
