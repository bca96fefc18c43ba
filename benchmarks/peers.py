"""The same handouts made by Typst, WeasyPrint and plain ReportLab, each the way its guide shows, everything reusable reused."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from copy import copy
from html import escape
from pathlib import Path
from typing import Any

Document = dict[str, Any]
Make = Callable[[list[Document]], bytes]


def open_typst(folder: Path, tagged: bool = True) -> Make:
    """Return a function that compiles documents with one compiler; PDF/UA-1 when ``tagged``."""
    import typst

    compiler = typst.Compiler(
        str(folder / "handout.typ"), root=str(folder), font_paths=[str(folder / "fonts")], ignore_system_fonts=True
    )
    options: dict[str, Any] = {"pdf_standards": "ua-1"} if tagged else {"pdf_tags": False}

    def make(documents: list[Document]) -> bytes:
        inputs = {"sheets": json.dumps(documents)}
        return bytes(compiler.compile(format="pdf", sys_inputs=inputs, timestamp=1772323200, **options))

    return make


STYLE = """
@font-face { font-family: 'Peer Sans'; src: url(fonts/regular.ttf); }
@font-face { font-family: 'Peer Sans'; font-weight: 700; src: url(fonts/bold.ttf); }
@font-face { font-family: 'Peer Rest'; src: url(fonts/rest-regular.ttf); }
@font-face { font-family: 'Peer Rest'; font-weight: 700; src: url(fonts/rest-bold.ttf); }
@page { size: A4; margin: 40pt 40pt 50pt; @bottom-left { content: string(foot); font: 8pt 'Peer Sans'; }
  @bottom-right { content: 'Page ' counter(page) ' of ' counter(pages); font: 8pt 'Peer Sans'; } }
