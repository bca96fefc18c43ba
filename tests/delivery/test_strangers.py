"""Files of other origin in the folder of a batch stay as they are; own sheets that the state forgot are replaced."""

import os
import sqlite3
import sys
from contextlib import closing

import pytest

from handouts.commands import batch_work
from handouts.delivery import strangers
from handouts.delivery.state_problems import STATE_NAME
from handouts.delivery.strangers import RECEIPT_START, REJECTED_START, is_stranger, refuse_other_table
from handouts.diagnostics import DeliveryError
from tests.delivery.conftest import ROOT

LETTER = b"%PDF-1.4\nthe letter of a clinic\n%%EOF\n"


@pytest.mark.parametrize("content", [LETTER, b"no PDF at all", b"\0" * 100], ids=["pdf", "text", "zeros"])
def test_a_file_of_other_origin_is_left_as_it_is(desk, content):
    desk.write_people(4)
    desk.out.mkdir()
    (desk.out / "HL-2.pdf").write_bytes(content)
    said = desk.run("--print-run", str(desk.folder / "run.pdf"), status=1).output
    assert "row 4: error: a file that this program did not make" in said and "--overwrite" in said
    assert (desk.out / "HL-2.pdf").read_bytes() == content
    assert [row["status"] for row in desk.read_receipt()] == ["made", "made", "failed", "made"]
    said = desk.run(status=1).output
    assert "row 4: error: a file that this program did not make" in said
    assert [row["status"] for row in desk.read_receipt()] == ["kept", "kept", "failed", "kept"]
    desk.run("--overwrite")
    assert [row["status"] for row in desk.read_receipt()] == ["kept", "kept", "made", "kept"]
    assert not is_stranger(desk.out / "HL-2.pdf")


def test_a_file_of_other_origin_that_is_moved_away_makes_room(desk):
    desk.write_people(2)
    desk.out.mkdir()
    (desk.out / "HL-1.pdf").write_bytes(LETTER)
    desk.run(status=1)
    (desk.out / "HL-1.pdf").rename(desk.out / "letter.pdf")
    desk.run()
    assert [row["status"] for row in desk.read_receipt()] == ["kept", "made"]


def test_sheets_that_a_killed_run_left_unnoted_are_made_again_without_a_word(desk):
    desk.write_people(5)
    desk.run()
    made = desk.read_files()
    with closing(sqlite3.connect(desk.out / STATE_NAME)) as base:
        base.execute("DELETE FROM sheets WHERE row > 3")
        base.commit()
    said = desk.run().output
    assert "error" not in said and "3 made, 2 kept" in said
    assert desk.read_files() == made


def test_sheets_of_an_earlier_version_and_empty_files_are_replaced(desk):
    desk.write_people(2)
    desk.run()
    before = (desk.out / "HL-0.pdf").read_bytes()
    (desk.out / STATE_NAME).unlink()
    (desk.out / "HL-1.pdf").write_bytes(b"")
    desk.table.write_text(desk.table.read_text(encoding="utf-8").replace("Person 0", "Person X"), encoding="utf-8")
    desk.run()
    assert (desk.out / "HL-0.pdf").read_bytes() != before
    assert (desk.out / "HL-1.pdf").stat().st_size > 1000


def test_a_name_in_other_letters_is_the_same_file_where_the_system_says_so(desk):
    desk.write_people(1)
    desk.out.mkdir()
    (desk.out / "hl-0.PDF").write_bytes(LETTER)
    same = (desk.out / "HL-0.pdf").exists()
    desk.run(status=1 if same else 0)
    assert (desk.out / "hl-0.PDF").read_bytes() == LETTER


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own on Windows")
def test_a_link_and_a_pipe_are_left_as_they_are(desk):
    desk.write_people(3)
    desk.out.mkdir()
    letter = desk.folder / "letter.pdf"
    letter.write_bytes(LETTER)
    (desk.out / "HL-0.pdf").symlink_to(letter)
    os.mkfifo(desk.out / "HL-1.pdf")
    desk.run(status=1)
    assert (desk.out / "HL-0.pdf").is_symlink() and (desk.out / "HL-1.pdf").is_fifo()
    assert [row["status"] for row in desk.read_receipt()] == ["failed", "failed", "made"]


def test_a_folder_in_the_place_of_a_sheet_is_told(desk):
    desk.write_people(2)
    (desk.out / "HL-0.pdf").mkdir(parents=True)
    assert "row 2: error: a folder has the name of this sheet" in desk.run(status=1).output
    desk.run("--overwrite", status=1)
    assert [row["status"] for row in desk.read_receipt()] == ["failed", "kept"]


def test_a_sheet_that_another_program_saved_again_is_a_stranger(desk):
    pikepdf = pytest.importorskip("pikepdf")
    desk.write_people(1)
    desk.run()
    path = desk.out / "HL-0.pdf"
    assert not is_stranger(path)
    with pikepdf.open(path, allow_overwriting_input=True) as file:
        file.save(path)
    assert is_stranger(path)


