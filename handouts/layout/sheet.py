"""A plan to finished pages: budget, optional parts, page furniture, bookmarks, and the proof of the red-flag box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handouts.dataclass import dataclass
from handouts.diagnostics import Diagnostic, LayoutError, Span
from handouts.layout.blocks import strip
from handouts.layout.clusters import join_blocks
from handouts.layout.compose import compose_opening, compose_part, compose_plain_plan
from handouts.layout.letters import check_letters, explain_letters
from handouts.layout.logo import Logo
from handouts.layout.page import Block, Page, Placed, Tag, Text
from handouts.layout.paginate import Frame, PageBreaker, break_pages
from handouts.layout.proof import prove_red_flags
from handouts.layout.reuse import (
    ADDRESS,
    Bookmark,
    Broken,
    Layout,
    drop_address,
    find_layout,
    keep_layout,
    make_dense_setting,
    make_layout_key,
    set_own_blocks,
)
from handouts.layout.setting import Setting
from handouts.layout.units import Flow
from handouts.tailor.plan import Pairs, Part, Plan, find_block_id
from handouts.typeset.fonts import MissingLetterError

PAPERS = {"a4": (595.276, 841.89), "letter": (612.0, 792.0)}
"""Width and height in points: ISO 216 A4 (210 × 297 mm), ANSI/ASME Y14.1 letter (8.5 × 11 in)."""

SHARED_KINDS = frozenset({"section", "conditions"})
"""Parts of the handout whose pages depend on nothing but themselves."""

JOINED_KINDS = frozenset({"section", "sleep"})
"""Parts whose blocks are the same on many sheets, in the same order."""

LARGER = 3
"""A large-print sheet has about twice to thrice the pages of a standard one."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Finished pages with their bookmarks (level, title, page index, y) and the optional parts left out for room.

    ``layout`` is the same object for all sheets that differ in their personal blocks only.
    """

    pages: tuple[Page, ...]
    bookmarks: tuple[Bookmark, ...]
    left_out: tuple[str, ...]
    layout: Layout | None = None


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
    layout, broken = find_layout(setting, key, own, plan)
    if layout is None:
        frame = _make_frame(setting, size, head.height, foot.height)
        opening, without = _open_page(plan, setting, frame, logo, own["strip"])
        broken, left_out = _fit_parts(plan, setting, opening, frame)
        bookmarks = _collect_bookmarks(broken)
        broken = join_blocks(setting, broken, {part.id for part in plan.parts if part.kind in JOINED_KINDS})
        layout = keep_layout(setting, key, Layout(broken, bookmarks, (*without, *left_out)), own)
    prove_red_flags(broken, plan, setting)
    pages = tuple(
        _furnish_page(placed, number, len(broken), setting, head, foot, size) for number, placed in enumerate(broken)
    )
    return Sheet(pages, layout.bookmarks, layout.left_out, layout)


def _open_page(
    plan: Plan, setting: Setting, frame: Frame, logo: Logo | None, own: Block
) -> tuple[tuple[Flow, ...], tuple[str, ...]]:
    """Return what opens page 1, and what was left out of it.

    Where long or large words would push the box off the page, its lines are set closer; where that is not enough, the
    clinic's address gives way.
    """
    opening = compose_opening(setting, plan, logo, own)
    if len(break_pages(opening[:1], frame)) == 1:
        return opening, ()
    dense = setting.remember(make_dense_setting)
    own = strip.set_person(dense, plan, dense.width)
    closer = compose_opening(dense, plan, logo, own)[:1]
    if not plan.clinic.address or len(break_pages(closer, frame)) == 1:
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


def _fit_parts(plan: Plan, setting: Setting, opening: Sequence[Flow], frame: Frame) -> tuple[Broken, tuple[str, ...]]:
    """Return the broken pages with as many optional parts and blocks, by rank, as the page budget has room for."""
    budget = _find_budget(plan, setting)
    chosen = {part.id: None if part.if_room else setting.recall(_drop_extra, part) for part in plan.parts}
    made: dict[int, tuple[Part, tuple[Flow, ...]]] = {}
    breaker = PageBreaker(frame)

    def break_chosen(most: int | None = None) -> int | None:
        flows = list(opening)
        for part in chosen.values():
            if part is None or (part.stands_in_for and chosen.get(part.stands_in_for)):
                continue
            known = made.get(id(part))
            if known is None:
                known = made[id(part)] = (part, _compose(plan, setting, opening, frame, part))
            flows += known[1]
        return breaker.break_flows(flows, most)

    pages = break_chosen() or 1
    if pages > budget and setting.theme.columns == 2:
        raise _make_overflow(breaker.place_blocks(), budget, plan)
    left_out = []
    for part in sorted((part for part in plan.parts if part.if_room or part.extra), key=lambda part: part.rank):
        before = chosen[part.id]
        for form in (part, *setting.recall(_shorten, part, setting.theme.columns)):
            chosen[part.id] = form
            longer = break_chosen(max(budget, pages))
            if longer is not None:
                pages = longer
                break
        else:
            chosen[part.id] = before
            left_out.append(part.id)
    break_chosen()
    return breaker.place_blocks(), tuple(left_out)


def _shorten(part: Part, columns: int) -> tuple[Part, ...]:
    """Return the part with one row of pairs where it has more, for pages that have room for no more."""
    blocks = tuple(
        replace(block, pairs=block.pairs[:columns]) if isinstance(block, Pairs) else block for block in part.blocks
    )
    return (replace(part, blocks=blocks),) if blocks != part.blocks else ()


def _drop_extra(part: Part) -> Part | None:
    """Return a part without the blocks that are printed only where there is room; None when nothing is left."""
    if not part.extra:
        return part
    blocks = tuple(block for block in part.blocks if find_block_id(block) not in part.extra)
    return replace(part, blocks=blocks) if blocks else None


def _compose(plan: Plan, setting: Setting, opening: Sequence[Flow], frame: Frame, part: Part) -> tuple[Flow, ...]:
    """Return a part's flows; the plan in short goes without pictures where only that keeps it on page 1."""
    if part.kind in SHARED_KINDS:
        look = part.look
        known = setting.memory.find(("flows", id(look)))
        if known is None:
            known = setting.memory.keep(("flows", id(look)), look, compose_part(setting, plan, look))
        shared: tuple[Flow, ...] = known[1]
        return shared
    flows = compose_part(setting, plan, part)
    if part.kind == "plan" and setting.theme.columns == 2 and len(break_pages([*opening, *flows], frame)) > 1:
        plain = compose_plain_plan(setting, plan, part)
        if len(break_pages([*opening, *plain], frame)) == 1:
            return plain
    return flows


