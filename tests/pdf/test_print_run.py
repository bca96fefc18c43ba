"""The writer of print runs, on pages made by hand: any features, any order of people, any number of them."""

import io
from dataclasses import replace

import pikepdf
import pytest

from handouts.layout.impose import impose_pages
from handouts.layout.page import Page, Placed, Tag
from handouts.pdf.page_tree import WIDTH
from handouts.pdf.print_run import PrintRun
from handouts.pdf.stencils import print_sides
from tests.pdf.samples import INFO, make_pages, make_paragraph, make_strip, make_title, open_fonts
from tests.pdf.wiring import check_wiring, read_tree_text

LAYOUT = object()


@pytest.fixture(scope="module")
def fonts():
    return open_fonts()


def write_run(fonts, handouts, **more):
    """Return a tagged run of (pages, layout, language)."""
    file = io.BytesIO()
    run = PrintRun(file, fonts, replace(INFO, bookmarks=()), tagged=True, **more)
    for number, (pages, layout, language) in enumerate(handouts):
        handout = print_sides(impose_pages(pages, two_up=bool(more)), layout)
        run.add_handout(handout, f"HL-{number}", None, language)
    run.finish()
    return file.getvalue()


def check_keys(pdf):
    """Walk the parent tree: every node's limits are its least and its greatest key."""

    def walk(node):
        keys = [int(key) for key in list(node.get("/Nums", []))[::2]]
        for kid in node.get("/Kids", []):
            assert "/Limits" in kid
            keys += walk(kid)
        assert keys == sorted(keys)
        if "/Limits" in node:
            assert [int(key) for key in node.Limits] == [keys[0], keys[-1]]
        return keys

    keys = walk(pdf.Root.StructTreeRoot.ParentTree)
    used = [int(page.StructParents) for page in pdf.pages if "/StructParents" in page]
    notes = [int(note.StructParent) for page in pdf.pages for note in page.get("/Annots", [])]
    assert keys == sorted(used + notes) and keys[-1] < int(pdf.Root.StructTreeRoot.ParentTreeNextKey)


def test_all_features_of_pages_many_times(fonts):
    pages = make_pages(fonts)
    names = [f"Person {number}" for number in range(WIDTH + 2)]
    strips = [make_strip(fonts, name) for name in names]
    handouts = []
    for strip in strips:
        first = Page(pages[0].width, pages[0].height, (Placed(strip, 57, 40), *pages[0].placed[1:]))
        handouts.append(((first, *pages[1:]), LAYOUT, "en"))
    data = write_run(fonts, handouts)
    assert check_wiring(data) == []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        check_keys(pdf)
        assert len(pdf.Root.StructTreeRoot.K.K[0].K) == 2
    text = read_tree_text(data)
    assert all(text.count(name + "\n") == 1 for name in names)


def test_personal_blocks_of_one_layout_may_be_tagged_in_other_ways(fonts):
    strip, title = make_strip(fonts), make_title(fonts)
    other = replace(strip, tags=tuple(Tag("P", (index,)) for index in range(len(strip.items)) if strip.tags))
    handouts = [
        ((Page(595.0, 842.0, (Placed(title, 57, 40), Placed(block, 57, 120))),), LAYOUT, "en")
        for block in (strip, other, strip, other)
    ]
    data = write_run(fonts, handouts)
    assert check_wiring(data) == []
    lines = read_tree_text(data).split("\n")
    assert lines[: len(lines) // 2] == lines[len(lines) // 2 :]
    assert data == write_run(fonts, [(pages, None, language) for pages, _, language in handouts])


def test_another_language_is_said(fonts):
    page = Page(595.0, 842.0, (Placed(make_title(fonts), 57, 40), Placed(make_paragraph(fonts), 57, 120)))
    data = write_run(fonts, [((page,), None, "en"), ((page,), None, "es")])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        handouts = pdf.Root.StructTreeRoot.K.K[0].K[0].K
        assert [str(handout.get("/Lang", "")) for handout in handouts] == ["", "es"]


def test_turned_paper_has_no_tags(fonts):
    page = Page(595.0, 842.0, (Placed(make_title(fonts), 57, 40),))
    with pikepdf.open(io.BytesIO(write_run(fonts, [((page, page), None, "en")], turned=True))) as pdf:
        assert "/StructTreeRoot" not in pdf.Root
        assert b"BDC" not in b"".join(part.read_bytes() for part in pdf.pages[0].Contents)
