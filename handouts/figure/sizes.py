"""How large the frames of a figure are for whoever is drawn: pages are the same for all people.

The sizes of the bundled figures stand in ``poses/sizes.json``, so that one person's sheet need not draw all others.
``python -m handouts.figure.sizes`` writes that file anew; a size is used only while the files that it was measured
from are the same, and else measured again.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from handouts.figure.shapes import Drawing

FILE = "sizes.json"
STEPS = 100
"""Steps to a unit in a size; sizes are rounded up, so that nothing is cut."""


class FrameSize(NamedTuple):
    """The room that a frame needs in drawing units, whoever is drawn.

    ``rise`` is how far anything stands above the floor line of the frame; above it the frame is empty. ``head`` is the
    height of the head, 0 where there is none.
    """

    width: float
    height: float
    head: float
    rise: float


Sizes = tuple[FrameSize, ...]


def measure_sizes(people: Sequence[tuple[Drawing, ...]]) -> Sizes:
    """Return the sizes of a figure's frames; ``people`` are its drawings for each person who can be drawn."""
    return tuple(
        FrameSize(
            width=_round_up(max(drawing.width for drawing in frames)),
            height=_round_up(max(drawing.height for drawing in frames)),
            head=min(drawing.head for drawing in frames),
            rise=_round_up(max(drawing.height - find_top(drawing) for drawing in frames)),
        )
        for frames in zip(*people, strict=True)
    )


def _round_up(value: float) -> float:
    return math.ceil(value * STEPS - 1e-9) / STEPS


def find_top(drawing: Drawing) -> float:
    """Return the height of the topmost point below the frame's upper edge; 0 for a picture, of which nothing is cut."""
    return min((y for shape in drawing.shapes for segment in shape.segments for y in segment.numbers[1::2]), default=0)


def digest_files(paths: Iterable[Path]) -> str:
    """Return a digest of files by name and content, whatever folder they are in and however their lines end."""
    maker = blake2b(digest_size=8)
    for path in paths:
        data = path.read_bytes().replace(b"\r\n", b"\n")
        maker.update(b"%b %d\n" % (path.name.encode("utf-8"), len(data)))
        maker.update(data)
    return maker.hexdigest()


def read_sizes(path: Path, ground: str) -> dict[str, tuple[str, Sizes]]:
    """Return the sizes of a file by figure with the digest of the figure's own file; none when ``ground`` differs."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["ground"] != ground:
            return {}
        return {
            figure: (entry["file"], tuple(FrameSize(*frame) for frame in entry["frames"]))
            for figure, entry in data["figures"].items()
        }
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def write_sizes(ground: str, figures: dict[str, tuple[str, Sizes]]) -> str:
    """Return the text of a file of sizes."""
    lines = [
        f'  "{figure}": ' + json.dumps({"file": file, "frames": sizes}) for figure, (file, sizes) in figures.items()
    ]
    return '{"ground": "' + ground + '", "figures": {\n' + ",\n".join(lines) + "\n}}\n"


def main() -> None:
    """Write the sizes of the bundled figures."""
    from handouts.figure.library import Figures  # noqa: PLC0415  (the library reads sizes)
    from handouts.resources import find_bundled_folder  # noqa: PLC0415

    folder = find_bundled_folder("sections")
    figures = Figures((folder,))
    measured = {figure: (figures.digest(figure), figures.measure(figure)) for figure in figures.ids()}
    path = folder / "poses" / FILE
    path.write_text(write_sizes(figures.ground, measured), encoding="utf-8", newline="\n")
    print(path)


if __name__ == "__main__":
    main()
