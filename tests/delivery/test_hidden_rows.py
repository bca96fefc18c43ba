"""Rows that a spreadsheet does not show: no sheet without a choice, and none lost without a word."""

import json

import pytest
from click.testing import CliRunner

from handouts.commands import main
from handouts.patient.table_cells import tell_numbers
from tests.patient.test_workbook import write_sheet, write_xlsx

pytest.importorskip("python_calamine")


@pytest.fixture
def filtered(desk):
    """A workbook of six people, of whom rows 3, 5 and 6 are out of sight."""
    rows = [["name", "reference", "seen_on"]]
    rows += [[f"Person {number}", f"HL-{number}", "2026-11-23"] for number in range(2, 8)]
    sheet = write_sheet(rows)
    for number in (3, 5, 6):
        sheet = sheet.replace(f'<row r="{number}">', f'<row r="{number}" hidden="1">')
    desk.table = desk.folder / "people.xlsx"
    desk.table.write_bytes(write_xlsx(("People", "visible", sheet)))
    desk.sheet = sheet
    return desk


def test_hidden_rows_stop_the_run_until_somebody_chooses(filtered):
    said = filtered.run(status=1).output
    assert "rows 3, 5 to 6 (3 rows) are not shown in the spreadsheet" in said
    assert "--hidden-rows skip" in said and "nothing was made" in said and "Person" not in said
    assert not filtered.out.exists()
    assert not list(filtered.folder.glob("out/*")) and filtered.run("--skip-bad", status=1)
    shown = json.loads(filtered.run("--format", "json", status=1).stdout)
    assert shown["counts"]["hidden"] == 3 and shown["findings"][0]["rule"] == "hidden-rows"


def test_hidden_rows_that_are_skipped_are_told_and_stand_in_the_receipt(filtered):
    said = filtered.run("--hidden-rows", "skip").output
    assert "rows 3, 5 to 6 (3 rows) are hidden in the spreadsheet; no sheet is made for them" in said
    assert sorted(filtered.read_files()) == ["HL-2.pdf", "HL-4.pdf", "HL-7.pdf"]
    receipt = [(row["row"], row["reference"], row["status"]) for row in filtered.read_receipt()]
    states = ["made", "hidden", "made", "hidden", "hidden", "made"]
    assert receipt == [(str(number), f"HL-{number}", states[number - 2]) for number in range(2, 8)]


def test_hidden_rows_that_are_printed_are_told(filtered):
    said = filtered.run("--hidden-rows", "print").output
    assert "are hidden in the spreadsheet; sheets are made for them all the same" in said
    assert len(filtered.read_files()) == 6
    assert {row["status"] for row in filtered.read_receipt()} == {"made"}


def test_a_hidden_row_that_is_bad_is_told_once_and_only_where_it_matters(filtered):
    sheet = filtered.sheet.replace("<t>Person 5</t>", "<t></t>")
    filtered.table.write_bytes(write_xlsx(("People", "visible", sheet)))
    said = filtered.run(status=1).output
    assert "row 5: the key 'name' is missing" in said and "--hidden-rows" in said
    filtered.run("--hidden-rows", "skip")
    filtered.run("--hidden-rows", "print", status=1)
    filtered.run("--hidden-rows", "print", "--skip-bad", status=1)
    assert [row["row"] for row in filtered.read_receipt()] == [str(number) for number in range(2, 8)]


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([4], "row 4 is"),
        ([4, 5], "rows 4 to 5 (2 rows) are"),
        ([9, 2, 4], "rows 2, 4, 9 (3 rows) are"),
        (range(2, 202, 2), f"rows {', '.join(map(str, range(2, 42, 2)))}, others (100 rows) are"),
    ],
)
def test_rows_are_named_in_few_words(numbers, words):
    assert tell_numbers(list(numbers)) == words


def test_a_hidden_column_is_told_and_used(desk):
    sheet = write_sheet([["name", "reference", "seen_on"], ["Ann", "A", "2026-11-23"]])
    sheet = sheet.replace("<sheetData>", '<cols><col min="2" max="2" hidden="1"/></cols><sheetData>')
    desk.table = desk.folder / "people.xlsx"
    desk.table.write_bytes(write_xlsx(("People", "visible", sheet)))
    assert "the column 'reference' is hidden in the spreadsheet; what stands in it is used" in desk.run().output
    assert list(desk.read_files()) == ["A.pdf"]


def test_the_check_of_a_table_tells_what_is_hidden(filtered):
    said = CliRunner().invoke(main, ["check", str(filtered.table)], catch_exceptions=False)
    assert said.exit_code == 0 and "warning: rows 3, 5 to 6 (3 rows) are hidden" in said.output
