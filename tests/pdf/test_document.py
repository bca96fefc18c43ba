"""The painted file is accessible, archival, complete, and always the same."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import page as page_validation
import pikepdf
import pypdfium2
import pytest
import zxingcpp

from handouts.layout.page import Page, Placed, Tag
from handouts.pdf.document import SHELVES, Shelf, paint_document, paint_sheet
from handouts.typeset.bundled import load_fonts

from . import samples

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def fonts():
    return samples.open_fonts()


@pytest.fixture(scope="module")
def painted(fonts) -> bytes:
    return paint_document(samples.make_pages(fonts), samples.INFO, fonts)


def find_failures(data: bytes, folder: Path, profile: str) -> list[str]:
    path = folder / "sheet.pdf"
    path.write_bytes(data)
    return [f"{f.rule_id}: {f.message}" for f in page_validation.validate_pdf(str(path), profile=profile).failures]


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_validator_finds_nothing(painted, tmp_path, profile) -> None:
    assert find_failures(painted, tmp_path, profile) == []


def test_validator_finds_a_missing_title(fonts, tmp_path) -> None:
    data = paint_document(samples.make_pages(fonts), samples.INFO, fonts).replace(b"dc:title", b"dc:titel")
    assert find_failures(data, tmp_path, "ua1")


def test_no_stream_ends_in_a_carriage_return(fonts) -> None:
    for number in range(40):
        info = replace(samples.INFO, title=f"Sheet {number}")
        data = paint_document(samples.make_pages(fonts, f"Name {number}"), info, fonts)
        assert b"\r\nendstream" not in data


def test_text_is_extracted_in_order_of_reading(painted) -> None:
    document = pypdfium2.PdfDocument(painted)
    text = " ".join(sheet.get_textpage().get_text_range() for sheet in document)
    words = " ".join(text.split())
    places = [
        words.index(part)
        for part in (
            "For: Nguyễn Thị Phượng",
            "Ọláṣubọ̀mí Щербакова",
            "Back spasms: To Your plan",
            "It hurts, but it does not harm",
            "100% of what",
            "→ ✓ ½ ≤ °",
            "1. Lie on your back.",
            "2. Lie on your back.",
            "Move Mon Tue",
            "Move 3 yes",
            "A note for Łukasz: “rest”",
            "harbour-lane.example/back Añadido",
        )
    ]
    assert places == sorted(places)


def test_fonts_are_embedded_composite_and_mapped(painted) -> None:
    pdf = pikepdf.open(BytesIO(painted))
    fonts = {name: font for sheet in pdf.pages for name, font in sheet.Resources.Font.items()}
    assert len(fonts) == 8
    for font in fonts.values():
        assert font.Subtype == "/Type0"
        assert font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()[:4] == b"\x00\x01\x00\x00"
        assert b"<0000>" not in font.ToUnicode.read_bytes().replace(b"<0000> <FFFF>", b"")
    assert b"/Type1" not in painted


@pytest.mark.parametrize(("dots", "grey"), [(300, False), (150, True)])
def test_code_is_read_from_the_rendered_page(painted, dots, grey) -> None:
    picture = pypdfium2.PdfDocument(painted)[2].render(scale=dots / 72, grayscale=grey).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [samples.ADDRESS]


def test_same_bytes_whatever_was_painted_before(fonts, painted) -> None:
    others = [samples.make_pages(fonts, name) for name in ("Ann Lee", "Łukasz Żak", "Наталья")]
    for pages in reversed(others):
        paint_document(pages, samples.INFO, fonts)
    assert paint_document(samples.make_pages(fonts), samples.INFO, fonts) == painted
    SHELVES[fonts] = Shelf()
    assert paint_document(samples.make_pages(fonts), samples.INFO, fonts) == painted
    fresh = samples.open_fonts()
    assert paint_document(samples.make_pages(fresh), samples.INFO, fresh) == painted


def test_same_bytes_in_other_processes(painted) -> None:
    code = (
        "import sys; from tests.pdf import samples; from handouts.pdf.document import paint_document\n"
        "fonts = samples.open_fonts()\n"
        "sys.stdout.buffer.write(paint_document(samples.make_pages(fonts), samples.INFO, fonts))"
    )
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        made = subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, check=True)
        assert made.stdout == painted


def test_a_key_used_twice_never_shows_the_wrong_block(fonts) -> None:
    def make(words: str) -> tuple[Page, ...]:
        block = samples.make_block("same", 20, [samples.set_line(fonts, 0, 14, words)], [Tag("P", (0,))])
        return (Page(300, 200, (Placed(block, 20, 20),)),)

    for words in ("Hold 10 seconds", "Hold 20 seconds"):
        data = paint_document(make(words), replace(samples.INFO, bookmarks=()), fonts)
        assert pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range() == words


def test_information_and_xmp_say_the_same(painted) -> None:
    pdf = pikepdf.open(BytesIO(painted))
    with pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == str(pdf.docinfo.Title) == samples.INFO.title
        assert xmp["pdf:Producer"] == str(pdf.docinfo.Producer)
        assert xmp["dc:description"] == str(pdf.docinfo.Subject)
        assert xmp["xmp:CreateDate"] == "2026-11-23T00:00:00Z"
        assert xmp.pdfa_status == "2A"
    assert b"/CreationDate(D:20261123000000Z)/ModDate(D:20261123000000Z)" in painted
    assert bytes(pdf.trailer.ID[0]).hex() == "0f" * 16
    assert pdf.Root.Lang == "en"


def test_structure_of_the_file_is_sound(painted) -> None:
    with pikepdf.open(BytesIO(painted)) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_no_personal_data_outside_the_pages(fonts) -> None:
    pdf = pikepdf.open(BytesIO(paint_document(samples.make_pages(fonts, "Zebedee Quill"), samples.INFO, fonts)))
    streams = {stream.objgen for sheet in pdf.pages for stream in sheet.Contents}
    for held in pdf.objects:
        if isinstance(held, pikepdf.Stream) and held.objgen not in streams:
            assert b"Zebedee" not in held.read_raw_bytes()
        elif not isinstance(held, pikepdf.Stream):
            assert "Zebedee" not in str(held.unparse())


def test_bookmarks_lead_to_their_pages(painted) -> None:
    pdf = pikepdf.open(BytesIO(painted))
    with pdf.open_outline() as outline:
        first, second = outline.root
        assert [first.title, second.title] == ["Back spasms", "Web"]
        assert [item.title for item in first.children] == ["Your moves", "More moves"]
        assert first.children[1].destination[0].objgen == pdf.pages[1].objgen


def test_lists_and_tables_run_on_over_pages(painted) -> None:
    pdf = pikepdf.open(BytesIO(painted))
    document = pdf.Root.StructTreeRoot.K
    roles = [str(kid.S)[1:] for kid in document.K]
    assert roles == ["P", "P", "H1", "P", "Figure", "Sect", "Table", "Figure", "P", "Figure", "P", "P", "P"]
    (numbered,) = document.K[5].K
    assert len(numbered.K) == 3
    assert numbered.A.ListNumbering == "/Decimal"
    assert [len(part.K) for part in document.K[6].K] == [1, 3]


def test_added_family_is_embedded_with_the_glyphs_used(tmp_path) -> None:
    index = json.loads((samples.FONTS / "index.json").read_text(encoding="utf-8"))
    (tmp_path / "index.json").write_text(json.dumps(index[:1]), encoding="utf-8")
    shutil.copytree(samples.FONTS / "atkinson-next", tmp_path / "atkinson-next")
    fonts = load_fonts(tmp_path, [samples.FONTS / "noto-sans" / "noto-sans-regular-rare.ttf"])
    block = samples.make_block("own", 20, [samples.set_line(fonts, 0, 14, "abc ʃǻ")], [Tag("P", (0,))])
    data = paint_document((Page(300, 200, (Placed(block, 20, 20),)),), replace(samples.INFO, bookmarks=()), fonts)
    assert find_failures(data, tmp_path, "2a") == []
    assert pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range() == "abc ʃǻ"
    assert len(data) < 15_000


def test_an_item_in_two_tags_is_refused(fonts) -> None:
    block = samples.make_block("twice", 20, [samples.set_line(fonts, 0, 14, "x")], [Tag("P", (0,)), Tag("P", (0,))])
    with pytest.raises(ValueError, match="two tags"):
        paint_document((Page(300, 200, (Placed(block, 0, 0),)),), samples.INFO, fonts)


def test_no_two_personal_blocks_share_an_origin():
    fonts = samples.open_fonts()
    pages = samples.make_pages(fonts, "Zebedee Quill")
    own = {placed.block.origin: placed.block for page in pages for placed in page.placed if placed.block.personal}
    sheet = SimpleNamespace(layout="known", own=own, pages=tuple(pages))
    assert paint_sheet(sheet, samples.INFO, fonts) == paint_document(pages, samples.INFO, fonts)
    other = SimpleNamespace(layout="new", own={**own, "test:strip": replace(own["test:strip"])}, pages=tuple(pages))
    with pytest.raises(ValueError, match="test:strip"):
        paint_sheet(other, samples.INFO, fonts)
