"""The day that sheets bear for which nobody gives one: today, or the day on which the same run was broken off."""

import json
from contextlib import closing
from datetime import date

import pytest
from click.testing import CliRunner

from handouts.commands import batch_run, main
from handouts.delivery.state import BatchState
from tests.delivery.conftest import Desk

EARLIER = date(2026, 1, 31)


class Calendar(date):
    """Has a day of its own for today."""

    now = EARLIER

    @classmethod
    def today(cls):
        return cls.now


@pytest.fixture
def undated(desk, monkeypatch):
    """Give a desk with two rows without a day, on the last of January."""
    monkeypatch.setattr(batch_run, "date", Calendar)
    monkeypatch.setattr(Calendar, "now", EARLIER)
    write_people(desk, "Ann", "Bob")
    return desk


def write_people(desk, *names):
    desk.write_table([(name, name[0]) for name in names], ("name", "reference"))


def interrupt(*_, **__):
    raise KeyboardInterrupt


def break_off(desk, monkeypatch, *more, at="Batch.run"):
    """Break a run off, by default before its first sheet, and let a month go by."""
    with monkeypatch.context() as patch:
        patch.setattr(f"handouts.commands.batch_run.{at}", interrupt)
        desk.run(*more, status=130)
    monkeypatch.setattr(Calendar, "now", date(2026, 3, 1))


def test_the_date_is_said_that_no_row_gives(undated):
    assert "2 sheets dated 2026-01-31:" in undated.run().output
    assert "dated" not in undated.run("--date", "2026-11-23").output


def test_a_run_that_goes_on_keeps_its_day_and_warns_of_it(undated, monkeypatch):
    break_off(undated, monkeypatch)
    write_people(undated, "Ann", "Bobby", "Cem")
    said = undated.run("--format", "json")
    assert "warning: 3 sheets dated 2026-01-31, the day on which the run began that now goes on" in said.stderr
    assert "earlier-day" in [item["rule"] for item in json.loads(said.stdout)["findings"]]
    assert "dated 2026-03-01:" in undated.run().output


def test_the_warning_of_an_earlier_day_is_not_hidden(undated, monkeypatch):
    break_off(undated, monkeypatch)
    ended = CliRunner().invoke(main, ["-q", *undated.list_arguments()], catch_exceptions=False)
    assert ended.exit_code == 0 and "dated 2026-01-31" in ended.output and "give --date" in ended.output


def test_another_handout_has_a_day_of_its_own(undated, monkeypatch):
    break_off(undated, monkeypatch)
    undated.handout = "back-spasms"
    assert "dated 2026-03-01:" in undated.run().output


def test_another_table_has_a_day_of_its_own(undated, monkeypatch):
    break_off(undated, monkeypatch)
    undated.table = undated.folder / "others.csv"
    write_people(undated, "Dan")
    assert "dated 2026-03-01:" in undated.run().output


def test_a_new_table_in_the_same_place_has_a_day_of_its_own(undated, monkeypatch):
    break_off(undated, monkeypatch)
    write_people(undated, "Dan", "Eva")
    assert "2 sheets dated 2026-03-01:" in undated.run().output


def test_a_large_table_with_a_few_rows_mended_keeps_its_day(undated, monkeypatch):
    write_people(undated, *(f"Person {number}" for number in range(300)))
    break_off(undated, monkeypatch)
    write_people(undated, *(f"Person {number}" for number in range(5, 310)))
    assert "305 sheets dated 2026-01-31, the day" in undated.run().output


def test_copies_are_no_table_and_as_many_as_they_are(undated, monkeypatch):
    break_off(undated, monkeypatch)

    def run(count):
        more = [*undated.list_arguments()[:2], *undated.list_arguments()[3:], "--copies", str(count)]
        return CliRunner().invoke(main, more, catch_exceptions=False).output

    assert "dated 2026-03-01:" in run(2)
    with monkeypatch.context() as patch:
        patch.setattr(batch_run.Batch, "run", interrupt)
        run(3)
    monkeypatch.setattr(Calendar, "now", date(2026, 4, 1))
    assert "dated 2026-03-01, the day" in run(3)
    assert "dated 2026-04-01:" in run(4)


def test_the_same_table_by_another_path_is_the_same_run(undated, monkeypatch):
    break_off(undated, monkeypatch)
    monkeypatch.chdir(undated.folder)
    undated.table = undated.table.relative_to(undated.folder)
    assert "dated 2026-01-31, the day" in undated.run().output


def test_a_run_that_is_broken_off_at_its_print_run_keeps_its_day(undated, monkeypatch):
    more = ("--print-run", str(undated.folder / "run.pdf"))
    break_off(undated, monkeypatch, *more, at="write_print_run")
    assert "dated 2026-01-31, the day" in undated.run(*more).output
    assert {row["status"] for row in undated.read_receipt()} == {"kept"}
    assert "dated 2026-03-01:" in undated.run(*more).output


def test_the_state_does_not_name_the_table(undated, monkeypatch):
    break_off(undated, monkeypatch)
    with closing(BatchState(undated.out)) as state:
        noted = str(state.find_note("run_begun"))
    assert noted.endswith(" 2026-01-31") and len(noted) == 43


def test_desks_of_one_clinic_do_not_share_a_day(undated, monkeypatch, tmp_path):
    break_off(undated, monkeypatch)
    other = Desk(tmp_path)
    other.out = undated.folder / "others"
    assert "dated 2026-03-01:" in other.run().output
