"""What a command loads: a sheet is made without what only faults, drawing and new symbols need."""

import json
import os
import subprocess
import sys

import pytest

from tests.commands.conftest import ROOT

MAKE = "make back-spasms -p examples/early-desk.yaml --clinic examples/clinic.yaml --set stage=later -o {output}"
RECORD = (
    "import json, sys\n"
    "from handouts.commands import main\n"
    "main(sys.argv[1:], standalone_mode=False)\n"
    "print(json.dumps(sorted(sys.modules)))\n"
)
DRAWING = {"handouts.figure.drawer", "handouts.figure.scene", "handouts.figure.people", "handouts.figure.own"}
PAINTING = {"PIL", "reportlab", "reportlab.pdfgen.canvas"}
READING = {"handouts.content.assembly", "handouts.content.consistency", "handouts.content.overlay"}


def list_loaded(words, cache):
    done = subprocess.run(
        [sys.executable, "-c", RECORD, *words.split()],
        cwd=ROOT,
        env={**os.environ, "HANDOUTS_CACHE": str(cache)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_a_sheet_is_made_without_pydantic(tmp_path):
    loaded = list_loaded(MAKE.format(output=tmp_path / "sheet.pdf"), "off")
    assert {"yaml", *DRAWING - {"handouts.figure.own"}, *READING} <= loaded
    assert not {name for name in loaded if name.split(".")[0] in ("pydantic", "pydantic_core")}
    assert "handouts.figure.own" not in loaded


def test_what_was_kept_need_not_be_loaded(tmp_path):
    words = MAKE.format(output=tmp_path / "sheet.pdf")
    first = list_loaded(words, tmp_path / "cache")
    assert {"qrcode", "reportlab.pdfgen.canvas", "svgelements"} <= first
    loaded = list_loaded(words, tmp_path / "cache")
    assert loaded & (DRAWING | PAINTING | READING | {"pydantic", "qrcode", "secrets", "svgelements"}) == set()


def test_another_person_on_the_same_sheet_loads_no_more(tmp_path):
    words = MAKE.format(output=tmp_path / "sheet.pdf")
    list_loaded(words, tmp_path / "cache")
    loaded = list_loaded(f"{words} --set name=Somebody --set goal=Dance", tmp_path / "cache")
    assert loaded & PAINTING == set()


@pytest.mark.parametrize("told", ["", "off"])
def test_nothing_is_kept_where_that_is_said(tmp_path, told):
    words = MAKE.format(output=tmp_path / "sheet.pdf").split()
    environ = {**os.environ, "HANDOUTS_CACHE": told, "XDG_CACHE_HOME": str(tmp_path / "home"), "HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", RECORD, *words], cwd=ROOT, env=environ, capture_output=True, check=True)
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.pdf"]


def test_the_users_own_folder_is_the_default(tmp_path):
    environ = {name: value for name, value in os.environ.items() if name != "HANDOUTS_CACHE"}
    environ |= {"XDG_CACHE_HOME": str(tmp_path / "home"), "LOCALAPPDATA": str(tmp_path / "home"), "HOME": str(tmp_path)}
    words = MAKE.format(output=tmp_path / "sheet.pdf").split()
    subprocess.run([sys.executable, "-c", RECORD, *words], cwd=ROOT, env=environ, capture_output=True, check=True)
    assert len(list(tmp_path.rglob("*.json"))) > 10
