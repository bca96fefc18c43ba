"""Scripts whose letters join, stack or change places: words to placed glyphs, through HarfBuzz.

A word is shaped by itself: no script that is printed joins across a space. Spaces are as wide as the text family's, so
that a line is as wide as its words and the spaces between them.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from handouts.typeset.direction import reads_leftwards
from handouts.typeset.scripts import cut_words

if TYPE_CHECKING:
    from handouts.typeset.face import Face

MOST_SHAPED = 4096
"""Words that are kept shaped."""

MISSING = 0
"""The glyph of what a font cannot draw."""


class Spot(NamedTuple):
    """A glyph by its number, and where it stands: from the left end and the base line, in thousandths of the size."""

    number: int
    x: int
    y: int


class Cluster(NamedTuple):
    """Letters that are drawn together, as they are said, and their glyphs; those of a mark come after its letter's."""

    text: str
    spots: tuple[Spot, ...]


class Shaped(NamedTuple):
    """A text with its width in thousandths of the size; ``clusters`` come in the order in which they are said."""

    width: int
    clusters: tuple[Cluster, ...]
    leftwards: bool

    def list_glyphs(self) -> frozenset[int]:
        """Return the numbers of all glyphs."""
        return frozenset([spot.number for cluster in self.clusters for spot in cluster.spots])

    def list_missing(self) -> list[str]:
        """Return the letters that the font cannot draw as they stand here."""
        return [cluster.text for cluster in self.clusters if any(spot.number == MISSING for spot in cluster.spots)]


def shape_text(face: Face, text: str) -> Shaped:
    """Return a text of one direction, shaped with a face that has all its letters. Nothing is drawn for joiners."""
    leftwards = reads_leftwards(text)
    parts = [
        _shape_space(face, word) if word.isspace() else shape_word(face, word, leftwards) for word in cut_words(text)
    ]
    width = sum([part.width for part in parts])
    clusters: list[Cluster] = []
    pen = width if leftwards else 0
    for part in parts:
        left = pen - part.width if leftwards else pen
        clusters += [_move(cluster, left) for cluster in part.clusters]
        pen = left if leftwards else left + part.width
    return Shaped(width, tuple(clusters), leftwards)


@lru_cache(maxsize=MOST_SHAPED)
def shape_word(face: Face, word: str, leftwards: bool) -> Shaped:
    """Return a word without spaces, shaped."""
    import uharfbuzz  # noqa: PLC0415  (few names need it)

    buffer = uharfbuzz.Buffer()
    buffer.add_codepoints(list(map(ord, word)))
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if leftwards else "ltr"
    levels = uharfbuzz.BufferClusterLevel
    buffer.cluster_level = levels.MONOTONE_CHARACTERS if leftwards else levels.MONOTONE_GRAPHEMES
    buffer.flags = uharfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    uharfbuzz.shape(open_font(face.source), buffer)
    spots: list[tuple[int, Spot]] = []
    pen = 0
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        spots.append((info.cluster, Spot(info.codepoint, pen + place.x_offset, place.y_offset)))
        pen += place.x_advance
    return Shaped(pen, tuple(_gather_clusters(word, spots, leftwards)), leftwards)


@lru_cache(maxsize=16)
def open_font(path: Path) -> Any:
    """Return a font file ready for shaping, a thousand units to its size."""
    import uharfbuzz  # noqa: PLC0415

    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(path.read_bytes())))
    font.scale = (1000, 1000)
    return font


def _gather_clusters(word: str, spots: list[tuple[int, Spot]], leftwards: bool) -> list[Cluster]:
    """Return the clusters of a word as they are said; ``spots`` go from left to right, each with where it begins."""
    said = reversed(spots) if leftwards else spots
    groups = [(start, tuple([spot for _, spot in group])) for start, group in groupby(said, key=lambda pair: pair[0])]
    ends = [*[start for start, _ in groups[1:]], len(word)]
    return [Cluster(word[start:end], shown) for (start, shown), end in zip(groups, ends, strict=True)]


def _shape_space(face: Face, space: str) -> Shaped:
    return Shaped(face.space, (Cluster(space, (Spot(face.number[space], 0, 0),)),), False)


def _move(cluster: Cluster, right: int) -> Cluster:
    return Cluster(cluster.text, tuple([Spot(number, x + right, y) for number, x, y in cluster.spots]))
