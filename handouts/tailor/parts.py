"""The parts of a handout for one person, in their order, each with the blocks of its section."""

from __future__ import annotations

from functools import partial

from handouts.content import models
from handouts.diagnostics import ContentError, Diagnostic, Span
from handouts.tailor.bits import Marks
from handouts.tailor.blocks import choose_block
from handouts.tailor.plan import ContentBlock, Part
from handouts.tailor.rulebook import Rulebook
from handouts.tailor.statements import Chooser
from handouts.tailor.store import Slot
from handouts.tailor.trail import Piece, Trail


def check_parts(handout: models.Handout) -> None:
    """Raise ContentError unless the handout prints the red-flag box whatever the record says."""
    boxes = [part for part in handout.parts if part.part == "red-flags"]
    if not boxes or any(models.find_lifting_keys(partial(getattr, part)) for part in boxes):
        message = f"the handout '{handout.id}' must print the red-flag box, without when, unless or if_room"
        span = Span(f"handouts/{handout.id}.yaml")
        raise ContentError(Diagnostic("red-flags-fixed", message, span, hint="add '- part: red-flags' to its parts"))


def open_part(handout: models.Handout, at: int, rulebook: Rulebook) -> Slot[Piece[Part | None]]:
    """Return the place of one part: None when its own rules, its section's or those of all its blocks leave it out."""
    part = handout.parts[at]
    section = rulebook.library.sections[part.section] if part.section else None
    blocks = [slot for block, slot in _open_blocks(section, rulebook) if _takes_block(part, block.id)]

    def make(marks: Marks, trail: Trail) -> Part | None:
        chooser = rulebook.start_chooser(marks.facts, trail)
        if not _keep_part(part, chooser) or (section and chooser.keep_item(section, "section", section.title) is None):
            return None
        chosen = [trail.take_piece(slot.find(marks)) for slot in blocks]
        return _fill_part(part, section, at, handout, tuple(block for block in chosen if block is not None), chooser)

    mask = rulebook.find_mask((part, section and section.model_copy(update={"blocks": ()})))
    for slot in blocks:
        mask |= slot.mask
    return rulebook.open_slot(mask, make)


def _open_blocks(
    section: models.Section | None, rulebook: Rulebook
) -> tuple[tuple[models.ContentBlock, Slot[Piece[ContentBlock | None]]], ...]:
    """Return the blocks of a section with their places, which all parts of all handouts share."""
    if section is None:
        return ()

    def open_block(block: models.ContentBlock) -> Slot[Piece[ContentBlock | None]]:
        def make(marks: Marks, trail: Trail) -> ContentBlock | None:
            return choose_block(block, rulebook.start_chooser(marks.facts, trail))

        return rulebook.open_slot(rulebook.find_mask(block), make, whole=False)

    return rulebook.keep(("section", section.id), lambda: tuple((item, open_block(item)) for item in section.blocks))


def _takes_block(part: models.Part, block: str) -> bool:
    return not part.blocks or block in part.blocks or block in part.extra


def _keep_part(part: models.Part, chooser: Chooser) -> bool:
    name = part.section or part.part
    stand_in = _RuledPart(name, part.when, part.unless)
    return chooser.keep_item(stand_in, "section", part.title) is not None


class _RuledPart:
    """A part seen as something with rules; its name is that of its section."""

    def __init__(self, name: str, when: models.Rule | None, unless: models.Rule | None) -> None:
        self.id = name
        self.when = when
        self.unless = unless


def _fill_part(
    part: models.Part,
    section: models.Section | None,
    at: int,
    handout: models.Handout,
    blocks: tuple[ContentBlock, ...],
    chooser: Chooser,
) -> Part | None:
    if section and not blocks:
        return None
    title = (part.title or (section.title if section else None)) if part.heading else None
    before = sum(one.section == part.section and one.part == part.part for one in handout.parts[:at])
    name = part.section or part.part
    return Part(
        kind=part.part,
        id=f"{name}-{before + 1}" if before else name,
        title=None if title is None else chooser.fill_words(title),
        lead=chooser.choose_statement(part.lead),
        blocks=blocks,
        columns=part.columns,
        style=part.style,
        new_page=part.new_page,
        if_room=part.if_room,
        extra=part.extra,
        rank=part.rank,
        cards=part.blocks if part.part == "sleep" else (),
        stands_in_for=part.stands_in_for,
        ahead_of=part.ahead_of,
        version=section.version if section else handout.version,
    )