html { font: 10.5pt/1.35 'Peer Sans', 'Peer Rest'; } h1 { font-size: 20pt; color: #0f5c63; margin: 6pt 0; }
h2 { font-size: 14pt; color: #0f5c63; margin: 9pt 0 4pt; } p { margin: 0 0 4pt; } .foot { string-set: foot attr(data-foot); }
.warn { border: 1.5pt solid #a3201f; padding: 6pt; break-inside: avoid; } .warn h2 { color: #a3201f; margin: 0; }
.card { display: flex; border: .5pt solid #0f5c63; padding: 5pt; break-inside: avoid; margin-bottom: 5pt; }
.card .frames { width: 200pt; flex: none; } .card img { height: 70pt; } .tile { display: flex; align-items: center; }
.tile img { height: 44pt; width: 60pt; } table { border-collapse: collapse; width: 100%; } td, th { border: .4pt solid; padding: 3pt; }
.note { background: #eef5f5; padding: 6pt; break-inside: avoid; } .head { display: flex; justify-content: space-between; }
"""


def open_weasyprint(folder: Path) -> Make:
    """Return a function that renders documents as PDF/UA-1 with one parsed style sheet and one cache of pictures."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    base = folder.resolve().as_uri() + "/"
    style = CSS(string=STYLE, font_config=fonts, base_url=base)
    cache: dict[str, Any] = {}

    def make(documents: list[Document]) -> bytes:
        body = "".join(map(write_html, documents))
        page = f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Back spasms</title></head><body>{body}</body></html>'
        html = HTML(string=page, base_url=base)
        return bytes(html.write_pdf(stylesheets=[style], font_config=fonts, cache=cache, pdf_variant="pdf/ua-1"))

    return make


def write_html(document: Document) -> str:
    """Return one document as HTML."""
    rows = "<br>".join(f"{escape(label)} <b>{escape(value)}</b>" for label, value in document["rows"])
    box = "".join(
        f"<h2>{escape(title)}</h2><p>{escape(lead)}</p>{write_html_list(items)}"
        for title, lead, items in document["box"].values()
    )
    foot = escape(f"{document['foot']} · {document['rows'][0][1]}")
    return (
        f'<div class="foot" data-foot="{foot}"><div class="head"><p>{"<br>".join(map(escape, document["clinic"]))}</p><p>{rows}</p>'
        f"</div><h1>{escape(document['title'])}</h1><p>{escape(document['message'])}</p>"
        f'<div class="warn">{box}</div>{"".join(map(write_html_node, document["nodes"]))}</div>'
    )


def write_html_list(items: list[str], tag: str = "ul") -> str:
    """Return a list as HTML."""
    return f"<{tag}>" + "".join(f"<li>{escape(item)}</li>" for item in items) + f"</{tag}>"


def write_html_node(node: Document) -> str:
    """Return one node as HTML."""
    match node["kind"]:
        case "h2":
            return f"<h2>{escape(node['text'])}</h2>"
        case "p":
            return f"<p>{escape(node['text'])}</p>"
        case "ul" | "ol":
            return write_html_list(node["items"], node["kind"])
        case "tile":
            return f'<div class="tile">{write_html_image(node["frame"])}{escape(node["text"])}</div>'
        case "card":
            frames = "".join(map(write_html_image, node["frames"]))
            steps = write_html_list(node["steps"], "ol") if node["steps"] else ""
            words = "".join(f"<p>{escape(line)}</p>" for line in node["words"])
            title = escape(node["title"])
            return f'<div class="card"><div class="frames">{frames}</div><div><b>{title}</b>{steps}{words}</div></div>'
        case "table":
            head = "".join(f"<th>{escape(cell)}</th>" for cell in node["columns"])
            rows = "".join(
                "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in node["rows"]
            )
            return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        case "note":
            return f'<div class="note"><b>{escape(node["title"])}</b>{write_html_list(node["items"])}</div>'
        case _:
            return f'<p><img src="qr.svg" width="85" height="85" alt="QR symbol"> {escape(node["text"])}</p>'


def write_html_image(frame: Document) -> str:
    """Return a drawing as HTML."""
    return f'<img src="{frame["svg"]}" alt="{escape(frame["alt"])}">'


def open_reportlab(folder: Path) -> Make:
    """Return a function that builds documents with Platypus, drawings and QR symbol read once. Untagged: it has no tags."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import KeepTogether, PageBreak, Paragraph, SimpleDocTemplate, Table
    from svglib.svglib import svg2rlg

    for name in ("regular", "bold"):
        pdfmetrics.registerFont(TTFont(name, str(folder / "fonts" / f"rest-{name}.ttf")))
    pdfmetrics.registerFontFamily("regular", normal="regular", bold="bold", italic="regular", boldItalic="bold")
    body = ParagraphStyle("body", fontName="regular", fontSize=10.5, leading=14, spaceAfter=4)
    heading = ParagraphStyle("heading", parent=body, fontName="bold", fontSize=14, leading=18, keepWithNext=1)
    title = ParagraphStyle("title", parent=heading, fontSize=20, leading=24)
    drawings: dict[tuple[str, float], Any] = {}

    def load(name: str, height: float) -> Any:
        key = (name, height)
        if key not in drawings:
            drawing = svg2rlg(str(folder / name))
            scale = height / drawing.height
            drawing.width, drawing.height = drawing.width * scale, height
            drawing.scale(scale, scale)
            drawings[key] = drawing
        return copy(drawings[key])  # Platypus notes on a flowable that it was moved to a next page.

    def say(text: str, style: Any = body) -> Any:
        return Paragraph(escape(text), style)

    def flow(node: Document) -> list[Any]:
        match node["kind"]:
            case "h2":
                return [say(node["text"], heading)]
            case "p":
                return [say(node["text"])]
            case "ul" | "ol":
                return [Paragraph(escape(item), body, bulletText="•") for item in node["items"]]
            case "tile":
                return [Table([[load(node["frame"]["svg"], 44), say(node["text"])]], colWidths=[90, None])]
            case "card":
                words = [say(node["title"], heading), *map(say, node["steps"]), *map(say, node["words"])]
                frames = [load(frame["svg"], 60) for frame in node["frames"]]
                return [KeepTogether(Table([[frames, words]], colWidths=[190, 320]))]
            case "table":
                grid = [[say(cell) for cell in row] for row in [node["columns"], *node["rows"]]]
                return [Table(grid, repeatRows=1)]
            case "note":
                return [KeepTogether([say(node["title"], heading), *map(say, node["items"])])]
            case _:
                return [load("qr.svg", 85), say(node["text"])]

    def make(documents: list[Document]) -> bytes:
        story: list[Any] = []
        for document in documents:
            story += [PageBreak()] if story else []
            story += [*map(say, document["clinic"]), *(say(f"{label} {value}") for label, value in document["rows"])]
            story += [say(document["title"], title), say(document["message"])]
            for head, lead, items in document["box"].values():
                story += [
                    say(head, heading),
                    say(lead),
                    *(Paragraph(escape(item), body, bulletText="•") for item in items),
                ]
            story += [flowable for node in document["nodes"] for flowable in flow(node)]
        target = io.BytesIO()
        foot = documents[0]["foot"]

        def draw_foot(canvas: Any, template: Any) -> None:
            canvas.setFont("regular", 8)
            canvas.drawString(40, 30, f"{foot} · page {template.page}")

        SimpleDocTemplate(target, leftMargin=40, rightMargin=40, topMargin=40, bottomMargin=50).build(
            story, onFirstPage=draw_foot, onLaterPages=draw_foot
        )
        return target.getvalue()

    return make


OPENERS: dict[str, Callable[[Path], Make]] = {
    "typst": open_typst,
    "typst-untagged": lambda folder: open_typst(folder, tagged=False),
    "weasyprint": open_weasyprint,
    "reportlab": open_reportlab,
}
