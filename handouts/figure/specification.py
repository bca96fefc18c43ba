"""What a figure file says, as plain immutable data: frames, contacts, props, arrows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from handouts.dataclass import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """What a part of the body touches. ``at`` are world coordinates where the author gives them."""

    part: str
    where: str
    path: Path
    at: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing in the picture: kind, numbers (heights, places), in which frames, and where it stands in the file."""

    kind: str
    numbers: Mapping[str, Any]
    path: Path


@dataclass(frozen=True, slots=True)
class Arrow:
    """A movement arrow: starts at a joint plus ``by``, ends ``go`` further, bulging by ``bend`` of its length."""

    start: str
    by: tuple[float, float]
    go: tuple[float, float]
    bend: float
    double: bool
    path: Path


@dataclass(frozen=True, slots=True)
class FrameSpec:
    """One frame of a figure, with its base pose worked in."""

    angles: Mapping[tuple[str, str], float]
    support: tuple[tuple[str, str], ...]
    anchor: str
    contacts: tuple[Contact, ...]
    arrows: tuple[Arrow, ...]
    tints: tuple[str, ...]
    props: tuple[Prop, ...]
    path: Path
    eyes: str = "open"
    angle_paths: Mapping[str, Path] = field(default_factory=dict)
    breath: float = 0.0
    press: float = 0.0
    place: float | None = None


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """A figure file: the side that moves as written, the view, the person's feet, and the frames."""

    id: str
    side: str
    view: str | tuple[float, float]
    feet: str
    frames: tuple[FrameSpec, ...]
    harder: bool = False
