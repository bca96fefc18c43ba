"""What `new` writes is complete and valid, and the next command that it names works."""

import contextlib
import errno
import sys
from pathlib import Path

import pytest

SAMPLES = ["clinic c.yaml", "patient p.yaml", "table t.csv", "section own/topics/my-talk.yaml", "section talk.yaml",
    "exercise own/exercises/heel-slide.yaml", "figure own/figures/wall-sit.yaml",
    "handout own/handouts/my-moves.yaml", "patient sam"]  # fmt: skip


@pytest.mark.parametrize("words", SAMPLES)
def test_a_sample_passes_the_check_that_is_named_next(words, clone, run):
    made = run(f"handouts new {words}")
    assert made.exit_code == 0, made.output
    (line,) = [line for line in made.stderr.splitlines() if line.startswith("next: ")]
    checked = run([*line.removeprefix("next: ").split(), "--format", "short"])
    assert checked.exit_code == 0, checked.output
    kind = words.split()[0]
    allowed = {
        "section": ["unused-section"],
        "clinic": ["not-reviewed", "sample-left"],
        "figure": ["unused-figure"],
    }.get(kind, [])
    found = [line.rpartition("[")[2].rstrip("]") for line in checked.stdout.splitlines()]
    assert found == allowed


def test_a_profile_that_still_speaks_of_no_clinic_is_told(clone, run):
    run("handouts new clinic clinic.yaml")
    told = "still say what the sample says"
    made = run("handouts make red-flags -o x.pdf")
    assert made.exit_code == 0 and "clinic.yaml:5:7: warning: 'name', 'phone', 'website'" in made.stderr
    assert told in made.stderr and told in run("handouts check clinic.yaml --format short").stdout
    strict = run("handouts make red-flags --strict -o y.pdf")
    assert strict.exit_code == 1 and not (clone / "y.pdf").exists()
    assert "5:7: error: 'name'" in strict.stderr and "nothing was made" in strict.stderr
    profile = clone / "clinic.yaml"
    own = {"name": "Ours", "website": "https://a.example", "short_address": "a.example", "address": "[1 Lane]"}
    lines = profile.read_text(encoding="utf-8").splitlines()
    lines = [f"{key}: {own[key]}" if (key := line.partition(":")[0]) in own else line for line in lines]
    profile.write_text("\n".join(lines), encoding="utf-8")
    (line,) = [line for line in run("handouts make red-flags -o x.pdf").stderr.splitlines() if "sample-left" in line]
    assert "clinic.yaml:8:8: warning: 'phone' still says what the sample says" in line
    profile.write_text("\n".join(lines).replace('phone: "', 'phone: "1'), encoding="utf-8")
    assert "sample" not in run("handouts make red-flags --strict -o x.pdf").stderr
    assert run("handouts make red-flags --strict -o x.pdf --clinic examples/clinic.yaml").exit_code == 0


def test_a_new_move_is_held_back_until_somebody_decides(clone, run):
    run("handouts new exercise own/exercises/heel-slide.yaml")
    rules = (clone / "own" / "rules" / "moves.yaml").read_text(encoding="utf-8")
    assert "verdict: A" in rules
    assert "verdict: Y" not in rules
    (clone / "c.yaml").write_bytes((clone / "examples" / "clinic.yaml").read_bytes())
    (clone / "c.yaml").write_text((clone / "c.yaml").read_text().replace("logo: logo.svg", "content: own"))
    refused = run(
        "handouts plan exercises --clinic c.yaml --set name=Jo --set exercises=heel-slide --set conditions=osteoporosis"
    )
    assert refused.exit_code == 1
    assert "heel-slide" in refused.output or "ask first" in refused.output.lower()


def test_each_new_move_has_its_row_in_the_clinics_own_table(clone, run):
    table = clone / "own" / "rules" / "moves.yaml"
    run("handouts new exercise own/exercises/heel-slide.yaml")
    first = table.read_text(encoding="utf-8")
    table.chmod(0o640)
    second = run("handouts new exercise own/exercises/wall-slide.yaml")
    assert "the row 'wall-slide' added" in second.stderr
    assert table.read_text(encoding="utf-8").startswith(f"{first}  wall-slide:\n    pregnancy: {{verdict: A}}")
    assert sys.platform == "win32" or table.stat().st_mode & 0o777 == 0o640
    checked = run("handouts check own --format short")
    assert (checked.exit_code, checked.stdout) == (0, "")
    table.write_text(f"{first}also: []\n", encoding="utf-8")
    third = run("handouts new exercise own/exercises/knee-roll.yaml")
    assert f"add to {Path('own', 'rules', 'moves.yaml')}, under 'moves:'" in third.stderr
    assert "  knee-roll:\n    pregnancy: {verdict: A}" in third.stderr
    assert table.read_text(encoding="utf-8") == f"{first}also: []\n"
    missing = run("handouts check own --format short")
    assert f"add it to {Path('own', 'rules', 'moves.yaml')}, with a verdict" in missing.stdout
    assert "sections" not in missing.stdout.partition("knee-roll")[2]


