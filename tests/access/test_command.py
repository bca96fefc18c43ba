"""The whole command: the same bytes in every process, small files, a colour that is said, and a protected copy."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import page as page_validation
import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner

from handouts.commands import main
from handouts.delivery.protection import ARCHIVE_CLAIM, name_copy, protect_copy, read_password
from handouts.diagnostics import DeliveryError

from ..pdf.wiring import check_wiring, read_tree_text
from .variants import EXAMPLES, ROOT, Variant, list_people, make_variant

CLINIC = ["--clinic", str(EXAMPLES / "clinic.yaml")]
PERSON = ["-p", str(EXAMPLES / "early-desk.yaml")]
PASSWORD = "fünf Stäbe & 3 Zelte"
MOST_BYTES = {1: 40_000, 2: 60_000, 4: 80_000, 6: 100_000}
"""Most bytes of a personal sheet by its pages."""


def run(*arguments: str):
    return CliRunner().invoke(main, list(arguments))


@pytest.mark.parametrize("edition", ["standard", "large-print"])
def test_every_process_writes_the_same_bytes(tmp_path, edition) -> None:
    written = set()
    for seed in ("0", "1", "4711"):
        path = tmp_path / f"{seed}.pdf"
        command = [sys.executable, "cli.py", "make", "back-spasms", *PERSON, *CLINIC, "--edition", edition, "-o"]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC{seed[0]}", "LC_ALL": "C"}
        subprocess.run([*command, str(path)], cwd=ROOT, env=environment, check=True, capture_output=True)
        written.add(path.read_bytes())
    written.add(make_variant(Variant("back-spasms", edition, "a4", "early-desk")).data)
    assert len(written) == 1


@pytest.mark.parametrize("who", list_people())
@pytest.mark.parametrize("handout", ["back-spasms", "back-spasms-short", "exercises", "sleep", "red-flags"])
def test_files_are_small(handout, who) -> None:
    made = make_variant(Variant(handout, "standard", "a4", who))
    pages = len(made.sheet.pages)
    assert len(made.data) <= next(most for count, most in MOST_BYTES.items() if count >= pages)


def write_clinic(folder: Path, colour: str) -> Path:
    text = (EXAMPLES / "clinic.yaml").read_text(encoding="utf-8")
    text = text.replace('colour: "#0f5c63"', f'colour: "{colour}"').replace("logo: logo.svg\n", "")
    path = folder / "clinic.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_colour_that_is_too_light_is_darkened_and_said(tmp_path) -> None:
    clinic = write_clinic(tmp_path, "#FFCC00")
    made = run("make", "red-flags", "--clinic", str(clinic), "-o", str(tmp_path / "x.pdf"))
    assert made.exit_code == 0
    (line,) = [line for line in made.stderr.splitlines() if "colour-too-light" in line]
    assert line.startswith(f"{clinic}:10:9: warning: #FFCC00 stands out 1.5:1 from white paper, and text needs 7:1; #6")
    checked = run("check", str(clinic))
    assert "colour-too-light" in checked.stdout + checked.stderr


def test_strict_refuses_a_colour_that_is_too_light(tmp_path) -> None:
    clinic = write_clinic(tmp_path, "#FFCC00")
    made = run("make", "red-flags", "--clinic", str(clinic), "--strict", "-o", str(tmp_path / "x.pdf"))
    assert made.exit_code == 1
    assert not (tmp_path / "x.pdf").exists()
    assert ": error: #FFCC00 stands out 1.5:1" in made.stderr and "nothing was made" in made.stderr
    assert "warning" not in made.stderr and "is printed in its place" not in made.stderr
    assert run("check", str(clinic), "--strict").exit_code == 1


def test_a_dark_colour_is_printed_without_a_word(tmp_path) -> None:
    made = run("make", "red-flags", "--clinic", str(write_clinic(tmp_path, "#402060")), "--strict", "-o", "-")
    assert made.exit_code == 0
    assert b"\n.251 .125 .376 rg" in b"".join(
        stream.read_bytes() for page in pikepdf.open(BytesIO(made.stdout_bytes)).pages for stream in page.Contents
    )


@pytest.fixture(scope="module")
def protected(tmp_path_factory):
    folder = tmp_path_factory.mktemp("protected")
    (folder / "password.txt").write_text(PASSWORD + "\n", encoding="utf-8")
    made = run(
        "make",
        "back-spasms",
        *PERSON,
        *CLINIC,
        "--encrypt-for",
        str(folder / "password.txt"),
        "-o",
        str(folder / "sheet.pdf"),
    )
    assert made.exit_code == 0, made.output
    assert PASSWORD not in made.output
    return folder


def test_a_protected_copy_needs_its_password(protected) -> None:
    path = protected / "sheet.protected.pdf"
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(path)
    with pikepdf.open(path, password=PASSWORD) as pdf:
        assert pdf.encryption.R == 6
        assert pdf.encryption.stream_method == pikepdf.models.encryption.EncryptionMethod.aesv3
        assert pdf.allow.accessibility
    assert b"/ObjStm" not in path.read_bytes()
    assert len(pypdfium2.PdfDocument(path, password=PASSWORD)) == 6
    assert b"Maria" not in path.read_bytes()


def test_a_protected_copy_stays_accessible_and_claims_no_archive(protected, tmp_path) -> None:
    plain = protected / "sheet.pdf"
    copy = BytesIO()
    with pikepdf.open(protected / "sheet.protected.pdf", password=PASSWORD) as pdf:
        xmp = pdf.Root.Metadata.read_bytes()
        pdf.save(copy)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert not ARCHIVE_CLAIM.search(xmp)
    assert ARCHIVE_CLAIM.search(pikepdf.open(plain).Root.Metadata.read_bytes())
    opened = tmp_path / "opened.pdf"
    opened.write_bytes(copy.getvalue())
    assert page_validation.validate_pdf(str(opened), profile="ua1").is_compliant
    assert not page_validation.validate_pdf(str(opened), profile="2a").is_compliant
    assert check_wiring(copy.getvalue()) == []
    assert read_tree_text(copy.getvalue()) == read_tree_text(plain.read_bytes())


def test_a_protected_copy_is_told_from_a_strange_file(protected) -> None:
    plain, copy = str(protected / "sheet.pdf"), str(protected / "sheet.protected.pdf")
    for words in (("verify", copy), ("diff", plain, copy), ("diff", copy, plain)):
        found = run(*words)
        told = f"{copy}: error: this PDF opens with a password; name the copy without one [no-sheet]\n"
        assert (found.exit_code, found.stderr) == (1, told)
    assert run("diff", plain, plain).exit_code == 0


def test_the_plain_file_is_the_same_with_and_without_a_copy(protected, tmp_path) -> None:
    run("make", "back-spasms", *PERSON, *CLINIC, "-o", str(tmp_path / "sheet.pdf"))
    assert (tmp_path / "sheet.pdf").read_bytes() == (protected / "sheet.pdf").read_bytes()
    assert [path.stat().st_mode & 0o077 for path in protected.glob("sheet*.pdf")] == [0, 0]


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "has 0"), (b"\n", "has 1"), (b"one\ntwo\n", "has 2"), (b"\xff\xfe", "not utf-8"), (b"x" * 128, "127 bytes")],
)
def test_a_password_file_that_is_none_is_refused(tmp_path, data, words) -> None:
    path = tmp_path / "password"
    path.write_bytes(data)
    with pytest.raises(DeliveryError) as caught:
        read_password(path)
    assert words in str(caught.value)
    made = run("make", "red-flags", *CLINIC, "--encrypt-for", str(path), "-o", str(tmp_path / "x.pdf"))
    assert made.exit_code == 1
    assert not (tmp_path / "x.pdf").exists()


def test_a_password_is_read_without_its_line_end(tmp_path) -> None:
    path = tmp_path / "password"
    path.write_bytes("\ufeffStäbe\r\n".encode())
    assert read_password(path) == "Stäbe"
    with pytest.raises(DeliveryError, match="no such file"):
        read_password(tmp_path / "none")


def test_a_copy_beside_standard_output_is_wrong_use(tmp_path) -> None:
    assert run("make", "red-flags", *CLINIC, "--encrypt-for", str(tmp_path), "-o", "-").exit_code == 2
    assert name_copy(Path("a/sheet.pdf")) == Path("a/sheet.protected.pdf")
    assert name_copy(Path("a/sheet.1")) == Path("a/sheet.1.protected.pdf")


def test_without_the_extra_the_command_says_what_to_install(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    with pytest.raises(DeliveryError, match=r"pip install 'handouts\[protect\]'"):
        protect_copy(b"", "password")
