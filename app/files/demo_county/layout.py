"""Rows of written answers laid out on a wide sheet: titles, notes, header rows, body with totals and groups, footer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.findings import column_letters
from app.domain.instrument import Item, ItemType, Role
from app.files.demo_county.grid import CellValue, Formula, Grid
from app.files.demo_county.shape import Shape
from app.files.demo_county.wording import IN_WAN, Written

_STUB = "甲乙丙丁戊己庚辛"
_NUMERALS = "一二三四五六七八九十"
_WIDTHS = {
    ItemType.TEXT: 32.0,
    ItemType.CODE: 22.0,
    ItemType.INDUSTRY: 22.0,
    ItemType.MULTI: 28.0,
    ItemType.SINGLE: 18.0,
    ItemType.LADDER: 18.0,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the item it asks (None: serial number or remarks), its header, unit, and header groups from outside in."""

    item: Item | None
    header: str
    groups: tuple[str, ...] = ()
    look: str = ""


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One firm's row: what stands under each item, and the industry group it is listed under."""

    firm: int
    cells: Mapping[str, Written]
    group: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where things came to stand, one-based: header rows, item → column, a row per firm line, rows of totals."""

    grid: Grid
    header_rows: tuple[int, ...]
    columns: Mapping[str, int]
    rows: tuple[int, ...]
    total_rows: tuple[int, ...]


def lay_out(shape: Shape, columns: Sequence[Column], body: Sequence[BodyRow], words: Mapping[str, object]) -> Placed:
    """Return the sheet of `body` in `shape`; `words` fill the templates."""
    grid = Grid(shape.sheet.format(**words), widths=_widths(columns))
    row = _put_top(grid, shape, len(columns), words)
    header = _put_header(grid, shape, columns, row)
    row = header[-1] + 1
    row = _put_ordinals(grid, shape, columns, row)
    grid.frozen_rows = row
    totals = []
    if shape.totals == "top":
        totals, row = [row], row + 1
    rows, row = _put_body(grid, shape, columns, body, row)
    if shape.totals == "bottom":
        totals, row = [row], row + 1
    for total in totals:
        _put_total(grid, columns, body, (total, rows), shape)
    _put_footer(grid, shape, row, words)
    places = {column.item.code: position + 1 for position, column in enumerate(columns) if column.item}
    return Placed(grid, tuple(r + 1 for r in header), places, tuple(r + 1 for r in rows), tuple(r + 1 for r in totals))


def _widths(columns: Sequence[Column]) -> dict[int, float]:
    return {position: _width(column) for position, column in enumerate(columns)}


def _width(column: Column) -> float:
    if column.item is None:
        return 6.0
    if column.item.role is Role.TOWNSHIP:
        return 18.0
    return _WIDTHS.get(column.item.type, 11.0)


def _put_top(grid: Grid, shape: Shape, width: int, words: Mapping[str, object]) -> int:
    """Write titles, the statistical block and the unit note; return the next row."""
    row = 0
    for title in shape.titles:
        text = title.format(**words)
        if text.startswith("附件"):
            grid.put(row, 0, text, "note")
        else:
            grid.merge((row, 0, row, width - 1), text, "title")
        row += 1
    for line in shape.block:
        grid.put(row, max(width - 3, 4), line.format(**words), "note")
        row += 1
    if shape.left_note or shape.unit_note:
        grid.put(row, 0, shape.left_note.format(**words), "note")
        grid.put(row, max(width - 2, 3), shape.unit_note.format(**words), "note")
        row += 1
    return row


def _put_header(grid: Grid, shape: Shape, columns: Sequence[Column], top: int) -> list[int]:
    """Write the header: each column's own text in the last row, its groups above, merged across and down."""
    depth = shape.header
    for position, column in enumerate(columns):
        own = min(len(column.groups), depth - 1)
        grid.merge((top + own, position, top + depth - 1, position), column.header, "header")
    for level in range(depth - 1):
        for first, last, text in _runs(columns, level):
            grid.merge((top + level, first, top + level, last), text, "header")
    return list(range(top, top + depth))


