"""Objects as bytes with placeholders for the numbers that their place gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from handouts.dataclass import dataclass

# What a placeholder counts from. The first two are the same wherever a fragment stands on a page: the page and the
# block's first marked content. The others are filled each time: the block's first element, the element above the block,
# its first annotation and that one's key in the parent tree, and the block's lower left corner.
PAGE, MARK, ELEMENT, PARENT, NOTE, KEY, LEFT, BOTTOM = range(8)

FORMS = {ELEMENT: b"%%d", PARENT: b"%%d", NOTE: b"%%d", KEY: b"%%d", LEFT: b"%%.2f", BOTTOM: b"%%.2f"}
"""Placeholders that are still placeholders once page and marked content are filled."""

Bases = tuple[int, int, float, float]
"""What is counted from, in order from `NOTE` on."""


class Template(NamedTuple):
    """Objects as bytes, a line each, with ``%`` placeholders.

    ``early`` says of those filled first what each counts from, and how far. ``numbers`` says of the rest which of the
    element above the block (0) and its own elements (from 1) each stands for; those of ``measured`` (place, what it
    counts from, how far) stand for something else.
    """

    text: bytes = b""
    early: tuple[tuple[int, int], ...] = ()
    numbers: tuple[int, ...] = ()
    measured: tuple[tuple[int, int, float], ...] = ()

    def set_on(self, page: int, mark: int) -> SetTemplate:
        """Return the template of a page (its object) with marked content from ``mark`` on."""
        bases = (page, mark)
        text = self.text % tuple([bases[kind] + offset for kind, offset in self.early])
        pick = itemgetter(*self.numbers) if len(self.numbers) > 1 else None
        return SetTemplate(text, self.numbers, pick, self.measured)


class SetTemplate(NamedTuple):
    """A template whose page and marked content are filled; ``pick`` takes its ``numbers`` where there are several."""

    text: bytes
    numbers: tuple[int, ...]
    pick: Callable[[Sequence[int]], tuple[int, ...]] | None
    measured: tuple[tuple[int, int, float], ...]

    def add_values(self, values: list[float], numbers: Sequence[int], bases: Bases) -> None:
        """Add what its placeholders stand for; ``numbers`` are the element above the block, then its own elements."""
        start = len(values)
        if self.pick is not None:
            values += self.pick(numbers)
        elif self.numbers:
            values.append(numbers[self.numbers[0]])
        for place, kind, offset in self.measured:
            values[start + place] = bases[kind - NOTE] + offset


@dataclass(slots=True)
class Writer:
    """Writes the text of a template, with its placeholders."""

    parts: list[bytes] = field(default_factory=list)
    early: list[tuple[int, int]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    measured: list[tuple[int, int, float]] = field(default_factory=list)

    def write(self, form: bytes, *places: tuple[int, float]) -> None:
        """Take bytes in which each ``@`` stands for a placeholder; no other ``@`` may be in them."""
        first, *rest = form.split(b"@")
        self.parts.append(first)
        for (kind, offset), part in zip(places, rest, strict=True):
            if kind in (PAGE, MARK):
                self.parts.append(b"%d")
                self.early.append((kind, int(offset)))
            else:
                self.parts.append(FORMS[kind])
                if kind not in (ELEMENT, PARENT):
                    self.measured.append((len(self.numbers), kind, offset))
                self.numbers.append(int(offset) + 1 if kind == ELEMENT else 0)
            self.parts.append(part)

    def open_element(self, role: str, above: int, paged: bool) -> None:
        """Write what an element begins with; it is on a page of its own if it is ``paged``.

        ``above`` is the element of the block that it stands in, -1 for the one above the block.
        """
        self.parts.append(_open_element(role, paged))
        self.numbers.append(above + 1)
        if paged:
            self.early.append((PAGE, 0))

    def close_element(self, kids: Sequence[tuple[int, int]], notes: Sequence[int]) -> None:
        """Write an element's kids (`ELEMENT` or `MARK`, and which) and behind them its annotations; end it."""
        words = []
        for kid in kids:
            kind, offset = kid
            if kind == ELEMENT:
                words.append(b"%%d 0 R")
                self.numbers.append(offset + 1)
            else:
                words.append(b"%d")
                self.early.append(kid)
        for note in notes:
            words.append(b"<</Type/OBJR/Obj %%d 0 R/Pg %d 0 R>>")
            self.measured.append((len(self.numbers), NOTE, note))
            self.numbers.append(0)
            self.early.append((PAGE, 0))
        if len(words) > 1:
            self.parts.append(b"/K[" + b" ".join(words) + b"]>>")
        else:
            self.parts.append(b"/K " + words[0] + b">>" if words else b">>")

    def write_plain(self, data: bytes) -> None:
        """Take bytes as they are."""
        self.parts.append(data.replace(b"%", b"%%%%"))

    def finish(self) -> Template:
        """Return the template."""
        return Template(b"".join(self.parts), tuple(self.early), tuple(self.numbers), tuple(self.measured))


@lru_cache(maxsize=256)
def _open_element(role: str, paged: bool) -> bytes:
    page = b"/Pg %d 0 R" if paged else b""
    return b"<</S/" + role.encode("ascii") + b"/P %%d 0 R" + page


def fill_templates(texts: Sequence[bytes], values: Sequence[float]) -> list[bytes]:
    """Return the objects of templates in order, each as bytes; ``values`` are all that their placeholders stand for."""
    return (b"\n".join(texts) % tuple(values)).split(b"\n") if texts else []
