"""Figures as forms: few weights of lines, none of them finer than it is on paper."""

from hypothesis import given
from hypothesis import strategies as st

from handouts.layout.page import FigureFrame
from handouts.pdf.drawings import WEIGHTS, find_weight, name_frame

SCALES = st.floats(0.05, 20, allow_nan=False)


@given(SCALES)
def test_no_line_is_finer_than_on_paper_nor_much_thicker(scale):
    assert 1 - 1e-9 <= scale / find_weight(scale) < 2 ** (1 / WEIGHTS) + 1e-9


@given(SCALES, st.sampled_from(("left", "right", "both")), st.integers(0, 3))
def test_frames_of_one_weight_share_a_form(scale, side, frame):
    def name(scale, side, frame):
        return name_frame(FigureFrame(0, 0, scale, 90, 40, "bridge", side, frame))

    assert name(scale, side, frame) == name(find_weight(scale) * 1.001, side, frame)
    assert name(scale, side, frame) != name(scale * 2, side, frame)
    assert name(scale, side, frame) != name(scale, side, frame + 1)
