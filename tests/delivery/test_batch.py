"""Batches: every row exactly once, whatever happens, and nothing said that should not be."""

import contextlib
import errno
import hashlib
import json
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from handouts.commands import main
from handouts.delivery.batch import AT_WORK, MOST_UNWRITTEN
from handouts.delivery.state import STATE_NAME, BatchState
from handouts.diagnostics import DeliveryError, Diagnostic, Span
from handouts.pipeline import Pipeline
from tests.delivery.conftest import ROOT


def test_a_sheet_a_row_and_a_receipt(desk):
    desk.write_people(5)
    desk.run()
    made, receipt = desk.read_files(), desk.read_receipt()
    assert sorted(made) == [f"HL-{number}.pdf" for number in range(5)]
    assert [row["row"] for row in receipt] == ["2", "3", "4", "5", "6"]
    for row in receipt:
        assert row["status"] == "made"
        assert row["sha256"] == hashlib.sha256(made[row["file"]]).hexdigest()
    if sys.platform != "win32":
        assert stat.S_IMODE((desk.out / "HL-0.pdf").stat().st_mode) == 0o600
        assert stat.S_IMODE((desk.out / STATE_NAME).stat().st_mode) == 0o600
        assert stat.S_IMODE(desk.out.stat().st_mode) == 0o700


def test_a_second_run_keeps_what_is_there(desk):
    desk.write_people(3)
    desk.run()
    before = {path.name: path.stat().st_mtime_ns for path in desk.out.glob("*.pdf")}
    desk.run()
    assert {path.name: path.stat().st_mtime_ns for path in desk.out.glob("*.pdf")} == before
    assert {row["status"] for row in desk.read_receipt()} == {"kept"}


def test_what_changed_is_made_again_and_said(desk):
    desk.write_people(4)
    desk.run()
    (desk.out / "HL-0.pdf").unlink()
    (desk.out / "HL-1.pdf").write_bytes((desk.out / "HL-1.pdf").read_bytes()[:9000])
    desk.table.write_text(desk.table.read_text(encoding="utf-8").replace("Person 2", "Person X"), encoding="utf-8")
    said = desk.run().output
    notes = {row["file"]: row["note"] for row in desk.read_receipt()}
    assert "gone or altered" in notes["HL-0.pdf"] and "gone or altered" in notes["HL-1.pdf"]
    assert notes["HL-2.pdf"] == "made again: the row or its date changed" and notes["HL-3.pdf"] == ""
    assert "row 4 (HL-2.pdf): made again: the row or its date changed" in said
    desk.clinic.write_text(desk.clinic.read_text(encoding="utf-8").replace("Harbour", "Harbor"), encoding="utf-8")
    desk.run()
    assert {row["note"] for row in desk.read_receipt()} == {"made again: the clinic's profile changed"}


def test_a_sheet_that_lost_a_bit_is_made_again(desk):
    desk.write_people(2)
    desk.run()
    path = desk.out / "HL-1.pdf"
    whole = path.read_bytes()
    path.write_bytes(whole[:9000] + bytes([whole[9000] ^ 1]) + whole[9001:])
    desk.run()
    assert path.read_bytes() == whole
    assert [row["note"] for row in desk.read_receipt()] == ["", "made again: the file was gone or altered"]


def test_the_receipt_follows_rows_that_moved(desk):
    desk.write_table([("Ann", "A", "early", "", "2026-11-23", ""), ("Bob", "B", "early", "", "2026-11-23", "")])
    desk.run()
    lines = desk.table.read_text(encoding="utf-8").splitlines()
    desk.table.write_text("\n".join([lines[0], "Cem,C,early,,2026-11-23,", *lines[1:]]), encoding="utf-8")
    for first in ("made", "kept"):
        desk.run()
        told = [(row["row"], row["file"], row["status"]) for row in desk.read_receipt()]
        assert told == [("2", "C.pdf", first), ("3", "A.pdf", "kept"), ("4", "B.pdf", "kept")]


def test_a_run_that_ended_well_leaves_nobody_suspect(desk):
    desk.write_people(3)
    desk.run()
    with contextlib.closing(BatchState(desk.out)) as state:
        assert state.find_note(AT_WORK) == ""


def test_rows_that_left_the_table_are_told_and_their_files_stay(desk):
    desk.write_people(3)
    desk.run()
    desk.write_people(2)
    desk.run()
    assert [row["status"] for row in desk.read_receipt()] == ["kept", "kept", "left over"]
    assert (desk.out / "HL-2.pdf").exists()


