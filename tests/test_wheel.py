"""The wheel holds the package with its data and nothing else, and runs elsewhere."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    made = subprocess.run(
        [sys.executable, "-c", build, str(folder)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return folder / made.stdout.strip().splitlines()[-1]


def list_data(folder):
    return {
        f"handouts/data/{folder}/{path.relative_to(ROOT / folder).as_posix()}"
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_holds_all_data_and_nothing_beside_the_package(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    data = list_data("sections") | list_data("fonts")
    assert len(data) > 60
    assert data <= names
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"handouts"}


def test_runs_from_another_folder(wheel, tmp_path):
    home = tmp_path / "site"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps", "--target", str(home), str(wheel)],
        check=True,
        capture_output=True,
    )
    sheet = tmp_path / "sheet.pdf"
    examples = ROOT / "examples"
    done = subprocess.run(
        [
            sys.executable, "-P", "-m", "handouts", "make", "back-spasms", "-p", str(examples / "early-desk.yaml"),
            "--clinic", str(examples / "clinic.yaml"), "-o", str(sheet),
        ],
        cwd=tmp_path,
        env={"PYTHONPATH": str(home), "PATH": "", "SYSTEMROOT": "C:\\Windows", "HANDOUTS_CACHE": "off"},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert sheet.read_bytes().startswith(b"%PDF-1.7")
    where = subprocess.run(
        [sys.executable, "-P", "-c", "import handouts; print(handouts.__file__)"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(home), "PATH": "", "SYSTEMROOT": "C:\\Windows", "HANDOUTS_CACHE": "off"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(home) in where.stdout
