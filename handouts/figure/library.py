"""All figures of the bundled and the clinic's folders, read when they are asked for and drawn once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handouts.diagnostics import Collector, ContentError, Diagnostic
from handouts.figure.shapes import Drawing, Palette
from handouts.figure.sizes import FILE, FrameSize, Sizes, digest_files, measure_sizes, read_sizes
from handouts.figure.stored import Palettes, read_drawings, read_palettes, write_drawings, write_palettes
from handouts.kept import Kept, stamp_package
from handouts.resources import list_figure_files

if TYPE_CHECKING:
    from handouts.figure.angles import Ranges
    from handouts.figure.drafts import Draft
    from handouts.figure.drawer import Drawer
    from handouts.figure.own import OwnPicture
    from handouts.figure.people import Person
    from handouts.figure.pose import SolvedFrame
    from handouts.figure.skeleton import Skeleton
    from handouts.figure.specification import FigureSpec
    from handouts.source.document import Document

DEFAULT_PERSON = "default"

MOST_SHOWN = 16
"""Figures whose drawings are kept, for each side and each who is drawn; one takes about 50 kB."""


class Figures:
    """The figures of some folders, later folders over earlier ones.

    Each folder holds ``figures/<id>.yaml``, ``poses/<base>.yaml`` and, if it likes, ``people.yaml`` and ``icons.yaml``
    beside the bases. Methods raise ContentError for a file that is wrong and KeyError for an id that does not exist.
    What is drawn from these files is taken from ``kept`` where it is there; then no drawing code is loaded.
    """

    def __init__(self, folders: Sequence[Path], kept: Kept | None = None) -> None:
        self._folders = tuple(folders)
        self._kept = kept
        self._files = self._find_files("figures")
        self._shown: dict[tuple[str, str, str], tuple[Drawing, ...]] = {}
        self._sizes: dict[tuple[str, str], Sizes] = {}

    def _find_files(self, name: str) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for folder in self._folders:
            found |= {path.stem: path for path in list_figure_files(folder, name) if path.suffix == ".yaml"}
        return found

    @cached_property
    def _drawer(self) -> Drawer:
        from handouts.figure.drawer import Drawer  # noqa: PLC0415  (not needed where all drawings were kept)

        return Drawer(self._files, self._find_files("poses"))

    @cached_property
    def _own(self) -> dict[str, OwnPicture]:
        """The pictures that clinics brought, by figure id."""
        pictures = [path for folder in self._folders for path in list_figure_files(folder, "figures")]
        if all(path.suffix == ".yaml" for path in pictures):
            return {}
        from handouts.figure.own import find_own_pictures  # noqa: PLC0415  (few clinics bring pictures)

        return {id: own for id, own in find_own_pictures(self._folders).items() if self._is_newest(own)}

    def _is_newest(self, own: OwnPicture) -> bool:
        """Return whether no later folder has a drawn figure of the same id."""
        drawn = self._files.get(own.id)
        if drawn is None:
            return True
        folders = [folder / "figures" for folder in self._folders]
        return folders.index(own.files[0][1][0].parent) >= folders.index(drawn.parent)

    def _recall(self, make: Callable[[], Any], *key: object) -> Any:
        """Return JSON data that was kept under a key, else make it and keep it."""
        found = None if self._kept is None else self._kept.find(*key)
        if found is None:
            found = make()
            if self._kept is not None:
                self._kept.keep(found, *key)
        return found

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all figures, sorted."""
        return tuple(sorted({*self._files, *self._own}))

    def count_frames(self, figure_id: str) -> int:
        """Return how many frames a figure has."""
        own = self._own.get(figure_id)
        return len(own.files[0][1]) if own else len(self.spec(figure_id).frames)

    def is_drawn(self, figure_id: str) -> bool:
        """Return whether a figure is drawn from a pose; else it is a picture that a clinic brought."""
        return figure_id not in self._own

    def own_frames(self, figure_id: str) -> tuple[tuple[Path, ...], ...]:
        """Return the files that a clinic brought for a figure, frames in order, for each side; none for a drawn one."""
        own = self._own.get(figure_id)
        return tuple(frames for _, frames in own.files) if own else ()

    def list_own(self) -> tuple[str, ...]:
        """Return the ids of the figures that a clinic brought a picture for, sorted."""
        return tuple(sorted(self._own))

    def check_own(self, figure_id: str) -> list[Diagnostic]:
        """Return what keeps a clinic's picture from being shown, on any side."""
        found: list[Diagnostic] = []
        for side, _ in self._own[figure_id].files:
            try:
                self.frames(figure_id, side)
            except ContentError as problem:
                found += problem.diagnostics
        return found

    def has_sides(self, figure_id: str) -> bool:
        """Return whether a figure can be asked for by side: any drawn one, and a picture that shows one."""
        own = self._own.get(figure_id)
        return own is None or own.has_sides

    def bases(self) -> tuple[str, ...]:
        """Return the names of all base poses, sorted."""
        return self._drawer.bases()

    def path(self, figure_id: str) -> Path:
        """Return the file of a figure."""
        return self._files[figure_id]

    def find_base(self, name: str) -> Draft | None:
        """Return the draft of a base pose, or None when there is none of that name."""
        return self._drawer.find_base(name)

    def read(self, figure_id: str, collector: Collector) -> tuple[FigureSpec, Document] | None:
        """Return the specification of a figure and its document, or None after reporting why there is none."""
        return self._drawer.read(figure_id, collector)

    def spec(self, figure_id: str) -> FigureSpec:
        """Return the specification of a figure."""
        return self._drawer.spec(figure_id)

    @cached_property
    def _palettes(self) -> dict[str, Palettes]:
        people = self._recall(
            lambda: write_palettes({id: who.palettes for id, who in self._drawer.people().items()}), "people"
        )
        return read_palettes(people)

    def people(self) -> tuple[str, ...]:
        """Return the ids of the people who can be drawn; the first is the default."""
        return tuple(self._palettes)

    def person(self, person: str = DEFAULT_PERSON) -> Person:
        """Return a person; KeyError for an id that does not exist."""
        return self._drawer.person(person)

    def palette(self, person: str, edition: str) -> Palette:
        """Return the colours of a person in an edition; every edition without its own has the colours in full."""
        palettes = self._palettes
        named = dict(next(iter(palettes.values())) if person == DEFAULT_PERSON else palettes[person])
        return named.get(edition, named["full"])

    def solve(self, figure_id: str, person: str = DEFAULT_PERSON) -> tuple[SolvedFrame, ...]:
        """Return the solved frames of a figure as written, for the body of a person."""
        return self._drawer.solve(figure_id, person)

    def ranges(self) -> Ranges:
        """Return how far joints go."""
        return self._drawer.ranges()

    def frames(self, figure_id: str, side: str = "both", person: str = DEFAULT_PERSON) -> tuple[Drawing, ...]:
        """Return the drawings of all frames, equal in size and scale.

        ``side`` is the limb that moves; a figure that has no side looks the same for all.
        """
        asked = (figure_id, side, person)
        if asked not in self._shown:
            if len(self._shown) >= MOST_SHOWN:
                del self._shown[next(iter(self._shown))]
            own = self._own.get(figure_id)
            self._shown[asked] = self._draw(*asked) if own is None else self._read_own(own, side)
        return self._shown[asked]

    def _draw(self, figure_id: str, side: str, person: str) -> tuple[Drawing, ...]:
        if self._kept is None:
            return self._drawer.draw(figure_id, side, person)
        make = lambda: write_drawings(self._drawer.draw(figure_id, side, person))  # noqa: E731
        return read_drawings(self._recall(make, "drawing", figure_id, side, person))

    def _read_own(self, own: OwnPicture, side: str) -> tuple[Drawing, ...]:
        from handouts.figure.own import read_own_picture  # noqa: PLC0415  (few clinics bring pictures)

        frames = own.find_frames(side)
        if self._kept is None or any(path.suffix != ".svg" for path in frames):
            return read_own_picture(own, side)
        make = lambda: write_drawings(read_own_picture(own, side))  # noqa: E731
        return read_drawings(self._recall(make, "picture", own.id, side, stamp_package("svgelements")))

    def sizes(self, figure_id: str, side: str = "both") -> Sizes:
        """Return the room that the frames of a figure need, whoever is drawn."""
        key = (figure_id, side if figure_id in self._own else "")
        if key not in self._sizes:
            self._sizes[key] = self._find_sizes(figure_id, side)
        return self._sizes[key]

    def _find_sizes(self, figure_id: str, side: str) -> Sizes:
        if figure_id in self._own:
            return measure_sizes([self.frames(figure_id, side)])
        if figure_id not in self._files:
            raise KeyError(figure_id)
        known = self._measured.get(figure_id)
        if known is not None and known[0] == self.digest(figure_id):
            return known[1]
        return tuple(FrameSize(*frame) for frame in self._recall(lambda: self.measure(figure_id), "sizes", figure_id))

    def measure(self, figure_id: str) -> Sizes:
        """Return the sizes of a drawn figure's frames, measured on the drawings of all people."""
        return measure_sizes([self.frames(figure_id, "both", person) for person in self.people()])

    def digest(self, figure_id: str) -> str:
        """Return a digest of the file of a drawn figure."""
        return digest_files([self._files[figure_id]])

    @cached_property
    def ground(self) -> str:
        """Return a digest of all that figures are drawn from but their own files: base poses, people, ranges."""
        poses = self._find_files("poses")
        return digest_files([poses[name] for name in sorted(poses) if name != "icons"])

    @cached_property
    def _measured(self) -> dict[str, tuple[str, Sizes]]:
        return read_sizes(self._folders[0] / "poses" / FILE, self.ground) if self._folders else {}

    def skeletons(self, figure_id: str, side: str = "both") -> tuple[Skeleton, ...]:
        """Return the skeletons of all frames as drawn for a side."""
        return self._drawer.skeletons(figure_id, side)

    def moving_limbs(self, figure_id: str, side: str = "both") -> frozenset[str]:
        """Return the anatomical limbs (``left leg`` …) whose joints turn against the trunk between the frames."""
        return self._drawer.moving_limbs(figure_id, side)

    @cached_property
    def _icons(self) -> dict[str, Drawing]:
        if self._kept is None:
            return self._drawer.icons()
        make = lambda: [[id, write_drawings([icon])] for id, icon in self._drawer.icons().items()]  # noqa: E731
        return {id: read_drawings(icon)[0] for id, icon in self._recall(make, "icons")}

    def icon(self, icon_id: str) -> Drawing:
        """Return an icon, 24 units square; KeyError for an id that does not exist."""
        return self._icons[icon_id]

    def icons(self) -> tuple[str, ...]:
        """Return the ids of all icons, sorted."""
        return tuple(sorted(self._icons))


@lru_cache(maxsize=8)
def _load(folders: tuple[Path, ...], kept: Kept | None) -> Figures:
    return Figures(folders, kept)


def load_figures(folders: Sequence[Path], kept: Kept | None = None) -> Figures:
    """Return the figures of the folders (each like the bundled ``sections``), the later over the earlier."""
    return _load(tuple(folders), kept)
