"""Sizes and contrast on painted pages, held against what each edition promises."""

from __future__ import annotations

import pypdfium2
import pytest
import zxingcpp

from handouts.figure.library import load_figures
from handouts.layout.contrast import TEXT, darken, measure_contrast
from handouts.layout.page import FigureFrame, Text
from handouts.layout.theme import list_editions, load_theme
from handouts.resources import find_bundled_folder

from .audit import PAPER, read_pages, read_streams
from .variants import Variant, make_variant, open_shared

LARGE_TEXT, GRAPHICS = 4.5, 3.0
"""Least ratio of text from 18 points, or bold from 14, and of lines and icons with a meaning (WCAG 2.2)."""

SIZES = {"standard": (10, 12), "low-ink": (10, 12), "large-print": (16, 18)}
"""Least size in points of labels and of running text."""

RUNNING = 45
"""Letters in one line from which it is running text."""

LABELS = {"strip", "plan", "foot", "running-head", "page-number", "sources"}
"""What may be set in the size of labels, and so may doses, whose parts a dot keeps apart."""

SHEETS = [
    Variant("back-spasms", edition, paper, who)
    for edition, paper, who in (
        ("standard", "a4", "lifter-later"),
        ("standard", "letter", "generic"),
        ("large-print", "a4", "pregnant"),
        ("large-print", "letter", "older-osteoporosis"),
        ("low-ink", "a4", "lifter-later"),
        ("low-ink", "letter", "generic"),
    )
]

LOW_INK = [sheet for sheet in SHEETS if sheet.edition == "low-ink"]


@pytest.fixture(params=SHEETS, ids=str, scope="module")
def variant(request):
    return request.param


@pytest.fixture(scope="module")
def made(variant):
    return make_variant(variant)


@pytest.fixture(scope="module")
def readers(made):
    return read_streams(made.data)


def test_letters_are_large_enough(readers, made, variant) -> None:
    label, body = SIZES[variant.edition]
    seen = [letters for reader in readers for letters in reader.seen]
    assert len(seen) > 300
    assert min(letters.size for letters in seen) >= label
    running = [
        run
        for page in made.sheet.pages
        for placed in page.placed
        if placed.block.origin not in LABELS
        for item in placed.block.items
        if isinstance(item, Text)
        for run in item.runs
        if len(run.text) > RUNNING and "·" not in run.text
    ]
    assert len(running) > 20
    assert {run.text for run in running if run.size < body} == set()


def find_floor(size: float, bold: bool) -> float:
    """Return the least ratio of text of a size in points."""
    return LARGE_TEXT if size >= 18 or (bold and size >= 14) else TEXT


def test_letters_stand_out_from_their_ground(readers) -> None:
    looks = {letters.look for reader in readers for letters in reader.seen}
    weak = [look for look in looks if measure_contrast(look[2], look[3]) < find_floor(look[0], look[1])]
    assert weak == []


def test_streams_and_layout_show_the_same_letters(readers, made) -> None:
    pages = read_pages(made.sheet.pages, open_shared().fonts)
    for reader, page in zip(readers, pages, strict=True):
        assert {letters.look for letters in reader.seen} == {letters.look for letters in page}


def test_lines_stand_out_and_are_wide_enough_to_copy(readers) -> None:
    lines = {(mark.stroke, round(mark.width, 2)) for reader in readers for mark in reader.marks if mark.stroke}
    assert min(width for _, width in lines) >= 0.75
    edges = {mark.stroke for reader in readers for mark in reader.marks if mark.stroke and not mark.drawn}
    assert all(measure_contrast(stroke, PAPER) >= GRAPHICS for stroke in edges)


@pytest.mark.parametrize("variant", LOW_INK, ids=str, indirect=True)
def test_low_ink_is_black_white_and_one_light_grey(readers) -> None:
    marks = [mark for reader in readers for mark in reader.marks]
    colours = (
        {mark.fill for mark in marks}
        | {mark.stroke for mark in marks}
        | {letters.colour for reader in readers for letters in reader.seen}
    )
    greys = colours - {None, "#000000", "#ffffff"}
    assert len(greys) <= 1
    assert all(measure_contrast(grey, PAPER) < 1.3 for grey in greys)
    assert sum(reader.images for reader in readers) == 0


