"""Pictures that a clinic brings: taken in place of drawn ones, refused when broken or when they show no side."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from handouts.diagnostics import ContentError, LayoutError
from handouts.figure.checks import check_figure
from handouts.figure.library import load_figures
from handouts.patient.models import ChosenExercise, PatientRecord
from handouts.pipeline import Choices, open_pipeline
from tests.test_examples import find_pipeline

SECTIONS = Path(__file__).resolve().parents[2] / "sections"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><path d="M5 35h50l-25-30z" fill="#336699"/></svg>'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "figures").mkdir()
    return tmp_path


def write(folder, name, content=SVG):
    (folder / "figures" / name).write_text(content, encoding="utf-8")


def test_an_svg_takes_the_place_of_a_drawn_figure(folder):
    write(folder, "bridge.1.svg")
    write(folder, "bridge.2.svg")
    figures = load_figures([SECTIONS, folder])
    frames = figures.frames("bridge")
    assert len(frames) == figures.count_frames("bridge") == 2
    assert not figures.is_drawn("bridge")
    assert {shape.fill for shape in frames[0].shapes} == {"#336699"}
    assert figures.palette("default", "standard").colour("#336699") == "#336699"


def test_a_png_of_a_new_figure(folder):
    Image.new("RGBA", (1200, 800), (20, 90, 90, 128)).save(folder / "figures" / "heel-slide.png")
    figures = load_figures([SECTIONS, folder])
    assert "heel-slide" in figures.ids()
    image = figures.frames("heel-slide")[0].image
    assert (image.columns, image.rows) == (600, 400)
    assert len(image.samples) == 600 * 400 * 3


def test_a_side_in_the_words_needs_a_picture_of_that_side(folder):
    write(folder, "bird-dog.svg")
    figures = load_figures([SECTIONS, folder])
    assert figures.frames("bird-dog", "both")
    with pytest.raises(ContentError) as caught:
        figures.frames("bird-dog", "left")
    assert caught.value.diagnostics[0].rule == "picture-without-side"


def test_each_side_has_its_own_picture(folder):
    write(folder, "bird-dog.left.svg")
    write(folder, "bird-dog.right.svg", SVG.replace("#336699", "#993366"))
    figures = load_figures([SECTIONS, folder])
    assert figures.frames("bird-dog", "left")[0].shapes[0].fill == "#336699"
    assert figures.frames("bird-dog", "right")[0].shapes[0].fill == "#993366"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("<svg", "svg-broken"),
        ("", "svg-broken"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"></svg>', "svg-empty"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>Hi</text></svg>', "svg-unsupported"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>', "svg-broken"),
    ],
)
def test_a_bad_svg_is_a_clear_error(folder, content, rule):
    write(folder, "bridge.svg", content)
    with pytest.raises(ContentError) as caught:
        load_figures([SECTIONS, folder]).frames("bridge")
    assert caught.value.diagnostics[0].rule == rule
    assert "bridge.svg" in caught.value.diagnostics[0].span.file


def test_a_bad_png_is_a_clear_error(folder):
    (folder / "figures" / "bridge.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    with pytest.raises(ContentError) as caught:
        load_figures([SECTIONS, folder]).frames("bridge")
    assert caught.value.diagnostics[0].rule == "png-broken"


def test_frames_of_different_shapes_are_refused(folder):
    write(folder, "bridge.1.svg")
    write(folder, "bridge.2.svg", SVG.replace("0 0 60 40", "0 0 60 90"))
    with pytest.raises(ContentError) as caught:
        load_figures([SECTIONS, folder]).frames("bridge")
    assert caught.value.diagnostics[0].rule == "frames-differ"


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["bridge.2.svg"], "no file shows frame 1 of 'bridge'"),
        (["bridge.1.svg", "bridge.3.svg"], "no file shows frame 2 of 'bridge'"),
        (["bridge.svg", "bridge.1.svg"], "two files show frame 1 of 'bridge'"),
        (["bridge.1.svg", "bridge.2.svg", "bridge.2.png"], "two files show frame 2 of 'bridge'"),
    ],
)
def test_each_frame_has_one_file(folder, names, message):
    for name in names:
        write(folder, name)
    figures = load_figures([SECTIONS, folder])
    with pytest.raises(ContentError) as caught:
        figures.frames("bridge")
    (found,) = caught.value.diagnostics
    assert (found.rule, found.message) == ("frames-misnumbered", message)
    assert [item.message for item in check_figure(figures, "bridge")] == [message]


def test_a_picture_without_sides_is_shown_without_one(folder):
    write(folder, "bridge.1.svg")
    write(folder, "bird-dog.left.svg")
    figures = load_figures([SECTIONS, folder])
    assert not figures.has_sides("bridge")
    assert figures.has_sides("bird-dog") and figures.has_sides("plank")


def test_a_picture_with_fewer_frames_than_the_drawn_one_has_no_faulty_pose(folder):
    write(folder, "bridge.svg")
    assert check_figure(load_figures([SECTIONS, folder]), "bridge") == []


@pytest.mark.parametrize("names", [["bridge.svg"], ["bridge.1.svg", "bridge.2.svg", "bridge.3.svg"]])
def test_a_card_is_not_printed_with_other_pictures_than_words(folder, names):
    clinic = replace(find_pipeline().clinic, content=folder)
    choices = Choices(date(2026, 11, 23), "option")
    record = PatientRecord(name="Al", stage="later", exercises=(ChosenExercise("bridge"),))
    for name in names:
        write(folder, name)
    with pytest.raises(LayoutError) as caught:
        open_pipeline(clinic).make("exercises", record, choices)
    (found,) = caught.value.diagnostics
    assert (found.rule, found.span.file) == ("figure-alt", str(folder / "figures" / names[0]))
    assert f"for 2 frames of 'bridge', and there are pictures for {len(names)}" in found.message


def test_a_pair_is_not_printed_with_two_pictures_for_its_one_text(folder):
    for number in (1, 2):
        write(folder, f"sit-back-easier.{number}.svg")
    clinic = replace(find_pipeline().clinic, content=folder)
    record = PatientRecord(name="Al", work="desk")
    with pytest.raises(LayoutError) as caught:
        open_pipeline(clinic).make("back-spasms", record, Choices(date(2026, 11, 23), "option"))
    (found,) = caught.value.diagnostics
    assert "for 1 frame of 'sit-back-easier', and there are pictures for 2" in found.message


@pytest.mark.parametrize("edition", ["standard", "low-ink", "large-print"])
def test_a_sheet_is_made_with_a_clinics_own_colours(folder, edition):
    write(folder, "bridge.1.svg")
    write(folder, "bridge.2.svg")
    clinic = replace(find_pipeline().clinic, content=folder)
    record = PatientRecord(name="Al", stage="later", exercises=(ChosenExercise("bridge"),))
    choices = Choices(date(2026, 11, 23), "option", edition=edition)
    made = open_pipeline(clinic).make("exercises", record, choices)
    assert made.data.endswith(b"%%EOF\n")
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made.data)]
    assert any("Squeeze your bottom" in page for page in pages)
    assert made.data != find_pipeline().make("exercises", record, choices).data
