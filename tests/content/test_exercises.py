"""The move cards: every row there, doses as in the guidance, short and plain words, words that follow the side."""

import re

import pytest

from handouts.content.models import Conditions, Dose, Exercise, MovesTable
from handouts.diagnostics import Collector
from handouts.resources import find_bundled_folder
from handouts.source.document import read_document

SECTIONS = find_bundled_folder("sections")
NAMES = sorted(path.stem for path in (SECTIONS / "exercises").glob("*.yaml"))

DOSES = {
    # move: hold, repetitions, each side, times a day; each as start and limit
    "single-knee-to-chest": ((5, 10), (3, 10), True, (2, 3)),
    "double-knee-to-chest": ((5, 5), (3, 10), False, (1, 2)),
    "seated-cross-legged-lean": ((10, 30), (3, 6), False, (1, 2)),
    "overhead-arm-reach": ((5, 10), (5, 10), False, (2, 4)),
    "upright-march": ((None, None), (5, 10), True, (1, 2)),
    "cat-camel": ((None, 3), (5, 10), False, (1, 2)),
    "childs-pose": ((5, 20), (5, 10), False, (1, 2)),
    "pelvic-tilt": ((5, 5), (5, 10), False, (1, 2)),
    "lower-trunk-rotation": ((5, 10), (3, 8), True, (1, 2)),
    "piriformis-figure-4": ((15, 30), (2, 3), True, (1, 2)),
    "hamstring-stretch": ((15, 30), (2, 3), True, (1, 2)),
    "bridge": ((3, 5), (5, 10), False, (1, 1)),
    "bird-dog": ((5, 5), (3, 10), True, (1, 1)),
    "plank": ((10, 30), (3, 3), False, (1, 1)),
    "prone-press-up": ((5, 10), (5, 10), False, (2, 3)),
    "standing-back-bend": ((1, 3), (5, 10), False, (2, 4)),
    "seated-forward-bend": ((3, 5), (5, 10), False, (1, 3)),
}
MINUTES = {"walking": ((5, 30), (3, 4)), "belly-breathing": ((5, 10), (3, 4))}
LATER = {"seated-cross-legged-lean", "piriformis-figure-4", "hamstring-stretch", "bridge", "bird-dog", "plank"}
SIDED = {
    "single-knee-to-chest": "leg",
    "upright-march": "leg",
    "lower-trunk-rotation": "body",
    "piriformis-figure-4": "leg",
    "hamstring-stretch": "leg",
    "bird-dog": "leg",
}


def read(name, form):
    collector = Collector()
    document = read_document(SECTIONS / name, collector)
    assert document is not None, [item.format_line() for item in collector.found]
    return form.model_validate(document.data)


@pytest.fixture(scope="module")
def exercises():
    return {name: read(f"exercises/{name}.yaml", Exercise) for name in NAMES}


def list_forms(exercise):
    """Return the card and its versions, each with the rows that are printed for it."""
    forms = [("card", exercise, exercise)]
    return forms + [(version.id, version, exercise) for version in exercise.versions]


def take(form, card, row):
    return getattr(form, row, None) or getattr(card, row)


def test_all_moves_of_the_guidance_are_there():
    assert set(NAMES) == set(DOSES) | set(MINUTES)
    assert len(NAMES) == 19


@pytest.mark.parametrize("name", DOSES)
def test_dose_of_a_move(exercises, name):
    hold, repetitions, each_side, times = DOSES[name]
    start, limit = exercises[name].dose.start, exercises[name].dose.limit
    days = 3 if name == "plank" else 7
    for dose, at, most_days in ((start, 0, days), (limit, 1, 7)):
        expected = Dose(
            hold_seconds=hold[at],
            repetitions=repetitions[at],
            each_side=each_side,
            times_per_day=times[at],
            days_per_week=most_days,
        )
        assert dose == expected


@pytest.mark.parametrize("name", MINUTES)
def test_dose_in_minutes(exercises, name):
    minutes, times = MINUTES[name]
    dose = exercises[name].dose
    assert dose.start == Dose(minutes=minutes[0], times_per_day=times[0])
    assert dose.limit == Dose(minutes=minutes[1], times_per_day=times[1])


def test_doses_start_at_or_below_their_limit(exercises):
    for exercise in exercises.values():
        ranges = [exercise.dose, *(version.dose for version in exercise.versions if version.dose)]
        for dose in ranges:
            for key in ("hold_seconds", "repetitions", "sets", "minutes", "times_per_day", "days_per_week"):
                assert (getattr(dose.start, key) or 0) <= (getattr(dose.limit, key) or 0), (exercise.id, key)


@pytest.mark.parametrize("name", NAMES)
def test_rows_of_a_card(exercises, name):
    exercise = exercises[name]
    assert exercise.id == name
    assert exercise.stage == ("later" if name in LATER else "early")
    assert exercise.sided == SIDED.get(name, "none")
    assert exercise.group == {"walking": "walk", "belly-breathing": "breathing"}.get(name, "move")
    assert exercise.position and exercise.figure and exercise.feel.text and exercise.easier.text
    assert exercise.sources and exercise.not_for
    assert 3 <= len(exercise.steps) <= 6


def test_priorities_differ(exercises):
    priorities = [exercise.priority for exercise in exercises.values()]
    assert len(set(priorities)) == len(priorities)


