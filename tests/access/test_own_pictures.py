"""Sheets with a clinic's own pictures: sound in every edition, whatever was kept; low ink without their colours."""

from dataclasses import replace
from io import BytesIO

import page as page_validation
import pikepdf
import pytest
from PIL import Image

from handouts import qr
from handouts.figure import library
from handouts.layout.theme import list_editions
from handouts.patient.models import ChosenExercise, PatientRecord
from handouts.pipeline import Choices, open_pipeline

from ..pdf.wiring import check_wiring
from .audit import read_streams
from .variants import DAY, open_shared

BLUE, DARK, ROSE = "#336699", "#202020", "#cc8899"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40">'
    f'<path d="M5 35h50l-25-30z" fill="{BLUE}"/><path d="M20 30h20l-10-9z" fill="{DARK}"/>'
    f'<path d="M5 38h50" fill="none" stroke="{ROSE}"/></svg>'
)
RECORD = PatientRecord(name="Al", stage="later", exercises=(ChosenExercise("bridge"), ChosenExercise("plank")))


@pytest.fixture
def clinic(tmp_path):
    folder = tmp_path / "own" / "figures"
    folder.mkdir(parents=True)
    for number in (1, 2):
        (folder / f"bridge.{number}.svg").write_text(SVG, encoding="utf-8")
    Image.new("RGB", (60, 40), BLUE).save(folder / "plank.png")
    return replace(open_shared().clinic, logo=None, content=tmp_path / "own")


def make(clinic, edition, cache=None):
    """Return a sheet as a new process makes it."""
    library._load.cache_clear()
    qr.make_symbol.cache_clear()
    return open_pipeline(clinic, cache=cache).make("exercises", RECORD, Choices(DAY, "option", edition=edition)).data


@pytest.mark.parametrize("edition", list_editions())
def test_the_file_is_sound_and_the_same_whatever_was_kept(clinic, tmp_path, edition):
    data = make(clinic, edition)
    assert [make(clinic, edition, tmp_path / "kept") for _ in range(3)] == [data] * 3
    path = tmp_path / "sheet.pdf"
    path.write_bytes(data)
    for profile in ("ua1", "2a"):
        report = page_validation.validate_pdf(str(path), profile=profile)
        assert [(fault.rule_id, fault.message) for fault in report.failures] == []
    assert check_wiring(data) == []
    with pikepdf.open(BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []


@pytest.mark.parametrize("edition", list_editions())
def test_low_ink_alone_has_outlines_in_place_of_a_drawings_colours(clinic, edition):
    readers = read_streams(make(clinic, edition))
    looks = {(mark.fill, mark.stroke) for reader in readers for mark in reader.marks if mark.drawn}
    own = {(BLUE, None), (DARK, None), (None, ROSE)}
    assert any(reader.images for reader in readers)
    if edition != "low-ink":
        assert own <= looks
        return
    assert own & looks == set()
    assert {("#ffffff", "#000000"), ("#000000", "#000000"), (None, "#000000")} <= looks
    assert {colour for look in looks for colour in look} <= {None, "#000000", "#ffffff", "#e6e6e6"}


@pytest.mark.parametrize("edition", list_editions())
def test_low_ink_alone_has_greys_in_place_of_a_pictures_colours(clinic, edition):
    with pikepdf.open(BytesIO(make(clinic, edition))) as pdf:
        streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        images = [item for item in streams if item.get("/Subtype") == "/Image"]
        (samples,) = {(str(image.ColorSpace), image.read_bytes()[:3]) for image in images}
    colour = (0x33, 0x66, 0x99)
    grey = round(0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2])
    assert samples == (("/DeviceGray", bytes([grey] * 3)) if edition == "low-ink" else ("/DeviceRGB", bytes(colour)))
