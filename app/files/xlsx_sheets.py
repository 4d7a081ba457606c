"""The sheets of a table workbook: a released table with its notes and chart, a table of texts, the cover with the contents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.domain.brief import FigureBlock, GridBlock, TableBlock
from app.domain.colours import heat_colour, readable_on
from app.domain.figure import FigureKind
from app.domain.firm_counts import count_of, same_firms, sign_lines
from app.domain.numbers import HIDDEN_SIGN, SMALL_SIGN
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.files.chart_plan import released
from app.files.office_charts import charted
from app.files.text_measure import POINT_MM, height_mm, wrapped
from app.files.xlsx_book import NAMES_WIDEST, PAD_MM, SIZE, UNIT_MM, Book, column_units, padded, plain_text
from app.files.xlsx_chart import FIRST_COLUMN, FIRST_ROW, add_chart

FORMATS = {
    "fraction": "0.0%",
    "score": "0.0",
    "count": "#,##0",
    "money": "#,##0",
    "pp": "+0.0;-0.0;0.0",
    "rate": "0.0",
    "rank": "0",
}
NUMBER_WIDTH = 11.0  # column units
MOST_CHART_ROWS = 60  # more are told by the table alone
_PART = re.compile(r"\s*[·（(；;，,：:]")


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the columns of a released table stand: whether one number of firms holds for each row, which have bounds, and in which
    column of the sheet the values of each are; `last` is that to which titles and notes reach."""

    same: bool
    bounds: tuple[bool, ...]
    columns: tuple[int, ...]
    last: int = 0


def _shape(table: ReleasedTable) -> _Shape:
    same = same_firms(table)
    bounds = tuple(any(row.cells[k].low is not None for row in table.rows) for k in range(len(table.columns)))
    places, at = [], FIRST_COLUMN if same else FIRST_COLUMN - 1
    for bounded in bounds:
        at += 0 if same else 1
        places.append(at)
        at += 3 if bounded else 1
    return _Shape(same, bounds, tuple(places))


def cover(book: Book) -> Any:
    """Add the first sheet: what the brief is, how far it is signed, and its check value."""
    texts, brief = book.texts, book.brief
    sheet = book.sheet(texts("write.cover"), "", head=0)
    sheet.set_portrait()
    widths = (50.0, 66.0)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    row = book.block(sheet, 0, (brief.title.replace("\n", ""),), widths, bold=True, font_size=16)
    if brief.standing:
        row = book.block(sheet, row, (brief.standing,), widths, bold=True, font_color=book.palette.warning)
    lines = [brief.synthetic, brief.subtitle, *brief.signed, texts("write.created", time=brief.created)]
    lines += [texts("write.journal", hash=brief.journal) if brief.journal else "", texts("deck.check"), texts("provenance.key")]
    row = book.block(sheet, row, [line for line in lines if line], widths, font_color=book.palette.muted)
    return sheet, row + 1


def contents(book: Book, sheet: Any, row: int) -> None:
    """Write the list of sheets with links to them; called last, when all are known."""
    look = {"bold": True, "bottom": 1, "bottom_color": book.palette.muted}
    for column, name in enumerate(("sheet", "holds")):
        book.write(sheet, (row, column), book.texts(f"workbook.{name}"), **look)
    for at, (name, title) in enumerate(book.listed, row + 1):
        link = book.look(font_color=book.palette.accent, underline=1, valign="top", text_wrap=True)
        sheet.write_url(at, 0, f"internal:'{name}'!A1", link, name)
        book.write(sheet, (at, 1), title, text_wrap=True, valign="top")
        lines = max(len(wrapped(title, 66 * UNIT_MM - PAD_MM, SIZE)), len(wrapped(name, 50 * UNIT_MM - PAD_MM, SIZE)))
        sheet.set_row(at, (height_mm(lines, SIZE) + 1.0) / POINT_MM)


def table_sheet(book: Book, block: TableBlock) -> Any:
    """Add the sheet of a released table."""
    sheet = book.sheet(block.title, block.title)
    _released(book, sheet, (block.title, block.row_header), block.table, block.provenance.lines(book.texts))
    return sheet


def figure_sheet(book: Book, block: FigureBlock, number: int) -> Any:
    """Add the sheet of a figure: its table, and below it the chart where its kind is one."""
    figure, texts = block.figure, book.texts
    name = texts("workbook.figure", n=number, name=_PART.split(figure.subtitle or figure.title)[0])
    sheet = book.sheet(name, figure.title)
    lines = (figure.subtitle, *figure.provenance.lines(texts), *figure.keys)
    heat = figure.kind is FigureKind.HEAT
    below, shape = _released(book, sheet, (figure.title, ""), figure.table, [line for line in lines if line], heat)
    if charted(figure, MOST_CHART_ROWS):
        below = add_chart(book, sheet, figure, below, shape.columns)
    sheet.print_area(0, 0, below, shape.last)
    return sheet


