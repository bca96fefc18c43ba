"""What can be made again, kept on disk so that the next start need not make it. Holds no patient data.

An entry is found by a digest of all that it is made from: the content's files byte by byte, this program's own code,
and the entry's name. It begins with a digest of itself: one that is damaged, cut off, from another version or from
another content is not used, and is written anew. Entries are JSON, or JSON with the bytes that it names; nothing in
them is ever run.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from io import FileIO
from pathlib import Path
from typing import Any, NamedTuple

from handouts import __version__
from handouts.dataclass import dataclass
from handouts.resources import FIGURE_FOLDERS, is_figure_file, is_hidden

PACKAGE = Path(__file__).resolve().parent
MOST_STATES = 8
"""Contents and versions that are kept side by side; the oldest go when a new one comes."""


class Look(NamedTuple):
    """How a file looks from outside."""

    name: str
    path: str
    size: int
    changed: int


_DIGEST = 32
_ENDING = ".json"
_TEXT = ".yaml"
_CODE = (".py", ".yaml", ".icc")


@dataclass(frozen=True, slots=True)
class Kept:
    """The entries of one state of content and program in a cache folder. Nothing here raises for the folder's sake.

    ``sources`` are what the state is a digest of, and ``seen`` how their files looked then.
    """

    folder: Path
    state: str
    sources: tuple[Path, ...] = ()
    seen: tuple[Look, ...] = ()

    def find(self, *key: object) -> Any:
        """Return the data kept under a key, or None."""
        body = self.find_bytes(*key)
        try:
            return None if body is None else json.loads(body)
        except (ValueError, RecursionError):
            return None

    def find_bytes(self, *key: object) -> bytes | None:
        """Return the bytes kept under a key, or None."""
        try:
            with FileIO(self._name(key)) as file:
                content = file.readall()
        except OSError:
            return None
        body = content[_DIGEST:]
        return body if content[:_DIGEST] == self._digest(key, body) else None

    def keep(self, data: Any, *key: object) -> None:
        """Keep JSON data under a key, as `keep_bytes` does."""
        self.keep_bytes(write_json(data), *key)

    def keep_bytes(self, body: bytes, *key: object) -> None:
        """Keep bytes under a key, whole or not at all.

        Does nothing where the folder cannot be written, or when a source has changed since the state was found: then
        nobody knows what the data was made from.
        """
        path = self._name(key)
        trial = path.with_name(f"{os.urandom(8).hex()}.part")
        with contextlib.suppress(OSError):
            if _look_at_all(self.sources) != self.seen:
                return
            if not path.parent.is_dir():
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                _drop_old(self.folder, path.parent.name)
            try:
                trial.write_bytes(self._digest(key, body) + body)
                trial.replace(path)
            except OSError:
                trial.unlink()

    def _name(self, key: tuple[object, ...]) -> Path:
        name = hashlib.blake2b(repr(key).encode("utf-8"), digest_size=16).hexdigest()
        return self.folder / self.state / f"{name}{_ENDING}"

    def _digest(self, key: tuple[object, ...], body: bytes) -> bytes:
        maker = hashlib.blake2b(f"{self.state} {key!r}\n".encode(), digest_size=_DIGEST // 2)
        maker.update(body)
        return maker.hexdigest().encode("ascii")


def write_json(data: Any) -> bytes:
    """Return data as JSON without spaces."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def open_kept(folder: Path | None, sources: Iterable[Path]) -> Kept | None:
    """Return what is kept of content in folders and files; None without a cache folder, or when one cannot be read."""
    if folder is None:
        return None
    sources = tuple(sources)
    try:
        seen = _look_at_all(sources)
        return Kept(folder, digest_files(seen), sources, seen)
    except OSError:
        return None


def digest_files(seen: Iterable[Look]) -> str:
    """Return a digest (32 hexadecimal digits) of the program and of files: their names and bytes. Raises OSError."""
    maker = hashlib.blake2b(_digest_code().encode("ascii"), digest_size=_DIGEST // 2)
    for name, path, _, _ in seen:
        with FileIO(path) as file:
            content = file.readall()
        maker.update(f"{name} {len(content)}\n".encode("utf-8", "surrogateescape"))
        maker.update(content)
    return maker.hexdigest()


def stamp_package(name: str) -> str:
    """Return what changes when another version of a package is installed, without loading it."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        return ""
    status = Path(spec.origin).stat()
    return f"{spec.origin} {status.st_size} {status.st_mtime_ns}"


@cache
def _digest_code() -> str:
    """Return a digest of the program: its version, Python's, and name, size and time of change of its own files.

    Python trusts size and time in the same way when it takes the compiled form of a module.
    """
    found = [(look.name, look.size, look.changed) for look in _look_at_code(str(PACKAGE))]
    told = repr((__version__, sys.version, sys.platform, sorted(found)))
    return hashlib.blake2b(told.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _look_at_code(folder: str) -> Iterator[Look]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(_CODE):
                yield _look_at_file(entry.path, entry)
            elif entry.name not in ("__pycache__", "data") and "." not in entry.name and entry.is_dir():
                yield from _look_at_code(entry.path)


def _look_at_all(sources: Iterable[Path]) -> tuple[Look, ...]:
    """Return how the files look that content can be read from, in the order of their names. Raises OSError.

    Content lies in a folder and in the folders in it, no deeper: YAML files, and what figures are drawn from.
    """
    found: list[Look] = []
    for number, source in enumerate(sources):
        if source.is_dir():
            found += sorted(_look_at_folder(str(number), source))
        else:
            status = source.stat()
            found.append(Look(f"{number}/{source.name}", str(source), status.st_size, status.st_mtime_ns))
    return tuple(found)


def _look_at_folder(name: str, folder: Path) -> Iterator[Look]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if is_hidden(entry.name):
                continue
            if entry.name.lower().endswith(_TEXT):
                yield _look_at_file(f"{name}/{entry.name}", entry)
            elif entry.is_dir():
                yield from _look_inside(f"{name}/{entry.name}", entry)


def _look_inside(name: str, folder: os.DirEntry[str]) -> Iterator[Look]:
    with os.scandir(folder.path) as items:
        for item in items:
            if _is_content(folder.name.lower(), item.name):
                yield _look_at_file(f"{name}/{item.name}", item)


def _is_content(folder: str, name: str) -> bool:
    if folder in FIGURE_FOLDERS:
        return is_figure_file(folder, name)
    return name.lower().endswith(_TEXT) and not is_hidden(name)


def _look_at_file(name: str, entry: os.DirEntry[str]) -> Look:
    status = entry.stat()
    return Look(name, entry.path, status.st_size, status.st_mtime_ns)


def _drop_old(folder: Path, state: str) -> None:
    """Delete the entries of all states but this one and the latest others; touch nothing but entries."""
    states = [path for path in folder.iterdir() if _is_state(path) and path.name != state]
    for path in sorted(states, key=lambda path: path.stat().st_mtime)[: 1 - MOST_STATES]:
        for entry in path.iterdir():
            if entry.suffix in (_ENDING, ".part"):
                entry.unlink()
        path.rmdir()


def _is_state(path: Path) -> bool:
    return len(path.name) == _DIGEST and not path.name.strip("0123456789abcdef") and path.is_dir()
