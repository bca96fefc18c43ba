"""Workbooks: what a person sees in a cell is what is read, or it is said that it is not."""

import io
import zipfile
from datetime import date

import pytest

from handouts.patient.models import PERSONAL_FIELDS
from handouts.patient.table_traps import MOST_CELLS
from tests.patient.test_table import list_rules, open_bytes, read_all

pytest.importorskip("python_calamine")

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TEXT = '<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def pack(parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return content.getvalue()


def write_cell(place, value):
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value}</v></c>'
    return value.replace("@", place) if value.startswith("<c") else TEXT.format(place=place, text=value)


def write_sheet(rows, more="", start=1):
    lines = []
    for number, row in enumerate(rows, start):
        cells = "".join(write_cell(f"{chr(65 + at)}{number}", value) for at, value in enumerate(row) if value != "")
        lines.append(f'<row r="{number}">{cells}</row>')
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData>{more}</worksheet>'


def write_xlsx(*sheets):
    """Return a workbook of (title, state, XML) sheets."""
    numbers = range(1, len(sheets) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{KIND}.worksheet+xml"/>' for n in numbers
    )
    links = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    listed = "".join(
        f'<sheet name="{title}" sheetId="{n}" state="{state}" r:id="r{n}"/>'
        for n, (title, state, _) in zip(numbers, sheets, strict=True)
    )
    root = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    return pack(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>{overrides}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{root}</Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
            **{f"xl/worksheets/sheet{n}.xml": xml for n, (_, _, xml) in zip(numbers, sheets, strict=True)},
        }
    )


def write_one(rows, more=""):
    return write_xlsx(("People", "visible", write_sheet(rows, more)))


def write_ods(rows, body=None):
    """Return a workbook of rows of ready table cells, or of a table's XML."""
    spaces = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    }
    names = " ".join(f'xmlns:{key}="{value}"' for key, value in spaces.items())
    body = body or "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>"
        f'<table:table table:name="L">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return pack({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def say(text, count=1):
    repeated = f' table:number-columns-repeated="{count}"' if count > 1 else ""
    return f'<table:table-cell office:value-type="string"{repeated}><text:p>{text}</text:p></table:table-cell>'


def write_row(*names, more=""):
    return f"<table:table-row {more}>{''.join(names)}</table:table-row>"


HEAD = write_row(say("name"), say("stage"))


def test_text_numbers_and_days_are_read():
    table, (row,) = read_all(
        write_one([["name", "date_of_birth", "pregnant_weeks", "reference"], ["Zoë", "1984-05-02", 20, "=1+1"]])
    )
    assert table.said == "a workbook, sheet 'People'"
    assert (row.record.name, row.record.pregnant_weeks, row.record.date_of_birth) == ("Zoë", 20, date(1984, 5, 2))


def test_a_sheet_out_of_sight_is_passed_over():
    rows = [["name"], ["Hidden"]]
    for state in ("hidden", "veryHidden"):
        content = write_xlsx(("A", state, write_sheet(rows)), ("B", "visible", write_sheet([["name"], ["Shown"]])))
        table, (row,) = read_all(content)
        assert table.said.endswith("'B'") and row.record.name == "Shown"


@pytest.mark.parametrize(
    ("cell", "rules"),
    [
        ('<c r="@" t="e"><f>A9</f><v>#N/A</v></c>', ["no-value"]),
        ('<c r="@" t="e"><v>#REF!</v></c>', ["no-value"]),
        ('<c r="@"><f>A9</f></c>', ["no-value"]),
        ('<c r="@"><f>A9</f><v/></c>', ["no-value"]),
        ('<c r="@" t="str"><f>A9</f><v></v></c>', []),
        ('<c r="@" t="str"><f>A9</f><v>falls-risk</v></c>', []),
    ],
)
def test_a_formula_without_a_value_is_not_taken_for_an_empty_cell(cell, rules):
    _, (bad, good) = read_all(write_one([["name", "conditions"], ["Ann", cell], ["Bob", "falls-risk"]]))
    assert list_rules(bad) == rules and (bad.record is None) == bool(rules)
    assert good.record.conditions == ("falls-risk",)
    if rules:
        assert "row 2, column 'conditions'" in bad.found[0].message


