"""A person's measures: segment lengths and the girth along them, in hundredths of the body height.

Lengths are the segment table of Drillis and Contini (1966) as printed in Winter, Biomechanics and Motor
Control of Human Movement (4th edition, figure 4.1): hip joint at 0.530 of the body height, knee 0.285,
ankle 0.039, shoulder 0.818, chin 0.870, upper arm 0.186, forearm 0.146, hand 0.108, foot 0.152. The
girths are our own drawing measures, checked against those heights.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from handouts.dataclass import dataclass
from handouts.figure.vectors import Vector

THIGH = 24.5
SHANK = 24.6
ANKLE_HEIGHT = 3.9
FOOT = 15.2
UPPER_ARM = 18.6
FOREARM = 14.6
PALM = 5.4
FINGERS = 5.0
HEAD_HEIGHT = 13.9
HIP_SIDE = 5.0
SHOULDER_SIDE = 10.1

HEEL_BACK = 3.7
TOE_FRONT = FOOT - HEEL_BACK

# Offsets (forward, up, right) of a joint from the one below it, in the frame of the segment between them.
SPINE: tuple[tuple[str, str, Vector], ...] = (
    ("l5", "pelvis", (-0.8, 5.0, 0.0)),
    ("l3", "lumbar1", (0.8, 4.5, 0.0)),
    ("t12", "lumbar2", (-0.3, 5.0, 0.0)),
    ("t7", "thoracic1", (-0.9, 7.0, 0.0)),
    ("c7", "thoracic2", (0.3, 10.4, 0.0)),
    ("ao", "neck", (1.6, 4.7, 0.0)),
    ("head", "head", (1.4, 4.0, 0.0)),
)
# The table's shoulder height is the tip of the shoulder blade; the joint lies a little below it.
SHOULDER_FROM_T7: Vector = (-0.2, 5.6, 0.0)


class Girth(NamedTuple):
    """How far the skin (or cloth) lies from a station on the bone line: in front, behind, to the side."""

    front: float
    back: float
    side: float


class Station(NamedTuple):
    """A girth at ``share`` of the way along a bone."""

    share: float
    girth: Girth


@dataclass(frozen=True, slots=True)
class Body:
    """The girths of one person. Every table runs from the trunk outwards or from the seat upwards.

    ``torso`` holds (joint or segment name, share to the next joint, girth).
    """

    torso: tuple[tuple[str, float, Girth], ...]
    thigh: tuple[Station, ...]
    shank: tuple[Station, ...]
    upper_arm: tuple[Station, ...]
    forearm: tuple[Station, ...]
    hand: tuple[Station, ...]
    neck: float
    pregnant: bool = False


class Build(NamedTuple):
    """How a person differs from the table: factors for trunk, limbs and waist, 1.0 as drawn; bump in units."""

    trunk: float = 1.0
    limbs: float = 1.0
    waist: float = 1.0
    bust: float = 0.0
    bump: float = 0.0


_TORSO = (
    ("hip", 0.0, Girth(6.0, 7.0, 9.2)),
    ("l5", 0.0, Girth(6.5, 6.0, 8.5)),
    ("l3", 0.0, Girth(6.1, 5.0, 7.2)),
    ("t12", 0.0, Girth(6.3, 5.3, 7.4)),
    ("t7", 0.0, Girth(7.0, 5.7, 8.5)),
    ("t7", 0.6, Girth(5.3, 5.5, 7.9)),
    ("c7", 0.0, Girth(3.5, 3.3, 3.5)),
)
_THIGH = ((0.0, (6.0, 6.9, 4.5)), (0.4, (5.5, 5.5, 5.0)), (1.0, (3.9, 3.5, 3.7)))
_SHANK = ((0.32, (3.2, 4.1, 3.6)), (0.94, (2.6, 2.8, 2.7)))
_UPPER_ARM = ((0.0, (3.4, 3.4, 2.5)), (0.45, (2.9, 2.9, 2.35)), (1.0, (2.2, 2.3, 2.1)))
_FOREARM = ((0.3, (2.3, 2.3, 2.2)), (1.0, (1.6, 1.6, 1.35)))
_HAND = ((0.55, (2.1, 2.1, 1.35)), (1.0, (2.05, 2.05, 1.2)))


def _stations(rows: tuple[tuple[float, tuple[float, float, float]], ...], factor: float) -> tuple[Station, ...]:
    return tuple(Station(share, Girth(*(value * factor for value in girth))) for share, girth in rows)


@lru_cache(maxsize=64)
def build_body(build: Build) -> Body:
    """Return the body of a build."""
    waist = {"l5": (0.5, 0.0), "l3": (1.0, 1.0), "t12": (0.7, 0.6)}
    bump = {"l5": 0.5, "l3": 1.0, "t12": 0.8, "t7": 0.1}
    torso = []
    for joint, share, girth in _TORSO:
        front, back, side = (value * build.trunk for value in girth)
        if joint in waist:
            front += (build.waist - 1.0) * 8.0 * waist[joint][0]
            side += (build.waist - 1.0) * 5.0 + build.bump * 0.12
        if not share:
            front += build.bump * bump.get(joint, 0.0)
        if joint == "t7" and share == 0.0:
            front += build.bust
        torso.append((joint, share, Girth(front, back, side)))
    return Body(
        torso=tuple(torso),
        thigh=_stations(_THIGH, build.limbs),
        shank=_stations(_SHANK, build.limbs),
        upper_arm=_stations(_UPPER_ARM, build.limbs),
        forearm=_stations(_FOREARM, (1.0 + build.limbs) / 2),
        hand=_stations(_HAND, 1.0),
        neck=3.3 * (0.5 + build.limbs / 2),
        pregnant=build.bump > 0,
    )


_BREATH = {"l5": 0.5, "l3": 1.0, "t12": 0.8}
_PRESS = {"l3": 1.0, "t12": 0.85}


@lru_cache(maxsize=64)
def shift_waist(body: Body, breath: float, press: float) -> Body:
    """Return the body with its belly risen by ``breath`` units, and its waist moved back by ``press`` units.

    A breath in lifts the belly; pressing the low back flat takes the hollow out of the waist.
    """
    if not breath and not press:
        return body
    torso = []
    for joint, share, girth in body.torso:
        back = press * _PRESS.get(joint, 0.0)
        front = breath * _BREATH.get(joint, 0.0) - back
        torso.append((joint, share, girth._replace(front=girth.front + front, back=girth.back + back)))
    return replace(body, torso=tuple(torso))
