"""Pages made by hand that use every feature of the painter."""

from __future__ import annotations

from pathlib import Path

from handouts.figure.shapes import Drawing, Palette, Segment, Shape
from handouts.layout.page import (
    Block,
    Box,
    DocumentInfo,
    Group,
    Page,
    Picture,
    Placed,
    Raster,
    Rule,
    Run,
    Symbol,
    Tag,
    Text,
)
from handouts.qr import make_symbol
from handouts.typeset.bundled import load_fonts
from handouts.typeset.fonts import FontSet

FONTS = Path(__file__).resolve().parents[2] / "fonts"
INK = "#1b1b1b"
BRAND = "#0f5c63"
ADDRESS = "https://harbour-lane.example/back"

INFO = DocumentInfo(
    title="Back spasms: your plan",
    language="en",
    date="2026-11-23",
    digest="0f" * 32,
    producer="handouts 0.1.0",
    subject="For people with back spasms",
    bookmarks=(
        (1, "Back spasms", 0, 60.0),
        (2, "Your moves", 0, 200.0),
        (2, "More moves", 1, 40.0),
        (1, "Web", 1, 300.0),
    ),
)

PALETTE = Palette("plain", (("skin", "#e8b48a"), ("ink", "#20303a"), ("floor", "#7a8a8f")))
DRAWING = Drawing(
    100,
    60,
    (
        Shape((Segment("M", (0, 58)), Segment("L", (100, 58))), stroke="floor", line=1.0, dashes=(3, 2)),
        Shape(
            (Segment("M", (10, 50)), Segment("C", (20, 20, 60, 20, 90, 50)), Segment("L", (50, 55)), Segment("Z", ())),
            fill="skin",
            stroke="ink",
            line=1.2,
        ),
    ),
    head=13,
)


def open_fonts() -> FontSet:
    """Return the bundled fonts."""
    return load_fonts(FONTS)


def set_line(fonts: FontSet, x: float, y: float, text: str, style="regular", size=12.0, colour=INK, **more) -> Text:
    """Return one line of text in the faces that it needs."""
    runs = tuple(Run(part, key, size, colour) for key, part in fonts.split(text, style))
    return Text(x, y, fonts.width(text, style, size), runs, **more)


def make_block(key: str, height: float, items, tags, **more) -> Block:
    """Return a block of the width of the page's text."""
    return Block(key, f"test:{key}", 480, height, tuple(items), tuple(tags), **more)


def make_title(fonts: FontSet) -> Block:
    items = [set_line(fonts, 0, 30, "Back spasms: To Your plan", "bold", 26, BRAND)]
    return make_block("title", 40, items, [Tag("H1", (0,))])


def make_strip(fonts: FontSet, name: str = "Nguyễn Thị Phượng") -> Block:
    items = [
        Box(0, 0, 480, 40, 6, fill="#eef5f5"),
        set_line(fonts, 8, 16, "For:", "bold", joins=True),
        set_line(fonts, 40, 16, name),
        set_line(fonts, 8, 34, "Seen on 23 November 2026 by Ọláṣubọ̀mí Щербакова"),
    ]
    return make_block("strip", 40, items, [Tag("P", (1, 2)), Tag("P", (3,))], personal=True)


def make_paragraph(fonts: FontSet, key: str = "text") -> Block:
    items = [
        set_line(fonts, 0, 14, "A spasm is a muscle that (for a while) will not let go. It hurts, but", joins=True),
        set_line(fonts, 0, 31, "it does not harm your back: 100% of what you feel is real. See ", joins=False),
        set_line(fonts, 340, 31, "harbour-lane.example", link=ADDRESS, colour=BRAND, joins=True),
        set_line(fonts, 0, 48, "/back \\ for more → ✓ ½ ≤ °."),
    ]
    tags = [Tag("P", (0, 1, Tag("Link", (2,), alt="Our page about back spasms", link=ADDRESS), 3))]
    return make_block(key, 60, items, tags)


LIST = (Group("Sect", "moves"), Group("L", "moves-list", numbering="Decimal"))