@pytest.mark.parametrize("key", PERSONAL_FIELDS)
@pytest.mark.parametrize("value", [0, 1])
def test_true_and_false_are_no_words_for_a_person(key, value):
    truth = f'<c r="@" t="b"><v>{value}</v></c>'
    head, row = ["name", "stage", key], ["Ann", "early", truth]
    if key == "name":
        head, row = ["stage", "name"], ["early", truth]
    _, (bad, good) = read_all(write_one([head, row, ["Bob" if at == key else "" for at in head]]))
    assert bad.record is None and list_rules(bad) == ["wrong-type"]
    (said,) = bad.found
    assert said.message == f"row 2, column '{key}': words stand here, or nothing; the value there is yes or no"
    assert (said.span.line, said.span.column) == (2, len(head))
    assert "wrong-type" not in list_rules(good)


def test_true_in_an_ods_sheet_is_no_name():
    truth = say("TRUE").replace('"string"', '"boolean" office:boolean-value="true"')
    _, (row,) = read_all(write_ods([], HEAD + write_row(truth)))
    assert row.record is None and list_rules(row) == ["wrong-type"]


def test_a_row_of_nothing_but_an_error_is_told():
    error = '<c r="@" t="e"><v>#N/A</v></c>'
    _, (row,) = read_all(write_one([["name", "stage"], [error, ""]]))
    assert list_rules(row) == ["no-value"]


def test_merged_cells_are_not_taken_for_empty_ones():
    merged = '<mergeCells count="2"><mergeCell ref="B2:B3"/><mergeCell ref="A4:Z1048576"/></mergeCells>'
    content = write_one([["name", "conditions"], ["Ann", "falls-risk"], ["Bob", ""], ["Cy", ""]], merged)
    _, rows = read_all(content)
    assert [list_rules(row) for row in rows] == [[], ["no-value"], ["no-value"]]
    assert rows[0].record.conditions == ("falls-risk",)


def test_a_cell_far_away_is_told_before_memory_is_gone():
    assert MOST_CELLS < 1_048_576 * 16_384
    far = write_sheet([["name"], ["Ann"]]).replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    table, found = open_bytes(write_xlsx(("A", "visible", far)))
    assert table is None and "row 1048576, column 16384" in found[0].message


def test_a_workbook_that_swells_is_told(monkeypatch):
    monkeypatch.setattr("handouts.patient.table_sheets.MOST_UNPACKED", 1000)
    table, found = open_bytes(write_one([["name"], ["Ann" * 1000]]))
    assert table is None and "when unpacked" in found[0].message


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 and nothing more",
        b"\xd0\xcf\x11\xe0 the old form",
        pack({"xl/workbook.xml": "<a", "[Content_Types].xml": "<a/>"}),
        pack({"content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        pack({"something": "else"}),
    ],
)
def test_what_is_no_workbook_is_told(content):
    table, found = open_bytes(content)
    assert table is None and [item.rule for item in found] == ["no-table"]


def test_a_document_type_is_refused():
    sheet = '<!DOCTYPE a [<!ENTITY b "c">]>' + write_sheet([["name"], ["Ann"]])
    table, found = open_bytes(write_xlsx(("A", "visible", sheet)))
    assert table is None and "document type" in found[0].message


def test_open_document_workbooks():
    error = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    )
    nothing = '<table:table-cell table:formula="of:=A9"/>'
    covered = "<table:covered-table-cell/>"
    rows = [
        [say("name"), say("conditions")],
        [say("Ann"), say("falls-risk")],
        [say("Bob"), error],
        [say("Cy"), nothing],
        [say("Di"), covered],
        [say("Ed"), "<table:table-cell/>"],
    ]
    _, readings = read_all(write_ods(rows))
    assert [list_rules(row) for row in readings] == [[], ["no-value"], ["no-value"], ["no-value"], []]
    assert [row.row.number for row in readings] == [2, 3, 4, 5, 6]


def list_hidden(content):
    table, _ = open_bytes(content)
    return [row.number for row in table.rows() if row.hidden]


def test_rows_that_a_filter_or_a_hand_has_hidden_are_known_in_xlsx():
    rows = [["name"], ["Ann"], ["Bob"], ["Cy"], ["Di"], ["Ed"]]
    sheet = write_sheet(rows, '<autoFilter ref="A1:A6"/>')
    for number, mark in ((3, 'hidden="1"'), (4, 'hidden="true"'), (5, 'ht="0" customHeight="1"'), (6, 'hidden="0"')):
        sheet = sheet.replace(f'<row r="{number}">', f'<row r="{number}" {mark}>')
    assert list_hidden(write_xlsx(("A", "visible", sheet))) == [3, 4, 5]


