"""Which characters need a shaper, and which have no shape at all."""

from __future__ import annotations

from bisect import bisect_right

# Blocks of scripts whose letters join, reorder, stack or run from right to left (Unicode 15.1, Blocks.txt): a glyph
# for each character in the order of the text would be wrong, whatever font has them.
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

# Soft hyphen, zero-width spaces and joiners, direction marks, embeddings and isolates, variation selectors. In
# left-to-right text none of them is seen, so they are dropped before a font is asked.
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