def make_item(fonts: FontSet, number: int) -> Block:
    items = [
        set_line(fonts, 0, 14, f"{number}.", "bold"),
        set_line(fonts, 24, 14, "Lie on your back. Bend your knees and keep your feet", joins=True),
        set_line(fonts, 24, 31, "flat on the floor, as wide as your hips."),
    ]
    tags = [Tag("LI", (Tag("Lbl", (0,)), Tag("LBody", (1, 2))))]
    return make_block(f"item-{number}", 40, items, tags, groups=LIST)


def make_row(fonts: FontSet, number: int, head: bool = False, repeated: bool = False) -> Block:
    cells = ("Move", "Mon", "Tue") if head else (f"Move {number}", "", "yes")
    items = [Rule(0, 24, 480, 24, INK, 0.75)]
    tags = []
    for place, words in enumerate(cells):
        kids = ()
        if words:
            kids = (Tag("P", (len(items),)),)
            items.append(set_line(fonts, place * 160.0, 16, words, "bold" if head else "regular"))
        role = "TH" if head or place == 0 else "TD"
        scope = ("Column" if head else "Row") if role == "TH" else None
        tags.append(Tag(role, kids, scope=scope))
    part = Group("THead", "head") if head else Group("TBody", "body")
    groups = () if repeated else (Group("Table", "chart"), part)
    return make_block(
        f"row-{number}-{repeated}",
        24,
        items,
        () if repeated else [Tag("TR", tuple(tags))],
        groups=groups,
        artifact="Layout" if repeated else None,
    )


def make_figure() -> Block:
    items = [Picture(10, 5, 1.6, DRAWING, PALETTE), Box(0, 0, 200, 110, 8, stroke=BRAND, line=1.5)]
    return make_block("figure", 110, items, [Tag("Figure", (0,), alt="A person lies on the back (knees bent)")])


def make_logo() -> Block:
    samples = bytes((x * 8 + y * 4 + c * 60) % 256 for y in range(12) for x in range(24) for c in range(3))
    logo = Raster(0, 0, 60, 30, 24, 12, samples)
    return make_block("logo", 30, [logo], [Tag("Figure", (0,), alt="Logo of the clinic")])


def make_code(fonts: FontSet) -> Block:
    items = [
        Symbol(0, 0, 90, make_symbol(ADDRESS), "#000000"),
        set_line(fonts, 100, 40, "harbour-lane.example/back", "bold", 14, link=ADDRESS),
        set_line(fonts, 100, 60, "Añadido: más información", "regular"),
    ]
    tags = [Tag("Figure", (0,), alt="QR code: opens our page"), Tag("P", (1,)), Tag("P", (2,), language="es")]
    return make_block("code", 90, items, tags)


def make_foot(fonts: FontSet, number: int, count: int) -> Block:
    items = [Rule(0, 2, 480, 2, "#8a9a9e"), set_line(fonts, 0, 14, f"Sheet K7MQ2A · Page {number} of {count}", size=10)]
    return make_block(f"foot-{number}", 20, items, (), personal=True, artifact="Pagination")


def make_pages(fonts: FontSet, name: str = "Nguyễn Thị Phượng") -> tuple[Page, ...]:
    """Return three pages with every feature, a personal block first and one in the middle."""
    first = [make_strip(fonts, name), make_title(fonts), make_paragraph(fonts), make_figure(), make_item(fonts, 1)]
    rows = [make_row(fonts, 0, head=True), make_row(fonts, 1), make_row(fonts, 2)]
    second = [make_item(fonts, 2), make_item(fonts, 3), *rows]
    note = make_block(
        "note", 20, [set_line(fonts, 0, 14, "A note for Łukasz: “rest”")], [Tag("P", (0,))], personal=True
    )
    third = [
        make_row(fonts, 0, head=True, repeated=True),
        make_row(fonts, 3),
        make_logo(),
        note,
        make_code(fonts),
        make_paragraph(fonts, "text-2"),
    ]
    pages = []
    for number, blocks in enumerate((first, second, third), 1):
        placed = [Placed(make_foot(fonts, number, 3), 57.5, 800)]
        y = 50.0
        for block in blocks:
            placed.append(Placed(block, 57.5, y))
            y += block.height + 12
        pages.append(Page(595.28, 841.89, tuple(placed)))
    return tuple(pages)
