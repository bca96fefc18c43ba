"""Which characters need a shaper, which have no shape at all, and where a text can be cut."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right

# Blocks of scripts whose letters join, reorder, stack or run from right to left (Unicode 15.1, Blocks.txt): a glyph
# for each character in the order of the text would be wrong, so that a font must bring its rules for a shaper.
SHAPED: tuple[tuple[int, int], ...] = (
    (0x0590, 0x109F),  # Hebrew, Arabic, Syriac, Thaana, N'Ko, the scripts of India, Thai, Lao, Tibetan, Myanmar
    (0x1100, 0x11FF),  # Hangul Jamo that did not compose
    (0x1700, 0x18AF),  # Philippine scripts, Khmer, Mongolian
    (0x1900, 0x1CFF),  # Limbu, Tai, Buginese, Balinese, Sundanese, Lepcha, Ol Chiki, Vedic
    (0xA800, 0xABFF),  # Syloti Nagri, Saurashtra, Devanagari Extended, Javanese, Cham, Meetei Mayek, Jamo Extended
    (0xD7B0, 0xD7FF),  # Hangul Jamo Extended-B
    (0xFB1D, 0xFDFF),  # presentation forms of Hebrew and Arabic
    (0xFE70, 0xFEFE),
    (0x10800, 0x10FFF),  # right-to-left scripts of the supplementary plane
    (0x11000, 0x11FFF),  # Brahmi and its descendants
    (0x1E800, 0x1EFFF),  # Mende Kikakui, Adlam, Arabic mathematics
)
_STARTS = tuple(first for first, _ in SHAPED)

# Soft hyphen, zero-width spaces and joiners, direction marks, embeddings and isolates, variation selectors. None of
# them is seen, so they are dropped before a font is asked; but joiners change the letters of some scripts.
IGNORED: dict[int, None] = dict.fromkeys(
    [0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF]
)


def needs_shaping(char: str) -> bool:
    """Return whether a character belongs to a script that has to be shaped or runs from right to left."""
    code = ord(char)
    if code < SHAPED[0][0]:
        return False
    place = bisect_right(_STARTS, code) - 1
    return code <= SHAPED[place][1]


JOINERS = frozenset("\u200c\u200d")
"""What keeps letters apart that would join, and joins letters that would not."""

_SEEN_THROUGH = {code: None for code in IGNORED if chr(code) not in JOINERS}
_NO_JOINERS = dict.fromkeys(map(ord, JOINERS))


def clean(text: str) -> str:
    """Return the text composed (NFC), without the format characters that have no shape of their own.

    Joiners stay behind letters that are shaped.
    """
    if JOINERS.isdisjoint(text):
        return unicodedata.normalize("NFC", text.translate(IGNORED))
    kept: list[str] = []
    for char in text.translate(_SEEN_THROUGH):
        if char not in JOINERS or (kept and kept[-1] not in JOINERS and needs_shaping(kept[-1])):
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))


def drop_joiners(text: str) -> str:
    """Return the text without joiners, which no font has to have."""
    return text.translate(_NO_JOINERS)


def cut_clusters(text: str) -> list[str]:
    """Return the text cut into letters, each with the combining marks and joiners that follow it."""
    clusters: list[str] = []
    for char in text:
        if clusters and (unicodedata.category(char) in {"Mn", "Me", "Mc"} or char in JOINERS):
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
