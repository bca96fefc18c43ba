"""A clinic's own content on the command line: what nothing reads is said, and what cannot be read is never left out."""

import pytest

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
