"""The file for the printer: every handout on sheets of its own, each block once, the same bytes again."""

import io

import page as page_validation
import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner

from handouts.commands import batch_run, main
from handouts.layout.impose import impose_pages
from handouts.layout.page import Page
from handouts.pdf import stencils
from handouts.pdf.document import SHELVES
from handouts.pdf.object_file import ObjectFile
from handouts.pdf.page_tree import WIDTH, KeyTree, PageTree
from handouts.pdf.print_run import PrintRun
from handouts.pdf.row_table import STRETCH
from handouts.pdf.stencils import Printed
from handouts.pipeline import Pipeline
from tests.pdf.wiring import check_wiring, read_tree_text


def read_pages(path):
    document = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return pages


def test_every_handout_begins_on_a_new_sheet(desk):
    desk.handout = "exercises"
    desk.write_people(6)
    path = desk.folder / "run.pdf"
    said = desk.run("--print-run", str(path), "--untagged").output
    assert "without tags:" in said
    pages = read_pages(path)
    single = {row["reference"]: int(row["pages"]) for row in desk.read_receipt()}
    assert len(pages) == sum(count + count % 2 for count in single.values())
    starts = [number for number, words in enumerate(pages) if "Page 1 of" in words]
    assert len(starts) == 6 and all(start % 2 == 0 for start in starts)
    with pikepdf.open(path) as file, file.open_outline() as outline:
        assert [str(item.title) for item in outline.root] == list(single)
        assert "/StructTreeRoot" not in file.Root and "/Metadata" not in file.Root
        assert all("/StructParents" not in page and "/Annots" not in page for page in file.pages)
        assert not file.check_pdf_syntax()
    assert path.stat().st_size < sum((desk.out / row["file"]).stat().st_size for row in desk.read_receipt()) / 2


@pytest.mark.parametrize("more", [(), ("--tagged",), ("--separators",)])
def test_a_tagged_run_conforms_as_the_single_files_do(desk, more):
    desk.handout = "exercises"
    desk.write_people(4)
    path = desk.folder / "run.pdf"
    assert "tagged as the single files are" in desk.run("--print-run", str(path), *more).output
    assert check_wiring(path) == []
    for profile in ("ua1", "2a"):
        report = page_validation.validate_pdf(str(path), profile=profile)
        assert report.is_compliant, report
    single = "\n".join(read_tree_text(desk.out / row["file"]) for row in desk.read_receipt())
    assert read_tree_text(path) == single
    with pikepdf.open(path) as file:
        assert "/StructTreeRoot" in file.Root and not file.check_pdf_syntax()
        assert not any(page.get("/Annots", None) == [] for page in file.pages)
        links = sum(len(page.get("/Annots", [])) for page in file.pages)
    assert links == sum(count_links(desk.out / row["file"]) for row in desk.read_receipt())


def print_people(desk, count, *more):
    """Return the print run of some people's exercises."""
    desk.handout = "exercises"
    desk.write_people(count)
    path = desk.folder / "run.pdf"
    desk.run("--print-run", str(path), *more)
    return path


def count_links(path):
    with pikepdf.open(path) as file:
        return sum(len(page.get("/Annots", [])) for page in file.pages)


@pytest.mark.parametrize("more", [(), ("--untagged",)])
def test_what_is_not_personal_is_there_once(desk, more):
    path = print_people(desk, 9, *more)
    with pikepdf.open(path) as file:
        shown = [stream.objgen for page in file.pages for stream in page.get("/Contents", [])]
        streams = [each for each in file.objects if isinstance(each, pikepdf.Stream)]
        held = [(bytes(each.read_bytes()), str(each.get("/Matrix", ""))) for each in streams]
    held = [each for each in held if b"Call us." not in each[0] and b"/CIDInit" not in each[0]]
    assert len(held) == len(set(held))
    assert len(set(shown)) < len(shown) / 4


def render(path):
    document = pypdfium2.PdfDocument(path)
    shown = [page.render(scale=0.5).to_numpy().copy() for page in document]
    document.close()
    return shown


@pytest.mark.parametrize("more", [(), ("--untagged",)])
def test_pages_look_like_those_of_the_single_files(desk, more):
    path = print_people(desk, 3, *more)
    pages = iter(render(path))
    for row in desk.read_receipt():
        single = render(desk.out / row["file"])
        for shown in single:
            assert abs(next(pages).astype(int) - shown).max() < 16
        if len(single) % 2:
            assert next(pages).min() == 255


def test_the_same_bytes_whatever_was_kept(desk, monkeypatch):
    desk.handout = "exercises"
    desk.write_people(7)
    made = []
    find = stencils.Stencils.find

    def forget(self, *arguments):
        self._near.clear()
        return find(self, *arguments)

    for clear in (False, True):
        if clear:
            SHELVES.clear()
            monkeypatch.setattr(stencils.Stencils, "find", forget)
        path = desk.folder / f"{clear}.pdf"
        desk.run("--print-run", str(path), "--tagged")
        made.append(path.read_bytes())
    assert made[0] == made[1]