def test_a_row_that_is_there_stays(clone, run):
    run("handouts new exercise own/exercises/heel-slide.yaml")
    table = clone / "own" / "rules" / "moves.yaml"
    table.write_text(table.read_text(encoding="utf-8").replace("verdict: A", "verdict: N"), encoding="utf-8")
    before = table.read_bytes()
    (clone / "own" / "exercises" / "heel-slide.yaml").unlink()
    assert run("handouts new exercise own/exercises/heel-slide.yaml").exit_code == 0
    assert table.read_bytes() == before


def test_from_a_new_section_to_a_printed_page(clone, run):
    run("handouts new section own/topics/getting-here.yaml")
    run("handouts new handout own/handouts/welcome.yaml")
    handout = clone / "own" / "handouts" / "welcome.yaml"
    text = handout.read_text(encoding="utf-8").replace("section: what-to-expect", "section: getting-here")
    handout.write_text(text, encoding="utf-8")
    (clone / "clinic.yaml").write_text(
        (clone / "examples" / "clinic.yaml").read_text(encoding="utf-8").replace("logo: logo.svg", "content: own"),
        encoding="utf-8",
    )
    checked = run("handouts check own --format short")
    assert (checked.exit_code, checked.stdout) == (0, "")
    made = run("handouts make welcome --set name=Sam -o welcome.pdf")
    assert made.exit_code == 0, made.output
    assert "Getting here" in run("handouts plan welcome --format json").stdout


def test_a_new_move_brings_an_illustration_that_draws(clone, run):
    run("handouts new exercise own/exercises/heel-slide.yaml")
    assert "figure: heel-slide" in (clone / "own" / "exercises" / "heel-slide.yaml").read_text(encoding="utf-8")
    (clone / "c.yaml").write_text(
        (clone / "examples" / "clinic.yaml").read_text(encoding="utf-8").replace("logo: logo.svg", "content: own"),
        encoding="utf-8",
    )
    drawn = run("handouts figure heel-slide --clinic c.yaml -o heel-slide.svg")
    assert drawn.exit_code == 0, drawn.output
    assert (clone / "heel-slide.svg").read_text(encoding="utf-8").startswith("<svg")


class FullFile:
    """A file on a disk that takes no more."""

    def __init__(self, file):
        self.file = file

    def __enter__(self):
        return self

    def __exit__(self, *_details):
        self.file.close()

    def write(self, _text):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_no_file_in_the_way(clone, run, monkeypatch):
    opened = Path.open

    def open_full(self, *details, **more):
        file = opened(self, *details, **more)
        return FullFile(file) if details[:1] == ("x",) else file

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", open_full)
        assert "no space left" in run("handouts new patient p.yaml").stderr
    assert not (clone / "p.yaml").exists()
    assert run("handouts new patient p.yaml").exit_code == 0


def test_nothing_is_signed_ahead_of_its_day(clone, run):
    refused = run("handouts review --by A --role b --clinic examples/clinic.yaml --date 2999-01-01")
    assert refused.exit_code == 2 and "--date" in refused.stderr
    assert "reviewer" not in (clone / "examples" / "clinic.yaml").read_text(encoding="utf-8")


@contextlib.contextmanager
def limit_files(most):
    """Let no file grow over a number of bytes, as on a disk that is nearly full."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("line", ["patient p.yaml", "exercise own/exercises/heel-slide.yaml"])
@pytest.mark.parametrize("most", [100, 1200])
def test_a_disk_that_is_full_leaves_no_file_that_blocks_the_next_try(line, most, clone, run):
    with limit_files(most):
        failed = run(f"handouts new {line}")
    assert failed.exit_code == 1 and "error: the file was not written" in failed.stderr
    assert ": written" not in failed.stderr
    assert not (clone / line.split()[1]).exists()
    again = run(f"handouts new {line}")
    assert again.exit_code == 0, again.output
    assert run(f"handouts new {line}").exit_code == 1
