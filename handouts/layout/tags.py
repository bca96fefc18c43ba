"""Tags of personal blocks: the same object for all persons whose lines are alike, so that it is recognised at once."""

from __future__ import annotations

from functools import lru_cache

from handouts.layout.page import Tag

MOST_TAGS = 1024

Indexes = tuple[int, ...]


@lru_cache(maxsize=MOST_TAGS)
def tag_paragraphs(paragraphs: tuple[Indexes, ...], heading: Indexes | None = None) -> tuple[Tag, ...]:
    """Return paragraphs of items, below a heading of level 2 if there is one."""
    head = () if heading is None else (Tag("H2", heading),)
    return (*head, *(Tag("P", indexes) for indexes in paragraphs))


@lru_cache(maxsize=MOST_TAGS)
def tag_division(paragraphs: tuple[Indexes, ...]) -> tuple[Tag, ...]:
    """Return paragraphs of items in one division."""
    return (Tag("Div", tag_paragraphs(paragraphs)),)
