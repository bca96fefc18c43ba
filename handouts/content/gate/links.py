"""The rule of words that send the reader to another part of the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.content.gate.material import Found, Material
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
