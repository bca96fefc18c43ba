"""The families of a program run: which face draws a text, and how wide it is."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence

from handouts.typeset.direction import cut_stretches, mirror, reads_leftwards
from handouts.typeset.face import Face
from handouts.typeset.families import Family, Style, Tier
from handouts.typeset.scripts import JOINERS, clean, cut_clusters, cut_words, drop_joiners
from handouts.typeset.shaping import shape_text

__all__ = ["FontSet", "MissingLetterError", "Piece", "Style"]

Piece = tuple[str, str]
Readers = dict[str, Callable[[], Face]]
Families = tuple[list[Family], Readers]
"""Families, and readers of their faces by key, in order."""

MOST_WIDTHS = 20_000
MOST_WORDS = 5_000


class MissingLetterError(LookupError):
    """A letter that no face of a set has."""


class FontSet:
    """A chain of families. The first draws all it can; a word with a letter it lacks is set in the next that has it.

    Families that few names need come last and are opened when one does; ``rare`` returns them.
    """

    def __init__(
        self, families: Sequence[Family], readers: Readers, rare: Callable[[], Families] | None = None
    ) -> None:
        self.families = tuple(families)
        self._readers = dict(readers)
        self._rare = rare
        self._faces: dict[str, Face] = {}
        self._widths: dict[Style, dict[str, int]] = {"regular": {}, "bold": {}}
        self._pieces: dict[Style, dict[str, tuple[Piece, ...]]] = {"regular": {}, "bold": {}}
        self._missing: dict[str, tuple[str, ...]] = {}
        first = families[0]
        self._common: dict[Style, Tier] = {"regular": first.tiers("regular")[0], "bold": first.tiers("bold")[0]}
        self._known = _list_characters(families)

    def order(self, keys: Iterable[str]) -> dict[str, int]:
        """Return faces in order, each with its number, which is the same whatever was opened before."""
        wanted = set(keys)
        if not wanted <= self._readers.keys():
            self._open_rare()
        return {key: number for number, key in enumerate(self._readers) if key in wanted}

    def face(self, key: str) -> Face:
        """Return a face by its key, read at the first call. KeyError when there is none."""
        face = self._faces.get(key)
        if face is None:
            if key not in self._readers:
                self._open_rare()
            face = self._faces[key] = self._readers[key]()
            if face.texts:
                style: Style = "bold" if face.style == "bold" else "regular"
                face.space = self.face(self._common[style].face).width[" "]
        return face

    def _open_rare(self) -> None:
        if self._rare is not None:
            families, readers = self._rare()
            self._rare = None
            self.families += tuple(families)
            self._readers |= readers
            self._known |= _list_characters(families)

    def split(self, text: str, style: Style) -> tuple[Piece, ...]:
        """Return the text, composed (NFC), as (face key, piece) from left to right; a piece is as it is said.

        A combining mark stays with its letter, and a word is never set in two families for the sake of one letter.
        MissingLetterError names the letter that no face has: ask ``missing`` before.
        """
        common = self._common[style]
        if common.characters.issuperset(text):
            return ((common.face, text),) if text else ()
        text = clean(text)
        if not self._known.issuperset(text):
            self._open_rare()
        if not reads_leftwards(text):
            return tuple(self._split_rightward(text, style))
        pieces: list[Piece] = []
        for part, leftwards in cut_stretches(text):
            split = self._split_leftward if leftwards else self._split_rightward
            pieces += split(part, style)
        return tuple(pieces)

    def _split_rightward(self, text: str, style: Style) -> list[Piece]:
        return _join_pieces([piece for word in cut_words(text) for piece in self._find_pieces(word, style)])

    def _split_leftward(self, text: str, style: Style) -> list[Piece]:
        """Return a stretch that is read leftwards from left to right: as few pieces as there are faces in it."""
        pieces = _join_pieces(list(self._split_word(text, style)))
        return [(key, part if reads_leftwards(part) else mirror(part)) for key, part in reversed(pieces)]

    def width(self, text: str, style: Style, size: float) -> float:
        """Return the width of one line of text in points, kerned. MissingLetterError as in ``split``."""
        widths = self._widths[style]
        units = widths.get(text)
        if units is None:
            if len(widths) >= MOST_WIDTHS:
                widths.clear()
            units = widths[text] = sum(self.face(key).units(part) for key, part in self.split(text, style))
        return units * size / 1000

    def is_common(self, text: str) -> bool:
        """Return whether the face that is asked first draws a whole text."""
        return self._common["regular"].characters.issuperset(text)

    def missing(self, text: str) -> tuple[str, ...]:
        """Return the characters that cannot be drawn right, each once, in order: no face, or a script to be shaped."""
        if self.is_common(text):
            return ()
        known = self._missing.get(text)
        if known is None:
            if len(self._missing) >= MOST_WORDS:
                self._missing.clear()
            known = self._missing[text] = self._find_missing(text)
        return known

    def _find_missing(self, text: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        text = clean(text)
        if not self._known.issuperset(text):
            self._open_rare()
        for cluster in cut_clusters(text):
            letters = drop_joiners(cluster)
            lacking = [char for char in letters if char not in self._known]
            if not lacking and any(f.find_tier(letters, s) is None for f, s in self._candidates(letters)):
                lacking = list(letters[1:])
            found.update(dict.fromkeys(lacking))
        return tuple(found) or tuple(dict.fromkeys(self._list_unshaped(text)))

    def _list_unshaped(self, text: str) -> Iterable[str]:
        """Yield the letters of a text that faces have, but cannot draw where they stand in it."""
        styles: tuple[Style, Style] = ("regular", "bold")
        for style in styles:
            for key, part in self.split(text, style):
                face = self.face(key)
                if face.texts:
                    yield from "".join(shape_text(face, part).list_missing())

    def _candidates(self, cluster: str) -> Iterable[tuple[Family, Style]]:
        """Give, for each style, the family that draws a cluster, or the first family when none does."""
        styles: tuple[Style, Style] = ("regular", "bold")
        for style in styles:
            yield next((f for f in self.families if f.find_tier(cluster, style)), self.families[0]), style

    def _find_pieces(self, word: str, style: Style) -> tuple[Piece, ...]:
        common = self._common[style]
        if common.characters.issuperset(word):
            return ((common.face, word),)
        words = self._pieces[style]
        pieces = words.get(word)
        if pieces is None:
            if len(words) >= MOST_WORDS:
                words.clear()
            pieces = words[word] = tuple(self._split_word(word, style))
        return pieces

    def _split_word(self, word: str, style: Style) -> Iterable[Piece]:
        clusters = cut_clusters(word)
        letters = [c for c in clusters if unicodedata.category(c[0])[0] in "LM"]
        chosen = next((f for f in self.families if all(f.find_tier(c, style) for c in letters)), self.families[0])
        whole = chosen.find_tier("".join(letters), style)
        order = (chosen, *(f for f in self.families if f is not chosen))
        for cluster in clusters:
            fitting = whole is not None and whole.draws(cluster)
            tier = whole if fitting else next(filter(None, (f.find_tier(cluster, style) for f in order)), None)
            if tier is None:
                raise MissingLetterError(f"no face draws {cluster!r}")
            whole_cluster = JOINERS.isdisjoint(cluster) or self.face(tier.face).texts
            yield tier.face, cluster if whole_cluster else drop_joiners(cluster)


def _join_pieces(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces with neighbours of one face as one."""
    joined: list[Piece] = []
    for key, part in pieces:
        if joined and joined[-1][0] == key:
            joined[-1] = (key, joined[-1][1] + part)
        else:
            joined.append((key, part))
    return joined


def _list_characters(families: Iterable[Family]) -> set[str]:
    return {char for family in families for tier in family.regular + family.bold for char in tier.characters}