@pytest.mark.parametrize("name", NAMES)
def test_ids_inside_a_card_are_unique(exercises, name):
    exercise = exercises[name]
    ids = [line.id for line in exercise.not_for]
    for form in (exercise, *exercise.versions):
        single = (form.feel, form.easier, getattr(form, "caution", None))
        ids += [item.id for item in (*(form.steps or ()), *(form.stop or ()), *single) if item]
    assert len(ids) == len(set(ids))
    assert len({version.id for version in exercise.versions}) == len(exercise.versions)


@pytest.mark.parametrize("name", NAMES)
def test_words_follow_the_side(exercises, name):
    exercise = exercises[name]
    for label, form, card in list_forms(exercise):
        steps, alt = take(form, card, "steps"), take(form, card, "alt")
        words = " ".join([*(step.text for step in steps), *alt])
        swaps = [step for step in steps if step.when and step.when.dosing == "each-side"]
        if exercise.sided == "none":
            assert "{" not in words and not swaps, label
        else:
            assert "{one}" in " ".join(step.text for step in steps), label
            assert "{one}" in " ".join(alt), label
            assert steps[-1:] == tuple(swaps), label
            fixed = re.findall(r"\b(?:left|right|one|other) (?:leg|knee|thigh|foot|heel|ankle)\b", words)
            assert not [text for text in fixed if text not in {"other foot", "other knee"}], label


@pytest.mark.parametrize("name", NAMES)
def test_cards_stay_compact(exercises, name):
    for label, form, card in list_forms(exercises[name]):
        steps = [step.text for step in take(form, card, "steps")]
        assert sum(len(text.split()) for text in steps) <= 45, label
        assert len(take(form, card, "feel").text.split()) <= 14, label
        assert len(take(form, card, "easier").text.split()) <= 22, label
        stop = take(form, card, "stop")
        assert len(stop) <= 3 and all(len(line.text.split()) <= 12 for line in stop), label
        words = [*steps, *(line.text for line in stop), take(form, card, "feel").text, take(form, card, "easier").text]
        if label != "card":
            assert form.caution is not None, label
            words.append(form.caution.text)
        for text in words:
            assert text.endswith("."), text
            assert max(len(part.split()) for part in re.split(r"(?<=[.!?])\s+", text)) <= 13, text


@pytest.mark.parametrize("name", NAMES)
def test_who_a_move_is_not_for_covers_the_table(exercises, name):
    """A generic sheet knows nothing of its reader: the card names everyone for whom the table says N."""
    table = read("rules/moves.yaml", MovesTable)
    strict = {column for column, cell in table.moves[name].items() if cell.verdict in {"N", "A"}}
    strict |= {also.id for also in table.also if name in also.moves and also.moves[name].verdict in {"N", "A"}}
    named = {condition for line in exercises[name].not_for for condition in line.conditions}
    assert named <= {condition.id for condition in read("rules/conditions.yaml", Conditions).conditions}
    assert strict <= named


NO_LYING_FLAT = ("lie on your back", "lie on your front")
NO_FLOOR = ("hands and knees", "fists and knees")


def find_versions(exercises, condition):
    found = [
        (exercise.id, version, exercise)
        for exercise in exercises.values()
        for version in exercise.versions
        if condition in version.safe_for
    ]
    assert found
    return found


def join_words(version, card):
    rows = [*take(version, card, "steps"), take(version, card, "easier"), version.caution]
    return " ".join(row.text for row in rows).lower()


def test_pregnancy_versions_never_lie_flat(exercises):
    for name, version, card in find_versions(exercises, "pregnancy"):
        words = join_words(version, card)
        assert not any(text in words for text in NO_LYING_FLAT), name
        assert "lying on your back" not in take(version, card, "position").lower(), name
        if "hands and knees" in words and name == "cat-camel":
            assert "do not let your tummy sag" in words


@pytest.mark.parametrize("condition", ["knee-replacement", "falls-risk"])
def test_nobody_is_sent_to_hands_and_knees(exercises, condition):
    for name, version, card in find_versions(exercises, condition):
        assert not any(text in join_words(version, card) for text in NO_FLOOR), name


@pytest.mark.parametrize("condition", ["cannot-get-to-floor", "falls-risk"])
def test_bed_chair_wall_or_worktop_instead_of_the_floor(exercises, condition):
    for name, version, card in find_versions(exercises, condition):
        if name == "walking":
            continue
        words = take(version, card, "position").lower() + " " + join_words(version, card)
        assert re.search(r"\b(bed|chair|wall|worktop)\b", words), (name, version.id)
        assert not re.search(r"\b(mat|blanket)\b", words), (name, version.id)


@pytest.mark.parametrize("condition", ["spondylolisthesis", "spinal-stenosis"])
def test_nobody_with_a_slipped_bone_or_stenosis_bends_back(exercises, condition):
    for name, version, card in find_versions(exercises, condition):
        if name == "walking":
            continue
        words = join_words(version, card)
        assert re.search(r"arch|do not lean back|forward or back|sag|back to level|wall", words), (name, version.id)
        assert "dip a little" not in words, (name, version.id)


@pytest.mark.parametrize("condition", ["osteoporosis", "hip-replacement"])
def test_nobody_with_weak_bones_or_a_new_hip_leans_forward(exercises, condition):
    for name, version, card in find_versions(exercises, condition):
        words = join_words(version, card)
        leans = re.findall(r"(.{0,12})\blean\b", words)
        assert all("do not" in before for before in leans), (name, version.id)


def test_wrists_bear_no_weight_when_bent(exercises):
    for name, version, card in find_versions(exercises, "wrist-pain"):
        words = join_words(version, card)
        assert "hands and knees" not in words or "fists" in words, (name, version.id)
