"""Furniture as blocks in space: what is drawn of it, and what a body cannot go into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from handouts.figure.body import Body
from handouts.figure.limbs import girth_at
from handouts.figure.skeleton import SIDES, Skeleton
from handouts.figure.specification import Prop
from handouts.figure.surfaces import Ring, reach_of, torso_rings
from handouts.figure.vectors import Vector, blend, scale

AXES: tuple[Vector, Vector, Vector] = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
SOFT = 1.6
"""Hundredths of the body height by which flesh and cloth give way on a seat or at a wall."""

SOFTER = {"bed": 2.6, "couch": 4.0}
"""The same for what gives way itself."""

_HEAD_REACH, _HAND_REACH = 5.0, 0.6
_TALL = 200.0
_STANDS_AT = {
    "chair": 0.0,
    "stool": 0.0,
    "couch": 0.0,
    "wall": 30.0,
    "table": 30.0,
    "worktop": 30.0,
    "step": 20.0,
    "box": 20.0,
}
_STATIONS = (0.15, 0.35, 0.55, 0.75, 0.95)


class Block(NamedTuple):
    """An upright block between two corners, and what it is part of."""

    name: str
    low: Vector
    high: Vector


def _number(prop: Prop, key: str, otherwise: float) -> float:
    return float(prop.numbers.get(key, otherwise))


def list_blocks(prop: Prop, surfaces: Mapping[str, float]) -> list[Block]:
    """Return the blocks of a piece of furniture, the one that carries a person last; nothing for other things."""
    if prop.kind == "bed" and "edge" in prop.numbers:
        left, right = (float(value) for value in prop.numbers.get("from-to", (-_TALL, _TALL)))
        half, edge = _number(prop, "wide", 40.0) / 2, float(prop.numbers["edge"])
        return [Block("bed", (left, -_number(prop, "thick", 8.0), -half), (right, 0.0, edge))]
    if prop.kind not in _STANDS_AT:
        return []
    x = _number(prop, "at", _STANDS_AT[prop.kind])
    if prop.kind in ("chair", "stool"):
        top = surfaces["seat"]
        blocks = []
        if prop.kind == "chair":
            back = x + 14.0 if prop.numbers.get("turned") is True else x - 10.0
            blocks.append(Block("chair", (back, top - 2.2, -11.0), (back + 2.0, top + 27.0, 11.0)))
        return [*blocks, Block(prop.kind, (x - 10.0, top - 2.2, -12.0), (x + 14.0, top, 12.0))]
    if prop.kind in ("table", "worktop"):
        top, half = surfaces[prop.kind], _number(prop, "wide", 26.0) / 2
        blocks = [Block(prop.kind, (x - half, top - 2.4, -11.0), (x + half, top, 11.0))]
        if prop.kind == "worktop":
            blocks.insert(0, Block(prop.kind, (x - half + 2.0, 0.0, -10.0), (x + half, top - 2.4, 10.0)))
        return blocks
    if prop.kind == "couch":
        top = surfaces["seat"]
        rest = Block("couch", (x - 27.0, 1.5, -12.0), (x - 13.0, top + 24.0, 12.0))
        return [rest, Block("couch", (x - 20.0, 1.5, -12.0), (x + 18.0, top, 12.0))]
    if prop.kind in ("step", "box"):
        top = _number(prop, "height", surfaces.get(prop.kind, 10.0))
        half = _number(prop, "wide", 16.0) / 2
        return [Block(prop.kind, (x - half, _number(prop, "from", 0.0), -9.0), (x + half, top, 9.0))]
    thick = _number(prop, "thick", 3.0)
    return [Block("wall", (min(x, x + thick), 0.0, -15.0), (max(x, x + thick), _TALL, 15.0))]


def _cut_limbs(skeleton: Skeleton, body: Body, side: str) -> Iterator[tuple[str, Ring]]:
    """Yield cross-sections of the limbs of one side, close to each other."""
    joints, frames = skeleton.joints, skeleton.frames
    knee, elbow = body.thigh[-1]._replace(share=0.0), body.upper_arm[-1]._replace(share=0.0)
    for name, start, end, stations in (
        ("thigh", "hip", "knee", body.thigh),
        ("shank", "knee", "ankle", (knee, *body.shank)),
        ("upper arm", "shoulder", "elbow", body.upper_arm),
        ("forearm", "elbow", "wrist", (elbow, *body.forearm)),
    ):
        for share in _STATIONS:
            middle = blend(joints[f"{side} {start}"], joints[f"{side} {end}"], share)
            girth = girth_at(stations, min(share, stations[-1].share))
            yield f"{side} {name}", Ring(middle, frames[f"{side} {name}"], girth)


def _sample_body(skeleton: Skeleton, body: Body) -> Iterator[tuple[str, Vector, tuple[float, ...]]]:
    """Yield (part, middle, reach along each axis and against it) of many sections through the body."""
    rings = [("trunk", ring) for ring in torso_rings(skeleton, body)]
    for side in SIDES:
        rings += _cut_limbs(skeleton, body, side)
    for part, (middle, frame, girth) in rings:
        yield part, middle, tuple(reach_of(frame, girth, scale(axis, s)) for s in (1.0, -1.0) for axis in AXES)
    yield "head", skeleton.joints["head"], (_HEAD_REACH,) * 6
    for side in SIDES:
        for joint, part in (("heel", "foot"), ("toe", "foot"), ("knuckle", "hand")):
            yield f"{side} {part}", skeleton.joints[f"{side} {joint}"], (_HAND_REACH,) * 6


def find_penetrations(skeleton: Skeleton, body: Body, block: Block) -> dict[str, float]:
    """Return the parts of the body that go into a block by more than flesh gives way, and how deep."""
    found: dict[str, float] = {}
    for part, middle, reaches in _sample_body(skeleton, body):
        depth = min(
            min(middle[i] + reaches[i] - block.low[i], block.high[i] - middle[i] + reaches[i + 3]) for i in range(3)
        )
        if depth > SOFTER.get(block.name, SOFT):
            found[part] = max(found.get(part, 0.0), depth)
    return found
