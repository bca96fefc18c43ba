"""The families of a program run: which face draws a text, and how wide it is."""

from __future__ import annotations

import hashlib
import json
import os
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from handouts.typeset.face import Face, read_face
from handouts.typeset.families import Family, Style, Tier
from handouts.typeset.scripts import IGNORED, needs_shaping

__all__ = ["FontSet", "Piece", "Style", "load_fonts"]

Piece = tuple[str, str]

MOST_WIDTHS = 20_000
MOST_WORDS = 5_000


class MissingLetterError(LookupError):
    """A letter that no face of a set has."""


class FontSet:
    """A chain of families. The first draws all it can; a word with a letter it lacks is set in the next that has it."""

    def __init__(self, families: Sequence[Family], readers: dict[str, Callable[[], Face]]) -> None:
        self.families = tuple(families)
        self.keys = tuple(readers)
        self._readers = readers
        self._faces: dict[str, Face] = {}
        self._widths: dict[Style, dict[str, int]] = {"regular": {}, "bold": {}}
        self._pieces: dict[Style, dict[str, tuple[Piece, ...]]] = {"regular": {}, "bold": {}}
        self._missing: dict[str, tuple[str, ...]] = {}
        first = families[0]
        self._common: dict[Style, Tier] = {"regular": first.tiers("regular")[0], "bold": first.tiers("bold")[0]}
        self._known = {char for family in families for tier in family.regular + family.bold for char in tier.characters}

    def face(self, key: str) -> Face:
        """Return a face by its key, read at the first call. KeyError when there is none."""
        face = self._faces.get(key)
        if face is None:
            face = self._faces[key] = self._readers[key]()
        return face

    def split(self, text: str, style: Style) -> tuple[Piece, ...]:
        """Return the text, composed (NFC), as (face key, piece) in order. A combining mark stays with its letter.

        A word is never set in two families for the sake of one letter. MissingLetterError names the letter that no face
        has: ask ``missing`` before.
        """
        common = self._common[style]
        if common.characters.issuperset(text):
            return ((common.face, text),) if text else ()
        pieces: list[Piece] = []
        for word in cut_words(clean(text)):
            for key, part in self._find_pieces(word, style):
                if pieces and pieces[-1][0] == key:
                    pieces[-1] = (key, pieces[-1][1] + part)
                else:
                    pieces.append((key, part))
        return tuple(pieces)

    def width(self, text: str, style: Style, size: float) -> float:
        """Return the width of one line of text in points, kerned. MissingLetterError as in ``split``."""
        widths = self._widths[style]
        units = widths.get(text)
        if units is None:
            if len(widths) >= MOST_WIDTHS:
                widths.clear()
            units = widths[text] = sum(self.face(key).units(part) for key, part in self.split(text, style))
        return units * size / 1000

    def missing(self, text: str) -> tuple[str, ...]:
        """Return the characters that cannot be drawn right, each once, in order: no face, or a script to be shaped."""
        if self._common["regular"].characters.issuperset(text):
            return ()
        known = self._missing.get(text)
        if known is None:
            if len(self._missing) >= MOST_WORDS:
                self._missing.clear()
            known = self._missing[text] = self._find_missing(text)
        return known

    def _find_missing(self, text: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for cluster in cut_clusters(clean(text)):
            lacking = [c for c in cluster if needs_shaping(c) or c not in self._known]
            if not lacking and any(f.find_tier(cluster, s) is None for f, s in self._candidates(cluster)):
                lacking = list(cluster[1:])
            found.update(dict.fromkeys(lacking))
        return tuple(found)

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
            if whole is not None and whole.characters.issuperset(cluster):
                yield whole.face, cluster
                continue
            tier = next(filter(None, (family.find_tier(cluster, style) for family in order)), None)
            if tier is None:
                raise MissingLetterError(f"no face draws {cluster!r}")
            yield tier.face, cluster


def clean(text: str) -> str:
    """Return the text composed (NFC), without the format characters that have no shape of their own."""
    return unicodedata.normalize("NFC", text.translate(IGNORED))


def cut_clusters(text: str) -> list[str]:
    """Return the text cut into letters, each with the combining marks that follow it."""
    clusters: list[str] = []
    for char in text:
        if clusters and unicodedata.category(char) in {"Mn", "Me", "Mc"}:
            clusters[-1] += char
        else:
            clusters.append(char)
    return clusters


def cut_words(text: str) -> list[str]:
    """Return the text cut at spaces; each space is a piece of its own."""
    words: list[str] = [""]
    for char in text:
        if char.isspace():
            words += [char, ""]
        else:
            words[-1] += char
    return [word for word in words if word]


def load_fonts(folder: Path, extra: Sequence[Path] = ()) -> FontSet:
    """Return the bundled families of ``folder``, then those of the TrueType files and folders in ``extra``.

    OSError or ValueError, with the file named, when one of ``extra`` is not a TrueType font that may be embedded.
    """
    families: list[Family] = []
    readers: dict[str, Callable[[], Face]] = {}
    for entry in json.loads((folder / "index.json").read_text(encoding="utf-8")):
        styles: dict[str, tuple[Tier, ...]] = {}
        for style, tiers in entry["styles"].items():
            styles[style] = tuple(Tier(tier["face"], frozenset(tier["characters"])) for tier in tiers)
            for tier in tiers:
                readers[tier["face"]] = bind_reader(folder / entry["family"] / f"{tier['face']}.json")
        families.append(Family(entry["family"], styles.get("regular", ()), styles.get("bold", ())))
    if extra:
        from handouts.typeset.added import read_added_families  # noqa: PLC0415  (few clinics add fonts)

        for family, faces in read_added_families(extra):
            families.append(family)
            readers |= faces
    return FontSet(families, readers)


def stamp_fonts(folder: Path, added: Path | None = None) -> str:
    """Return what changes when a bundled font or its measures do, by size and time, or a byte of an added one."""
    maker = hashlib.blake2b(digest_size=16)
    for place in sorted(os.scandir(folder), key=lambda entry: entry.name):
        for entry in sorted(os.scandir(place), key=lambda entry: entry.name) if place.is_dir() else (place,):
            status = entry.stat()
            maker.update(f"{place.name}/{entry.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    if added is not None:
        from handouts.typeset.added import list_files  # noqa: PLC0415  (few clinics add fonts)

        for file in list_files(added):
            maker.update(file.read_bytes())
    return maker.hexdigest()


def bind_reader(measures: Path) -> Callable[[], Face]:
    """Return a function that reads a face when it is first needed."""
    return lambda: read_face(measures)
