"""The ledger is traced to the library and back, from the evidence file alone."""

from collections import Counter

import pytest

from handouts.content.evidence import (
    Evidence,
    find_printed_omissions,
    find_unknown_places,
    list_places,
    list_texts,
)
from handouts.content.faults import validate_model
from handouts.content.files import read_pieces
from handouts.content.models import FILE_KINDS, Sources
from handouts.diagnostics import Collector
from handouts.resources import find_bundled_folder
from handouts.source.document import read_document

SECTIONS = find_bundled_folder("sections")
KINDS = ("section", "red-flags", "exercise", "sleep", "handout")


@pytest.fixture(scope="module")
def evidence():
    collector = Collector()
    document = read_document(SECTIONS / "evidence.yaml", collector)
    found = validate_model(document.data, Evidence, document, collector)
    assert found is not None, [str(fault) for fault in collector.found]
    return found


@pytest.fixture(scope="module")
def items():
    pieces = read_pieces(SECTIONS, Collector())
    found = [FILE_KINDS[piece.kind].model_validate(piece.data) for piece in pieces if piece.kind in KINDS]
    assert len(found) > 40
    return found


def test_every_fact_is_listed(evidence):
    uses = Counter(entry.use for entry in evidence.facts)
    assert len(evidence.facts) == 203
    assert uses["omitted"] == 29
    assert uses["printed"] + uses["merged"] + uses["held"] == 174
    assert len(evidence.conflicts) == 22
    assert len(evidence.gaps) == 15


def test_every_place_exists(evidence, items):
    assert find_unknown_places(evidence, list_places(items)) == []


def test_nothing_omitted_is_printed(evidence, items):
    assert find_printed_omissions(evidence, list_texts(items)) == []


def test_every_source_is_known(evidence):
    sources = Sources.model_validate(read_document(SECTIONS / "sources.yaml", Collector()).data)
    known = {source.key for source in sources.sources}
    assert {key for entry in evidence.facts for key in entry.sources} <= known


def test_what_is_held_is_printed_by_a_rule_or_a_card(evidence, items):
    ruled = set()
    for item in items:
        dump = item.model_dump()
        parts = [dump, *dump.get("blocks", ())]
        parts += [inner for part in dump.get("blocks", ()) for inner in part.get("items", ())]
        for part in parts:
            if isinstance(part, dict) and (part.get("when") or dump.get("when")):
                ruled.add(part["id"])
    held = [entry for entry in evidence.facts if entry.use == "held"]
    assert held
    for entry in held:
        assert any(place in ruled or place.startswith("exercises/") for place in entry.places), entry.id


def test_a_lost_place_is_found(evidence, items):
    places = list_places(items) - {"q-disc"}
    assert {place for _, place in find_unknown_places(evidence, places)} == {"q-disc"}


def test_a_printed_omission_is_found(evidence):
    found = find_printed_omissions(evidence, {"some-place": "Try **Cupping** at home."})
    assert found == [("cupping", "cupping", "some-place")]


@pytest.mark.parametrize(
    "entry",
    [
        {"id": "a", "use": "omitted", "agreement": "silent", "reason": "None."},
        {"id": "a", "use": "omitted", "agreement": "silent", "never": ["x"], "reason": "Why.", "in": ["b"]},
        {"id": "a", "use": "printed", "agreement": "agrees"},
        {"id": "a", "use": "printed", "agreement": "conflicts", "in": ["b"]},
        {"id": "a", "use": "printed", "agreement": "agrees", "in": ["b"], "never": ["x"]},
    ],
)
def test_a_half_entry_is_refused(entry):
    with pytest.raises(ValueError, match="what"):
        Evidence.model_validate({"facts": [entry], "conflicts": [], "gaps": []})
