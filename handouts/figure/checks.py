"""Soundness of figures: joint ranges, contacts, floors and frames."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.diagnostics import Collector, ContentError, Diagnostic
from handouts.figure.angles import Ranges, measure_angles
from handouts.figure.clearance import lies_on_body
from handouts.figure.library import DEFAULT_PERSON, Figures
from handouts.figure.pose import SolvedFrame
from handouts.figure.shapes import Drawing
from handouts.figure.solids import find_penetrations, list_blocks
from handouts.figure.specification import FigureSpec
from handouts.figure.specification import Path as DataPath
from handouts.figure.surfaces import lowest_point
from handouts.figure.vocabulary import bare_joint
from handouts.source.document import Document

FLOAT = 1.0
"""Hundredths of the body height by which a contact may float or sink."""
MOST_CURVES = 120
_PARTS = (
    "trunk",
    "head",
    *(f"{side} {name}" for side in ("left", "right") for name in ("foot", "knee", "hand", "elbow", "thigh", "shank")),
)

Found = Iterator[tuple[str, str, DataPath, str]]


def _check_ranges(solved: SolvedFrame, ranges: Ranges) -> Found:
    spec = solved.spec
    for (joint, movement), value in measure_angles(solved.skeleton).items():
        low, high = ranges.get((bare_joint(joint), movement), (-360.0, 360.0))
        if low <= value <= high:
            continue
        path = spec.angle_paths.get(f"{joint} {movement}", spec.path)
        given = f"{joint} {movement}" in spec.angle_paths
        message = f"{joint}: {movement} {value:.0f}° is out of range, {low:.0f}° to {high:.0f}°"
        hint = "" if given else "the contacts of this frame bend it that far: move them or the pose"
        yield "figure-joint-range", message, path, hint


def _check_contacts(solved: SolvedFrame) -> Found:
    for miss in solved.misses:
        contact = miss.contact
        message = f"{contact.part} cannot be '{contact.where}': {miss.gap:.1f}% of the body height are missing"
        yield (
            "figure-contact-missed",
            message,
            contact.path or solved.spec.path,
            f"let it go with '{contact.part}: free', or bend the joints nearer to it"
            if contact.where == "stays"
            else "bend the joints nearer to it, or move the place",
        )
    if not solved.spec.support:
        yield (
            "figure-no-support",
            "nothing carries the person",
            solved.spec.path,
            "add 'support: {feet: floor}', for example",
        )
    for part, surface in solved.spec.support:
        gap = lowest_point(solved.skeleton, solved.body, part) - solved.surfaces[surface]
        if abs(gap) > FLOAT:
            word = "floats above" if gap > 0 else "sinks into"
            yield (
                "figure-floating",
                f"{part} {word} the {surface} by {abs(gap):.1f}% of the body height",
                (*solved.spec.path, "support"),
                "",
            )
    for contact in solved.spec.contacts:
        yield from _check_rest(solved, contact.part, contact.where, contact.path)


def _check_rest(solved: SolvedFrame, part: str, where: str, path: DataPath) -> Found:
    side, _, name = part.partition(" ")
    surface = where.partition(" ")[2]
    if surface not in solved.surfaces or name not in ("foot", "heel", "toes", "shin", "hand", "forearm"):
        return
    whole = {"heel": "foot", "toes": "foot", "shin": "shank"}.get(name, name)
    gap = lowest_point(solved.skeleton, solved.body, f"{side} {whole}") - solved.surfaces[surface]
    if name not in ("hand", "forearm") and abs(gap) > FLOAT:
        word = "floats above" if gap > 0 else "sinks into"
        yield "figure-floating", f"{part} {word} the {surface} by {abs(gap):.1f}% of the body height", path, ""


def _find_ground(solved: SolvedFrame) -> float:
    """Return the height of the floor: below the edge of a bed when feet may hang over it."""
    depths = [
        float(prop.numbers.get("thick", 8.0))
        for prop in solved.spec.props
        if prop.kind == "bed" and "edge" in prop.numbers
    ]
    return -max(depths, default=0.0)


def _check_floor(solved: SolvedFrame) -> Found:
    ground = _find_ground(solved)
    for part in _PARTS:
        depth = ground - lowest_point(solved.skeleton, solved.body, part)
        if depth > FLOAT:
            path = next((contact.path for contact in solved.spec.contacts if contact.part == part), solved.spec.path)
            yield (
                "figure-below-floor",
                f"{part} lies {depth:.1f}% of the body height below the floor",
                path,
                "bend it less, or add a contact",
            )


def _check_furniture(solved: SolvedFrame) -> Found:
    for prop in solved.spec.props:
        for block in list_blocks(prop, solved.surfaces):
            for part, depth in find_penetrations(solved.skeleton, solved.body, block).items():
                yield (
                    "figure-in-furniture",
                    f"{part} goes {depth:.1f}% of the body height into the {block.name}",
                    solved.spec.path,
                    f"move the {block.name} with 'at', change the pose, or say with 'anchor' what keeps its place",
                )


def count_curves(drawing: Drawing) -> int:
    """Return the number of curve segments of a drawing."""
    return sum(segment.kind == "C" for shape in drawing.shapes for segment in shape.segments)


def _check_drawings(spec: FigureSpec, drawings: tuple[Drawing, ...]) -> Found:
    for frame, drawing in zip(spec.frames, drawings, strict=True):
        if (count := count_curves(drawing)) > MOST_CURVES:
            yield (
                "figure-too-fine",
                f"{count} curves are more than {MOST_CURVES}",
                frame.path,
                "leave out a prop or an arrow",
            )

        if frame.arrows and lies_on_body(drawing.shapes):
            yield (
                "figure-arrow-on-body",
                "an arrow lies on the body, and there is no room beside it",
                (*frame.path, "arrows"),
                "start it elsewhere: 'by' moves it away from its joint",
            )


def check_figure(figures: Figures, figure_id: str, person: str = DEFAULT_PERSON) -> list[Diagnostic]:
    """Return everything that is wrong with a figure, with the place in its file; an empty list when it is sound.

    A picture that a clinic brought has no pose; its files are read.
    """
    if not figures.is_drawn(figure_id):
        return figures.check_own(figure_id)
    collector = Collector()
    try:
        read = figures.read(figure_id, collector)
    except ContentError as error:  # a base pose is wrong
        return list(error.diagnostics)
    if read is None or collector.errors:
        return list(collector)
    spec, document = read
    ranges = figures.ranges()
    for solved in figures.solve(figure_id, person):
        for found in (
            _check_ranges(solved, ranges),
            _check_contacts(solved),
            _check_floor(solved),
            _check_furniture(solved),
        ):
            collector.extend(_place(document, item) for item in found)
    collector.extend(
        _place(document, item) for item in _check_drawings(spec, figures.frames(figure_id, "both", person))
    )
    return list(dict.fromkeys(collector))


def _place(document: Document, found: tuple[str, str, DataPath, str]) -> Diagnostic:
    rule, message, path, hint = found
    return Diagnostic(rule, message, document.span(path), hint=hint)


def check_all(figures: Figures) -> list[Diagnostic]:
    """Return everything that is wrong with any figure."""
    return [diagnostic for figure_id in figures.ids() for diagnostic in check_figure(figures, figure_id)]
