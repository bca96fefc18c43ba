"""Strings of a page to characters, by the font's own CMap and ToUnicode program, as a reader does it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

Code = tuple[int, int]
"""A code and its bytes."""


def list_entries(program: bytes, kind: str) -> Iterator[list[str]]:
    """Yield the entries of a CMap's sections of a kind (``bfchar``), each as its words without brackets."""
    inside = False
    for line in program.decode("ascii").splitlines():
        if line.endswith(f"begin{kind}"):
            inside = True
        elif line == f"end{kind}":
            inside = False
        elif inside:
            yield line.replace("<", " ").replace(">", " ").split()


class Codes:
    """How the strings of one font are read."""

    def __init__(self, font: Any) -> None:
        encoding = font.Encoding
        self.spaces: list[tuple[int, int, int]] = [(2, 0, 0xFFFF)]
        self.ranges: list[tuple[int, int, int]] = [(0, 0xFFFF, 0)]
        if isinstance(encoding, pikepdf.Stream):
            program = encoding.read_bytes()
            self.spaces = [(len(a) // 2, int(a, 16), int(b, 16)) for a, b in list_entries(program, "codespacerange")]
            self.ranges = [(int(a, 16), int(b, 16), int(c)) for a, b, c in list_entries(program, "cidrange")]
        else:
            assert encoding == pikepdf.Name("/Identity-H")
        self.letters = {
            int(code, 16): bytes.fromhex(text).decode("utf-16-be")
            for code, text in list_entries(font.ToUnicode.read_bytes(), "bfchar")
        }

    def read(self, data: bytes) -> list[int]:
        """Return the codes of a string; ValueError for one outside every range."""
        codes = []
        place = 0
        while place < len(data):
            for count, low, high in self.spaces:
                code = int.from_bytes(data[place : place + count], "big")
                if low <= code <= high and place + count <= len(data):
                    break
            else:
                raise ValueError(f"no code at {place} of {data!r}")
            codes.append(code)
            place += count
        return codes

    def find_glyph(self, code: int) -> int:
        """Return the glyph of a code, 0 when it has none."""
        return next((first + code - low for low, high, first in self.ranges if low <= code <= high), 0)

    def read_text(self, data: bytes) -> str:
        """Return the characters of a string, U+FFFD where the font does not say."""
        return "".join(self.letters.get(code, "\ufffd") for code in self.read(data))
