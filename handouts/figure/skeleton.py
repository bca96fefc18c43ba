"""Forward kinematics: joint angles → the places of all joints and the frames of all segments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from handouts.dataclass import dataclass
from handouts.figure import body as measures
from handouts.figure.vectors import (
    WORLD,
    Frame,
    Vector,
    add,
    cross,
    dot,
    length,
    pitch,
    place,
    spin,
    subtract,
    tilt,
    unit,
)

Angles = Mapping[tuple[str, str], float]
SIDES = ("left", "right")
LIMBS = ("left arm", "right arm", "left leg", "right leg")


@dataclass(slots=True)
class Skeleton:
    """Joints and segment frames of one person in one frame. Mutable only while a pose is being solved."""

    joints: dict[str, Vector] = field(default_factory=dict)
    frames: dict[str, Frame] = field(default_factory=dict)

    def shift(self, by: Vector) -> None:
        """Move the whole person."""
        for name, point in self.joints.items():
            self.joints[name] = add(point, by)


def sign(side: str) -> float:
    """Return +1 for the right side and -1 for the left."""
    return 1.0 if side == "right" else -1.0


def _orient_root(angles: Angles) -> Frame:
    frame = spin(WORLD, angles.get(("pelvis", "heading"), 0.0))
    frame = pitch(frame, -angles.get(("pelvis", "lean"), 0.0))
    frame = spin(frame, angles.get(("pelvis", "roll"), 0.0))
    frame = pitch(frame, -angles.get(("pelvis", "tilt"), 0.0))
    return tilt(frame, angles.get(("pelvis", "bend"), 0.0))


def _bend_spine(frame: Frame, angles: Angles, joint: str, share: float) -> Frame:
    frame = pitch(frame, -share * angles.get((joint, "flexion"), 0.0))
    frame = tilt(frame, share * angles.get((joint, "bend"), 0.0))
    return spin(frame, share * angles.get((joint, "turn"), 0.0))


# Which joint of the pose bends each segment of the spine, and with how much of its angle.
_SPINE_JOINTS = {
    "lumbar1": ("lumbar", 0.5),
    "lumbar2": ("lumbar", 0.5),
    "thoracic1": ("thoracic", 0.5),
    "thoracic2": ("thoracic", 0.5),
    "neck": ("neck", 0.55),
    "head": ("neck", 0.45),
}


def grow_spine(skeleton: Skeleton, angles: Angles) -> None:
    """Place the spine and the head on the pelvis of a skeleton."""
    point, frame = skeleton.joints["hip"], skeleton.frames["pelvis"]
    for joint, segment, offset in measures.SPINE:
        if segment in _SPINE_JOINTS:
            frame = _bend_spine(frame, angles, *_SPINE_JOINTS[segment])
            if segment == "head":
                frame = _bend_spine(frame, angles, "head", 1.0)
            skeleton.frames[segment] = frame
        point = place(point, frame, offset)
        skeleton.joints[joint] = point


def _turn_ball(frame: Frame, angles: Angles, joint: str, side: str) -> Frame:
    s = sign(side)
    frame = pitch(frame, angles.get((joint, "flexion"), 0.0))
    frame = tilt(frame, -s * angles.get((joint, "abduction"), 0.0))
    return spin(frame, s * angles.get((joint, "rotation"), 0.0))


def grow_leg(skeleton: Skeleton, angles: Angles, side: str) -> None:
    """Place one leg on the pelvis of a skeleton."""
    joints, frames = skeleton.joints, skeleton.frames
    hip = place(joints["hip"], frames["pelvis"], (0.0, 0.0, sign(side) * measures.HIP_SIDE))
    thigh = _turn_ball(frames["pelvis"], angles, f"{side} hip", side)
    knee = place(hip, thigh, (0.0, -measures.THIGH, 0.0))
    shank = pitch(thigh, -angles.get((f"{side} knee", "flexion"), 0.0))
    foot = pitch(shank, angles.get((f"{side} ankle", "flexion"), 0.0))
    joints[f"{side} hip"], joints[f"{side} knee"] = hip, knee
    frames[f"{side} thigh"], frames[f"{side} shank"] = thigh, shank
    joints[f"{side} ankle"] = place(knee, shank, (0.0, -measures.SHANK, 0.0))
    set_foot(skeleton, side, foot)


def set_foot(skeleton: Skeleton, side: str, foot: Frame) -> None:
    """Give the foot of one side a frame."""
    ankle = skeleton.joints[f"{side} ankle"]
    skeleton.frames[f"{side} foot"] = foot
    skeleton.joints[f"{side} heel"] = place(ankle, foot, (-measures.HEEL_BACK, -measures.ANKLE_HEIGHT, 0.0))
    skeleton.joints[f"{side} toe"] = place(ankle, foot, (measures.TOE_FRONT, -measures.ANKLE_HEIGHT, 0.0))


def grow_arm(skeleton: Skeleton, angles: Angles, side: str) -> None:
    """Place one arm on the upper trunk of a skeleton."""
    joints, frames = skeleton.joints, skeleton.frames
    chest = frames["thoracic2"]
    raised = max(
        0.0, angles.get((f"{side} shoulder", "flexion"), 0.0), angles.get((f"{side} shoulder", "abduction"), 0.0)
    )
    forward, up, _ = measures.SHOULDER_FROM_T7
    # The shoulder blade follows the arm; a lifted arm carries its joint up and in.
    lift = min(raised, 180.0) / 180.0
    offset = (forward, up + 2.4 * lift, sign(side) * (measures.SHOULDER_SIDE - 2.2 * lift))
    shoulder = place(joints["t7"], chest, offset)
    upper = _turn_ball(chest, angles, f"{side} shoulder", side)
    elbow = place(shoulder, upper, (0.0, -measures.UPPER_ARM, 0.0))
    fore = pitch(upper, angles.get((f"{side} elbow", "flexion"), 0.0))
    fore = spin(fore, sign(side) * angles.get((f"{side} forearm", "rotation"), 0.0))
    joints[f"{side} shoulder"], joints[f"{side} elbow"] = shoulder, elbow
    frames[f"{side} upper arm"], frames[f"{side} forearm"] = upper, fore
    joints[f"{side} wrist"] = place(elbow, fore, (0.0, -measures.FOREARM, 0.0))
    hand = tilt(fore, sign(side) * angles.get((f"{side} wrist", "flexion"), 0.0))
    set_hand(skeleton, side, hand, angles.get((f"{side} fingers", "flexion"), 15.0))


def set_hand(skeleton: Skeleton, side: str, hand: Frame, curl: float) -> None:
    """Give the hand of one side a frame; ``curl`` bends the fingers towards the palm, in degrees."""
    joints, frames = skeleton.joints, skeleton.frames
    fingers = tilt(hand, sign(side) * curl)
    frames[f"{side} hand"], frames[f"{side} fingers"] = hand, fingers
    joints[f"{side} knuckle"] = place(joints[f"{side} wrist"], hand, (0.0, -measures.PALM, 0.0))
    joints[f"{side} tip"] = place(joints[f"{side} knuckle"], fingers, (0.0, -measures.FINGERS, 0.0))


def grow_skeleton(angles: Angles) -> Skeleton:
    """Return the skeleton of a pose with the hip centre at the origin."""
    skeleton = Skeleton(joints={"hip": (0.0, 0.0, 0.0)}, frames={"pelvis": _orient_root(angles)})
    grow_spine(skeleton, angles)
    for side in SIDES:
        grow_leg(skeleton, angles, side)
        grow_arm(skeleton, angles, side)
    return skeleton


def bend_two_links(
    root: Vector, target: Vector, links: tuple[float, float], pole: Vector
) -> tuple[Vector, Vector, float]:
    """Return middle joint, end and the distance by which the target is out of reach (0 when it is met).

    The middle joint lies on the side of ``pole``. A target too far or too near is approached as closely as can be.
    """
    from_root = subtract(target, root)
    distance = length(from_root)
    first, second = links
    reach = min(max(distance, abs(first - second) + 0.05), first + second - 0.01)
    axis = unit(from_root)
    along = (first * first - second * second + reach * reach) / (2.0 * reach)
    aside = max(first * first - along * along, 0.0) ** 0.5
    to_pole = subtract(pole, root)
    off_axis = add(to_pole, axis, -dot(to_pole, axis))
    # A pole on the line says nothing: any direction across the line will do.
    across = cross(axis, (0.0, 0.0, 1.0) if abs(axis[2]) < 0.9 else (1.0, 0.0, 0.0))
    bent = unit(off_axis) if length(off_axis) > 1e-6 else unit(across)
    middle = add(add(root, axis, along), bent, aside)
    return middle, add(root, axis, reach), abs(distance - reach)