@pytest.mark.parametrize("edition", list_editions())
def test_arrows_stand_out_from_what_lies_under_them(edition) -> None:
    figures = load_figures((find_bundled_folder("sections"),))
    for person in figures.people():
        palette = figures.palette(person, edition)
        for ground in ("paper", "mat", "bed", "bed-side", "floor", "wall", "pillow"):
            assert measure_contrast(palette.colour("accent"), palette.colour(ground)) >= GRAPHICS, (person, ground)
        for ground in ("paper", "mat", "bed", "bed-side", "pillow"):
            assert measure_contrast(palette.colour("ink"), palette.colour(ground)) >= GRAPHICS, (person, ground)


@pytest.mark.parametrize("edition", list_editions())
def test_every_pair_of_a_theme_is_strong_enough(edition) -> None:
    theme = load_theme(edition)
    for ground in ("paper", "tint"):
        for ink in ("ink", "muted", "brand"):
            assert measure_contrast(theme.colour(ink), theme.colour(ground)) >= 7, (ink, ground)
    for ground in ("paper", "caution"):
        assert measure_contrast(theme.colour("warning"), theme.colour(ground)) >= 7
    assert measure_contrast(theme.colour("rule"), theme.colour("paper")) >= GRAPHICS


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#595959", "#ffffff", 7.0),
        ("#767676", "#ffffff", 4.54),
        ("#949494", "#ffffff", 3.03),
        ("#0b4f9e", "#ffffff", 8.0),
        ("#7a5c00", "#fff3cd", 5.64),
        ("#000000", "#ffffff", 21.0),
    ],
)
def test_contrast_is_that_of_the_guidelines(one, other, ratio) -> None:
    assert measure_contrast(one, other) == pytest.approx(ratio, abs=0.006)
    assert measure_contrast(other, one) == measure_contrast(one, other)


@pytest.mark.parametrize("brand", ["#ffcc00", "#e91e63", "#00aaff", "#ffffff", "#0f5c63", "#000000"])
@pytest.mark.parametrize("edition", ["standard", "large-print"])
def test_a_clinic_s_colour_is_dark_enough_or_made_so(edition, brand) -> None:
    theme = load_theme(edition, brand)
    shade = theme.colour("brand")
    assert measure_contrast(shade, theme.colour("paper")) >= 7
    assert measure_contrast(shade, theme.colour("tint")) >= 7
    assert all(style.colour != load_theme(edition).colour("brand") or shade == style.colour for _, style in theme.type)
    assert (shade == brand) == (measure_contrast(brand, theme.colour("tint")) >= 7)


def test_black_is_the_last_shade() -> None:
    assert darken("#888888", ("#000000",), 30) == "#000000"


def test_figures_are_larger_in_large_print() -> None:
    """Heads of the same moves, in millimetres: the page that is read by people who see little has the larger ones."""
    standard = measure_figures("standard")
    large = measure_figures("large-print")
    assert standard.keys() == large.keys() and len(standard) >= 4
    assert all(large[card] > standard[card] for card in standard)


def measure_figures(edition) -> dict[str, float]:
    made = make_variant(Variant("back-spasms", edition, "a4", "early-desk"))
    cards = {card.id: card.figure for card in made.plan.exercises}
    figures = open_shared().figures
    found = {}
    for page in made.sheet.pages:
        for placed in page.placed:
            for item in placed.block.items:
                if placed.block.origin in cards and isinstance(item, FigureFrame):
                    use = cards[placed.block.origin]
                    found[placed.block.origin] = figures.sizes(use.id, use.side)[item.frame].head * item.scale
    return found


@pytest.mark.parametrize("who", ["lifter-later", "generic"])
def test_low_ink_survives_a_copier_that_knows_black_and_white_alone(who) -> None:
    """At 150 dots an inch, every pixel black or white: letters are neither lost nor filled, the symbol can be read."""
    made = make_variant(Variant("back-spasms", "low-ink", "a4", who))
    scale = 150 / 72
    codes = []
    for page, shown in zip(made.sheet.pages, pypdfium2.PdfDocument(made.data), strict=True):
        picture = shown.render(scale=scale, grayscale=True).to_pil().convert("L").point(lambda v: 255 if v > 128 else 0)
        codes += [code.text for code in zxingcpp.read_barcodes(picture)]
        for placed in page.placed:
            for item in placed.block.items:
                if isinstance(item, Text) and len(item.runs[0].text) > 5:
                    x, y, size = placed.x + item.x, placed.y + item.y, item.runs[0].size
                    box = (x, y - 0.7 * size, x + item.width, y)
                    letters = picture.crop(tuple(round(edge * scale) for edge in box))
                    dark = letters.histogram()[0] / (letters.width * letters.height)
                    assert 0.1 < (1 - dark if item.runs[0].colour == PAPER else dark) < 0.5, item.runs[0].text
    assert codes == [made.plan.clinic.website]