ADDED = b"3 0 obj\n<</Type/Annot/Contents(stop the bridge)>>\nendobj\nxref\n3 1\n0000028000 00000 n \n"
ADDED += b"trailer\n<</Size 200/Prev 27848>>\nstartxref\n28060\n%%EOF\n"


@pytest.mark.parametrize(
    "change", [lambda data: data + ADDED, lambda data: LETTER, lambda data: b"half"], ids=["added", "letter", "text"]
)
@pytest.mark.parametrize("more", [False, True])
def test_a_sheet_that_somebody_changed_is_left_as_it_is(desk, change, more):
    desk.write_people(3)
    desk.run()
    path = desk.out / "HL-1.pdf"
    changed = change(path.read_bytes())
    path.write_bytes(changed)
    if more:
        desk.clinic.write_text(desk.clinic.read_text(encoding="utf-8").replace("Harbour", "Harbor"), encoding="utf-8")
    for _ in range(2):
        said = desk.run(status=1).output
        assert "row 3: error: a file that this program did not make, or that was changed since" in said
        assert "--overwrite" in said and path.read_bytes() == changed
        assert desk.read_receipt()[1]["status"] == "failed"
    desk.run("--overwrite")
    assert [row["status"] for row in desk.read_receipt()] == ["kept", "made", "kept"]
    assert not is_stranger(path) and ADDED not in path.read_bytes()


@pytest.mark.parametrize("size", [0, 200, 9000, -20, -1])
@pytest.mark.parametrize("forgotten", [False, True])
def test_a_sheet_that_was_cut_off_is_repaired(desk, size, forgotten):
    desk.write_people(2)
    desk.run()
    path = desk.out / "HL-1.pdf"
    whole = path.read_bytes()
    path.write_bytes(whole[:size])
    if forgotten:
        (desk.out / STATE_NAME).unlink()
    desk.run()
    assert path.read_bytes() == whole


def test_sheets_of_a_form_that_is_no_longer_read_are_replaced_as_they_were_left(desk, monkeypatch):
    desk.write_people(2)
    desk.run()
    monkeypatch.setattr(strangers, "read_stamp", lambda data: None)
    desk.clinic.write_text(desk.clinic.read_text(encoding="utf-8").replace("Harbour", "Harbor"), encoding="utf-8")
    desk.run()
    assert {row["note"] for row in desk.read_receipt()} == {"made again: the clinic's profile changed"}


@pytest.mark.parametrize("name", ["receipt.csv", "rejected.csv"])
def test_a_table_with_the_name_of_a_paper_is_left_as_it_is(desk, name):
    desk.write_people(2)
    desk.out.mkdir()
    own = desk.out / name
    own.write_bytes(b"what,else\n1,2\n")
    said = desk.run(status=1).output
    assert name in said and "did not make" in said
    assert own.read_bytes() == b"what,else\n1,2\n" and len(desk.read_files()) == 2
    desk.run("--overwrite")
    assert not own.exists() or own.read_bytes() != b"what,else\n1,2\n"


def test_a_table_is_not_replaced_by_its_own_receipt(desk):
    desk.out.mkdir()
    desk.table = desk.out / "receipt.csv"
    desk.write_people(1)
    before = desk.table.read_bytes()
    desk.run(status=1)
    assert desk.table.read_bytes() == before


@pytest.mark.parametrize(
    ("start", "text"),
    [
        (RECEIPT_START, "row,reference,file,sheet_id"),
        (RECEIPT_START, "row;reference;file;sheet_id"),
        (REJECTED_START, '"row"\t"reason"\t"name"'),
        (REJECTED_START, ""),
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_own_tables_are_known_after_a_spreadsheet_saved_them(tmp_path, start, text, codec):
    path = tmp_path / "table.csv"
    path.write_text(text + "\r\n" if text else "", encoding=codec)
    refuse_other_table(path, start)
    path.write_text("name" + text, encoding=codec)
    with pytest.raises(DeliveryError):
        refuse_other_table(path, start)


def test_every_edition_of_a_sheet_is_known_as_own(desk):
    desk.write_people(1)
    desk.handout = "back-spasms"
    desk.clinic = ROOT / "examples" / "clinic.yaml"
    for edition in ("standard", "large-print", "low-ink"):
        desk.run("--edition", edition)
        assert not is_stranger(desk.out / "HL-0.pdf")
        (desk.out / "HL-0.pdf").write_bytes((desk.out / "HL-0.pdf").read_bytes()[:9000])
        assert not is_stranger(desk.out / "HL-0.pdf")


def test_a_file_that_comes_while_the_run_is_at_work_is_left_as_it_is(desk, monkeypatch):
    desk.write_people(70)
    late = desk.out / "HL-60.pdf"
    write = batch_work.write_group

    def write_with_company(folder, files):
        late.write_bytes(LETTER)
        return write(folder, files)

    monkeypatch.setattr(batch_work, "write_group", write_with_company)
    said = desk.run(status=1).output
    assert "row 62" in said and "was left as it is" in said
    assert late.read_bytes() == LETTER
    assert {row["reference"] for row in desk.read_receipt() if row["status"] == "failed"} == {"HL-60"}
