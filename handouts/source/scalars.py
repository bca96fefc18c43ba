"""What a plain scalar means: the JSON-like subset of YAML 1.2, so that ``no`` and ``1:30`` stay text.

Only ``null``, ``~`` and nothing are None; only ``true`` and ``false`` are truth values; integers are written without
leading zeros (``0555`` is text); decimals have digits on both sides of the point. Dates stay text. So the text of a
telephone number or of a name such as ``Null`` is never lost.
"""

from __future__ import annotations

import re

_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
_INTEGER = re.compile(r"(?:0|-?[1-9][0-9]{0,17})\Z", re.ASCII)
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,17}\Z", re.ASCII)
_OTHERS_START = frozenset("-0123456789")


class WrittenFloat(float):
    """A decimal that remembers how it was written: ``str()`` of ``1.10`` is ``1.10``, its value 1.1."""

    written: str

    def __new__(cls, written: str) -> WrittenFloat:
        """Return the number that ``written`` stands for."""
        number = super().__new__(cls, written)
        number.written = written
        return number

    def __str__(self) -> str:
        """Return the text of the source."""
        return self.written


def resolve_scalar(text: str) -> str | int | float | bool | None:
    """Return the value of a scalar that stands without quotes."""
    if len(text) < 6 and text in _WORDS:
        return _WORDS[text]
    if text[0] not in _OTHERS_START:
        return text
    if _INTEGER.match(text):
        return int(text)
    if _DECIMAL.match(text):
        return WrittenFloat(text)
    return text
