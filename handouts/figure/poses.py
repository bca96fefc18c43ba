"""Joint angles, contacts and support of a pose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from handouts.diagnostics import Collector
from handouts.figure.drafts import Draft
from handouts.figure.entries import is_number
from handouts.figure.extras import ExtrasReader
from handouts.figure.specification import Contact, Path
from handouts.figure.vocabulary import (
    ANCHORS,
    BASE_KEYS,
    CONTACT_PARTS,
    EYES,
    JOINTS,
    MOVEMENTS,
    MOVES_OF,
    SUPPORT_PARTS,
    SURFACE_NAMES,
    WHERES_OF,
    bare_joint,
    spell_joint,
    spell_part,
)
from handouts.source.document import Document

FindBase = Callable[[str], "Draft | None"]


class PoseReader(ExtrasReader):
    """Reads poses; ``find_base`` gives the draft of a base pose by its name, ``bases`` are their names."""

    def __init__(self, document: Document, collector: Collector, find_base: FindBase, bases: Iterable[str]) -> None:
        super().__init__(document, collector)
        self.find_base = find_base
        self.bases = tuple(sorted(bases))

    def read_angles(self, data: object, path: Path, draft: Draft) -> None:
        """Work joint angles into a draft."""
        for name, moves in self.read_mapping(data, path, "joints").items():
            joints = spell_joint(name)
            if not joints:
                self.complain(
                    "figure-unknown-joint", f"unknown joint '{name}'", (*path, name), key=True, given=name, among=JOINTS
                )
                continue
            allowed = MOVES_OF[bare_joint(joints[0])]
            for word, degrees in self.read_mapping(moves, (*path, name), f"the movements of '{name}'").items():
                place = (*path, name, word)
                if word not in allowed:
                    self.complain(
                        "figure-unknown-movement",
                        f"'{name}' has no movement '{word}'",
                        place,
                        key=True,
                        given=word,
                        among=allowed,
                    )
                elif not is_number(degrees) or not -360 <= degrees <= 360:
                    self.complain("figure-not-degrees", f"'{word}' must be a number of degrees", place)
                else:
                    movement, factor = MOVEMENTS[word]
                    for joint in joints:
                        draft.angles[(joint, movement)] = factor * degrees
                        draft.angle_paths[f"{joint} {movement}"] = place

    def read_contacts(self, data: object, path: Path, draft: Draft) -> None:
        """Work contacts into a draft; ``free`` takes one away."""
        for name, value in self.read_mapping(data, path, "contacts").items():
            place = (*path, name)
            parts = spell_part(name)
            if not parts:
                self.complain(
                    "figure-unknown-part", f"unknown part '{name}'", place, key=True, given=name, among=CONTACT_PARTS
                )
                continue
            kind = parts[0].rpartition(" ")[2]
            where, at = self._read_where(value, place, kind)
            for part in parts:
                _drop_contact_of_limb(draft, part)
                if where not in ("free", ""):
                    draft.contacts[part] = Contact(part, where, place, at)

    def _read_where(self, value: object, path: Path, kind: str) -> tuple[str, tuple[float, ...]]:
        at: tuple[float, ...] = ()
        spot = path
        if isinstance(value, dict):
            self.check_keys(value, ("touches", "at"), path)
            numbers = value.get("at", [])
            if isinstance(numbers, list) and len(numbers) <= 3 and all(is_number(number) for number in numbers):
                at = tuple(float(number) for number in numbers)
            else:
                self.complain("figure-not-a-place", "'at' must be a list of up to three numbers", (*path, "at"))
            value, spot = value.get("touches", "holding"), (*path, "touches")
        where = self.choose(value, WHERES_OF[kind], spot, "contact", "")
        needed = 2 if where == "holding" or (kind == "ankle" and where.removeprefix("on ") in SURFACE_NAMES) else 0
        if len(at) < needed:
            hint = f"write {{touches: {where}, at: [12, 20]}}, for example"
            self.complain("figure-not-a-place", f"'{where}' needs a place: 'at' with two numbers", path, hint=hint)
            where = ""
        return where, at

    def read_support(self, data: object, path: Path, draft: Draft) -> None:
        """Set what carries the body."""
        pairs = []
        for part, surface in self.read_mapping(data, path, "support").items():
            if part not in SUPPORT_PARTS:
                self.complain(
                    "figure-unknown-part",
                    f"unknown part '{part}'",
                    (*path, part),
                    key=True,
                    given=part,
                    among=SUPPORT_PARTS,
                )
                continue
            pairs.append((part, self.choose(surface, SURFACE_NAMES, (*path, part), "surface", "floor")))
        draft.support = tuple(pairs)

    def fill_draft(self, data: Mapping[str, Any], path: Path, draft: Draft) -> Draft:
        """Work the pose keys of a base or a frame into a draft and return it."""
        self.read_angles(data.get("joints"), (*path, "joints"), draft)
        if "support" in data:
            self.read_support(data["support"], (*path, "support"), draft)
        if "anchor" in data:
            draft.anchor = self.choose(data["anchor"], ANCHORS, (*path, "anchor"), "anchor", "hip")
        self.read_contacts(data.get("contacts"), (*path, "contacts"), draft)
        if "place" in data:
            draft.place = float(data["place"]) if is_number(data["place"]) else None
            if draft.place is None:
                self.complain(
                    "figure-not-a-place",
                    "'place' must be a number: how far to the right the anchor stands",
                    (*path, "place"),
                )
        if "eyes" in data:
            draft.eyes = self.choose(data["eyes"], EYES, (*path, "eyes"), "word", "open")
        draft.props = draft.props + self.read_props(data.get("props"), (*path, "props"))
        return draft

    def start_from(self, data: Mapping[str, Any], path: Path) -> Draft | None:
        """Return a copy of the base pose that ``base`` names, or None where it names none that is known."""
        if "base" not in data:
            return None
        base = self.find_base(str(data["base"]))
        if base is None:
            self.complain(
                "figure-unknown-base",
                f"unknown base pose '{data['base']}'",
                (*path, "base"),
                given=str(data["base"]),
                among=self.bases,
            )
            return Draft()
        draft = base.copy()
        # What a base brings along is told at the place where the base is named.
        draft.contacts = {part: replace(contact, path=(*path, "base")) for part, contact in draft.contacts.items()}
        draft.props = tuple(replace(prop, path=(*path, "base")) for prop in draft.props)
        return draft

    def read_base(self) -> Draft:
        """Return the draft of a base pose file."""
        data = self.read_mapping(self.document.data, (), "a pose")
        self.check_keys(data, BASE_KEYS, ())
        return self.fill_draft(data, (), self.start_from(data, ()) or Draft())


def _drop_contact_of_limb(draft: Draft, part: str) -> None:
    """Take away the contact that a limb has so far: a leg, an arm or the head has one at a time."""

    def limb_of(name: str) -> tuple[str, bool]:
        return name.partition(" ")[0], name.endswith(("hand", "forearm"))

    for old in [key for key in draft.contacts if limb_of(key) == limb_of(part)]:
        del draft.contacts[old]
