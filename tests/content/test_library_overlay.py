"""A clinic's folder over the library: added, replaced when said, switched off; never the red-flag box."""

import errno
import os
from pathlib import Path

import pytest

from handouts.content.library import load_library
from handouts.content.sample_files import read_sample
from handouts.diagnostics import Collector, ContentError, Severity
from handouts.figure.library import Figures

SECTIONS = Path(__file__).resolve().parents[2] / "sections"
COLUMNS = [
    "pregnancy", "osteoporosis", "recent-surgery", "disc-or-sciatica", "spondylolisthesis", "spinal-stenosis",
    "hip-replacement", "knee-replacement", "high-blood-pressure", "cannot-get-to-floor", "wrist-pain", "falls-risk",
]  # fmt: skip


@pytest.fixture(scope="module")
def plain():
    return load_library(SECTIONS)


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def load(folder):
    collector = Collector()
    try:
        library = load_library(SECTIONS, folder, collector)
    except ContentError:
        library = None
    return library, list(collector)


def load_well(folder):
    library, found = load(folder)
    assert library is not None, [item.format_line() for item in found]
    return library


def test_an_empty_folder_changes_nothing(plain, tmp_path):
    assert load_well(tmp_path).digest == plain.digest


def test_items_are_added_from_the_samples(plain, tmp_path):
    write(tmp_path, "topics/getting-here.yaml", read_sample("section", "getting-here"))
    write(tmp_path, "exercises/our-tilt.yaml", read_sample("exercise", "our-tilt"))
    write(tmp_path, "handouts/our-moves.yaml", read_sample("handout", "our-moves"))
    cells = "".join(f"    {column}: {{verdict: A}}\n" for column in COLUMNS)
    write(tmp_path, "rules/moves.yaml", f"moves:\n  our-tilt:\n{cells}")
    library = load_well(tmp_path)
    assert library.sections["getting-here"].title == "Getting here"
    assert library.moves.moves["our-tilt"]["falls-risk"].verdict == "A"
    assert "our-moves" in library.handouts
    assert set(plain.exercises) < set(library.exercises)
    assert library.digest != plain.digest


def test_a_new_move_needs_its_verdicts(tmp_path):
    write(tmp_path, "exercises/our-tilt.yaml", read_sample("exercise", "our-tilt"))
    library, found = load(tmp_path)
    assert library is None
    assert [(item.rule, Path(item.span.file).name) for item in found] == [("no-verdict", "our-tilt.yaml")]


def test_replacing_has_to_be_said(plain, tmp_path):
    path = write(tmp_path, "topics/causes.yaml", read_sample("section", "causes"))
    library, found = load(tmp_path)
    assert library is None
    assert "replace-unsaid" in [item.rule for item in found]
    assert "replaces: true" in next(item for item in found if item.rule == "replace-unsaid").hint
    path.write_text("replaces: true\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    write(tmp_path, "handouts/back-spasms.yaml", "replaces: true\n" + read_sample("handout", "back-spasms"))
    library, found = load(tmp_path)
    others = [item for item in found if Path(item.span.file).is_relative_to(tmp_path)]
    assert others == []


def test_replacing_what_is_not_there(tmp_path):
    write(tmp_path, "topics/getting-here.yaml", "replaces: true\n" + read_sample("section", "getting-here"))
    library, found = load(tmp_path)
    assert library is None
    assert [(item.rule, item.span.line) for item in found if item.severity.value == "error"] == [
        ("nothing-to-replace", 1)
    ]


def test_switching_off_takes_an_item_out_everywhere(plain, tmp_path):
    write(tmp_path, "overlay.yaml", "off: [causes, plank, front]\n")
    library = load_well(tmp_path)
    assert "causes" in plain.sections
    assert "causes" not in library.sections
    assert all(part.section != "causes" for handout in library.handouts.values() for part in handout.parts)
    assert "plank" not in library.exercises
    assert "plank" not in library.moves.moves
    assert all("plank" not in (*one.moves, *one.reserves) for one in library.default_sets.sets)
    assert "front" not in library.sleep
    assert library.digest != plain.digest


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("off: [red-flags]\n", "red-flags-fixed"),
        ("off: [plnk]\n", "unknown-id"),
        ("of: [plank]\n", "unknown-key"),
        ("off: plank\n", "wrong-type"),
        ("- off\n", "wrong-type"),
        ("off: [\n", "yaml-syntax"),
    ],
)
def test_a_switch_that_is_wrong(tmp_path, text, rule):
    write(tmp_path, "overlay.yaml", text)
    library, found = load(tmp_path)
    assert library is None
    assert [item.rule for item in found] == [rule]


