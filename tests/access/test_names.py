"""Names from many countries are printed as they are written, and one that cannot be is refused with what helps."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import page as page_validation
import pypdfium2
import pytest
from click.testing import CliRunner

from handouts.commands import main
from handouts.diagnostics import LayoutError, PatientError, Span
from handouts.patient.models import PatientRecord
from handouts.pipeline import Choices, Pipeline, open_pipeline
from handouts.tailor.problems import place_nowhere

from ..pdf.wiring import check_wiring, open_pdf, read_tree_text, walk_elements
from .fontmaking import make_font
from .names import NAMES, REFUSED
from .variants import DAY, EXAMPLES, open_shared

APART = {"Paraguay", "Pakistan, Sindhi", "Israel, pointed", "Syria", "Two scripts", "Cambodia"}
"""Where copying gives raised marks after their word, the letters of a ligature turned round, or brackets at another
end, since readers sort what they copy by its place; the tags give all in its place."""

SHAPED = [
    "Egypt",
    "Israel, pointed",
    "India, Hindi",
    "India, Tamil",
    "Thailand",
    "Cambodia",
    "Myanmar",
    "Sri Lanka",
    "China",
]


def make_sheet(pipeline: Pipeline, place=place_nowhere, edition="standard", **fields):
    record = PatientRecord(**{"name": "Ann", "seen_on": DAY, **fields})
    return pipeline.make("red-flags", record, Choices(DAY, "record", edition=edition), place)


@pytest.mark.parametrize("country", NAMES)
def test_a_name_is_printed_as_it_is_written(country) -> None:
    name = NAMES[country]
    made = make_sheet(open_shared(), name=name, seen_by=name)
    wanted = unicodedata.normalize("NFC", name).replace("\u2010", "-")
    text = read_tree_text(made.data)
    assert f"For {wanted}\n" in text
    assert f"Seen by {wanted}\n" in text
    assert check_wiring(made.data) == []
    copied = pypdfium2.PdfDocument(made.data)[0].get_textpage().get_text_range()
    if country not in APART:
        assert wanted.replace(" ", "") in unicodedata.normalize("NFC", copied).replace(" ", "")
    assert all("/Lang" not in element.node for element, _ in walk_elements(open_pdf(made.data)))


@pytest.mark.parametrize("profile", ["ua1", "2a"])
@pytest.mark.parametrize("country", ["Nigeria, Yoruba", "Vietnam", "Greece", "Kazakhstan", "Ghana", *SHAPED])
def test_the_validator_finds_nothing_whatever_the_name(country, profile, tmp_path) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(make_sheet(open_shared(), name=NAMES[country], edition="large-print").data)
    assert page_validation.validate_pdf(str(path), profile=profile).is_compliant


@pytest.mark.parametrize("script", REFUSED)
@pytest.mark.parametrize("field", ["name", "seen_by", "goal", "notes"])
def test_a_letter_that_no_font_draws_is_refused_with_its_place_and_what_helps(script, field) -> None:
    words, remedy = REFUSED[script]
    with pytest.raises(LayoutError) as caught:
        make_sheet(open_shared(), lambda path: Span("record.yaml", 7, len(path[0])), **{field: words})
    assert {item.rule for item in caught.value.diagnostics} == {"letter-without-glyph"}
    (found, *_) = caught.value.diagnostics
    assert found.span == Span("record.yaml", 7, len(field))
    strange = next(letter for letter in words if not letter.isascii())
    assert f"U+{ord(strange):04X} ({unicodedata.name(strange).lower()})" in found.message
    assert remedy in found.hint
    assert words not in str(caught.value)


def test_a_letter_of_the_content_is_refused_where_it_stands() -> None:
    pipeline = open_shared()
    plan = pipeline.plan("red-flags", None, Choices(DAY, "option"))
    message = (replace(plan.message[0], text="Rest \U0001f600"), *plan.message[1:])
    with pytest.raises(LayoutError) as caught:
        pipeline.lay_out(replace(plan, message=message, layout_digest="changed"))
    assert str(caught.value).startswith(f"{plan.message[0].id}: error: no font draws U+1F600 (grinning face)")


def open_with_fonts(folder: Path) -> Pipeline:
    return open_pipeline(replace(open_shared().clinic, fonts=folder))


def test_a_clinic_s_own_font_draws_what_the_bundled_ones_lack(tmp_path) -> None:
    make_font(tmp_path / "own.ttf", "Own", "龘伟")
    made = make_sheet(open_with_fonts(tmp_path), name="龘伟 Müller")
    assert "For 龘伟 Müller\n" in read_tree_text(made.data)
    sheet = tmp_path / "sheet.pdf"
    sheet.write_bytes(made.data)
    for profile in ("ua1", "2a"):
        assert page_validation.validate_pdf(str(sheet), profile=profile).is_compliant
    with pytest.raises(LayoutError, match="U\\+9F98"):
        make_sheet(open_shared(), name="龘伟")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("own.ttf", b"no font at all", "not a TrueType font"),
        ("own.otf", b"OTTO", "no TrueType font (only .ttf files are read"),
        ("notes.txt", b"", "no TrueType font"),
        (None, 2, "licence bits forbid embedding"),
        (None, "cut", "own.ttf"),
    ],
)
def test_a_font_that_cannot_be_embedded_is_a_diagnostic(tmp_path, name, data, words) -> None:
    if name:
        (tmp_path / name).write_bytes(data)
    else:
        path = make_font(tmp_path / "own.ttf", "Own", "王", allowed=data if isinstance(data, int) else 0)
        if data == "cut":
            path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(PatientError) as caught:
        open_with_fonts(tmp_path)
    assert words in str(caught.value)
    assert caught.value.diagnostics[0].rule == "font-unusable"


def test_a_name_as_long_as_a_record_may_have_keeps_the_box_whole() -> None:
    for name in ("Wolfeschlegelsteinhausenbergerdorff " * 3 + "Wolf", "W" * 120):
        for edition in ("standard", "large-print"):
            made = make_sheet(open_shared(), name=name.strip(), edition=edition)
            assert name.replace(" ", "") in read_tree_text(made.data).replace(" ", "")


def test_check_finds_a_font_that_cannot_be_embedded(tmp_path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "own.ttf").write_bytes(b"no font at all")
    profile = (EXAMPLES / "clinic.yaml").read_text(encoding="utf-8").replace("logo: logo.svg", "fonts: fonts")
    (tmp_path / "clinic.yaml").write_text(profile, encoding="utf-8")
    checked = CliRunner().invoke(main, ["check", str(tmp_path / "clinic.yaml")])
    assert checked.exit_code == 1
    (line,) = [line for line in checked.stdout.splitlines() if "font-unusable" in line]
    assert line.startswith(f"{tmp_path / 'clinic.yaml'}:10:8: error: ")
    assert "not a TrueType font" in line