def test_one_bad_row_stops_all_unless_it_may_be_skipped(desk):
    desk.write_table([("Ann", "A", "early", "", "", ""), ("Bob Secret", "B", "ealry", "", "", "")])
    said = desk.run(status=1).output
    assert "row 3, column 'stage'" in said and "Secret" not in said
    assert not desk.out.exists()
    desk.run("--skip-bad", status=1)
    assert sorted(desk.read_files()) == ["A.pdf"]
    assert [row["status"] for row in desk.read_receipt()] == ["made", "rejected"]
    copy = (desk.out / "rejected.csv").read_text(encoding="utf-8").splitlines()
    assert copy[0].startswith("row,reason,name,reference") and copy[1].endswith("Bob Secret,B,ealry,,,")


def test_rows_that_say_the_same_are_told(desk):
    ann, bob = ("Ann", "", "early", "", "2026-11-23", ""), ("Bob", "B", "early", "", "2026-11-23", "")
    desk.write_table([ann, bob, ann, (*bob[:2], "later", *bob[3:]), ("Ann", "", "later", "", "2026-11-23", "")])
    said = desk.run().output
    assert "row 4 says the same as row 2; both are made" in said and "[duplicate-row]" in said
    assert "row 5 has the same reference as row 3; both are made" in said
    assert said.count("both are made") == 2 and "Ann" not in said
    assert len(desk.read_files()) == 5


def test_what_the_rules_refuse_is_a_bad_row(desk):
    desk.handout = "exercises"
    desk.write_table([("Ann", "A", "2015-01-01"), ("Bob", "B", "")], ("name", "reference", "date_of_birth"))
    said = desk.run("--date", "2026-11-23", status=1).output
    assert "row 2, column 'date_of_birth'" in said and "under 16" in said


def test_an_unknown_handout_is_told_once(desk):
    desk.write_people(50)
    desk.handout = "red-flag"
    said = desk.run(status=1).output
    assert said.count("there is no handout") == 1


class OddError(BaseException):
    """Ends a program that does not look out for it."""


@pytest.mark.parametrize("kind", [RuntimeError, SystemExit, GeneratorExit, MemoryError, RecursionError, OddError])
@pytest.mark.parametrize("step", ["plan", "lay_out_for", "paint"])
def test_a_row_that_breaks_the_program_leaves_the_others_alone(desk, monkeypatch, kind, step):
    desk.write_people(3)
    done = getattr(Pipeline, step)
    count = [0]

    def fail(*arguments):
        count[0] += 1
        if count[0] == 2 + (step == "plan"):  # the handout as such is planned before any row
            raise kind("no such thing: Person 1")
        return done(*arguments)

    monkeypatch.setattr(Pipeline, step, fail)
    said = desk.run(status=1).output
    assert kind.__name__ in said and "Person" not in said
    assert [row["status"] for row in desk.read_receipt()] == ["made", "failed", "made"]
    monkeypatch.undo()
    desk.run()
    assert [row["status"] for row in desk.read_receipt()] == ["kept", "made", "kept"]


@pytest.mark.parametrize("kind", [RuntimeError, SystemExit])
def test_a_row_whose_check_breaks_the_program_is_a_bad_row(desk, monkeypatch, kind):
    desk.write_people(3)
    check = Pipeline.check

    def fail(self, handout, language, record, *arguments):
        if record.reference == "HL-1":
            raise kind(f"no such thing: {record.name}")
        return check(self, handout, language, record, *arguments)

    monkeypatch.setattr(Pipeline, "check", fail)
    said = desk.run("--skip-bad", status=1).output
    assert "row 3" in said and kind.__name__ in said and "Person" not in said
    assert [row["status"] for row in desk.read_receipt()] == ["made", "rejected", "made"]


