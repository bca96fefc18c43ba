"""The heads of pages take long names: nothing narrow, nothing too high, and a pen has room on each line for it."""

import struct
import zlib
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from handouts.layout.page import Raster, Rule, Text
from handouts.patient.models import PatientRecord
from handouts.pipeline import Choices, open_pipeline
from tests.test_examples import find_pipeline

DAY = date(2026, 11, 23)
LONG_NAME = (
    "The Northumberland and Tyne Valley Hospitals Department of Musculoskeletal Physiotherapy and Rehabilitation"
)
ADDRESS = (
    "Department of Musculoskeletal Physiotherapy, Third Floor, West Wing, Entrance 14",
    "Northumberland Infirmary",
    "1 Extremely Long Street Name Avenue",
    "Newcastle upon Tyne NE1 4LP",
)


def write_picture(path, columns, rows):
    """A PNG of one grey, written by hand."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", columns, rows, 8, 2, 0, 0, 0)
    data = zlib.compress((b"\0" + b"\x40" * 3 * columns) * rows)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b""))
    return path


def make_sheet(clinic, record, handout="back-spasms", edition="standard", paper="a4"):
    pipeline = open_pipeline(clinic)
    return pipeline.lay_out(pipeline.plan(handout, record, Choices(DAY, "option", edition=edition)), paper)


def find_block(page, origin):
    return next(placed.block for placed in page.placed if placed.block.origin == origin)


def read_lines(block):
    return ["".join(run.text for run in item.runs) for item in block.items if isinstance(item, Text)]


@pytest.mark.parametrize(("name", "address", "under"), [(LONG_NAME, ADDRESS, True), ("Harbour Lane", (), False)])
def test_a_wide_logo_stands_over_long_words_and_beside_short_ones(name, address, under, tmp_path):
    clinic = find_pipeline().clinic
    clinic = replace(clinic, name=name, address=address, logo=write_picture(tmp_path / "logo.png", 90, 30))
    block = find_block(make_sheet(clinic, PatientRecord(name="Al")).pages[0], "strip-clinic")
    logo = next(item for item in block.items if isinstance(item, Raster))
    first = next(item for item in block.items if isinstance(item, Text))
    assert (first.x < logo.width) is under
    if under:
        assert first.y >= logo.height


def test_a_line_to_write_on_has_room_for_a_pen():
    clinic = replace(find_pipeline().clinic, name=LONG_NAME, address=ADDRESS * 4, logo=None)
    block = find_block(make_sheet(clinic, None, "red-flags").pages[0], "strip")
    heights = [item.y1 for item in block.items if isinstance(item, Rule)][:2]
    assert heights[1] - heights[0] >= 17


@pytest.mark.parametrize("edition", ["standard", "large-print"])
def test_a_running_head_is_one_line_that_ends_in_the_whole_phone_number(edition):
    clinic = replace(find_pipeline().clinic, name=LONG_NAME)
    for name in ("Maria Lopez", "Wolfeschlegelsteinhausenbergerdorff Maria Guadalupe de la Trinidad of Ashbourne"):
        clinic_line, _ = read_heads(clinic, name, edition)
        assert clinic_line.endswith(clinic.phone)
        assert clinic_line == clinic.phone or "\u2026" in clinic_line


def read_heads(clinic, name, edition):
    page = make_sheet(clinic, PatientRecord(name=name), edition=edition).pages[1]
    (clinic_line,) = read_lines(find_block(page, "running-head-clinic"))
    (own_line,) = read_lines(find_block(page, "running-head"))
    return clinic_line, own_line


@pytest.mark.parametrize("edition", ["standard", "large-print"])
@pytest.mark.parametrize("clinic_name", ["Harbour Lane Physiotherapy", LONG_NAME])
def test_names_in_a_running_head_are_cut_behind_a_word_and_the_clinics_first(clinic_name, edition):
    clinic = replace(find_pipeline().clinic, name=clinic_name)
    for name in (
        "Maria Lopez",
        "Wilhelmina Alexandra Montgomery",
        "Wilhelmina Alexandra Montgomery-Featherstonehaugh van den Bosch",
    ):
        clinic_line, own_line = read_heads(clinic, name, edition)
        shown = clinic_line.removesuffix(clinic.phone).removesuffix(" \u00b7 ")
        for line, whole in ((shown, clinic_name), (own_line, name)):
            if line != whole:
                kept = line.removesuffix("\u2026")
                assert whole.startswith(kept)
                assert whole[len(kept)] in " -"
        if own_line != name:
            assert edition == "large-print"
            assert own_line == "Wilhelmina Alexandra Montgomery\u2026"


def test_a_name_of_one_word_is_cut_between_letters():
    name = "Wolfeschlegelstein" * 4
    clinic_line, own_line = read_heads(find_pipeline().clinic, name, "large-print")
    assert clinic_line == find_pipeline().clinic.phone
    assert len(own_line) > 30
    assert name.startswith(own_line.removesuffix("\u2026"))


@pytest.mark.parametrize("name", ["Harbour Lane", LONG_NAME])
def test_heads_of_one_clinic_and_different_people_never_touch(name):
    """Whatever is kept of a layout: the clinic's line ends where the person's name has not begun."""
    pipeline = open_pipeline(replace(find_pipeline().clinic, name=name))
    for person in ("Al", "Wolfeschlegelsteinhausenbergerdorff Maria Guadalupe", "Bo", LONG_NAME):
        record = PatientRecord(name=person)
        made = pipeline.make("back-spasms", record, Choices(DAY, "option"))
        second = made.sheet.pages[1]
        places = {placed.block.origin: placed for placed in second.placed}
        ends = max(item.x + item.width for item in places["running-head-clinic"].block.items if isinstance(item, Text))
        own = places["running-head"]
        starts = own.x - places["running-head-clinic"].x + min(item.x for item in own.block.items)
        assert ends < starts
        text = pypdfium2.PdfDocument(made.data)[1].get_textpage().get_text_range()
        (clinic_line,) = read_lines(places["running-head-clinic"].block)
        assert clinic_line in text.replace("\r\n", " ")
        assert read_lines(own.block)[0] in text


def test_a_card_fits_on_letter_in_large_print_under_the_longest_names():
    clinic = replace(find_pipeline().clinic, name=LONG_NAME)
    record = PatientRecord(name=f"{LONG_NAME} and Sons", stage="later", seen_on=DAY)
    assert make_sheet(clinic, record, edition="large-print", paper="letter").pages


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_long_address_gives_way_to_the_box_and_that_is_said(paper):
    clinic = replace(find_pipeline().clinic, name=LONG_NAME, address=ADDRESS * 2, logo=None)
    pipeline = open_pipeline(clinic)
    record = PatientRecord(name=LONG_NAME, seen_by=LONG_NAME[:80], seen_on=DAY, next_visit=DAY, reference="HL-2041")
    for handout in ("exercises", "exercises", "back-spasms"):
        plan = pipeline.plan(handout, record, Choices(DAY, "option", edition="large-print"))
        sheet = pipeline.lay_out(plan, paper)
        words = " ".join(
            [line for each in ("strip-clinic", "strip") for line in read_lines(find_block(sheet.pages[0], each))]
        )
        assert sheet.left_out[0] == "clinic-address"
        assert "Newcastle" not in words
        assert clinic.phone in words


def make_opening(record, handout="sleep"):
    """A sheet in large print whose head must be close to hold the box on page 1."""
    pipeline = open_pipeline(replace(find_pipeline().clinic, name="Harbour Lane Physiotherapy", logo=None))
    return pipeline.make(handout, record, Choices(DAY, "option", edition="large-print", paper="letter"))


def test_a_date_in_a_close_head_is_not_broken_and_is_read_with_plain_spaces():
    record = PatientRecord(
        name="Bo Li",
        date_of_birth=date(1948, 1, 1),
        seen_on=DAY,
        seen_by="A. Ox",
        stage="first-days",
        conditions=("osteoporosis", "blood-thinner", "stomach-ulcer"),
    )
    made = make_opening(record)
    lines = read_lines(find_block(made.sheet.pages[0], "strip"))
    assert lines == ["For Bo Li \u00b7 Born 1 January 1948 \u00b7", "Date 23 November 2026 \u00b7 Seen by A. Ox"]
    text = pypdfium2.PdfDocument(made.data)[0].get_textpage().get_text_range()
    assert "Date 23 November 2026" in text
    assert "\u00a0" not in text


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_foot_of_two_lines_is_broken_between_its_pieces(paper):
    sheet = make_sheet(find_pipeline().clinic, PatientRecord(name="Bo Li"), edition="large-print", paper=paper)
    lines = read_lines(find_block(sheet.pages[0], "foot"))
    assert lines[0].endswith("\u00b7")
    assert lines[1:] == ["Not yet reviewed by a clinician"]


@pytest.mark.parametrize("edition", ["standard", "large-print"])
@pytest.mark.parametrize(
    "seen_by", ["Jo Ek", "R. Lindqvist, physiotherapist", "Professor Hermione Featherstonehaugh-Cholmondeley"]
)
def test_no_label_of_the_strip_touches_its_value(edition, seen_by):
    record = PatientRecord(
        name="Dorothy Whitfield",
        date_of_birth=date(1945, 3, 9),
        reference="HL-2043",
        seen_by=seen_by,
        next_visit=date(2026, 11, 30),
    )
    own = make_sheet(find_pipeline().clinic, record, edition=edition).own["strip"]
    lines = [item for item in own.items if isinstance(item, Text)]
    beside = [(one, two) for one in lines for two in lines if one.x < two.x and abs(one.y - two.y) < 1]
    assert len(beside) >= 6
    assert min(two.x - one.x - one.width for one, two in beside) > 4
