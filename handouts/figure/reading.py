"""Figure files → specifications."""

from __future__ import annotations

from typing import Any

from handouts.figure.camera import VIEWS
from handouts.figure.drafts import Draft
from handouts.figure.entries import is_number
from handouts.figure.poses import PoseReader
from handouts.figure.specification import FigureSpec, FrameSpec, Path, Prop
from handouts.figure.vocabulary import FEET, FIGURE_KEYS, FRAME_KEYS, TINT_NAMES

MOST_AMOUNT = 4
"""Hundredths of the body height by which a belly may rise or a waist be pressed."""


class FigureReader(PoseReader):
    """Reads one figure file."""

    def read_figure(self, figure_id: str) -> FigureSpec:
        """Return the specification of a figure file; problems are in the collector."""
        data = self.read_mapping(self.document.data, (), "a figure")
        self.check_keys(data, FIGURE_KEYS, ())
        view = data.get("view", "side")
        if isinstance(view, list):
            aimed: str | tuple[float, float] = self.read_pair(view, ("view",))
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
                draft = previous.go_on(path) if previous else Draft()
                if not previous:
                    self.complain(
                        "figure-no-base",
                        "the first frame needs a base pose",
                        path,
                        hint="add 'base: standing', for example",
                    )
            draft = self.fill_draft(data, path, draft)
            tint = data.get("tint", [])
            tints = tuple(
                self.choose(word, TINT_NAMES, (*path, "tint"), "tint", "")
                for word in (tint if isinstance(tint, list) else [tint])
            )
            specs.append(
                FrameSpec(
                    angles=dict(draft.angles),
                    support=draft.support,
                    anchor=draft.anchor,
                    contacts=tuple(draft.contacts.values()),
                    arrows=self.read_arrows(data.get("arrows"), (*path, "arrows")),
                    tints=tuple(word for word in tints if word),
                    props=props + draft.props,
                    path=path,
                    eyes=draft.eyes,
                    breath=self._read_amount(data, "breath", path),
                    press=self._read_amount(data, "press", path),
                    place=draft.place,
                    angle_paths=dict(draft.angle_paths),
                )
            )
            previous = draft
        return tuple(specs)

    def _read_amount(self, data: dict[str, Any], key: str, path: Path) -> float:
        amount = data.get(key, 0)
        if is_number(amount) and 0 <= amount <= MOST_AMOUNT:
            return float(amount)
        self.complain("figure-amount", f"'{key}' must be a number from 0 to {MOST_AMOUNT}", (*path, key))
        return 0.0
