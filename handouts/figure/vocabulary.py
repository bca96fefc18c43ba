"""The words of a figure file: joints, movements, parts, and what they mean in numbers."""

from __future__ import annotations

from handouts.figure.marks import TINTS
from handouts.figure.props import DRAWERS
from handouts.figure.skeleton import SIDES
from handouts.figure.surfaces import LIMB_SPOTS, PAIRS, PARTS, TRUNK_SPOTS

_LIMB_JOINTS = ("hip", "knee", "ankle", "shoulder", "elbow", "forearm", "wrist", "fingers")
_SPINE_JOINTS = ("lumbar", "thoracic", "neck", "head")
_PLURALS = {f"{name}s": name for name in _LIMB_JOINTS if name != "fingers"} | {"both fingers": "fingers"}

# Movement in words → (movement, sign). External rotation, supination, dorsiflexion, a bend or turn to the right
# are positive.
MOVEMENTS: dict[str, tuple[str, float]] = {
    "flexion": ("flexion", 1.0),
    "extension": ("flexion", -1.0),
    "dorsiflexion": ("flexion", 1.0),
    "plantarflexion": ("flexion", -1.0),
    "abduction": ("abduction", 1.0),
    "adduction": ("abduction", -1.0),
    "external-rotation": ("rotation", 1.0),
    "internal-rotation": ("rotation", -1.0),
    "supination": ("rotation", 1.0),
    "pronation": ("rotation", -1.0),
    "right-bend": ("bend", 1.0),
    "left-bend": ("bend", -1.0),
    "right-turn": ("turn", 1.0),
    "left-turn": ("turn", -1.0),
    "lean": ("lean", 1.0),
    "roll": ("roll", 1.0),
    "tilt": ("tilt", 1.0),
    "heading": ("heading", 1.0),
}
_SPINE_MOVES = ("flexion", "extension", "right-bend", "left-bend", "right-turn", "left-turn")
_BALL_MOVES = ("flexion", "extension", "abduction", "adduction", "external-rotation", "internal-rotation")
MOVES_OF: dict[str, tuple[str, ...]] = {
    "pelvis": ("lean", "roll", "tilt", "heading", "right-bend", "left-bend"),
    "lumbar": _SPINE_MOVES,
    "thoracic": _SPINE_MOVES,
    "neck": _SPINE_MOVES,
    "head": _SPINE_MOVES,
    "hip": _BALL_MOVES,
    "shoulder": _BALL_MOVES,
    "knee": ("flexion", "extension"),
    "elbow": ("flexion", "extension"),
    "ankle": ("dorsiflexion", "plantarflexion"),
    "forearm": ("supination", "pronation"),
    "wrist": ("flexion", "extension"),
    "fingers": ("flexion",),
}
JOINTS = ("pelvis", *_SPINE_JOINTS, *_PLURALS, *(f"{side} {name}" for side in SIDES for name in _LIMB_JOINTS))
CONTACT_PARTS = (
    "head",
    "hands",
    "feet",
    "heels",
    "toes",
    "shins",
    "forearms",
    "ankles",
    *(f"{side} {name}" for side in SIDES for name in ("hand", "foot", "heel", "toes", "shin", "forearm", "ankle")),
)
_CONTACT_PAIRS = {
    "hands": "hand",
    "feet": "foot",
    "heels": "heel",
    "toes": "toes",
    "shins": "shin",
    "forearms": "forearm",
    "ankles": "ankle",
}
SUPPORT_PARTS = (*PARTS, *PAIRS)
SURFACE_NAMES = ("floor", "mat", "bed", "seat", "step", "worktop", "table", "box", "blanket", "pillow")
BODY_SPOTS = (
    *("thighs", "knees", "shins"),
    *(f"{side} {spot}" for side in SIDES for spot in LIMB_SPOTS),
    *TRUNK_SPOTS,
)
_ON_SURFACES = tuple(f"on {name}" for name in SURFACE_NAMES)
# What a part may touch. "holding" and an ankle on a surface need a place as well.
WHERES_OF: dict[str, tuple[str, ...]] = {
    "head": ("free", *_ON_SURFACES),
    "hand": (
        "stays",
        "free",
        "holding",
        "on wall",
        *_ON_SURFACES,
        *(f"on {spot}" for spot in BODY_SPOTS),
        *(f"behind {side} {spot}" for side in SIDES for spot in ("thigh", "knee", "shin")),
    ),
    "forearm": ("stays", "free", "on wall", *_ON_SURFACES),
    "ankle": ("stays", "free", *_ON_SURFACES, *(f"on {side} thigh" for side in SIDES)),
} | dict.fromkeys(("foot", "heel", "toes", "shin"), ("stays", "free", *_ON_SURFACES))
PROPS = tuple(DRAWERS)
NUMBER, PAIR, FLAG = "number", "pair", "flag"
# What may be said of a prop: a number, two numbers, yes or no, or one of some words.
PROP_KEYS: dict[str, dict[str, str | tuple[str, ...]]] = {
    "mat": {"wide": NUMBER},
    "floor": {"wide": NUMBER},
    "bed": {"thick": NUMBER, "wide": NUMBER, "edge": NUMBER, "floor": NUMBER, "from-to": PAIR},
    "chair": {"height": NUMBER, "at": NUMBER, "turned": FLAG},
    "stool": {"height": NUMBER, "at": NUMBER},
    "step": {"height": NUMBER, "at": NUMBER, "wide": NUMBER},
    "box": {"height": NUMBER, "at": NUMBER, "wide": NUMBER, "from": NUMBER},
    "table": {"height": NUMBER, "at": NUMBER, "wide": NUMBER},
    "worktop": {"height": NUMBER, "at": NUMBER, "wide": NUMBER},
    "wall": {"at": NUMBER, "thick": NUMBER},
    "pillow": {
        "under": ("head", "knees", "belly", "hips"),
        "between": ("knees",),
        "on": NUMBER,
        "long": NUMBER,
        "shift": NUMBER,
        "at": PAIR,
        "thick": NUMBER,
    },
    "rolled towel": {"at": PAIR, "radius": NUMBER},
    "towel loop": {"side": SIDES, "share": NUMBER},
    "held box": {"wide": NUMBER, "tall": NUMBER, "ahead": NUMBER},
    "wedge": {},
    "blanket": {"height": NUMBER, "at": NUMBER, "wide": NUMBER},
    "bag": {"hand": SIDES, "tall": NUMBER, "wide": NUMBER},
    "pack": {"kind": ("heat", "cold")},
    "stick": {"hand": SIDES, "ahead": NUMBER},
    "couch": {"at": NUMBER},
    "car seat": {"at": NUMBER, "wheel": NUMBER, "pedals": NUMBER, "lean": NUMBER},
    "phone": {"at": PAIR},
    "trolley": {"at": NUMBER, "height": NUMBER},
}
TINT_NAMES = TINTS
EYES = ("open", "closed")
FEET = ("shoes", "bare")
FIGURE_KEYS = ("side", "view", "feet", "props", "frames", "harder")
FRAME_KEYS = (
    "base",
    "joints",
    "support",
    "anchor",
    "contacts",
    "arrows",
    "tint",
    "props",
    "eyes",
    "breath",
    "press",
    "place",
)
BASE_KEYS = ("base", "joints", "support", "anchor", "contacts", "props", "eyes")
ARROW_KEYS = ("from", "by", "go", "bend", "double")

