"""A firm a sheet: an indicator a row, with the statistical stub of name, code and unit, as single-firm forms stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.instrument import Item
from app.files.demo_county.columns import Wordbook, header_text, unit_text
from app.files.demo_county.grid import Grid
from app.files.demo_county.layout_body import numeral
from app.files.demo_county.plan import stream
from app.files.demo_county.shape import Shape
from app.files.demo_county.wording import Written

VALUE_COLUMN = 3


@dataclass(frozen=True, slots=True)
class LongPlaced:
    """One firm's sheet: item → one-based row; the answers stand in the column after `VALUE_COLUMN`."""

    grid: Grid
    header_row: int
    rows: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LongForm:
    """What all sheets of a long workbook share: its shape, items, header texts and the four column titles."""

    shape: Shape
    items: Sequence[Item]
    book: Wordbook
    titles: Sequence[str]


def lay_out_long(form: LongForm, cells: Mapping[str, Written], words: Mapping[str, object]) -> LongPlaced:
    """Return one firm's sheet; `words` fill the templates and hold the sheet's `name`."""
    shape = form.shape
    grid = Grid(shape.sheet.format(**words), widths={0: 40.0, 1: 8.0, 2: 10.0, 3: 36.0})
    row = _put_top(grid, shape, words)
    header = row
    grid.put_row(row, form.titles, "header")
    grid.put_row(row + 1, ("甲", "乙", "丙", "1"), "ordinal")
    row += 2
    rows: dict[str, int] = {}
    wording = stream(0, 7)
    pillar, section = "", 0
    for number, item in enumerate(form.items, start=1):
        if item.pillar != pillar:
            pillar, section = item.pillar, section + 1
            grid.merge((row, 0, row, VALUE_COLUMN), f"{numeral(section - 1)}、{form.book.groups[pillar]}", "group")
            row += 1
        text = header_text(shape, item, number, form.book, wording)
        grid.put_row(row, (text, f"{number:02d}", unit_text(shape, item) or "—", cells[item.code].cell), "body")
        rows[item.code] = row + 1
        row += 1
    for offset, line in enumerate(shape.footer):
        for position, part in enumerate(line.format(**words).split("|")):
            grid.put(row + offset, position, part, "note")
    return LongPlaced(grid, header + 1, rows)


def _put_top(grid: Grid, shape: Shape, words: Mapping[str, object]) -> int:
    row = 0
    for title in shape.titles:
        grid.merge((row, 0, row, VALUE_COLUMN), title.format(**words), "title")
        row += 1
    for line in shape.block:
        grid.put(row, VALUE_COLUMN, line.format(**words), "note")
        row += 1
    grid.put(row, 0, shape.left_note.format(**words), "note")
    grid.put(row, VALUE_COLUMN, shape.unit_note.format(**words), "note")
    return row + 1
