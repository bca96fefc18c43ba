"""Figure and pose files → specifications, with every mistake at its line and column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeGuard

from handouts.diagnostics import Collector, Diagnostic
from handouts.figure.camera import VIEWS
from handouts.figure.specification import Arrow, Contact, FigureSpec, FrameSpec, Path, Prop
from handouts.figure.vocabulary import (
    ARROW_KEYS,
    BASE_KEYS,
    CONTACT_PARTS,
    EYES,
    FEET,
    FIGURE_KEYS,
    FRAME_KEYS,
    JOINTS,
    MOVEMENTS,
    MOVES_OF,
    PROPS,
    SUPPORT_PARTS,
    SURFACE_NAMES,
    TINT_NAMES,
    WHERES,
    bare_joint,
    spell_joint,
    spell_part,
)
from handouts.source.document import Document

FindBase = Callable[[str], "Draft | None"]


@dataclass(slots=True)
class Draft:
    """A pose while it is put together from bases, earlier frames and changes."""

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
        return Draft(dict(self.angles), self.support, self.anchor, dict(self.contacts), self.props, self.eyes, self.place)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


class FigureReader:
    """Reads one document; ``find_base`` gives the draft of a base pose by its name, ``bases`` their names."""

    def __init__(self, document: Document, collector: Collector, find_base: FindBase, bases: Iterable[str]) -> None:
        self.document = document
        self.collector = collector
        self.find_base = find_base
        self.bases = tuple(sorted(bases))

    def complain(self, rule: str, message: str, path: Path, *, key: bool = False, given: str = "", among: Iterable[str] = (), hint: str = "") -> None:
        """Report a problem at a path of the document."""
        self.collector.add(Diagnostic(rule, message, self.document.span(path, key), hint=hint, given=given, candidates=tuple(among)))

    def check_keys(self, data: Mapping[str, Any], allowed: tuple[str, ...], path: Path) -> None:
        """Report keys that are not allowed."""
        for key in data:
            if key not in allowed:
                self.complain("figure-unknown-key", f"unknown key '{key}'", (*path, key), key=True, given=key, among=allowed)

    def choose(self, value: object, allowed: tuple[str, ...], path: Path, what: str, default: str) -> str:
        """Return a word of a list, or the default after reporting it."""
        if isinstance(value, str) and value in allowed:
            return value
        self.complain("figure-unknown-word", f"unknown {what} '{value}'", path, given=str(value), among=allowed)
        return default

    def read_mapping(self, value: object, path: Path, what: str) -> dict[str, Any]:
        """Return a mapping, or an empty one after reporting that it is none."""
        if isinstance(value, dict):
            return value
        if value is not None:
            self.complain("figure-shape", f"{what} must be a list of 'name: value' lines", path)
        return {}

    def read_angles(self, data: object, path: Path, draft: Draft) -> None:
        """Work joint angles into a draft."""
        for name, moves in self.read_mapping(data, path, "joints").items():
            joints = spell_joint(name)
            if not joints:
                self.complain("figure-unknown-joint", f"unknown joint '{name}'", (*path, name), key=True, given=name, among=JOINTS)
                continue
            allowed = MOVES_OF[bare_joint(joints[0])]
            for word, degrees in self.read_mapping(moves, (*path, name), f"the movements of '{name}'").items():
                place = (*path, name, word)
                if word not in allowed:
                    self.complain("figure-unknown-movement", f"'{name}' has no movement '{word}'", place, key=True, given=word, among=allowed)
                elif not _is_number(degrees) or not -360 <= degrees <= 360:
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
                self.complain("figure-unknown-part", f"unknown part '{name}'", place, key=True, given=name, among=CONTACT_PARTS)
                continue
            where, at = self._read_where(value, place)
            for part in parts:
                # A leg or an arm has one contact at a time.
                limb = (part.partition(" ")[0], part.endswith(("hand", "forearm")), part == "head")
                for old in [key for key in draft.contacts if (key.partition(" ")[0], key.endswith(("hand", "forearm")), key == "head") == limb]:
                    del draft.contacts[old]
                if where not in ("free", ""):
                    draft.contacts[part] = Contact(part, where, place, at)

    def _read_where(self, value: object, path: Path) -> tuple[str, tuple[float, ...]]:
        at: tuple[float, ...] = ()
        if isinstance(value, dict):
            self.check_keys(value, ("touches", "at"), path)
            numbers = value.get("at", [])
            if isinstance(numbers, list) and len(numbers) <= 3 and all(_is_number(number) for number in numbers):
                at = tuple(float(number) for number in numbers)
            else:
                self.complain("figure-not-a-place", "'at' must be a list of up to three numbers", (*path, "at"))
            value, path = value.get("touches", "holding"), (*path, "touches")
        return self.choose(value, WHERES, path, "contact", ""), at

    def read_support(self, data: object, path: Path, draft: Draft) -> None:
        """Set what carries the body."""
        pairs = []
        for part, surface in self.read_mapping(data, path, "support").items():
            if part not in SUPPORT_PARTS:
                self.complain("figure-unknown-part", f"unknown part '{part}'", (*path, part), key=True, given=part, among=SUPPORT_PARTS)
                continue
            pairs.append((part, self.choose(surface, SURFACE_NAMES, (*path, part), "surface", "floor")))
        draft.support = tuple(pairs)

    def read_props(self, data: object, path: Path) -> tuple[Prop, ...]:
        """Return the props of a list of names, or of names with numbers."""
        if data is None:
            return ()
        if not isinstance(data, list):
            self.complain("figure-shape", "props must be a list", path)
            return ()
        props = []
        for i, item in enumerate(data):
            entries = item.items() if isinstance(item, dict) else [(item, {})]
            for kind, numbers in entries:
                if kind not in PROPS:
                    self.complain("figure-unknown-prop", f"unknown prop '{kind}'", (*path, i), given=str(kind), among=PROPS)
                    continue
                props.append(Prop(str(kind), self.read_mapping(numbers, (*path, i), f"'{kind}'"), (*path, i)))
        return tuple(props)

    def read_arrows(self, data: object, path: Path) -> tuple[Arrow, ...]:
        """Return the movement arrows of a frame."""
        arrows = []
        items = data if isinstance(data, list) else []
        if data is not None and not isinstance(data, list):
            self.complain("figure-shape", "arrows must be a list", path)
        for i, item in enumerate(items):
            place = (*path, i)
            entry = self.read_mapping(item, place, "an arrow")
            self.check_keys(entry, ARROW_KEYS, place)
            start = entry.get("from", "hip")
            by, go = self._read_pair(entry.get("by", [0, 0]), (*place, "by")), self._read_pair(entry.get("go"), (*place, "go"))
            if not isinstance(start, str) or start not in ARROW_JOINTS:
                self.complain("figure-unknown-joint", f"unknown joint '{start}'", (*place, "from"), given=str(start), among=ARROW_JOINTS)
                continue
            bend = entry.get("bend", 0.0)
            arrows.append(Arrow(start, by, go, float(bend) if _is_number(bend) else 0.0, entry.get("double") is True, place))
        return tuple(arrows)

    def _read_pair(self, value: object, path: Path) -> tuple[float, float]:
        if isinstance(value, list) and len(value) == 2 and all(_is_number(number) for number in value):
            return float(value[0]), float(value[1])
        self.complain("figure-not-a-place", "two numbers are needed: to the right, and up", path)
        return 0.0, 5.0

    def fill_draft(self, data: Mapping[str, Any], path: Path, draft: Draft) -> Draft:
        """Work the pose keys of a base or a frame into a draft and return it."""
        self.read_angles(data.get("joints"), (*path, "joints"), draft)
        if "support" in data:
            self.read_support(data["support"], (*path, "support"), draft)
        if "anchor" in data:
            draft.anchor = self.choose(data["anchor"], ANCHORS, (*path, "anchor"), "anchor", "hip")
        self.read_contacts(data.get("contacts"), (*path, "contacts"), draft)
        if "place" in data:
            draft.place = float(data["place"]) if _is_number(data["place"]) else None
            if draft.place is None:
                self.complain("figure-not-a-place", "'place' must be a number: how far to the right the anchor stands", (*path, "place"))
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
            self.complain("figure-unknown-base", f"unknown base pose '{data['base']}'", (*path, "base"), given=str(data["base"]), among=self.bases)
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

    def read_figure(self, figure_id: str) -> FigureSpec:
        """Return the specification of a figure file; problems are in the collector."""
        data = self.read_mapping(self.document.data, (), "a figure")
        self.check_keys(data, FIGURE_KEYS, ())
        view = data.get("view", "side")
        if isinstance(view, list):
            aimed: str | tuple[float, float] = self._read_pair(view, ("view",))
        else:
            aimed = self.choose(view, tuple(VIEWS), ("view",), "view", "side")
        props = self.read_props(data.get("props"), ("props",))
        frames = data.get("frames")
        if not isinstance(frames, list) or not 1 <= len(frames) <= 4:
            self.complain("figure-shape", "a figure has one to four frames", ("frames",))
            frames = []
        return FigureSpec(
            id=figure_id,
            side=self.choose(data.get("side", "both"), ("left", "right", "both"), ("side",), "side", "both"),
            view=aimed,
            feet=self.choose(data.get("feet", "shoes"), FEET, ("feet",), "word", "shoes"),
            frames=self._read_frames(frames, props),
            harder=data.get("harder") is True,
        )

    def _read_frames(self, frames: list[Any], props: tuple[Prop, ...]) -> tuple[FrameSpec, ...]:
        specs: list[FrameSpec] = []
        previous: Draft | None = None
        for i, item in enumerate(frames):
            path: Path = ("frames", i)
            data = self.read_mapping(item, path, "a frame")
            self.check_keys(data, FRAME_KEYS, path)
            draft = self.start_from(data, path)
            if draft is None:
                draft = _keep_contacts(previous, path) if previous else Draft()
                if not previous:
                    self.complain("figure-no-base", "the first frame needs a base pose", path, hint="add 'base: standing', for example")
            draft = self.fill_draft(data, path, draft)
            tint = data.get("tint", [])
            tints = tuple(self.choose(word, TINT_NAMES, (*path, "tint"), "tint", "") for word in (tint if isinstance(tint, list) else [tint]))
            breath = data.get("breath", 0)
            if not _is_number(breath) or not 0 <= breath <= 4:
                self.complain("figure-breath", "'breath' must be a number from 0 to 4", (*path, "breath"))
                breath = 0
            specs.append(FrameSpec(
                angles=dict(draft.angles), support=draft.support, anchor=draft.anchor, contacts=tuple(draft.contacts.values()),
                arrows=self.read_arrows(data.get("arrows"), (*path, "arrows")), tints=tuple(word for word in tints if word),
                props=props + draft.props, path=path, eyes=draft.eyes, breath=float(breath), place=draft.place, angle_paths=dict(draft.angle_paths),
            ))
            previous = draft
        return tuple(specs)


ANCHORS = ("hip", "c7", "head", "shoulders", "buttocks", "knees", "feet", "right knee", "left knee", "right ankle", "left ankle", "right wrist", "left wrist", "t7")
ARROW_JOINTS = ("hip", "l3", "t12", "t7", "c7", "head") + tuple(
    f"{side} {name}" for side in ("left", "right") for name in ("hip", "knee", "ankle", "toe", "heel", "shoulder", "elbow", "wrist", "tip")
)
_ON_THINGS = frozenset({"on wall", *(f"on {name}" for name in SURFACE_NAMES)})


def _keep_contacts(draft: Draft, path: Path) -> Draft:
    """Return the start of a frame that goes on from the one before: what lay on a thing stays where it was."""
    kept = draft.copy()
    for part, contact in draft.contacts.items():
        if part != "head" and contact.where in _ON_THINGS:
            kept.contacts[part] = Contact(part, "stays", path)
    return kept