def _find_budget(plan: Plan, setting: Setting) -> int:
    """Return the most pages this sheet may have; in one column (large print) the most that optional parts may fill."""
    if setting.theme.columns == 1:
        return LARGER * plan.pages_most
    if plan.pages_small is not None and len(plan.exercises) <= 3:
        return plan.pages_small
    return plan.pages_most


def _make_overflow(broken: Broken, budget: int, plan: Plan) -> LayoutError:
    first = next(iter(broken[budget]))
    part = next((part.id for part in plan.parts if _belongs(first.block, part)), first.block.origin)
    return LayoutError(
        Diagnostic(
            "too-many-pages",
            f"the handout '{plan.handout}' needs {len(broken)} pages and may have {budget}; it overflows here",
            Span(part),
            hint="shorten a section, mark one 'if_room: true', or raise 'pages' in the handout",
        )
    )


def _belongs(block: Block, part: Part) -> bool:
    return bool(block.groups) and block.groups[0].key == part.id


def _furnish_page(
    placed: tuple[Placed, ...],
    number: int,
    pages: int,
    setting: Setting,
    head: Block,
    foot: Block,
    size: tuple[float, float],
) -> Page:
    """Return a page with its number, its head (but for page 1) and its foot; what is one person's alone comes last."""
    margins = setting.theme.margins
    count = setting.remember(strip.set_page_number, number + 1, pages, setting.width)
    bottom = size[1] - margins.bottom - foot.height
    heads = [Placed(part.block, margins.left + part.x, margins.top + part.y) for part in head.parts if number]
    furniture = [Placed(count, margins.left, bottom), *heads, Placed(foot, margins.left, bottom)]
    return Page(size[0], size[1], (*placed, *furniture))


def _collect_bookmarks(broken: Broken) -> tuple[Bookmark, ...]:
    """Return title and section headings with their places."""
    found: list[Bookmark] = []
    for number, page in enumerate(broken):
        for placed in page:
            for tag in placed.block.tags:
                if tag.role in {"H1", "H2"}:
                    words = _read_tag(placed.block, tag)
                    found.append((int(tag.role[1]), words, number, placed.y))
    return tuple(found)


def _read_tag(block: Block, tag: Tag) -> str:
    texts = []
    for child in tag.children:
        item = block.items[child] if isinstance(child, int) else None
        if isinstance(item, Text):
            texts.append("".join(run.text for run in item.runs))
    return " ".join(texts)