def test_the_red_flag_box_cannot_be_replaced(tmp_path):
    text = (SECTIONS / "red-flags.yaml").read_text(encoding="utf-8")
    for head in ("", "replaces: true\n"):
        write(tmp_path, "red-flags.yaml", head + text)
        library, found = load(tmp_path)
        assert library is None
        assert [item.rule for item in found] == ["red-flags-fixed"]


def test_a_handout_laid_over_needs_the_red_flag_box_too(tmp_path):
    text = read_sample("handout", "our-moves").replace("  - {part: red-flags}           # a must\n", "")
    write(tmp_path, "handouts/our-moves.yaml", text)
    library, found = load(tmp_path)
    assert library is None
    assert [item.rule for item in found] == ["no-red-flags"]


def test_entries_are_added_to_lists_before_the_librarys_own(plain, tmp_path):
    write(
        tmp_path,
        "rules/default-sets.yaml",
        "sets:\n  - id: lifters\n    when: {work: [lifting]}\n    moves: [walking, bridge]\n",
    )
    write(tmp_path, "glossary.yaml", "terms:\n  - {term: zygapophysis, meaning: a small joint of the spine}\n")
    library = load_well(tmp_path)
    assert [one.id for one in library.default_sets.sets] == ["lifters", *(one.id for one in plain.default_sets.sets)]
    assert len(library.glossary) == len(plain.glossary) + 1


def test_entries_that_are_there_need_the_word_too(plain, tmp_path):
    entry = "  - {id: early, when: {stage: [early]}, moves: [walking]%s}\n"
    path = write(tmp_path, "rules/default-sets.yaml", "sets:\n" + entry % "")
    library, found = load(tmp_path)
    assert library is None
    assert [(item.rule, item.span.line) for item in found] == [("replace-unsaid", 2)]
    path.write_text("sets:\n" + entry % ", replaces: true")
    library = load_well(tmp_path)
    assert len(library.default_sets.sets) == len(plain.default_sets.sets)
    assert library.default_sets.sets[0].moves == ("walking",)


def test_a_verdict_is_not_changed_in_passing(tmp_path):
    cells = "".join(f"    {column}: {{verdict: Y}}\n" for column in COLUMNS)
    path = write(tmp_path, "rules/moves.yaml", f"moves:\n  plank:\n{cells}")
    library, found = load(tmp_path)
    assert library is None
    assert [(item.rule, item.span.line) for item in found] == [("replace-unsaid", 2)]
    path.write_text(f"moves:\n  plank:\n    replaces: true\n{cells}")
    assert load_well(tmp_path).moves.moves["plank"]["pregnancy"].verdict == "Y"


def test_a_number_of_the_rules_is_not_changed_in_passing(tmp_path):
    path = write(tmp_path, "rules/default-sets.yaml", "most: 4\n")
    library, found = load(tmp_path)
    assert library is None
    assert [item.rule for item in found] == ["replace-unsaid"]
    path.write_text("most: 4\nreplaces: true\n")
    assert load_well(tmp_path).default_sets.most == 4


def test_words_of_the_page_are_laid_over(plain, tmp_path):
    path = write(tmp_path, "locale/en.yaml", "words:\n  notes: For you\n")
    assert load(tmp_path)[0] is None
    path.write_text("replaces: true\nwords:\n  notes: For you\n")
    library = load_well(tmp_path)
    assert library.locales["en"].words["notes"] == "For you"
    assert len(library.locales["en"].words) == len(plain.locales["en"].words)


def test_faults_of_both_folders_stand_at_their_own_places(tmp_path):
    path = write(tmp_path, "rules/default-sets.yaml", "sets:\n  - {id: ours, when: {stag: [early]}, moves: [plnk]}\n")
    library, found = load(tmp_path)
    assert library is None
    assert {(item.rule, item.span.file, item.span.line) for item in found} == {
        ("unknown-key", str(path), 2),
        ("unknown-id", str(path), 2),
    }


def test_a_folder_that_is_missing(tmp_path):
    library, found = load(tmp_path / "none")
    assert library is None
    assert [item.rule for item in found] == ["folder-missing"]


def test_a_line_and_a_block_are_switched_off_by_id(plain, tmp_path):
    write(tmp_path, "overlay.yaml", "off: [clinic-hands-on, clinic-weak, heat-picture]\n")
    library = load_well(tmp_path)
    core, *rest = library.sections["clinic-care"].blocks
    assert "clinic-hands-on" not in [item.id for item in core.items]
    assert len(core.items) == len(plain.sections["clinic-care"].blocks[0].items) - 1
    assert "clinic-weak" not in [block.id for block in rest]
    assert library.digest != plain.digest


