"""Shaped words as operators: each glyph at its place, in the order in which the letters are said.

So a reader of the file finds the letters of a name in their order, whichever way they run. Where the glyphs of some
letters, one by one, do not stand for them, the letters are said of them whole (ISO 32000-1, 14.9.4).
"""

from __future__ import annotations

from handouts.pdf.encoding import is_short, write_code
from handouts.typeset.face import Face
from handouts.typeset.shaping import MISSING, Cluster, Shaped


def write_shaped(face: Face, shaped: Shaped, size: float) -> str:
    """Return the operators that show a shaped text and leave the pen at its right end.

    KeyError for a letter that the face cannot draw where it stands.
    """
    if shaped.list_missing():
        raise KeyError(MISSING)
    writer = _Writer(face, size)
    for cluster in shaped.clusters:
        # Readers sort what is shown at once by its place, and turn it round themselves, glyph by glyph.
        writer.add(cluster, ligature=shaped.leftwards and len(cluster.text) > 1)
        if shaped.leftwards:
            writer.close()
    return writer.finish(shaped.width)


class _Writer:
    """Keeps where the pen is, in thousandths of the size, and how far the line is raised."""

    def __init__(self, face: Face, size: float) -> None:
        self._face = face
        self._size = size
        self._short = is_short(face)
        self._pen = 0
        self._rise = 0
        self._row: list[str] = []
        self._operators: list[str] = []

    def add(self, cluster: Cluster, ligature: bool) -> None:
        """Show a cluster; the letters of a ``ligature`` are always said of it whole."""
        texts = self._face.texts
        whole = ligature or "".join([texts[spot.number] for spot in cluster.spots]) != cluster.text
        if whole:
            self.close()
            said = ("\ufeff" + cluster.text).encode("utf-16-be").hex().upper()
            self._operators.append(f"/Span<</ActualText<{said}>>>BDC")
        for number, x, y in cluster.spots:
            if y != self._rise:
                self._raise(y)
            if x != self._pen:
                self._row.append(str(self._pen - x))
            self._row.append(f"({write_code(number, self._short)})")
            self._pen = x + self._face.widths[number]
        if whole:
            self.close()
            self._operators.append("EMC")

    def close(self) -> None:
        """Show the glyphs gathered since the last call."""
        if self._row:
            self._operators.append(f"[{''.join(self._row)}]TJ")
            self._row.clear()

    def finish(self, width: int) -> str:
        """Return all operators, with which the pen stands at the end of the text."""
        if self._rise:
            self._raise(0)
        if self._pen != width:
            self._row.append(str(self._pen - width))
        self.close()
        return " ".join(self._operators)

    def _raise(self, rise: int) -> None:
        self.close()
        self._operators.append(f"{rise * self._size / 1000:.4g} Ts")
        self._rise = rise
