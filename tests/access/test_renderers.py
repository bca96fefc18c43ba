"""Two renderers show the same picture, and the bound that says so breaks for a moved line and for a lost letter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image

from handouts.layout.page import DocumentInfo, Text
from handouts.pdf.document import paint_document

from .renderers import Difference, compare_pictures, compare_renderers
from .variants import Variant, make_variant, open_shared

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

SHEETS = [
    Variant("back-spasms-short", "standard", "a4", "early-desk"),
    Variant("red-flags", "large-print", "letter", "lifter-later"),
    Variant("sleep", "low-ink", "a4", "older-osteoporosis"),
]
INFO = DocumentInfo("Changed", "en", "2026-11-23", "0f" * 32, "handouts")


@pytest.mark.parametrize("variant", SHEETS, ids=str)
def test_both_show_the_same(variant) -> None:
    differences = compare_renderers(make_variant(variant).data)
    assert [difference for difference in differences if not difference.within_bound] == []


def repaint(made, change) -> bytes:
    """Return the file with one line of running text changed on its last page."""
    page = made.sheet.pages[-1]
    for place, placed in enumerate(page.placed):
        for index, item in enumerate(placed.block.items):
            if isinstance(item, Text) and len(item.runs[0].text) > 25 and placed.block.artifact is None:
                items = list(placed.block.items)
                items[index] = change(item)
                block = replace(placed.block, items=tuple(items), key="changed")
                changed = [*page.placed[:place], replace(placed, block=block), *page.placed[place + 1 :]]
                pages = (*made.sheet.pages[:-1], replace(page, placed=tuple(changed)))
                shared = open_shared()
                return paint_document(pages, INFO, shared.fonts, shared.find_cast(made.plan))
    raise AssertionError("no line of running text")


def lose_letter(text: Text) -> Text:
    """Return a line whose widest letter is white on white; all others stay where they are."""
    run = text.runs[0]
    width = open_shared().fonts.face(run.face).width
    place = max(range(len(run.text)), key=lambda at: width[run.text[at]])
    parts = (run.text[:place], run.text[place], run.text[place + 1 :])
    colours = (run.colour, "#ffffff", run.colour)
    cut = (replace(run, text=part, colour=colour) for part, colour in zip(parts, colours, strict=True))
    return replace(text, runs=(*cut, *text.runs[1:]))


@pytest.mark.parametrize("variant", SHEETS, ids=str)
@pytest.mark.parametrize("change", [lambda text: replace(text, y=text.y + 4), lose_letter], ids=["moved", "lost"])
def test_a_changed_line_is_seen(variant, change) -> None:
    made = make_variant(variant)
    differences = compare_renderers(made.data, repaint(made, change))
    assert not differences[-1].within_bound
    assert all(difference.within_bound for difference in differences[:-1])


def test_pages_of_different_size_are_not_compared() -> None:
    with pytest.raises(ValueError, match="different size"):
        compare_pictures(Image.new("L", (100, 100)), Image.new("L", (100, 104)))


def test_the_bound_can_be_broken() -> None:
    assert Difference(7.0, 24).within_bound
    assert not Difference(7.1, 0).within_bound
    assert not Difference(0, 25).within_bound
