"""The tiles of a row share its width, whatever their figures need."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handouts.layout.blocks.tile_rows import TileSize, cut_rows, measure_rows, scale_picture, set_tiles, share_width
from handouts.layout.page import Picture, Text
from tests.test_examples import find_pipeline, make_example

NEEDS = st.lists(st.floats(40, 140), min_size=1, max_size=8)


@given(NEEDS, st.floats(300, 600))
@example([100.0, 99.0, 98.9, 81.4, 81.4], 499.276)
def test_no_tile_is_narrower_than_it_needs_and_the_row_is_not_too_wide(needs, room):
    widths = share_width(needs, room)
    assert all(width >= need for width, need in zip(widths, needs, strict=True))
    if sum(needs) <= room:
        assert sum(widths) <= room + 1e-6


def test_equal_needs_have_equal_widths():
    assert len(set(share_width([80.0] * 5, 500.0))) == 1


SIZES = st.builds(
    TileSize, st.just(60.0), st.floats(44, 90), st.tuples(st.floats(20, 120), st.floats(20, 120)), st.just(0.0)
)


@given(SIZES, st.floats(60, 180), st.floats(0, 60))
def test_a_picture_stays_in_its_tile_and_is_not_lower_than_it_needs(size, width, spare):
    height = size.height + spare
    scale = scale_picture(size, width, height, 1.25)
    wide, high = size.units
    assert wide * scale <= width - 6 + 1e-6
    assert high * scale <= height + 1e-6
    assert high * scale >= min(size.height, high * min((width - 6) / wide, 1.25)) - 1e-6


def test_a_wide_picture_is_the_same_in_rows_of_any_height():
    size = TileSize(60.0, 44.0, (100.0, 40.0), 0.0)
    assert len({scale_picture(size, 100.0, height, 1.25) for height in (44.0, 60.0, 88.0)}) == 1


def test_a_tall_picture_has_few_sizes():
    size = TileSize(60.0, 44.0, (30.0, 90.0), 0.0)
    assert len({scale_picture(size, 100.0, height, 1.25) for height in range(44, 84)}) == 4


def test_an_icon_has_the_size_it_needs_in_a_low_row():
    assert scale_picture(TileSize(60.0, 44.0, (24.0, 24.0), 1.5), 100.0, 30.0, 1.25) == 1.5


def test_rows_are_not_lower_than_was_reckoned_before_they_were_set():
    for name in ("early-desk", "lifter-later", "disc-own-list"):
        made = make_example(name)
        setting = find_pipeline().find_setting(made.plan, "a4")
        moves, start, used = made.plan.exercises, 0, 0.0
        for count in cut_rows(setting, moves, setting.width):
            row = set_tiles(setting, moves[start : start + count], setting.width, (), start + 1)
            used += row.before + row.height
            start += count
        least = measure_rows(setting, moves, setting.width)
        assert 0.7 * used <= least <= used + 1e-6


def find_setting(edition):
    return find_pipeline().find_setting(replace(make_example("early-desk").plan, edition=edition), "a4")


def list_edges(setting, moves):
    """The left and right edges of the tiles of each row, in points."""
    rows, start = [], 0
    for count in cut_rows(setting, moves, setting.width):
        row = set_tiles(setting, moves[start : start + count], setting.width, (), start + 1)
        rows.append([(box.x, box.x + box.width) for box in row.parts[0].block.items])
        start += count
    return rows


@pytest.mark.parametrize(
    ("edition", "count"), [("standard", 5), ("standard", 7), ("large-print", 4), ("large-print", 5)]
)
def test_rows_of_tiles_stand_on_one_grid_that_ends_at_the_right_edge(edition, count):
    setting = find_setting(edition)
    moves = (*make_example("older-osteoporosis").plan.exercises, *make_example("lifter-later").plan.exercises)
    first, *others = list_edges(setting, moves[:count])
    assert first[0][0] == 0.5
    assert first[-1][1] == pytest.approx(setting.width - 0.5, abs=0.02)
    for row in others:
        assert row == [pytest.approx(edges, abs=0.02) for edges in first[: len(row)]]


@pytest.mark.parametrize("edition", ["standard", "low-ink"])
@pytest.mark.parametrize("count", [1, 2])
def test_one_or_two_tiles_fill_the_width_with_words_beside_their_figures(edition, count):
    setting = find_setting(edition)
    for name in ("early-desk", "lifter-later", "older-osteoporosis"):
        moves = make_example(name).plan.exercises[:count]
        row = set_tiles(setting, moves, setting.width, ())
        edges = [(box.x, box.x + box.width) for box in row.parts[0].block.items]
        assert edges[0][0] == 0.5
        assert edges[-1][1] == pytest.approx(setting.width - 0.5, abs=0.02)
        for part in row.parts[1:]:
            (figure,) = [item for item in part.block.items if not isinstance(item, Text)]
            size = figure.drawing if isinstance(figure, Picture) else figure
            words = [item for item in part.block.items if isinstance(item, Text)]
            assert all(item.x > figure.x + size.width * figure.scale for item in words)
            assert all(item.x + item.width < part.block.width for item in words)
            assert figure.y >= 0
        least = measure_rows(setting, moves, setting.width)
        used = row.before + row.height
        assert 0.7 * used <= least <= used + 1e-6


def test_a_dose_is_broken_behind_its_comma():
    setting = find_setting("standard")
    moves = make_example("early-desk").plan.exercises
    row = set_tiles(setting, moves, setting.width, ())
    for move, part in zip(moves, row.parts[1:], strict=True):
        lines = ["".join(run.text for run in item.runs) for item in part.block.items if isinstance(item, Text)]
        assert " ".join(lines[-2:]) == move.dose.short
        assert lines[-2].endswith(",")
