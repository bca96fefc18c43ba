"""Every variant is accessible and archival, and says through its tags what the plan says, in order."""

from __future__ import annotations

import re
import unicodedata
from io import BytesIO

import page as page_validation
import pikepdf
import pypdfium2
import pytest

from ..pdf.wiring import check_wiring, open_pdf, read_elements, read_tree_text, walk_elements
from .expectation import compare_words, squeeze
from .variants import list_variants, make_variant

VARIANTS = list_variants()
FALSE_ALARM = "STREAM-LENGTH-001"
"""The validator takes a stream's last byte 0x0D for a line end; the painter lets no stream end in it."""


@pytest.fixture(params=VARIANTS, ids=str, scope="module")
def variant(request):
    return request.param


@pytest.fixture(scope="module")
def made(variant):
    return make_variant(variant)


def test_the_sample_sees_every_handout_edition_paper_and_person() -> None:
    assert len({(variant.handout, variant.edition) for variant in VARIANTS}) >= 21
    assert {variant.paper for variant in VARIANTS} == {"a4", "letter"}
    assert len(VARIANTS) >= 21


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_the_validator_finds_nothing(made, tmp_path, profile) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(made.data)
    report = page_validation.validate_pdf(str(path), profile=profile)
    assert [(fault.rule_id, fault.message) for fault in report.failures] == []


def test_the_wiring_and_the_syntax_are_sound(made) -> None:
    assert check_wiring(made.data) == []
    with pikepdf.open(BytesIO(made.data)) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_the_tags_read_as_the_plan(made, variant) -> None:
    assert compare_words(read_tree_text(made.data), made.plan, variant.edition == "large-print") is None


def test_copied_text_has_the_order_of_the_tags(made) -> None:
    """What is copied from the pages are the words of the tree in their order, then number, head and foot."""
    pdf = open_pdf(made.data)
    tree = squeeze("".join(text for role, text in read_elements(pdf) if role != "Figure"))
    copied = "".join(
        cut_furniture(squeeze(page.get_textpage().get_text_range()), made, number)
        for number, page in enumerate(pypdfium2.PdfDocument(made.data), 1)
    )
    assert unicodedata.normalize("NFC", copied) == unicodedata.normalize("NFC", tree)


def cut_furniture(text: str, made, number: int) -> str:
    """Return a page's text without its number, running head and foot, which stand after the page's own words."""
    wanted = [f"Page {number} of {len(made.sheet.pages)}", f"Sheet {made.plan.sheet_id}"]
    wanted += [made.plan.clinic.name + made.plan.clinic.phone] if number > 1 else []
    starts = [text.rfind(squeeze(words)) for words in wanted]
    assert min(starts) >= 0
    return text[: min(starts)]


def test_headings_tables_lists_and_links_are_whole(made) -> None:
    pdf = open_pdf(made.data)
    level = 0
    for element, kids in walk_elements(pdf):
        roles = [str(kid.S)[1:] for kind, kid in kids if kind == "element"]
        if re.fullmatch("H[1-6]", element.role):
            assert int(element.role[1]) <= level + 1
            level = int(element.role[1])
        elif element.role == "L":
            assert set(roles) == {"LI"}
            assert "/ListNumbering" in element.node.A
        elif element.role == "LI":
            assert roles == ["Lbl", "LBody"]
        elif element.role == "Table":
            assert "TBody" in roles
        elif element.role == "Link":
            assert next(kid for kind, kid in kids if kind == "object").Contents
    assert level > 0


def test_long_handouts_have_bookmarks_to_their_sections(made) -> None:
    with pikepdf.open(BytesIO(made.data)) as pdf:
        with pdf.open_outline() as outline:
            titles = [item.title for top in outline.root for item in (top, *top.children)]
        if len(pdf.pages) <= 2:
            assert titles == []
            return
    headings = [text for role, text in read_elements(made.data) if role in {"H1", "H2"}]
    assert titles == [" ".join(heading.split()) for heading in headings]


def test_no_name_is_a_language_change(made) -> None:
    assert all("/Lang" not in element.node for element, _ in walk_elements(open_pdf(made.data)))