def test_a_full_disk_is_told_and_the_next_run_goes_on(desk, monkeypatch):
    desk.write_people(4)
    write = os.write
    room = [2]

    def fill(handle, data):
        room[0] -= 1
        if room[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(handle, data)

    monkeypatch.setattr("handouts.delivery.file_group.os.write", fill)
    said = desk.run(status=1).output
    assert "no space left on device" in said
    monkeypatch.undo()
    assert len(desk.read_files()) == 2 and not list(desk.out.glob(".*.part"))
    desk.run()
    assert len(desk.read_files()) == 4


@pytest.mark.parametrize("often", [MOST_UNWRITTEN, MOST_UNWRITTEN + 1])
def test_a_disk_that_refuses_many_sheets_in_a_row_ends_the_run_and_no_other_does(desk, monkeypatch, often):
    monkeypatch.setattr("handouts.delivery.batch.GROUP", 7)
    desk.write_people(3 * MOST_UNWRITTEN)
    write = os.write
    count = [0]

    def refuse(handle, data):
        count[0] += 1
        if count[0] % often:
            raise OSError(errno.EIO, "Input/output error")
        return write(handle, data)

    monkeypatch.setattr("handouts.delivery.file_group.os.write", refuse)
    said = desk.run(status=1).output
    ends = often > MOST_UNWRITTEN
    assert ("the disk refused 20 sheets one after another" in said) == ends
    assert ("broken off" in said) == ends
    assert ends or len(desk.read_files()) == 3


def test_a_state_that_the_disk_refuses_is_told_once(desk, monkeypatch):
    desk.write_people(120)
    refuse = DeliveryError(Diagnostic("disk-full", "the disk is full", Span("out")))
    keep, write = BatchState.keep_outcomes, BatchState._write

    def fill(self, outcomes, ground):
        if not getattr(fill, "full", False):
            fill.full = True
            keep(self, outcomes, ground)
            return
        monkeypatch.setattr(BatchState, "_write", lambda *arguments: (_ for _ in ()).throw(refuse))
        raise refuse

    monkeypatch.setattr(BatchState, "keep_outcomes", fill)
    said = desk.run(status=1).output
    assert said.count("the disk is full") == 1 and "70 to do" in said
    monkeypatch.setattr(BatchState, "keep_outcomes", keep)
    monkeypatch.setattr(BatchState, "_write", write)
    desk.run()
    assert [row["status"] for row in desk.read_receipt()] == ["kept"] * 50 + ["made"] * 70


def test_a_run_that_is_at_work_locks_the_folder(desk):
    desk.write_people(2)
    desk.run()
    state = BatchState(desk.out)
    try:
        said = desk.run(status=1).output
        assert "another run is at work" in said
    finally:
        state.close()


def interrupt_at(monkeypatch, row):
    """Let Ctrl-C come while a row is tailored."""
    plan = Pipeline.plan
    count = [0]

    def interrupt(self, *arguments):
        count[0] += 1
        if count[0] == row:
            raise KeyboardInterrupt
        return plan(self, *arguments)

    monkeypatch.setattr(Pipeline, "plan", interrupt)


def test_ctrl_c_stops_cleanly_and_the_next_run_goes_on(desk, monkeypatch):
    desk.write_people(120)
    interrupt_at(monkeypatch, 70)
    said = desk.run(status=130).output
    assert "run the same command again" in said
    assert len(desk.read_files()) == len(desk.read_receipt()) == 50
    monkeypatch.undo()
    desk.run()
    assert [row["status"] for row in desk.read_receipt()] == ["kept"] * 50 + ["made"] * 70


def test_a_folder_that_cannot_be_made_is_told(desk):
    desk.write_people(1)
    desk.out.write_text("a file", encoding="utf-8")
    assert "the folder's name belongs to a file" in desk.run(status=1).output


def test_copies_for_the_waiting_room(desk):
    arguments = ["batch", "red-flags", "--copies", "3", "--date", "2026-11-23", "--clinic", str(desk.clinic)]
    result = CliRunner().invoke(main, [*arguments, "-o", str(desk.out), "--format", "json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    shown = json.loads(result.stdout)
    assert shown["counts"]["made"] == 3
    assert [row["file"] for row in shown["rows"]] == ["00001.pdf", "00002.pdf", "00003.pdf"]
    assert len(set(desk.read_files().values())) == 1


def test_a_broken_state_is_told(desk):
    desk.write_people(1)
    desk.out.mkdir()
    (desk.out / STATE_NAME).write_bytes(b"this is not a database, and long enough to be taken for one" * 30)
    with pytest.raises(DeliveryError, match="broken"):
        BatchState(desk.out)
    assert "is broken" in desk.run(status=1).output


def test_quiet_says_nothing(desk):
    desk.write_people(2)
    for arguments in (["-q", *desk.list_arguments()], [*desk.list_arguments(), "--quiet"]):
        result = CliRunner().invoke(main, arguments, catch_exceptions=False)
        assert result.output == ""


def test_a_word_of_letters_that_no_font_has_is_not_spelled(desk):
    desk.write_table([("龘龗麤", "A", "early", "", "", ""), ("བསོད", "B", "early", "", "", "")])
    said = desk.run("--skip-bad", status=1).output
    assert "no font draws 3 letters of it (CJK)" in said and "shapes its script" in said
    assert "U+9F98" not in said + (desk.out / "receipt.csv").read_text(encoding="utf-8")


def test_rows_not_reached_are_waiting_not_left_over(desk, monkeypatch):
    desk.write_people(120)
    desk.run()
    desk.clinic.write_text(desk.clinic.read_text(encoding="utf-8").replace("Harbour", "Harbor"), encoding="utf-8")
    interrupt_at(monkeypatch, 70)
    desk.run(status=130)
    statuses = [row["status"] for row in desk.read_receipt()]
    assert statuses.count("made") == 50 and "left over" not in statuses and "waiting" in statuses
    monkeypatch.undo()
    desk.run()
    assert [row["status"] for row in desk.read_receipt()] == ["kept"] * 50 + ["made"] * 70


def test_a_break_in_the_middle_of_writing_leaves_no_unfinished_file(desk, monkeypatch):
    desk.write_people(20)
    count = [0]
    replace = os.replace

    def interrupt(source, target):
        count[0] += 1
        if count[0] == 7:
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr("handouts.delivery.file_group.os.replace", interrupt)
    desk.run(status=130)
    assert not [path for path in desk.out.iterdir() if path.name.endswith(".part")]
    assert len(desk.read_files()) == 6
    monkeypatch.undo()
    desk.run()
    assert len(desk.read_files()) == 20


def test_a_file_that_is_taken_away_is_not_said_to_be_made(desk, monkeypatch):
    desk.write_people(60)
    keep = BatchState.keep_outcomes

    def take(self, outcomes, ground):
        keep(self, outcomes, ground)
        (desk.out / "HL-7.pdf").unlink(missing_ok=True)

    monkeypatch.setattr(BatchState, "keep_outcomes", take)
    assert "taken away" in desk.run(status=1).output
    row = desk.read_receipt()[7]
    assert (row["status"], row["sha256"]) == ("failed", "")


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE notes SET value='x' WHERE key='run_begun'",
        "UPDATE sheets SET ground='{'",
        "UPDATE sheets SET ground='{\"a\": 1}'",
        "UPDATE sheets SET row='x'",
        "DROP TABLE sheets; CREATE TABLE sheets (a)",
    ],
)
def test_a_state_that_makes_no_sense_is_told(desk, harm):
    desk.write_people(3)
    desk.run()
    with contextlib.closing(sqlite3.connect(desk.out / STATE_NAME)) as base:
        base.executescript(harm)
    assert desk.run(status=1).output.count("is broken; remove") == 1


def test_pages_of_the_state_that_are_damaged_are_told(desk):
    desk.write_people(60)
    desk.run()
    path = desk.out / STATE_NAME
    good = path.read_bytes()
    path.write_bytes(good[:8192] + b"\xff" * 4096 + good[12288:])
    assert "is broken; remove" in desk.run(status=1).output


def test_a_column_of_a_later_version_does_no_harm(desk):
    desk.write_people(3)
    desk.run()
    with contextlib.closing(sqlite3.connect(desk.out / STATE_NAME)) as base:
        base.execute("ALTER TABLE sheets ADD COLUMN more TEXT")
    desk.run()
    assert {row["status"] for row in desk.read_receipt()} == {"kept"}


def test_one_json_document_whatever_happens(desk, monkeypatch):
    desk.write_table([("Ann", "A", "early", "", "", ""), ("Bob", "B", "ealry", "", "", "")])

    def read(*more, status):
        return json.loads(desk.run("--format", "json", *more, status=status).stdout)

    refused = read(status=1)
    assert refused["counts"]["rejected"] == 1 and "stage" in refused["findings"][0]["message"]
    skipped = read("--skip-bad", status=1)
    assert [row["status"] for row in skipped["rows"]] == ["made", "rejected"] and not skipped["broken_off"]
    desk.table.write_text("what is this", encoding="utf-8")
    assert read(status=1)["findings"][0]["rule"] == "no-header"
    desk.table.unlink()
    assert read(status=1)["findings"][0]["rule"] == "file-missing"
    desk.write_people(5)

    def refuse(*arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("handouts.delivery.file_group.os.write", refuse)
    assert read(status=1)["counts"]["failed"] == 5


def test_a_folder_in_the_place_of_the_copy_of_bad_rows_stops_no_row(desk):
    desk.write_people(2)
    (desk.out / "rejected.csv").mkdir(parents=True)
    assert "rejected.csv" in desk.run(status=1).output
    assert len(desk.read_files()) == 2
    desk.write_table([("Ann", "A", "early", "", "", ""), ("Bob", "B", "ealry", "", "", "")])
    desk.run("--skip-bad", status=1)
    assert "A.pdf" in desk.read_files()


def test_a_folder_in_the_place_of_the_receipt_stops_no_row(desk):
    desk.write_people(2)
    (desk.out / "receipt.csv").mkdir(parents=True)
    assert "receipt.csv" in desk.run(status=1).output
    assert len(desk.read_files()) == 2


def test_the_copy_of_bad_rows_is_not_read_where_it_would_be_replaced(desk):
    desk.write_table([("Ann", "A", "early", "", "", ""), ("Bob", "B", "ealry", "", "", "")])
    desk.run("--skip-bad", status=1)
    desk.table = desk.out / "rejected.csv"
    before = desk.table.read_text(encoding="utf-8")
    assert "save it under another name" in desk.run(status=1).output
    assert desk.table.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("name", ["", " ", "x" * 300, "a\0b"])
def test_a_folder_that_cannot_have_its_name_is_told(desk, name):
    desk.write_people(1)
    folder = str(desk.folder / name) if name.strip() else name
    result = CliRunner().invoke(main, [*desk.list_arguments()[:-1], folder], catch_exceptions=False)
    assert result.exit_code in {1, 2} and "rror" in result.output


def test_the_receipt_of_a_row_that_is_refused_is_short(desk):
    desk.write_table([("Ann", "x" * 1_000_000, "early", "", "", "")])
    desk.run("--skip-bad", status=1)
    assert (desk.out / "receipt.csv").stat().st_size < 1000


def test_standard_output_is_no_folder(desk):
    desk.write_people(1)
    result = CliRunner().invoke(main, [*desk.list_arguments()[:-1], "-"], catch_exceptions=False)
    assert result.exit_code == 2 and "standard output cannot hold one" in result.output


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize("good", [True, False])
def test_a_document_that_nobody_takes_is_told(desk, good):
    desk.write_table([("Ann", "A", "early" if good else "ealry", "", "", "")])
    command = [sys.executable, "cli.py", *desk.list_arguments("--format", "json")]
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ended.returncode == 1 and "standard output: error" in ended.stderr
    assert "Traceback" not in ended.stderr and "Exception ignored" not in ended.stderr


def test_words_of_several_lines_are_checked_line_by_line(desk):
    notes = ["Größe: bring it\nsecond línea", "خذ الدواء\nTel 0555 0134"]
    desk.write_table([("José", f"R{at}", "early", "", "", words) for at, words in enumerate(notes)])
    assert "2 made" in desk.run().output
    desk.write_table([("José", "R1", "early", "", "", "خذ 500 mg\nline")])
    said = desk.run(status=1).output
    assert "would change places" in said and "U+000A" not in said


EMPTY = [
    ("people.csv", "name,stage\n"),
    ("people.csv", "name;stage\r\n;\r\n\r\n"),
    ("p.json", "[]"),
    ("p.yaml", "[]\n"),
]


@pytest.mark.parametrize(("name", "text"), EMPTY)
@pytest.mark.parametrize("more", [(), ("--skip-bad",), ("--print-run", "all.pdf")])
def test_a_table_without_a_row_is_an_error(desk, name, text, more):
    desk.table = desk.folder / name
    desk.table.write_text(text, encoding="utf-8", newline="")
    said = desk.run(*more, status=1).output
    assert f"{name}: error: the table has no row; write a row for each person [empty-table]" in said
    assert not desk.out.exists()


@pytest.mark.parametrize(("name", "text"), EMPTY)
def test_check_and_json_tell_a_table_without_a_row(desk, name, text):
    desk.table = desk.folder / name
    desk.table.write_text(text, encoding="utf-8", newline="")
    result = CliRunner().invoke(main, ["check", str(desk.table)])
    assert result.exit_code == 1 and "the table has no row" in result.output
    document = json.loads(desk.run("--format", "json", status=1).stdout)
    assert [item["rule"] for item in document["findings"]] == ["empty-table"]
    assert document["counts"]["made"] == 0
