"""The figures of some folders read, solved and drawn, each file when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from handouts.diagnostics import Collector, ContentError, Diagnostic, Span
from handouts.figure.angles import Ranges, read_ranges
from handouts.figure.drafts import Draft
from handouts.figure.icons import read_icon
from handouts.figure.people import Person, read_people
from handouts.figure.pose import SolvedFrame, mirror_skeleton, solve_figure
from handouts.figure.reading import FigureReader
from handouts.figure.scene import draw_frames
from handouts.figure.shapes import Drawing
from handouts.figure.skeleton import LIMBS, Skeleton
from handouts.figure.specification import FigureSpec
from handouts.figure.vectors import dot
from handouts.source.document import Document, read_document

DEFAULT_PERSON = "default"
NO_BASES = ("people", "icons", "ranges")
"""Files beside the base poses that hold something else."""

MOST_SOLVED = 16
"""Figures whose frames are kept solved, for each body."""

MOST_DRAWN = 16
"""Figures whose drawings are kept, for each side that is written and each who is drawn: whoever paints has his own."""


class Drawer:
    """Draws figures from their files, by id, and the files of poses, by name.

    Methods raise ContentError for a file that is wrong and KeyError for an id that does not exist.
    """

    def __init__(self, figures: Mapping[str, Path], poses: Mapping[str, Path]) -> None:
        self._files = figures
        self._poses = poses
        self._bases = {name: path for name, path in poses.items() if name not in NO_BASES}
        self._drafts: dict[str, Draft | None] = {}
        self._specs: dict[str, FigureSpec] = {}
        self._solved: dict[tuple[str, str], tuple[SolvedFrame, ...]] = {}
        self._drawn: dict[tuple[str, bool, str], tuple[Drawing, ...]] = {}
        self._people: dict[str, Person] | None = None
        self._ranges: Ranges | None = None

    def bases(self) -> tuple[str, ...]:
        """Return the names of all base poses, sorted."""
        return tuple(sorted(self._bases))

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

    def person(self, person: str = DEFAULT_PERSON) -> Person:
        """Return a person; KeyError for an id that does not exist."""
        people = self.people()
        return next(iter(people.values())) if person == DEFAULT_PERSON else people[person]

    def people(self) -> dict[str, Person]:
        """Return all people by id; the first is the default."""
        if self._people is None:
            self._people = read_people(self._poses["people"])
        return self._people

    def solve(self, figure_id: str, person: str = DEFAULT_PERSON) -> tuple[SolvedFrame, ...]:
        """Return the solved frames of a figure as written, for the body of a person."""
        key = (figure_id, person)
        if key not in self._solved:
            if len(self._solved) >= MOST_SOLVED:
                del self._solved[next(iter(self._solved))]
            self._solved[key] = solve_figure(self.spec(figure_id), self.person(person).body)
        return self._solved[key]

    def ranges(self) -> Ranges:
        """Return how far joints go."""
        if self._ranges is None:
            self._ranges = read_ranges(self._poses["ranges"])
        return self._ranges

    def is_mirrored(self, figure_id: str, side: str) -> bool:
        """Return whether a figure is written for the other side than the one asked for."""
        written = self.spec(figure_id).side
        return side in ("left", "right") and written in ("left", "right") and side != written

    def draw(self, figure_id: str, side: str, person: str) -> tuple[Drawing, ...]:
        """Return the drawings of all frames."""
        mirrored = self.is_mirrored(figure_id, side)
        key = (figure_id, mirrored, person)
        if key not in self._drawn:
            if len(self._drawn) >= MOST_DRAWN:
                del self._drawn[next(iter(self._drawn))]
            who = self.person(person)
            self._drawn[key] = draw_frames(self.spec(figure_id), self.solve(figure_id, person), who.hair, mirrored)
        return self._drawn[key]

    def skeletons(self, figure_id: str, side: str = "both") -> tuple[Skeleton, ...]:
        """Return the skeletons of all frames as drawn for a side."""
        solved = self.solve(figure_id)
        if self.is_mirrored(figure_id, side):
            return tuple(mirror_skeleton(frame.skeleton) for frame in solved)
        return tuple(frame.skeleton for frame in solved)

    def moving_limbs(self, figure_id: str, side: str = "both") -> frozenset[str]:
        """Return the anatomical limbs (``left leg`` …) whose joints turn against the trunk between the frames."""
        return find_moving_limbs(self.skeletons(figure_id, side))

    def icons(self) -> dict[str, Drawing]:
        """Return all icons by id, each 24 units square."""
        collector = Collector()
        document = read_document(self._poses["icons"], collector)
        collector.raise_errors(ContentError)
        if document is None:
            raise ContentError(Diagnostic("icons-missing", "no icons", Span("icons.yaml")))
        return {id: read_icon(document, id) for id in document.data}


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
