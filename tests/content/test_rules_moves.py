"""Each cell of the moves table against a table that was typed by hand from the guidance, and what M cells lead to."""

from itertools import combinations

import pytest

from handouts.content.models import Conditions, DefaultSets, Exercise, MovesTable, SleepPosition, Sources
from handouts.diagnostics import Collector
from handouts.resources import find_bundled_folder
from handouts.source.document import read_document

SECTIONS = find_bundled_folder("sections")

COLUMNS = [
    "pregnancy",
    "osteoporosis",
    "recent-surgery",
    "disc-or-sciatica",
    "spondylolisthesis",
    "spinal-stenosis",
    "hip-replacement",
    "knee-replacement",
    "high-blood-pressure",
    "cannot-get-to-floor",
    "wrist-pain",
    "falls-risk",
]

TABLE = {
    "single-knee-to-chest": "NNA MYY NMY MYM",
    "double-knee-to-chest": "NNA NYY NMY MYM",
    "seated-cross-legged-lean": "NNA NMM NNM NYN",
    "overhead-arm-reach": "YYA YMM YYM YYM",
    "upright-march": "MYA YYY MYY YYM",
    "cat-camel": "MMA MMM MMY MMM",
    "childs-pose": "MNA NYY NNM NMN",
    "pelvic-tilt": "MMA YYY YYY MYM",
    "lower-trunk-rotation": "NNA MYY NYY MYM",
    "piriformis-figure-4": "MMA MYY NMY MYM",
    "hamstring-stretch": "MMA MYY MMY MYM",
    "bridge": "NMA YMM AYN MYM",
    "bird-dog": "MMA YYM MMM MMM",
    "plank": "NAA MMM AMA MMM",
    "prone-press-up": "NNA MNN AYM MMM",
    "standing-back-bend": "NNA MNN AYM YYN",
    "seated-forward-bend": "MNA NYY NYM YYM",
    "walking": "YYM YYM YYY YYM",
    "belly-breathing": "MYY YYY YYY YYY",
}

CELLS = [
    (move, column, verdict)
    for move, row in TABLE.items()
    for column, verdict in zip(COLUMNS, row.replace(" ", ""), strict=True)
]

NOT_TOGETHER = {
    "cat-camel": {
        ("disc-or-sciatica", "falls-risk"),
        ("disc-or-sciatica", "hip-replacement"),
        ("disc-or-sciatica", "knee-replacement"),
        ("disc-or-sciatica", "wrist-pain"),
        ("falls-risk", "osteoporosis"),
        ("hip-replacement", "osteoporosis"),
        ("knee-replacement", "osteoporosis"),
        ("osteoporosis", "wrist-pain"),
    },
    "pelvic-tilt": {("falls-risk", "pregnancy")},
    "hamstring-stretch": {
        ("disc-or-sciatica", "pregnancy"),
        ("hip-replacement", "pregnancy"),
        ("osteoporosis", "pregnancy"),
    },
}
"""Pairs of conditions for which no change of the card is safe: the move is left out there, and must stay left out."""

KNOWN_CONDITIONS = [
    "osteoporosis",
    "recent-surgery",
    "disc-or-sciatica",
    "spondylolisthesis",
    "spinal-stenosis",
    "hip-replacement",
    "knee-replacement",
    "high-blood-pressure",
    "cannot-get-to-floor",
    "wrist-pain",
    "falls-risk",
    "kidney-disease",
    "liver-disease",
    "heart-disease",
    "blood-thinner",
    "asthma",
    "stomach-ulcer",
    "nsaid-allergy",
    "nerve-damage-diabetes",
    "poor-circulation",
    "cancer-history",
    "weak-immune-system",
    "long-term-steroids",
    "owns-tens",
    "pregnancy",
    "pelvic-girdle-pain",
    "fracture-not-ruled-out",
    "raynauds",
    "lung-disease",
    "past-stroke",
    "blood-pressure-or-water-tablets",
    "bowel-disease",
]


