"""Poses are solved frame by frame: angles first, then the support, then contacts from the feet to the hands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import fsum

from handouts.dataclass import dataclass
from handouts.figure.body import ANKLE_HEIGHT, Body, shift_waist
from handouts.figure.contacts import Miss, solve_arm, solve_leg
from handouts.figure.skeleton import SIDES, Skeleton, grow_skeleton, grow_spine, sign
from handouts.figure.solids import list_blocks
from handouts.figure.specification import Contact, FigureSpec, FrameSpec, Prop
from handouts.figure.surfaces import Place, heading_of, lowest_point, torso_rings
from handouts.figure.vectors import Vector, subtract

SURFACES: Mapping[str, float] = {
    "floor": 0.0,
    "mat": 0.0,
    "bed": 0.0,
    "seat": 23.5,
    "step": 8.0,
    "worktop": 52.0,
    "table": 42.0,
    "box": 14.0,
    "blanket": 3.5,
}
HEAD_DEPTH = 5.6
PILLOW_SINK = 0.8
HAND_EDGE, FOOT_EDGE = (3.5, 6.0), (3.7, 11.5)
"""How far from the near and the far edge of a thing a wrist and an ankle come to lie at least."""
_HEIGHT_OF = {
    "blanket": "blanket",
    "box": "box",
    "chair": "seat",
    "stool": "seat",
    "step": "step",
    "worktop": "worktop",
    "table": "table",
}


@dataclass(frozen=True, slots=True)
class SolvedFrame:
    """A frame whose joints all have a place, with the contacts that could not be met."""

    spec: FrameSpec
    skeleton: Skeleton
    misses: tuple[Miss, ...]
    surfaces: Mapping[str, float]
    body: Body


def surface_heights(props: tuple[Prop, ...]) -> dict[str, float]:
    """Return the heights of the surfaces in a frame, as its props set them."""
    heights = dict(SURFACES)
    for prop in props:
        name = _HEIGHT_OF.get(prop.kind)
        if name and "height" in prop.numbers:
            heights[name] = float(prop.numbers["height"])
        if prop.kind == "pillow" and "at" in prop.numbers:
            heights["pillow"] = float(prop.numbers["at"][1]) + float(prop.numbers.get("thick", 6.0)) / 2
    return heights


def _find_surface(
    skeleton: Skeleton, body: Body, contact: Contact, heights: Mapping[str, float], frame: FrameSpec
) -> Place | None:
    """Return the place on a thing (not on the body) where a hand or forearm is laid, or None."""
    side = contact.part.partition(" ")[0]
    preposition, _, thing = contact.where.partition(" ")
    shoulder = skeleton.joints[f"{side} shoulder"]
    ahead = heading_of(skeleton)
    if skeleton.frames["pelvis"].forward[1] > 0.5:
        ahead = tuple(-value for value in skeleton.frames["thoracic2"].up)  # type: ignore[assignment]
    if thing == "wall":
        wall = next((float(prop.numbers["at"]) for prop in frame.props if prop.kind == "wall"), 30.0)
        y = contact.at[0] if contact.at else shoulder[1]
        return Place((wall, y, shoulder[2]), (-1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
    if thing == "seat" and not contact.at:
        hip = skeleton.joints["hip"]
        edge = torso_rings(skeleton, body)[0].girth.side + 0.6
        return Place(
            (hip[0] + 1.5, heights["seat"] - 0.4, hip[2] + sign(side) * edge), (0.0, 1.0, 0.0), (0.94, -0.34, 0.0)
        )
    if preposition in ("holding", "at"):
        return _find_grip(contact, shoulder)
    if thing not in heights:
        return None
    # Without a place the heel of the hand comes to lie below the shoulder, or on the thing's edge.
    x = contact.at[0] if contact.at else _keep_on(frame, heights, thing, shoulder[0] + 4.0 * ahead[0], HAND_EDGE)
    z = contact.at[1] * sign(side) if len(contact.at) > 1 else shoulder[2]
    return Place((x, heights[thing], z), (0.0, 1.0, 0.0), ahead)


def _keep_on(frame: FrameSpec, heights: Mapping[str, float], thing: str, x: float, edges: tuple[float, float]) -> float:
    """Return the place nearest to x that lies on a thing of the frame, away from its edges; x on what has none."""
    for prop in frame.props:
        if _HEIGHT_OF.get(prop.kind) == thing and (blocks := list_blocks(prop, heights)):
            low, high = blocks[-1].low[0] + edges[0], blocks[-1].high[0] - edges[1]
            return min(max(x, low), high) if low < high else (low + high) / 2
    return x


def _find_grip(contact: Contact, shoulder: Vector) -> Place | None:
    if not contact.at:
        return None
    side = sign(contact.part.partition(" ")[0])
    point = (contact.at[0], contact.at[1], contact.at[2] * side if len(contact.at) > 2 else shoulder[2] * 0.5)
    along = subtract(point, shoulder)
    size = max(fsum(value * value for value in along) ** 0.5, 1e-6)
    along = (along[0] / size, along[1] / size, along[2] / size)
    return Place(point, (0.0, 0.0, side), along)


def _stand(skeleton: Skeleton, body: Body, frame: FrameSpec, heights: Mapping[str, float]) -> None:
    """Move the person up or down until every supported part lies on its surface."""
    if not frame.support:
        return
    standing = {contact.part for contact in frame.contacts if contact.part.endswith(" foot")}

    def sole_of(part: str) -> float:
        # A foot that stands will be flat, whatever its ankle says before it is solved.
        feet = [f"{side} foot" for side in SIDES] if part == "feet" else [part]
        if not standing.issuperset(feet):
            return lowest_point(skeleton, body, part)
        return min(skeleton.joints[foot.replace("foot", "ankle")][1] for foot in feet) - ANKLE_HEIGHT

    lift = max(heights[surface] - sole_of(part) for part, surface in frame.support)
    skeleton.shift((0.0, lift, 0.0))


_ANCHORS = {"shoulders": "c7", "buttocks": "hip", "knees": "right knee", "feet": "right ankle"}


def _find_anchor(frame: FrameSpec) -> str:
    """Return the joint that keeps its place: of two feet or knees the one that stays, should only one do so."""
    anchor = _ANCHORS.get(frame.anchor, frame.anchor)
    if frame.anchor in ("feet", "knees"):
        stay = {contact.part.partition(" ")[0] for contact in frame.contacts if contact.where == "stays"}
        if stay & set(SIDES) == {"left"}:
            return anchor.replace("right", "left")
    return anchor


def _hold_place(skeleton: Skeleton, frame: FrameSpec, first: Skeleton | None) -> None:
    anchor = _find_anchor(frame)
    x, _, z = skeleton.joints[anchor]
    goal = first.joints[anchor] if first is not None else (x - skeleton.joints["hip"][0], 0.0, z)
    if frame.place is not None:
        goal = (frame.place, 0.0, goal[2])
    skeleton.shift((goal[0] - x, 0.0, goal[2] - z))


def _rest_head(skeleton: Skeleton, frame: FrameSpec, height: float) -> None:
    """Bend the neck until the back (or side) of the head lies at a height."""
    low, high = -45.0, 60.0
    angles = dict(frame.angles)
    start = angles.get(("neck", "flexion"), 0.0)

    def try_angle(extra: float) -> float:
        angles[("neck", "flexion")] = start + extra
        grow_spine(skeleton, angles)
        return skeleton.joints["head"][1] - HEAD_DEPTH - height

    rising = try_angle(high) > try_angle(low)
    for _ in range(14):
        middle = (low + high) / 2
        if (try_angle(middle) > 0) == rising:
            high = middle
        else:
            low = middle


def solve_frame(frame: FrameSpec, body: Body, first: Skeleton | None, before: Skeleton | None) -> SolvedFrame:
    """Return the frame with every joint in place.

    ``first`` is the skeleton of the figure's first frame, which fixes the place in the picture; ``before`` that of the
    frame before, where a hand or foot that stays has been.
    """
    body = shift_waist(body, frame.breath, frame.press)
    skeleton = grow_skeleton(frame.angles)
    heights = surface_heights(frame.props)
    _stand(skeleton, body, frame, heights)
    _hold_place(skeleton, frame, first)
    misses: list[Miss] = []
    ordered = sorted(
        frame.contacts,
        key=lambda item: (
            not item.part.endswith(("foot", "heel", "toes", "shin", "ankle")),
            item.part.endswith(("hand", "forearm")),
        ),
    )
    for contact in ordered:
        side, _, part = contact.part.partition(" ")
        if contact.part == "head":
            surface = contact.where.partition(" ")[2]
            if surface in heights:
                _rest_head(skeleton, frame, heights[surface] - (PILLOW_SINK if surface == "pillow" else 0.0))
            elif first is not None:
                _rest_head(skeleton, frame, first.joints["head"][1] - HEAD_DEPTH)
            continue
        if part in ("hand", "forearm"):
            thing = _find_surface(skeleton, body, contact, heights, frame)
            miss = solve_arm(skeleton, body, contact, thing, before)
        else:
            height = heights.get(contact.where.partition(" ")[2], 0.0)
            ankle = frame.angles.get((f"{side} ankle", "flexion"), 0.0)
            miss = solve_leg(skeleton, contact, height, before, ankle)
            x = skeleton.joints[f"{side} ankle"][0]
            on = _keep_on(frame, heights, contact.where.partition(" ")[2], x, FOOT_EDGE)
            if part == "foot" and not contact.at and abs(on - x) > 0.1:
                miss = solve_leg(skeleton, replace(contact, at=(on,)), height, before, ankle)
        if miss is not None:
            misses.append(miss)
    return SolvedFrame(frame, skeleton, tuple(misses), heights, body)


def solve_figure(figure: FigureSpec, body: Body) -> tuple[SolvedFrame, ...]:
    """Return all frames of a figure; later frames keep their place by the first."""
    solved: list[SolvedFrame] = []
    for frame in figure.frames:
        first, before = (solved[0].skeleton, solved[-1].skeleton) if solved else (None, None)
        solved.append(solve_frame(frame, body, first, before))
    return tuple(solved)


def mirror_skeleton(skeleton: Skeleton) -> Skeleton:
    """Return the mirror image through the body's middle plane: what was right is left.

    A reflection makes a right limb a left one, so joints and frames change their names with it.
    """

    def swap(name: str) -> str:
        side, _, rest = name.partition(" ")
        return f"{'left' if side == 'right' else 'right'} {rest}" if side in SIDES else name

    def flip(v: Vector) -> Vector:
        return (v[0], v[1], -v[2])

    mirrored = Skeleton({swap(name): flip(point) for name, point in skeleton.joints.items()})
    for name, frame in skeleton.frames.items():
        forward, up, right = (flip(axis) for axis in frame)
        mirrored.frames[swap(name)] = type(frame)(forward, up, (-right[0], -right[1], -right[2]))
    return mirrored
