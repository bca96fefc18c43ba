"""A preview in the browser: built again whenever a file changes, served on the loopback address alone."""

from __future__ import annotations

import contextlib
import json
import secrets
import threading
from collections.abc import Callable, Iterable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from handouts.dataclass import dataclass

HOST = "127.0.0.1"
PAUSE = 0.3
"""Seconds between two looks at the files: an author does not notice it, and a look costs a millisecond."""

HEARTBEAT = 10.0
"""Seconds after which a silent connection is written to, so that a closed browser is noticed."""

_FOLDER = Path(__file__).resolve().parent
_STATIC = {
    "": ("preview.html", "text/html; charset=utf-8"),
    "preview.css": ("preview.css", "text/css; charset=utf-8"),
    "preview.js": ("preview.js", "text/javascript; charset=utf-8"),
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'"
)


@dataclass(frozen=True, slots=True)
class Build:
    """What came of one build: the file with its pages as pictures (None: as a PDF only), or the problems."""

    note: str
    data: bytes | None = None
    pictures: tuple[bytes, ...] | None = None
    problems: tuple[str, ...] = ()


class Preview:
    """Builds when files change, and tells the browser.

    ``build`` never raises; ``list_files`` names the files that it reads. The last sheet stays in view, paled, while
    there are problems. The address holds a secret word, so that no other page or user of the machine can ask for it.
    """

    def __init__(
        self, title: str, build: Callable[[], Build], list_files: Callable[[], Iterable[Path]], port: int = 0
    ) -> None:
        self._title = title
        self._build = build
        self._list_files = list_files
        self._changed = threading.Condition()
        self._ended = threading.Event()
        self._version = 0
        self._current = Build("building …")
        self._shown = self._current
        self._word = secrets.token_urlsafe(9)
        preview = self

        class Handler(_Handler):
            owner = preview

        self._server = ThreadingHTTPServer((HOST, port), Handler)
        self._server.daemon_threads = True

    @property
    def address(self) -> str:
        """Where the browser finds the preview."""
        return f"http://{HOST}:{self._server.server_port}/{self._word}/"

    def run(self) -> None:
        """Serve until `end` is called, from another thread or by an interrupt."""
        watcher = threading.Thread(target=self._watch, name="preview-watch", daemon=True)
        watcher.start()
        try:
            self._server.serve_forever(poll_interval=0.1)
        finally:
            self._ended.set()
            with self._changed:
                self._changed.notify_all()
            self._server.server_close()
            watcher.join(timeout=5)

    def end(self) -> None:
        """Stop serving."""
        self._ended.set()
        self._server.shutdown()

    def _watch(self) -> None:
        seen: dict[str, tuple[int, int]] | None = None
        while not self._ended.is_set():
            now = _look_at(self._list_files())
            if now != seen:
                seen = now
                self._keep(self._build())
            self._ended.wait(PAUSE)

    def _keep(self, build: Build) -> None:
        with self._changed:
            self._version += 1
            self._current = build
            if build.data is not None:
                self._shown = build
            self._changed.notify_all()

    @property
    def version(self) -> int:
        """How many builds there were."""
        return self._version

    def write_state(self) -> bytes:
        """Return what the browser shows now, as JSON."""
        current, shown = self._current, self._shown
        state = {
            "version": self._version,
            "title": self._title,
            "note": current.note,
            "problems": list(current.problems),
            "pdf": current.data is not None,
            "pages": None if shown.pictures is None else len(shown.pictures),
        }
        return json.dumps(state, ensure_ascii=False).encode("utf-8")

    def wait_for_change(self, version: int) -> int | None:
        """Return the version after ``version`` once there is one, the same one after a while, None at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._version != version or self._ended.is_set(), HEARTBEAT)
            return None if self._ended.is_set() else self._version

    def find_file(self, name: str) -> tuple[bytes, str] | None:
        """Return the content and the type of a file of the preview, or None when there is none of that name."""
        if name in _STATIC:
            file, kind = _STATIC[name]
            return (_FOLDER / file).read_bytes(), kind
        shown = self._shown
        if name == "sheet.pdf" and shown.data is not None:
            return shown.data, "application/pdf"
        for number, picture in enumerate(shown.pictures or (), 1):
            if name == f"page-{number}.png":
                return picture, "image/png"
        return None

    def knows(self, host: str, path: str) -> str | None:
        """Return the name of the file that is asked for, or None when the address is not the preview's."""
        port = self._server.server_port
        if host not in (f"{HOST}:{port}", f"localhost:{port}"):
            return None
        start = f"/{self._word}/"
        return path.partition("?")[0].removeprefix(start) if path.startswith(start) else None


class _Handler(BaseHTTPRequestHandler):
    owner: Preview
    protocol_version = "HTTP/1.1"
    server_version = "handouts"
    sys_version = ""

    def do_GET(self) -> None:
        name = self.owner.knows(self.headers.get("Host", ""), self.path)
        if name == "events":
            self._send_events()
            return
        found = None if name is None else self.owner.find_file(name)
        if found is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        content, kind = found
        self._send_head(kind, len(content))
        self.wfile.write(content)

    def _send_head(self, kind: str, length: int | None) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        else:
            self.send_header("Connection", "close")
        self.send_header("Cache-Control", "no-store")
        if kind.startswith("text/html"):  # on the PDF itself it would stop some browsers' viewers
            self.send_header("Content-Security-Policy", _POLICY)
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()

    def _send_events(self) -> None:
        self._send_head("text/event-stream", None)
        self.close_connection = True
        sent = -1
        version: int | None = self.owner.version
        try:
            while version is not None:
                if version != sent:
                    self.wfile.write(b"data: " + self.owner.write_state() + b"\n\n")
                    sent = version
                else:
                    self.wfile.write(b": still here\n\n")
                self.wfile.flush()
                version = self.owner.wait_for_change(sent)
        except OSError:
            return

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: addresses hold the secret word."""


def _look_at(files: Iterable[Path]) -> dict[str, tuple[int, int]]:
    """Return time and size of each file; one that is not there, or goes away meanwhile, is left out."""
    found = {}
    with contextlib.suppress(OSError):
        for path in files:
            with contextlib.suppress(OSError):
                status = path.stat()
                found[str(path)] = (status.st_mtime_ns, status.st_size)
    return found
