"""For every exercise, version and side: the limb that moves in the picture is the one that words and alt text name.

Every card is made by the tailoring, so that side, words, alt text and picture come the way they do on a sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from handouts.content.library import load_library
from handouts.content.models import Exercise
from handouts.diagnostics import Span
from handouts.figure.angles import measure_angles
from handouts.figure.library import Figures
from handouts.figure.skeleton import Skeleton
from handouts.figure.vectors import dot, length, subtract
from handouts.patient.models import Clinic
from handouts.resources import find_bundled_folder
from handouts.tailor.cards import CardOrder, make_card
from handouts.tailor.plan import ExerciseCard
from handouts.tailor.rulebook import open_rulebook
from handouts.tailor.rules import Facts
from handouts.tailor.trail import Trail

CLINIC = Clinic(
    name="Harbour Lane",
    phone="0555 013 4400",
    out_of_hours="NHS 111",
    emergency_number="999",
    website="https://harbour-lane.example/back",
)
LIBRARY = load_library(find_bundled_folder("sections"))
WORDING = open_rulebook(LIBRARY, CLINIC, "en", Span("test")).wording
OTHER = {"left": "right", "right": "left"}
KINDS = dict.fromkeys(("leg", "knee", "thigh", "foot", "heel", "ankle", "toes"), "leg") | dict.fromkeys(
    ("arm", "hand", "elbow"), "arm"
)
NAMED = re.compile(rf"\byour (left|right) ({'|'.join(KINDS)})\b")
CROSSED = re.compile(r"\byour (left|right) ankle\b[^.]* your (left|right) (?:thigh|leg)\b")
IN_FRONT = re.compile(r"\byour (left|right) (?:heel|leg)\b[^.]* in front\b")
ROLLED = re.compile(r"\bknees\b[^.]* to your (left|right) side\b")
APART = 25.0  # degrees between a limb that is held in its own way and its fellow


def _cards() -> Iterator[tuple[Exercise, str | None]]:
    for exercise in LIBRARY.exercises.values():
        if exercise.sided != "none":
            yield from ((exercise, version) for version in (None, *(item.id for item in exercise.versions)))


CARDS = list(_cards())
EACH = [
    pytest.param(exercise, version, side, id=f"{exercise.id}-{version or 'card'}-{side}")
    for exercise, version in CARDS
    for side in OTHER
]


def _make(exercise: Exercise, version: str | None, side: str | None) -> ExerciseCard:
    order = CardOrder(exercise.id, version, side, exercise.dose.start)
    return make_card(exercise, order, Facts("personal", side=side or "none"), WORDING, Trail())


def _words(card: ExerciseCard) -> str:
    return " ".join((*card.figure.alt, *(step.text for step in card.steps)))


def _differ(skeleton: Skeleton, kind: str) -> bool:
    """Return whether a limb is held in another way than its fellow."""
    angles = measure_angles(skeleton)
    joints = ("hip", "knee", "ankle") if kind == "leg" else ("shoulder", "elbow")
    moves = {move for joint, move in angles if joint in (f"left {name}" for name in joints)}
    return any(
        abs(angles.get((f"left {name}", move), 0.0) - angles.get((f"right {name}", move), 0.0)) > APART
        for name in joints
        for move in moves
    )


def find_contradictions(figures: Figures, card: ExerciseCard, side: str) -> list[str]:
    """Return what the picture drawn for ``side`` and the card's words say differently."""
    words, use = _words(card), card.figure
    moving = figures.moving_limbs(use.id, side)
    skeletons = figures.skeletons(use.id, side)
    named = {f"{which} {KINDS[part]}" for which, part in NAMED.findall(words)}
    found = []
    if ROLLED.search(words):
        return [
            f"the knees roll to the {'right' if which == 'left' else 'left'}"
            for which in ROLLED.findall(words)
            if not _rolls_to(skeletons, which)
        ]
    if crossed := CROSSED.search(words):
        ankle, thigh = crossed.groups()
        joints = skeletons[-1].joints
        ours = length(subtract(joints[f"{ankle} ankle"], joints[f"{thigh} knee"]))
        theirs = length(subtract(joints[f"{thigh} ankle"], joints[f"{ankle} knee"]))
        if ankle == thigh or ours >= theirs:
            found.append(f"the {thigh} ankle is crossed")
    for which in IN_FRONT.findall(words):
        knees = {one: measure_angles(skeletons[-1])[(f"{one} knee", "flexion")] for one in OTHER}
        if knees[which] > knees[OTHER[which]] - APART:
            found.append(f"the {which} leg is not the straight one")
    for limb in sorted(named):
        which, kind = limb.split()
        if limb not in moving and not any(_differ(skeleton, kind) for skeleton in skeletons):
            found.append(f"the {limb} is named, but does nothing")
        if limb not in moving and f"{OTHER[which]} {kind}" in moving and f"{OTHER[which]} {kind}" not in named:
            found.append(f"the {limb} is named, but the other moves")
    found += [f"the {limb} moves, but is not named" for limb in sorted(moving - named) if limb.endswith("leg")]
    return found


def _rolls_to(skeletons: tuple[Skeleton, ...], side: str) -> bool:
    """Return whether the knees go to that side of the chest between the first and the last frame."""
    chest = skeletons[0].frames["thoracic2"]
    sign = 1.0 if side == "right" else -1.0
    moves = [
        dot(subtract(skeletons[-1].joints[knee], skeletons[0].joints[knee]), chest.right) * sign
        for knee in ("left knee", "right knee")
    ]
    return all(move > 2.0 for move in moves)


def test_there_are_sided_cards_to_look_at() -> None:
    assert len(CARDS) > 20
    assert {exercise.id for exercise, _ in CARDS} >= {"bird-dog", "piriformis-figure-4", "lower-trunk-rotation"}


@pytest.mark.parametrize(("exercise", "version", "side"), EACH)
def test_picture_words_and_alt_text_agree(figures: Figures, exercise: Exercise, version: str | None, side: str) -> None:
    card = _make(exercise, version, side)
    assert card.figure.side == side
    assert f"your {side}" in " ".join(card.figure.alt), "the alt text names the side"
    assert find_contradictions(figures, card, card.figure.side) == []


@pytest.mark.parametrize(("exercise", "version", "side"), EACH)
def test_a_picture_of_the_other_side_would_be_seen(
    figures: Figures, exercise: Exercise, version: str | None, side: str
) -> None:
    assert find_contradictions(figures, _make(exercise, version, side), OTHER[side])


@pytest.mark.parametrize(("exercise", "version"), CARDS)
def test_a_card_for_each_side_names_none(exercise: Exercise, version: str | None) -> None:
    card = _make(exercise, version, None)
    assert card.figure.side == "both"
    assert not NAMED.search(_words(card))