def read(name, form):
    collector = Collector()
    document = read_document(SECTIONS / name, collector)
    assert document is not None, [item.format_line() for item in collector.found]
    return form.model_validate(document.data)


@pytest.fixture(scope="module")
def moves():
    return read("rules/moves.yaml", MovesTable)


@pytest.fixture(scope="module")
def conditions():
    return {item.id: item for item in read("rules/conditions.yaml", Conditions).conditions}


@pytest.fixture(scope="module")
def exercises():
    found = {path.stem: read(f"exercises/{path.name}", Exercise) for path in (SECTIONS / "exercises").glob("*.yaml")}
    assert len(found) == 19
    return found


def find_changed(moves, move):
    """Return the columns and conditions for which the move needs a changed card."""
    changed = {column for column, cell in moves.moves[move].items() if cell.verdict == "M"}
    return changed | {also.id for also in moves.also if move in also.moves and also.moves[move].verdict == "M"}


def test_table_has_19_moves_and_12_columns(moves):
    assert len(CELLS) == 228
    assert [column.id for column in moves.columns] == COLUMNS
    assert set(moves.moves) == set(TABLE)
    assert all(list(row) == COLUMNS for row in moves.moves.values())


@pytest.mark.parametrize(("move", "column", "verdict"), CELLS, ids=[f"{move}-{column}" for move, column, _ in CELLS])
def test_cell(moves, move, column, verdict):
    assert moves.moves[move][column].verdict == verdict


def test_pregnancy_limits(moves):
    assert moves.pregnancy_from_week == 16
    any_week = {"double-knee-to-chest", "seated-cross-legged-lean", "plank", "prone-press-up"}
    assert set(moves.any_week_of_pregnancy) == any_week
    assert all(moves.moves[move]["pregnancy"].verdict == "N" for move in any_week)


@pytest.mark.parametrize(
    ("column", "mark", "sources"),
    [
        ("osteoporosis", "guideline", ("ROS-BEND", "ROS-BACK", "SPINE-SECRETS")),
        ("recent-surgery", "general-knowledge", ()),
        ("disc-or-sciatica", "web-page", ("SPINE-SECRETS",)),
        ("spondylolisthesis", "guideline", ("HARVARD-SPOND",)),
        ("spinal-stenosis", "guideline", ("AHP-SUFFOLK", "NHS-STEN-VID")),
        ("hip-replacement", "guideline", ("HIP-LHSC",)),
        ("knee-replacement", "guideline", ("WYLDE-2019",)),
        ("high-blood-pressure", "web-page", ("ISOM-PRESS",)),
        ("cannot-get-to-floor", "general-knowledge", ()),
        ("wrist-pain", "general-knowledge", ()),
        ("falls-risk", "general-knowledge", ()),
    ],
)
def test_basis_of_a_column(moves, column, mark, sources):
    assert {(row[column].mark, row[column].sources) for row in moves.moves.values()} == {(mark, sources)}


def test_basis_of_pregnancy_is_lying_flat_only(moves):
    flat = {move for move, row in moves.moves.items() if row["pregnancy"].sources == ("NHS-PREG-EX",)}
    assert flat == {
        "single-knee-to-chest",
        "pelvic-tilt",
        "lower-trunk-rotation",
        "piriformis-figure-4",
        "hamstring-stretch",
        "bridge",
        "belly-breathing",
    }
    assert all(row["pregnancy"].mark == "general-knowledge" for move, row in moves.moves.items() if move not in flat)


def test_a_move_left_out_says_why(moves):
    for move, row in moves.moves.items():
        for column, cell in row.items():
            if cell.verdict in {"A", "N"} and column != "recent-surgery":
                assert cell.reason, f"{move}, {column}"
            elif cell.verdict in {"Y", "M"}:
                assert cell.reason is None, f"{move}, {column}"
    assert all(column.title and column.reason for column in moves.columns)


def test_every_changed_cell_has_a_version(moves, exercises):
    missing = {
        (move, column)
        for move in TABLE
        for column in find_changed(moves, move)
        if not any(column in version.safe_for for version in exercises[move].versions)
    }
    assert missing == set()


