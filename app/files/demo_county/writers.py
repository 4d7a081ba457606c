"""Grids to files as offices send them: xlsx, true BIFF xls, delimited text, and HTML that calls itself xls.

The bytes depend on the grids alone: creation times are fixed and nothing is taken from the clock.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from app.files.demo_county.grid import Formula, Grid

_FONT = "宋体"
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "body": {"border": 1, "font_name": _FONT, "font_size": 10},
    "title": {"bold": True, "font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"},
    "note": {"font_name": _FONT, "font_size": 10},
    "header": {"border": 1, "bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "font_name": _FONT},
    "ordinal": {"border": 1, "align": "center", "font_name": _FONT, "font_size": 9},
    "group": {"border": 1, "bold": True, "bg_color": "#EDEDED", "font_name": _FONT, "font_size": 10},
    "total": {"border": 1, "bold": True, "font_name": _FONT, "font_size": 10},
    "percent": {"border": 1, "num_format": "0%", "font_name": _FONT, "font_size": 10},
    "thousands": {"border": 1, "num_format": "#,##0.##", "font_name": _FONT, "font_size": 10},
    "scientific": {"border": 1, "num_format": "0.00E+00", "font_name": _FONT, "font_size": 10},
}
_HEIGHTS = {"title": 30.0, "header": 36.0}  # points


def write_xlsx(path: Path, grids: Sequence[Grid], created: datetime, title: str) -> None:
    """Write a workbook with merges, hidden sheets and drop-down lists."""
    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    made = io.BytesIO()  # the library's own error for a file it cannot write is no OSError
    with xlsxwriter.Workbook(made, options) as book:
        book.set_properties({"title": title, "comments": "示范数据 DEMO", "created": created})
        looks = {name: book.add_format(dict(look)) for name, look in _LOOKS.items()}
        for grid in grids:
            _fill_xlsx(book.add_worksheet(grid.name), grid, looks)
    path.write_bytes(made.getvalue())


def _fill_xlsx(sheet: Any, grid: Grid, looks: Mapping[str, Any]) -> None:
    for top, left, bottom, right in grid.merges:
        sheet.merge_range(top, left, bottom, right, "", looks[grid.looks.get((top, left), "body")])
    for (row, column), value in grid.cells.items():
        look = looks[grid.looks.get((row, column), "body")]
        if isinstance(value, str):
            sheet.write_string(row, column, value, look)
        elif isinstance(value, Formula):
            sheet.write_formula(row, column, value.text, look, value.value)
        else:
            sheet.write_number(row, column, value, look)
    for row, column in grid.looks.keys() - grid.cells.keys():
        sheet.write_blank(row, column, None, looks[grid.looks[row, column]])
    for column, width in grid.widths.items():
        sheet.set_column(column, column, width)
    for row, height in {row: _HEIGHTS[look] for (row, _), look in grid.looks.items() if look in _HEIGHTS}.items():
        sheet.set_row(row, height)
    for column, first, last, source in grid.choices:
        sheet.data_validation(first, column, last, column, {"validate": "list", "source": source, "error_type": "warning"})
    if grid.frozen_rows:
        sheet.freeze_panes(grid.frozen_rows, 0)
    if grid.hidden:
        sheet.hide()


def write_xls(path: Path, grids: Sequence[Grid]) -> None:
    """Write a BIFF8 workbook (Excel 97–2003); formulas stand as their values."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    plain, bold = xlwt.easyxf("borders: left thin, right thin, top thin, bottom thin"), xlwt.easyxf("font: bold on")
    for grid in grids:
        sheet = book.add_sheet(grid.name, cell_overwrite_ok=True)
        sheet.visibility = 1 if grid.hidden else 0
        covered = {area[:2] for area in grid.merges}
        for row, column in grid.cells:
            look = bold if grid.looks.get((row, column)) in ("title", "header") else plain
            if (row, column) not in covered:
                sheet.write(row, column, grid.plain(row, column), look)
        for top, left, bottom, right in grid.merges:
            sheet.write_merge(top, bottom, left, right, grid.plain(top, left), bold)
    book.save(str(path))


def write_csv(path: Path, grid: Grid, encoding: str) -> None:
    """Write one grid as comma-separated text in `encoding`; merges keep their first cell only."""
    rows, columns = grid.size
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([grid.plain(row, column) for column in range(columns)] for row in range(rows))
    path.write_bytes(text.getvalue().encode(encoding))


def write_html(path: Path, grid: Grid) -> None:
    """Write one grid as the HTML table that web systems send under the name .xls."""
    spans = {area[:2]: area for area in grid.merges}
    hidden = {
        (row, column)
        for top, left, bottom, right in grid.merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    rows, columns = grid.size
    lines = ['<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">', '</head><body><table border="1">']
    for row in range(rows):
        cells = (_html_cell(grid, row, column, spans) for column in range(columns) if (row, column) not in hidden)
        lines.append("<tr>" + "".join(cells) + "</tr>")
    lines.append("</table></body></html>")
    path.write_bytes("\r\n".join(lines).encode("utf-8"))


def _html_cell(grid: Grid, row: int, column: int, spans: Mapping[tuple[int, int], tuple[int, int, int, int]]) -> str:
    value = html.escape(str(grid.plain(row, column))).replace("\n", "<br>")
    if (row, column) not in spans:
        return f"<td>{value}</td>"
    top, left, bottom, right = spans[row, column]
    return f'<td rowspan="{bottom - top + 1}" colspan="{right - left + 1}">{value}</td>'
