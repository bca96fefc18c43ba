"""Page furniture: the clinic and the person at the head of page 1, running heads and feet."""

from __future__ import annotations

import re
from dataclasses import replace
from math import fsum

from handouts.layout.logo import Logo, print_black
from handouts.layout.page import Block, Group, Picture, Placed, Rule, Tag, Text
from handouts.layout.pieces import set_pieces
from handouts.layout.setting import Setting
from handouts.layout.stack import Stack, join_parts
from handouts.layout.theme import TextStyle
from handouts.tailor.plan import ClinicView, Person, Plan, Statement
from handouts.typeset.breaking import Span
from handouts.typeset.scripts import cut_clusters

LOGO_SIZE = 34.0
CLINIC_SHARE = 0.45
MOST_PAGES = 99
"""Pages that the foot keeps room for at its right end."""

DOT = " \u00b7 "
ELLIPSIS = "\u2026"
BETWEEN_WORDS = re.compile(r"[\s,;:&/\u00b7\u2010\u2013-]+")
"""What stands between two words of a name: it may be cut before that, so that the ellipsis follows a word."""

GROUPS = (Group("Sect", "strip"),)


def set_strip(setting: Setting, plan: Plan, logo: Logo | None, width: float, own: Block) -> Block:
    """Return the head of page 1: clinic on the left, for whom (`recipient`) on the right, with a rule under it."""
    theme = setting.theme
    clinic = setting.remember(_set_clinic, plan.clinic, logo, width if _is_narrow(setting) else width * CLINIC_SHARE)
    x, y = (0.0, clinic.height + theme.gap("s")) if _is_narrow(setting) else (width - own.width, 0.0)
    height = max(y + own.height, clinic.height) + theme.gap("s")
    rule = setting.remember(_set_rule, width)
    return join_parts("strip", (Placed(clinic, 0, 0), Placed(own, x, y), Placed(rule, 0, height)), width, height, 0.0)


def _is_narrow(setting: Setting) -> bool:
    return setting.theme.columns == 1


def _set_rule(setting: Setting, width: float) -> Block:
    """Return a hairline over the whole width."""
    theme = setting.theme
    stack = Stack(setting)
    stack.place(Rule(0, 0, width, 0, theme.colour("rule"), theme.line("hair")))
    return stack.finish("rule", width, artifact="Layout")


def _set_clinic(setting: Setting, clinic: ClinicView, logo: Logo | None, width: float) -> Block:
    stack = Stack(setting)
    tag = _set_logo_and_words(stack, clinic, logo, width)
    return stack.finish("strip-clinic", width, tags=(tag,), groups=GROUPS)


def _set_logo_and_words(stack: Stack, clinic: ClinicView, logo: Logo | None, width: float) -> Tag:
    """Set the clinic's name, address and phone beside the logo, or under it where that takes less height."""
    if logo is None:
        return _set_clinic_words(stack, clinic, 0.0, width)
    theme = stack.setting.theme
    left = _place_logo(stack, print_black(logo) if theme.black else logo) + theme.gap("s") + 2
    under = LOGO_SIZE + theme.gap("xs")
    beside, below = Stack(stack.setting), Stack(stack.setting, y=under)
    _set_clinic_words(beside, clinic, left, width)
    _set_clinic_words(below, clinic, 0.0, width)
    if below.y < beside.y:
        left, stack.y = 0.0, under
    tag = _set_clinic_words(stack, clinic, left, width)
    stack.y = max(stack.y, LOGO_SIZE)
    return tag


def _set_clinic_words(stack: Stack, clinic: ClinicView, left: float, width: float) -> Tag:
    theme = stack.setting.theme
    name = theme.style("subheading")
    children = [Tag("P", stack.set_words((Span(clinic.name, "bold"),), name, left, width - left))]
    small = replace(theme.style("small"), colour=theme.colour("ink"))
    lines = [line for line in (", ".join(clinic.address), clinic.phone) if line]
    if theme.columns == 1 and (theme.dense or stack.measure(DOT.join(lines), small) <= width - left):
        lines = [DOT.join(lines)]
    for line in lines:
        children.append(Tag("P", stack.set_words((Span(line, "regular"),), small, left, width - left)))
    return Tag("Div", tuple(children))


def _place_logo(stack: Stack, logo: Logo) -> float:
    """Place the logo as decoration (the name beside it says the same); return its width in points."""
    if logo.drawing is not None and logo.palette is not None:
        scale = min(LOGO_SIZE / logo.drawing.height, 3 * LOGO_SIZE / logo.drawing.width)
        stack.place(Picture(0, 0, scale, logo.drawing, logo.palette))
        return logo.drawing.width * scale
    assert logo.raster is not None
    scale = min(LOGO_SIZE / logo.raster.rows, 3 * LOGO_SIZE / logo.raster.columns)
    width, height = logo.raster.columns * scale, logo.raster.rows * scale
    stack.place(replace(logo.raster, x=0, y=0, width=width, height=height))
    return width


