"""The table of moves as the guidance gives it, written out once more: what the library's data is held against."""

COLUMNS = (
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
)
ROWS = """
single-knee-to-chest      N N A M Y Y N M Y M Y M
double-knee-to-chest      N N A N Y Y N M Y M Y M
seated-cross-legged-lean  N N A N M M N N M N Y N
overhead-arm-reach        Y Y A Y M M Y Y M Y Y M
upright-march             M Y A Y Y Y M Y Y Y Y M
cat-camel                 M M A M M M M M Y M M M
childs-pose               M N A N Y Y N N M N M N
pelvic-tilt               M M A Y Y Y Y Y Y M Y M
lower-trunk-rotation      N N A M Y Y N Y Y M Y M
piriformis-figure-4       M M A M Y Y N M Y M Y M
hamstring-stretch         M M A M Y Y M M Y M Y M
bridge                    N M A Y M M A Y N M Y M
bird-dog                  M M A Y Y M M M M M M M
plank                     N A A M M M A M A M M M
prone-press-up            N N A M N N A Y M M M M
standing-back-bend        N N A M N N A Y M Y Y N
seated-forward-bend       M N A N Y Y N Y M Y Y M
walking                   Y Y M Y Y M Y Y Y Y Y M
belly-breathing           M Y Y Y Y Y Y Y Y Y Y Y
"""
TABLE = {
    (line.split()[0], column): verdict
    for line in ROWS.strip().splitlines()
    for column, verdict in zip(COLUMNS, line.split()[1:], strict=True)
}
ANY_WEEK = {"double-knee-to-chest", "seated-cross-legged-lean", "plank", "prone-press-up"}
STRICTNESS = "YMAN"


def read_verdict(library, move, record, age):
    """Return the strictest verdict before versions are looked at, with the columns that give M.

    The twelve columns come from the table above; conditions without a column from the library's own list.
    """
    named = set(record.conditions)
    if age is not None and age >= 76:
        named.add("falls-risk")
    weeks = record.pregnant_weeks
    given = {}
    for name in named & set(COLUMNS):
        if name != "pregnancy":
            given[name] = TABLE[move, name]
    pregnant = "pregnancy" in named or weeks is not None
    if pregnant and (weeks is None or weeks >= 16 or move in ANY_WEEK):
        given["pregnancy"] = TABLE[move, "pregnancy"]
    if "pelvic-girdle-pain" in named:
        given["pregnancy"] = TABLE[move, "pregnancy"]
    cleared = {item.id for item in record.overrides if library.conditions.get(item.id) and item.id in named}
    for also in library.moves.also:
        cell = also.moves.get(move, also.otherwise)
        if also.id in named - cleared and cell is not None:
            given[also.id] = cell.verdict
    worst = max(given.values(), key=STRICTNESS.index, default="Y")
    return worst, {name for name, verdict in given.items() if verdict == "M"}


def settle_verdict(library, move, record, age):
    """Return the verdict that counts: several M need one version that is safe for all of them, else A."""
    worst, changed = read_verdict(library, move, record, age)
    if worst != "M":
        return worst
    versions = library.exercises[move].versions
    return "M" if any(changed <= set(version.safe_for) for version in versions) else "A"