def test_very_many_have_no_tags(desk, monkeypatch):
    monkeypatch.setattr(batch_run, "MOST_TAGGED", 2)
    desk.write_people(3)
    for more in ((), ("--tagged",)):
        said = desk.run("--print-run", str(desk.folder / "run.pdf"), *more).output
        assert "without tags (more than 2 handouts)" in said
    assert "without tags:" in desk.run("--print-run", str(desk.folder / "run.pdf"), "--two-up").output


def test_separators_and_two_up(desk):
    desk.write_people(3)
    path = desk.folder / "run.pdf"
    desk.run("--print-run", str(path), "--separators", "--two-up")
    pages = read_pages(path)
    assert [number for number, words in enumerate(pages) if words.startswith("HL-")] == [0, 4, 8]
    with pikepdf.open(path) as file:
        left, bottom, right, top = (float(value) for value in file.pages[0].MediaBox)
        assert right - left > top - bottom


@pytest.mark.parametrize("name", ["none/run.pdf", "out/HL-1.pdf", "out/hl-1.PDF", "out/receipt.csv", "people.csv", "."])
def test_a_place_that_will_not_do_is_told_before_anything_is_made(desk, name):
    desk.write_people(2)
    said = desk.run("--print-run", str(desk.folder / name), status=1).output
    assert "error" in said
    assert not desk.out.exists()


def test_what_a_killed_run_left_of_the_print_run_goes(desk):
    desk.write_people(1)
    left = desk.folder / ".run.pdf.0123abcd.part"
    other = desk.folder / ".other.pdf.0123abcd.part"
    for path in (left, other):
        path.write_bytes(b"%PDF-1.7 half")
    desk.run("--print-run", str(desk.folder / "run.pdf"))
    assert not left.exists() and other.exists()


def test_a_row_that_failed_is_not_tried_again_for_the_print_run(desk, monkeypatch):
    desk.write_people(3)
    plan = Pipeline.plan

    def fail(self, handout, record, choices):
        if record.reference == "HL-1":
            raise RuntimeError
        return plan(self, handout, record, choices)

    monkeypatch.setattr(Pipeline, "plan", fail)
    path = desk.folder / "run.pdf"
    assert "without the 1 row that failed" in desk.run("--print-run", str(path), status=1).output
    assert len(read_pages(path)) == 4


def test_a_sheet_that_was_not_written_is_not_printed_either(desk):
    desk.write_people(3)
    desk.out.mkdir()
    (desk.out / "HL-1.pdf").write_bytes(b"%PDF-1.4 the letter of a clinic")
    path = desk.folder / "run.pdf"
    desk.run("--print-run", str(path), status=1)
    with pikepdf.open(path) as file, file.open_outline() as outline:
        assert [str(item.title) for item in outline.root] == ["HL-0", "HL-2"]


def fail_always(*_):
    raise RuntimeError


@pytest.mark.parametrize("older", [True, False])
@pytest.mark.parametrize(
    ("place", "name"), [(Pipeline, "lay_out_for"), (PrintRun, "add_handout"), (PrintRun, "_write_own")]
)
def test_where_no_sheet_can_be_printed_nothing_is_written(desk, monkeypatch, place, name, older):
    desk.write_people(2)
    desk.run()
    path = desk.folder / "run.pdf"
    if older:
        path.write_bytes(b"%PDF-1.7 of an earlier day")
    monkeypatch.setattr(place, name, fail_always)
    ended = CliRunner().invoke(main, ["-q", *desk.list_arguments("--print-run", str(path))], catch_exceptions=False)
    assert ended.exit_code == 1 and "error: nothing was written: there is no sheet to print" in ended.output
    assert ("the file that has this name is an older one" in ended.output) == older
    assert "row 2 is not in it" in ended.output and "pages for the printer" not in ended.output
    assert not older or path.read_bytes() == b"%PDF-1.7 of an earlier day"
    assert sorted(desk.folder.glob("*run.pdf*")) == [path] * older


def test_a_table_without_rows_leaves_an_earlier_print_run_and_says_so_with_its_status(desk):
    path = desk.folder / "run.pdf"
    desk.write_people(1)
    desk.run("--print-run", str(path))
    before = path.read_bytes()
    desk.write_people(0)
    assert "the table has no row" in desk.run("--print-run", str(path), status=1).output
    assert path.read_bytes() == before


def test_the_same_bytes_again(desk):
    desk.write_people(4)
    first, second = desk.folder / "a.pdf", desk.folder / "b.pdf"
    desk.run("--print-run", str(first))
    desk.run("--print-run", str(second))
    assert first.read_bytes() == second.read_bytes()


