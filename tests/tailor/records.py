"""What the tests of tailoring are made from: the bundled library, a clinic, a date, and records drawn at random."""

from datetime import date
from functools import cache
from random import Random

from handouts.content.library import load_library
from handouts.patient.models import ChosenExercise, Clinic, DoseOverride, Override, PatientRecord
from handouts.resources import find_bundled_folder
from handouts.tailor.assembly import tailor_plan

DAY = date(2026, 11, 23)
CLINIC = Clinic(
    name="Harbour Lane Physiotherapy",
    phone="0555 013 4400",
    out_of_hours="NHS 111",
    emergency_number="999",
    website="https://harbour-lane.example/back",
)


@cache
def read_library():
    return load_library(find_bundled_folder("sections"))


def make_plan(record=None, handout="back-spasms", library=None, clinic=CLINIC, day=DAY, **more):
    return tailor_plan(library or read_library(), handout, record, clinic, date=day, date_from="option", **more)


def make_record(**keys):
    return PatientRecord(**{"name": "Maria Lopez", **keys})


def draw_record(random: Random, library) -> PatientRecord:
    """Return a record drawn at random: any conditions, ages, weeks, overrides and own lists, sensible or not."""
    conditions = list(library.conditions)
    clearable = [name for name in conditions if library.conditions[name].clearable]
    count = random.choice((0, 0, 1, 1, 2, 2, 3, 4, 6, 12))
    named = tuple(name for name in random.sample(conditions, count) if random.random() < 0.9)
    moves = list(library.exercises)
    overrides = [
        Override(name, "J. Patel", "seen and checked")
        for name in random.sample(moves + clearable * 3, random.choice((0, 0, 0, 1, 3)))
        if name in moves or name in named
    ]
    own = None
    if random.random() < 0.3:
        own = tuple(
            ChosenExercise(name, random.choice((None, None, "left", "right")), draw_dose(random))
            for name in random.sample(moves, random.randint(1, 5))
        )
    return PatientRecord(
        name="Maria Lopez",
        reference=random.choice((None, f"HL-{random.randrange(10_000)}")),
        date_of_birth=random.choice((None, date(random.randint(1930, 2012), random.randint(1, 12), 23))),
        stage=random.choice(("first-days", "early", "later")),
        side=random.choice(("left", "right", "both", "none")),
        pattern=random.choice(("none", "none", "worse-bending", "worse-standing")),
        pregnant_weeks=random.choice((None, None, None, random.randint(1, 42))),
        conditions=named,
        sleeps_on=random.choice((None, "side", "back", "front")),
        work=random.choice(("desk", "standing", "lifting", "driving", "none")),
        exercises=own,
        overrides=tuple(dict.fromkeys(overrides)),
        notes=random.choice((None, "Bring your medicine list.")),
    )


def draw_dose(random: Random) -> DoseOverride:
    if random.random() < 0.7:
        return DoseOverride()
    return DoseOverride(repetitions=random.choice((None, 1, 5, 30)), times_per_day=random.choice((None, 1, 2)))
