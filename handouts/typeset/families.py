"""Families of faces, and the repertoire of each face."""

from __future__ import annotations

from typing import Literal, NamedTuple

from handouts.typeset.scripts import drop_joiners

Style = Literal["regular", "bold"]


class Tier(NamedTuple):
    """A face of a family and the characters that it draws; the face itself is read only when needed."""

    face: str
    characters: frozenset[str]

    def draws(self, text: str) -> bool:
        """Return whether the face has all letters of a text."""
        return self.characters.issuperset(text) or self.characters.issuperset(drop_joiners(text))


class Family(NamedTuple):
    """The tiers of one family by style, the commonest first."""

    name: str
    regular: tuple[Tier, ...]
    bold: tuple[Tier, ...]

    def tiers(self, style: Style) -> tuple[Tier, ...]:
        """Return the tiers of a style; a family with one weight gives that."""
        return (self.bold or self.regular) if style == "bold" else (self.regular or self.bold)

    def find_tier(self, cluster: str, style: Style) -> Tier | None:
        """Return the first tier that has all characters of a letter with its marks."""
        return next((tier for tier in self.tiers(style) if tier.draws(cluster)), None)
