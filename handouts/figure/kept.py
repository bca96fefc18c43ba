"""Drawings kept on disk, so that a program that has just started need not draw them again. Holds no patient data.

A kept drawing is found by a digest of all that it is drawn from: the files of figures, poses and people, and the
drawing code itself. A file that is damaged, or from another version, is not used and is written anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from handouts.dataclass import dataclass
from handouts.figure.shapes import Drawing, Segment, Shape

CODE = Path(__file__).resolve().parent


@dataclass
class KeptDrawings:
    """The drawings of one set of files in a cache folder. Nothing here raises for what is wrong with the folder."""

    folder: Path
    files: tuple[Path, ...]

    @cached_property
    def state(self) -> str:
        """Return a digest of name, size and time of change of all files that drawings come from, and of the code."""
        maker = hashlib.sha256()
        for path in (*sorted(CODE.glob("*.py")), *self.files):
            status = path.stat()
            maker.update(f"{path}|{status.st_size}|{status.st_mtime_ns}\n".encode())
        return maker.hexdigest()

    def find(self, *key: object) -> tuple[Drawing, ...] | None:
        """Return the kept frames of a figure, or None."""
        try:
            text = self._name(key).read_text(encoding="utf-8")
            digest, _, body = text.partition("\n")
            if hashlib.sha256(body.encode("utf-8")).hexdigest() != digest:
                return None
            return tuple(_read_drawing(data) for data in json.loads(body))
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            return None

    def keep(self, frames: Iterable[Drawing], *key: object) -> None:
        """Keep the frames of a figure; does nothing where the folder cannot be written."""
        body = json.dumps([_write_drawing(frame) for frame in frames], separators=(",", ":"))
        digest = hashlib.sha256(body.encode("utf-8")).hexdigest()
        path = self._name(key)
        trial = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                trial.write_text(f"{digest}\n{body}", encoding="utf-8", newline="\n")
                trial.replace(path)
            except OSError:
                trial.unlink()

    def _name(self, key: tuple[object, ...]) -> Path:
        name = hashlib.sha256(repr((self.state, key)).encode("utf-8")).hexdigest()[:40]
        return self.folder / f"{name}.json"


def _write_drawing(drawing: Drawing) -> dict[str, Any]:
    shapes = [
        [shape.fill, shape.stroke, shape.line, shape.dashes, [[kind, *numbers] for kind, numbers in shape.segments]]
        for shape in drawing.shapes
    ]
    return {"width": drawing.width, "height": drawing.height, "head": drawing.head, "shapes": shapes}


def _read_drawing(data: dict[str, Any]) -> Drawing:
    shapes = tuple(
        Shape(tuple(Segment(kind, tuple(numbers)) for kind, *numbers in segments), fill, stroke, line, tuple(dashes))
        for fill, stroke, line, dashes, segments in data["shapes"]
    )
    return Drawing(data["width"], data["height"], shapes, data["head"])
