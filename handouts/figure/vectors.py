"""Points and turning frames in space, as plain tuples.

The world has x to the right, y up and z towards somebody who looks at the side view. A frame's axes
are a segment's own ``forward`` (anterior), ``up`` (towards the head, or the root of a limb) and
``right``. A person who stands and faces along x has the world's axes as frame.
"""

from __future__ import annotations

import math
from typing import NamedTuple

Vector = tuple[float, float, float]
Point = tuple[float, float]


class Frame(NamedTuple):
    """Three unit vectors at right angles, right-handed in the order forward, up, right."""

    forward: Vector
    up: Vector
    right: Vector


WORLD = Frame((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def add(a: Vector, b: Vector, times: float = 1.0) -> Vector:
    """Return a + times × b."""
    return (a[0] + times * b[0], a[1] + times * b[1], a[2] + times * b[2])


def subtract(a: Vector, b: Vector) -> Vector:
    """Return a - b."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scale(a: Vector, times: float) -> Vector:
    """Return times × a."""
    return (a[0] * times, a[1] * times, a[2] * times)


def dot(a: Vector, b: Vector) -> float:
    """Return the scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vector, b: Vector) -> Vector:
    """Return the vector product."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def length(a: Vector) -> float:
    """Return the length of a vector."""
    return math.sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2])


def unit(a: Vector, otherwise: Vector = (1.0, 0.0, 0.0)) -> Vector:
    """Return the vector of length one in the same direction, or ``otherwise`` when it has no length."""
    size = length(a)
    return otherwise if size < 1e-9 else (a[0] / size, a[1] / size, a[2] / size)


def blend(a: Vector, b: Vector, share: float) -> Vector:
    """Return the point that lies ``share`` of the way from a to b."""
    return add(scale(a, 1.0 - share), b, share)


def place(origin: Vector, frame: Frame, offset: Vector) -> Vector:
    """Return the point at ``offset`` (forward, up, right) from the origin of a frame."""
    f, u, r = frame
    a, b, c = offset
    return (
        origin[0] + a * f[0] + b * u[0] + c * r[0],
        origin[1] + a * f[1] + b * u[1] + c * r[1],
        origin[2] + a * f[2] + b * u[2] + c * r[2],
    )


def _mix(a: Vector, c: float, b: Vector, s: float) -> Vector:
    return (c * a[0] + s * b[0], c * a[1] + s * b[1], c * a[2] + s * b[2])


def pitch(frame: Frame, degrees: float) -> Frame:
    """Turn a frame about its own right axis: positive lifts what points forward."""
    if not degrees:
        return frame
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return Frame(_mix(frame.forward, c, frame.up, s), _mix(frame.up, c, frame.forward, -s), frame.right)


def tilt(frame: Frame, degrees: float) -> Frame:
    """Turn a frame about its own forward axis: positive leans what points up to the right."""
    if not degrees:
        return frame
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return Frame(frame.forward, _mix(frame.up, c, frame.right, s), _mix(frame.right, c, frame.up, -s))


def spin(frame: Frame, degrees: float) -> Frame:
    """Turn a frame about its own up axis: positive takes what points forward to the right."""
    if not degrees:
        return frame
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return Frame(_mix(frame.forward, c, frame.right, s), frame.up, _mix(frame.right, c, frame.forward, -s))


def frame_along(direction: Vector, right: Vector) -> Frame:
    """Return the frame of a limb segment that points along ``direction``, its right axis near ``right``."""
    up = scale(unit(direction), -1.0)
    forward = unit(cross(up, right))
    return Frame(forward, up, cross(forward, up))
