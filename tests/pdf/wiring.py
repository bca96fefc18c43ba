"""Checks what no validator does: that marked content, structure tree and annotations belong together.

``check_wiring`` returns sentences on what is wrong, none when all is well; ``read_tree_text`` the text as a screen
reader would find it, through the tag tree; ``read_elements`` one (role, text) for each element with text of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from tests.tools.codes import Codes

Key = tuple[int, int]
Number = tuple[int, int]
EMPTY_ALLOWED = {"TD"}
INLINE = {"Link", "Span"}


@dataclass
class Element:
    """One structure element: what it is, what is above it, and its kids in order."""

    node: Any
    role: str
    above: Any
    page: int
    kids: list[Any] = field(default_factory=list)


@dataclass
class Mark:
    """A piece of marked content: the text in it, and when it was painted."""

    text: str
    order: int


def open_pdf(source: Path | str | bytes | Pdf) -> Pdf:
    """Return the file as pikepdf sees it."""
    if isinstance(source, Pdf):
        return source
    return pikepdf.open(BytesIO(source) if isinstance(source, bytes) else source)


def list_operators(form: Any) -> set[str]:
    """Return the operators of a form."""
    return {str(instruction.operator) for instruction in pikepdf.parse_content_stream(form)}


def read_marks(pdf: Pdf) -> tuple[dict[Key, Mark], list[str]]:
    """Return the marked content of all pages by (page, MCID), and what is wrong with it."""
    marks: dict[Key, Mark] = {}
    wrong: list[str] = []
    for number, page in enumerate(pdf.pages):
        fonts = {str(name): Codes(font) for name, font in page.Resources.get("/Font", {}).items()}
        forms = {str(name): form for name, form in page.Resources.get("/XObject", {}).items()}
        open_marks: list[tuple[str, int | None]] = []
        said: list[str] = []
        now: Codes | None = None
        for instruction in pikepdf.parse_content_stream(page):
            operator, operands = str(instruction.operator), list(instruction.operands)
            if operator in {"BDC", "BMC"}:
                entries = operands[1] if operator == "BDC" and isinstance(operands[1], Dictionary) else Dictionary()
                mcid = entries.get("/MCID")
                if open_marks and str(operands[0]) == "/Span" and "/ActualText" in entries and not said:
                    said.append(str(entries.ActualText))
                    continue
                if open_marks:
                    wrong.append(f"page {number}: marked content within marked content")
                open_marks.append((str(operands[0]), None if mcid is None else int(mcid)))
                if mcid is not None:
                    if (number, int(mcid)) in marks:
                        wrong.append(f"page {number}: MCID {mcid} is used twice")
                    marks[number, int(mcid)] = Mark("", len(marks))
            elif operator == "EMC":
                if not said:
                    open_marks.pop()
                elif open_marks[-1][1] is not None:
                    marks[number, open_marks[-1][1]].text += said.pop()
                else:
                    said.pop()
            elif operator == "Tf":
                now = fonts[str(operands[0])]
            elif operator == "Do":
                form = forms[str(operands[0])]
                if form.Subtype == Name.Form and ({"BDC", "BMC", "Tj", "TJ"} & list_operators(form)):
                    wrong.append(f"page {number}: a form holds text or marked content")
                if not open_marks:
                    wrong.append(f"page {number}: an object outside marked content")
            elif operator in {"Tj", "TJ"}:
                strings = operands if operator == "Tj" else [s for s in operands[0] if isinstance(s, pikepdf.String)]
                data = b"".join(bytes(s) for s in strings)
                assert now is not None
                if 0 in map(now.find_glyph, now.read(data)):
                    wrong.append(f"page {number}: .notdef is shown")
                if not open_marks:
                    wrong.append(f"page {number}: text outside marked content")
                elif open_marks[-1][1] is not None and not said:
                    marks[number, open_marks[-1][1]].text += now.read_text(data)
    return marks, wrong


def read_parent_tree(pdf: Pdf) -> dict[int, Any]:
    """Return the entries of the parent tree by key."""
    found: dict[int, Any] = {}

    def walk(node: Any) -> None:
        pairs = list(node.get("/Nums", Array()))
        found.update({int(key): value for key, value in zip(pairs[::2], pairs[1::2], strict=True)})
        for kid in node.get("/Kids", Array()):
            walk(kid)

    walk(pdf.Root.StructTreeRoot.ParentTree)
    return found


def walk_elements(pdf: Pdf) -> Iterator[tuple[Element, list[tuple[str, Any]]]]:
    """Yield each element, parents first, with its kids: ("element", node), ("mark", (page, MCID)), ("object", node)."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}

    def walk(node: Any, above: Any) -> Iterator[tuple[Element, list[tuple[str, Any]]]]:
        own = pages.get(node.Pg.objgen, -1) if "/Pg" in node else -1
        kids: list[tuple[str, Any]] = []
        given = node.get("/K", Array())
        for kid in given if isinstance(given, Array) else [given]:
            if isinstance(kid, int):
                kids.append(("mark", (own, int(kid))))
            elif kid.get("/Type") == Name.MCR:
                kids.append(("mark", (pages[kid.Pg.objgen] if "/Pg" in kid else own, int(kid.MCID))))
            elif kid.get("/Type") == Name.OBJR:
                kids.append(("object", kid.Obj))
            else:
                kids.append(("element", kid))
        yield Element(node, str(node.S)[1:], above, own), kids
        for kind, kid in kids:
            if kind == "element":
                yield from walk(kid, node)

    root = pdf.Root.StructTreeRoot
    yield from walk(root.K, root)


