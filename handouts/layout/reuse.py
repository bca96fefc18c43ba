"""Layouts used again: who has the same plan and personal blocks of the same height has the same pages but for those."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import field, replace

from handouts.dataclass import dataclass
from handouts.layout.blocks import closing, recipient, summary
from handouts.layout.memory import Memory
from handouts.layout.page import Block, Group, Placed
from handouts.layout.setting import Setting
from handouts.layout.theme import make_dense
from handouts.tailor.plan import Plan

MOST_LAYOUTS = 400
"""Layouts kept by one setting; one takes about 10 kB. Beyond it the one unused for longest goes."""

ADDRESS = "clinic-address"
"""What is said to be left out when page 1 has no line to spare for the clinic's address."""

OwnBlocks = dict[str, Block]
Bookmark = tuple[int, str, int, float]
Broken = tuple[tuple[Placed, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where every block of a plan stands; the personal ones are those of the person it was first made for.

    ``dense`` says that page 1 was opened with lines set closer, so that its personal block is another.
    """

    broken: Broken
    bookmarks: tuple[Bookmark, ...]
    left_out: tuple[str, ...]
    dense: bool = False
    _own: tuple[tuple[int, int], ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        own = [
            (at, place) for at, page in enumerate(self.broken) for place, each in enumerate(page) if each.block.personal
        ]
        object.__setattr__(self, "_own", tuple(own))

    def holds(self, own: OwnBlocks) -> bool:
        """Return whether another person's blocks fit into the places of the first one's."""
        first = [self.broken[at][place].block for at, place in self._own]
        return all(old.origin in own and own[old.origin].height == old.height for old in first)

    def place_blocks(self, own: OwnBlocks) -> Broken:
        """Return the pages with a person's blocks, which fit, in the places of the first one's."""
        pages = list(self.broken)
        for at, place in self._own:
            old = pages[at][place]
            pages[at] = (*pages[at][:place], replace(old, block=own[old.block.origin]), *pages[at][place + 1 :])
        return tuple(pages)


def make_dense_setting(setting: Setting) -> Setting:
    """Return the setting of an opening whose lines must stand closer to hold the red-flag box on page 1."""
    return replace(setting, theme=make_dense(setting.theme), memory=Memory(), layouts={})


def set_own_blocks(setting: Setting, plan: Plan) -> OwnBlocks:
    """Return the personal blocks of a plan by origin, without head and foot of the pages."""
    blocks = {"strip": recipient.set_person(setting, plan, setting.width)}
    person = plan.person
    if person is None:
        return blocks
    for part in plan.parts:
        groups = (Group("Sect", part.id),)
        if part.kind == "plan" and person.goal:
            blocks["goal"] = summary.set_goal_line(setting, person.goal, setting.width, groups)
        elif part.kind == "notes" and person.notes:
            title = part.title or setting.word("notes")
            blocks["notes"] = closing.set_notes(setting, title, person.notes, setting.width, groups)
    return blocks


def make_layout_key(plan: Plan, paper: str, own: OwnBlocks, furniture: tuple[float, float]) -> Hashable:
    """Return what pages depend on: the plan without its personal lines, and how high those are."""
    return (plan.layout_digest, paper, furniture, *((origin, block.height) for origin, block in own.items()))


def drop_address(plan: Plan) -> Plan:
    """Return the plan without the clinic's address, for a page 1 that has no line to spare for it."""
    return replace(plan, clinic=replace(plan.clinic, address=()))


def find_layout(setting: Setting, key: Hashable, own: OwnBlocks, plan: Plan) -> tuple[Layout | None, OwnBlocks]:
    """Return a layout made before, or None, and the person's blocks as they stand in it."""
    layout: Layout | None = setting.layouts.pop(key, None)
    if layout is None:
        return None, own
    setting.layouts[key] = layout
    fitting = own
    if layout.dense:
        fitting = own | {"strip": recipient.set_person(setting.remember(make_dense_setting), plan, setting.width)}
    return (layout, fitting) if layout.holds(fitting) else (None, own)


def keep_layout(setting: Setting, key: Hashable, layout: Layout, own: OwnBlocks) -> tuple[Layout, OwnBlocks]:
    """Keep a layout for the next person; return it, and the first one's blocks as they stand in it."""
    first = {placed.block.origin: placed.block for page in layout.broken for placed in page if placed.block.personal}
    layout = replace(layout, dense=first["strip"].items != own["strip"].items)
    if len(setting.layouts) >= MOST_LAYOUTS:
        del setting.layouts[next(iter(setting.layouts))]
    setting.layouts[key] = layout
    return layout, own | first