def test_a_version_names_only_columns_where_a_change_is_asked_for(moves, exercises):
    for move, exercise in exercises.items():
        for version in exercise.versions:
            assert set(version.safe_for) <= find_changed(moves, move), f"{move}, {version.id}"


@pytest.mark.parametrize("move", TABLE)
def test_pairs_without_a_common_version(moves, exercises, move):
    changed = sorted(find_changed(moves, move))
    versions = exercises[move].versions
    without = {pair for pair in combinations(changed, 2) if not any(set(pair) <= set(v.safe_for) for v in versions)}
    assert without == NOT_TOGETHER.get(move, set())


def test_later_versions_are_safe_for_more_or_for_others(exercises):
    for exercise in exercises.values():
        for first, second in combinations(exercise.versions, 2):
            assert not set(second.safe_for) <= set(first.safe_for), f"{exercise.id}: '{second.id}' is never taken"


def test_conditions_of_the_contract(conditions, moves):
    assert set(KNOWN_CONDITIONS) <= set(conditions)
    columns = {item.column for item in conditions.values() if item.column}
    assert columns == set(COLUMNS)
    assert all(conditions[column].column == column for column in COLUMNS)
    assert conditions["pelvic-girdle-pain"].column == "pregnancy"


def test_conditions_to_be_cleared_first(conditions, moves):
    clearable = {name for name, item in conditions.items() if item.clearable}
    assert clearable == {"cancer-history", "weak-immune-system", "long-term-steroids"}
    also = {item.id: item for item in moves.also}
    for name in clearable:
        assert also[name].otherwise.verdict == "A"
        assert also[name].moves == {}


def test_age_and_weeks_give_conditions(conditions):
    assert conditions["falls-risk"].implied_by.age_at_least == 76
    assert conditions["pregnancy"].implied_by.pregnant_weeks_at_least == 1
    assert {name for name, item in conditions.items() if item.implied_by} == {"falls-risk", "pregnancy"}


def test_conditions_without_a_column(conditions, moves):
    also = {item.id: item for item in moves.also}
    assert set(also) <= set(conditions)
    assert all(set(item.moves) <= set(TABLE) for item in also.values())
    fracture = also["fracture-not-ruled-out"]
    assert fracture.otherwise.verdict == "N"
    assert {move: cell.verdict for move, cell in fracture.moves.items()} == {"belly-breathing": "Y"}
    girdle = {move: cell.verdict for move, cell in also["pelvic-girdle-pain"].moves.items()}
    assert girdle["upright-march"] == "M"
    assert {move for move, verdict in girdle.items() if verdict == "N"} >= {"bird-dog", "childs-pose"}
    assert also["heart-disease"].moves["plank"].verdict == "A"
    assert also["lung-disease"].moves["belly-breathing"].verdict == "M"
    shoulder = {move: cell.verdict for move, cell in also["bad-shoulder"].moves.items()}
    assert shoulder == {"overhead-arm-reach": "N", "plank": "N", "prone-press-up": "A", "bird-dog": "A"}
    assert also["dizzy-spells"].moves["standing-back-bend"].verdict == "N"
    assert also["hip-or-knee-arthritis"].moves["piriformis-figure-4"].verdict == "N"
    assert also["hip-or-knee-arthritis"].moves["seated-cross-legged-lean"].verdict == "N"
    assert also["hernia"].moves["plank"].verdict == "N"


def test_heart_disease_is_handled_like_blood_pressure_or_stricter(moves):
    order = "YMAN"
    heart = next(item for item in moves.also if item.id == "heart-disease").moves
    for move, row in moves.moves.items():
        pressure = row["high-blood-pressure"].verdict
        given = heart[move].verdict if move in heart else "Y"
        if move == "bridge":
            assert (pressure, given) == ("N", "A")
        else:
            assert order.index(given) >= order.index(pressure), move


