"""What is kept on disk: found again, never stale, damaged or foreign, and no trouble where none can be kept."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from handouts import kept as module
from handouts.kept import MOST_STATES, Kept, open_kept, stamp_package
from handouts.resources import find_cache_folder, find_config_folder

DATA = {"words": ["é", 1, 0.1, None, True], "more": {"x": []}}


@pytest.fixture
def content(tmp_path):
    folder = tmp_path / "content"
    (folder / "topics").mkdir(parents=True)
    (folder / "figures").mkdir()
    (folder / "topics" / "one.yaml").write_text("words: 1\n", encoding="utf-8")
    (folder / "figures" / "one.png").write_bytes(b"\x89PNG")
    return folder


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache"


def list_entries(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_was_kept_is_found_again(folder, content):
    first = open_kept(folder, [content])
    assert first.find("a", 1) is None
    first.keep(DATA, "a", 1)
    again = open_kept(folder, [content])
    assert again.find("a", 1) == DATA
    assert again.find("a", 2) is None
    assert again.find("a") is None
    assert len(list_entries(folder)) == 1


@pytest.mark.parametrize("name", ["topics/one.yaml", "figures/one.png"])
def test_one_changed_byte_is_another_state_though_size_and_time_are_the_same(folder, content, name):
    open_kept(folder, [content]).keep(DATA, "a")
    path = content / name
    status = path.stat()
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_mtime_ns == status.st_mtime_ns
    assert open_kept(folder, [content]).find("a") is None


@pytest.mark.parametrize("name", ["topics/two.yaml", "new.yaml", "figures/two.svg"])
def test_a_file_more_is_another_state(folder, content, name):
    open_kept(folder, [content]).keep(DATA, "a")
    (content / name).write_text("", encoding="utf-8")
    assert open_kept(folder, [content]).find("a") is None


def test_a_renamed_file_and_another_folder_are_another_state(folder, content, tmp_path):
    open_kept(folder, [content]).keep(DATA, "a")
    assert open_kept(folder, [content, content]).find("a") is None
    (content / "topics" / "one.yaml").rename(content / "topics" / "two.yaml")
    assert open_kept(folder, [content]).find("a") is None


def test_what_nothing_reads_does_not_count(folder, content):
    open_kept(folder, [content]).keep(DATA, "a")
    (content / "README.md").write_text("words", encoding="utf-8")
    for name in ("topics/notes.txt", "topics/._one.yaml", "figures/.DS_Store", "figures/Thumbs.db", ".git.yaml"):
        (content / name).write_text("words", encoding="utf-8")
    assert open_kept(folder, [content]).find("a") == DATA


@pytest.mark.parametrize("what", ["__version__", "PACKAGE"])
def test_another_version_is_another_state(folder, content, monkeypatch, what, tmp_path):
    open_kept(folder, [content]).keep(DATA, "a")
    monkeypatch.setattr(module, what, "9.9" if what == "__version__" else tmp_path)
    module._digest_code.cache_clear()
    assert open_kept(folder, [content]).find("a") is None
    monkeypatch.undo()
    module._digest_code.cache_clear()
    assert open_kept(folder, [content]).find("a") == DATA


@pytest.mark.parametrize("name", ["pipeline.py", "themes/standard.yaml", "pdf/new.icc"])
def test_another_file_of_the_program_is_another_state(folder, content, monkeypatch, tmp_path, name):
    package = tmp_path / "package"
    (package / "themes").mkdir(parents=True)
    (package / "pdf").mkdir()
    monkeypatch.setattr(module, "PACKAGE", package)
    module._digest_code.cache_clear()
    open_kept(folder, [content]).keep(DATA, "a")
    assert open_kept(folder, [content]).find("a") == DATA
    (package / name).write_text("", encoding="utf-8")
    module._digest_code.cache_clear()
    assert open_kept(folder, [content]).find("a") is None
    monkeypatch.undo()
    module._digest_code.cache_clear()


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:20],
        lambda data: data[:-1],
        lambda data: data + b" ",
        lambda data: data.replace(b"words", b"wards"),
        lambda data: b"0" * 32 + data[32:],
        lambda data: b"\xff" * len(data),
        lambda data: data[32:],
    ],
)
def test_a_damaged_entry_is_not_used_and_is_written_anew(folder, content, damage):
    kept = open_kept(folder, [content])
    kept.keep(DATA, "a")
    (path,) = list_entries(folder)
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert kept.find("a") is None
    kept.keep(DATA, "a")
    assert path.read_bytes() == whole


def test_a_foreign_entry_is_not_used(folder, content):
    kept = open_kept(folder, [content])
    kept.keep(DATA, "a")
    kept.keep({}, "b")
    one, two = list_entries(folder)
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    assert kept.find("a") is None
    assert kept.find("b") is None
    other = Kept(folder, "0" * 32)
    one.write_bytes(first)
    (folder / other.state).mkdir()
    (folder / other.state / one.name).write_bytes(first)
    assert [other.find("a"), other.find("b")] == [None, None]


def test_nothing_is_kept_of_content_that_changed_meanwhile(folder, content):
    kept = open_kept(folder, [content])
    (content / "topics" / "one.yaml").write_text("words: 22\n", encoding="utf-8")
    kept.keep(DATA, "a")
    assert list_entries(folder) == []


def test_a_folder_that_cannot_be_written_is_no_trouble(content, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    kept = open_kept(blocked / "cache", [content])
    kept.keep(DATA, "a")
    assert kept.find("a") is None
    assert blocked.read_text(encoding="utf-8") == ""


def test_a_folder_without_leave_to_write_is_no_trouble(content, folder, monkeypatch):
    kept = open_kept(folder, [content])

    def refuse(path, *args):
        raise PermissionError(13, "no", str(path))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    kept.keep(DATA, "a")
    monkeypatch.undo()
    assert kept.find("a") is None
    assert list_entries(folder) == []


def test_an_entry_that_cannot_be_put_in_place_leaves_nothing(content, folder, monkeypatch):
    kept = open_kept(folder, [content])

    def refuse(path, target):
        raise PermissionError(13, "open elsewhere", str(path))

    monkeypatch.setattr(Path, "replace", refuse)
    kept.keep(DATA, "a")
    monkeypatch.undo()
    assert list_entries(folder) == []


def test_content_that_is_not_there_keeps_nothing(folder, tmp_path):
    assert open_kept(folder, [tmp_path / "nowhere"]) is None
    assert open_kept(None, [tmp_path]) is None


def test_old_states_go_and_strange_files_stay(folder, content):
    (folder / "strange").mkdir(parents=True)
    (folder / "strange" / "file.json").write_text("mine", encoding="utf-8")
    (folder / "notes.json").write_text("mine", encoding="utf-8")
    text = content / "topics" / "one.yaml"
    for number in range(MOST_STATES + 3):
        text.write_text(f"words: {number}\n", encoding="utf-8")
        kept = open_kept(folder, [content])
        kept.keep(DATA, "a")
        os.utime(folder / kept.state, (number, number))
    states = [path for path in folder.iterdir() if len(path.name) == 32]
    assert len(states) == MOST_STATES
    assert kept.find("a") == DATA
    assert (folder / "strange" / "file.json").read_text(encoding="utf-8") == "mine"
    assert (folder / "notes.json").exists()


WRITER = """
import sys
from pathlib import Path
from handouts.kept import open_kept
kept = open_kept(Path(sys.argv[1]), [Path(sys.argv[2])])
for number in range(300):
    kept.keep({"body": "x" * 20000, "by": "same"}, "a")
    found = kept.find("a")
    assert found is not None and len(found["body"]) == 20000
