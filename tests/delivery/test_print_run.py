"""The file for the printer: every handout on sheets of its own, each block once, the same bytes again."""

import pikepdf
import pypdfium2
import pytest

from handouts.layout.impose import impose_pages
from handouts.layout.page import Page
from handouts.pdf.page_tree import WIDTH, PageTree


def read_pages(path):
    document = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return pages


def test_every_handout_begins_on_a_new_sheet(desk):
    desk.handout = "exercises"
    desk.write_people(6)
    path = desk.folder / "run.pdf"
    said = desk.run("--print-run", str(path)).output
    assert "without tags" in said
    pages = read_pages(path)
    single = {row["reference"]: int(row["pages"]) for row in desk.read_receipt()}
    assert len(pages) == sum(count + count % 2 for count in single.values())
    starts = [number for number, words in enumerate(pages) if "Page 1 of" in words]
    assert len(starts) == 6 and all(start % 2 == 0 for start in starts)
    with pikepdf.open(path) as file, file.open_outline() as outline:
        assert [str(item.title) for item in outline.root] == list(single)
        assert "/StructTreeRoot" not in file.Root and "/Metadata" not in file.Root
        assert not file.check_pdf_syntax()
    assert path.stat().st_size < sum((desk.out / row["file"]).stat().st_size for row in desk.read_receipt()) / 2


def test_separators_and_two_up(desk):
    desk.write_people(3)
    path = desk.folder / "run.pdf"
    desk.run("--print-run", str(path), "--separators", "--two-up")
    pages = read_pages(path)
    assert [number for number, words in enumerate(pages) if words.startswith("HL-")] == [0, 4, 8]
    with pikepdf.open(path) as file:
        left, bottom, right, top = (float(value) for value in file.pages[0].MediaBox)
        assert right - left > top - bottom


def test_the_same_bytes_again(desk):
    desk.write_people(4)
    first, second = desk.folder / "a.pdf", desk.folder / "b.pdf"
    desk.run("--print-run", str(first))
    desk.run("--print-run", str(second))
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("count", "two_up", "sides"), [(1, False, 2), (4, False, 4), (5, False, 6), (4, True, 2), (5, True, 4)]
)
def test_sides_are_even(count, two_up, sides):
    pages = [Page(595.0, 842.0, ()) for _ in range(count)]
    made = impose_pages(pages, two_up=two_up)
    assert len(made) == sides
    assert [cell.page for side in made for cell in side.cells] == pages
    for side in made:
        for cell in side.cells:
            assert cell.x >= 0 and cell.x + cell.page.width * cell.scale <= side.width + 0.01
            assert cell.y >= 0 and cell.y + cell.page.height * cell.scale <= side.height + 0.01


@pytest.mark.parametrize("count", [1, WIDTH, WIDTH + 1, WIDTH * WIDTH + 1])
def test_the_page_tree_is_balanced(count):
    numbers = iter(range(1, 10**6))
    objects = {}
    tree = PageTree(lambda: next(numbers), objects.__setitem__, next(numbers))
    parents = [tree.add_kid(10**6 + page) for page in range(count)]
    tree.finish()
    assert b"/Count %d>>" % count in objects[tree.root]
    assert all(parent in objects for parent in parents)
    assert all(body.count(b" 0 R") <= WIDTH + 1 for body in objects.values())
