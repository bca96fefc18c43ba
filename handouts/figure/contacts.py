"""Inverse kinematics: legs and arms are bent so that feet and hands touch what the pose says."""

from __future__ import annotations

from math import acos, cos, degrees, radians, sqrt

from handouts.dataclass import dataclass
from handouts.figure import body as measures
from handouts.figure.angles import measure_rotation
from handouts.figure.body import Body
from handouts.figure.skeleton import Skeleton, bend_two_links, set_foot, set_hand, sign
from handouts.figure.specification import Contact
from handouts.figure.surfaces import Place, find_place, heading_of
from handouts.figure.vectors import Frame, Vector, add, cross, dot, frame_along, pitch, scale, subtract, unit

UP: Vector = (0.0, 1.0, 0.0)
STRAIGHT, STRAIGHT_ARM = 20.0, 0.99  # a limb bent less does not show by itself where its joint points
HAND_HALF = 1.15
ELBOW_HEIGHT = 2.0  # of an elbow that lies on the floor, or nearly
TWIST = (-100.0, 95.0)
"""How far a shoulder may be turned in and out when an arm is solved."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A contact that cannot be met, and by how much, in hundredths of the body height."""

    contact: Contact
    gap: float


def _set_leg(skeleton: Skeleton, side: str, target: Vector) -> float:
    joints = skeleton.joints
    hip, old_knee, old_ankle = (joints[f"{side} {name}"] for name in ("hip", "knee", "ankle"))
    # A nearly straight leg still has to know where the front of the knee is.
    forward = skeleton.frames[f"{side} thigh"].forward
    pole = add(old_knee, forward, 4.0)
    if _knee_angle(skeleton, side) < STRAIGHT:
        pole = add(add(hip, subtract(target, hip), 0.5), forward, 10.0)
    if dot(subtract(old_ankle, hip), subtract(target, hip)) < 0:
        pole = add(hip, forward, 30.0)
    knee, ankle, gap = bend_two_links(hip, target, (measures.THIGH, measures.SHANK), pole)
    axis = unit(subtract(ankle, hip))
    ahead = add(subtract(knee, hip), axis, -dot(subtract(knee, hip), axis))
    facing = unit(ahead) if dot(ahead, ahead) > 0.04 else forward
    right = unit(cross(facing, scale(axis, -1.0)))
    joints[f"{side} knee"], joints[f"{side} ankle"] = knee, ankle
    skeleton.frames[f"{side} thigh"] = frame_along(subtract(knee, hip), right)
    skeleton.frames[f"{side} shank"] = frame_along(subtract(ankle, knee), right)
    return gap


def _flat_foot(skeleton: Skeleton, side: str) -> Frame:
    shank = skeleton.frames[f"{side} shank"]
    ahead = (shank.forward[0], 0.0, shank.forward[2])
    if dot(ahead, ahead) < 0.05:
        ahead = heading_of(skeleton)
    forward = unit(ahead)
    return Frame(forward, UP, cross(forward, UP))


def _ankle_by_knee(skeleton: Skeleton, side: str, height: float, angles_knee: float) -> Vector:
    """Return where the ankle comes to lie at a height when the knee keeps its angle."""
    hip, ankle = skeleton.joints[f"{side} hip"], skeleton.joints[f"{side} ankle"]
    a, b = measures.THIGH, measures.SHANK
    distance = sqrt(a * a + b * b + 2 * a * b * cos(radians(angles_knee)))
    drop = height - hip[1]
    aside = ankle[2] - hip[2]
    level = sqrt(max(distance * distance - drop * drop - aside * aside, 0.0))
    ahead = 1.0 if ankle[0] >= hip[0] else -1.0
    return (hip[0] + ahead * level, height, hip[2] + aside)


def _knee_angle(skeleton: Skeleton, side: str) -> float:
    joints = skeleton.joints
    thigh = unit(subtract(joints[f"{side} knee"], joints[f"{side} hip"]))
    shank = unit(subtract(joints[f"{side} ankle"], joints[f"{side} knee"]))
    return degrees(acos(max(-1.0, min(1.0, dot(thigh, shank)))))


def _shin_down(skeleton: Skeleton, side: str, height: float) -> None:
    knee = skeleton.joints[f"{side} knee"]
    back = scale(heading_of(skeleton), -1.0)
    drop = height + 2.6 - knee[1]
    level = sqrt(max(measures.SHANK**2 - drop * drop, 0.0))
    ankle = (knee[0] + back[0] * level, height + 2.6, knee[2] + back[2] * level)
    shank = frame_along(subtract(ankle, knee), skeleton.frames["pelvis"].right)
    skeleton.joints[f"{side} ankle"] = ankle
    skeleton.frames[f"{side} shank"] = shank
    set_foot(skeleton, side, pitch(shank, -68.0))