def read_order(pdf: Pdf) -> list[tuple[Element, Key]]:
    """Return the pieces of marked content in the order of the tree, each with its element."""

    def walk(node: Any) -> Iterator[tuple[Element, Key]]:
        element, kids = table[node.objgen]
        for kind, kid in kids:
            if kind == "mark":
                yield element, kid
            elif kind == "element":
                yield from walk(kid)

    table = {element.node.objgen: (element, kids) for element, kids in walk_elements(pdf)}
    return list(walk(pdf.Root.StructTreeRoot.K))


def check_wiring(source: Path | str | bytes | Pdf) -> list[str]:
    """Return what is wrong with the wiring of a file; an empty list when all is well."""
    pdf = open_pdf(source)
    marks, wrong = read_marks(pdf)
    parents = read_parent_tree(pdf)
    owners: dict[Key, list[Number]] = {}
    held: dict[Number, Number] = {}
    for element, kids in walk_elements(pdf):
        wrong += check_element(element, kids)
        for kind, kid in kids:
            if kind == "mark":
                owners.setdefault(kid, []).append(element.node.objgen)
            elif kind == "object":
                held[kid.objgen] = element.node.objgen
    wrong += check_marks(pdf, marks, owners, parents)
    wrong += check_annotations(pdf, held, parents)
    painted = [marks[key].order for _, key in read_order(pdf) if key in marks]
    if painted != sorted(painted):
        wrong.append("the order of painting is not the order of the tree")
    return wrong


def check_element(element: Element, kids: list[tuple[str, Any]]) -> list[str]:
    """Return what is wrong with one element by itself."""
    wrong = []
    name = f"{element.role} {element.node.objgen[0]}"
    if "/P" not in element.node or element.node.P.objgen != element.above.objgen:
        wrong.append(f"{name}: P is not its parent")
    if not kids and element.role not in EMPTY_ALLOWED:
        wrong.append(f"{name}: no content")
    if element.role == "Table" and "/TH" not in {str(node.S) for node in below(element.node)}:
        wrong.append(f"{name}: no TH")
    attributes = element.node.get("/A", Dictionary())
    if element.role == "Figure" and ("/BBox" not in attributes or not str(element.node.get("/Alt", ""))):
        wrong.append(f"{name}: no BBox or no Alt")
    if element.role == "TH" and "/Scope" not in attributes:
        wrong.append(f"{name}: no Scope")
    return wrong


def below(node: Any) -> Iterator[Any]:
    """Yield all elements under one."""
    given = node.get("/K", Array())
    for kid in given if isinstance(given, Array) else [given]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from below(kid)


def check_marks(
    pdf: Pdf, marks: dict[Key, Mark], owners: dict[Key, list[Number]], parents: dict[int, Any]
) -> list[str]:
    """Return what is wrong between marked content, elements and the parent tree."""
    wrong = [f"page {at}: MCID {mcid} is in the tree but not painted" for at, mcid in owners if (at, mcid) not in marks]
    for number, page in enumerate(pdf.pages):
        slots = list(parents.get(int(page.get("/StructParents", -1)), Array()))
        used = {mcid for at, mcid in marks if at == number}
        for mcid in sorted(used):
            mine = owners.get((number, mcid), [])
            if len(mine) != 1:
                wrong.append(f"page {number}: MCID {mcid} belongs to {len(mine)} elements")
            elif mcid >= len(slots) or slots[mcid] is None or slots[mcid].objgen != mine[0]:
                wrong.append(f"page {number}: the parent tree gives another element for MCID {mcid}")
        wrong += [
            f"page {number}: slot {n} of the parent tree is not null"
            for n, slot in enumerate(slots)
            if n not in used and slot is not None
        ]
    return wrong


def check_annotations(pdf: Pdf, held: dict[Number, Number], parents: dict[int, Any]) -> list[str]:
    """Return what is wrong between annotations and the elements that hold them."""
    wrong = []
    for number, page in enumerate(pdf.pages):
        for note in page.get("/Annots", Array()):
            owner = parents.get(int(note.get("/StructParent", -1)))
            if note.objgen not in held:
                wrong.append(f"page {number}: no element holds annotation {note.objgen[0]}")
            elif owner is None or owner.objgen != held[note.objgen]:
                wrong.append(f"page {number}: StructParent of annotation {note.objgen[0]} leads elsewhere")
    return wrong


def read_elements(source: Path | str | bytes | Pdf) -> list[tuple[str, str]]:
    """Return (role, text) for each element that has marked content of its own, in order; a Figure gives its Alt."""
    pdf = open_pdf(source)
    marks, _ = read_marks(pdf)
    found: list[tuple[str, str, Number]] = []
    for element, key in read_order(pdf):
        text = marks[key].text if element.role != "Figure" else str(element.node.Alt)
        if found and found[-1][2] == element.node.objgen:
            text = found.pop()[1] + (text if element.role != "Figure" else "")
        found.append((element.role, text, element.node.objgen))
    return [(role, text) for role, text, _ in found]


def read_tree_text(source: Path | str | bytes | Pdf) -> str:
    """Return the text through the tag tree, a line for each element; links and spans belong to the line around them."""
    pdf = open_pdf(source)
    marks, _ = read_marks(pdf)
    above = {element.node.objgen: element for element, _ in walk_elements(pdf)}
    lines: list[str] = []
    before: Number | None = None
    for element, key in read_order(pdf):
        around = element
        while around.role in INLINE:
            around = above[around.above.objgen]
        text = str(element.node.Alt) if element.role == "Figure" else marks[key].text
        if around.node.objgen != before:
            lines.append(text)
        elif element.role != "Figure":
            lines[-1] += text
        before = around.node.objgen
    return "\n".join(lines)
