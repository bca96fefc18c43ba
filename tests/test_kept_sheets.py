"""Sheets made with what earlier processes kept: the same bytes, and nothing kept of a person."""

import re
import zlib
from datetime import date
from pathlib import Path

import pytest

from handouts import qr
from handouts.content.library import load_library
from handouts.diagnostics import Collector
from handouts.figure import library as figures
from handouts.patient.clinic import read_clinic
from handouts.patient.record import read_patient
from handouts.pdf import bundle as bundles
from handouts.pdf.bundle import Bundles, read_entries
from handouts.pdf.document import SHELVES
from handouts.pdf.words import find_codes
from handouts.pipeline import Choices, open_pipeline
from handouts.source.document import parse_document
from tests.commands.conftest import ROOT

HANDOUT = "back-spasms"
CLINIC = read_clinic(ROOT / "examples" / "clinic.yaml", Collector())
EXAMPLES = ("early-desk", "disc-own-list", "older-osteoporosis", "pregnant")
ONE = """
name: Qorvex Zelmira
date_of_birth: 1981-03-07
reference: XK-7707
seen_on: 2026-12-03
seen_by: Dr. Vupploth
next_visit: 2026-12-09
stage: later
goal: Juggle quinces
notes: Oboe on Fridays.
"""
OTHER = """
name: Xavi Brontë-Oyuel
date_of_birth: 1985-10-30
reference: XK-7708
seen_on: 2026-12-04
seen_by: Prof. Umbertine
next_visit: 2026-12-24
stage: later
goal: Walk the zebras
notes: Tuba on Mondays.
"""
OVERRIDE = """
overrides:
  - {id: prone-press-up, by: Dame Ixquill, reason: Yonder lemmings}
conditions: [osteoporosis]
exercises:
  - prone-press-up
"""


@pytest.fixture(scope="module")
def library():
    return load_library(ROOT / "sections")


def read_record(library, text):
    collector = Collector()
    record = read_patient(parse_document(text, "record", collector), library, collector, date(2026, 11, 23))
    assert record is not None, collector.found
    return record


def open_anew(folder):
    """Return a pipeline that has nothing in memory, as in a new process."""
    figures._load.cache_clear()
    qr.make_symbol.cache_clear()
    return open_pipeline(CLINIC, cache=folder)


def make(library, record, folder, edition=None, handout=HANDOUT):
    """Return a sheet as a new process makes it."""
    pipeline = open_anew(folder)
    return pipeline.make(handout, record, Choices(date(2026, 11, 23), "option", edition=edition)).data


def list_files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("edition", ["standard", "large-print", "low-ink"])
@pytest.mark.parametrize("example", EXAMPLES)
def test_the_same_bytes_whatever_was_kept(library, tmp_path, example, edition):
    record = read_record(library, (ROOT / "examples" / f"{example}.yaml").read_text(encoding="utf-8"))
    plain = make(library, record, None, edition)
    assert [make(library, record, tmp_path, edition) for _ in range(3)] == [plain] * 3


def test_sheets_of_one_kind_share_what_is_kept(library, tmp_path):
    texts = [(ROOT / "examples" / f"{example}.yaml").read_text(encoding="utf-8") for example in EXAMPLES]
    records = [None, *(read_record(library, text) for text in texts), read_record(library, ONE)]
    plain = [make(library, record, None) for record in records]
    for _ in range(2):
        assert [make(library, record, tmp_path) for record in records] == plain
        assert [make(library, record, tmp_path) for record in reversed(records)] == plain[::-1]


def test_what_was_kept_is_neither_laid_out_nor_painted_again(library, tmp_path, monkeypatch):
    record = read_record(library, ONE)
    plain = make(library, record, tmp_path)
    kept = list_files(tmp_path)

    def refuse(*args):
        raise AssertionError("this was kept")

    for name in (
        "pdf.shapes.trace_box",
        "layout.forms.compose_part",
        "pdf.drawings.write_form",
        "pdf.resources.embed_face",
    ):
        monkeypatch.setattr(f"handouts.{name}", refuse)
    assert make(library, record, tmp_path) == plain
    assert list_files(tmp_path) == kept
    with pytest.raises(AssertionError, match="this was kept"):
        make(library, record, None)


def damage_all(folder, damage):
    for path in folder.rglob("*.json"):
        path.write_bytes(damage(path.read_bytes()))


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:20],
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1],
        lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
        lambda data: b"\xff" * len(data),
    ],
)
def test_what_is_damaged_is_made_anew(library, tmp_path, damage):
    record = read_record(library, ONE)
    plain = make(library, record, tmp_path)
    whole = list_files(tmp_path)
    damage_all(tmp_path, damage)
    assert make(library, record, tmp_path) == plain
    assert list_files(tmp_path) == whole


def test_what_is_half_written_is_not_read(library, tmp_path):
    record = read_record(library, ONE)
    plain = make(library, record, tmp_path)
    for path in list(tmp_path.rglob("*.json")):
        path.rename(path.with_suffix(".part"))
    assert make(library, record, tmp_path) == plain


def test_a_folder_without_leave_to_write_is_no_trouble(library, tmp_path, monkeypatch):
    record = read_record(library, ONE)
    plain = make(library, record, None)

    def refuse(path, *args):
        raise PermissionError(13, "no", str(path))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    assert [make(library, record, tmp_path) for _ in range(2)] == [plain] * 2
    assert not any(list_files(tmp_path).values())


