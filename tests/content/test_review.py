"""A sign-off is put into a profile without touching the rest, and holds for exactly the content that was signed."""

import shutil
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handouts.content.library import load_library
from handouts.content.review import Signature, check_sign_off, write_sign_off
from handouts.diagnostics import Collector, ContentError
from handouts.patient.clinic import read_clinic
from handouts.resources import find_bundled_folder
from handouts.source.document import parse_document
from handouts.tailor.assembly import tailor_plan

SECTIONS = find_bundled_folder("sections")
DAY = date(2026, 11, 23)
SIGNED = Signature("J. Patel", "physiotherapist", DAY, date(2027, 11, 23), "ab" * 32)
PROFILE = """# A clinic.
name: Harbour Lane   # by the sea
phone: "0555 013 4400"
out_of_hours: NHS 111
emergency_number: "999"
website: https://harbour-lane.example/back
"""
BLOCK = """reviewer:
  name: "J. Patel"
  role: "physiotherapist"
  date: 2026-11-23
  next_review: 2027-11-23
  digest: "{digest}"
"""


def test_a_sign_off_is_added_at_the_end():
    assert write_sign_off(PROFILE, "clinic.yaml", SIGNED) == PROFILE + BLOCK.format(digest="ab" * 32)


@pytest.mark.parametrize(
    "old",
    [
        "reviewer: {name: A, role: b, date: 2025-01-01, next_review: 2026-01-01, digest: x}\n",
        "reviewer:\n  # who\n  name: A\n  role: b\n",
        "reviewer: {name: A,\n  role: b}\n",
        "reviewer:\n",
    ],
)
def test_an_older_one_is_replaced_and_what_follows_stays(old):
    after = "# The look\npaper: a4\n"
    text = write_sign_off(PROFILE + old + "\n" + after, "clinic.yaml", SIGNED)
    assert text == PROFILE + BLOCK.format(digest="ab" * 32) + "\n" + after


def test_windows_lines_and_a_missing_last_line_end_are_kept():
    text = write_sign_off(PROFILE.rstrip("\n").replace("\n", "\r\n"), "clinic.yaml", SIGNED)
    assert text == (PROFILE + BLOCK.format(digest="ab" * 32)).replace("\n", "\r\n")


@pytest.mark.parametrize("text", ["", "- a\n", "{name: A}\n", "name: [\n"])
def test_what_is_no_profile_is_refused(text):
    with pytest.raises(ContentError):
        write_sign_off(text, "clinic.yaml", SIGNED)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30))
@example("\ufeff\uffff")
def test_any_name_comes_back(name):
    signature = Signature(name, "role: # {x}", DAY, date(2027, 1, 1), "cd" * 32)
    document = parse_document(write_sign_off(PROFILE, "clinic.yaml", signature), "clinic.yaml", Collector())
    assert document.data["reviewer"] == dict(signature.list_values())


def write_clinic(folder, digest, overlay=False):
    path = folder / "clinic.yaml"
    text = PROFILE + ("content: own\n" if overlay else "") + BLOCK.format(digest=digest)
    path.write_text(text, encoding="utf-8")
    return path


def find_line(library, path, day=DAY):
    clinic = read_clinic(path, Collector())
    return tailor_plan(library, "sleep", None, clinic, date=day, date_from="option").reviewed


def test_a_signed_sheet_says_who_and_when(tmp_path):
    library = load_library(SECTIONS)
    path = write_clinic(tmp_path, library.digest)
    assert find_line(library, path) == "Reviewed by J. Patel, physiotherapist, 23 November 2026"
    assert check_sign_off(path, read_clinic(path, Collector()).reviewer, library.digest, DAY) == []


def test_past_its_day_it_does_not_count(tmp_path):
    library = load_library(SECTIONS)
    path = write_clinic(tmp_path, library.digest)
    late = date(2027, 11, 24)
    assert find_line(library, path, date(2027, 11, 23)).startswith("Reviewed by")
    assert find_line(library, path, late) == "Not yet reviewed by a clinician"
    (found,) = check_sign_off(path, read_clinic(path, Collector()).reviewer, library.digest, late)
    assert (found.rule, found.span.line) == ("review-overdue", 7)


def test_before_its_day_it_does_not_count(tmp_path):
    library = load_library(SECTIONS)
    path = write_clinic(tmp_path, library.digest)
    early = date(2026, 11, 22)
    assert find_line(library, path, early) == "Not yet reviewed by a clinician"
    (found,) = check_sign_off(path, read_clinic(path, Collector()).reviewer, library.digest, early)
    assert (found.rule, found.span.line) == ("review-ahead", 7)
    assert "dated 2026-11-23" in found.message


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("topics/moving.yaml", "title: ", "title: Some "),
        ("rules/moves.yaml", "verdict: N", "verdict: A"),
        ("exercises/bridge.yaml", "repetitions: 5", "repetitions: 6"),
        ("locale/en.yaml", "stop-if: Stop if", "stop-if: Pause if"),
        ("poses/lying-crook.yaml", ":", ": "),
        ("sources.yaml", "year: 20", "year: 19"),
    ],
)
def test_any_later_change_voids_it(file, old, new, tmp_path):
    signed = load_library(SECTIONS)
    path = write_clinic(tmp_path, signed.digest)
    changed = tmp_path / "sections"
    shutil.copytree(SECTIONS, changed)
    text = (changed / file).read_text(encoding="utf-8")
    assert old in text
    (changed / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    library = load_library(changed)
    assert library.digest != signed.digest
    assert find_line(library, path) == "Not yet reviewed by a clinician"
    (found,) = check_sign_off(path, read_clinic(path, Collector()).reviewer, library.digest, DAY)
    assert (found.rule, found.span.line) == ("review-voided", 7)


def test_a_comment_or_a_line_end_changes_nothing(tmp_path):
    changed = tmp_path / "sections"
    shutil.copytree(SECTIONS, changed)
    path = changed / "topics" / "moving.yaml"
    path.write_bytes(b"# A note.\r\n" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_library(changed).digest == load_library(SECTIONS).digest


def test_the_clinics_own_content_is_signed_as_well(tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "overlay.yaml").write_text("off: [tens]\n", encoding="utf-8")
    bundled, laid = load_library(SECTIONS), load_library(SECTIONS, own)
    path = write_clinic(tmp_path, bundled.digest, overlay=True)
    assert find_line(laid, path) == "Not yet reviewed by a clinician"
    path = write_clinic(tmp_path, laid.digest, overlay=True)
    assert find_line(laid, path).startswith("Reviewed by")


def test_nobody_has_signed(tmp_path):
    path = tmp_path / "clinic.yaml"
    path.write_text(PROFILE, encoding="utf-8")
    (found,) = check_sign_off(path, None, "ab" * 32, DAY)
    assert found.rule == "not-reviewed"
