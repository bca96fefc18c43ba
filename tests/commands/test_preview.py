"""The preview builds again when a file is saved, shows problems with their place, and talks to this machine only."""

import json
import threading
import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pytest

from handouts.commands.preview_command import Order
from handouts.delivery import pictures
from handouts.delivery.preview import HOST, Build, Preview
from tests.access.fontmaking import make_font

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><path d="M5 35h50l-25-30z" fill="#336699"/></svg>'
RECORD = "name: Maria Lopez\nseen_on: 2026-11-23\n"


@pytest.fixture
def start():
    started = []

    def serve(build, files):
        preview = Preview("a test", build, lambda: files)
        thread = threading.Thread(target=preview.run)
        thread.start()
        started.append((preview, thread))
        return preview

    yield serve
    for preview, thread in started:
        preview.end()
        thread.join(timeout=10)
        assert not thread.is_alive()


def fetch(address, host=None):
    request = urllib.request.Request(address, headers={"Host": host} if host else {})
    with urllib.request.urlopen(request, timeout=10) as response:
        return response.read(), response.headers


def follow(preview):
    """Go through the states that the browser is told."""
    with urllib.request.urlopen(f"{preview.address}events", timeout=20) as response:
        for line in response:
            if line.startswith(b"data: "):
                yield json.loads(line.removeprefix(b"data: "))


def wait_for(states, holds):
    for state in states:
        if holds(state):
            return state
    raise AssertionError("the preview ended")


def test_a_sheet_is_built_again_on_every_save(clone, start):
    record = clone / "r.yaml"
    record.write_text(RECORD, encoding="utf-8")
    order = Order("sleep", "r.yaml", (), "examples/clinic.yaml", None, (None, None, None))
    preview = start(order.build, [record])
    states = follow(preview)
    first = wait_for(states, lambda state: state["pdf"])
    assert first["problems"] == []
    data, headers = fetch(f"{preview.address}sheet.pdf")
    assert data.startswith(b"%PDF-1.7")
    assert headers["Cache-Control"] == "no-store"
    if first["pages"] is not None:
        picture, _ = fetch(f"{preview.address}page-1.png")
        assert picture.startswith(b"\x89PNG")
    record.write_text(RECORD + "sied: left\n", encoding="utf-8")
    broken = wait_for(states, lambda state: state["problems"])
    assert broken["problems"][0].startswith("r.yaml:3:1: error: unknown key")
    assert not broken["pdf"]
    assert fetch(f"{preview.address}sheet.pdf")[0] == data
    record.write_text(RECORD + "edition: low-ink\n", encoding="utf-8")
    again = wait_for(states, lambda state: state["pdf"])
    assert again["version"] > broken["version"]
    assert fetch(f"{preview.address}sheet.pdf")[0] != data


def test_it_listens_on_this_machine_alone_and_to_its_own_address(start, tmp_path):
    preview = start(lambda: Build("done", b"%PDF-1.7"), [tmp_path])
    assert urlsplit(preview.address).hostname == HOST == "127.0.0.1"
    root = preview.address.rsplit("/", 2)[0]
    for address, host in ((f"{root}/", None), (preview.address, "evil.example"), (f"{preview.address}../state", None)):
        with pytest.raises(urllib.error.HTTPError) as caught:
            fetch(address, host)
        assert caught.value.code == 404
        caught.value.close()
    page, headers = fetch(preview.address)
    assert b"preview.js" in page
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    for name in ("preview.js", "preview.css"):
        assert fetch(preview.address + name)[0]
        assert b"http://" not in fetch(preview.address + name)[0]


def test_without_the_package_the_browser_shows_the_pdf(start, tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "_find_library", lambda: None)
    assert pictures.picture_pages(b"%PDF-1.7") is None
    preview = start(lambda: Build("done", b"%PDF-1.7"), [tmp_path])
    state = wait_for(follow(preview), lambda state: state["pdf"])
    assert state["pages"] is None


def test_a_fault_of_the_program_does_not_end_it(capsys, monkeypatch):
    def fail(order):
        raise RuntimeError("a bug")

    monkeypatch.setattr(Order, "_make", fail)
    build = Order("sleep", None, (), None, None, (None, None, None)).build()
    assert "fault of the program" in build.problems[0]
    assert "a bug" in capsys.readouterr().err


def test_every_file_of_a_sheet_is_watched(clone):
    order = Order("sleep", "examples/early-desk.yaml", (), "examples/clinic.yaml", None, (None, None, None))
    names = {path.name for path in order.list_files()}
    assert {"early-desk.yaml", "clinic.yaml", "logo.svg", "red-flags.yaml", "sleep-side.yaml"} <= names


@pytest.fixture
def own(clone):
    """Return an order for a clinic with a logo, fonts and a picture of its own, and where these lie."""
    (clone / "own" / "figures").mkdir(parents=True)
    (clone / "own" / "fonts").mkdir()
    figure = clone / "own" / "figures" / "sleep-side.svg"
    figure.write_text(SVG, encoding="utf-8")
    font = make_font(clone / "own" / "fonts" / "Own.ttf", "Own", "龘")
    profile = clone / "examples" / "clinic.yaml"
    more = "content: ../own\nfonts: ../own/fonts\n"
    profile.write_text(profile.read_text(encoding="utf-8") + more, encoding="utf-8")
    order = Order("sleep", None, ("name=龘",), "examples/clinic.yaml", None, (None, None, None))
    return order, {"figure": figure, "font": font, "logo": clone / "examples" / "logo.svg"}


def test_a_clinics_pictures_fonts_and_logo_are_watched(own):
    order, places = own
    for place in places.values():
        (place.parent / ".DS_Store").touch()
        (place.parent / f"._{place.name}").touch()
    seen = [path.resolve() for path in order.list_files()]
    assert {place.resolve() for place in places.values()} <= set(seen)
    assert not [path for path in seen if path.name.startswith(".")]
    assert len(seen) == len(set(seen))


def test_a_saved_picture_and_a_saved_font_are_on_the_next_build(own):
    order, places = own
    first = order.build()
    assert first.problems == ()
    places["figure"].write_text(SVG.replace("#336699", "#993366"), encoding="utf-8")
    second = order.build()
    make_font(places["font"], "Own", "龘a")
    third = order.build()
    assert len({first.data, second.data, third.data}) == 3


def test_a_clinic_whose_fonts_are_gone_is_watched_still(own):
    order, places = own
    places["font"].unlink()
    assert places["figure"].resolve() in {path.resolve() for path in order.list_files()}
    assert "no TrueType font" in order.build().problems[0]


def test_a_change_is_seen_within_a_second(start, tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("1")
    builds = []
    start(lambda: builds.append(time.monotonic()) or Build("done"), [path])
    while not builds:
        time.sleep(0.01)
    path.write_text("22")
    saved = time.monotonic()
    while len(builds) < 2:
        assert time.monotonic() - saved < 2
        time.sleep(0.01)
    assert builds[1] - saved < 1
