"""A clinic's own content on the command line: what nothing reads is said, and what cannot be read is never left out."""

import errno
import io
import json
import os
from pathlib import Path

import pytest
from PIL import Image

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><path d="M5 35h50l-25-30z" fill="#336699"/></svg>'
MAKE = "handouts make exercises --clinic examples/clinic.yaml -o sheet.pdf"
BATCH = "handouts batch exercises --copies 1 --clinic examples/clinic.yaml -o out"


@pytest.fixture
def own(clone):
    """Return the content folder of the clinic of the examples, with a picture of one frame in it."""
    folder = clone / "own"
    (folder / "figures").mkdir(parents=True)
    profile = clone / "examples" / "clinic.yaml"
    profile.write_text(profile.read_text(encoding="utf-8") + "content: ../own\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("line", [MAKE, BATCH])
@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("overlay.yml", "call it 'overlay.yaml'"),
        ("exercises/plank.yml", "call it 'exercises/plank.yaml'"),
        ("Exercises/plank.yaml", "call it 'exercises/plank.yaml'"),
        ("excercises/plank.yaml", "items lie in exercises,"),
    ],
)
def test_a_file_that_nothing_reads_is_said_whatever_was_kept(own, run, tmp_path, monkeypatch, line, name, hint):
    monkeypatch.setenv("HANDOUTS_CACHE", str(tmp_path / "kept"))
    (own / name).parent.mkdir(exist_ok=True)
    (own / name).write_text("off: [plank]\n", encoding="utf-8")
    for _ in range(2):
        result = run(line)
        assert result.exit_code == 0
        assert "warning: nothing reads this file" in result.stderr and hint in result.stderr
    assert "nothing reads" not in run(f"{line} -q").output


def test_a_file_that_nothing_reads_stops_a_strict_sheet(own, run, clone):
    (own / "overlay.yml").write_text("off: [plank]\n", encoding="utf-8")
    result = run(f"{MAKE} --strict")
    assert result.exit_code == 1 and "[unread-file]" in result.stderr
    assert not (clone / "sheet.pdf").exists()


@pytest.mark.parametrize("names", [["bridge.svg"], ["bridge.1.svg", "bridge.2.svg", "bridge.3.svg"]])
@pytest.mark.parametrize("path", ["own", "examples/clinic.yaml", ""])
def test_a_picture_with_other_frames_than_the_words_is_found_at_the_picture(own, run, monkeypatch, path, names):
    monkeypatch.setenv("HANDOUTS_CLINIC", "examples/clinic.yaml")
    for name in names:
        (own / "figures" / name).write_text(SVG, encoding="utf-8")
    result = run(f"handouts check {path} --format short")
    (line,) = [line for line in result.output.splitlines() if "[figure-alt]" in line]
    assert line.startswith(str(Path("own", "figures", names[0])))
    assert f"words for 2 frames of 'bridge', and there are pictures for {len(names)}" in line
    assert result.exit_code == 1


def test_each_side_of_a_picture_has_a_frame_for_each_text(own, run):
    for name in ("bird-dog.left.1.svg", "bird-dog.left.2.svg", "bird-dog.right.svg"):
        (own / "figures" / name).write_text(SVG, encoding="utf-8")
    found = [line for line in run("handouts check own --format short").output.splitlines() if "[figure-alt]" in line]
    assert len(found) == 1 and "bird-dog.right.svg" in found[0]


def test_a_figure_with_one_text_has_one_picture(own, run):
    for name in ("sit-back-easier.1.svg", "sit-back-easier.2.svg", "heat-pack.svg", "plank-wall.svg", "bridge.1.svg"):
        (own / "figures" / name).write_text(SVG, encoding="utf-8")
    (own / "figures" / "bridge.2.svg").write_text(SVG, encoding="utf-8")
    found = [line for line in run("handouts check own --format short").output.splitlines() if "[figure-alt]" in line]
    assert len(found) == 1 and "sit-back-easier.1.svg" in found[0] and "words for 1 frame of" in found[0]


@pytest.fixture
def close(monkeypatch):
    """Return a function that closes a folder to everybody: it cannot be listed, and nothing in it seen or opened."""

    def guard(owner, name, *closed):
        real = getattr(owner, name)

        def refuse(path=".", *more, **named):
            if not isinstance(path, int) and os.path.normpath(Path.cwd() / path).startswith(closed):
                raise PermissionError(errno.EACCES, "Permission denied", os.fspath(path))
            return real(path, *more, **named)

        monkeypatch.setattr(owner, name, refuse)

    def close_folder(folder):
        inside = str(folder.resolve()) + os.sep
        for owner, name in ((os, "stat"), (os, "lstat"), (io, "open")):
            guard(owner, name, inside)
        for name in ("listdir", "scandir"):
            guard(os, name, inside, str(folder.resolve()))

    return close_folder


