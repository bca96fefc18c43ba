"""Joined blocks print what the blocks in them print where they stand, and only what many sheets have is joined."""

from handouts.layout import sheet
from handouts.layout.fitting import fit_parts
from handouts.layout.page import Text
from handouts.layout.placing import place_spots
from tests.test_examples import find_pipeline, make_example

EXAMPLES = ("early-desk", "older-osteoporosis", "pregnant")


def list_words(pages):
    """The lines of each page with the places that they are painted at."""
    return [
        sorted(
            (round(placed.y + item.y, 1), round(placed.x + item.x, 1), "".join(run.text for run in item.runs))
            for placed in page
            for item in placed.block.items
            if isinstance(item, Text)
        )
        for page in pages
    ]


def place_both(name, monkeypatch):
    """The pages and bookmarks of an example, its sections joined; and the pages as they were broken."""
    seen = []

    def fit(*args):
        breaker, left_out = fit_parts(*args)
        seen.append(breaker.place_blocks())
        return breaker, left_out

    def place(*args):
        seen.append(place_spots(*args))
        return seen[-1]

    monkeypatch.setattr(sheet, "fit_parts", fit)
    monkeypatch.setattr(sheet, "place_spots", place)
    made = make_example(name)
    plan = made.plan
    find_pipeline().find_setting(plan, "a4").layouts.clear()
    find_pipeline().lay_out(plan, "a4")
    return seen[-2:]


def test_joined_blocks_print_the_same_at_the_same_places(monkeypatch):
    for name in EXAMPLES:
        apart, (joined, marks) = place_both(name, monkeypatch)
        assert list_words(joined) == list_words(apart)
        assert sum(map(len, joined)) < sum(map(len, apart))
        for level, words, page, y in marks:
            assert any(abs(placed.y - y) < 0.01 for placed in apart[page])
            assert level in {1, 2}
            assert words in " ".join(line for _, _, line in sorted(list_words(apart)[page]))
        monkeypatch.undo()


def test_what_few_people_have_together_is_not_joined():
    made = make_example("older-osteoporosis")
    part = next(part for part in made.plan.parts if part.id == "conditions-care")
    blocks = [placed.block.origin for page in made.sheet.pages for placed in page.placed]
    assert len(part.blocks) > 1
    assert all(block.statement.id in blocks for block in part.blocks)
