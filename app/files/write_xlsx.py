"""Write the tables of a Brief as a workbook: a sheet a table with its chart and provenance. Text never becomes a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain.brief import Brief, FigureBlock, GridBlock, TableBlock
from app.domain.figure import Figure, FigureKind
from app.domain.firm_counts import count_of, same_firms, sign_lines
from app.domain.numbers import HIDDEN_SIGN, SMALL_SIGN
from app.domain.release import Cell, CellStatus, Provenance, ReleasedTable, Row
from app.domain.theme import Palette
from app.domain.words import Texts
from app.files.atomic import write_atomically
from app.files.office_charts import CHART_KINDS
from app.files.seal import sealed
from app.files.settle_zip import settle
from app.files.xlsx_chart import add_bars, add_trajectory

FORMATS = {"fraction": "0.0%", "score": "0.0", "count": "#,##0", "money": "#,##0", "pp": "+0.0;-0.0", "rate": "0.0"}
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")


@dataclass(slots=True)
class _Book:
    """A workbook being written, with the formats used so far."""

    book: Any
    palette: Palette
    texts: Texts
    formats: dict[tuple[tuple[str, object], ...], Any]
    names: set[str]

    def look(self, **properties: object) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            font = self.texts("write.body_font")
            self.formats[key] = self.book.add_format({"font_name": font, "font_size": 10, "valign": "vcenter", **properties})
        return self.formats[key]

    def sheet(self, title: str) -> Any:
        base = _NOT_IN_SHEET_NAMES.sub(" ", title).strip()[:28] or "-"
        name = next(n for n in (base, *(f"{base[:25]}~{k}" for k in range(2, 1000))) if n.casefold() not in self.names)
        self.names.add(name.casefold())
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet


def write_xlsx(brief: Brief, path: Path, palette: Palette, texts: Texts) -> None:
    """Write the tables, grids and figures of `brief` to `path`; UserError when the place cannot be written."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {"title": brief.title.replace("\n", ""), "created": datetime.fromisoformat(brief.created.replace("Z", "+00:00"))}
    )
    state = _Book(book, palette, texts, {}, set())
    _cover(state, brief)
    for block in brief.blocks:
        if isinstance(block, TableBlock):
            _table_sheet(state, block.title, block.table, block.provenance)
        elif isinstance(block, FigureBlock):
            _figure_sheet(state, block.figure)
        elif isinstance(block, GridBlock):
            _grid_sheet(state, block)
    book.close()
    write_atomically(path, settle(sealed(buffer.getvalue(), brief), brief.created))


def _cover(state: _Book, brief: Brief) -> None:
    sheet = state.sheet(state.texts("write.cover"))
    sheet.set_column(0, 0, 90)
    sheet.write_string(0, 0, brief.title.replace("\n", ""), state.look(bold=True, font_size=16))
    lines = (brief.synthetic, brief.subtitle, state.texts("write.created", time=brief.created))
    for row, line in enumerate((*lines, state.texts("write.journal", hash=brief.journal), state.texts("provenance.key")), 1):
        if line:
            sheet.write_string(row, 0, line, state.look(text_wrap=True, font_color=state.palette.muted))


def _title(state: _Book, sheet: Any, title: str, width: int) -> None:
    sheet.set_row(0, 30)
    look = state.look(bold=True, font_size=13, text_wrap=True)
    sheet.merge_range(0, 0, 0, max(width - 1, 1), "", look)
    sheet.write_string(0, 0, title, look)


def _header(state: _Book, sheet: Any, row: int, names: Sequence[str]) -> None:
    look = state.look(bold=True, bottom=1, bottom_color=state.palette.muted, text_wrap=True, align="center")
    for column, name in enumerate(names):
        sheet.write_string(row, column, name, look)
    sheet.freeze_panes(row + 1, 1)


def _table_sheet(state: _Book, title: str, table: ReleasedTable, provenance: Provenance) -> tuple[Any, int]:
    sheet = state.sheet(title)
    bounds = any(cell.low is not None for row in table.rows for cell in row.cells)
    same, firms = same_firms(table), state.texts("write.firms")
    names = [state.texts("write.row"), *([firms] if same else [])]
    for name in table.columns:
        names += [*([] if same else [firms]), name, *([state.texts("write.low"), state.texts("write.high")] if bounds else [])]
    _title(state, sheet, title, len(names))
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, len(names), 11)
    _header(state, sheet, 1, names)
    for index, row in enumerate(table.rows, 2):
        strong = row.key == table.total
        sheet.write_string(index, 0, row.label, state.look(bold=strong))
        _row(state, sheet, (index, same, bounds), row)
    end = 3 + len(table.rows)
    lines = (*provenance.lines(state.texts), *sign_lines(table, state.texts))
    for at, line in enumerate(lines, end):
        sheet.write_string(at, 0, line, state.look(font_size=9, font_color=state.palette.muted))
    return sheet, end + len(lines) + 1


def _row(state: _Book, sheet: Any, shape: tuple[int, bool, bool], row: Row) -> None:
    """Write the cells of a row; `shape` is its place, whether one number of firms holds for all, and whether bounds follow."""
    index, same, bounds = shape
    step = (3 if bounds else 1) + (0 if same else 1)
    if same:
        _count(state, sheet, (index, 1), row.cells, row.n)
    for column, cell in enumerate(row.cells):
        if not same:
            _count(state, sheet, (index, 1 + column * step), (cell,))
        _cell(state, sheet, (index, 2 + column * step), cell, bounds)


def _count(state: _Book, sheet: Any, place: tuple[int, int], cells: Sequence[Cell], spoken: int | None = None) -> None:
    n = count_of(cells, spoken)
    if isinstance(n, str):
        sheet.write_string(*place, n, state.look(align="right"))
    else:
        sheet.write_number(*place, n, state.look(num_format="#,##0"))


def _cell(state: _Book, sheet: Any, place: tuple[int, int], cell: Cell, bounds: bool) -> None:
    row, column = place
    values = (cell.value, cell.low, cell.high) if bounds else (cell.value,)
    for offset, value in enumerate(values):
        if cell.status is CellStatus.HIDDEN:
            sheet.write_string(row, column + offset, HIDDEN_SIGN if offset == 0 else "", state.look(align="right"))
        elif value is not None:
            small = cell.status is CellStatus.SMALL
            sign = f'"{SMALL_SIGN}"' if small and offset == 0 else ""
            look = state.look(num_format=FORMATS.get(cell.unit, "0") + sign, italic=small or offset > 0)
            sheet.write_number(row, column + offset, value, look)


def _figure_sheet(state: _Book, figure: Figure) -> None:
    sheet, below = _table_sheet(state, figure.title, figure.table, figure.provenance)
    if figure.kind is FigureKind.TRAJECTORY:
        add_trajectory(state.book, sheet, figure, (below, state.texts), state.palette)
    elif figure.kind in CHART_KINDS:
        add_bars(state.book, sheet, figure, below, state.palette)


def _grid_sheet(state: _Book, block: GridBlock) -> None:
    sheet = state.sheet(block.title)
    _title(state, sheet, block.title, len(block.columns))
    _header(state, sheet, 1, block.columns)
    for column in range(len(block.columns)):
        longest = max((len(row[column]) for row in block.rows), default=8)
        sheet.set_column(column, column, min(60, max(12, longest * 1.6)))
    for index, row in enumerate(block.rows, 2):
        for column, text in enumerate(row):
            sheet.write_string(index, column, text, state.look(text_wrap=True, valign="top"))
    if block.note:
        sheet.write_string(3 + len(block.rows), 0, block.note, state.look(font_size=9, font_color=state.palette.muted))