def test_a_line_is_said_in_the_clinics_own_words(plain, tmp_path):
    text = "statements:\n  - id: clinic-physio\n    text: Our team can show you moves that suit you.\n"
    write(tmp_path, "overlay.yaml", text)
    line = load_well(tmp_path).sections["clinic-care"].blocks[0].items[0]
    assert line.text == "Our team can show you moves that suit you."
    assert line.sources == plain.sections["clinic-care"].blocks[0].items[0].sources


def test_a_part_that_named_only_what_is_off_goes(tmp_path):
    write(tmp_path, "overlay.yaml", "off: [moving-stay-active]\n")
    parts = load_well(tmp_path).handouts["back-spasms"].parts
    moving = [part.blocks for part in parts if part.section == "moving"]
    assert moving == [("moving-stop",)]


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("off:\n  - clinic-hand-on\n", "unknown-id", 2),
        ("statements:\n  - id: clinic-physoi\n    text: Hello.\n", "nothing-to-replace", 2),
        ("statements:\n  - id: now-saddle-numb\n    text: Nothing to see.\n", "nothing-to-replace", 2),
        ("off: [now-saddle-numb]\n", "unknown-id", 1),
        ("off: [expect-line, expect-differs, expect-longer]\n", "section-empty", None),
    ],
)
def test_faulty_changes_are_told_at_their_place(tmp_path, text, rule, line):
    write(tmp_path, "overlay.yaml", text)
    library, found = load(tmp_path)
    assert library is None
    assert rule in [item.rule for item in found if item.severity is Severity.ERROR]
    if line is not None:
        assert found[0].span.line == line


def test_faults_in_a_patched_section_still_have_their_place(tmp_path):
    write(tmp_path, "overlay.yaml", "statements:\n  - id: clinic-physio\n    text: Call {phoen}.\n")
    _, found = load(tmp_path)
    assert [(item.rule, item.span.line, item.span.file.endswith("overlay.yaml")) for item in found] == [
        ("unknown-placeholder", 3, True)
    ]


STRAY = ["figures/.DS_Store", "figures/Thumbs.db", "figures/._bridge.yaml", "figures/_old.svg", "figures/notes.txt",
    "figures/bridge.SVG", "poses/._standing.yaml", "poses/heel-slide.svg"]  # fmt: skip


def test_files_that_no_figure_is_drawn_from_change_nothing(plain, tmp_path):
    for name in STRAY:
        write(tmp_path, name, "\x00\x05 no figure")
    (tmp_path / "figures" / "bridge.svg").mkdir()
    assert load_well(tmp_path).digest == plain.digest
    assert Figures([SECTIONS, tmp_path]).ids() == Figures([SECTIONS]).ids()


def test_a_byte_of_a_file_that_a_figure_is_drawn_from_is_other_content(plain, tmp_path):
    seen = {plain.digest}
    for name in ("figures/heel.yaml", "figures/bridge.left.1.svg", "figures/heel-slide.png", "poses/stool.yaml"):
        write(tmp_path, name, "one")
        seen.add(load_well(tmp_path).digest)
        write(tmp_path, name, "two")
        seen.add(load_well(tmp_path).digest)
    assert len(seen) == 9


def test_a_closed_folder_of_a_clinic_is_an_error(tmp_path, monkeypatch):
    write(tmp_path, "exercises/own.yaml", "id: own\n")
    closed = str(tmp_path / "exercises")
    scan = os.scandir

    def refuse(path="."):
        if os.fspath(path) == closed:
            raise PermissionError(errno.EACCES, "Permission denied", closed)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(ContentError) as caught:
        load_library(SECTIONS, tmp_path)
    assert [item.rule for item in caught.value.diagnostics] == ["file-unreadable"]


def test_a_list_of_changes_that_leads_nowhere_is_an_error(tmp_path):
    (tmp_path / "overlay.yaml").mkdir()
    with pytest.raises(ContentError) as caught:
        load_library(SECTIONS, tmp_path)
    assert [item.rule for item in caught.value.diagnostics] == ["file-unreadable"]


def test_a_link_to_a_folder_is_read_as_the_folder(plain, tmp_path):
    own = tmp_path / "own"
    write(tmp_path, "shared/getting-here.yaml", read_sample("section", "getting-here"))
    own.mkdir()
    try:
        (own / "topics").symlink_to(tmp_path / "shared", target_is_directory=True)
        (tmp_path / "shared" / "round").symlink_to(own, target_is_directory=True)
    except OSError:
        pytest.skip("this system lets nobody make links")
    assert set(load_well(own).sections) - set(plain.sections) == {"getting-here"}