def test_another_profile_has_its_own_layouts(library, tmp_path, monkeypatch):
    record = read_record(library, ONE)
    first = make(library, record, tmp_path)
    for change in ({"colour": "#7a1f5c"}, {"logo": None}, {"name": "Elsewhere"}):
        profile = {name: getattr(CLINIC, name) for name in CLINIC.__slots__} | change
        with monkeypatch.context() as patch:
            patch.setattr("tests.test_kept_sheets.CLINIC", type(CLINIC)(**profile))
            plain = make(library, record, None)
            assert plain != first
            assert make(library, record, tmp_path) == plain
    assert make(library, record, tmp_path) == first


def list_words(*texts):
    """Return all values of records that are somebody's own, whole and word by word, also as a sheet writes days."""
    values = re.findall(r"(?:name|reference|seen_by|by|reason|goal|notes): ([^,}\n]+)", "\n".join(texts))
    days = re.findall(r"\d{4}-\d\d-\d\d", "\n".join(texts))
    written = [f"{int(day[8:])} {date.fromisoformat(day):%B} {day[:4]}" for day in days]
    words = [word for value in values for word in value.split() if len(word) > 4]
    return {*values, *days, *written, *words}


def find_words(folder, fonts, words):
    """Return those words that stand in any file, as they are, compressed or as glyphs."""
    texts = []
    for data in list_files(folder).values():
        texts += [data.decode("utf-8", "replace"), data.decode("latin-1")]
        for place in [match.end() for match in re.finditer(rb"\n", data)]:
            texts.append(inflate(data[place:]))
    drawn = [re.sub(r"\)-?\d+\(", "", text) for text in texts]
    found = set()
    for word in words:
        if any(word in text for text in texts):
            found.add(word)
        for face in (fonts.face(tier.face) for family in fonts.families for tier in family.regular + family.bold):
            if all(char in face.number for char in word):
                shown = "".join(find_codes(face)[char] for char in word)
                if any(shown in text for text in drawn):
                    found.add(word)
    return found


def inflate(data):
    for window in (15, -15):
        try:
            return zlib.decompressobj(window).decompress(data).decode("latin-1")
        except zlib.error:
            continue
    return ""


@pytest.mark.parametrize("edition", ["standard", "large-print"])
def test_nothing_of_a_person_is_kept(library, tmp_path, edition):
    pipeline = open_pipeline(CLINIC, cache=tmp_path)
    ids = set()
    for text in (ONE, OTHER, ONE + OVERRIDE):
        made = open_anew(tmp_path).make(
            HANDOUT, read_record(library, text), Choices(date(2026, 11, 23), "option", edition=edition)
        )
        ids.add(made.plan.sheet_id)
    assert list_files(tmp_path)
    assert find_words(tmp_path, pipeline.fonts, list_words(ONE, OTHER, OVERRIDE) | ids) == set()
    assert find_words(tmp_path, pipeline.fonts, {"Harbour Lane", "Back spasms"}) == {"Harbour Lane", "Back spasms"}


def test_two_people_leave_the_same_bytes(library, tmp_path):
    for name, text in (("one", ONE), ("other", OTHER)):
        make(library, read_record(library, text), tmp_path / name)
    one, other = (list_files(tmp_path / name) for name in ("one", "other"))
    assert one == other


def test_a_sheet_that_names_who_decided_is_not_kept(library, tmp_path):
    record = read_record(library, ONE + OVERRIDE)
    pipeline = open_anew(tmp_path)
    assert pipeline.make(HANDOUT, record, Choices(date(2026, 11, 23), "option")).plan.exercises[0].overridden_by
    assert not any(b"block " in data for data in list_files(tmp_path).values())


class Store:
    """A store in memory."""

    def __init__(self):
        self.data = {}

    def find_bytes(self, *key):
        return self.data.get(key)

    def keep_bytes(self, data, *key):
        self.data[key] = data


def test_a_bundle_is_opened_once_for_each_kind():
    opened = Bundles(Store(), "fonts")
    assert opened.open("a", "en") is not None
    assert opened.open("a", "en") is None
    assert opened.open("b", "en") is not None


def test_the_longest_unused_goes_first(monkeypatch):
    monkeypatch.setattr(bundles, "MOST_ENTRIES", 4)
    store = Store()
    for used in (["a", "b"], ["c"], ["a", "d"], ["e", "f"]):
        bundle = bundles.Bundle(store, "x")
        for name in used:
            if bundle.find_data(name) is None:
                bundle.add_data(name, {"is": name})
        bundle.keep()
    (data,) = store.data.values()
    assert list(read_entries(data)) == ["e", "f", "a", "d"]


def test_a_bundle_without_anything_new_is_not_written():
    store = Store()
    for _ in range(2):
        bundle = bundles.Bundle(store, "x")
        bundle.add_data("a", 1)
        bundle.keep()
        (key,) = store.data
        store.data[key] = bytes(store.data[key])
    before = store.data[key]
    bundle = bundles.Bundle(store, "x")
    assert bundle.find_data("a") == 1
    bundle.keep()
    assert store.data[key] is before


def test_a_personal_block_is_refused(library):
    pipeline = open_pipeline(CLINIC)
    made = pipeline.make(HANDOUT, read_record(library, ONE), Choices(date(2026, 11, 23), "option"))
    own = next(placed.block for placed in made.sheet.pages[0].placed if placed.block.personal)
    fragment = SHELVES[pipeline.fonts].find_own(own, pipeline.fonts)
    with pytest.raises(ValueError, match="personal"):
        bundles.Bundle(Store(), "x").add_fragment(own, fragment)
