"""Each rule of the gate finds content that breaks exactly it, at the right line, and lets good content pass."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from handouts.content.assembly import gather_pieces
from handouts.content.files import SINGLE_FILES, Piece
from handouts.content.gate import formulas, grade
from handouts.content.gate.formulas import measure_grades
from handouts.content.gate.registry import RULES, read_explanations, run_gate
from handouts.content.gate.sentences import split_sentences
from handouts.content.library import load_library
from handouts.content.models import FILE_KINDS
from handouts.diagnostics import Collector, Severity
from handouts.figure.library import Figures
from handouts.resources import find_bundled_folder
from handouts.source.document import read_document

SECTIONS = find_bundled_folder("sections")
LIBRARY = load_library(SECTIONS)
PIECES, _ = gather_pieces(SECTIONS, None, Collector())
FIGURES = Figures([SECTIONS])
WHOLE = frozenset({"unused-source", "unused-term", "unused-figure"})
"""Rules that look for what nothing in the whole library uses."""

HEAD = """id: {id}
title: A part
version: "1.0"
last_reviewed: 2026-11-23
next_review: 2027-11-23
"""
SECTION = HEAD.format(id="part") + "blocks:\n"


def paragraph(id, text, more=""):
    return f"  - kind: paragraph\n    id: {id}\n    text: {text}  # HERE\n{more}"


def items(count, text="Walk a little."):
    return "".join(f"      - {{id: i-{number}, text: {text}}}\n" for number in range(1, count + 1))


LONG = "Rest both legs on a pillow and 1 more under your head and then rest there for as long as you want to now."
SIXTEEN = "Rest both legs on a pillow and then rest there for as long as you like."
STEPS = (
    "  - kind: steps\n    id: s\n{title}    figure: pelvic-tilt  # HERE\n{alt}"
    "    items:\n      - {{id: s-1, text: Lie down.}}\n"
)
CASES = {
    "reading-grade": SECTION
    + "  - kind: list\n    id: l\n    items:\n"
    + items(5)
    + paragraph("hard", "Considerable determination necessitates extraordinary organisational responsibilities.")
    + paragraph("easy", "Call us.").replace("  # HERE", "").replace("easy", "easy-one"),
    "sentence-length": SECTION + paragraph("long", LONG) + paragraph("ok", "Rest.").replace("  # HERE", ""),
    "sentence-mean": SECTION.replace("title: A part", "title: A part  # HERE")
    + "".join(paragraph(f"p-{n}", SIXTEEN).replace("  # HERE", "") for n in range(4)),
    "heading-distance": SECTION
    + "".join(
        paragraph(f"p-{n}", "Rest. " + "Put a pillow under your knees. " * 9).replace("  # HERE", "  # HERE" * (n == 2))
        for n in range(3)
    ),
    "list-length": SECTION
    + "  - kind: list\n    id: l\n    lead: Try these\n    items:\n"
    + items(12)
    + "      - {id: i-13, text: Walk a little.}  # HERE\n",
    "number-words": SECTION + paragraph("n", "Rest for seven days."),
    "blame-words": SECTION + paragraph("b", "Your bad posture did it."),
    "promise-words": SECTION + paragraph("p", "This will fix it."),
    "jargon": SECTION + paragraph("j", "Your paraspinal muscles are tight."),
    "passive-voice": SECTION + "".join(paragraph(f"p-{n}", "Your back was moved.") for n in range(3)),
    "missing-source": SECTION + paragraph("g", "Walk.").replace("  # HERE", "") + "    mark: guideline  # HERE\n",
    "unknown-figure": SECTION
    + STEPS.replace("pelvic-tilt", "pelvic-tlit").format(title="    title: Tilt\n", alt="    alt: [A person.]\n"),
    "figure-alt": SECTION
    + "  - kind: pairs\n    id: p\n    pairs:\n      - id: p-1\n        topic: Sit\n        easier: Sit on a chair.\n"
    + "        harder: Sit on the floor.\n        figure_easier: pelvic-tilt  # HERE\n",
    "figure-title": SECTION + STEPS.format(title="", alt="    alt: [A person lies., A person lies.]\n"),
    "dead-link": SECTION + paragraph("d", "For more, see 'Nothing at all'."),
}  # fmt: skip


def make_piece(tmp_path, text, kind="section"):
    folder = {"section": "topics", "exercise": "exercises", "handout": "handouts"}.get(kind, ".")
    name = next((file for file, of in SINGLE_FILES.items() if of == kind), f"{folder}/part.yaml")
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    document = read_document(path, Collector())
    assert document is not None
    FILE_KINDS[kind].model_validate(document.data)
    return Piece(kind, path.stem, document.data, document), path


def find_marks(path):
    return [n for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if line.endswith("# HERE")]


def run(pieces, rules=None, library=LIBRARY):
    chosen = {id: look for id, look in RULES.items() if (id in rules if rules else id not in WHOLE)}
    return run_gate(pieces, library, FIGURES, rules=chosen)


@pytest.mark.parametrize("rule", CASES)
def test_finds_what_breaks_exactly_one_rule(rule, tmp_path):
    piece, path = make_piece(tmp_path, CASES[rule])
    found = run([piece])
    assert {item.rule for item in found} == {rule}, [item.format_line() for item in found]
    assert [item.span.line for item in found] == find_marks(path)
    assert {item.span.file for item in found} == {str(path)}


def test_names_the_column_of_a_word(tmp_path):
    piece, _ = make_piece(
        tmp_path,
        SECTION + "  - kind: paragraph\n    id: n\n    text: >-\n      Rest now.\n      Rest for seven days.\n",
    )
    (found,) = run([piece])
    assert (found.span.line, found.span.column) == (11, 16)


def test_good_content_passes(tmp_path):
    piece, _ = make_piece(tmp_path, SECTION + paragraph("ok", "Keep moving. It is not your fault. Call us on {phone}."))
    assert run([piece]) == []


def test_lines_for_some_people_do_not_lengthen_a_list(tmp_path):
    more = "      - {id: i-13, text: Walk a little., when: {work: [desk]}}\n"
    text = SECTION + "  - kind: list\n    id: l\n    lead: Try these\n    items:\n" + items(12) + more
    assert run([make_piece(tmp_path, text)[0]]) == []


def test_a_main_message_has_one_sentence_an_entry(tmp_path):
    text = HEAD.format(id="part") + (
        "description: One sheet.\npages: {most: 1}\nmessage:\n"
        "  - {id: m-1, text: Keep moving.}\n  - {id: m-2, text: Rest. Then walk.}  # HERE\n"
        "parts:\n  - {part: red-flags}\n"
    )
    piece, path = make_piece(tmp_path, text, "handout")
    (found,) = run([piece])
    assert (found.rule, [found.span.line]) == ("main-message", find_marks(path))


CARD = (
    (SECTIONS / "exercises" / "pelvic-tilt.yaml").read_text(encoding="utf-8").replace("id: pelvic-tilt", "id: part", 1)
)


def test_a_card_says_who_it_is_not_for(tmp_path):
    text = re.sub(r"not_for:\n(  - .*\n)+", "", CARD)
    piece, _ = make_piece(tmp_path, text, "exercise")
    (found,) = run([piece])
    assert (found.rule, found.span.line) == ("card-rows", 1)


def test_a_card_has_a_text_for_each_frame(tmp_path):
    text = re.sub(r"  - Lying on the back, knees bent.*\n", "", CARD, count=1)
    piece, path = make_piece(tmp_path, text, "exercise")
    (found,) = run([piece])
    assert found.rule == "figure-alt"
    assert path.read_text(encoding="utf-8").splitlines()[found.span.line - 1].startswith("alt:")


RED = (SECTIONS / "red-flags.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("text: Chest pain, or hard to breathe", "text: Chest pain, if it lasts"),
        ('today_short: "Call us today', 'today_short: "Call us this week'),
        ('title: "Get help now:', 'title: "Get help soon:'),
    ],
)
def test_the_red_flag_box_is_fixed(old, new, tmp_path):
    assert old in RED
    piece, path = make_piece(tmp_path, RED.replace(old, new), "red-flags")
    (found,) = run([piece])
    assert found.rule == "red-flags-changed"
    assert new in path.read_text(encoding="utf-8").splitlines()[found.span.line - 1]


def test_a_red_flag_line_of_another_name_is_seen(tmp_path):
    piece, _ = make_piece(tmp_path, RED.replace("id: now-chest", "id: now-breast"), "red-flags")
    assert [item.message.split("'")[1] for item in run([piece])] == ["now-breast", "now-chest"]


def test_a_red_flag_line_cannot_be_taken_out(tmp_path):
    text = re.sub(r"    - id: now-chest\n(      .*\n)+?(?=    - id)", "", RED)
    assert text != RED
    found = run([make_piece(tmp_path, text, "red-flags")[0]])
    assert [item.message for item in found] == ["the red-flag line 'now-chest' is missing"]


def test_unused_sources_terms_and_figures(tmp_path):
    sources = (SECTIONS / "sources.yaml").read_text(encoding="utf-8") + (
        "\n  - {key: NOBODY, title: A page, body: A body, year: 2020, read: page, where: there, short: A page}\n"
    )
    terms = (SECTIONS / "glossary.yaml").read_text(encoding="utf-8") + "\n  - {term: zygapophysis, meaning: a joint}\n"
    new = [make_piece(tmp_path, sources, "sources")[0], make_piece(tmp_path, terms, "glossary")[0]]
    pieces = [piece for piece in PIECES if piece.kind not in ("sources", "glossary") and piece.id != "bridge"] + new
    found = run(pieces, WHOLE)
    messages = [item.message for item in found]
    assert "nothing rests on the source 'NOBODY'" in messages
    assert "nothing uses the word 'zygapophysis'" in messages
    assert "nothing shows the figure 'bridge'" in messages


def test_grades_are_not_passed_over_in_silence_when_nobody_can_measure(tmp_path, monkeypatch):
    def refuse(prose):
        raise formulas.MissingFormulasError

    monkeypatch.setattr(grade, "measure_grades", refuse)
    piece, _ = make_piece(tmp_path, SECTION + paragraph("ok", "Keep moving."))
    (found,) = run([piece], {"reading-grade"})
    assert found.rule == "grade-not-measured"
    assert "handouts[check]" in found.hint


def test_syllables_are_those_of_the_dictionary():
    assert measure_grades("An area of idea. The cat sat. The dog ran.").flesch_kincaid > 0
    hard = measure_grades("Physiological deconditioning necessitates multidisciplinary rehabilitation. " * 5)
    assert hard.flesch_kincaid > 20
    assert hard.smog > 15


def test_sentences():
    assert split_sentences("Take 1.5 cups, e.g. tea. **Stop.** Call {phone}") == [
        "Take 15 cups, eg tea.",
        "Stop.",
        "Call us.",
    ]


def test_every_rule_is_explained_and_tested():
    explained = read_explanations()
    assert set(RULES) <= set(explained)
    assert all(explained[id].weight for id in RULES)
    here = Path(__file__).read_text(encoding="utf-8")
    assert all(f'"{id}"' in here for id in RULES)


def test_the_bundled_library_passes():
    ledger = read_document(SECTIONS / "evidence.yaml", Collector())
    found = run_gate(PIECES, LIBRARY, FIGURES, [ledger])
    assert [item.format_line() for item in found] == []


def read_ledger(tmp_path, old, new):
    text = (SECTIONS / "evidence.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "evidence.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return read_document(path, Collector())


def test_a_fact_stands_where_the_ledger_says(tmp_path):
    ledger = read_ledger(tmp_path, "in: [spasm-what]", "in: [spasm-whatever]")
    (found,) = run_gate(PIECES, LIBRARY, FIGURES, [ledger], {"lost-fact": RULES["lost-fact"]})
    assert ledger.text.splitlines()[found.span.line - 1].endswith("[spasm-whatever]")
    assert ledger.text.splitlines()[found.span.line - 1][found.span.column - 1 :] == "spasm-whatever]"


def test_a_fact_is_listed_once(tmp_path):
    ledger = read_ledger(tmp_path, "id: low-back-is-usual-site", "id: spasm-is-involuntary-tightening")
    (found,) = run_gate(PIECES, LIBRARY, FIGURES, [ledger], {"repeated-fact": RULES["repeated-fact"]})
    line = ledger.text.splitlines()[found.span.line - 1]
    assert line[found.span.column - 1 :] == "spasm-is-involuntary-tightening"
    assert found.span.line > ledger.text.splitlines().index(line) + 1


@pytest.mark.parametrize("group", ["conflicts", "gaps"])
def test_a_conflict_and_a_gap_are_listed_once(tmp_path, group):
    ids = [entry["id"] for entry in read_document(SECTIONS / "evidence.yaml", Collector()).data[group]]
    ledger = read_ledger(tmp_path, f"- id: {ids[3]}\n", f"- id: {ids[0]}\n")
    (found,) = run_gate(PIECES, LIBRARY, FIGURES, [ledger], {"repeated-fact": RULES["repeated-fact"]})
    assert ids[0] in found.message


def test_a_conflict_names_facts_that_are_listed(tmp_path):
    text = (SECTIONS / "evidence.yaml").read_text(encoding="utf-8")
    old = text[text.index("conflicts:") :].partition("facts: [")[2].partition("]")[0].partition(",")[0]
    ledger = read_ledger(tmp_path, f"facts: [{old}", "facts: [nobody-wrote-this")
    (found,) = run_gate(PIECES, LIBRARY, FIGURES, [ledger], {"unlisted-fact": RULES["unlisted-fact"]})
    assert "'nobody-wrote-this'" in found.message
    assert ledger.text.splitlines()[found.span.line - 1][found.span.column - 1 :].startswith("nobody-wrote-this")


def test_words_of_an_omitted_fact_are_not_printed(tmp_path):
    ledger = read_ledger(tmp_path, "never: [", "never: [on their own, ")
    found = run_gate(PIECES, LIBRARY, FIGURES, [ledger], {"omitted-fact": RULES["omitted-fact"]})
    assert any(item.span.file.endswith("what-is-a-spasm.yaml") for item in found)


def test_a_part_stands_in_for_one_that_is_there(tmp_path):
    text = (SECTIONS / "handouts" / "sleep.yaml").read_text(encoding="utf-8")
    assert "stands_in_for: sleep-2" in text
    path = tmp_path / "handouts" / "sleep.yaml"
    path.parent.mkdir()
    path.write_text(text.replace("stands_in_for: sleep-2", "stands_in_for: sleep-5"), encoding="utf-8")
    document = read_document(path, Collector())
    (found,) = run([Piece("handout", "sleep", document.data, document)], {"dead-part"})
    assert "sleep-5" in path.read_text(encoding="utf-8").splitlines()[found.span.line - 1]


def test_a_part_comes_ahead_of_one_before_it(tmp_path):
    text = (SECTIONS / "handouts" / "exercises.yaml").read_text(encoding="utf-8")
    assert "ahead_of: exercises" in text
    path = tmp_path / "handouts" / "exercises.yaml"
    path.parent.mkdir()
    for name in ("exercisse", "sources"):  # a slip, and a part behind it
        path.write_text(text.replace("ahead_of: exercises", f"ahead_of: {name}", 1), encoding="utf-8")
        document = read_document(path, Collector())
        (found,) = run([Piece("handout", "exercises", document.data, document)], {"dead-part"})
        assert f"ahead_of: {name}" in path.read_text(encoding="utf-8").splitlines()[found.span.line - 1]
        assert (found.hint == "did you mean 'exercises'?") == (name == "exercisse")


def test_what_is_switched_off_is_not_gated(tmp_path):
    piece, _ = make_piece(tmp_path, CASES["blame-words"])
    assert run([piece], library=replace(LIBRARY, off=frozenset({"part"}))) == []
    assert run([piece])[0].severity is Severity.ERROR
