"""What the bundled handouts keep whatever room there is, and what a record takes out of them."""

from handouts.tailor.plan import find_block_id

from .records import make_plan, make_record


def find_part(plan, name):
    return next(part for part in plan.parts if part.id == name)


def test_the_short_sheet_always_says_who_must_not_take_ibuprofen():
    for conditions in (("kidney-disease",), ("stomach-ulcer",), ("pregnancy",), ("blood-thinner",)):
        part = find_part(make_plan(make_record(conditions=conditions), handout="back-spasms-short"), "medicines")
        assert not part.if_room
        kept = [block for block in part.blocks if find_block_id(block) not in part.extra]
        texts = " ".join(block.statement.text.lower() for block in kept)
        assert "do not take ibuprofen" in texts, conditions


def test_after_surgery_no_outlook_and_no_relaxant():
    plan = make_plan(make_record(conditions=("recent-surgery",)))
    assert "what-to-expect" not in {part.id for part in plan.parts}
    assert "medicine-relaxant" not in {find_block_id(block) for block in find_part(plan, "medicines").blocks}
    usual = make_plan(make_record())
    assert "what-to-expect" in {part.id for part in usual.parts}
    assert "medicine-relaxant" in {find_block_id(block) for block in find_part(usual, "medicines").blocks}
