"""A camera far away: points in space → points on the picture, x to the right and y up, with a depth."""

from __future__ import annotations

from math import cos, radians, sin
from typing import NamedTuple

from handouts.figure.vectors import Point, Vector, dot

VIEWS: dict[str, tuple[float, float]] = {
    "side": (0.0, 0.0),
    "front": (90.0, 0.0),
    "back": (-90.0, 0.0),
    "above": (0.0, 90.0),
    "other-side": (180.0, 0.0),
}


class Camera(NamedTuple):
    """Axes of the picture in space; ``toward`` points at whoever looks."""

    across: Vector
    upward: Vector
    toward: Vector

    def see(self, point: Vector) -> Point:
        """Return where a point is seen."""
        return (dot(self.across, point), dot(self.upward, point))

    def depth(self, point: Vector) -> float:
        """Return how near a point is; larger is nearer."""
        return dot(self.toward, point)

    def into_space(self, direction: Point) -> Vector:
        """Return the direction in space that lies in the picture plane as ``direction``."""
        a, u = self.across, self.upward
        x, y = direction
        return (x * a[0] + y * u[0], x * a[1] + y * u[1], x * a[2] + y * u[2])


def aim_camera(view: str | tuple[float, float]) -> Camera:
    """Return the camera of a named view, or of (azimuth, elevation) in degrees.

    Azimuth 0 looks at the person's right side, 90 at the face; elevation 90 looks down.
    """
    azimuth, elevation = VIEWS[view] if isinstance(view, str) else view
    a, e = radians(azimuth), radians(elevation)
    across = (cos(a), 0.0, -sin(a))
    toward = (sin(a) * cos(e), sin(e), cos(a) * cos(e))
    upward = (-sin(a) * sin(e), cos(e), -cos(a) * sin(e))
    return Camera(across, upward, toward)
