"""Poses while they are put together from bases, earlier frames and changes."""

from __future__ import annotations

from dataclasses import field

from handouts.dataclass import dataclass
from handouts.figure.specification import Contact, Path, Prop
from handouts.figure.vocabulary import SURFACE_NAMES

_ON_THINGS = frozenset({"stays", "on wall", *(f"on {name}" for name in SURFACE_NAMES)})


@dataclass(slots=True)
class Draft:
    """A pose that can still change: angles, support, contacts and props so far."""

    angles: dict[tuple[str, str], float] = field(default_factory=dict)
    support: tuple[tuple[str, str], ...] = ()
    anchor: str = "hip"
    contacts: dict[str, Contact] = field(default_factory=dict)
    props: tuple[Prop, ...] = ()
    eyes: str = "open"
    place: float | None = None
    angle_paths: dict[str, Path] = field(default_factory=dict)

    def copy(self) -> Draft:
        """Return a draft that can be changed without changing this one."""
        return Draft(
            dict(self.angles), self.support, self.anchor, dict(self.contacts), self.props, self.eyes, self.place
        )

    def go_on(self, path: Path) -> Draft:
        """Return the start of a frame that goes on from this one: what lay on a thing stays where it was."""
        kept = self.copy()
        for part, contact in self.contacts.items():
            if part != "head" and contact.where in _ON_THINGS:
                kept.contacts[part] = Contact(part, "stays", path)
        return kept
