"""Pictures that a clinic brings for a figure, in place of a drawn one: SVG or PNG, one file a frame and side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from handouts.dataclass import dataclass
from handouts.diagnostics import ContentError, Diagnostic, Span
from handouts.figure.imported import read_png, read_svg
from handouts.figure.shapes import Drawing
from handouts.resources import list_figure_files, match_picture

Frames = tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class OwnPicture:
    """The files of one figure, frames in order, by side: ``left``, ``right``, or ``""`` where no side is shown."""

    id: str
    files: tuple[tuple[str, Frames], ...]

    @property
    def has_sides(self) -> bool:
        """Return whether there are pictures that show a side."""
        return any(side for side, _ in self.files)

    def find_frames(self, side: str) -> Frames:
        """Return the files for a side. ContentError when the side is told and only a picture without one is there."""
        by_side = dict(self.files)
        if side in ("left", "right"):
            if side in by_side:
                return by_side[side]
            first = self.files[0][1][0]
            raise ContentError(
                Diagnostic(
                    "picture-without-side",
                    f"the words name the {side} side, and no picture of '{self.id}' shows it",
                    Span(str(first)),
                    hint=f"add '{self.id}.{side}.svg' and the other side beside it",
                )
            )
        return by_side.get("") or self.files[0][1]


def find_own_pictures(folders: Sequence[Path]) -> Mapping[str, OwnPicture]:
    """Return the pictures in the ``figures`` folders by figure id; a later folder's take the place of an earlier's."""
    found: dict[str, OwnPicture] = {}
    for folder in folders:
        here: dict[str, dict[str, list[Path]]] = {}
        for path in list_figure_files(folder, "figures"):
            match = match_picture(path.name)
            if match:
                here.setdefault(match["id"], {}).setdefault(match["side"] or "", []).append(path)
        for id, sides in here.items():
            files = tuple((side, tuple(sorted(frames, key=_find_number))) for side, frames in sorted(sides.items()))
            found[id] = OwnPicture(id, files)
    return found


def _find_number(path: Path) -> int:
    """Return which frame a file shows, from 1 on."""
    match = match_picture(path.name)
    return int(match["number"] or 1) if match else 0


def check_numbers(picture: OwnPicture, side: str) -> None:
    """Raise ContentError unless there is one file for each frame of a side, from the first on."""
    files = picture.find_frames(side)
    numbers = list(map(_find_number, files))
    if numbers == list(range(1, len(files) + 1)):
        return
    wrong = next(at for at, number in enumerate(numbers) if number != at + 1)
    twice = numbers.count(numbers[wrong]) > 1
    what = f"two files show frame {numbers[wrong]}" if twice else f"no file shows frame {wrong + 1}"
    hint = "name them .1, .2 and so on, in the order in which they stand, one file a frame"
    message = f"{what} of '{picture.id}'"
    raise ContentError(Diagnostic("frames-misnumbered", message, Span(str(files[wrong])), hint=hint))


def read_own_picture(picture: OwnPicture, side: str) -> tuple[Drawing, ...]:
    """Return the frames of a clinic's picture, all as wide and high as the largest.

    ContentError for a broken file, and for a frame that no file or two show.
    """
    check_numbers(picture, side)
    drawings = [read_svg(path)[0] if path.suffix == ".svg" else read_png(path) for path in picture.find_frames(side)]
    shapes = {(round(drawing.width / drawing.height, 2)) for drawing in drawings}
    if len(shapes) > 1:
        first = picture.find_frames(side)[0]
        raise ContentError(
            Diagnostic(
                "frames-differ",
                f"the frames of '{picture.id}' differ in shape",
                Span(str(first)),
                hint="export all frames with the same width and height",
            )
        )
    return tuple(drawings)
