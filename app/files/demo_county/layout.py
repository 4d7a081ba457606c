"""Rows of written answers laid out on a wide sheet: titles, notes, header rows, body with totals and groups, footer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.instrument import ItemType, Role
from app.files.demo_county.grid import Grid
from app.files.demo_county.layout_body import BodyRow, Column, Form, put_body, put_total
from app.files.demo_county.shape import Shape

_STUB = "甲乙丙丁戊己庚辛"
_WIDTHS = {
    ItemType.TEXT: 32.0,
    ItemType.CODE: 22.0,
    ItemType.INDUSTRY: 22.0,
    ItemType.MULTI: 28.0,
    ItemType.SINGLE: 18.0,
    ItemType.LADDER: 18.0,
}


@dataclass(frozen=True, slots=True)
class Placed:
    """Where things came to stand, one-based: header rows, item → column, a row per firm line, rows of 合计 and 小计."""

    grid: Grid
    header_rows: tuple[int, ...]
    columns: Mapping[str, int]
    rows: tuple[int, ...]
    total_rows: tuple[int, ...]
    subtotal_rows: tuple[int, ...]


def lay_out(shape: Shape, columns: Sequence[Column], body: Sequence[BodyRow], words: Mapping[str, object]) -> Placed:
    """Return the sheet of `body` in `shape`; `words` fill the templates."""
    grid = Grid(shape.sheet.format(**words), widths=_widths(columns))
    row = _put_top(grid, shape, len(columns), words)
    header = _put_header(grid, shape, columns, row)
    row = header[-1] + 1
    row = _put_ordinals(grid, shape, columns, row)
    grid.frozen_rows = row
    form = Form(grid, shape, columns)
    totals = {"none": (), "top": (row,)}.get(shape.totals)
    lines = put_body(form, body, row + (shape.totals == "top"))
    totals = (lines.end,) if totals is None else totals
    for total in totals:
        put_total(form, body, (total, lines.rows), form.whole)
    _put_footer(grid, shape, lines.end + (shape.totals in ("bottom", "subtotals")), words)
    return Placed(
        grid=grid,
        header_rows=tuple(row + 1 for row in header),
        columns={column.item.code: position + 1 for position, column in enumerate(columns) if column.item},
        rows=tuple(row + 1 for row in lines.rows),
        total_rows=tuple(row + 1 for row in totals),
        subtotal_rows=tuple(row + 1 for row in lines.subtotals),
    )


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


def _put_footer(grid: Grid, shape: Shape, row: int, words: Mapping[str, object]) -> None:
    for offset, line in enumerate(shape.footer):
        for position, part in enumerate(line.format(**words).split("|")):
            grid.put(row + offset, position * 3, part, "note")
