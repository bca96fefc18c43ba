"""A folder with a clinic and a table, and the command that works on them."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from handouts.commands import main

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = ("name", "reference", "stage", "conditions", "seen_on", "notes")


class Desk:
    """Runs batches of the shortest handout for a table that can be changed."""

    handout = "red-flags"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.table = folder / "people.csv"
        self.clinic = folder / "clinic.yaml"
        self.out = folder / "out"
        profile = (ROOT / "examples" / "clinic.yaml").read_text(encoding="utf-8")
        self.clinic.write_text(profile.replace("logo: logo.svg\n", ""), encoding="utf-8")

    def write_table(self, rows, columns=COLUMNS):
        with self.table.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows(rows)

    def write_people(self, count):
        stages = ("first-days", "early", "later")
        rows = []
        for number in range(count):
            notes = "Call us." * (number % 3)
            rows.append((f"Person {number} Ängström", f"HL-{number}", stages[number % 3], "", "2026-11-23", notes))
        self.write_table(rows)

    def list_arguments(self, *more):
        return ["batch", self.handout, str(self.table), "--clinic", str(self.clinic), "-o", str(self.out), *more]

    def run(self, *more, status=0):
        result = CliRunner().invoke(main, self.list_arguments(*more), catch_exceptions=False)
        assert result.exit_code == status, result.output
        return result

    def read_receipt(self):
        with (self.out / "receipt.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def read_files(self):
        return {path.name: path.read_bytes() for path in self.out.glob("*.pdf")}


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)