"""


def test_two_writers_at_once_leave_one_whole_entry(folder, content):
    command = [sys.executable, "-c", WRITER, str(folder), str(content)]
    writers = [subprocess.Popen(command, cwd=Path(__file__).resolve().parents[1]) for _ in range(3)]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    assert len(list_entries(folder)) == 1
    assert open_kept(folder, [content]).find("a")["by"] == "same"


def test_a_package_has_a_stamp():
    assert "pytest" in stamp_package("pytest")
    assert stamp_package("no_such_package_anywhere") == ""


@pytest.mark.parametrize("told", ["off", "OFF", "", " "])
def test_the_cache_can_be_switched_off(told):
    assert find_cache_folder({"HANDOUTS_CACHE": told, "HOME": "/home/me"}) is None


@pytest.mark.parametrize(
    ("system", "cache", "config"),
    [
        ("linux", "/kept/handouts", "/set/handouts"),
        ("darwin", "/home/me/Library/Caches/handouts", "/set/handouts"),
        ("win32", "/local/handouts/cache", "/roaming/handouts"),
    ],
)
def test_where_things_are_kept(monkeypatch, system, cache, config):
    environ = {
        "XDG_CACHE_HOME": "/kept", "LOCALAPPDATA": "/local", "XDG_CONFIG_HOME": "/set", "APPDATA": "/roaming",
    }  # fmt: skip
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(Path, "home", lambda: Path("/home/me"))
    assert find_cache_folder({**environ, "HANDOUTS_CACHE": "/srv/kept"}) == Path("/srv/kept")
    assert find_cache_folder(environ) == Path(cache)
    assert find_config_folder(environ) == Path(config)


@pytest.mark.parametrize(
    ("system", "cache", "config"),
    [
        ("linux", ".cache/handouts", ".config/handouts"),
        ("darwin", "Library/Caches/handouts", ".config/handouts"),
        ("win32", "AppData/Local/handouts/cache", "AppData/Roaming/handouts"),
    ],
)
def test_where_things_are_kept_in_a_home(monkeypatch, system, cache, config):
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(Path, "home", lambda: Path("/home/me"))
    assert find_cache_folder({}) == Path("/home/me", cache)
    assert find_config_folder({}) == Path("/home/me", config)


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_nobody_has_a_home(monkeypatch, system):
    def refuse():
        raise RuntimeError("no home")

    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(Path, "home", refuse)
    assert find_cache_folder({}) is None
    assert find_config_folder({}) is None
