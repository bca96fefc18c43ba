"""Complete, commented samples of the files that people write."""

from __future__ import annotations

import re
from pathlib import Path

SAMPLE_FILES = {
    "clinic": "clinic.yaml",
    "patient": "patient.yaml",
    "table": "table.csv",
    "section": "section.yaml",
    "exercise": "exercise.yaml",
    "figure": "figure.yaml",
    "handout": "handout.yaml",
}
"""File of the sample, by kind."""

_FOLDER = Path(__file__).resolve().parent / "samples"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


def read_sample(kind: str, id: str | None = None) -> str:
    """Return the text of a sample; KeyError for a kind that has none.

    A section, an exercise, a figure and a handout carry the name of their file as their id, so ``id`` is put in place
    of the sample's own, in the ids of its lines too. ValueError when it cannot be an id.
    """
    text = (_FOLDER / SAMPLE_FILES[kind]).read_text(encoding="utf-8")
    if id is None or kind not in ("section", "exercise", "figure", "handout"):
        return text
    if not _ID.match(id) or len(id) > 40:
        raise ValueError("an id has small letters, digits and hyphens, and at most 40 of them")
    return text.replace(f"my-{kind}", id)


def read_move_sample(id: str) -> str:
    """Return the sample of an exercise that shows an illustration of its own, called as the move is."""
    return read_sample("exercise", id).replace(
        "figure: pelvic-tilt             # an illustration; 'handouts figures -o all.pdf' shows them all",
        f"figure: {id}  # its illustration, in figures/; or one of the library's: 'handouts figures -o all.pdf'",
    )
