"""Made-up people for measuring: a varied thousand, and the usual day of a clinic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

GIVEN = (
    "Maria", "José", "Aoife", "Zoë", "Björn", "Nguyễn Thị", "Łukasz", "Fatima", "Siobhán", "İbrahim", "Ana-Luísa",
    "Grace", "Dmytro", "Věra", "Thomas", "Chidi", "Noor", "Åsa", "Hannah", "Wei",
)  # fmt: skip
FAMILY = (
    "Lopez", "Fernández", "O’Brien", "Müller", "Þórsdóttir", "Ngọc Ánh", "Wójcik", "Khan", "Ní Dhomhnaill", "Yılmaz",
    "Gonçalves", "Smith", "Shevchenko", "Nováková", "Ashworth-Pemberton", "Okafor", "de Vries", "Ångström", "Reid", "Li",
)  # fmt: skip
GOALS = ("Walk to the shops", "Lift my granddaughter", "Sit through a film", "Get back to the garden", "Drive to work")
NOTES = (
    "Bring your medicine list.",
    "Use the chair with arms for now.\nCall us on Friday to say how you are.",
    "Your next visit is in the new building, second floor.\nPlease come ten minutes early.\nBring shoes for walking.",
)
MOVES = (
    "pelvic-tilt", "single-knee-to-chest", "double-knee-to-chest", "lower-trunk-rotation", "bridge", "cat-camel",
    "bird-dog", "childs-pose", "prone-press-up", "walking", "belly-breathing", "hamstring-stretch", "plank",
    "piriformis-figure-4", "upright-march", "overhead-arm-reach", "standing-back-bend",
)  # fmt: skip

Row = dict[str, str]


def draw_varied(random: Random, conditions: Sequence[str]) -> Iterator[Row]:
    """Yield people without end: all stages, conditions, ages, own lists of moves and three editions."""
    number = 0
    while True:
        number += 1
        row = draw_person(random, number)
        row["stage"] = random.choice(("first-days", "early", "later"))
        row["side"] = random.choice(("left", "right", "both", "none"))
        row["pattern"] = random.choice(("none", "none", "worse-bending", "worse-standing"))
        row["work"] = random.choice(("desk", "standing", "lifting", "driving", "none"))
        row["sleeps_on"] = random.choice(("", "side", "back", "front"))
        row["edition"] = random.choice(("standard",) * 8 + ("large-print", "low-ink"))
        row["conditions"] = ";".join(random.sample(conditions, random.choice((0, 0, 1, 1, 2, 2, 3, 4))))
        if random.random() < 0.05 and "19" in row["date_of_birth"][:2] and row["date_of_birth"] > "1985":
            row["pregnant_weeks"] = str(random.randint(1, 41))
        if random.random() < 0.4:
            row["exercises"] = ";".join(random.sample(MOVES, random.randint(2, 6)))
        yield row


def draw_usual(random: Random, conditions: Sequence[str], kinds: int = 4) -> Iterator[Row]:
    """Yield people of a usual day without end: ``kinds`` sorts of decisions, each person with lines of their own."""
    shapes = []
    for source, _ in zip(draw_varied(random, conditions), range(kinds), strict=False):
        shapes.append(
            {key: source.get(key, "") for key in ("stage", "side", "pattern", "work", "sleeps_on", "conditions")}
        )
    number = 0
    while True:
        number += 1
        yield draw_person(random, number) | random.choice(shapes)


def draw_person(random: Random, number: int) -> Row:
    """Return name, dates, reference, goal and notes of a person of 18 to 60."""
    born = f"{random.randint(1967, 2007)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    return {
        "name": f"{random.choice(GIVEN)} {random.choice(FAMILY)}",
        "date_of_birth": born,
        "reference": f"HL-{number:05}",
        "seen_on": "2026-11-23",
        "seen_by": "J. Patel, physiotherapist",
        "next_visit": random.choice(("", "2026-12-07")),
        "goal": random.choice(("", *GOALS)),
        "notes": random.choice(("", "", *NOTES)),
    }
