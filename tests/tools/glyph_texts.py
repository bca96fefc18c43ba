"""What the glyphs of a font stand for, found by following the rules of GSUB backwards."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from fontTools.ttLib import TTFont


def find_texts(font: TTFont) -> list[str]:
    """Return, for each glyph, the characters that it stands for in their logical order, "" when nothing is found.

    Those of the character map come first. No repertoire holds presentation forms, so that the rules of GSUB tell
    theirs: those that a feature names before those that only contexts call, which may pass through glyphs of other
    meaning; those without joiners and those of ligatures before the rest. Of the parts that a glyph is split into, the
    first has its text, without what the others stand for by themselves.
    """
    table = font["GSUB"].table
    named = {index for record in table.FeatureList.FeatureRecord for index in record.Feature.LookupListIndex}
    cmap = font.getBestCmap()
    joiners = {cmap.get(0x200C), cmap.get(0x200D)}
    found = [
        (index not in named, not joiners.isdisjoint(taken), len(taken) == 1, taken, put)
        for index, lookup in enumerate(table.LookupList.Lookup)
        for taken, put in read_substitutions(lookup)
        if put
    ]
    rules = [(taken, put) for *_, taken, put in sorted(found, key=lambda rule: rule[:3])]
    texts: dict[str, str] = {}
    for code, glyph in sorted(cmap.items()):
        texts.setdefault(glyph, chr(code))
    spread_texts(texts, rules)
    texts |= {part: "" for _, put in rules for part in put[1:] if part not in texts}
    spread_texts(texts, rules)
    return [texts.get(glyph, "") for glyph in font.getGlyphOrder()]


def spread_texts(texts: dict[str, str], rules: list[tuple[list[str], list[str]]]) -> None:
    """Give the first glyph that a rule puts in the text of those that it takes out. Earlier rules come first."""

    def is_ready(rule: tuple[list[str], list[str]]) -> bool:
        return rule[1][0] not in texts and texts.keys() >= set(rule[0])

    while ready := next(filter(is_ready, rules), None):
        taken, (first, *others) = ready
        text = "".join(texts[glyph] for glyph in taken)
        rest = "".join(texts.get(glyph, "") for glyph in others)
        parts = unicodedata.normalize("NFD", text)
        texts[first] = parts.removesuffix(rest) if rest and parts.endswith(rest) else text


def read_substitutions(lookup: Any) -> Iterable[tuple[list[str], list[str]]]:
    """Yield the glyphs that each rule of a GSUB lookup takes out and puts in; contexts only call other lookups."""
    for subtable in lookup.SubTable:
        part = subtable.ExtSubTable if subtable.LookupType == 7 else subtable
        if part.LookupType == 1:
            yield from (([first], [to]) for first, to in sorted(part.mapping.items()))
        elif part.LookupType == 2:
            yield from (([first], list(to)) for first, to in sorted(part.mapping.items()))
        elif part.LookupType == 3:
            yield from (([first], [to]) for first, every in sorted(part.alternates.items()) for to in every)
        elif part.LookupType == 4:
            for first, ligatures in sorted(part.ligatures.items()):
                yield from (([first, *ligature.Component], [ligature.LigGlyph]) for ligature in ligatures)
        elif part.LookupType == 8:
            yield from (([first], [to]) for first, to in zip(part.Coverage.glyphs, part.Substitute, strict=True))