def set_running_head(setting: Setting, clinic: ClinicView, person: Person | None, width: float) -> Block:
    """Return the head of a later page: the clinic with its phone, and the person's name; an artifact.

    One line, whatever the names, so that all pages have the height that the cards were made for. The phone is whole;
    the person's name has what the phone leaves, and the clinic's name what both leave.
    """
    theme = setting.theme
    small = theme.style("small")
    start = setting.fonts.width(clinic.phone, small.weight, small.size) + theme.gap("m")
    room = width - start
    own = setting.remember(_set_head_name, "", room) if person is None else _set_head_name(setting, person.name, room)
    left = width - theme.gap("m") - fsum(item.width for item in own.items if isinstance(item, Text))
    needs = setting.fonts.width(f"{clinic.name}{DOT}{clinic.phone}", small.weight, small.size)
    if needs <= min(left, width / 2 - theme.gap("m")):
        words = setting.remember(_set_head_clinic, clinic.name, clinic.phone, width / 2, width, False)
    else:
        words = _set_head_clinic(setting, clinic.name, clinic.phone, left, width, person is not None)
    parts = (Placed(words, 0, 0), Placed(own, start, 0))
    return join_parts("running-head", parts, width, words.height, 0.0)


def _set_head_name(setting: Setting, name: str, width: float) -> Block:
    """Return a person's name at the right, cut if it is wider than ``width``; personal."""
    stack = Stack(setting)
    bold = replace(setting.theme.style("small"), weight="bold", colour=setting.theme.colour("ink"))
    shown = _shorten(stack, name, bold, width) or _cut_letters(stack, name, bold, width)
    if shown:
        stack.set_words((Span(shown, "bold"),), bold, 0, width, align="right")
    return stack.finish("running-head", width, tags=(), personal=bool(name), artifact="Pagination")


def _set_head_clinic(setting: Setting, name: str, phone: str, room: float, width: float, personal: bool) -> Block:
    """Return the clinic with its phone, its name cut if both are wider than ``room``, and a rule over ``width``.

    Where the name is cut as the person's allows, the block is personal.
    """
    theme = setting.theme
    stack = Stack(setting)
    small = theme.style("small")
    shown = _shorten(stack, name, small, room - stack.measure(f"{DOT}{phone}", small))
    words = f"{shown}{DOT}{phone}" if shown else phone
    stack.set_words((Span(words, small.weight),), small, 0, room + 1)
    stack.y += theme.gap("xs")
    stack.place(Rule(0, stack.y, width, stack.y, theme.colour("rule"), theme.line("hair")))
    return stack.finish("running-head-clinic", width, tags=(), personal=personal, artifact="Pagination")


def _shorten(stack: Stack, text: str, style: TextStyle, width: float) -> str:
    """Return the text, cut behind a word if it is wider than ``width``; nothing where no word has room.

    The whole name stands on page 1.
    """
    if stack.measure(text, style) <= width:
        return text
    for end in reversed([match.start() for match in BETWEEN_WORDS.finditer(text) if match.start()]):
        if stack.measure(shown := text[:end] + ELLIPSIS, style) <= width:
            return shown
    return ""


def _cut_letters(stack: Stack, text: str, style: TextStyle, width: float) -> str:
    """Return as many letters of the text as have room with an ellipsis."""
    letters = cut_clusters(text)
    while letters and stack.measure("".join(letters) + ELLIPSIS, style) > width:
        letters.pop()
    return "".join(letters) + ELLIPSIS if letters else ""


def set_foot(setting: Setting, plan: Plan, width: float) -> Block:
    """Return the foot of all pages: sheet id, content version, review state; an artifact. Its right end is free."""
    theme = setting.theme
    stack = Stack(setting)
    small = theme.style("small")
    stack.y = theme.gap("xs") + 1
    sheet = f"{setting.word('sheet', id=plan.sheet_id)}{DOT}".rstrip()
    content = f"{setting.word('content', version=plan.content_version)}{DOT}".rstrip()
    rest = f"{content} {plan.reviewed}"
    room = width - stack.measure(setting.word("page-of", page=MOST_PAGES, pages=MOST_PAGES), small) - theme.gap("m")
    left = stack.measure(sheet, small) + stack.measure(" ", small)
    if left + stack.measure(rest, small) <= room:
        stack.set_words((Span(sheet, small.weight),), small, 0, left, joins=True)
        stack.y -= small.line
        stack.set_words((Span(rest, small.weight),), small, left, room - left)
    else:
        pieces = [(Span(words, small.weight),) for words in (sheet, content, plan.reviewed)]
        set_pieces(stack, pieces, small, 0, room)
    return stack.finish("foot", width, tags=(), personal=True, artifact="Pagination")


def set_page_number(setting: Setting, page: int, pages: int, width: float) -> Block:
    """Return the rule above the foot, and page x of y at the right end of its first line; an artifact."""
    stack = Stack(setting)
    theme = setting.theme
    stack.place(Rule(0, 0, width, 0, theme.colour("rule"), theme.line("hair")))
    stack.y = setting.theme.gap("xs") + 1
    count = setting.word("page-of", page=page, pages=pages)
    stack.set_words(count, setting.theme.style("small"), 0, width, align="right")
    return stack.finish("page-number", width, tags=(), artifact="Pagination")


def set_title(setting: Setting, handout: str, title: str, statements: tuple[Statement, ...], width: float) -> Block:
    """Return the title and the main message, the first things read."""
    stack = Stack(setting)
    theme = setting.theme
    stack.tags.append(stack.set_paragraph(title, theme.style("title"), 0, width, "H1"))
    stack.y += 2
    message = " ".join(statement.text for statement in statements)
    stack.tags.append(stack.set_paragraph(message, theme.style("message"), 0, width))
    return stack.finish(handout, width, groups=(Group("Sect", "title"),), before=theme.gap("s"))