def test_default_sets():
    sets = read("rules/default-sets.yaml", DefaultSets)
    found = {item.id: item for item in sets.sets}
    assert (sets.most, sets.least) == (5, 3)
    assert [(name, " ".join(item.moves), " ".join(item.reserves)) for name, item in found.items()] == [
        ("no-record", "overhead-arm-reach upright-march pelvic-tilt walking belly-breathing", ""),
        (
            "worse-bending",
            "walking prone-press-up standing-back-bend pelvic-tilt belly-breathing",
            "bird-dog upright-march",
        ),
        (
            "worse-standing",
            "seated-forward-bend single-knee-to-chest lower-trunk-rotation walking belly-breathing",
            "double-knee-to-chest pelvic-tilt",
        ),
        (
            "first-days",
            "belly-breathing walking pelvic-tilt single-knee-to-chest",
            "upright-march overhead-arm-reach",
        ),
        (
            "early",
            "walking pelvic-tilt single-knee-to-chest lower-trunk-rotation cat-camel",
            "childs-pose overhead-arm-reach belly-breathing",
        ),
        (
            "later",
            "walking bridge bird-dog cat-camel hamstring-stretch",
            "piriformis-figure-4 seated-cross-legged-lean plank pelvic-tilt",
        ),
    ]
    assert found["no-record"].when.audience == "generic"
    assert found["worse-bending"].when.pattern == ("worse-bending",)
    assert found["worse-standing"].when.pattern == ("worse-standing",)
    assert [found[stage].when.stage for stage in ("first-days", "early", "later")] == [
        ("first-days",),
        ("early",),
        ("later",),
    ]
    assert set(found["worse-bending"].leaves_out) == {
        "single-knee-to-chest",
        "childs-pose",
        "double-knee-to-chest",
        "seated-cross-legged-lean",
        "seated-forward-bend",
    }
    assert not any(set(item.leaves_out) & {*item.moves, *item.reserves} for item in found.values())
    rules = {(name, move): rule.stage for name, item in found.items() for move, rule in item.reserve_rules.items()}
    assert rules == {("worse-bending", "bird-dog"): ("later",)}


def test_sources_are_unique_short_and_known(moves, exercises):
    sources = read("sources.yaml", Sources).sources
    keys = [source.key for source in sources]
    assert len(keys) == len(set(keys)) == 85
    assert all(len(source.short) <= 90 for source in sources)
    used = {key for row in moves.moves.values() for cell in row.values() for key in cell.sources}
    used |= {key for exercise in exercises.values() for key in exercise.sources}
    used |= {key for exercise in exercises.values() for version in exercise.versions for key in version.sources}
    assert used <= set(keys)


SLEEP_RULES = {
    "side": {("A", "hip-replacement")},
    "back": {("N", 28), ("A", 16), ("A", "lung-disease")},
    "reclined": {("N", "hip-replacement")},
    "front": {
        ("N", "pregnancy"),
        ("N", "spinal-stenosis"),
        ("N", "spondylolisthesis"),
        ("N", "hip-replacement"),
        ("A", "recent-surgery"),
        ("A", "fracture-not-ruled-out"),
    },
    "log-roll": set(),
}


@pytest.mark.parametrize("name", SLEEP_RULES)
def test_sleep_positions(name, conditions):
    position = read(f"sleep/{name}.yaml", SleepPosition)
    assert position.id == name
    assert position.figure == ("log-roll" if name == "log-roll" else f"sleep-{name}")
    assert position.kind == ("move" if name == "log-roll" else "position")
    found = {
        (rule.verdict, key)
        for rule in position.rules
        for key in (*rule.when.conditions, *filter(None, [rule.when.pregnant_weeks_at_least]))
    }
    assert found == SLEEP_RULES[name]
    assert set(position.best_for) <= set(conditions)


def test_no_towel_with_a_slipped_bone_or_stenosis():
    towel = next(step for step in read("sleep/back.yaml", SleepPosition).steps if step.id == "towel")
    assert set(towel.unless.conditions) == {"spinal-stenosis", "spondylolisthesis"}