def test_a_closed_folder_is_told_beside_what_else_is_checked(own, run, close):
    close(own)
    result = run("handouts check own examples/early-desk.yaml --format json")
    data = json.loads(result.stdout)
    assert [(item["file"], item["rule"]) for item in data["findings"]] == [("own", "file-unreadable")]
    assert result.exit_code == 1
    result = run(MAKE)
    assert result.exit_code == 1
    assert "own: error: this folder cannot be read: permission denied [file-unreadable]" in result.stderr


def test_a_sheet_in_a_closed_folder_is_not_verified(clone, run, close):
    (clone / "secret").mkdir()
    (clone / "secret" / "x.pdf").write_bytes(b"%PDF")
    close(clone / "secret")
    result = run("handouts verify secret/x.pdf")
    assert result.exit_code == 1
    assert f"{Path('secret', 'x.pdf')}: error: this file cannot be read: permission denied" in result.stderr
    assert "this is a folder" in run("handouts verify examples").stderr


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_a_picture_of_points_is_shown_in_a_pdf_alone(own, run, clone, ending):
    Image.new("RGB", (60, 40), "#336699").save(own / "figures" / "plank.png")
    line = "handouts figure plank --clinic examples/clinic.yaml -o"
    result = run(f"{line} plank.{ending}")
    assert result.exit_code == 2 and "ends in .pdf" in result.stderr
    assert not (clone / f"plank.{ending}").exists()
    assert run(f"{line} plank.pdf").exit_code == 0


@pytest.mark.parametrize("line", [MAKE, BATCH, "handouts check own --format short"])
@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Bridge.1.svg", "call it 'figures/bridge.1.svg'"),
        ("bridge_1.png", "call it 'figures/bridge.1.png'"),
        ("bird-dog_left_1.svg", "call it 'figures/bird-dog.left.1.svg'"),
        ("heel slide.svg", "call it 'figures/heel-slide.svg'"),
        ("plank.yml", "call it 'figures/plank.yaml'"),
        ("plank.jpg", "pictures lie in figures, as ID.svg"),
        ("new/plank.svg", "call it 'figures/plank.svg'"),
    ],
)
def test_a_picture_under_a_name_that_nothing_reads_is_said(own, run, line, name, hint):
    path = own / "figures" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(SVG, encoding="utf-8")
    result = run(line)
    (told,) = [told for told in result.output.splitlines() if "[unread-file]" in told]
    assert told.startswith(str(Path("own", "figures", name))) and hint in told
    assert result.exit_code == 0
    assert run(f"{MAKE} --strict").exit_code == 1


@pytest.mark.parametrize("line", [MAKE, BATCH, "handouts check own --format short"])
def test_a_picture_that_nothing_shows_is_said(own, run, tmp_path, monkeypatch, line):
    monkeypatch.setenv("HANDOUTS_CACHE", str(tmp_path / "kept"))
    for name in ("brigde.svg", "heat-pack.svg"):
        (own / "figures" / name).write_text(SVG, encoding="utf-8")
    for _ in range(2):
        result = run(line)
        (told,) = [told for told in result.output.splitlines() if "[unused-figure]" in told]
        assert told.startswith(str(Path("own", "figures", "brigde.svg"))) and "did you mean 'bridge'" in told
        assert result.exit_code == 0
    assert run(f"{MAKE} --strict").exit_code == 1


@pytest.mark.parametrize("line", [MAKE, BATCH, "handouts check own --format short"])
def test_a_link_among_the_pictures_that_leads_nowhere_is_an_error(own, run, clone, tmp_path, monkeypatch, line):
    monkeypatch.setenv("HANDOUTS_CACHE", str(tmp_path / "kept"))
    assert run(MAKE).exit_code == 0
    (clone / "sheet.pdf").unlink()
    try:
        (own / "figures" / "bridge.1.svg").symlink_to("nowhere.svg")
    except OSError:
        pytest.skip("no links on this system")
    result = run(line)
    assert result.exit_code == 1
    (told,) = [told for told in result.output.splitlines() if "[file-missing]" in told]
    assert told.startswith(str(Path("own", "figures", "bridge.1.svg"))) and "leads to no file" in told
    assert not (clone / "sheet.pdf").exists() and not (clone / "out").exists()


def test_check_reads_pictures(own, run):
    (own / "figures" / "heat-pack.svg").write_text("<svg", encoding="utf-8")
    result = run("handouts check own --format short")
    assert result.exit_code == 1
    assert "[svg-broken]" in result.output
