"""Where the body's surface lies: how far a part reaches in a direction, and the places hands are laid on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import hypot
from typing import NamedTuple

from handouts.figure.body import Body, Girth
from handouts.figure.skeleton import SIDES, Skeleton, sign
from handouts.figure.vectors import Frame, Vector, add, blend, dot, place, scale, subtract, unit

DOWN: Vector = (0.0, -1.0, 0.0)

_SEGMENT_OF_JOINT = {
    "hip": "pelvis",
    "l5": "lumbar1",
    "l3": "lumbar2",
    "t12": "thoracic1",
    "t7": "thoracic2",
    "c7": "neck",
}
_NEXT_JOINT = {"hip": "l5", "l5": "l3", "l3": "t12", "t12": "t7", "t7": "c7", "c7": "ao"}


class Ring(NamedTuple):
    """A cross-section: its middle, its frame and its girth."""

    middle: Vector
    frame: Frame
    girth: Girth


class Place(NamedTuple):
    """A spot for a palm: a point on a surface, the surface's outward normal and where the fingers point."""

    point: Vector
    normal: Vector
    along: Vector


def reach_of(frame: Frame, girth: Girth, direction: Vector) -> float:
    """Return how far a cross-section extends in a direction (its support function)."""
    ahead, aside = dot(frame.forward, direction), dot(frame.right, direction)
    depth = girth.front if ahead > 0 else girth.back
    return hypot(depth * ahead, girth.side * aside)


def mean_frame(a: Frame, b: Frame) -> Frame:
    """Return a frame half way between two that do not differ much."""
    return Frame(*(unit(add(x, y), x) for x, y in zip(a, b, strict=True)))


def torso_rings(skeleton: Skeleton, body: Body) -> list[Ring]:
    """Return the cross-sections of the trunk from the hips to the neck."""
    rings = []
    previous = skeleton.frames["pelvis"]
    for joint, share, girth in body.torso:
        frame = skeleton.frames[_SEGMENT_OF_JOINT[joint]]
        if joint == "c7":
            frame = skeleton.frames["thoracic2"]
        middle = skeleton.joints[joint]
        if share:
            middle = blend(middle, skeleton.joints[_NEXT_JOINT[joint]], share)
        rings.append(Ring(middle, mean_frame(previous, frame) if not share else frame, girth))
        previous = frame
    return rings


def _limb_rings(skeleton: Skeleton, body: Body, part: str) -> Iterator[Ring]:
    side, _, name = part.partition(" ")
    tables = {
        "thigh": (body.thigh, "hip", "knee"),
        "shank": (body.shank, "knee", "ankle"),
        "upper arm": (body.upper_arm, "shoulder", "elbow"),
        "forearm": (body.forearm, "elbow", "wrist"),
    }
    stations, start, end = tables[name]
    for share, girth in stations:
        middle = blend(skeleton.joints[f"{side} {start}"], skeleton.joints[f"{side} {end}"], share)
        yield Ring(middle, skeleton.frames[f"{side} {name}"], girth)


def _points_of(skeleton: Skeleton, body: Body, part: str) -> Iterator[tuple[Vector, float]]:
    """Yield (point, reach downwards) of one part of the body."""
    side, _, name = part.partition(" ")
    joints = skeleton.joints
    if name == "foot":
        for joint in ("heel", "toe"):
            yield joints[f"{side} {joint}"], 0.0
        instep = place(joints[f"{side} toe"], skeleton.frames[f"{side} foot"], (-1.5, 2.0, 0.0))
        yield instep, 0.0
    elif name == "knee":
        yield joints[part], body.thigh[-1].girth.front
    elif name == "hand":
        for joint in ("wrist", "knuckle", "tip"):
            yield joints[f"{side} {joint}"], 1.2
    elif name == "elbow":
        yield joints[part], 2.2
    elif part == "head":
        yield joints["head"], 5.6
    elif name in ("thigh", "shank", "upper arm", "forearm"):
        for ring in _limb_rings(skeleton, body, part):
            yield ring.middle, reach_of(ring.frame, ring.girth, DOWN)
    else:
        rings = torso_rings(skeleton, body)
        chosen = {"buttocks": rings[:1], "shoulders": rings[4:6], "hips": rings[:2], "belly": rings[1:4]}
        for ring in chosen.get(part, rings):
            yield ring.middle, reach_of(ring.frame, ring.girth, DOWN)
        if part in ("buttocks", "trunk"):
            yield joints["hip"], 6.5


PAIRS = {
    "feet": "foot",
    "knees": "knee",
    "hands": "hand",
    "elbows": "elbow",
    "forearms": "forearm",
    "thighs": "thigh",
    "shins": "shank",
}
_LIMB_PARTS = ("foot", "knee", "hand", "elbow", "forearm", "thigh", "shank")
_TRUNK_PARTS = ("trunk", "buttocks", "shoulders", "hips", "belly", "head")
PARTS = (*_TRUNK_PARTS, *(f"{side} {name}" for side in SIDES for name in _LIMB_PARTS))


