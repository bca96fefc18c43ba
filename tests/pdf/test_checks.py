"""No file says that it is accessible when its pages are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handouts.diagnostics import LayoutError
from handouts.layout.page import Group, Page, Placed, Tag
from handouts.pdf.document import paint_document

from . import samples

INFO = replace(samples.INFO, bookmarks=())


@pytest.fixture(scope="module")
def fonts():
    return samples.open_fonts()


def paint(fonts, tags, info=INFO, words=("One", "Two", "Three"), personal=False, groups=()) -> bytes:
    """Return a page of a few lines with the tags given after a title."""
    items = [samples.set_line(fonts, 0, 14 + 17 * place, text) for place, text in enumerate(words)]
    block = samples.make_block("checked", 80, items, tags, personal=personal, groups=groups)
    title = samples.make_title(fonts)
    page = Page(500, 300, (Placed(title, 10, 10), Placed(block, 10, 60)))
    return paint_document((page,), info, fonts)


def row(*cells: Tag) -> Tag:
    return Tag("TR", cells)


FINE = (Tag("P", (0,)), Tag("P", (1,)), Tag("P", (2,)))
HEAD = Tag("TH", (Tag("P", (0,)),), scope="Column")
FAULTY = {
    "words or a symbol stand outside the structure": FINE[:2],
    "a level 3 heading follows one of level 1": (Tag("H3", (0,)), *FINE[1:]),
    "P is empty": (*FINE, Tag("P")),
    "'Aside' is not a standard type": (Tag("Aside", (0,)), *FINE[1:]),
    "LI stands in Document": (Tag("LI", (Tag("Lbl", (0,)), Tag("LBody", (1,)))), FINE[2]),
    "a list entry has no body": (Tag("L", (Tag("LI", (Tag("Lbl", (0, 1)),)),)), FINE[2]),
    "L holds what it may not": (Tag("L", (Tag("P", (0,)),)), *FINE[1:]),
    "Figure has no description": (Tag("Figure", (0,), alt=" "), *FINE[1:]),
    "a link has no description or no address": (Tag("Link", (0,), link="https://a.example"), *FINE[1:]),
    "a heading cell does not say what it heads": (Tag("Table", (row(Tag("TH", (0, 1, 2))),)),),
    "a table has no heading cell": (Tag("Table", (row(Tag("TD", (0,)), Tag("TD", (1, 2))),)),),
    "the rows of a table differ in length": (Tag("Table", (row(HEAD), row(Tag("TD", (1,)), Tag("TD", (2,))))),),
}


@pytest.mark.parametrize("personal", [False, True])
@pytest.mark.parametrize("message", FAULTY)
def test_a_layout_that_is_not_accessible_is_refused(fonts, message, personal) -> None:
    with pytest.raises(LayoutError) as caught:
        paint(fonts, FAULTY[message], personal=personal)
    assert message in str(caught.value)
    assert all(item.span.file == "test:checked" for item in caught.value.diagnostics)


@pytest.mark.parametrize("personal", [False, True])
def test_a_sound_layout_is_painted(fonts, personal) -> None:
    table = Tag("Table", (row(HEAD, replace(HEAD, children=())), row(Tag("TD", (1, 2)), Tag("TD"))))
    sound = (Tag("Table", (row(replace(HEAD, columns=2)), row(Tag("TD", (1, 2)), Tag("TD")))),)
    with pytest.raises(LayoutError, match="TH is empty"):
        paint(fonts, (table,), personal=personal)
    assert paint(fonts, sound, personal=personal).startswith(b"%PDF-1.7")
    entry = Tag("LI", (Tag("Lbl", (0,)), Tag("LBody", (1, 2))))
    assert paint(fonts, (entry,), groups=(Group("L", "list"),), personal=personal)


@pytest.mark.parametrize(
    ("changed", "message"), [({"title": " "}, "no title"), ({"language": "english please"}, "not a language tag")]
)
def test_a_document_without_title_or_language_is_refused(fonts, changed, message) -> None:
    with pytest.raises(LayoutError, match=message):
        paint(fonts, FINE, replace(INFO, **changed))


def test_a_letter_that_its_face_lacks_is_refused(fonts) -> None:
    items = [samples.set_line(fonts, 0, 14, "One")]
    run = replace(items[0].runs[0], text="O\u4e00e")
    block = samples.make_block("letter", 20, [replace(items[0], runs=(run,))], [Tag("H1", (0,))])
    with pytest.raises(LayoutError, match=r"U\+4E00"):
        paint_document((Page(300, 200, (Placed(block, 20, 20),)),), INFO, fonts)
