"""Rules of words and parts that point at another part of the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.content.gate.material import Found, Material
from handouts.content.models import Handout
from handouts.diagnostics import find_near_names

_LINK = re.compile(r"\b(?:see|under|read|in the part|in the section)\s+[\"“‘']([^\"”’']{3,60})[\"”’']", re.IGNORECASE)


def find_dead_links(material: Material) -> Iterator[Found]:
    """Find "see 'Title'" where no section, card or handout has that title."""
    library = material.library
    groups = (library.sections, library.exercises, library.sleep, library.handouts)
    titles = {item.title.casefold(): item.title for group in groups for item in group.values()}
    titles |= {title.casefold(): title for title in _list_part_titles(material)}
    for line in material.lines:
        for match in _LINK.finditer(line.text):
            title = match[1].rstrip(".,")
            if title.casefold() not in titles:
                near = find_near_names(title, titles.values())
                hint = f"did you mean '{near[0]}'?" if near else "name a part by its title, as printed"
                yield Found(line, f"this sends the reader to '{title}', which there is not", hint, title)


def _list_part_titles(material: Material) -> Iterator[str]:
    for handout in material.library.handouts.values():
        yield from (part.title for part in handout.parts if part.title)
    for tier in (material.library.red_flags.now, material.library.red_flags.today):
        yield tier.title.partition(":")[0]
    for locale in material.library.locales.values():
        yield from (words for words in locale.words.values() if isinstance(words, str))


def find_dead_parts(material: Material) -> Iterator[Found]:
    """Find parts that stand in for, or may come ahead of, another for which they cannot."""
    for piece in material.pieces:
        if piece.kind != "handout" or piece.id not in material.library.handouts:
            continue
        handout = material.library.handouts[piece.id]
        names = list_part_names(handout)
        optional = [name for name, part in zip(names, handout.parts, strict=True) if part.if_room]
        for number, part in enumerate(piece.data["parts"]):
            for key, says, known, wanted in (
                ("stands_in_for", "stands in for", optional, "part with 'if_room'"),
                ("ahead_of", "may come ahead of", names[:number], "part before it"),
            ):
                name = part.get(key)
                if name is not None and name not in known:
                    near = find_near_names(name, known)
                    hint = f"did you mean '{near[0]}'?" if near else f"name a {wanted}"
                    yield Found(piece.span(("parts", number, key)), f"this {says} '{name}', which is no {wanted}", hint)


def list_part_names(handout: Handout) -> list[str]:
    """Return the names of the parts: ``moving``, ``moving-2`` for the second of that section."""
    names: list[str] = []
    seen: dict[tuple[str, str | None], int] = {}
    for part in handout.parts:
        key = (part.part, part.section)
        seen[key] = seen.get(key, 0) + 1
        name = part.section or part.part
        names.append(name if seen[key] == 1 else f"{name}-{seen[key]}")
    return names
