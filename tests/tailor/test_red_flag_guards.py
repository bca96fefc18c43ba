"""No rule can take a line of the red-flag box away, and none the box, whichever line and whichever key it is."""

from dataclasses import replace

import pytest

from handouts.content.models import Part, Rule
from handouts.diagnostics import ContentError
from handouts.tailor.parts import check_parts

from .records import make_plan, make_record, read_library

BOX = read_library().red_flags
LINES = [("now", at) for at in range(len(BOX.now.items))] + [("today", at) for at in range(len(BOX.today.items))]
LINES.append(("last", 0))


def change_line(tier, at, key):
    """Return the box with a rule on one line."""
    rule = {key: Rule(stage=("later",))}
    if tier == "last":
        return BOX.model_copy(update={"last": BOX.last.model_copy(update=rule)}), BOX.last.id
    lines = list(getattr(BOX, tier).items)
    lines[at] = lines[at].model_copy(update=rule)
    changed = getattr(BOX, tier).model_copy(update={"items": tuple(lines)})
    return BOX.model_copy(update={tier: changed}), lines[at].id


@pytest.mark.parametrize("key", ["when", "unless", "first"])
@pytest.mark.parametrize(("tier", "at"), LINES)
def test_no_line_of_the_box_has_a_rule(library, tier, at, key):
    box, name = change_line(tier, at, key)
    changed = replace(library, red_flags=box, digest=f"{tier} {at} {key}")
    with pytest.raises(ContentError, match=f"'{name}' of the red-flag box has '{key}'"):
        make_plan(make_record(stage="later"), library=changed)


@pytest.mark.parametrize("tier", ["now", "today"])
@pytest.mark.parametrize(("count", "refused"), [(4, False), (5, True)])
def test_no_tier_has_more_lines_of_its_own_than_are_printed(library, tier, count, refused):
    line = (BOX.now.extra + BOX.today.extra)[0]
    extra = tuple(line.model_copy(update={"id": f"own-{number}", "when": None}) for number in range(count))
    changed = BOX.model_copy(update={tier: getattr(BOX, tier).model_copy(update={"extra": extra})})
    changed = replace(library, red_flags=changed, digest=f"{tier} {count}")
    if refused:
        with pytest.raises(ContentError, match="may have 4 lines under 'extra', here are 5"):
            make_plan(make_record(), library=changed)
        return
    lines = getattr(make_plan(make_record(), library=changed).red_flags, tier).items
    assert [item.id for item in lines[-count:]] == [item.id for item in extra]


@pytest.mark.parametrize("key", ["when", "unless", "if_room"])
@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("first", [True, False])
def test_no_box_can_be_left_out(library, key, alone, first):
    fixed = Part(part="red-flags")
    loose = fixed.model_copy(update={key: True if key == "if_room" else Rule()})
    parts = (loose,) if alone else (loose, fixed) if first else (fixed, loose)
    with pytest.raises(ContentError, match="must print the red-flag box"):
        check_parts(library.handouts["back-spasms"].model_copy(update={"parts": parts}))


def test_a_handout_without_a_box_is_refused(library):
    handout = library.handouts["back-spasms"]
    check_parts(handout.model_copy(update={"parts": (Part(part="red-flags"),)}))
    with pytest.raises(ContentError, match="must print the red-flag box"):
        check_parts(handout.model_copy(update={"parts": (Part(part="plan"),)}))
