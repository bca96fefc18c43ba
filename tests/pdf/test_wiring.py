"""Each check of the wiring finds the fault that it is there for."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from handouts.pdf.document import paint_document

from . import samples
from .wiring import check_wiring, read_elements, read_tree_text, walk_elements


@pytest.fixture(scope="module")
def painted() -> bytes:
    fonts = samples.open_fonts()
    return paint_document(samples.make_pages(fonts), samples.INFO, fonts)


@pytest.fixture
def pdf(painted: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(painted))


def find(pdf: pikepdf.Pdf, role: str, index: int = 0):
    return [element.node for element, _ in walk_elements(pdf) if element.role == role][index]


def rewrite(pdf: pikepdf.Pdf, page: int, old: bytes, new: bytes) -> None:
    target = pdf.pages[page]
    data = b"\n".join(stream.read_bytes() for stream in target.Contents)
    assert old in data
    target.Contents = pdf.make_stream(data.replace(old, new, 1))


def parent_tree(pdf: pikepdf.Pdf):
    return pdf.Root.StructTreeRoot.ParentTree.Nums


def test_sound_file_has_no_fault(painted: bytes) -> None:
    assert check_wiring(painted) == []


def double_mcid(pdf):
    data = b"".join(stream.read_bytes() for stream in pdf.pages[0].Contents)
    first, second = re.findall(rb"<</MCID \d+>>", data)[:2]
    rewrite(pdf, 0, second, first)


def swap_parents(pdf):
    slots = parent_tree(pdf)[1]
    slots[0], slots[-1] = slots[-1], slots[0]


def drop_slot(pdf):
    del parent_tree(pdf)[1][-1]


def forget_page_key(pdf):
    del pdf.pages[0].StructParents


def point_elsewhere(pdf):
    find(pdf, "LBody").P = find(pdf, "H1")


def orphan_mark(pdf):
    del find(pdf, "H1").K


def invented_mark(pdf):
    find(pdf, "H1").K = 999


def share_mark(pdf):
    find(pdf, "P").K = find(pdf, "P", 1).K


def swap_notes(pdf):
    notes = [n for page in pdf.pages for n in page.get("/Annots", Array())]
    notes[0].StructParent, notes[1].StructParent = notes[1].StructParent, notes[0].StructParent


def drop_object(pdf):
    link = find(pdf, "Link")
    link.K = link.K[0]


def lose_box(pdf):
    del find(pdf, "Figure").A


def lose_alt(pdf):
    del find(pdf, "Figure").Alt


def demote_heads(pdf):
    for element, _ in walk_elements(pdf):
        if element.role == "TH":
            element.node.S = Name.TD


def lose_scope(pdf):
    del find(pdf, "TH").A


def turn_tree_round(pdf):
    kids = pdf.Root.StructTreeRoot.K.K
    pdf.Root.StructTreeRoot.K.K = Array(list(kids)[::-1])


def nest_marks(pdf):
    rewrite(pdf, 0, b"BT", b"/Artifact BMC EMC BT")


def bare_text(pdf):
    rewrite(pdf, 2, b"/Artifact<</Type/Layout>>BDC", b"/Artifact<</Type/Layout>>BDC EMC")
    rewrite_last(pdf)


def rewrite_last(pdf):
    data = pdf.pages[2].Contents.read_bytes()
    start = data.index(b"BDC EMC")
    end = data.index(b"EMC", start + 8)
    pdf.pages[2].Contents = pdf.make_stream(data[:end] + data[end + 3 :])


def show_notdef(pdf):
    rewrite(pdf, 0, b"Tj", b"Tj (\\300\\000) Tj")


def stray_slot(pdf):
    parent_tree(pdf)[1].append(find(pdf, "H1"))


def empty_item(pdf):
    pdf.Root.StructTreeRoot.K.K.append(
        pdf.make_indirect(Dictionary(S=Name.P, P=pdf.Root.StructTreeRoot.K, Pg=pdf.pages[2].obj))
    )


FAULTS = {
    double_mcid: "used twice",
    swap_parents: "parent tree gives another",
    drop_slot: "parent tree gives another",
    forget_page_key: "parent tree gives another",
    point_elsewhere: "P is not its parent",
    orphan_mark: "belongs to 0",
    invented_mark: "not painted",
    share_mark: "belongs to 2",
    swap_notes: "leads elsewhere",
    drop_object: "no element holds",
    lose_box: "no BBox",
    lose_alt: "no Alt",
    demote_heads: "no TH",
    lose_scope: "no Scope",
    turn_tree_round: "order",
    nest_marks: "within marked content",
    bare_text: "outside marked content",
    show_notdef: ".notdef",
    stray_slot: "not null",
    empty_item: "no content",
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_fault_is_found(pdf: pikepdf.Pdf, fault) -> None:
    fault(pdf)
    found = check_wiring(pdf)
    assert any(FAULTS[fault] in sentence for sentence in found), found


def test_text_is_read_through_the_tree_in_order(painted: bytes) -> None:
    lines = read_tree_text(painted).splitlines()
    assert lines[:3] == [
        "For: Nguyễn Thị Phượng",
        "Seen on 23 November 2026 by Ọláṣubọ̀mí Щербакова",
        "Back spasms: To Your plan",
    ]
    assert lines[3] == (
        "A spasm is a muscle that (for a while) will not let go. It hurts, but it does not harm your back: "
        "100% of what you feel is real. See harbour-lane.example /back \\ for more → ✓ ½ ≤ °."
    )
    assert [line for line in lines if line.endswith(".") and line[:-1].isdigit()] == ["1.", "2.", "3."]
    last = ("Logo of the clinic", "A note for Łukasz: “rest”", "QR code: opens our page")
    assert [line for line in lines if line in last] == list(last)
    assert not any("Page 1 of" in line for line in lines)


def test_elements_are_read_with_their_roles(painted: bytes) -> None:
    elements = read_elements(painted)
    assert ("H1", "Back spasms: To Your plan") in elements
    assert ("Lbl", "2.") in elements
    assert ("Figure", "A person lies on the back (knees bent)") in elements
    assert ("Link", "harbour-lane.example/back") in elements
