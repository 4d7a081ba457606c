"""The body of a wide sheet: firms' lines with what clerks put between them, and the rows of totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.findings import column_letters
from app.domain.instrument import Item, ItemType
from app.files.demo_county.grid import CellValue, Formula, Grid
from app.files.demo_county.shape import Shape
from app.files.demo_county.wording import IN_WAN, Written

_NUMERALS = "一二三四五六七八九十"
_WHOLE, _PART = "合　计", "小　计"


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
class Form:
    """The sheet under construction with its shape and columns; `whole` is what its row of totals is called."""

    grid: Grid
    shape: Shape
    columns: Sequence[Column]
    whole: str = _WHOLE


@dataclass(slots=True)
class Lines:
    """Where the body came to stand (zero-based): a row per firm line, rows of 小计, and the next free row."""

    end: int
    rows: list[int] = field(default_factory=list)
    subtotals: list[int] = field(default_factory=list)


def put_body(form: Form, body: Sequence[BodyRow], row: int) -> Lines:
    """Write the firms' lines from `row` on, with group rows, subtotals, blank rows and repeated headers between."""
    lines = Lines(row)
    groups = list(dict.fromkeys(line.group for line in body)) if form.shape.groups == "sector" else []
    for number, line in enumerate(body):
        if groups and (number == 0 or line.group != body[number - 1].group):
            _close_group(form, body, lines, number)
            _put_group(form, lines, f"{numeral(groups.index(line.group))}、{line.group}")
        _put_break(form, lines, number)
        _put_line(form, line, (lines.end, number + 1))
        lines.rows.append(lines.end)
        lines.end += 1
    _close_group(form, body, lines, len(body))
    for spare in range(form.shape.spare):
        form.grid.put(lines.end + spare, 0, len(body) + spare + 1, "body")
    lines.end += form.shape.spare
    return lines


def put_total(form: Form, body: Sequence[BodyRow], place: tuple[int, Sequence[int]], label: str) -> None:
    """Write sums of head counts and money of `body` in a row: a formula over its rows where all cells are numbers.

    Where a cell is text, or the rows hold subtotals as well, the number stands that a clerk would type.
    """
    row, rows = place
    form.grid.put(row, 1, label, "total")
    unbroken = form.shape.totals != "subtotals" or label == _PART
    for position, column in enumerate(form.columns):
        if column.item is None or column.item.type not in (ItemType.COUNT, ItemType.MONEY):
            continue
        cells = [line.cells[column.item.code] for line in body]
        unit = IN_WAN[form.shape.habit.money] if column.item.type is ItemType.MONEY else 1.0
        total = round(sum(float(cell.value or 0) for cell in cells) / unit, 2)
        value: CellValue = total
        if unbroken and not any(isinstance(cell.cell, str) and cell.cell for cell in cells):
            letter = column_letters(position + 1)
            value = Formula(f"=SUM({letter}{rows[0] + 1}:{letter}{rows[-1] + 1})", total)
        form.grid.put(row, position, value, "total")


def _put_group(form: Form, lines: Lines, text: str) -> None:
    form.grid.merge((lines.end, 0, lines.end, len(form.columns) - 1), text, "group")
    lines.end += 1


def _close_group(form: Form, body: Sequence[BodyRow], lines: Lines, stop: int) -> None:
    """Write 小计 under the group that ends before line `stop`, where the form has subtotals."""
    if form.shape.totals != "subtotals" or stop == 0:
        return
    start = next(number for number in range(stop) if body[number].group == body[stop - 1].group)
    put_total(form, body[start:stop], (lines.end, lines.rows[start:stop]), _PART)
    lines.subtotals.append(lines.end)
    lines.end += 1


def _put_break(form: Form, lines: Lines, number: int) -> None:
    """Leave a blank row, or print the header again, where the shape does so."""
    shape = form.shape
    if shape.spacer and number and number % shape.spacer == 0:
        lines.end += 1
    if shape.pages and number and number % shape.pages == 0:
        form.grid.put_row(lines.end, [column.header for column in form.columns], "header")
        lines.end += 1


def numeral(position: int) -> str:
    """Return 一、二 … 十九 for position 0 on, as group titles are numbered."""
    return _NUMERALS[position] if position < 10 else "十" + _NUMERALS[position - 10]


def _put_line(form: Form, line: BodyRow, place: tuple[int, int]) -> None:
    row, serial = place
    for position, column in enumerate(form.columns):
        if column.item is not None:
            form.grid.put(row, position, line.cells[column.item.code].cell, column.look or "body")
        elif position == 0:
            form.grid.put(row, position, serial, "body")
        else:
            form.grid.put(row, position, line.remark, "body")
