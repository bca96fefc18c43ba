"""A plan as a plain list of things to print, so that every peer prints the same words and the same drawings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from handouts.figure.shapes import Drawing
from handouts.figure.svg import write_svg
from handouts.layout.sheet import Sheet
from handouts.pipeline import Pipeline
from handouts.qr import make_symbol
from handouts.tailor import plan as plans

Node = dict[str, Any]


class Drawings:
    """Writes each drawing once as SVG and gives its name; a peer reads the file, or the drawing itself."""

    def __init__(self, pipeline: Pipeline, folder: Path) -> None:
        self.figures = pipeline.figures
        self.folder = folder
        self.known: dict[str, tuple[Drawing, Any]] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def name_frames(self, use: plans.FigureUse, person: str, edition: str) -> list[Node]:
        """Return a node for each frame of a figure."""
        nodes = []
        frames = self.figures.frames(use.id, use.side if use.side != "both" else (use.first or "both"), person)
        for number, drawing in enumerate(frames):
            name = f"{use.id}-{use.side}-{use.first}-{person}-{edition}-{number}.svg"
            if name not in self.known:
                palette = self.figures.palette(person, edition)
                self.known[name] = (drawing, palette)
                (self.folder / name).write_text(write_svg(drawing, palette), encoding="utf-8")
            alt = use.alt[min(number, len(use.alt) - 1)]
            nodes.append({"svg": name, "alt": alt, "width": drawing.width, "height": drawing.height})
        return nodes

    def write_symbol(self, address: str) -> None:
        """Write the QR symbol of an address as ``qr.svg``."""
        rows = make_symbol(address)
        path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
        size = len(rows)
        text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="90" height="90"><path d="{path}"/></svg>'
        (self.folder / "qr.svg").write_text(text, encoding="utf-8")


def write_neutral(plan: plans.Plan, sheet: Sheet, drawings: Drawings) -> Node:
    """Return what a sheet prints: people, clinic, foot, and nodes in order."""
    person = plan.person
    rows = [("For", person.name if person else ""), ("Date", plan.date_words)]
    if person:
        more = (("Born", person.date_of_birth), ("Reference", person.reference), ("Seen by", person.seen_by))
        rows += [(label, value) for label, value in (*more, ("Next visit", person.next_visit)) if value]
    nodes: list[Node] = []
    for part in plan.parts:
        if part.id not in sheet.left_out:
            nodes += list_part(plan, part, drawings)
    clinic = plan.clinic
    return {
        "title": plan.title,
        "message": " ".join(plain(item.text) for item in plan.message),
        "clinic": [clinic.name, ", ".join(clinic.address), clinic.phone],
        "website": clinic.website,
        "rows": rows,
        "foot": f"Sheet {plan.sheet_id} · content {plan.content_version} · {plan.reviewed}",
        "box": {
            "now": [plain(plan.red_flags.now.title), plain(plan.red_flags.now.lead or ""), texts(plan.red_flags.now.items)],
            "today": [plain(plan.red_flags.today.title), plain(plan.red_flags.today.lead or ""),
                      [*texts(plan.red_flags.today.items), plain(plan.red_flags.last.text)]],
        },
        "nodes": nodes,
    }  # fmt: skip


def plain(text: str) -> str:
    """Return words without the marks of bold."""
    return text.replace("**", "")


def texts(items: tuple[plans.Statement, ...]) -> list[str]:
    """Return the words of statements."""
    return [plain(item.text) for item in items]


def list_part(plan: plans.Plan, part: plans.Part, drawings: Drawings) -> list[Node]:
    """Return the nodes of one part of the handout."""
    look = (plan.figure_person, "low-ink" if plan.edition == "low-ink" else "standard")
    nodes: list[Node] = []
    if part.kind == "red-flags":
        return []
    if part.title:
        nodes.append({"kind": "h2", "text": part.title})
    if part.lead:
        nodes.append({"kind": "p", "text": plain(part.lead.text)})
    if part.kind == "plan":
        for card in plan.exercises:
            frames = drawings.name_frames(card.figure, *look)
            nodes.append(
                {"kind": "tile", "frame": frames[min(1, len(frames) - 1)], "text": f"{card.title}: {card.dose.short}"}
            )
        if plan.person and plan.person.goal:
            nodes.append({"kind": "p", "text": f"Goal: {plan.person.goal}"})
    elif part.kind == "exercises":
        nodes += [list_card(card, drawings.name_frames(card.figure, *look)) for card in plan.exercises]
    elif part.kind == "sleep":
        for item in plan.sleep:
            words = [plain(item.lead.text)] if item.lead else []
            words += texts(item.steps) + texts(tuple(one for one in (item.stop, item.easier) if one))
            nodes.append(
                {
                    "kind": "card",
                    "title": item.title,
                    "frames": drawings.name_frames(item.figure, *look),
                    "steps": words,
                    "words": [],
                }
            )
    elif part.kind == "tick-chart" and plan.exercises:
        rows = [[card.title, *[""] * 14] for card in plan.exercises]
        nodes.append({"kind": "table", "columns": ["Move", *[str(day) for day in range(1, 15)]], "rows": rows})
    elif part.kind == "notes" and plan.person:
        nodes += [{"kind": "p", "text": line} for line in plan.person.notes]
    elif part.kind == "link":
        nodes.append({"kind": "link", "text": plan.clinic.short_address})
    elif part.kind == "sources":
        nodes.append({"kind": "p", "text": "; ".join(line.text for line in plan.sources)})
    for block in part.blocks:
        nodes += list_block(block, look, drawings)
    return nodes


def list_card(card: plans.ExerciseCard, frames: list[Node]) -> Node:
    """Return an exercise as one node."""
    words = [" · ".join(card.dose.words), plain(card.feel.text), *texts(card.stop), plain(card.easier.text)]
    words += [plain(card.caution.text)] if card.caution else []
    return {"kind": "card", "title": card.title, "frames": frames, "steps": texts(card.steps), "words": words}


def list_block(block: plans.ContentBlock, look: tuple[str, str], drawings: Drawings) -> list[Node]:
    """Return the nodes of one block of a section."""
    match block:
        case plans.Paragraph():
            return [{"kind": "p", "text": plain(block.statement.text)}]
        case plans.BulletList():
            lead = [{"kind": "p", "text": plain(block.lead)}] if block.lead else []
            return [*lead, {"kind": "ul", "items": texts(block.items)}]
        case plans.StepList():
            return [{"kind": "ol", "items": texts(block.items)}]
        case plans.Table():
            return [
                {
                    "kind": "table",
                    "columns": list(block.columns),
                    "rows": [[plain(c) for c in row.cells] for row in block.rows],
                }
            ]
        case plans.Timeline():
            return [{"kind": "ul", "items": [f"{plain(p.label)}: {plain(p.statement.text)}" for p in block.points]}]
        case plans.Pairs():
            return [node for pair in block.pairs for node in list_pair(pair, look, drawings)]
        case plans.Note():
            return [{"kind": "note", "title": plain(block.title), "items": texts(block.items)}]
        case plans.Questions():
            return [
                node
                for item in block.items
                for node in (
                    {"kind": "p", "text": plain(item.question), "bold": True},
                    {"kind": "p", "text": plain(item.answer.text)},
                )
            ]
        case plans.FigureBlock():
            return [{"kind": "card", "title": plain(block.caption), "frames": drawings.name_frames(block.figure, *look),
                     "steps": [], "words": []}]  # fmt: skip


def list_pair(pair: plans.Pair, look: tuple[str, str], drawings: Drawings) -> list[Node]:
    """Return a pair of ways as one node."""
    frames = [
        frame for use in (pair.figure_easier, pair.figure_harder) if use for frame in drawings.name_frames(use, *look)
    ]
    words = [f"Easier: {plain(pair.easier)}", f"Harder: {plain(pair.harder)}"]
    return [{"kind": "card", "title": plain(pair.topic), "frames": frames, "steps": [], "words": words}]
