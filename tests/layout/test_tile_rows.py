"""The tiles of a row share its width, whatever their figures need."""

from hypothesis import example, given
from hypothesis import strategies as st

from handouts.layout.blocks.tile_rows import share_width

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
