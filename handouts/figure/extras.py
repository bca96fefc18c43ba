"""Props and arrows of a figure file."""

from __future__ import annotations

from typing import Any

from handouts.figure.entries import EntryReader, is_number
from handouts.figure.specification import Arrow, Path, Prop
from handouts.figure.vocabulary import ARROW_JOINTS, ARROW_KEYS, FLAG, NUMBER, PAIR, PROP_KEYS, PROPS


class ExtrasReader(EntryReader):
    """Reads what stands around the person."""

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
                    self.complain(
                        "figure-unknown-prop", f"unknown prop '{kind}'", (*path, i), given=str(kind), among=PROPS
                    )
                    continue
                props.append(Prop(str(kind), self._read_numbers(str(kind), numbers, (*path, i)), (*path, i)))
        return tuple(props)

    def _read_numbers(self, kind: str, data: object, path: Path) -> dict[str, Any]:
        """Return what is said of a prop, without what is wrong."""
        allowed = PROP_KEYS[kind]
        found: dict[str, Any] = {}
        for key, value in self.read_mapping(data, (*path, kind), f"'{kind}'").items():
            place = (*path, kind, key)
            wanted = allowed.get(key)
            if wanted is None:
                self.complain(
                    "figure-unknown-key", f"'{kind}' has no '{key}'", place, key=True, given=key, among=allowed
                )
            elif isinstance(wanted, tuple):
                found[key] = self.choose(value, wanted, place, "word", wanted[0])
            elif wanted == PAIR:
                found[key] = self.read_pair(value, place)
            elif (wanted == NUMBER and is_number(value)) or (wanted == FLAG and isinstance(value, bool)):
                found[key] = value
            else:
                self.complain("figure-not-a-number", f"'{key}' must be a {wanted}", place)
        return found

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
            by, go = (
                self.read_pair(entry.get("by", [0, 0]), (*place, "by")),
                self.read_pair(entry.get("go"), (*place, "go")),
            )
            if not isinstance(start, str) or start not in ARROW_JOINTS:
                self.complain(
                    "figure-unknown-joint",
                    f"unknown joint '{start}'",
                    (*place, "from"),
                    given=str(start),
                    among=ARROW_JOINTS,
                )
                continue
            bend = entry.get("bend", 0.0)
            arrows.append(
                Arrow(start, by, go, float(bend) if is_number(bend) else 0.0, entry.get("double") is True, place)
            )
        return tuple(arrows)