def solve_leg(
    skeleton: Skeleton, contact: Contact, height: float, first: Skeleton | None, ankle_angle: float
) -> Miss | None:
    """Bend one leg so that its foot, heel, shin or ankle touches what the contact names."""
    side, _, part = contact.part.partition(" ")
    if contact.where == "stays" and first is not None:
        gap = _set_leg(skeleton, side, first.joints[f"{side} ankle"])
        set_foot(skeleton, side, first.frames[f"{side} foot"])
        return Miss(contact, gap) if gap > 1.0 else None
    if part == "shin":
        _shin_down(skeleton, side, height)
        return None
    if part == "ankle" and contact.at:
        gap = _set_leg(skeleton, side, (contact.at[0], height + 3.6, sign(side) * contact.at[1]))
        set_foot(skeleton, side, pitch(skeleton.frames[f"{side} shank"], ankle_angle))
        return Miss(contact, gap) if gap > 1.0 else None
    if part == "ankle":
        return _rest_ankle(skeleton, side, contact)
    if part == "foot":
        if contact.at:
            ankle = (contact.at[0], height + measures.ANKLE_HEIGHT, skeleton.joints[f"{side} ankle"][2])
        else:
            ankle = _ankle_by_knee(skeleton, side, height + measures.ANKLE_HEIGHT, _knee_angle(skeleton, side))
        gap = _set_leg(skeleton, side, ankle)
        set_foot(skeleton, side, _flat_foot(skeleton, side))
    else:
        gap = _rest_heel(skeleton, side, part, height, ankle_angle)
    return Miss(contact, gap) if gap > 1.0 else None


def _rest_heel(skeleton: Skeleton, side: str, part: str, height: float, ankle_angle: float) -> float:
    """Lower or lift the leg, its knee and ankle angle kept, until heel or toes lie at a height."""
    knee_angle = _knee_angle(skeleton, side)
    gap = 0.0
    for _ in range(6):
        low = skeleton.joints[f"{side} {'heel' if part == 'heel' else 'toe'}"]
        target_y = skeleton.joints[f"{side} ankle"][1] + height - low[1]
        gap = _set_leg(skeleton, side, _ankle_by_knee(skeleton, side, target_y, knee_angle))
        set_foot(skeleton, side, pitch(skeleton.frames[f"{side} shank"], ankle_angle))
    return gap


def _rest_ankle(skeleton: Skeleton, side: str, contact: Contact) -> Miss | None:
    other = contact.where.split()[1]
    frame = skeleton.frames[f"{other} thigh"]
    hip, knee = skeleton.joints[f"{other} hip"], skeleton.joints[f"{other} knee"]
    spot = add(scale(hip, 0.14), knee, 0.86)
    target = add(add(spot, frame.forward, 5.2), frame.right, sign(other) * 3.0)
    gap = _set_leg(skeleton, side, target)
    set_foot(skeleton, side, pitch(skeleton.frames[f"{side} shank"], 10.0))
    return Miss(contact, gap) if gap > 1.0 else None


def _find_elbow(skeleton: Skeleton, side: str, target: Vector) -> tuple[Vector, Vector, float]:
    """Return elbow, wrist and the missing reach. The elbow stays where it was, unless the shoulder would twist too far.

    Then it goes behind the arm, out to the side, or down: the first of these that a shoulder can do above the floor.
    """
    joints, frames = skeleton.joints, skeleton.frames
    shoulder, old = joints[f"{side} shoulder"], joints[f"{side} elbow"]
    upper, chest = frames[f"{side} upper arm"], frames["thoracic2"]
    middle = add(shoulder, subtract(target, shoulder), 0.5)
    straight = dot(upper.up, frames[f"{side} forearm"].up) > STRAIGHT_ARM
    outwards = scale(chest.right, sign(side))
    poles = (
        add(middle, upper.forward, -10.0) if straight else old,
        add(middle, chest.forward, -10.0),
        add(middle, add(outwards, chest.forward, -1.0), 10.0),
        add(middle, outwards, 10.0),
        add(middle, chest.up, -10.0),
        add(middle, add(outwards, chest.up, -1.0), 10.0),
    )
    links = (measures.UPPER_ARM, measures.FOREARM)
    found = [bend_two_links(shoulder, target, links, pole) for pole in poles]
    for elbow, wrist, gap in found:
        lower = subtract(wrist, elbow)
        frame = frame_along(subtract(elbow, shoulder), _hinge(subtract(elbow, shoulder), lower, upper.right))
        twist = measure_rotation(chest, frame, side)
        turns = twist is None or TWIST[0] <= twist <= TWIST[1]
        if turns and (elbow[1] > ELBOW_HEIGHT or old[1] <= ELBOW_HEIGHT):
            return elbow, wrist, gap
    return found[0]


