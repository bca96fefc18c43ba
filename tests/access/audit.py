"""What is seen on painted pages: sizes of letters and colours on their grounds, read twice.

``read_streams`` takes them from the content streams of a file; ``read_pages`` from the pages that layout gave. Both
give the same words when the painter is right, and neither knows the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import pikepdf

from handouts.layout.page import Box, Text
from tests.tools.codes import Codes

PAPER = "#ffffff"


@dataclass(frozen=True)
class Seen:
    """Letters of one size and weight in one colour on one ground; ``words`` says what is written."""

    size: float
    bold: bool
    colour: str
    ground: str
    words: str = ""

    @property
    def look(self):
        return self.size, self.bold, self.colour, self.ground


@dataclass(frozen=True)
class Mark:
    """A painted outline: its edges in points, fill, stroke, the stroke's width in points, whether it is drawn art."""

    edges: tuple[float, float, float, float]
    fill: str | None
    stroke: str | None
    width: float
    drawn: bool
    role: str


def write_colour(numbers) -> str:
    parts = [float(number) for number in numbers]
    return "#" + "".join(f"{round(part * 255):02x}" for part in (parts * 3 if len(parts) == 1 else parts))


def multiply(one, other):
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def move(matrix, x, y):
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


class Reader:
    """Walks through the operators of one page and keeps what a reader of the paper sees."""

    def __init__(self, page) -> None:
        self.page = page
        self.fonts = {}
        for name, font in page.Resources.get("/Font", {}).items():
            descendant = font.DescendantFonts[0]
            bold = "Bold" in str(descendant.FontDescriptor.FontName)
            self.fonts[str(name)] = (bold, Codes(font))
        self.matrix = (1, 0, 0, 1, 0, 0)
        self.fill = self.stroke = "#000000"
        self.width = 1.0
        self.font = (False, None)
        self.size = 0.0
        self.saved = []
        self.points = []
        self.place = (0.0, 0.0)
        self.roles = []
        self.seen: list[Seen] = []
        self.marks: list[Mark] = []
        self.images = 0

    def read(self):
        for instruction in pikepdf.parse_content_stream(self.page):
            self.take(str(instruction.operator), list(instruction.operands))
        return self

    def take(self, operator, operands):
        match operator:
            case "q":
                self.saved.append((self.matrix, self.fill, self.stroke, self.width, self.font, self.size))
            case "Q":
                self.matrix, self.fill, self.stroke, self.width, self.font, self.size = self.saved.pop()
            case "cm":
                self.matrix = multiply([float(n) for n in operands], self.matrix)
            case "g" | "rg":
                self.fill = write_colour(operands)
            case "G" | "RG":
                self.stroke = write_colour(operands)
            case "w":
                self.width = float(operands[0])
            case "m" | "l" | "c" | "v" | "y":
                numbers = [float(n) for n in operands]
                self.points += [move(self.matrix, x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
            case "re":
                x, y, width, height = (float(n) for n in operands)
                self.points += [move(self.matrix, x, y), move(self.matrix, x + width, y + height)]
            case "f" | "F" | "f*" | "S" | "s" | "B" | "B*" | "b" | "b*" | "n":
                self.paint(operator.lower().rstrip("*"))
            case "BDC" | "BMC":
                self.roles.append(str(operands[0])[1:])
            case "EMC":
                self.roles.pop()
            case "Tf":
                self.font, self.size = self.fonts[str(operands[0])], float(operands[1])
            case "Tm":
                self.place = move(self.matrix, float(operands[4]), float(operands[5]))
            case "Td":
                self.place = move(self.matrix, float(operands[0]), float(operands[1]))
            case "Tj" | "TJ":
                self.show(operands)
            case "Do":
                self.draw(self.page.Resources.XObject[str(operands[0])])

    def draw(self, form):
        if form.Subtype != pikepdf.Name.Form:
            self.images += 1
            return
        self.take("q", [])
        self.take("cm", list(form.get("/Matrix", (1, 0, 0, 1, 0, 0))))
        for instruction in pikepdf.parse_content_stream(form):
            self.take(str(instruction.operator), list(instruction.operands))
        self.take("Q", [])

    def paint(self, operator):
        if self.points and operator != "n":
            xs, ys = zip(*self.points, strict=True)
            scale = abs(self.matrix[0])
            self.marks.append(
                Mark(
                    (min(xs), min(ys), max(xs), max(ys)),
                    self.fill if operator in {"f", "b"} else None,
                    self.stroke if operator in {"s", "b"} else None,
                    self.width * scale,
                    scale != 1,
                    self.roles[-1],
                )
            )
        self.points = []

    def show(self, operands):
        strings = (
            operands
            if not isinstance(operands[0], pikepdf.Array)
            else [part for part in operands[0] if isinstance(part, pikepdf.String)]
        )
        data = b"".join(bytes(part) for part in strings)
        bold, codes = self.font
        words = codes.read_text(data)
        size = round(self.size * abs(self.matrix[3]), 2)
        self.seen.append(Seen(size, bold, self.fill, self.find_ground(), words))

    def find_ground(self):
        x, y = self.place[0] + 0.5, self.place[1] + 1
        for mark in reversed(self.marks):
            left, bottom, right, top = mark.edges
            if mark.fill and not mark.drawn and left <= x <= right and bottom <= y <= top:
                return mark.fill
        return PAPER


def read_streams(data: bytes) -> list[Reader]:
    """Return one reader a page, from the content streams alone."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return [Reader(page).read() for page in pdf.pages]


def read_pages(pages, fonts) -> list[list[Seen]]:
    """Return what is seen on each page of a layout."""
    found = []
    for page in pages:
        seen = []
        for placed in page.placed:
            boxes = []
            for item in placed.block.items:
                if isinstance(item, Box) and item.fill:
                    boxes.append(item)
                elif isinstance(item, Text):
                    x = item.x
                    for run in item.runs:
                        bold = fonts.face(run.face).style == "bold"
                        ground = next((box.fill for box in reversed(boxes) if holds(box, x + 0.5, item.y - 1)), PAPER)
                        seen.append(Seen(run.size, bold, run.colour, ground, run.text))
        found.append(seen)
    return found


def holds(box, x, y):
    return box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height
