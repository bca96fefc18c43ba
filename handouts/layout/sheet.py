"""A plan to finished pages: the opening, the parts with room, page furniture, and the proof of the red-flag box."""

from __future__ import annotations

from functools import cached_property

from handouts.dataclass import dataclass
from handouts.layout.blocks import recipient, strip
from handouts.layout.compose import compose_opening
from handouts.layout.fitting import fit_parts
from handouts.layout.letters import check_letters, explain_letters
from handouts.layout.logo import Logo
from handouts.layout.page import Block, Page, Placed
from handouts.layout.paginate import Frame, count_pages
from handouts.layout.placing import place_spots
from handouts.layout.proof import prove_red_flags
from handouts.layout.reuse import (
    ADDRESS,
    Bookmark,
    Layout,
    OwnBlocks,
    drop_address,
    find_layout,
    keep_layout,
    make_dense_setting,
    make_layout_key,
    set_own_blocks,
)
from handouts.layout.setting import Setting
from handouts.layout.units import Flow
from handouts.tailor.plan import Paragraph, Part, Plan
from handouts.typeset.fonts import MissingLetterError

PAPERS = {"a4": (595.276, 841.89), "letter": (612.0, 792.0)}
"""Width and height in points: ISO 216 A4 (210 × 297 mm), ANSI/ASME Y14.1 letter (8.5 × 11 in)."""

JOINED_KINDS = frozenset({"section", "sleep"})
"""Parts whose blocks are the same on many sheets, in the same order."""


@dataclass(frozen=True)
class Sheet:
    """A plan laid out. ``layout`` is the same object for all sheets that differ in their personal blocks only.

    ``own`` are a person's blocks by origin. All pages are furnished with ``head`` and ``foot`` when they are asked for:
    a known layout is painted without them.
    """

    layout: Layout
    own: OwnBlocks
    setting: Setting
    size: tuple[float, float]
    head: Block
    foot: Block

    @property
    def count(self) -> int:
        """Return the number of pages."""
        return len(self.layout.broken)

    @property
    def bookmarks(self) -> tuple[Bookmark, ...]:
        """Return the headings as (level, title, page index, y)."""
        return self.layout.bookmarks

    @property
    def left_out(self) -> tuple[str, ...]:
        """Return the optional parts left out for room."""
        return self.layout.left_out

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Return the finished pages."""
        broken = self.layout.place_blocks(self.own)
        return tuple(self._furnish_page(placed, number) for number, placed in enumerate(broken))

    def _furnish_page(self, placed: tuple[Placed, ...], number: int) -> Page:
        """Return a page with its number, its head (but for page 1) and its foot; what is one person's comes last."""
        setting, head, foot, size = self.setting, self.head, self.foot, self.size
        margins = setting.theme.margins
        count = setting.remember(strip.set_page_number, number + 1, self.count, setting.width)
        bottom = size[1] - margins.bottom - foot.height
        heads = [Placed(part.block, margins.left + part.x, margins.top + part.y) for part in head.parts if number]
        furniture = [Placed(count, margins.left, bottom), *heads, Placed(foot, margins.left, bottom)]
        return Page(size[0], size[1], (*placed, *furniture))


def lay_out(plan: Plan, setting: Setting, paper: str, logo: Logo | None = None) -> Sheet:
    """Return the pages of a plan.

    LayoutError when the parts need more pages than the handout allows (naming where it overflows), when a part fits on
    no page, when a letter has no glyph, or when the red-flag box does not stand whole where it must.
    """
    check_letters(plan, setting)
    try:
        return _lay_out(plan, setting, paper, logo)
    except MissingLetterError:
        explain_letters(plan, setting)
        raise


def _lay_out(plan: Plan, setting: Setting, paper: str, logo: Logo | None) -> Sheet:
    size = PAPERS[paper]
    foot = strip.set_foot(setting, plan, setting.width)
    head = strip.set_running_head(setting, plan.clinic, plan.person, setting.width)
    own = set_own_blocks(setting, plan)
    key = make_layout_key(plan, paper, own, (head.height, foot.height))
    layout, own = find_layout(setting, key, own, plan)
    if layout is None:
        frame = _make_frame(setting, size, head.height, foot.height)
        opening, without = _open_page(plan, setting, frame, logo, own["strip"])
        breaker, left_out = fit_parts(plan, setting, opening, frame, own)
        joined = {part.id for part in plan.parts if _is_common(part)}
        broken, bookmarks = place_spots(setting, breaker.spots, joined)
        layout, own = keep_layout(setting, key, Layout(broken, bookmarks, (*without, *left_out)), own)
    prove_red_flags(layout.broken, plan, setting)
    furniture = (foot, *(part.block for part in head.parts))
    own |= {block.origin: block for block in furniture if block.personal}
    return Sheet(layout, own, setting, size, head, foot)


def _is_common(part: Part) -> bool:
    """Return whether the blocks of a part stand together on many sheets.

    They do not where each paragraph has a reason of its own to be there: few people have the same ones.
    """
    return part.kind in JOINED_KINDS and not (
        part.blocks and all(isinstance(block, Paragraph) and block.statement.because for block in part.blocks)
    )


def _open_page(
    plan: Plan, setting: Setting, frame: Frame, logo: Logo | None, own: Block
) -> tuple[tuple[Flow, ...], tuple[str, ...]]:
    """Return what opens page 1, and what was left out of it.

    Where long or large words would push the box off the page, its lines are set closer; where that is not enough, the
    clinic's address gives way.
    """
    opening = compose_opening(setting, plan, logo, own)
    if count_pages(opening[:1], frame) == 1:
        return opening, ()
    dense = setting.remember(make_dense_setting)
    own = recipient.set_person(dense, plan, dense.width)
    closer = compose_opening(dense, plan, logo, own)[:1]
    if not plan.clinic.address or count_pages(closer, frame) == 1:
        return (*closer, *opening[1:]), ()
    return (*compose_opening(dense, drop_address(plan), logo, own)[:1], *opening[1:]), (ADDRESS,)


def _make_frame(setting: Setting, size: tuple[float, float], head: float, foot: float) -> Frame:
    margins = setting.theme.margins
    gap = setting.theme.gap("s") + 2
    return Frame(
        left=margins.left,
        width=setting.width,
        first_top=margins.top,
        top=margins.top + head + gap,
        bottom=size[1] - margins.bottom - foot - setting.theme.gap("xs") - 2,
        gutter=setting.theme.gutter,
    )
