"""Joint angles read back from a solved skeleton, in neutral-zero degrees."""

from __future__ import annotations

from math import asin, atan2, degrees, hypot
from pathlib import Path

from handouts.diagnostics import Collector, ContentError
from handouts.figure.skeleton import SIDES, Skeleton, sign
from handouts.figure.vectors import Frame, dot, pitch, tilt
from handouts.source.document import read_document

BENT = 0.94  # cosine of twenty degrees
Ranges = dict[tuple[str, str], tuple[float, float]]

_SPINE = {
    "lumbar": ("pelvis", "lumbar2"),
    "thoracic": ("lumbar2", "thoracic2"),
    "neck": ("thoracic2", "head"),
}


def _within(value: float) -> float:
    return max(-1.0, min(1.0, value))


def _measure_spine(low: Frame, high: Frame) -> dict[str, float]:
    return {
        "flexion": degrees(atan2(dot(high.up, low.forward), dot(high.up, low.up))),
        "bend": degrees(asin(_within(dot(high.up, low.right)))),
        "turn": degrees(atan2(dot(high.forward, low.right), dot(high.forward, low.forward))),
    }


def _measure_ball(trunk: Frame, limb: Frame, side: str) -> dict[str, float]:
    """Return flexion and abduction of a limb; one that points far to the side has no flexion worth the name."""
    ahead, down, aside = -dot(limb.up, trunk.forward), dot(limb.up, trunk.up), -dot(limb.up, trunk.right)
    measured = {"abduction": degrees(asin(_within(sign(side) * aside)))}
    if hypot(ahead, down) > 0.35:
        flexion = degrees(atan2(ahead, down))
        # An arm overhead that passes the vertical goes on from 180 and does not come round from behind.
        measured["flexion"] = flexion + 360.0 if flexion < -120.0 else flexion
    return measured


def measure_rotation(trunk: Frame, limb: Frame, side: str) -> float | None:
    """Return by how much a limb is turned about its own axis, outwards positive; None for one far to the side."""
    swing = _measure_ball(trunk, limb, side)
    if "flexion" not in swing:
        return None
    frame = tilt(pitch(trunk, swing["flexion"]), -sign(side) * swing["abduction"])
    return sign(side) * degrees(atan2(dot(limb.forward, frame.right), dot(limb.forward, frame.forward)))


def _measure_hinge(upper: Frame, lower: Frame, folds_forward: bool) -> float:
    angle = degrees(atan2(-dot(lower.up, upper.forward), dot(lower.up, upper.up)))
    return angle if folds_forward else -angle


def measure_angles(skeleton: Skeleton) -> dict[tuple[str, str], float]:
    """Return (joint, movement) → degrees for the spine and the large joints of the limbs."""
    frames = skeleton.frames
    found: dict[tuple[str, str], float] = {}
    for joint, (low, high) in _SPINE.items():
        for movement, value in _measure_spine(frames[low], frames[high]).items():
            found[(joint, movement)] = value
    for side in SIDES:
        for joint, trunk, limb in (("hip", "pelvis", "thigh"), ("shoulder", "thoracic2", "upper arm")):
            swing = _measure_ball(frames[trunk], frames[f"{side} {limb}"], side)
            for movement, value in swing.items():
                found[(f"{side} {joint}", movement)] = value
            # Only a bent knee or elbow shows how the limb above it is turned.
            lower = frames[f"{side} {'shank' if limb == 'thigh' else 'forearm'}"]
            twist = measure_rotation(frames[trunk], frames[f"{side} {limb}"], side)
            if twist is not None and dot(frames[f"{side} {limb}"].up, lower.up) < BENT:
                found[(f"{side} {joint}", "rotation")] = twist
        found[(f"{side} knee", "flexion")] = _measure_hinge(frames[f"{side} thigh"], frames[f"{side} shank"], False)
        elbow = _measure_hinge(frames[f"{side} upper arm"], frames[f"{side} forearm"], True)
        found[(f"{side} elbow", "flexion")] = elbow
        shank, foot = frames[f"{side} shank"], frames[f"{side} foot"]
        found[(f"{side} ankle", "flexion")] = degrees(
            atan2(dot(foot.forward, shank.up), dot(foot.forward, shank.forward))
        )
    return found


def read_ranges(path: Path) -> Ranges:
    """Return (joint without side, movement) → (lowest, highest) in degrees; ContentError when the file is wrong."""
    collector = Collector()
    document = read_document(path, collector)
    collector.raise_errors(ContentError)
    assert document is not None
    ranges: Ranges = {}
    for name, (low, high) in document.data.items():
        joint, _, movement = name.rpartition(" ")
        ranges[(joint, movement)] = (float(low), float(high))
    return ranges
