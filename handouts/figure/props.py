"""Things in the picture by their names in a figure file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handouts.figure.belongings import draw_bag, draw_held_box, draw_pack, draw_stick, draw_towel_loop
from handouts.figure.cushions import draw_blanket, draw_pillow, draw_roll, draw_wedge
from handouts.figure.furniture import draw_bed, draw_chair, draw_floor, draw_mat, draw_step, draw_table, draw_wall
from handouts.figure.specification import Prop
from handouts.figure.stage import Layer, Stage
from handouts.figure.vehicles import draw_car, draw_couch, draw_phone, draw_trolley

Drawer = Callable[[Stage, Prop], list[Layer]]
DRAWERS: Mapping[str, Drawer] = {
    "mat": draw_mat,
    "floor": draw_floor,
    "bed": draw_bed,
    "chair": draw_chair,
    "stool": draw_chair,
    "step": draw_step,
    "box": draw_step,
    "table": draw_table,
    "worktop": draw_table,
    "wall": draw_wall,
    "pillow": draw_pillow,
    "rolled towel": draw_roll,
    "towel loop": draw_towel_loop,
    "held box": draw_held_box,
    "wedge": draw_wedge,
    "blanket": draw_blanket,
    "bag": draw_bag,
    "pack": draw_pack,
    "stick": draw_stick,
    "couch": draw_couch,
    "car seat": draw_car,
    "phone": draw_phone,
    "trolley": draw_trolley,
}


def draw_prop(stage: Stage, prop: Prop) -> list[Layer]:
    """Return the layers of one prop."""
    return DRAWERS[prop.kind](stage, prop)