def _runs(columns: Sequence[Column], level: int) -> list[tuple[int, int, str]]:
    """Return the runs of neighbouring columns that share their groups down to `level`."""
    runs: list[tuple[int, int, str]] = []
    for position, column in enumerate(columns):
        if len(column.groups) <= level:
            continue
        last = runs[-1] if runs else None
        if last and last[1] == position - 1 and columns[position - 1].groups[: level + 1] == column.groups[: level + 1]:
            runs[-1] = (last[0], position, last[2])
        else:
            runs.append((position, position, column.groups[level]))
    return runs


def _put_ordinals(grid: Grid, shape: Shape, columns: Sequence[Column], row: int) -> int:
    """Write the row of ordinals under the header: 1 2 3 … or 甲 乙 丙 1 2 3 …, with a hint like (3=1+2) where asked."""
    if shape.ordinals == "none":
        return row
    stub = 0
    if shape.ordinals == "stub":
        stub = sum(1 for column in columns[:6] if column.item is None or column.item.type in (ItemType.TEXT, ItemType.CODE))
    for position in range(len(columns)):
        text = _STUB[position] if position < stub else str(position - stub + 1)
        if shape.hints and position == stub + 2:
            text += "=1+2"
        grid.put(row, position, text, "ordinal")
    return row + 1


def _put_body(grid: Grid, shape: Shape, columns: Sequence[Column], body: Sequence[BodyRow], row: int) -> tuple[list[int], int]:
    """Write the firms' lines with group rows and blank rows between; return their rows and the next free row."""
    rows: list[int] = []
    group = ""
    for number, line in enumerate(body):
        if shape.groups == "sector" and line.group != group:
            group = line.group
            seen = len({earlier.group for earlier in body[:number]})
            grid.merge((row, 0, row, len(columns) - 1), f"{_numeral(seen)}、{group}", "group")
            row += 1
        if shape.spacer and number and number % shape.spacer == 0:
            row += 1
        _put_line(grid, columns, line, (row, number + 1))
        rows.append(row)
        row += 1
    return rows, row


def _numeral(position: int) -> str:
    return _NUMERALS[position] if position < 10 else "十" + _NUMERALS[position - 10]


def _put_line(grid: Grid, columns: Sequence[Column], line: BodyRow, place: tuple[int, int]) -> None:
    row, serial = place
    for position, column in enumerate(columns):
        if column.item is not None:
            grid.put(row, position, line.cells[column.item.code].cell, column.look or "body")
        elif column.header == columns[0].header:
            grid.put(row, position, serial)
        else:
            grid.put(row, position, line.remark)


def _put_total(
    grid: Grid, columns: Sequence[Column], body: Sequence[BodyRow], place: tuple[int, Sequence[int]], shape: Shape
) -> None:
    """Write 合计 over head counts and money: a formula where every cell is a number, else the number a clerk would type."""
    row, rows = place
    grid.put(row, 1, "合　计", "total")
    for position, column in enumerate(columns):
        if column.item is None or column.item.type not in (ItemType.COUNT, ItemType.MONEY):
            continue
        cells = [line.cells[column.item.code] for line in body]
        unit = IN_WAN[shape.habit.money] if column.item.type is ItemType.MONEY else 1.0
        total = round(sum(float(cell.value or 0) for cell in cells) / unit, 2)
        value: CellValue = total
        if not any(isinstance(cell.cell, str) and cell.cell for cell in cells):
            letter = column_letters(position + 1)
            value = Formula(f"=SUM({letter}{rows[0] + 1}:{letter}{rows[-1] + 1})", total)
        grid.put(row, position, value, "total")


def _put_footer(grid: Grid, shape: Shape, row: int, words: Mapping[str, object]) -> None:
    for offset, line in enumerate(shape.footer):
        for position, part in enumerate(line.format(**words).split("|")):
            grid.put(row + offset, position * 3, part, "note")
