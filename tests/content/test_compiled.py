"""A library that was kept is the library: every object of it, its digest, and where everything stands."""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import pytest

from handouts.content import models
from handouts.content.compiled import read_compiled, read_value, write_compiled, write_value
from handouts.content.form import Form
from handouts.content.library import load_library, open_library
from handouts.diagnostics import ContentError
from handouts.kept import open_kept

ROOT = Path(__file__).resolve().parents[2]
SECTIONS = ROOT / "sections"


@pytest.fixture(scope="module")
def library():
    return load_library(SECTIONS)


@pytest.fixture
def sections(tmp_path):
    return Path(shutil.copytree(SECTIONS, tmp_path / "sections"))


def send_through_text(library):
    return read_compiled(json.loads(json.dumps(write_compiled(library))), lambda: library.index)


def refuse_reading(monkeypatch):
    def refuse(*args):
        raise AssertionError("the library was read from its files")

    monkeypatch.setattr("handouts.content.assembly.read_library", refuse)


def check_alike(one, other):
    for item in fields(one):
        if item.name != "index":
            ours, theirs = getattr(one, item.name), getattr(other, item.name)
            assert ours == theirs, item.name
            assert not isinstance(ours, Mapping) or list(ours) == list(theirs), item.name


def list_forms(value):
    if isinstance(value, Form):
        yield value
        for entry in vars(value).values():
            yield from list_forms(entry)
    elif isinstance(value, tuple):
        for entry in value:
            yield from list_forms(entry)
    elif isinstance(value, dict):
        for entry in value.values():
            yield from list_forms(entry)


def test_every_object_comes_back_the_same(library):
    again = send_through_text(library)
    check_alike(library, again)
    for name in ("sections", "exercises", "sleep", "handouts", "conditions", "sources", "locales"):
        ours, theirs = getattr(library, name), getattr(again, name)
        assert len(ours) == len(theirs) > 0
        for id, item in ours.items():
            assert id in theirs
            assert repr(theirs[id]) == repr(item)
            assert theirs[id] is theirs[id]
        assert "nothing-of-this-name" not in theirs
        assert theirs.get("nothing-of-this-name") is None
    for name in ("red_flags", "moves", "default_sets", "glossary"):
        assert repr(getattr(again, name)) == repr(getattr(library, name))


def test_every_kind_of_form_was_among_them(library):
    seen = {type(form) for item in fields(library) for form in list_forms(_as_plain(getattr(library, item.name)))}
    files_only = {models.Conditions, models.Sources, models.Glossary, models.Reviewed}
    assert {form for form in vars(models).values() if isinstance(form, type) and issubclass(form, Form)} <= (
        seen | files_only | {Form, models.FigureBlock, models.Statement}
    )


def _as_plain(value):
    return dict(value) if hasattr(value, "items") else value


def test_what_stands_in_no_form_is_refused():
    with pytest.raises(TypeError):
        write_value({1.5})
    assert read_value(write_value(({"a": (1, None)}, True))) == ({"a": (1, None)}, True)


def test_the_kept_library_is_taken_and_knows_its_places(library, tmp_path, monkeypatch):
    check_alike(library, open_library(SECTIONS, None, open_kept(tmp_path, [SECTIONS])))
    again = open_library(SECTIONS, None, open_kept(tmp_path, [SECTIONS]))
    assert again.find_place("exercise", "bridge") == library.find_place("exercise", "bridge")
    assert again.find_place("exercise", "no-such-move") is None
    refuse_reading(monkeypatch)
    check_alike(library, open_library(SECTIONS, None, open_kept(tmp_path, [SECTIONS])))


def test_a_clinics_folder_is_part_of_it(library, tmp_path, monkeypatch):
    own = tmp_path / "own"
    own.mkdir()
    (own / "overlay.yaml").write_text("off: [plank]\n", encoding="utf-8")
    folders = [SECTIONS, own]
    laid = load_library(SECTIONS, own)
    assert open_library(SECTIONS, own, open_kept(tmp_path / "kept", folders)).off == {"plank"}
    with monkeypatch.context() as patch:
        refuse_reading(patch)
        check_alike(laid, open_library(SECTIONS, own, open_kept(tmp_path / "kept", folders)))
    check_alike(library, open_library(SECTIONS, None, open_kept(tmp_path / "kept", [SECTIONS])))
    (own / "overlay.yaml").write_text("off: [bridge]\n", encoding="utf-8")
    assert "plank" in open_library(SECTIONS, own, open_kept(tmp_path / "kept", folders)).exercises


def test_an_edit_that_changes_neither_size_nor_time_is_seen(sections, tmp_path):
    before = open_library(sections, None, open_kept(tmp_path / "kept", [sections]))
    path = sections / "exercises" / "bridge.yaml"
    status = path.stat()
    text = path.read_bytes()
    at = text.index(b"repetitions: ") + len(b"repetitions: ")
    digit = b"3" if text[at : at + 1] != b"3" else b"2"
    path.write_bytes(text[:at] + digit + text[at + 1 :])
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size
    after = open_library(sections, None, open_kept(tmp_path / "kept", [sections]))
    assert after.exercises["bridge"] != before.exercises["bridge"]
    assert after.digest != before.digest


def test_a_faulty_library_is_never_kept_and_always_told(sections, tmp_path):
    (sections / "exercises" / "bridge.yaml").write_text("id: bridge\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(ContentError, match="the key 'title' is missing"):
            open_library(sections, None, open_kept(tmp_path / "kept", [sections]))
    assert list((tmp_path / "kept").rglob("*.json")) == []


def test_a_damaged_entry_is_not_used(library, tmp_path):
    open_library(SECTIONS, None, open_kept(tmp_path, [SECTIONS]))
    (entry,) = tmp_path.rglob("*.json")
    whole = entry.read_bytes()
    entry.write_bytes(whole.replace(b"bridge", b"plank-"))
    check_alike(library, open_library(SECTIONS, None, open_kept(tmp_path, [SECTIONS])))
    assert entry.read_bytes() == whole


def test_a_folder_that_cannot_be_written_is_no_trouble(library, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    check_alike(library, open_library(SECTIONS, None, open_kept(tmp_path / "file" / "kept", [SECTIONS])))