def test_rows_that_a_filter_or_a_hand_has_hidden_are_known_in_ods():
    body = (
        HEAD
        + write_row(say("Ann"))
        + write_row(say("Bob"), more='table:visibility="collapse"')
        + write_row(say("Cy"), more='table:visibility="filter" table:number-rows-repeated="2"')
        + f'<table:table-row-group table:display="false">{write_row(say("Di"))}</table:table-row-group>'
        + f"<table:table-row-group>{write_row(say('Ed'))}</table:table-row-group>"
        + write_row("<table:table-cell/>", more='table:visibility="collapse" table:number-rows-repeated="1048000"')
    )
    assert list_hidden(write_ods([], body)) == [3, 4, 5, 6]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (write_row(say("Ann"), more='table:number-rows-repeated="1000000"'), "row 2 stands there 1,000,000 times"),
        (write_row(say(" "), more='table:number-rows-repeated="1000000"'), "row 2 stands there 1,000,000 times"),
        (write_row(say("Ann", 16384)), "row 2 has the same value in 16,384 columns"),
        (write_row(say("Ann", 900), more='table:number-rows-repeated="900"') * 2, "copies of their neighbours"),
        (write_row('<table:table-cell table:number-columns-repeated="2000"/>', say("Ann")), "stands far from"),
        (write_row(say("Ann"), more='table:number-rows-repeated="0"'), "cannot be read"),
        (write_row(say("Ann"), more='table:number-rows-repeated="-3"'), "cannot be read"),
    ],
)
def test_what_is_written_once_for_many_is_told_before_time_and_memory_are_gone(body, words):
    table, found = open_bytes(write_ods([], HEAD + body))
    assert table is None and [item.rule for item in found] == ["no-table"] and words in found[0].message


def test_empty_rows_and_cells_to_the_end_of_a_sheet_do_no_harm():
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    body = HEAD + write_row(say("Ann"), empty) + write_row(empty, more='table:number-rows-repeated="1048574"')
    _, (row,) = read_all(write_ods([], body))
    assert row.record.name == "Ann"


def test_text_that_is_marked_as_no_value_is_not_taken_for_nothing():
    bare = "<table:table-cell><text:p>falls-risk</text:p></table:table-cell>"
    remark = "<table:table-cell><office:annotation><text:p>to ask</text:p></office:annotation></table:table-cell>"
    rows = [[say("name"), say("conditions")], [say("Ann"), bare], [say("Bob"), remark], [say("Cy"), say("falls-risk")]]
    _, readings = read_all(write_ods(rows))
    assert [list_rules(row) for row in readings] == [["no-value"], [], []]


def test_sheets_that_are_not_read_are_counted():
    one, two = write_sheet([["name"], ["Ann"]]), write_sheet([["name"], ["Bob"]])
    table, _ = read_all(write_xlsx(("A", "visible", one), ("B", "visible", two), ("C", "hidden", two)))
    assert table.said == "a workbook, sheet 'A' (1 more in sight not read)"


@pytest.mark.parametrize("write", [write_one, None])
def test_too_many_columns_are_told_once(write):
    content = write_one([["name"]], "") if write else ("name," + "x," * 200_000 + "\nAnn\n").encode()
    if write:
        content = write_one([['<c r="A1" t="inlineStr"><is><t>name</t></is></c><c r="XFD1"><v>1</v></c>']])
    table, found = open_bytes(content)
    assert table is None and len(found) == 1


def test_hidden_columns_are_known_in_ods():
    columns = (
        "<table:table-column/>"
        '<table:table-column table:visibility="collapse"/>'
        '<table:table-column table:number-columns-repeated="1022"/>'
    )
    table, found = open_bytes(write_ods([], columns + HEAD + write_row(say("Ann"), say("early"))))
    assert table is not None and [(item.rule, item.span.column) for item in found] == [("hidden-column", 2)]


def test_what_no_spreadsheet_program_writes_is_refused():
    rows = [["name"], ["Ann"], ["Bob"]]
    twice = write_sheet(rows).replace('<row r="3">', '<row r="2">').replace('r="A3"', 'r="A2"')
    table, found = open_bytes(write_xlsx(("A", "visible", twice)))
    assert table is None and "row 2 stands there twice" in found[0].message
    sheets = [("A", state, write_sheet(rows)) for state in ("hidden", "visible")]
    table, found = open_bytes(write_xlsx(*sheets))
    assert table is None and "two sheets have the same name" in found[0].message
    table, found = open_bytes(write_xlsx(sheets[0]))
    assert table is None and "no sheet in sight" in found[0].message
