"""The receipt and the copy of bad rows."""

import csv
import io

import pytest

from handouts.delivery.jobs import Sheet, Status
from handouts.delivery.receipt import COLUMNS, Entry, defuse_cell, list_receipt, write_receipt, write_rejected

SHEET = Sheet("ABC234", 4, "0" * 64, 60_000, "1.0-abc", "f" * 32)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@sum", "\tx", " =1", "＝1", "|cmd"])
def test_formulas_are_defused(cell):
    assert str(defuse_cell(cell)).startswith("'")


@pytest.mark.parametrize("cell", ["HL-1", "", 7, "'=1"])
def test_other_cells_stay(cell):
    assert defuse_cell(cell) == cell


def test_the_receipt_reads_back():
    entries = [Entry(2, "=HL", "HL.pdf", Status.MADE, SHEET), Entry(3, "B", "B.pdf", Status.FAILED, None, 'no "room"')]
    rows = list(csv.DictReader(io.StringIO(write_receipt(entries).decode(), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["reference"] == "'=HL" and rows[0]["pages"] == "4"
    assert rows[1]["file"] == "" and rows[1]["note"] == 'no "room"'
    assert list_receipt(entries)[0]["reference"] == "=HL"


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", b""), ("utf-8-sig", b"\xef\xbb\xbf"), ("cp1252", b"")])
def test_bad_rows_are_copied_exactly(encoding, mark):
    raw = 'José;"two\nlines"'
    data = write_rejected("name;notes", ";", encoding, [(2, "too long; cut it", raw)])
    codec = "utf-8" if mark or encoding == "utf-8" else encoding
    assert data.startswith(mark + b"row;reason;name;notes\r\n")
    assert raw.encode(codec) in data
    assert '2;"too long; cut it";'.encode(codec) in data


def test_bytes_that_are_not_text_are_copied_as_well():
    raw = b"Jos\xe9,x".decode("utf-8", "surrogateescape")
    assert b"Jos\xe9,x" in write_rejected("name,notes", ",", "utf-8", [(2, "mixed", raw)])
