"""Large print draws the figures of its cards larger as well, and no card is too high for a letter page."""

from dataclasses import replace

import pytest

from handouts.layout.blocks.cards import LATER_CARD, set_card
from handouts.layout.page import FigureFrame
from handouts.pipeline import PAPERS
from tests.test_examples import find_pipeline, make_example


def find_setting(plan, edition, paper):
    return find_pipeline().find_setting(replace(plan, edition=edition), paper)


def find_scale(block):
    (scale,) = {item.scale for item in block.items if isinstance(item, FigureFrame)}
    return scale


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", ["disc-own-list", "early-desk", "lifter-later", "older-osteoporosis", "pregnant"])
def test_figures_of_cards_in_large_print_are_a_fifth_larger_where_the_page_has_room(name, paper):
    plan = make_example(name).plan
    standard, large = (find_setting(plan, edition, paper) for edition in ("standard", "large-print"))
    for card in plan.exercises:
        block = set_card(large, card, 2, large.width, ())
        larger = find_scale(block) / find_scale(set_card(standard, card, 2, standard.width, ()))
        assert larger >= 1.2 or block.height > LATER_CARD - 1
        assert larger > 1.1
        assert block.height <= LATER_CARD + 0.01
