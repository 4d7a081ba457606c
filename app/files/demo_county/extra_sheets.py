"""The sheets that travel with a form: 填报说明 for people, a hidden 字典 of the answers for drop-down lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.findings import column_letters
from app.domain.instrument import Item, ItemType
from app.files.demo_county.grid import Grid
from app.files.demo_county.layout import Placed
from app.files.demo_county.layout_body import Column
from app.files.demo_county.shape import Shape

_LISTED = (ItemType.SINGLE, ItemType.LADDER, ItemType.MULTI)
_LONGEST_LIST = 200


def extra_grids(shape: Shape, columns: Sequence[Column], writing: Mapping[str, Any]) -> list[Grid]:
    """Return the extra sheets of a form in the order its shape names them."""
    makers = {"guide": _guide, "dictionary": _dictionary}
    items = [column.item for column in columns if column.item is not None]
    return [makers[name](shape, items, writing) for name in shape.extra]


def add_choices(placed: Placed, shape: Shape, columns: Sequence[Column], writing: Mapping[str, Any]) -> None:
    """Hang drop-down lists on the yes/no and one-of columns of a form that has a dictionary sheet."""
    if "dictionary" not in shape.extra or not placed.rows:
        return
    name, listed = writing["sheets"]["dictionary"], 1
    for position, column in enumerate(columns):
        if column.item is None:
            continue
        area = (position, placed.rows[0] - 1, placed.rows[-1] - 1)
        if column.item.type is ItemType.YES_NO:
            placed.grid.choices.append((*area, f"={name}!$A$2:$A$6"))
        elif column.item.type in _LISTED:
            letter = column_letters(listed + 1)
            listed += 1
            if column.item.type is not ItemType.MULTI:
                placed.grid.choices.append((*area, f"={name}!${letter}$2:${letter}${len(column.item.options) + 1}"))


def _guide(_shape: Shape, items: Sequence[Item], writing: Mapping[str, Any]) -> Grid:
    grid = Grid(writing["sheets"]["guide"], widths={0: 6.0, 1: 90.0})
    grid.merge((0, 0, 0, 1), writing["sheets"]["guide"], "title")
    for number, line in enumerate(writing["sheets"]["guide_lines"], start=1):
        grid.put_row(number, (number, line), "note")
    row = len(writing["sheets"]["guide_lines"]) + 2
    for item in items:
        if item.type not in _LISTED:
            continue
        options = "；".join(f"{chr(65 + place)}.{option.words.zh}" for place, option in enumerate(item.options))
        grid.put(row, 1, f"{item.words.zh}：{options}"[:_LONGEST_LIST], "note")
        row += 1
    return grid


def _dictionary(shape: Shape, items: Sequence[Item], writing: Mapping[str, Any]) -> Grid:
    grid = Grid(writing["sheets"]["dictionary"], hidden=True)
    yes_no = writing["yes_no"][shape.habit.yes_no]
    lists = [(writing["sheets"]["yes_no"], [ways[0] for ways in yes_no.values()])]
    lists += [(item.words.zh, [option.words.zh for option in item.options]) for item in items if item.type in _LISTED]
    for column, (title, texts) in enumerate(lists):
        for row, text in enumerate((title, *texts)):
            grid.put(row, column, text)
    return grid