def test_options_that_need_others(desk):
    desk.write_people(1)
    for more in ("--tagged", "--untagged"):
        assert "--untagged belong to --print-run" in desk.run(more, status=2).output
    assert "not both" in desk.run("--print-run", "a.pdf", "--tagged", "--two-up", status=2).output


@pytest.mark.parametrize("count", [3, STRETCH - 8, STRETCH - 1, STRETCH, 3 * STRETCH + 7])
def test_a_file_of_many_objects_is_read_back(count):
    file = io.BytesIO()
    writer = ObjectFile(file)
    root, pages, late = writer.reserve(), writer.reserve(), writer.reserve()
    first = writer.reserve(count)
    for number in range(first, first + count):
        writer.add(number, b"<</Number %d>>" % number)
    writer.add(root, b"<</Type/Catalog/Pages %d 0 R/First %d 0 R>>" % (pages, first))
    writer.add(pages, b"<</Type/Pages/Kids[]/Count 0>>")
    writer.write_content(late, b"q\n" * 200, 4)
    writer.finish(root, late)
    with pikepdf.open(io.BytesIO(file.getvalue())) as read:
        assert not any(
            "/Number" in each and int(each.Number) != each.objgen[0]
            for each in read.objects
            if isinstance(each, pikepdf.Dictionary)
        )
        assert sum("/Number" in each for each in read.objects if isinstance(each, pikepdf.Dictionary)) == count
        assert read.get_object(late, 0).read_bytes() == b"q\n" * 200


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


def test_the_key_tree_says_between_which_keys_its_nodes_stand():
    numbers = iter(range(1, 10**6))
    objects = {}
    tree = KeyTree(lambda: next(numbers), objects.__setitem__, next(numbers))
    for kid in range(WIDTH * WIDTH + 1):
        tree.add_kid(10**6 + kid, 1, (kid * 10, kid * 10 + 7))
    tree.finish()
    assert b"/Limits" not in objects[tree.root]
    limits = sorted(body[: body.index(b"/Kids")] for body in objects.values() if b"/Limits" in body)
    assert b"<</Limits[0 637]" in limits and b"<</Limits[0 40957]" in limits and b"<</Limits[40960 40967]" in limits


@pytest.mark.parametrize("more", [(), ("--untagged",), ("--two-up",), ("--untagged", "--separators")])
def test_signs_of_per_cent_and_shaped_names_stand_in_every_kind_of_run(desk, more):
    words = "50 % of 100 %d, खेल शर्मा ॥"
    desk.write_table([("محمد خدیجہ", "5%", "early", "", "2026-11-23", words), ("%s %(x)", "B", "early", "", "", "王%")])
    desk.handout = "back-spasms"
    path = desk.folder / "run.pdf"
    desk.run("--print-run", str(path), *more)
    shown = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))
    for part in ("50 % of 100 %d", "%s %(x)", "王%", "محمد"):
        assert part in shown


def test_a_row_on_which_the_painter_fails_keeps_no_other_from_the_run(desk, monkeypatch):
    paint = PrintRun._write_own
    handouts = []

    def fail(run, blocks, own):
        if not handouts or handouts[-1] is not own:
            handouts.append(own)
        if len(handouts) == 2:
            raise ZeroDivisionError
        return paint(run, blocks, own)

    monkeypatch.setattr(PrintRun, "_write_own", fail)
    desk.write_people(3)
    path = desk.folder / "run.pdf"
    said = desk.run("--print-run", str(path), status=1).output
    assert "row 3 is not in it: the program failed on this row (ZeroDivisionError" in said
    assert check_wiring(path.read_bytes()) == []
    shown = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]
    assert [any(f"HL-{number}" in text for text in shown) for number in range(3)] == [True, False, True]


@pytest.mark.parametrize("look", [(), ("--untagged",), ("--two-up",)])
def test_no_separator_stands_without_its_handout(desk, monkeypatch, look):
    add = PrintRun.add_handout
    handouts = []

    def fail(run, handout, bookmark, *more):
        handouts.extend(more[:1])
        if more and len(handouts) == 2:
            handout = Printed(lambda: 1 // 0, {})
        add(run, handout, bookmark, *more)

    monkeypatch.setattr(PrintRun, "add_handout", fail)
    desk.write_people(3)
    path = desk.folder / "run.pdf"
    said = desk.run("--print-run", str(path), "--separators", *look, status=1).output
    assert "row 3 is not in it: the program failed on this row (ZeroDivisionError" in said
    assert look or check_wiring(path.read_bytes()) == []
    shown = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]
    assert [any(f"HL-{number}" in text for text in shown) for number in range(3)] == [True, False, True]