def _hinge(upper: Vector, lower: Vector, otherwise: Vector) -> Vector:
    """Return the axis of an elbow, or what it was for a straight arm."""
    normal = cross(unit(upper), unit(lower))
    return unit(normal) if dot(normal, normal) > 0.01 else otherwise


def _set_arm(skeleton: Skeleton, side: str, target: Vector) -> float:
    joints = skeleton.joints
    elbow, wrist, gap = _find_elbow(skeleton, side, target)
    upper, lower = subtract(elbow, joints[f"{side} shoulder"]), subtract(wrist, elbow)
    right = _hinge(upper, lower, skeleton.frames[f"{side} upper arm"].right)
    joints[f"{side} elbow"], joints[f"{side} wrist"] = elbow, wrist
    skeleton.frames[f"{side} upper arm"] = frame_along(upper, right)
    skeleton.frames[f"{side} forearm"] = frame_along(lower, right)
    return gap


def _lay_hand(skeleton: Skeleton, side: str, spot: Place, curl: float) -> float:
    wrist = add(add(spot.point, spot.normal, HAND_HALF), spot.along, -0.75 * measures.PALM)
    gap = _set_arm(skeleton, side, wrist)
    up = scale(spot.along, -1.0)
    right = scale(spot.normal, sign(side))
    set_hand(skeleton, side, Frame(cross(up, right), up, right), curl)
    return gap


def solve_arm(
    skeleton: Skeleton, body: Body, contact: Contact, surface: Place | None, first: Skeleton | None
) -> Miss | None:
    """Bend one arm so that its hand or forearm touches what the contact names."""
    side, _, part = contact.part.partition(" ")
    if contact.where == "stays" and first is not None:
        gap = _set_arm(skeleton, side, first.joints[f"{side} wrist"])
        for name in ("hand", "fingers"):
            skeleton.frames[f"{side} {name}"] = first.frames[f"{side} {name}"]
        for name in ("knuckle", "tip"):
            away = subtract(first.joints[f"{side} {name}"], first.joints[f"{side} wrist"])
            skeleton.joints[f"{side} {name}"] = add(skeleton.joints[f"{side} wrist"], away)
    elif part == "forearm" and surface is not None:
        gap = _lay_forearm(skeleton, side, surface)
    else:
        spot = surface or find_place(skeleton, body, contact.where, side)
        curl = 55.0 if contact.where.startswith(("behind", "holding")) else 2.0
        gap = _lay_hand(skeleton, side, spot, curl)
    return Miss(contact, gap) if gap > 1.0 else None


def _lay_forearm(skeleton: Skeleton, side: str, surface: Place) -> float:
    """Put the elbow on a surface near the shoulder and lay the forearm along it."""
    shoulder = skeleton.joints[f"{side} shoulder"]
    rest = add(surface.point, surface.normal, 2.2)
    drop = dot(subtract(rest, shoulder), surface.normal)
    across = sqrt(max(measures.UPPER_ARM**2 - drop * drop, 0.0))
    gap = max(abs(drop) - measures.UPPER_ARM, 0.0)
    elbow = add(
        add(shoulder, surface.normal, max(-measures.UPPER_ARM, drop)), surface.along, _elbow_side(surface) * across
    )
    fore = surface.along
    right = skeleton.frames["thoracic2"].right
    skeleton.joints[f"{side} elbow"] = elbow
    skeleton.joints[f"{side} wrist"] = add(elbow, fore, measures.FOREARM)
    skeleton.frames[f"{side} upper arm"] = frame_along(subtract(elbow, shoulder), right)
    skeleton.frames[f"{side} forearm"] = frame_along(fore, right)
    up = scale(surface.along, -1.0)
    palm = scale(surface.normal, sign(side))
    set_hand(skeleton, side, Frame(cross(up, palm), up, palm), 5.0)
    return gap


def _elbow_side(surface: Place) -> float:
    """On a wall the elbow lies below the shoulder, on a floor ahead of it."""
    return 1.0 if surface.normal[1] > 0.5 else -1.0
