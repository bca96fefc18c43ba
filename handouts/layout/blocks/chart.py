"""The tick chart: a row a move, a column a day, an empty box in each."""

from __future__ import annotations

from handouts.layout.page import Block, Box, Group, Placed, Rule, Tag
from handouts.layout.setting import Setting
from handouts.layout.stack import Stack, join_parts
from handouts.tailor import plan

ORIGIN = "tick-chart"
DAYS = 7
TICK_BOX = 13.0
TABLE = Group("Table", ORIGIN)


def set_chart(setting: Setting, cards: tuple[plan.ExerciseCard, ...], width: float, groups: tuple[Group, ...]) -> Block:
    """Return the chart. Each row is a part of its own, the same in the charts of all who have that move there."""
    rows = [setting.remember(_set_head, width, groups)]
    rows += [
        setting.remember(_set_row, f"{number}  {card.title}", number == 1, number == len(cards), width, groups)
        for number, card in enumerate(cards, 1)
    ]
    parts = []
    y = 0.0
    for row in rows:
        parts.append(Placed(row, 0, y))
        y += row.height
    return join_parts(ORIGIN, parts, width, y, setting.theme.gap("s"))


def _share_width(width: float) -> tuple[float, float]:
    """Return the widths of the column of names and of a day's."""
    day = min(44.0, width * 0.6 / DAYS)
    return width - day * DAYS, day


def _set_head(setting: Setting, width: float, groups: tuple[Group, ...]) -> Block:
    theme = setting.theme
    stack = Stack(setting)
    names, day = _share_width(width)
    height = max(TICK_BOX * theme.figures + 7, theme.style("label").line + 6)
    cells = [_set_cell(stack, setting.word("tick-title"), 5, names - 8, height)]
    for number in range(DAYS):
        word = setting.word(f"day-{number + 1}")
        cells.append(_set_cell(stack, word, names + number * day, day, height, centre=True))
    stack.y = height
    stack.tags.append(Tag("TR", tuple(cells)))
    return stack.finish(ORIGIN, width, groups=(*groups, TABLE, Group("THead", ORIGIN)))


def _set_cell(stack: Stack, text: str, x: float, width: float, height: float, *, centre: bool = False) -> Tag:
    style = stack.setting.theme.style("label")
    stack.y = (height - style.line) / 2
    words = stack.set_words(text, style, x, width, align="centre" if centre else "left")
    return Tag("TH", (Tag("P", words),), scope="Column")


def _set_row(setting: Setting, name: str, opens: bool, closes: bool, width: float, groups: tuple[Group, ...]) -> Block:
    """Return the row of a move; a strong line stands above the first and below the last."""
    theme = setting.theme
    stack = Stack(setting)
    names, day = _share_width(width)
    strong = (theme.colour("brand"), theme.line("frame"))
    hair = (theme.colour("rule"), theme.line("hair"))
    stack.place(Rule(0, 0, width, 0, *(strong if opens else hair)))
    stack.y = 3
    words = stack.set_words(name, theme.style("tight"), 5, names - 10)
    box = TICK_BOX * theme.figures
    height = max(stack.y + 3, box + 7)
    for number in range(DAYS):
        x, y = names + number * day + (day - box) / 2, (height - box) / 2
        stack.place(Box(x, y, box, box, 0, theme.colour("paper"), theme.colour("ink"), 0.9))
    if closes:
        stack.place(Rule(0, height, width, height, *strong))
    stack.y = height
    cells = (Tag("TH", (Tag("P", words),), scope="Row"), *(Tag("TD") for _ in range(DAYS)))
    stack.tags.append(Tag("TR", cells))
    return stack.finish(ORIGIN, width, groups=(*groups, TABLE, Group("TBody", ORIGIN)))
