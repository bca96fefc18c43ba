"""The proof of the red-flag box fails when a line is lost, changed, out of order or on another page."""

from dataclasses import replace

import pytest

from handouts.diagnostics import LayoutError
from handouts.layout.page import Text
from handouts.layout.proof import prove_red_flags
from tests.test_examples import find_pipeline, make_example


def list_pages(made):
    return [page.placed for page in made.sheet.pages]


def find_setting(made):
    return find_pipeline().find_setting(made.plan, "a4")


def refuse(pages, made):
    with pytest.raises(LayoutError) as caught:
        prove_red_flags(pages, made.plan, find_setting(made))
    assert caught.value.diagnostics[0].rule == "red-flags-not-whole"


def change_box(pages, change):
    """The pages with the items of the box on page 1 changed."""
    first = [
        replace(placed, block=replace(placed.block, items=tuple(change(placed.block.items))))
        if placed.block.origin == "red-flags"
        else placed
        for placed in pages[0]
    ]
    return [first, *pages[1:]]


def test_a_whole_box_passes():
    made = make_example("early-desk")
    prove_red_flags(list_pages(made), made.plan, find_setting(made))
    large = make_example("early-desk", "a4", "back-spasms", "large-print")
    prove_red_flags(list_pages(large), large.plan, find_setting(large))


def test_any_lost_line_is_found():
    made = make_example("early-desk")
    pages = list_pages(made)
    box = next(placed.block for placed in pages[0] if placed.block.origin == "red-flags")
    lines = [item for item in box.items if isinstance(item, Text) and len(item.runs[0].text) > 1]
    assert len(lines) > 30
    for line in lines:
        refuse(change_box(pages, lambda items, lost=line: [item for item in items if item is not lost]), made)


def test_a_changed_number_is_found():
    made = make_example("early-desk")

    def change(items):
        for item in items:
            if isinstance(item, Text) and "999" in item.runs[0].text:
                run = replace(item.runs[0], text=item.runs[0].text.replace("999", "998"))
                yield replace(item, runs=(run, *item.runs[1:]))
            else:
                yield item

    refuse(change_box(list_pages(made), change), made)


def test_a_box_on_another_page_is_found():
    made = make_example("early-desk")
    first, second, *rest = list_pages(made)
    box = [placed for placed in first if placed.block.origin == "red-flags"]
    kept = [placed for placed in first if placed.block.origin != "red-flags"]
    refuse([kept, [*box, *second], *rest], made)


def test_in_large_print_the_second_tier_opens_page_two():
    made = make_example("early-desk", "a4", "back-spasms", "large-print")
    first, second, *rest = list_pages(made)
    prove_red_flags([first, second, *rest], made.plan, find_setting(made))
    refuse([first, second[1:], *rest], made)
    refuse([first, [*second[1:], second[0]], *rest], made)
    refuse([first], made)