def lowest_point(skeleton: Skeleton, body: Body, part: str) -> float:
    """Return the height of the lowest point of a part (or pair of parts) of the body."""
    parts = [f"{side} {PAIRS[part]}" for side in SIDES] if part in PAIRS else [part]
    return min(point[1] - reach for one in parts for point, reach in _points_of(skeleton, body, one))


def heading_of(skeleton: Skeleton) -> Vector:
    """Return the horizontal direction in which the person faces, or points the feet when lying."""
    frame = skeleton.frames["pelvis"]
    flat = (frame.forward[0], 0.0, frame.forward[2])
    if dot(flat, flat) < 0.1:
        flat = (frame.up[0], 0.0, frame.up[2])
        if frame.forward[1] > 0:
            flat = scale(flat, -1.0)
    return unit(flat)


def _place_on_limb(skeleton: Skeleton, body: Body, spot: str, side: str, hand: str) -> Place:
    segment, start, end, share, girths = {
        "thigh": ("thigh", "hip", "knee", 0.66, body.thigh),
        "knee": ("thigh", "hip", "knee", 0.98, body.thigh),
        "shin": ("shank", "knee", "ankle", 0.2, body.shank),
        "ankle": ("shank", "knee", "ankle", 0.9, body.shank),
    }[spot]
    frame = skeleton.frames[f"{side} {segment}"]
    middle = blend(skeleton.joints[f"{side} {start}"], skeleton.joints[f"{side} {end}"], share)
    girth = girths[-1 if spot in ("knee", "ankle") else 0].girth
    lateral = scale(frame.right, sign(hand) * 1.6)
    top = frame.forward
    to_shoulder = subtract(skeleton.joints[f"{hand} shoulder"], middle)
    across = unit(add(to_shoulder, frame.up, -dot(to_shoulder, frame.up)), top)
    if dot(across, top) < 0.5:  # A leg turned out has its front to the side: the hand lies on what is up.
        top, lateral = across, (0.0, 0.0, 0.0)
    depth = reach_of(frame, girth, top) * (0.85 if spot == "thigh" else 1.0)
    return Place(add(add(middle, top, depth), lateral), top, scale(frame.up, -1.0))


def _place_behind_limb(skeleton: Skeleton, body: Body, spot: str, side: str, hand: str) -> Place:
    segment, start, end, share = {
        "thigh": ("thigh", "hip", "knee", 0.74),
        "knee": ("thigh", "hip", "knee", 0.9),
        "shin": ("shank", "knee", "ankle", 0.3),
    }[spot]
    frame = skeleton.frames[f"{side} {segment}"]
    middle = blend(skeleton.joints[f"{side} {start}"], skeleton.joints[f"{side} {end}"], share)
    point = add(add(middle, frame.forward, -4.0), frame.right, sign(hand) * 3.4)
    medial = scale(frame.right, -sign(hand))
    return Place(point, scale(frame.forward, -1.0), unit(add(medial, frame.up, 0.5)))


_TRUNK_SPOTS: Mapping[str, tuple[int, str, float]] = {
    "belly": (2, "front", 2.0),
    "chest": (4, "front", 1.5),
    "lower back": (1, "back", 4.5),
    "hips": (1, "back", 5.5),
}


def _place_on_trunk(skeleton: Skeleton, body: Body, spot: str, hand: str) -> Place:
    index, face, lateral = _TRUNK_SPOTS[spot]
    ring = torso_rings(skeleton, body)[index]
    s = sign(hand)
    if face == "front":
        normal = ring.frame.forward
        point = place(ring.middle, ring.frame, (ring.girth.front, 0.0, s * lateral))
        # The fingers go on from the forearm: down the belly, up the chest.
        return Place(
            point, normal, unit(add(scale(ring.frame.right, -0.9 * s), ring.frame.up, 0.4 if spot == "chest" else -0.4))
        )
    normal = scale(ring.frame.forward, -1.0)
    point = place(ring.middle, ring.frame, (-ring.girth.back, 0.0, s * lateral))
    return Place(point, normal, unit(add(scale(ring.frame.up, -1.0), ring.frame.right, -0.5 * s)))


LIMB_SPOTS = ("thigh", "knee", "shin", "ankle")
TRUNK_SPOTS = tuple(_TRUNK_SPOTS)


def find_place(skeleton: Skeleton, body: Body, where: str, hand: str) -> Place:
    """Return the place on the body that ``where`` names, such as ``behind right thigh`` or ``on belly``.

    Raises KeyError for a place that is not known.
    """
    preposition, _, rest = where.partition(" ")
    side, _, spot = rest.partition(" ")
    if rest.removesuffix("s") in LIMB_SPOTS:
        side, spot = hand, rest.removesuffix("s")
    if side in SIDES and spot in LIMB_SPOTS:
        if preposition == "behind":
            return _place_behind_limb(skeleton, body, spot, side, hand)
        return _place_on_limb(skeleton, body, spot, side, hand)
    return _place_on_trunk(skeleton, body, rest, hand)
