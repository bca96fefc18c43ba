"""All figures of the bundled and the clinic's folders, read when they are asked for and drawn once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path

from handouts.diagnostics import Collector, ContentError, Diagnostic, Span
from handouts.figure.angles import Ranges, read_ranges
from handouts.figure.drafts import Draft
from handouts.figure.icons import read_icon
from handouts.figure.kept import KeptDrawings
from handouts.figure.own import OwnPicture, find_own_pictures, read_own_picture
from handouts.figure.people import Person, read_people
from handouts.figure.pose import SolvedFrame, mirror_skeleton, solve_figure
from handouts.figure.reading import FigureReader
from handouts.figure.scene import draw_frames
from handouts.figure.shapes import Drawing, Palette
from handouts.figure.sizes import FILE, Sizes, digest_files, measure_sizes, read_sizes
from handouts.figure.skeleton import LIMBS, Skeleton
from handouts.figure.specification import FigureSpec
from handouts.figure.vectors import dot
from handouts.source.document import Document, read_document

DEFAULT_PERSON = "default"


class Figures:
    """The figures of some folders, later folders over earlier ones.

    Each folder holds ``figures/<id>.yaml``, ``poses/<base>.yaml`` and, if it likes, ``people.yaml`` and ``icons.yaml``
    beside the bases. Methods raise ContentError for a file that is wrong and KeyError for an id that does not exist.
    """

    def __init__(self, folders: Sequence[Path], kept: Path | None = None) -> None:
        self._folders = tuple(folders)
        self._files = self._find_files("figures")
        self._bases = {
            name: path for name, path in self._find_files("poses").items() if name not in ("people", "icons", "ranges")
        }
        self._drafts: dict[str, Draft | None] = {}
        self._specs: dict[str, FigureSpec] = {}
        self._solved: dict[tuple[str, str], tuple[SolvedFrame, ...]] = {}
        self._drawn: dict[tuple[str, bool, str], tuple[Drawing, ...]] = {}
        self._people: dict[str, Person] | None = None
        self._ranges: Ranges | None = None
        self._icons: Document | None = None
        self._own = {id: own for id, own in find_own_pictures(folders).items() if self._is_newest(own)}
        self._read: dict[tuple[str, str], tuple[Drawing, ...]] = {}
        self._shown: dict[tuple[str, str, str], tuple[Drawing, ...]] = {}
        self._sizes: dict[tuple[str, str], Sizes] = {}
        self._kept: KeptDrawings | None = None
        if kept is not None:
            files = [
                path for folder in folders for name in ("figures", "poses") for path in (folder / name).glob("*.yaml")
            ]
            self._kept = KeptDrawings(kept, tuple(sorted(files)))

    def _is_newest(self, own: OwnPicture) -> bool:
        """Return whether no later folder has a drawn figure of the same id."""
        drawn = self._files.get(own.id)
        if drawn is None:
            return True
        folders = [folder / "figures" for folder in self._folders]
        return folders.index(own.files[0][1][0].parent) >= folders.index(drawn.parent)

    def _find_files(self, name: str) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for folder in self._folders:
            for path in sorted((folder / name).glob("*.yaml")):
                found[path.stem] = path
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

    def bases(self) -> tuple[str, ...]:
        """Return the names of all base poses, sorted."""
        return tuple(sorted(self._bases))

    def path(self, figure_id: str) -> Path:
        """Return the file of a figure."""
        return self._files[figure_id]

    def find_base(self, name: str) -> Draft | None:
        """Return the draft of a base pose, or None when there is none of that name."""
        if name not in self._bases:
            return None
        if name not in self._drafts:
            self._drafts[name] = None  # A base that leads back to itself is not found the second time.
            collector = Collector()
            document = read_document(self._bases[name], collector)
            if document is not None:
                self._drafts[name] = FigureReader(document, collector, self.find_base, self._bases).read_base()
            collector.raise_errors(ContentError)
        return self._drafts[name]

    def read(self, figure_id: str, collector: Collector) -> tuple[FigureSpec, Document] | None:
        """Return the specification of a figure and its document, or None after reporting why there is none."""
        document = read_document(self._files[figure_id], collector)
        if document is None:
            return None
        return FigureReader(document, collector, self.find_base, self._bases).read_figure(figure_id), document

    def spec(self, figure_id: str) -> FigureSpec:
        """Return the specification of a figure."""
        if figure_id not in self._specs:
            if figure_id not in self._files:
                raise KeyError(figure_id)
            collector = Collector()
            read = self.read(figure_id, collector)
            collector.raise_errors(ContentError)
            assert read is not None
            self._specs[figure_id] = read[0]
        return self._specs[figure_id]

    def people(self) -> tuple[str, ...]:
        """Return the ids of the people who can be drawn; the first is the default."""
        return tuple(self._read_people())

    def person(self, person: str = DEFAULT_PERSON) -> Person:
        """Return a person; KeyError for an id that does not exist."""
        people = self._read_people()
        return next(iter(people.values())) if person == DEFAULT_PERSON else people[person]

    def palette(self, person: str, edition: str) -> Palette:
        """Return the colours of a person in an edition (``low-ink`` is outlines, all others are colour)."""
        return self.person(person).palette(edition)

    def _read_people(self) -> dict[str, Person]:
        if self._people is None:
            self._people = read_people(self._find_files("poses")["people"])
        return self._people

    def solve(self, figure_id: str, person: str = DEFAULT_PERSON) -> tuple[SolvedFrame, ...]:
        """Return the solved frames of a figure as written, for the body of a person."""
        key = (figure_id, person)
        if key not in self._solved:
            self._solved[key] = solve_figure(self.spec(figure_id), self.person(person).body)
        return self._solved[key]

    def ranges(self) -> Ranges:
        """Return how far joints go."""
        if self._ranges is None:
            self._ranges = read_ranges(self._find_files("poses")["ranges"])
        return self._ranges

    def _is_mirrored(self, figure_id: str, side: str) -> bool:
        written = self.spec(figure_id).side
        return side in ("left", "right") and written in ("left", "right") and side != written

    def frames(self, figure_id: str, side: str = "both", person: str = DEFAULT_PERSON) -> tuple[Drawing, ...]:
        """Return the drawings of all frames, equal in size and scale.

        ``side`` is the limb that moves; a figure that has no side looks the same for all.
        """
        if figure_id in self._own:
            if (figure_id, side) not in self._read:
                self._read[figure_id, side] = read_own_picture(self._own[figure_id], side)
            return self._read[figure_id, side]
        if self._kept is None:
            return self._draw(figure_id, side, person)
        asked = (figure_id, side, person)
        if asked not in self._shown:
            found = self._kept.find(*asked)
            if found is None:
                found = self._draw(figure_id, side, person)
                self._kept.keep(found, *asked)
            self._shown[asked] = found
        return self._shown[asked]

    def _draw(self, figure_id: str, side: str, person: str) -> tuple[Drawing, ...]:
        mirrored = self._is_mirrored(figure_id, side)
        key = (figure_id, mirrored, person)
        if key not in self._drawn:
            who = self.person(person)
            self._drawn[key] = draw_frames(self.spec(figure_id), self.solve(figure_id, person), who.hair, mirrored)
        return self._drawn[key]

    def sizes(self, figure_id: str, side: str = "both") -> Sizes:
        """Return the room that the frames of a figure need, whoever is drawn."""
        if figure_id in self._own:
            key = (figure_id, side)
            if key not in self._sizes:
                self._sizes[key] = measure_sizes([self.frames(figure_id, side)])
            return self._sizes[key]
        key = (figure_id, "")
        if key not in self._sizes:
            if figure_id not in self._files:
                raise KeyError(figure_id)
            known = self._measured.get(figure_id)
            self._sizes[key] = known[1] if known and known[0] == self.digest(figure_id) else self.measure(figure_id)
        return self._sizes[key]

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
        solved = self.solve(figure_id)
        if self._is_mirrored(figure_id, side):
            return tuple(mirror_skeleton(frame.skeleton) for frame in solved)
        return tuple(frame.skeleton for frame in solved)

    def moving_limbs(self, figure_id: str, side: str = "both") -> frozenset[str]:
        """Return the anatomical limbs (``left leg`` …) whose joints turn against the trunk between the frames."""
        return find_moving_limbs(self.skeletons(figure_id, side))

    def icon(self, icon_id: str) -> Drawing:
        """Return an icon, 24 units square; KeyError for an id that does not exist."""
        return read_icon(self._read_icons(), icon_id)

    def icons(self) -> tuple[str, ...]:
        """Return the ids of all icons, sorted."""
        return tuple(sorted(self._read_icons().data))

    def _read_icons(self) -> Document:
        if self._icons is None:
            collector = Collector()
            self._icons = read_document(self._find_files("poses")["icons"], collector)
            collector.raise_errors(ContentError)
            if self._icons is None:
                raise ContentError(Diagnostic("icons-missing", "no icons", Span("icons.yaml")))
        return self._icons


_SEGMENTS = {"arm": ("upper arm", "forearm"), "leg": ("thigh", "shank", "foot")}
MOVED = 0.985  # cosine of ten degrees: less is the trunk's own sway.


def find_moving_limbs(skeletons: Sequence[Skeleton]) -> frozenset[str]:
    """Return the limbs with a segment that changes its direction by more than ten degrees in space between frames."""
    moving = set()
    for limb in LIMBS:
        side, _, kind = limb.partition(" ")
        for segment in _SEGMENTS[kind]:
            first = skeletons[0].frames[f"{side} {segment}"].up
            if any(dot(first, other.frames[f"{side} {segment}"].up) < MOVED for other in skeletons[1:]):
                moving.add(limb)
    return frozenset(moving)


@lru_cache(maxsize=8)
def _load(folders: tuple[Path, ...], kept: Path | None) -> Figures:
    return Figures(folders, kept)


def load_figures(folders: Sequence[Path], kept: Path | None = None) -> Figures:
    """Return the figures of the folders (each like the bundled ``sections``), the later over the earlier.

    With ``kept`` drawings are kept in that folder and taken from it when nothing that they are drawn from has changed.
    """
    return _load(tuple(folders), kept)
