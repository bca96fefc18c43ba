"""The author's guide names every key, and its five minutes lead to a printed page."""

import re
from typing import get_args, get_type_hints

import pytest

from handouts.content import models
from handouts.content.form import Form
from tests.commands.conftest import ROOT

GUIDE = (ROOT / "sections" / "README.md").read_text(encoding="utf-8")
CODE = set(re.findall(r"[a-z][a-z_-]+", " ".join(re.findall(r"`([^`\n]+)`", GUIDE))))
FORMS = [
    models.Section, models.Statement, models.Rule, models.BulletList, models.StepList, models.Table, models.TableRow,
    models.Timeline, models.TimePoint, models.Pairs, models.Pair, models.Note, models.Questions, models.Question,
    models.FigureBlock, models.Exercise, models.MoveVersion, models.NotFor, models.Dose, models.DoseRange,
    models.SleepPosition, models.SleepRule, models.Handout, models.Part, models.PageBudget,
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_every_key_is_explained(form: type[Form]):
    assert set(form.keys) - CODE == set()


def list_row(key):
    """Return the words in code of the row of a key, in the first table that has one."""
    (row, *_) = [line for line in GUIDE.splitlines() if line.startswith(f"| `{key}` |")]
    return set(re.findall(r"`([^`]+)`", row)) - {key}


@pytest.mark.parametrize(("form", "key"), [(models.Part, "part"), (models.Statement, "mark")])
def test_exactly_the_choices_that_there_are_are_named(form, key):
    assert list_row(key) == set(get_args(get_type_hints(form)[key]))


def test_the_folders_are_named():
    for path in (ROOT / "sections").iterdir():
        assert path.name == "README.md" or f"`{path.name}" in GUIDE, path.name


def test_five_minutes_lead_to_a_printed_page(clone, run, monkeypatch):
    commands = [line.strip() for line in GUIDE.splitlines() if line.strip().startswith("handouts ")]
    assert [line.split()[1] for line in commands] == ["new", "new", "new", "preview", "check", "make", "review"]
    for line in commands:
        if "preview" in line:
            profile = clone / "clinic.yaml"
            text = profile.read_text(encoding="utf-8")
            assert "# content: our-sections" in text
            profile.write_text(text.replace("# content: our-sections", "content: our-sections"), encoding="utf-8")
            handout = clone / "our-sections" / "handouts" / "welcome.yaml"
            text = handout.read_text(encoding="utf-8")
            assert "what-to-expect" in text
            handout.write_text(text.replace("what-to-expect", "getting-here"), encoding="utf-8")
            continue
        result = run(line)
        assert result.exit_code == 0, f"{line}\n{result.output}"
    assert (clone / "welcome.pdf").read_bytes().startswith(b"%PDF-1.7")
    strict = run("handouts check our-sections --strict --format short")
    assert (strict.exit_code, strict.stdout) == (0, "")
    assert "Reviewed by J. Patel" in run("handouts plan welcome").stdout


def test_the_overlay_of_the_guide_works(clone, run):
    (example,) = [block for block in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL) if block.startswith("off:")]
    (clone / "own").mkdir()
    (clone / "own" / "overlay.yaml").write_text(example, encoding="utf-8")
    checked = run("handouts check own --strict --format short")
    assert (checked.exit_code, checked.stdout) == (0, "")
    profile = (clone / "examples" / "clinic.yaml").read_text(encoding="utf-8").replace("logo: logo.svg", "content: own")
    (clone / "clinic.yaml").write_text(profile, encoding="utf-8")
    plan = run("handouts plan back-spasms --format json").stdout
    assert "Ask us for a letter." in plan
    assert "cause-stress" not in plan
