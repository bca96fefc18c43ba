"""Rows of tables: icons stand in the middle of the first line, with as much space above the words as below them."""

from dataclasses import replace

import pytest

from handouts.figure.outlines import bounds
from handouts.layout.blocks.row_list import set_row_list
from handouts.layout.blocks.tables import set_table
from handouts.layout.page import Picture, Rule, Text
from handouts.tailor.plan import Table, TableRow
from tests.test_examples import find_pipeline, make_example

ROWS = (TableRow("heat", "pack-hot", ("Heat", "Warm")), TableRow("bed", "bed", ("Bed", "Lie down")))
TABLE = Table("packs", "Packs", ("Pack", "How"), ROWS)


def find_setting(edition):
    plan = replace(make_example("early-desk").plan, edition=edition)
    return find_pipeline().find_setting(plan, "a4")


def find_middles(setting, block):
    """The middles of what the icons show, and of the capitals of the words that follow each, in points."""
    for place, item in enumerate(block.items):
        if isinstance(item, Picture):
            _, top, _, bottom = bounds(shape.segments for shape in item.drawing.shapes)
            words = next(other for other in block.items[place:] if isinstance(other, Text))
            run = words.runs[0]
            capitals = setting.fonts.face(run.face).cap_height * run.size / 1000
            yield item.y + (top + bottom) / 2 * item.scale, words.y - capitals / 2


@pytest.mark.parametrize("edition", ["standard", "low-ink", "large-print"])
@pytest.mark.parametrize("make", [set_table, set_row_list])
def test_an_icon_stands_in_the_middle_of_its_words(make, edition):
    setting = find_setting(edition)
    middles = list(find_middles(setting, make(setting, TABLE, setting.width, ())))
    assert len(middles) == len(TABLE.rows)
    assert all(abs(icon - words) < 0.01 for icon, words in middles)


@pytest.mark.parametrize("edition", ["standard", "low-ink", "large-print"])
def test_a_row_has_as_much_space_above_its_words_as_below(edition):
    setting = find_setting(edition)
    block = set_table(setting, TABLE, setting.width, ())
    rules = sorted({item.y1 for item in block.items if isinstance(item, Rule)})
    style = setting.theme.style("tight")
    base = next(item.y for item in block.items if isinstance(item, Text) and item.runs[0].text == "Heat")
    top = base - setting.find_base(style)
    above, below = top - rules[1], rules[2] - top - style.line
    assert above == pytest.approx(below)
    assert above >= setting.theme.gap("xs") - 0.01
