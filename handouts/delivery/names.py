"""Names of the files of a batch: safe on every system, never two alike."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import field

from handouts.dataclass import dataclass

MOST_BYTES = 80
"""Bytes of a name without its ending; with the ending of an unfinished file every file system holds it."""

ENDING = ".pdf"

_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9])(\.|\Z)", re.IGNORECASE)


def clean_name(text: str) -> str:
    """Return a text as the stem of a file name; empty when no letter or digit is in it.

    Letters and digits of every script stay; anything else becomes a hyphen, so no folder, wildcard or device is named.
    """
    plain = unicodedata.normalize("NFKC", text)
    kept = "".join(char if char.isalnum() or char in "._" or unicodedata.combining(char) else "-" for char in plain)
    stem = re.sub(r"-{2,}|\.{2,}", "-", kept).strip("-._ ")
    stem = unicodedata.normalize("NFC", stem)
    while len(stem.encode("utf-8", "ignore")) > MOST_BYTES:
        stem = stem[:-1].rstrip("-._")
    if not any(char.isalnum() for char in stem):
        return ""
    return f"_{stem}" if _RESERVED.match(stem) else stem


@dataclass(slots=True)
class FileNames:
    """Gives out names, each once, also where capitals and small letters are the same.

    ``taken`` holds the names given out, folded, each with the last number that was put behind it.
    """

    taken: dict[str, int] = field(default_factory=dict)

    def take(self, wish: str | None, number: int) -> str:
        """Return the file name for a wish (a reference), or for a number where there is none."""
        stem = clean_name(wish) if wish else ""
        stem = stem or f"{number:05}"
        folded = fold_name(stem)
        chosen, again = stem, self.taken.get(folded, 0)
        while fold_name(chosen) in self.taken:
            again += 1
            chosen = f"{stem}-{again}"
        self.taken[folded] = max(again, 1)
        self.taken.setdefault(fold_name(chosen), 1)
        return chosen + ENDING


def fold_name(name: str) -> str:
    """Return what two names have in common that one file system takes for the same and another does not."""
    return unicodedata.normalize("NFKC", name.casefold()).casefold()