ANCHORS = (
    "hip",
    "c7",
    "head",
    "shoulders",
    "buttocks",
    "knees",
    "feet",
    "right knee",
    "left knee",
    "right ankle",
    "left ankle",
    "right wrist",
    "left wrist",
    "t7",
)
ARROW_JOINTS = (
    "hip",
    "l3",
    "t12",
    "t7",
    "c7",
    "head",
    *(
        f"{side} {name}"
        for side in ("left", "right")
        for name in ("hip", "knee", "ankle", "toe", "heel", "shoulder", "elbow", "wrist", "tip")
    ),
)


def spell_joint(name: str) -> tuple[str, ...]:
    """Return the joints that a name stands for: both sides for a plural; nothing when it is not known."""
    if name in _PLURALS:
        return tuple(f"{side} {_PLURALS[name]}" for side in SIDES)
    return (name,) if name in JOINTS else ()


def spell_part(name: str) -> tuple[str, ...]:
    """Return the parts that a contact's name stands for; nothing when it is not known."""
    if name in _CONTACT_PAIRS:
        return tuple(f"{side} {_CONTACT_PAIRS[name]}" for side in SIDES)
    return (name,) if name in CONTACT_PARTS else ()


def bare_joint(name: str) -> str:
    """Return a joint's name without its side."""
    side, _, rest = name.partition(" ")
    return rest if side in SIDES else name
