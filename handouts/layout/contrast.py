"""How well one colour stands out from another, and a clinic's colour made dark enough to be read.

The formula is WCAG 2.2's (relative luminance, contrast ratio). It is written out here because the kept library for it,
coloraide, takes longer to import than a sheet takes to make.
"""

from __future__ import annotations

from functools import lru_cache

TEXT = 7.0
"""Least ratio of text (WCAG 2.2, 1.4.6)."""

WEIGHTS = (0.2126, 0.7152, 0.0722)
STEP = 0.01


@lru_cache(maxsize=256)
def measure_luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``, from 0 for black to 1 for white."""
    total = 0.0
    for weight, place in zip(WEIGHTS, (1, 3, 5), strict=True):
        value = int(colour[place : place + 2], 16) / 255
        total += weight * (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
    return total


def measure_contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    first, second = measure_luminance(one), measure_luminance(other)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def mix(colour: str, ground: str, share: float) -> str:
    """Return ``share`` of a colour laid over a ground, as ``#rrggbb``."""
    parts = zip(_split(colour), _split(ground), strict=True)
    return _join([share * over + (1 - share) * under for over, under in parts])


def darken(colour: str, grounds: tuple[str, ...], ratio: float) -> str:
    """Return the colour, or the lightest shade of its hue that stands out by ``ratio`` from every ground.

    Black when even that is too little.
    """
    share = 1.0
    while share > 0:
        shade = mix(colour, "#000000", share)
        if all(measure_contrast(shade, ground) >= ratio for ground in grounds):
            return shade
        share -= STEP
    return "#000000"


def _split(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


def _join(parts: list[float]) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in parts)
