"""What a changed version of a card gives is printed, and what it leaves out is the card's own."""

from dataclasses import replace

import pytest

from handouts.content.models import Dose, DoseRange
from handouts.diagnostics import PatientError, Span
from handouts.patient.models import ChosenExercise, DoseOverride
from handouts.tailor.cards import CardOrder, make_card
from handouts.tailor.rulebook import Rulebook, open_rulebook
from handouts.tailor.rules import Facts
from handouts.tailor.trail import Trail
from handouts.tailor.verdicts import Ruling

from .records import CLINIC, make_plan, make_record, read_library

WORDS = ("title", "position", "figure", "alt", "steps", "feel", "stop", "easier")
VERSIONS = [(card.id, version.id) for card in read_library().exercises.values() for version in card.versions]


def draw(exercise, version, dose):
    """Return a card as printed, without what tells versions apart and what it rests on."""
    wording = open_rulebook(read_library(), CLINIC, "en", Span("-")).wording
    order = CardOrder(exercise.id, version, None, dose)
    card = make_card(exercise, order, Facts("personal"), wording, Trail())
    return replace(card, version=None, caution=None, sources=(), mark="general-knowledge"), card.caution


def merge(exercise, version):
    """Return a card that has everything the version gives as its own, and no version."""
    given = {key: getattr(version, key) for key in (*WORDS, "dose") if getattr(version, key) is not None}
    return exercise.model_copy(update={**given, "versions": ()})


def check_version(exercise, version):
    merged = merge(exercise, version)
    card, caution = draw(exercise, version.id, merged.dose.start)
    assert card == draw(merged, None, merged.dose.start)[0]
    assert (caution and caution.id) == (version.caution and version.caution.id)


@pytest.mark.parametrize(("name", "version"), VERSIONS)
def test_version_of_the_library(library, name, version):
    exercise = library.exercises[name]
    check_version(exercise, next(item for item in exercise.versions if item.id == version))


@pytest.mark.parametrize("key", [*WORDS, "caution", None])
def test_version_that_gives_one_thing(library, key):
    """Whatever the library's versions happen to give: each thing is taken from a version that gives it alone."""
    exercise, other = library.exercises["plank"], library.exercises["walking"]
    source = {"caution": other.feel} | {name: getattr(other, name) for name in WORDS}
    bare = dict.fromkeys((*WORDS, "caution", "dose"))
    version = exercise.versions[0].model_copy(update=bare | ({key: source[key]} if key else {}))
    only = exercise.model_copy(update={"versions": (version,)})
    check_version(only, version)
    assert (draw(only, version.id, only.dose.start) == draw(only, None, only.dose.start)) == (key is None)


@pytest.mark.parametrize(("name", "version"), VERSIONS)
def test_dose_of_a_version(library, name, version):
    exercise = library.exercises[name]
    given = next(item for item in exercise.versions if item.id == version).dose
    moves = open_rulebook(library, CLINIC, "en", Span("-")).moves
    assert moves.order_move(Ruling(name, "M", version)).dose == (given or exercise.dose).start


def limit_version(library, repetitions):
    """Return a library in which the version of plank for sore wrists has a dose of its own."""
    exercise = library.exercises["plank"]
    start = Dose(hold_seconds=2, repetitions=1)
    dose = DoseRange(start=start, limit=start.model_copy(update={"repetitions": repetitions}))
    version = next(item for item in exercise.versions if "wrist-pain" in item.safe_for)
    versions = (version.model_copy(update={"dose": dose}),)
    changed = exercise.model_copy(update={"versions": versions})
    return replace(library, digest=f"limit {repetitions}", exercises={**library.exercises, "plank": changed})


def choose_plank(repetitions):
    own = (ChosenExercise("plank", None, DoseOverride(repetitions=repetitions)),)
    return make_record(stage="later", conditions=("wrist-pain",), exercises=own)


@pytest.mark.parametrize("most", [2, 9])
def test_a_clinicians_dose_is_held_to_the_limit_of_the_version(library, most):
    assert library.exercises["plank"].dose.limit.repetitions not in (2, 9)
    limited = limit_version(library, most)
    (card,) = make_plan(choose_plank(most), "exercises", library=limited).exercises
    assert (card.dose.repetitions, card.dose.hold_seconds) == (most, 2)
    with pytest.raises(PatientError, match=rf"\(1 to {most}\)"):
        make_plan(choose_plank(most + 1), "exercises", library=limited)


def test_a_version_with_a_dose_starts_with_it(library):
    ruling = Ruling("plank", "M", library.exercises["plank"].versions[0].id)
    assert Rulebook(limit_version(library, 4), CLINIC, "en").moves.order_move(ruling).dose.hold_seconds == 2