def _released(
    book: Book, sheet: Any, heads: tuple[str, str], table: ReleasedTable, lines: Sequence[str], shaded: bool = False
) -> tuple[int, _Shape]:
    """Write a released table with its title and notes; return the row after them and how its columns stand."""
    texts, (title, row_head) = book.texts, heads
    shape = _shape(table)
    names = _heads(book, table, shape, row_head)
    widths = [column_units([row.label for row in table.rows], names[0], NAMES_WIDEST), *(NUMBER_WIDTH for _ in names[1:])]
    widths = [widths[0], *(max(width, column_units((), name)) for width, name in zip(widths[1:], names[1:], strict=True))]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    book.block(sheet, 0, (title,), widths, bold=True, font_size=13)
    _header(book, sheet, names, widths)
    for at, row in enumerate(table.rows, FIRST_ROW):
        strong = row.key == table.total and bool(table.total)
        book.write(sheet, (at, 0), row.label, bold=strong, text_wrap=True)
        _as_high(sheet, at, len(wrapped(plain_text(row.label), widths[0] * UNIT_MM - PAD_MM, SIZE, strong)))
        _row(book, sheet, at, shape, row, shaded)
    end = FIRST_ROW + 1 + len(table.rows)
    notes = [*lines, *sign_lines(table, texts)]
    return book.block(sheet, end, notes, widths, font_size=9, font_color=book.palette.muted) + 1, replace(
        shape, last=len(padded(widths)) - 1
    )


def _as_high(sheet: Any, row: int, lines: int) -> None:
    """Make a row as high as its lines of text: LibreOffice leaves it as high as one."""
    if lines > 1:
        sheet.set_row(row, (height_mm(lines, SIZE) + 1.2) / POINT_MM)


def _heads(book: Book, table: ReleasedTable, shape: _Shape, row_head: str) -> list[str]:
    texts = book.texts
    firms = texts("write.firms")
    names = [row_head or texts("write.row"), *([firms] if shape.same else [])]
    for name, bounded in zip(table.columns, shape.bounds, strict=True):
        ends = [texts("write.low"), texts("write.high")] if bounded else []
        names += [*([] if shape.same else [firms]), name, *ends]
    return names


def _header(book: Book, sheet: Any, names: Sequence[str], widths: Sequence[float], align: str = "right") -> None:
    look = {"bold": True, "bottom": 1, "bottom_color": book.palette.accent, "bg_color": book.palette.accent_soft}
    for column, name in enumerate(names):
        book.write(sheet, (1, column), name, text_wrap=True, align=align if column else "left", **look)
    lines = max(len(wrapped(name, w * UNIT_MM - PAD_MM * 0.6, SIZE, True)) for name, w in zip(names, widths, strict=True))
    sheet.set_row(1, (height_mm(lines, SIZE) + 1.6) / POINT_MM)
    sheet.freeze_panes(2, 1)


def _row(book: Book, sheet: Any, at: int, shape: _Shape, row: Row, shaded: bool) -> None:
    if shape.same:
        _count(book, sheet, (at, 1), row.cells, row.n)
    for cell, column, bounded in zip(row.cells, shape.columns, shape.bounds, strict=True):
        if not shape.same:
            _count(book, sheet, (at, column - 1), (cell,))
        _cell(book, sheet, (at, column), cell, bounded, shaded)


def _count(book: Book, sheet: Any, place: tuple[int, int], cells: Sequence[Cell], spoken: int | None = None) -> None:
    n = count_of(cells, spoken)
    if isinstance(n, str):
        book.write(sheet, place, n, align="right")
    else:
        sheet.write_number(*place, n, book.look(num_format="#,##0"))


def _cell(book: Book, sheet: Any, place: tuple[int, int], cell: Cell, bounds: bool, shaded: bool) -> None:
    """Write a value with its bounds, with no more decimals than are released; of a hidden cell its sign alone."""
    row, column = place
    values = (cell.value, cell.low, cell.high) if bounds else (cell.value,)
    for offset, value in enumerate(values):
        if cell.status is CellStatus.HIDDEN:
            book.write(sheet, (row, column + offset), HIDDEN_SIGN if offset == 0 else "", align="right")
        elif value is not None:
            small = cell.status is CellStatus.SMALL
            sign = f'"{SMALL_SIGN}"' if small and offset == 0 else ""
            ground = _ground(book, cell) if shaded and offset == 0 else {}
            look = book.look(num_format=_with_sign(FORMATS.get(cell.unit, "0"), sign), italic=small or offset > 0, **ground)
            sheet.write_number(row, column + offset, released(value, cell.unit), look)


def _with_sign(code: str, sign: str) -> str:
    return ";".join(part + sign for part in code.split(";"))


def _ground(book: Book, cell: Cell) -> dict[str, object]:
    if cell.unit != "score" or cell.value is None:
        return {}
    colour = heat_colour(cell.value / 100, book.palette)
    return {"bg_color": colour, "font_color": readable_on(colour)}


def grid_sheet(book: Book, block: GridBlock) -> Any:
    """Add the sheet of a table of texts, each row as high as its words wrap."""
    sheet = book.sheet(block.title, block.title)
    columns = [[row[column] for row in block.rows] for column in range(len(block.columns))]
    widths = [column_units(texts, head) for texts, head in zip(columns, block.columns, strict=True)]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    book.block(sheet, 0, (block.title,), widths, bold=True, font_size=13)
    _header(book, sheet, block.columns, widths, "left")
    for at, row in enumerate(block.rows, 2):
        for column, text in enumerate(row):
            book.write(sheet, (at, column), text, text_wrap=True, valign="top")
        lines = max(
            (len(wrapped(plain_text(t), w * UNIT_MM - PAD_MM, SIZE)) for t, w in zip(row, widths, strict=True)), default=1
        )
        sheet.set_row(at, (height_mm(lines, SIZE) + 1.2) / POINT_MM)
    if block.note:
        book.block(sheet, 3 + len(block.rows), (block.note,), widths, font_size=9, font_color=book.palette.muted)
    return sheet
